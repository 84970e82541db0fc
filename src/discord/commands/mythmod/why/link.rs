//! The link of a message, as *Copy Message Link* writes it.

use serenity::all::{ChannelId, GuildId, MessageId};

use super::super::super::Error;

/// Where the message is, if it is in this server.
pub(super) fn read(link: &str, guild: GuildId) -> Result<(ChannelId, MessageId), Error> {
    let Some((server, channel, message)) = parts(link) else {
        return Err(Error::User(MALFORMED.to_owned()));
    };
    if server == "@me" {
        return Err(Error::User(DIRECT.to_owned()));
    }
    let (Some(server), Some(channel), Some(message)) = (id(server), id(channel), id(message))
    else {
        return Err(Error::User(MALFORMED.to_owned()));
    };
    if server != guild.get() {
        return Err(Error::User(ELSEWHERE.to_owned()));
    }
    Ok((ChannelId::new(channel), MessageId::new(message)))
}

/// Server, channel and message.
fn parts(link: &str) -> Option<(&str, &str, &str)> {
    let link = link.trim().trim_start_matches('<').trim_end_matches('>');
    let (_, rest) = link.split_once("://")?;
    let (host, path) = rest.split_once('/')?;
    let hosts = ["discord.com", "ptb.discord.com", "canary.discord.com", "discordapp.com"];
    let path = path.split(['?', '#']).next()?.trim_end_matches('/');
    let mut steps = path.split('/');
    let known = hosts.contains(&host) && steps.next() == Some("channels");
    let found = (steps.next()?, steps.next()?, steps.next()?);
    (known && steps.next().is_none()).then_some(found)
}

/// An id that a database can hold.
fn id(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let id = text.parse::<i64>().ok().filter(|id| digits && *id > 0)?;
    u64::try_from(id).ok()
}

const MALFORMED: &str = "This is no link of a message. Open the menu of the message, choose *Copy \
                         Message Link*, and paste that.";
const ELSEWHERE: &str = "This message is in another server. Use the command there.";
const DIRECT: &str = "This link is of a direct message. The bot explains messages of this server \
                      only.";

#[cfg(test)]
mod tests {
    use super::*;

    fn told(link: &str) -> String {
        match read(link, GuildId::new(3)) {
            Ok((channel, message)) => format!("{channel} {message}"),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn links_of_all_clients_are_read() {
        for link in [
            "https://discord.com/channels/3/2/1",
            " <https://ptb.discord.com/channels/3/2/1/> ",
            "https://canary.discord.com/channels/3/2/1?x=y",
            "https://discordapp.com/channels/3/2/1#top",
        ] {
            assert_eq!(told(link), "2 1", "{link}");
        }
    }

    #[test]
    fn anything_else_is_told_in_a_sentence() {
        for link in [
            "",
            "1",
            "the one above",
            "https://discord.com/channels/3/2",
            "https://discord.com/channels/3/2/1/0",
            "https://discord.com/channels/3/2/x",
            "https://discord.com/channels/3/2/+1",
            "https://discord.com/channels/3/2/0",
            "https://discord.com/channels/3/2/99999999999999999999",
            "https://discord.com.evil.example/channels/3/2/1",
            "https://evil.example/channels/3/2/1",
        ] {
            assert_eq!(told(link), MALFORMED, "{link}");
        }
        assert_eq!(told("https://discord.com/channels/4/2/1"), ELSEWHERE);
        assert_eq!(told("https://discord.com/channels/@me/2/1"), DIRECT);
    }
}
