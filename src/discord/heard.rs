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
    /// It has taken note of a server that it did not know, or that it is back in.
    Joined {
        /// Which.
        guild_id: u64,
        /// Whether it said hello there.
        greeted: bool,
    },
    /// It has taken note that it is no longer in a server.
    Left {
        /// Which.
        guild_id: u64,
    },
    /// It has removed what a server has set for a channel or role that is gone.
    RulesRemoved {
        /// Which server.
        guild_id: u64,
    },
    /// It hears from now on what other processes change.
    Listening,
    /// It has heard that something was changed.
    Changed {
        /// By which server; none when somebody opted out or in.
        guild_id: Option<u64>,
    },
    /// It has tried to load its answers anew.
    Reloaded {
        /// Whether those that it found are in use.
        sound: bool,
    },
    /// It has forgotten what is old, or not because its clock may be wrong.
    Forgot {
        /// Rows that were too old.
        old: u64,
        /// Rows of servers that it left.
        left: u64,
        /// Whether the clock is too far ahead to be believed at once.
        clock_doubted: bool,
    },
    /// It has brought to an end what an earlier life left behind.
    Settled {
        /// How many replies of which nobody knew whether they stand.
        replies: u32,
        /// How many cards and decisions of moderators.
        cards: u32,
        /// How many orders to pin or unpin.
        orders: u32,
    },
    /// It has looked for replies that give an older version of an answer.
    Corrected {
        /// How many say now what the answer says.
        corrected: u64,
        /// How many cannot be corrected.
        passed_over: u64,
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
    /// There was too much to do to look at the edit.
    Unread,
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
