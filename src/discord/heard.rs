//! What became of what the bot heard: logged, counted, and told to whoever watches.

use crate::policy::Reason;

/// Something that the bot has finished with. Tests wait for these instead of for some time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BotEvent {
    /// It is connected, and its commands are registered.
    Ready {
        /// Whether Discord shows it what messages say.
        reads_messages: bool,
    },
    /// It has decided about a message.
    Message {
        /// Which.
        message_id: u64,
        /// What it did.
        heard: Heard,
    },
    /// It has looked at a message that was edited. One that had no reply is taken as if it were new,
    /// and told of as such.
    Edited {
        /// Which.
        message_id: u64,
        /// What became of its reply, or of the question to moderators.
        revision: Revision,
    },
}

/// What became of what the bot said about a message that was edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revision {
    /// The edit changed no words, or a later one was seen already.
    Ignored,
    /// It still fits.
    Left,
    /// It says something else now.
    Changed,
    /// It is taken back.
    Withdrawn,
}

/// What the bot did about a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// It replied.
    Replied {
        /// The reply.
        reply_id: u64,
    },
    /// It asked moderators.
    Asked {
        /// The message that asks them.
        card_id: u64,
    },
    /// It said nothing.
    Silent(Reason),
    /// It wanted to reply and could not.
    Failed {
        /// Discord's error code, if it was Discord.
        code: Option<isize>,
    },
}
