//! What Discord tells the bot, and who takes care of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serenity::all::{
    Context, EventHandler, FullEvent, GatewayIntents, Interaction, Message, Ready, ResumedEvent,
    ShardManager, UserId,
};

use super::error::{Error, on_command_error};
use super::heard::BotEvent;
use super::state::State;
use super::{auto_reply, buttons, commands, invite, registration, render};

/// Takes every event.
pub(super) struct Handler {
    state: Arc<State>,
    options: poise::FrameworkOptions<State, Error>,
    intents: GatewayIntents,
    registered: AtomicBool,
}

impl Handler {
    pub(super) fn new(state: Arc<State>, intents: GatewayIntents) -> Self {
        let mut options = poise::FrameworkOptions {
            commands: commands::all(&state.knowledge),
            on_error: |error| Box::pin(on_command_error(error)),
            allowed_mentions: Some(render::nobody()),
            initialize_owners: false,
            ..poise::FrameworkOptions::default()
        };
        poise::set_qualified_names(&mut options.commands);
        Self { state, options, intents, registered: AtomicBool::new(false) }
    }

    /// Registers the commands, once for all connections.
    async fn register(&self, context: &Context, ready: &Ready) {
        if self.registered.swap(true, Ordering::Relaxed) {
            return;
        }
        let commands = poise::builtins::create_application_commands(&self.options.commands);
        match registration::register(&context.http, ready.application.id, &commands).await {
            Ok(true) => tracing::info!(commands = commands.len(), "commands registered"),
            Ok(false) => tracing::debug!("commands are registered"),
            // Those of an earlier start may still be there, and replies work without.
            Err(error) => tracing::error!(%error, "commands not registered"),
        }
    }
}

#[serenity::async_trait]
impl EventHandler for Handler {
    async fn ready(&self, context: Context, ready: Ready) {
        let _in_flight = self.state.in_flight.token();
        self.state.me.get_or_init(|| ready.user.id);
        self.register(&context, &ready).await;
        let reads_messages = self.intents.contains(GatewayIntents::MESSAGE_CONTENT);
        tracing::info!(
            shard = context.shard_id.0,
            servers = ready.guilds.len(),
            reads_messages,
            invite = invite::link(ready.application.id),
            "connected"
        );
        self.state.tell(BotEvent::Ready { reads_messages });
    }

    async fn resume(&self, context: Context, _: ResumedEvent) {
        tracing::info!(shard = context.shard_id.0, "connected again");
    }

    async fn message(&self, context: Context, message: Message) {
        if self.state.in_flight.is_closed() {
            return;
        }
        let _in_flight = self.state.in_flight.token();
        auto_reply::take(&self.state, &context.http, &message).await;
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        if self.state.in_flight.is_closed() {
            return;
        }
        let _in_flight = self.state.in_flight.token();
        match interaction {
            Interaction::Component(pressed) => {
                buttons::press(&self.state, &context.http, &pressed).await;
            }
            Interaction::Command(_) | Interaction::Autocomplete(_) => {
                let (Some(shards), Some(me)) = (self.state.connections.get(), self.state.me.get())
                else {
                    return;
                };
                let framework = framework(&context, self, &shards, *me);
                let event = FullEvent::InteractionCreate { interaction };
                Box::pin(poise::dispatch_event(framework, event)).await;
            }
            _ => {}
        }
    }
}

fn framework<'a>(
    serenity_context: &'a Context,
    handler: &'a Handler,
    shard_manager: &'a Arc<ShardManager>,
    bot_id: UserId,
) -> poise::FrameworkContext<'a, State, Error> {
    poise::FrameworkContext {
        serenity_context,
        bot_id,
        options: &handler.options,
        user_data: &handler.state,
        shard_manager,
    }
}
