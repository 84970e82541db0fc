//! A message, if the bot can read it and whoever asks may, and what the bot may not do beside it.

use serenity::all::{
    Channel, ChannelId, ChannelType, GuildChannel, GuildId, Http, HttpError, Member, Message,
    MessageId, PartialGuild, Permissions,
};

use super::super::super::{Context, Error};

/// What was found.
pub(super) struct Seen {
    pub(super) message: Message,
    /// What stands against a reply in its channel.
    pub(super) missing: Vec<&'static str>,
}

/// What a reply needs, by the names that Discord shows.
const NEEDED: [(Permissions, &str); 3] = [
    (Permissions::VIEW_CHANNEL, "View Channel"),
    (Permissions::EMBED_LINKS, "Embed Links"),
    (Permissions::READ_MESSAGE_HISTORY, "Read Message History"),
];

/// What reading a message needs.
const TO_READ: Permissions = Permissions::VIEW_CHANNEL.union(Permissions::READ_MESSAGE_HISTORY);

/// Reads a message of this server.
pub(super) async fn at(
    ctx: Context<'_>,
    guild: GuildId,
    (id, message): (ChannelId, MessageId),
) -> Result<Seen, Error> {
    let (http, state) = (ctx.http(), ctx.data());
    let channel = channel(http, guild, id).await?;
    let above = match (&channel.thread_metadata, channel.parent_id) {
        (Some(_), Some(parent)) => self::channel(http, guild, parent).await?,
        _ => channel.clone(),
    };
    state.places.note(&above);
    state.places.note(&channel);
    let server = http.get_guild(guild).await?;
    let asks = ctx.author_member().await;
    if !may_read(&server, &channel, &above, asks.as_deref()) {
        return Err(Error::User(NOT_YOURS.to_owned()));
    }
    let me = state.me.get().copied().ok_or_else(|| Error::User(NOT_YET.to_owned()))?;
    let me = http.get_member(guild, me).await?;
    let mine = server.user_permissions_in(&above, &me);
    for (permission, name) in NEEDED {
        if TO_READ.contains(permission) && !mine.contains(permission) {
            return Err(Error::User(cannot_read(id, name)));
        }
    }
    let message = read(http, guild, (id, message)).await?;
    Ok(Seen { message, missing: missing(&channel, mine) })
}

/// A channel of this server; a link may name one of another.
async fn channel(http: &Http, guild: GuildId, id: ChannelId) -> Result<GuildChannel, Error> {
    match http.get_channel(id).await {
        Ok(Channel::Guild(channel)) if channel.guild_id == guild => Ok(channel),
        Ok(_) => Err(Error::User(NO_CHANNEL.to_owned())),
        Err(error) => match code(&error) {
            Some(50001) => Err(Error::User(cannot_read(id, "View Channel"))),
            Some(10003) => Err(Error::User(NO_CHANNEL.to_owned())),
            _ => Err(error.into()),
        },
    }
}

/// Whether somebody could read the message in Discord. What it says must not come to them through the
/// bot otherwise.
fn may_read(
    server: &PartialGuild,
    channel: &GuildChannel,
    above: &GuildChannel,
    asks: Option<&Member>,
) -> bool {
    let Some(member) = asks else { return false };
    let theirs = server.user_permissions_in(above, member);
    let private = channel.kind == ChannelType::PrivateThread;
    theirs.contains(TO_READ) && (!private || theirs.contains(Permissions::MANAGE_THREADS))
}

async fn read(
    http: &Http,
    guild: GuildId,
    (channel, id): (ChannelId, MessageId),
) -> Result<Message, Error> {
    let mut message = match http.get_message(channel, id).await {
        Ok(message) => message,
        Err(error) => {
            return Err(match code(&error) {
                Some(10008) => Error::User(NO_MESSAGE.to_owned()),
                Some(50001) => Error::User(cannot_read(channel, "View Channel")),
                Some(50013) => Error::User(cannot_read(channel, "Read Message History")),
                _ => error.into(),
            });
        }
    };
    message.guild_id = Some(guild);
    if message.webhook_id.is_none() {
        // Whoever has left the server has no roles any more.
        let author = http.get_member(guild, message.author.id).await.ok();
        message.member = author.map(|member| Box::new(member.into()));
    }
    Ok(message)
}

/// What stands against a reply.
fn missing(channel: &GuildChannel, mine: Permissions) -> Vec<&'static str> {
    let write = match channel.thread_metadata {
        Some(_) => (Permissions::SEND_MESSAGES_IN_THREADS, "Send Messages in Threads"),
        None => (Permissions::SEND_MESSAGES, "Send Messages"),
    };
    let needed = NEEDED.into_iter().chain([write]);
    let lacking = needed.filter(|(permission, _)| !mine.contains(*permission));
    lacking.map(|(_, name)| name).collect()
}

fn cannot_read(channel: ChannelId, permission: &str) -> String {
    format!("The bot cannot read this message. Give it *{permission}* in <#{channel}>.")
}

/// Discord's error code.
fn code(error: &serenity::Error) -> Option<isize> {
    match error {
        serenity::Error::Http(HttpError::UnsuccessfulRequest(response)) => {
            Some(response.error.code)
        }
        _ => None,
    }
}

const NOT_YOURS: &str = "You cannot read the channel of this message yourself (*View Channel*, *Read \
                         Message History*; in private threads *Manage Threads*), so the bot tells \
                         nothing about it.";
const NO_CHANNEL: &str = "There is no such channel in this server. Copy the link again.";
const NO_MESSAGE: &str = "This message is gone, or the link is cut off. Copy the link again.";
const NOT_YET: &str = "The bot is not connected yet. Please try again in a moment.";
