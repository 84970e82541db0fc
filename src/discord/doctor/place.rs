//! What the bot may do in a server and a channel of it.

use jiff::Timestamp;
use serde_json::Value;
use serenity::all::{ChannelId, GuildId, Http, Route, UserId};

use super::ask::{self, Unanswered};
use super::failed;
use super::finding::Finding;
use super::permissions::{Member, Overwrite, lacking};

/// Where to look: ids of a server and a channel, as *Copy Server ID* and *Copy Channel ID* give them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Place {
    /// The server; that of the channel where it is left out.
    pub guild: Option<u64>,
    /// The channel or thread; the server as a whole where it is left out.
    pub channel: Option<u64>,
}

/// A channel or thread.
struct Channel {
    guild: u64,
    name: String,
    is_thread: bool,
    overwrites: Vec<Overwrite>,
}

/// Examines a place. No findings where none is given.
pub(super) async fn examine(http: &Http, me: u64, place: Place, now: Timestamp) -> Vec<Finding> {
    let channel = match place.channel {
        Some(id) => match channel(http, id).await {
            Ok(channel) => Some(channel),
            Err(finding) => return vec![finding],
        },
        None => None,
    };
    let own = channel.as_ref().map(|channel| channel.guild);
    let Some(guild) = place.guild.or(own) else { return vec![] };
    if own.is_some_and(|own| own != guild) {
        return vec![Finding::fault(
            "channel",
            "it is in another server",
            "copy both ids anew, or leave --guild away",
        )];
    }
    let (member, name) = match member(http, (guild, me), now).await {
        Ok(found) => found,
        Err(finding) => return vec![finding],
    };
    let mut findings = vec![Finding::ok("server", format!("the bot is in {name}"))];
    if member.timed_out {
        findings.push(Finding::fault(
            "server",
            "the bot is timed out there: it can only read",
            "remove the timeout in the menu of the bot",
        ));
    }
    let (has, is_thread, place) = match &channel {
        Some(channel) => {
            let has = member.in_channel(&channel.overwrites);
            (has, channel.is_thread, format!("#{}", channel.name))
        }
        None => (member.in_channel(&[]), false, format!("{name} as a whole")),
    };
    findings.extend(permissions(has, is_thread, &place));
    findings
}

fn permissions(has: u64, is_thread: bool, place: &str) -> Vec<Finding> {
    let lacking = lacking(has, is_thread);
    if lacking.is_empty() {
        let told = format!("the bot has all that it needs in {place}");
        return vec![Finding::ok("permissions", told)];
    }
    let told = lacking.iter().map(|needed| {
        let told = format!("{} is missing in {place}: {}", needed.name, needed.without);
        let remedy = "give it to the bot's role in Server Settings, Roles, or in the channel's \
                      settings, Permissions";
        if needed.vital {
            Finding::fault("permissions", told, remedy)
        } else {
            Finding::warning("permissions", told, remedy)
        }
    });
    told.collect()
}

async fn channel(http: &Http, id: u64) -> Result<Channel, Finding> {
    let found = get_channel(http, id).await?;
    let is_thread = found["thread_metadata"].is_object();
    let above = match ask::id(&found["parent_id"]) {
        parent if is_thread && parent != 0 => get_channel(http, parent).await?,
        _ => found.clone(),
    };
    let guild = ask::id(&found["guild_id"]);
    if guild == 0 {
        return Err(Finding::fault(
            "channel",
            "it is in no server",
            "give the id of a channel of a server",
        ));
    }
    Ok(Channel {
        guild,
        name: found["name"].as_str().unwrap_or_default().to_owned(),
        is_thread,
        overwrites: list(&above["permission_overwrites"]).map(overwrite).collect(),
    })
}

async fn get_channel(http: &Http, id: u64) -> Result<Value, Finding> {
    let route = Route::Channel { channel_id: ChannelId::new(id.max(1)) };
    match ask::get(http, route, None).await {
        Ok(found) => Ok(found.body),
        Err(Unanswered::Refused { status: 403 }) => Err(Finding::fault(
            "channel",
            "the bot does not see it",
            "give the bot *View Channel* there, and see that it is in that server",
        )),
        Err(Unanswered::Refused { status: 404 }) => Err(Finding::fault(
            "channel",
            "there is no such channel",
            "copy its id anew: Discord's settings, Advanced, Developer Mode; then the channel's menu, \
             Copy Channel ID",
        )),
        Err(error) => Err(failed("channel", &error)),
    }
}

/// The bot as a member of a server, and the name of the server.
async fn member(
    http: &Http,
    (guild, me): (u64, u64),
    now: Timestamp,
) -> Result<(Member, String), Finding> {
    let absent = |error: &Unanswered| match error {
        Unanswered::Refused { status: 403 | 404 } => Finding::fault(
            "server",
            "the bot is not in it",
            "invite it with the link that `mythbot run` prints, or copy the server's id anew",
        ),
        error => failed("server", error),
    };
    let guild_id = GuildId::new(guild.max(1));
    let server = ask::get(http, Route::Guild { guild_id }, None).await;
    let server = server.map_err(|error| absent(&error))?.body;
    let route = Route::GuildMember { guild_id, user_id: UserId::new(me.max(1)) };
    let member = ask::get(http, route, None).await.map_err(|error| absent(&error))?.body;
    let own: Vec<u64> = list(&member["roles"]).map(ask::id).collect();
    let roles =
        list(&server["roles"]).map(|role| (ask::id(&role["id"]), ask::id(&role["permissions"])));
    let (everyone, roles): (Vec<_>, Vec<_>) =
        roles.filter(|(id, _)| *id == guild || own.contains(id)).partition(|(id, _)| *id == guild);
    let until = member["communication_disabled_until"].as_str();
    let until = until.and_then(|until| until.parse::<Timestamp>().ok());
    let member = Member {
        id: me,
        guild,
        owns: ask::id(&server["owner_id"]) == me,
        everyone: everyone.first().map_or(0, |(_, permissions)| *permissions),
        roles,
        timed_out: until.is_some_and(|until| until > now),
    };
    Ok((member, server["name"].as_str().unwrap_or_default().to_owned()))
}

fn overwrite(json: &Value) -> Overwrite {
    let bits = |name: &str| ask::id(&json[name]);
    Overwrite { id: ask::id(&json["id"]), allow: bits("allow"), deny: bits("deny") }
}

fn list(json: &Value) -> impl Iterator<Item = &Value> {
    json.as_array().into_iter().flatten()
}
