//! Bodies: JSON, or `multipart/form-data` with a `payload_json` and files.

use serde_json::{Value, json};

use crate::error::Refusal;

/// The JSON in a body; `null` if there is none.
pub(super) fn json_of(content_type: &str, bytes: &[u8]) -> Result<Value, Refusal> {
    if bytes.is_empty() {
        return Ok(Value::Null);
    }
    if let Some((_, boundary)) = content_type.split_once("boundary=") {
        return multipart(boundary.trim_matches('"'), bytes);
    }
    serde_json::from_slice(bytes).map_err(|_| Refusal::invalid_json())
}

/// Where what is in a file stands; no field of Discord's.
pub(super) const CONTENT: &str = "loopback_content";

fn multipart(boundary: &str, bytes: &[u8]) -> Result<Value, Refusal> {
    // What is in a file is kept as text, whatever it is.
    let text = String::from_utf8_lossy(bytes);
    let mut body = json!({});
    let mut files: Vec<(String, &str)> = Vec::new();
    for part in text.split(&format!("--{boundary}")) {
        let Some((head, content)) = part.split_once("\r\n\r\n") else { continue };
        let content = content.strip_suffix("\r\n").unwrap_or(content);
        let named = |key: &str| {
            let (_, rest) = head.split_once(&format!("{key}=\""))?;
            rest.split_once('"').map(|(name, _)| name.to_owned())
        };
        match named(" name").as_deref() {
            Some("payload_json") => {
                body = serde_json::from_str(content).map_err(|_| Refusal::invalid_json())?;
            }
            Some(_) => files.extend(named("filename").map(|name| (name, content))),
            None => {}
        }
    }
    // Of an answer to an interaction, the message is a part.
    let message = if body["data"].is_object() { &mut body["data"] } else { &mut body };
    let described = message["attachments"].as_array().map_or(0, Vec::len);
    if described < files.len() {
        let each = files.iter().enumerate();
        message["attachments"] =
            each.map(|(index, (name, _))| json!({"id": index, "filename": name})).collect();
    }
    let described = message["attachments"].as_array_mut().into_iter().flatten();
    for (described, (_, content)) in described.zip(&files) {
        described[CONTENT] = json!(content);
        // Discord takes numbers here, though its description says otherwise.
        if let Some(number) = described["id"].as_u64() {
            described["id"] = json!(number.to_string());
        }
    }
    Ok(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_multipart_body_is_its_payload_and_the_names_of_its_files() {
        let body = "--x\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n\
                    {\"content\":\"hi\"}\r\n--x\r\nContent-Disposition: form-data; \
                    name=\"files[0]\"; filename=\"a.txt\"\r\n\r\nabc\r\n--x--\r\n";
        let json = json_of("multipart/form-data; boundary=x", body.as_bytes()).unwrap();
        assert_eq!(json["content"], "hi");
        assert_eq!(json["attachments"][0]["filename"], "a.txt");
        assert_eq!(json["attachments"][0][CONTENT], "abc");
    }
}
