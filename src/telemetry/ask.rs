//! Asks a bot that runs how it is.

use std::io::{self, Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

/// How long a bot may take to answer: less than Docker waits for a health check (30 s).
const PATIENCE: Duration = Duration::from_secs(5);

/// How much of an answer is read, in bytes. Ours are shorter.
const LONGEST: u64 = 4096;

/// A bot that is not well, or is not there.
#[derive(Debug, thiserror::Error)]
pub enum Unwell {
    /// Nobody answers.
    #[error(
        "nothing answers at {address} ({cause}): does the bot run here, with this METRICS_ADDR?"
    )]
    Silent {
        /// Who was asked.
        address: SocketAddr,
        /// Why not.
        cause: io::Error,
    },
    /// It says that it is not well, or is something else.
    #[error("{0}")]
    Says(String),
}

/// Asks the bot that listens at `address` for a path that answers with status 200 when all is well.
/// What it said then.
///
/// One request without a body on this computer: no client for HTTP is started for that.
///
/// # Errors
/// When it says something else, or nothing within five seconds.
pub fn ask(address: SocketAddr, path: &str) -> Result<String, Unwell> {
    let address = reachable(address);
    let answer = fetch(address, path).map_err(|cause| Unwell::Silent { address, cause })?;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let said = body.trim().to_owned();
    match head.split_ascii_whitespace().nth(1) {
        Some("200") => Ok(said),
        Some("503") if !said.is_empty() => Err(Unwell::Says(said)),
        _ => Err(Unwell::Says(format!("something else than mythbot answers at {address}"))),
    }
}

fn fetch(address: SocketAddr, path: &str) -> io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    // HTTP 1.0: the connection ends with the answer.
    write!(stream, "GET {path} HTTP/1.0\r\nHost: {address}\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.take(LONGEST).read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// Who listens everywhere is asked on this computer.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    /// What is made of an answer.
    fn answered(answer: &'static str) -> Result<String, Unwell> {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let mut address = listener.local_addr().expect("bound");
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("somebody asks");
            // All of it: what is left unread when it closes cuts the connection.
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                stream.read_exact(&mut byte).expect("a request");
                request.extend(byte);
            }
            stream.write_all(answer.as_bytes()).expect("an answer");
        });
        address.set_ip(Ipv4Addr::UNSPECIFIED.into());
        let made = ask(address, "/healthz");
        server.join().expect("no panic");
        made
    }

    #[test]
    fn only_200_is_well() {
        let well = answered("HTTP/1.0 200 OK\r\ncontent-length: 6\r\n\r\nalive\n");
        assert_eq!(well.expect("well"), "alive");
        let unwell = answered("HTTP/1.0 503 Service Unavailable\r\n\r\nA sentence.\n");
        assert_eq!(unwell.expect_err("unwell").to_string(), "A sentence.");
        for other in ["HTTP/1.0 404 Not Found\r\n\r\nhm", "SSH-2.0-OpenSSH\r\n", ""] {
            let said = answered(other).expect_err("something else").to_string();
            assert!(
                said.starts_with("something else than mythbot answers at 127.0.0.1:"),
                "{said}"
            );
        }
    }
}
