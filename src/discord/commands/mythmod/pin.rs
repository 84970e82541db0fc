//! `/mythmod pin`, and *Pin this answer* in the menu of a message.

use serenity::all::{ChannelId, Message, PartialChannel, Permissions};

use super::super::{Answers, Context, CustomId, Error, complete, guild, private};
use super::{named, title};
use crate::discord::custom_id;
use crate::discord::error::interaction_id;
use crate::discord::pins::{self, Note, Order, Pinned};
use crate::knowledge::Myth;

/// Pin an answer in a channel, or change the one that is pinned there
#[poise::command(slash_command, ephemeral)]
pub(super) async fn pin(
    ctx: Context<'_>,
    #[description = "Number, name, title, or the claim in your words"]
    #[autocomplete = "complete"]
    #[max_length = 200]
    myth: String,
    #[description = "Where; this channel if you leave it out"]
    #[channel_types(
        "Text",
        "News",
        "Voice",
        "Stage",
        "PublicThread",
        "PrivateThread",
        "NewsThread"
    )]
    channel: Option<PartialChannel>,
    #[description = "What you want to add, in your words: plain text, without links"]
    #[max_length = 300]
    note: Option<String>,
) -> Result<(), Error> {
    let answers = ctx.data().answers();
    let myth = named(&answers, &myth)?;
    let channel = match channel {
        Some(channel) => may_write(&channel)?,
        None => ctx.channel_id(),
    };
    let note = note.unwrap_or_default();
    do_pin(ctx, channel, (&answers, myth), Note::Set(note.trim())).await
}

/// Pins the answer that a message of the bot gives, in its channel.
#[poise::command(
    context_menu_command = "Pin this answer",
    ephemeral,
    install_context = "Guild",
    interaction_context = "Guild"
)]
pub(in crate::discord::commands) async fn pin_this(
    ctx: Context<'_>,
    message: Message,
) -> Result<(), Error> {
    let is_own = ctx.data().me.get() == Some(&message.author.id);
    let answer = if is_own { answer_of(&message) } else { None };
    let answer = answer.ok_or_else(|| Error::User(NO_ANSWER.to_owned()))?;
    let answers = ctx.data().answers();
    let myth = answers.knowledge.myth(&answer);
    let myth = myth.ok_or_else(|| Error::User(GONE.to_owned()))?;
    do_pin(ctx, message.channel_id, (&answers, myth), Note::Keep).await
}

const NO_ANSWER: &str = "This is for messages in which the bot gives an answer: it pins that answer \
                         in the channel. To pin one that was not given yet, use `/mythmod pin`.";
const GONE: &str =
    "The bot no longer has the answer of this message. `/myth list` shows those that it has.";

async fn do_pin(
    ctx: Context<'_>,
    channel: ChannelId,
    (answers, myth): (&Answers, &Myth),
    note: Note<'_>,
) -> Result<(), Error> {
    ctx.defer_ephemeral().await?;
    let state = ctx.data();
    let order = Order {
        guild: guild(ctx)?,
        channel,
        by: ctx.author().id,
        number: interaction_id(ctx),
        note,
    };
    let pinned = pins::pin(state, ctx.http(), order, (answers, myth)).await?;
    ctx.send(private(told(&title(answers, myth.id()), &pinned))).await?;
    Ok(())
}

/// What the moderator reads.
fn told(title: &str, pinned: &Pinned) -> String {
    match pinned {
        Pinned::New(pin) => format!(
            "**{title}** is pinned: {}\nWhile it is pinned there, the bot answers with a link to it.",
            pins::link_to(pin)
        ),
        Pinned::Edited { now, lost_note } => {
            let note = if *lost_note {
                "\nThe note that stood there is gone; give a note to have one again."
            } else {
                ""
            };
            format!(
                "**{title}** was pinned there already, and is edited: {}{note}",
                pins::link_to(now)
            )
        }
    }
}

/// The channel, if whoever uses the command can write there.
fn may_write(channel: &PartialChannel) -> Result<ChannelId, Error> {
    let may = channel.permissions.unwrap_or_default();
    let write = Permissions::SEND_MESSAGES | Permissions::SEND_MESSAGES_IN_THREADS;
    if may.contains(Permissions::VIEW_CHANNEL) && may.intersects(write) {
        return Ok(channel.id);
    }
    Err(Error::User(format!(
        "You may not write in <#{}>, so the bot pins nothing there for you. Please ask somebody \
         who may.",
        channel.id
    )))
}

/// The answer that a message of the bot gives: its button for details says which.
fn answer_of(message: &Message) -> Option<String> {
    custom_id::of(message).into_iter().find_map(|id| match id {
        CustomId::Details(answer) => Some(answer),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Pin;

    #[test]
    fn moderators_read_where_it_is() {
        let pin = Pin {
            channel_id: 2,
            answer: "blind-bats".to_owned(),
            guild_id: 1,
            message_id: 3,
            note: String::new(),
            version: "v1".to_owned(),
            pinned_by: 7,
            at_ms: 0,
        };
        let told = |pinned| told("1. Bats can see", &pinned);
        insta::assert_snapshot!(told(Pinned::New(pin.clone())), @r"
        **1. Bats can see** is pinned: https://discord.com/channels/1/2/3
        While it is pinned there, the bot answers with a link to it.
        ");
        let edited = |lost_note| told(Pinned::Edited { now: pin.clone(), lost_note });
        insta::assert_snapshot!(edited(false), @"**1. Bats can see** was pinned there already, and is edited: https://discord.com/channels/1/2/3");
        insta::assert_snapshot!(edited(true), @r"
        **1. Bats can see** was pinned there already, and is edited: https://discord.com/channels/1/2/3
        The note that stood there is gone; give a note to have one again.
        ");
    }
}
