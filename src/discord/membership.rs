//! Which servers the bot is in: told by Discord, kept in the database, so that a new server is
//! greeted once and what a server has set is forgotten some time after the bot was removed.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use serenity::all::{
    ChannelId, CreateMessage, Guild, GuildId, Http, Permissions, Ready, UnavailableGuild,
};

use super::error::chain;
use super::heard::BotEvent;
use super::render;
use super::state::State;
use crate::cards;

/// A server is greeted if the bot joined it not longer ago than this. One that it has been in for
/// long, but that its database does not know, has met it.
const FRESH: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What a greeting needs.
const NEEDED: Permissions =
    Permissions::VIEW_CHANNEL.union(Permissions::SEND_MESSAGES).union(Permissions::EMBED_LINKS);

/// The servers that stand in the database.
#[derive(Debug, Default)]
pub(super) struct Membership {
    known: Mutex<HashSet<GuildId>>,
    /// One after the other: Discord tells of thousands at once, and commands need the database, too.
    turn: tokio::sync::Mutex<()>,
}

impl Membership {
    pub(super) fn knows(&self, guild: GuildId) -> bool {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).contains(&guild)
    }

    fn add(&self, guilds: impl IntoIterator<Item = GuildId>) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).extend(guilds);
    }

    fn remove(&self, guild: GuildId) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).remove(&guild);
    }
}

/// Compares the servers that a new connection brings with those in the database: what is missing was
/// left while nobody listened.
pub(super) async fn compare(state: &State, ready: &Ready) {
    let shard = ready.shard.map(|shard| (shard.id.0, shard.total));
    // A connection speaks for its own servers only.
    let known = match state.store.guilds(shard).await {
        Ok(known) => known,
        Err(error) => {
            tracing::error!(error = %chain(&error), "servers not compared");
            return;
        }
    };
    let known: Vec<GuildId> =
        known.into_iter().map(|id| GuildId::new(id.unsigned_abs().max(1))).collect();
    let told: HashSet<GuildId> = ready.guilds.iter().map(|guild| guild.id).collect();
    state.membership.add(known.iter().copied().filter(|guild| told.contains(guild)));
    for gone in known.into_iter().filter(|guild| !told.contains(guild)) {
        left(state, gone).await;
    }
}

/// The bot was removed from a server, unless that only has an outage.
pub(super) async fn gone(state: &State, guild: &UnavailableGuild) {
    if !guild.unavailable {
        left(state, guild.id).await;
    }
}

async fn left(state: &State, guild: GuildId) {
    state.membership.remove(guild);
    state.settings.forget(guild);
    state.places.leave(guild);
    state.described.forget(guild);
    let at_ms = state.clock.now().as_millisecond();
    match state.store.left(guild.into(), at_ms).await {
        Ok(()) => tracing::info!(guild_id = guild.get(), "removed from a server"),
        // The next start finds it missing.
        Err(error) => {
            tracing::error!(guild_id = guild.get(), error = %chain(&error), "removal not noted");
        }
    }
    state.tell(BotEvent::Left { guild_id: guild.get() });
}

/// A server that the database may not know. Discord tells of thousands at once, with all that is in
/// them; they wait for their turn without that.
#[derive(Debug)]
pub(super) struct Arrival {
    guild: GuildId,
    /// What is in it, where the bot has not been for long and may have to greet.
    fresh: Option<Box<Guild>>,
}

/// What must be kept of a server that the bot is told of; none when it is known.
pub(super) fn arrival(state: &State, guild: Guild) -> Option<Arrival> {
    let (id, is_fresh) = (guild.id, is_fresh(&guild, state.clock.now()));
    let arrival = || Arrival { guild: id, fresh: is_fresh.then(|| Box::new(guild)) };
    (!state.membership.knows(id)).then(arrival)
}

/// The bot is in a server. Where it is new it says once what it does.
pub(super) async fn arrived(state: &State, http: &Http, Arrival { guild, fresh }: Arrival) {
    let joined = {
        let _turn = state.membership.turn.lock().await;
        state.store.joined(guild.into()).await
    };
    let is_new = match joined {
        Ok(is_new) => is_new,
        Err(error) => {
            tracing::error!(guild_id = guild.get(), error = %chain(&error), "server not noted");
            return;
        }
    };
    state.membership.add([guild]);
    let chosen = fresh.filter(|_| is_new).and_then(|fresh| greeting_channel(state, &fresh));
    let greeted = match chosen {
        Some(channel) => greet(state, http, channel).await,
        None => false,
    };
    tracing::info!(guild_id = guild.get(), is_new, greeted, "in a server");
    state.tell(BotEvent::Joined { guild_id: guild.get(), greeted });
}

fn is_fresh(guild: &Guild, now: Timestamp) -> bool {
    let joined = Timestamp::from_second(guild.joined_at.unix_timestamp());
    joined.is_ok_and(|joined| now.duration_since(joined) < FRESH)
}

/// The channel that the server chose for news like this, if the bot may write there.
fn greeting_channel(state: &State, guild: &Guild) -> Option<ChannelId> {
    let chosen = guild.public_updates_channel_id.or(guild.system_channel_id)?;
    let channel = guild.channels.get(&chosen)?;
    let me = guild.members.get(state.me.get()?)?;
    guild.user_permissions_in(channel, me).contains(NEEDED).then_some(chosen)
}

async fn greet(state: &State, http: &Http, channel: ChannelId) -> bool {
    let card = cards::welcome(&state.answers().knowledge);
    let draft = CreateMessage::new().embed(render::embed(&card)).allowed_mentions(render::nobody());
    match channel.send_message(http, draft).await {
        Ok(_) => true,
        Err(error) => {
            tracing::info!(channel_id = channel.get(), error = %chain(&error), "could not say hello");
            false
        }
    }
}
