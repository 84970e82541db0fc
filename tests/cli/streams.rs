//! Pipes that wait, pipes that close, and Ctrl-C.
#![cfg(unix)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, Command, ExitStatus, Stdio};

use tempfile::TempDir;

use crate::folder;

struct Running {
    child: Child,
    _folder: TempDir,
}

impl Running {
    fn start(args: &[&str]) -> Self {
        let folder = folder::sound();
        let child = Command::new(assert_cmd::cargo::cargo_bin!("mythbot"))
            .arg("--knowledge")
            .arg(folder.path())
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        Self { child, _folder: folder }
    }

    /// Exit status and standard error.
    fn end(mut self) -> (ExitStatus, String) {
        let mut err = String::new();
        self.child.stderr.take().expect("a pipe").read_to_string(&mut err).expect("text");
        (self.child.wait().expect("the program ends"), err)
    }
}

#[test]
fn an_answer_comes_before_the_next_question_is_sent() {
    for (args, ask) in [
        (&["match"][..], "{\"id\": 1, \"text\": \"the moon is cheese\"}\n"),
        (&["match", "--text", "-"], "the moon is cheese\n"),
        (&["chat", "--json"], "the moon is cheese\n"),
    ] {
        let mut running = Running::start(args);
        let mut input = running.child.stdin.take().expect("a pipe");
        let mut output = BufReader::new(running.child.stdout.take().expect("a pipe"));
        for _ in 0..3 {
            input.write_all(ask.as_bytes()).expect("the program listens");
            let mut line = String::new();
            output.read_line(&mut line).expect("the program answers");
            assert!(line.starts_with("{\"id\":"), "{args:?}: {line}");
        }
        drop(input);
        assert_eq!(running.end().0.code(), Some(0));
    }
}

#[test]
fn a_reader_that_leaves_ends_the_program_quietly() {
    for args in [&["match", "--text", "-"][..], &["chat"], &["chat", "--json"]] {
        let mut running = Running::start(args);
        drop(running.child.stdout.take());
        let mut input = running.child.stdin.take().expect("a pipe");
        // Far more than any pipe or buffer holds; the program stops listening on the way.
        for _ in 0..50_000 {
            if input.write_all(b"the moon is made of cheese, they say\n").is_err() {
                break;
            }
        }
        drop(input);
        let (status, err) = running.end();
        assert_eq!((status.code(), err.as_str()), (Some(0), ""), "{args:?}");
    }
}

#[test]
fn a_reader_that_leaves_before_help_or_check_is_no_failure() {
    for args in [&["--help"][..], &["check"], &["check", "--json"]] {
        let mut running = Running::start(args);
        drop(running.child.stdout.take());
        let (status, err) = running.end();
        assert_eq!((status.code(), err.as_str()), (Some(0), ""), "{args:?}");
    }
}

#[test]
fn ctrl_c_ends_after_whole_lines() {
    let mut running = Running::start(&["match"]);
    let mut input = running.child.stdin.take().expect("a pipe");
    let mut output = BufReader::new(running.child.stdout.take().expect("a pipe"));
    // The second message is not complete: the program waits for the rest of it.
    input.write_all(b"{\"id\": 1, \"text\": \"\"}\n{\"id\": 2, ").expect("the program listens");
    let mut first = String::new();
    output.read_line(&mut first).expect("the program answers");
    let pid = running.child.id().to_string();
    let sent = Command::new("sh").args(["-c", "kill -INT \"$0\"", &pid]).status();
    assert!(sent.expect("a shell").success());
    let mut rest = String::new();
    output.read_to_string(&mut rest).expect("text");
    let (status, err) = running.end();
    assert!(first.ends_with("}\n"), "{first}");
    assert_eq!((status.code(), rest.as_str(), err.as_str()), (Some(130), "", ""));
    drop(input);
}

#[test]
fn ctrl_c_does_not_wait_for_a_reader_that_hangs() {
    let mut running = Running::start(&["match", "--text", "-"]);
    let mut input = running.child.stdin.take().expect("a pipe");
    // Nobody reads the output, so the program soon waits for room in the pipe.
    let writer = std::thread::spawn(move || {
        while input.write_all(b"the moon is made of cheese, they say\n").is_ok() {}
    });
    std::thread::sleep(std::time::Duration::from_millis(300));
    let pid = running.child.id().to_string();
    let sent = Command::new("sh").args(["-c", "kill -INT \"$0\"", &pid]).status();
    assert!(sent.expect("a shell").success());
    let status = running.child.wait().expect("the program ends");
    assert_eq!(status.code(), Some(130));
    writer.join().expect("the writer notices");
}
