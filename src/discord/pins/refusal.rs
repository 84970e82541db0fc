//! What Discord refuses when answers are pinned, in sentences that say what to do.

use serenity::all::{ChannelId, HttpError};

use crate::discord::error::Error;

/// What was to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    Post,
    Edit,
    Pin,
    Unpin,
}

/// The channel is gone.
pub(super) const UNKNOWN_CHANNEL: isize = 10003;
/// The message is gone.
pub(super) const UNKNOWN_MESSAGE: isize = 10008;

/// Discord's code, when it surely refused; nothing when nobody knows what was done.
pub(super) fn code(error: &serenity::Error) -> Option<isize> {
    match error {
        serenity::Error::Http(HttpError::UnsuccessfulRequest(response))
            if !response.status_code.is_server_error() =>
        {
            Some(response.error.code)
        }
        _ => None,
    }
}

/// What the moderator is told about a failure.
pub(super) fn told(error: serenity::Error, deed: Deed, channel: ChannelId) -> Error {
    match code(&error).and_then(|code| sentence(code, deed, channel)) {
        Some(sentence) => Error::User(sentence),
        None => error.into(),
    }
}

fn sentence(code: isize, deed: Deed, channel: ChannelId) -> Option<String> {
    let place = format!("<#{channel}>");
    let sentence = match (code, deed) {
        (30003, _) => format!(
            "{place} has as many pinned messages as Discord allows, so that nothing was pinned. \
             Please unpin one of them, then pin the answer again."
        ),
        (50013, Deed::Pin) => format!(
            "The bot may not pin in {place}, so that nothing was pinned. Please give it the \
             permission *Pin Messages* there, then pin the answer again. (*Manage Messages* alone \
             no longer allows it.)"
        ),
        (50013, Deed::Unpin) => format!(
            "The bot may not unpin in {place}. Please give it the permission *Pin Messages* there, \
             or unpin the message by hand; the bot notices that."
        ),
        (50013, Deed::Post | Deed::Edit) => format!(
            "The bot may not write in {place}, so that nothing was pinned. Please give it the \
             permissions *Send Messages* (in threads *Send Messages in Threads*) and *Embed Links* \
             there, then pin the answer again."
        ),
        (50001, _) => format!(
            "The bot cannot see {place}. Please give it the permission *View Channel* there (and \
             add it to a private thread), then try again."
        ),
        (50083, _) => format!(
            "{place} is an archived thread, in which nothing can be changed. Please open it again \
             (a moderator writes a message in it), then try again."
        ),
        (160_005, _) => {
            format!("{place} is a locked thread. Please unlock it, then pin the answer again.")
        }
        (UNKNOWN_CHANNEL, _) => {
            "This channel is gone, and with it what was pinned there. Please choose another."
                .to_owned()
        }
        (50008 | 50024, _) => format!(
            "Nothing can be pinned in {place}. Please choose a text channel or a thread; in a \
             forum, one of its posts."
        ),
        (50021, _) => "Discord wrote that message itself, and such messages cannot be pinned. \
                       Please use `/mythmod pin`, which posts the answer as a new message."
            .to_owned(),
        _ => return None,
    };
    Some(sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_says_what_to_do() {
        let codes = [30003, 50013, 50001, 50083, 160_005, 10003, 50008, 50021];
        let mut all: Vec<String> = Vec::new();
        for code in codes {
            for deed in [Deed::Post, Deed::Edit, Deed::Pin, Deed::Unpin] {
                let told = sentence(code, deed, ChannelId::new(7)).expect("a sentence");
                if !all.contains(&told) {
                    all.push(told);
                }
            }
        }
        insta::assert_snapshot!(all.join("\n"), @r"
        <#7> has as many pinned messages as Discord allows, so that nothing was pinned. Please unpin one of them, then pin the answer again.
        The bot may not write in <#7>, so that nothing was pinned. Please give it the permissions *Send Messages* (in threads *Send Messages in Threads*) and *Embed Links* there, then pin the answer again.
        The bot may not pin in <#7>, so that nothing was pinned. Please give it the permission *Pin Messages* there, then pin the answer again. (*Manage Messages* alone no longer allows it.)
        The bot may not unpin in <#7>. Please give it the permission *Pin Messages* there, or unpin the message by hand; the bot notices that.
        The bot cannot see <#7>. Please give it the permission *View Channel* there (and add it to a private thread), then try again.
        <#7> is an archived thread, in which nothing can be changed. Please open it again (a moderator writes a message in it), then try again.
        <#7> is a locked thread. Please unlock it, then pin the answer again.
        This channel is gone, and with it what was pinned there. Please choose another.
        Nothing can be pinned in <#7>. Please choose a text channel or a thread; in a forum, one of its posts.
        Discord wrote that message itself, and such messages cannot be pinned. Please use `/mythmod pin`, which posts the answer as a new message.
        ");
        assert_eq!(sentence(50035, Deed::Post, ChannelId::new(7)), None);
    }
}
