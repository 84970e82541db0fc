//! The bot's process, and what Linux says about it.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::time::Duration;

use clap::ValueEnum;
use loopback_discord::LoopbackDiscord;
use tempfile::TempDir;

/// Who runs in the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Role {
    /// `mythbot run`, the program itself.
    Program,
    /// The same from the library, which says how it is when it is asked.
    Watched,
    /// A client that drops every event.
    Bare,
}

/// Stopped when it goes.
pub(crate) struct Process {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Process {
    /// Starts it in `dir`, where its database and its log go.
    pub(crate) fn start(role: Role, discord: &LoopbackDiscord, dir: &TempDir) -> Self {
        let mut command = match role {
            Role::Program => Command::new(env!("CARGO_BIN_EXE_mythbot")),
            _ => Command::new(std::env::current_exe().expect("this program")),
        };
        match role {
            Role::Program => command.arg("run"),
            Role::Watched => command.args(["--role", "watched"]),
            Role::Bare => command.args(["--role", "bare"]),
        };
        let log = std::fs::File::create(dir.path().join("log")).expect("a file");
        let mut child = command
            .env_clear()
            .env("METRICS_ADDR", "127.0.0.1:0")
            .env("DISCORD_TOKEN", discord.token())
            .env("DISCORD_API_URL", discord.api_url())
            .current_dir(dir.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("the program starts");
        let input = child.stdin.take().expect("a pipe");
        let output = BufReader::new(child.stdout.take().expect("a pipe"));
        Self { child, input, output }
    }

    /// Asks [`Role::Watched`] how it is.
    pub(crate) fn asked(&mut self) -> serde_json::Value {
        writeln!(self.input).expect("it listens");
        let mut line = String::new();
        self.output.read_line(&mut line).expect("it answers");
        serde_json::from_str(&line).expect("JSON")
    }

    /// Resident memory in kB.
    pub(crate) fn resident(&self) -> u64 {
        self.status("VmRSS:")
    }

    /// The most that it ever was, in kB.
    pub(crate) fn resident_peak(&self) -> u64 {
        self.status("VmHWM:")
    }

    fn status(&self, field: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.expect("it runs, on Linux");
        let line = status.lines().find_map(|line| line.strip_prefix(field)).expect("the field");
        line.trim().trim_end_matches(" kB").parse().expect("a number")
    }

    /// CPU time that it has used, in all its threads.
    pub(crate) fn cpu(&self) -> Duration {
        /// `USER_HZ`, which is 100 on every Linux there is.
        const TICK: Duration = Duration::from_millis(10);
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()));
        let stat = stat.expect("it runs, on Linux");
        // Behind the name, which may hold anything: utime and stime are fields 14 and 15.
        let (_, fields) = stat.rsplit_once(") ").expect("a name");
        let fields = fields.split(' ').skip(11).take(2);
        let ticks: u32 = fields.map(|ticks| ticks.parse::<u32>().expect("a number")).sum();
        TICK * ticks
    }

    /// Sends SIGTERM.
    pub(crate) fn terminate(&self) {
        let kill = Command::new("kill").arg(self.child.id().to_string()).status();
        assert!(kill.expect("kill runs").success());
    }

    /// Waits until it has ended.
    pub(crate) fn ended(&mut self) -> ExitStatus {
        self.child.wait().expect("it ends")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
