//! The program as people and scripts use it: arguments and bytes in, bytes and an exit code out.

#![expect(clippy::expect_used, reason = "a test that cannot do its work must fail")]

mod backup;
mod chat;
mod check;
mod decisions;
mod eval;
mod folder;
mod import;
mod matching;
mod streams;
mod usage;

use std::path::Path;

use assert_cmd::Command;

/// The program, with nothing in its environment that could change what it does.
fn mythbot() -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("mythbot"));
    command.env_remove("KNOWLEDGE_DIR").env_remove("CLICOLOR_FORCE");
    command
}

/// The program with a knowledge folder.
fn mythbot_with(folder: &Path) -> Command {
    let mut command = mythbot();
    command.arg("--knowledge").arg(folder);
    command
}

/// What it wrote and its exit code.
#[derive(Debug)]
struct Ran {
    out: String,
    err: String,
    code: i32,
}

fn run(command: &mut Command) -> Ran {
    let output = command.output().expect("the program starts");
    Ran {
        out: String::from_utf8(output.stdout).expect("output is UTF-8"),
        err: String::from_utf8(output.stderr).expect("messages are UTF-8"),
        code: output.status.code().expect("the program ends by itself"),
    }
}

/// Each line of output as JSON.
fn objects(out: &str) -> Vec<serde_json::Value> {
    out.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}
