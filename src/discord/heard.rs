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
    /// It has tried to load its answers anew.
    Reloaded {
        /// Whether those that it found are in use.
        sound: bool,
    },
    /// It has looked for replies that give an older version of an answer.
    Corrected {
        /// How many say now what the answer says.
        corrected: u64,
        /// How many cannot be corrected.
        passed_over: u64,
    },
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
