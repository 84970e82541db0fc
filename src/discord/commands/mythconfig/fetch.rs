//! Fetches a file that somebody attached: from Discord only, and never more than it may be.

use std::time::Duration;

use reqwest::{Client, Url, redirect};

/// How long Discord may take to hand a file over, from the first byte to the last.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// Where Discord keeps attachments (its documentation, "Signed Attachment CDN URLs").
const DISCORDS: [&str; 2] = ["cdn.discordapp.com", "media.discordapp.net"];

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unfetched {
    /// The address is none of Discord's.
    #[error("it is not at an address of Discord")]
    Elsewhere,
    /// It has more bytes than it may.
    #[error("it is too large")]
    TooLarge,
    /// Discord did not hand it over.
    #[error("Discord did not hand it over: {0}")]
    Refused(String),
}

/// The bytes at an address, at most `most`, if they come within `patience`. `api_url` is what stands in for Discord, if anything does.
pub(super) async fn fetch(
    url: &str,
    api_url: Option<&str>,
    (most, patience): (u32, Duration),
) -> Result<Vec<u8>, Unfetched> {
    let url = Url::parse(url).map_err(|_| Unfetched::Elsewhere)?;
    if !is_discords(&url, api_url) {
        return Err(Unfetched::Elsewhere);
    }
    match tokio::time::timeout(patience, read(url, most)).await {
        Ok(read) => read,
        Err(_) => Err(Unfetched::Refused(format!("it was not there within {patience:?}"))),
    }
}

/// Whoever forges an interaction must not have the bot call addresses of its own network.
fn is_discords(url: &Url, api_url: Option<&str>) -> bool {
    let plain = url.username().is_empty() && url.password().is_none();
    let stand_in = api_url.and_then(|api_url| Url::parse(api_url).ok());
    let is_stand_in = stand_in.is_some_and(|stand_in| stand_in.origin() == url.origin());
    let is_cdn = url.scheme() == "https"
        && url.port().is_none()
        && url.host_str().is_some_and(|host| DISCORDS.contains(&host));
    plain && (is_cdn || is_stand_in)
}

async fn read(url: Url, most: u32) -> Result<Vec<u8>, Unfetched> {
    let refused = |error: reqwest::Error| Unfetched::Refused(error.without_url().to_string());
    // An address of Discord that leads elsewhere is none of Discord's files.
    let client = Client::builder().redirect(redirect::Policy::none()).build().map_err(refused)?;
    let mut response = client.get(url).send().await.map_err(refused)?;
    if response.status() != reqwest::StatusCode::OK {
        return Err(Unfetched::Refused(format!("status {}", response.status().as_u16())));
    }
    let mut bytes = Vec::new();
    // What the headers say of its size may be wrong.
    while let Some(chunk) = response.chunk().await.map_err(refused)? {
        bytes.extend_from_slice(&chunk);
        if u32::try_from(bytes.len()).map_or(true, |size| size > most) {
            return Err(Unfetched::TooLarge);
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    use super::*;

    /// Something that answers one request with these bytes, again and again if `endless`, and its
    /// address.
    async fn server(answer: &'static str, endless: bool) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("bound"));
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("a request");
            let _ = stream.read(&mut [0; 4096]).await;
            while stream.write_all(answer.as_bytes()).await.is_ok() && endless {}
        });
        address
    }

    async fn fetched(answer: &'static str, endless: bool) -> Result<Vec<u8>, String> {
        let address = server(answer, endless).await;
        let fetched = fetch(&format!("{address}/x.json"), Some(&address), (10, PATIENCE)).await;
        fetched.map_err(|error| error.to_string())
    }

    #[test]
    fn only_discords_addresses_are_called() {
        let is = |url: &str, api_url| is_discords(&Url::parse(url).expect("a URL"), api_url);
        assert!(is("https://cdn.discordapp.com/ephemeral-attachments/1/2/x.json?ex=1&hm=2", None));
        assert!(is("https://media.discordapp.net/attachments/1/2/x.json", None));
        assert!(is("http://127.0.0.1:80/attachments/x", Some("http://127.0.0.1")));
        for url in [
            "http://cdn.discordapp.com/x",
            "https://cdn.discordapp.com:8443/x",
            "https://cdn.discordapp.com.evil.example/x",
            "https://evil.example/cdn.discordapp.com",
            "https://cdn.discordapp.com@evil.example/x",
            "https://me:secret@cdn.discordapp.com/x",
            "http://127.0.0.1:9090/metrics",
            "http://169.254.169.254/latest/meta-data",
            "http://localhost/x",
            "file:///etc/passwd",
        ] {
            assert!(!is(url, None) && !is(url, Some("http://127.0.0.1:3000")), "{url}");
        }
    }

    #[tokio::test]
    async fn what_fits_is_read() {
        let whole = fetched("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n0123456789", false).await;
        assert_eq!(whole.expect("read"), b"0123456789");
    }

    #[tokio::test]
    async fn what_is_too_large_is_not_read_to_its_end() {
        let said = fetched("HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n0123456789x", false).await;
        assert_eq!(said, Err("it is too large".to_owned()));
        // Nothing says how much comes, and it never ends.
        let endless = fetched("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n0123456789", true).await;
        assert_eq!(endless, Err("it is too large".to_owned()));
    }

    #[tokio::test]
    async fn what_is_cut_off_or_leads_elsewhere_is_no_file() {
        let cut = fetched("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n0123", false).await;
        assert!(cut.expect_err("cut off").starts_with("Discord did not hand it over"));
        let moved =
            "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:9/\r\ncontent-length: 0\r\n\r\n";
        let moved = fetched(moved, false).await;
        assert_eq!(moved, Err("Discord did not hand it over: status 302".to_owned()));
    }

    #[tokio::test]
    async fn what_does_not_come_is_not_waited_for() {
        // Connections are taken, and nobody answers.
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("bound"));
        let patience = Duration::from_millis(20);
        let slow = fetch(&address, Some(&address), (10, patience)).await.expect_err("nothing");
        let told = "Discord did not hand it over: it was not there within 20ms";
        assert_eq!(slow.to_string(), told);
    }
}
