//! Moderators are told, once, that the bot cannot write in a channel where somebody is owed a reply.
//!
//! Discord refuses a reply for want of a permission; the channel is then left alone for a while
//! ([`Refusals`](super::state::Refusals)). Who can change that learns of it in the review channel, if
//! the server has one, and is not told again until a reply went through. In memory: after a restart
//! moderators are told once more.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use serenity::all::{ChannelId, CreateMessage, Http, Nonce};

use super::render;
use super::send;
use super::speak::Owed;
use super::state::State;
use crate::policy::settings::Settings;

/// Discord's codes: the channel is hidden, a permission is missing, the history is hidden.
const NO_ACCESS: isize = 50001;
const NO_PERMISSION: isize = 50013;
const NO_HISTORY: isize = 160_002;

/// Channels of which moderators know that the bot cannot write there.
#[derive(Debug, Default)]
pub(super) struct LockedOut(Mutex<HashSet<ChannelId>>);

impl LockedOut {
    /// Whether that is news.
    fn is_new(&self, channel: ChannelId) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(channel)
    }

    /// The bot can write there, or nobody knows yet that it cannot.
    pub(super) fn clear(&self, channel: ChannelId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&channel);
    }
}

/// Tells moderators that Discord refused a reply with `code`, if a permission is missing and they do not
/// know.
pub(super) async fn tell(state: &State, http: &Http, owed: Owed, settings: &Settings, code: isize) {
    let in_thread = state.places.whereabouts(owed.channel).thread.is_some();
    let Some(lacking) = lacking(code, in_thread) else { return };
    let Some(room) = settings.review_channel.map(|id| ChannelId::new(id.0)) else { return };
    if room == owed.channel || owed.guild.is_none() || !state.locked_out.is_new(owed.channel) {
        return;
    }
    let draft = CreateMessage::new()
        .content(sentence(owed.channel, lacking))
        .nonce(Nonce::String(format!("no-{}", owed.message)))
        .enforce_nonce(true)
        .allowed_mentions(render::nobody());
    if let Err(error) = send::post(http, room, draft).await {
        tracing::warn!(channel_id = room.get(), %error, "moderators were not told of a refusal");
        state.locked_out.clear(owed.channel);
    }
}

/// Which permissions are missing where Discord refuses a reply with `code`; none where it is something
/// else. The code does not say which of several it is.
fn lacking(code: isize, in_thread: bool) -> Option<&'static str> {
    match (code, in_thread) {
        (NO_ACCESS, _) => Some("*View Channel*"),
        (NO_PERMISSION, false) => Some("*Send Messages* and *Embed Links*"),
        (NO_PERMISSION, true) => Some("*Send Messages in Threads* and *Embed Links*"),
        (NO_HISTORY, _) => Some("*Read Message History*"),
        _ => None,
    }
}

fn sentence(channel: ChannelId, lacking: &str) -> String {
    format!(
        "I cannot answer in <#{channel}>: Discord does not let me reply there. I need {lacking} in that \
         channel. Until then I keep silent there, and try again every ten minutes at most. If I am not \
         meant to speak there, `/mythconfig mode` switches me off in a place."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named() {
        let said: Vec<String> = [(50001, false), (50013, false), (50013, true), (160_002, false)]
            .into_iter()
            .filter_map(|(code, in_thread)| lacking(code, in_thread))
            .map(|lacking| sentence(ChannelId::new(5), lacking))
            .collect();
        insta::assert_snapshot!(said.join("\n"), @r"
        I cannot answer in <#5>: Discord does not let me reply there. I need *View Channel* in that channel. Until then I keep silent there, and try again every ten minutes at most. If I am not meant to speak there, `/mythconfig mode` switches me off in a place.
        I cannot answer in <#5>: Discord does not let me reply there. I need *Send Messages* and *Embed Links* in that channel. Until then I keep silent there, and try again every ten minutes at most. If I am not meant to speak there, `/mythconfig mode` switches me off in a place.
        I cannot answer in <#5>: Discord does not let me reply there. I need *Send Messages in Threads* and *Embed Links* in that channel. Until then I keep silent there, and try again every ten minutes at most. If I am not meant to speak there, `/mythconfig mode` switches me off in a place.
        I cannot answer in <#5>: Discord does not let me reply there. I need *Read Message History* in that channel. Until then I keep silent there, and try again every ten minutes at most. If I am not meant to speak there, `/mythconfig mode` switches me off in a place.
        ");
        // A locked thread, a rate limit: nothing that a permission would change.
        assert_eq!((lacking(50083, true), lacking(0, false)), (None, None));
    }
}
