//! Messages.

use jiff::Timestamp;
use serde_json::Value;

use super::{Component, Embed, Snowflake};

/// A message in a channel, or an answer that only one person sees.
#[derive(Clone, Debug)]
pub struct Message {
    /// Id.
    pub id: Snowflake,
    /// Where it is.
    pub channel_id: Snowflake,
    /// Who wrote it: a user, or the webhook's id.
    pub author_id: Snowflake,
    /// The kind of message.
    pub kind: MessageType,
    /// Its text.
    pub content: String,
    /// Its embeds.
    pub embeds: Vec<Embed>,
    /// Its buttons and menus.
    pub components: Vec<Component>,
    /// Flags.
    pub flags: MessageFlags,
    /// The message that it replies to.
    pub reference: Option<MessageReference>,
    /// What the sender gave to recognise it.
    pub nonce: Option<Value>,
    /// The webhook that wrote it; for an answer to an interaction, the application.
    pub webhook_id: Option<Snowflake>,
    /// The interaction that it answers.
    pub interaction: Option<InteractionMetadata>,
    /// Whom it notified.
    pub mentions: Mentions,
    /// Reactions, oldest emoji first.
    pub reactions: Vec<Reaction>,
    /// When it was last edited.
    pub edited_at: Option<Timestamp>,
    /// How often it has been changed, by the answer to an interaction too.
    pub revision: u32,
    /// The only person who sees it, if it is ephemeral.
    pub ephemeral_for: Option<Snowflake>,
    /// Names of the files sent with it.
    pub attachments: Vec<String>,
    /// What is in those that the bot sent, as text.
    pub contents: Vec<String>,
}

/// Which kind of message it is, with Discord's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum MessageType {
    /// A message like any other.
    Default = 0,
    /// "pinned a message to this channel".
    ChannelPinnedMessage = 6,
    /// "joined the server".
    UserJoin = 7,
    /// "started a thread".
    ThreadCreated = 18,
    /// A reply.
    Reply = 19,
    /// An answer to a slash command.
    ChatInputCommand = 20,
    /// The message that a thread began with, shown in the thread.
    ThreadStarterMessage = 21,
    /// An answer to a context-menu command.
    ContextMenuCommand = 23,
}

impl MessageType {
    /// Discord's number for it.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// Made by Discord itself: cannot be edited and not pinned.
    pub const fn is_system(self) -> bool {
        matches!(
            self,
            Self::ChannelPinnedMessage
                | Self::UserJoin
                | Self::ThreadCreated
                | Self::ThreadStarterMessage
        )
    }
}

/// Flags of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MessageFlags(pub u64);

impl MessageFlags {
    /// Embeds are not shown.
    pub const SUPPRESS_EMBEDS: Self = Self(1 << 2);
    /// A thread was opened on it.
    pub const HAS_THREAD: Self = Self(1 << 5);
    /// Only one person sees it.
    pub const EPHEMERAL: Self = Self(1 << 6);
    /// "thinking …".
    pub const LOADING: Self = Self(1 << 7);
    /// No push notification.
    pub const SUPPRESS_NOTIFICATIONS: Self = Self(1 << 12);

    /// Whether all of `other` is set.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Sets or clears `other`.
    pub fn set(&mut self, other: Self, on: bool) {
        self.0 = if on { self.0 | other.0 } else { self.0 & !other.0 };
    }
}

/// Which message a reply or a system message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessageReference {
    /// The message; none for a started thread.
    pub message_id: Option<Snowflake>,
    /// Its channel.
    pub channel_id: Snowflake,
}

/// The interaction that a message answers.
#[derive(Clone, Debug)]
pub struct InteractionMetadata {
    /// The interaction.
    pub id: Snowflake,
    /// Its type, with Discord's number.
    pub kind: u8,
    /// Who used the command or the button.
    pub user_id: Snowflake,
    /// The command, with its subcommands.
    pub name: String,
    /// The message that the button is on.
    pub message_id: Option<Snowflake>,
    /// The interaction that was answered with the modal.
    pub triggered_by: Option<Snowflake>,
}

/// Whom a message notified, after `allowed_mentions` and permissions had their say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentions {
    /// Users, the author of the message replied to among them.
    pub users: Vec<Snowflake>,
    /// Roles.
    pub roles: Vec<Snowflake>,
    /// @everyone or @here.
    pub everyone: bool,
}

impl Mentions {
    /// Nobody was notified.
    pub fn is_empty(&self) -> bool {
        self.users.is_empty() && self.roles.is_empty() && !self.everyone
    }
}

/// One emoji below a message.
#[derive(Clone, Debug)]
pub struct Reaction {
    /// The emoji, or `name:id` of a custom one.
    pub emoji: String,
    /// Who reacted with it.
    pub users: Vec<Snowflake>,
}

impl Message {
    /// An empty message.
    pub(crate) fn new(id: Snowflake, channel_id: Snowflake, author_id: Snowflake) -> Self {
        Self {
            id,
            channel_id,
            author_id,
            kind: MessageType::Default,
            content: String::new(),
            embeds: Vec::new(),
            components: Vec::new(),
            flags: MessageFlags::default(),
            reference: None,
            nonce: None,
            webhook_id: None,
            interaction: None,
            mentions: Mentions::default(),
            reactions: Vec::new(),
            edited_at: None,
            revision: 0,
            ephemeral_for: None,
            attachments: Vec::new(),
            contents: Vec::new(),
        }
    }

    /// Whether it is a "thinking …" that waits for its content.
    pub fn is_loading(&self) -> bool {
        self.flags.contains(MessageFlags::LOADING)
    }

    /// Everything there is to read: content, then embeds.
    pub fn text(&self) -> String {
        let embeds = self.embeds.iter().map(Embed::text);
        let parts = std::iter::once(self.content.clone()).chain(embeds);
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// Its buttons, menus and inputs.
    pub fn controls(&self) -> Vec<&Component> {
        self.components.iter().flat_map(Component::flattened).collect()
    }
}
