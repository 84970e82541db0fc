//! A small real serenity bot, to have somebody at the other end.

use std::sync::Arc;

use loopback_discord::LoopbackDiscord;
use serenity::all::{
    Client, ClientBuilder, Context, CreateMessage, EventHandler, GatewayIntents, Http, HttpBuilder,
    Interaction, Message,
};
use serenity::async_trait;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;

/// Something the bot was told.
#[derive(Debug)]
pub(crate) enum Told {
    Message(Box<Message>),
    Interaction(Box<Interaction>),
}

/// The bot at work.
pub(crate) struct Bot {
    pub(crate) http: Arc<Http>,
    pub(crate) told: UnboundedReceiver<Told>,
    task: JoinHandle<serenity::Result<()>>,
}

struct Handler {
    told: UnboundedSender<Told>,
}

#[async_trait]
impl EventHandler for Handler {
    async fn message(&self, context: Context, message: Message) {
        if message.content == "ping" {
            let reply = CreateMessage::new().content("pong").reference_message(&message);
            message.channel_id.send_message(&context.http, reply).await.unwrap();
        }
        let _ = self.told.send(Told::Message(Box::new(message)));
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        crate::commands::handle(&context.http, &interaction).await;
        let _ = self.told.send(Told::Interaction(Box::new(interaction)));
    }
}

/// The bot's way to REST.
///
/// serenity 0.12.5 ignores the proxy unless its rate limiter is off.
fn new_http(discord: &LoopbackDiscord) -> Http {
    let http = HttpBuilder::new(discord.token()).proxy(discord.api_url());
    let http = http.ratelimiter_disabled(true).build();
    let application = discord.look(|world| world.application.id.get());
    http.set_application_id(application.into());
    http
}

/// The same for a test that needs no gateway.
pub(crate) fn http(discord: &LoopbackDiscord) -> Arc<Http> {
    Arc::new(new_http(discord))
}

impl Bot {
    /// Connects, without waiting for it.
    pub(crate) async fn start(discord: &LoopbackDiscord, intents: GatewayIntents) -> Self {
        let (sender, told) = unbounded_channel();
        let builder = ClientBuilder::new_with_http(new_http(discord), intents);
        let handler = Handler { told: sender };
        let mut client: Client = builder.event_handler(handler).await.unwrap();
        let http = Arc::clone(&client.http);
        let task = tokio::spawn(async move { client.start().await });
        Self { http, told, task }
    }

    /// Connects with every intent and waits for READY.
    pub(crate) async fn ready(discord: &LoopbackDiscord) -> Self {
        let bot = Self::start(discord, GatewayIntents::all()).await;
        discord.ready().await;
        bot
    }

    /// The next message that it was told of.
    pub(crate) async fn next_message(&mut self) -> Message {
        loop {
            if let Told::Message(message) = self.told.recv().await.expect("the bot lives") {
                return *message;
            }
        }
    }

    /// The next interaction that it was told of.
    pub(crate) async fn next_interaction(&mut self) -> Interaction {
        loop {
            if let Told::Interaction(interaction) = self.told.recv().await.expect("the bot lives") {
                return *interaction;
            }
        }
    }

    /// Waits until the client gives up, and says why.
    pub(crate) async fn ended(&mut self) -> serenity::Result<()> {
        (&mut self.task).await.unwrap()
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The code of a refusal.
pub(crate) fn code<T: std::fmt::Debug>(result: serenity::Result<T>) -> isize {
    match result.unwrap_err() {
        serenity::Error::Http(serenity::all::HttpError::UnsuccessfulRequest(response)) => {
            response.error.code
        }
        other => panic!("expected a refusal, not {other:?}"),
    }
}
