//! A life of the program, from its start until it is killed.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// A program that runs.
pub(crate) struct Life {
    child: Arc<Mutex<Child>>,
    lines: UnboundedReceiver<String>,
    /// Its log so far.
    pub(crate) said: String,
}

impl Life {
    pub(crate) fn start(dir: &Path, token: &str, api_url: &str) -> Self {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin!("mythbot"))
            .arg("run")
            .env_clear()
            .env("KNOWLEDGE_DIR", super::answers(dir))
            .env("METRICS_ADDR", "127.0.0.1:0")
            .env("DISCORD_TOKEN", token)
            .env("DISCORD_API_URL", api_url)
            .env("LOG", "debug")
            .current_dir(dir)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let log = BufReader::new(child.stderr.take().expect("a pipe"));
        let (tell, lines) = unbounded_channel();
        std::thread::spawn(move || {
            for line in log.lines() {
                // What is read until the end was not waited for.
                let Ok(line) = line else { return };
                let _ = tell.send(line);
            }
        });
        Self { child: Arc::new(Mutex::new(child)), lines, said: String::new() }
    }

    /// Waits until its log has these words. False if it ends before.
    pub(crate) async fn says(&mut self, words: &str) -> bool {
        const PATIENCE: Duration = Duration::from_mins(1);
        let said = async {
            while let Some(line) = self.lines.recv().await {
                self.said.push_str(&line);
                self.said.push('\n');
                if line.contains(words) {
                    return true;
                }
            }
            false
        };
        tokio::time::timeout(PATIENCE, said).await.expect("it says so, or ends")
    }

    /// Waits until it ends, but not longer than this.
    pub(crate) async fn ends_within(&mut self, time: Duration) {
        let ended = async { while self.lines.recv().await.is_some() {} };
        // It is killed if it has not ended.
        let _ = tokio::time::timeout(time, ended).await;
    }

    /// Kills it when it is called.
    pub(crate) fn killer(&self) -> impl FnOnce() + Send + 'static {
        let child = Arc::clone(&self.child);
        // It may be dead by then.
        move || drop(child.lock().unwrap_or_else(PoisonError::into_inner).kill())
    }

    /// Kills it and waits until it is dead.
    pub(crate) async fn kill(&mut self) {
        (self.killer())();
        self.ended().await;
    }

    /// Sends SIGTERM; exit code.
    pub(crate) async fn stop(mut self) -> Option<i32> {
        self.signal("-TERM");
        self.ended().await
    }

    /// Waits until it has ended by itself; exit code.
    pub(crate) async fn code(mut self) -> Option<i32> {
        self.ended().await
    }

    /// Sends a signal, such as `-TERM`.
    pub(crate) fn signal(&self, name: &str) {
        let id = self.child.lock().unwrap_or_else(PoisonError::into_inner).id();
        let kill = Command::new("kill").args([name, &id.to_string()]).status();
        assert!(kill.expect("kill runs").success());
    }

    async fn ended(&mut self) -> Option<i32> {
        let child = Arc::clone(&self.child);
        let wait = move || child.lock().unwrap_or_else(PoisonError::into_inner).wait();
        let ended = tokio::task::spawn_blocking(wait).await.expect("no panic");
        ended.expect("it has ended").code()
    }
}

impl Drop for Life {
    fn drop(&mut self) {
        (self.killer())();
        // Nothing is left of it.
        let _ = self.child.lock().unwrap_or_else(PoisonError::into_inner).wait();
    }
}
