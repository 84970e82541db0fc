//! A connection to the gateway without a library.

use futures::{SinkExt, StreamExt};
use loopback_discord::LoopbackDiscord;
use serde_json::{Value, json};
use serenity::all::GatewayIntents;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// A connection without a library.
pub(crate) struct RawShard {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl RawShard {
    pub(crate) async fn connect(discord: &LoopbackDiscord) -> Self {
        let url = format!("ws://{}/?v=10&encoding=json", discord.address());
        let (socket, _) = tokio_tungstenite::connect_async(url).await.unwrap();
        Self { socket }
    }

    pub(crate) async fn identify(discord: &LoopbackDiscord, shard: u64, of: u64) -> Self {
        let mut raw = Self::connect(discord).await;
        let intents = GatewayIntents::all().bits();
        let data = json!({"token": discord.token(), "intents": intents, "shard": [shard, of]});
        raw.send(json!({"op": 2, "d": data}).to_string()).await;
        // READY, so that the other shard comes second.
        while !raw.next_text().await.contains("READY") {}
        raw
    }

    pub(crate) async fn send(&mut self, text: String) {
        self.socket.send(Message::Text(text.into())).await.unwrap();
    }

    pub(crate) async fn next_text(&mut self) -> String {
        self.socket.next().await.unwrap().unwrap().into_text().unwrap().to_string()
    }

    /// The next event of that name, and the names of those before it.
    pub(crate) async fn event(&mut self, name: &str) -> (Value, Vec<String>) {
        let mut before = Vec::new();
        loop {
            let payload: Value = serde_json::from_str(&self.next_text().await).unwrap();
            let told = payload["t"].as_str().unwrap_or_default();
            if told == name {
                return (payload["d"].clone(), before);
            }
            before.push(told.to_owned());
        }
    }

    /// The content of the next message.
    pub(crate) async fn next_content(&mut self) -> String {
        let (message, _) = self.event("MESSAGE_CREATE").await;
        message["content"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn close_code(&mut self) -> u16 {
        loop {
            if let Message::Close(frame) = self.socket.next().await.unwrap().unwrap() {
                return frame.unwrap().code.into();
            }
        }
    }
}
