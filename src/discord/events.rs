//! What Discord tells the bot, and who takes care of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serenity::all::{
    ChannelId, ChannelPinsUpdateEvent, Context, EventHandler, FullEvent, GatewayIntents, Guild,
    GuildChannel, GuildId, Interaction, Message, MessageId, MessageUpdateEvent,
    PartialGuildChannel, Ready, ResumedEvent, Role, RoleId, ShardManager, ThreadListSyncEvent,
    UnavailableGuild, UserId,
};
use tokio_util::task::task_tracker::TaskTrackerToken;

use super::error::{Error, on_command_error};
use super::heard::BotEvent;
use super::state::State;
use super::{
    auto_reply, buttons, commands, gone, invite, membership, pins, registration, render, revision,
};

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
            commands: commands::all(&state.answers().knowledge),
            on_error: |error| Box::pin(on_command_error(error)),
            allowed_mentions: Some(render::nobody()),
            initialize_owners: false,
            ..poise::FrameworkOptions::default()
        };
        poise::set_qualified_names(&mut options.commands);
        Self { state, options, intents, registered: AtomicBool::new(false) }
    }

    /// Begins something that must be finished before the bot stops; nothing once it stops.
    fn begin(&self) -> Option<TaskTrackerToken> {
        let in_flight = &self.state.in_flight;
        (!in_flight.is_closed()).then(|| in_flight.token())
    }

    async fn gone(&self, context: &Context, channel: ChannelId, messages: &[MessageId]) {
        if let Some(_in_flight) = self.begin() {
            revision::deleted(&self.state, &context.http, channel, messages).await;
            pins::messages_gone(&self.state, messages).await;
        }
    }

    async fn channel_gone(&self, guild: GuildId, channel: ChannelId) {
        if let Some(_in_flight) = self.begin() {
            let mut all = vec![channel];
            all.extend(self.state.places.forget(channel));
            for gone in &all {
                pins::channel_gone(&self.state, *gone).await;
            }
            gone::channels(&self.state, guild, &all).await;
        }
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
        membership::compare(&self.state, &ready).await;
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
        self.state.corrections.are_due();
    }

    async fn resume(&self, context: Context, _: ResumedEvent) {
        tracing::info!(shard = context.shard_id.0, "connected again");
    }

    async fn message(&self, context: Context, message: Message) {
        let Some(_in_flight) = self.begin() else { return };
        auto_reply::take(&self.state, &context.http, &message).await;
    }

    async fn message_update(
        &self,
        context: Context,
        _: Option<Message>,
        _: Option<Message>,
        event: MessageUpdateEvent,
    ) {
        if let Some(_in_flight) = self.begin() {
            revision::edited(&self.state, &context.http, &event).await;
        }
    }

    async fn message_delete(
        &self,
        context: Context,
        channel: ChannelId,
        message: MessageId,
        _: Option<GuildId>,
    ) {
        self.gone(&context, channel, &[message]).await;
    }

    async fn message_delete_bulk(
        &self,
        context: Context,
        channel: ChannelId,
        messages: Vec<MessageId>,
        _: Option<GuildId>,
    ) {
        self.gone(&context, channel, &messages).await;
    }

    async fn channel_pins_update(&self, context: Context, pin: ChannelPinsUpdateEvent) {
        if let Some(_in_flight) = self.begin() {
            pins::pins_changed(&self.state, &context.http, pin.channel_id).await;
        }
    }

    async fn guild_create(&self, context: Context, guild: Guild, _: Option<bool>) {
        self.state.places.arrive(&guild);
        self.state.described.note(guild.id);
        if let Some(_in_flight) = self.begin() {
            membership::arrived(&self.state, &context.http, &guild).await;
        }
    }

    async fn guild_delete(&self, _: Context, guild: UnavailableGuild, _: Option<Guild>) {
        if let Some(_in_flight) = self.begin() {
            membership::gone(&self.state, &guild).await;
        }
    }

    async fn guild_role_delete(&self, _: Context, guild: GuildId, role: RoleId, _: Option<Role>) {
        if let Some(_in_flight) = self.begin() {
            gone::role(&self.state, guild, role).await;
        }
    }

    async fn channel_create(&self, _: Context, channel: GuildChannel) {
        self.state.places.note(&channel);
    }

    async fn channel_update(&self, _: Context, _: Option<GuildChannel>, new: GuildChannel) {
        self.state.places.note(&new);
    }

    async fn channel_delete(&self, _: Context, channel: GuildChannel, _: Option<Vec<Message>>) {
        self.channel_gone(channel.guild_id, channel.id).await;
    }

    async fn thread_create(&self, _: Context, thread: GuildChannel) {
        self.state.places.note(&thread);
    }

    async fn thread_update(&self, _: Context, _: Option<GuildChannel>, new: GuildChannel) {
        self.state.places.note(&new);
    }

    async fn thread_delete(
        &self,
        _: Context,
        thread: PartialGuildChannel,
        _: Option<GuildChannel>,
    ) {
        self.channel_gone(thread.guild_id, thread.id).await;
    }

    async fn thread_list_sync(&self, _: Context, sync: ThreadListSyncEvent) {
        for thread in &sync.threads {
            self.state.places.note(thread);
        }
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        let Some(_in_flight) = self.begin() else { return };
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
