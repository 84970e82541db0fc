//! What Discord tells the bot, and who takes care of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serenity::all::{
    ChannelId, ChannelPinsUpdateEvent, Context, EventHandler, FullEvent, GatewayIntents, Guild,
    GuildChannel, GuildId, Interaction, Message, MessageId, MessageUpdateEvent,
    PartialGuildChannel, Ready, ResumedEvent, Role, RoleId, ShardManager, ThreadListSyncEvent,
    UnavailableGuild, UserId,
};
use tokio::time::Instant;
use tokio_util::task::task_tracker::TaskTrackerToken;
use tracing::Instrument as _;

use super::error::{Error, chain, on_command_error};
use super::gateway::starts;
use super::heard::BotEvent;
use super::state::State;
use super::{
    auto_reply, buttons, commands, gone, invite, membership, pins, registration, render, revision,
    span,
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
        // What is on its way to them is stopped in any case.
        revision::note_gone(&self.state, messages);
        let Some(_place) = self.state.changes.enter() else { return };
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

    /// Registers the commands, once for all connections: the process with the first shard does it for
    /// the others, too.
    async fn register(&self, context: &Context, ready: &Ready) {
        if context.shard_id.0 != 0 || self.registered.swap(true, Ordering::Relaxed) {
            return;
        }
        let commands = commands::told(&self.options.commands);
        match registration::register(&context.http, ready.application.id, &commands).await {
            Ok(true) => tracing::info!(commands = commands.len(), "commands registered"),
            Ok(false) => tracing::debug!("commands are registered"),
            // Those of an earlier start may still be there, and replies work without.
            Err(error) => tracing::error!(error = %chain(&error), "commands not registered"),
        }
    }
}

#[serenity::async_trait]
impl EventHandler for Handler {
    async fn ready(&self, context: Context, ready: Ready) {
        let _in_flight = self.state.in_flight.token();
        starts::began(&self.state, context.shard_id).await;
        self.state.me.get_or_init(|| ready.user.id);
        self.state.vitals.identified(&self.state.metrics, context.shard_id);
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
        self.state.settling.is_due();
    }

    async fn resume(&self, context: Context, _: ResumedEvent) {
        self.state.metrics.reconnected(context.shard_id.0, "resumed");
        tracing::info!(shard = context.shard_id.0, "connected again");
    }

    async fn message(&self, context: Context, message: Message) {
        let arrived = Instant::now();
        let Some(_in_flight) = self.begin() else { return };
        auto_reply::arrived(&self.state, &context.http, &message, arrived)
            .instrument(span::message(&context, &message))
            .await;
    }

    async fn message_update(
        &self,
        context: Context,
        _: Option<Message>,
        _: Option<Message>,
        event: MessageUpdateEvent,
    ) {
        let Some(_place) = self.state.changes.enter() else {
            return revision::shed(&self.state, event.id);
        };
        if let Some(_in_flight) = self.begin() {
            revision::edited(&self.state, &context.http, &event)
                .instrument(span::changed(
                    &context,
                    event.guild_id,
                    event.channel_id,
                    Some(event.id),
                ))
                .await;
        }
    }

    async fn message_delete(
        &self,
        context: Context,
        channel: ChannelId,
        message: MessageId,
        guild: Option<GuildId>,
    ) {
        let span = span::changed(&context, guild, channel, Some(message));
        self.gone(&context, channel, &[message]).instrument(span).await;
    }

    async fn message_delete_bulk(
        &self,
        context: Context,
        channel: ChannelId,
        messages: Vec<MessageId>,
        guild: Option<GuildId>,
    ) {
        let span = span::changed(&context, guild, channel, None);
        self.gone(&context, channel, &messages).instrument(span).await;
    }

    async fn channel_pins_update(&self, context: Context, pin: ChannelPinsUpdateEvent) {
        if let Some(_in_flight) = self.begin() {
            pins::pins_changed(&self.state, &context.http, pin.channel_id)
                .instrument(span::changed(&context, pin.guild_id, pin.channel_id, None))
                .await;
        }
    }

    async fn guild_create(&self, context: Context, guild: Guild, _: Option<bool>) {
        self.state.places.arrive(&guild);
        self.state.described.note(guild.id);
        let span = span::guild(&context, guild.id, None);
        let arrival = membership::arrival(&self.state, guild);
        if let (Some(arrival), Some(_in_flight)) = (arrival, self.begin()) {
            membership::arrived(&self.state, &context.http, arrival).instrument(span).await;
        }
    }

    async fn guild_delete(&self, context: Context, guild: UnavailableGuild, _: Option<Guild>) {
        if let Some(_in_flight) = self.begin() {
            membership::gone(&self.state, &guild)
                .instrument(span::guild(&context, guild.id, None))
                .await;
        }
    }

    async fn guild_role_delete(
        &self,
        context: Context,
        guild: GuildId,
        role: RoleId,
        _: Option<Role>,
    ) {
        if let Some(_in_flight) = self.begin() {
            gone::role(&self.state, guild, role)
                .instrument(span::guild(&context, guild, None))
                .await;
        }
    }

    async fn channel_create(&self, _: Context, channel: GuildChannel) {
        self.state.places.note(&channel);
    }

    async fn channel_update(&self, _: Context, _: Option<GuildChannel>, new: GuildChannel) {
        self.state.places.note(&new);
    }

    async fn channel_delete(
        &self,
        context: Context,
        channel: GuildChannel,
        _: Option<Vec<Message>>,
    ) {
        let span = span::guild(&context, channel.guild_id, Some(channel.id));
        self.channel_gone(channel.guild_id, channel.id).instrument(span).await;
    }

    async fn thread_create(&self, _: Context, thread: GuildChannel) {
        self.state.places.note(&thread);
    }

    async fn thread_update(&self, _: Context, _: Option<GuildChannel>, new: GuildChannel) {
        self.state.places.note(&new);
    }

    async fn thread_delete(
        &self,
        context: Context,
        thread: PartialGuildChannel,
        _: Option<GuildChannel>,
    ) {
        let span = span::guild(&context, thread.guild_id, Some(thread.id));
        self.channel_gone(thread.guild_id, thread.id).instrument(span).await;
    }

    async fn thread_list_sync(&self, _: Context, sync: ThreadListSyncEvent) {
        for thread in &sync.threads {
            self.state.places.note(thread);
        }
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        let Some(_in_flight) = self.begin() else { return };
        let span = span::interaction(&context, &interaction);
        match interaction {
            Interaction::Component(pressed) => {
                buttons::press(&self.state, &context.http, &pressed).instrument(span).await;
            }
            Interaction::Command(_) | Interaction::Autocomplete(_) => {
                let (Some(shards), Some(me)) = (self.state.connections.get(), self.state.me.get())
                else {
                    return;
                };
                let framework = framework(&context, self, &shards, *me);
                let event = FullEvent::InteractionCreate { interaction };
                Box::pin(poise::dispatch_event(framework, event)).instrument(span).await;
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
