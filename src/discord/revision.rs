//! A message that was answered is edited or deleted: its reply follows, and so does the card that asks
//! moderators. A reply that was withdrawn once does not come back.

use jiff::SignedDuration;
use serenity::all::{ChannelId, EditMessage, Http, Message, MessageId, MessageUpdateEvent};
use tokio::time::Instant;

use super::answers::Answers;
use super::auto_reply::{self, Decided};
use super::error::chain;
use super::guild_settings::GuildSettings;
use super::heard::{BotEvent, Revision};
use super::outcomes::{self, code};
use super::state::State;
use super::{pins, render, review, speak, standing};
use crate::matching::Outcome;
use crate::policy::{Decision, Own, Read};
use crate::store::{Claim, Reply, ReplyState, StoreError};

/// How old a message may be that gets its first answer because of an edit. Later, people talk about
/// something else.
const LATE: SignedDuration = SignedDuration::from_mins(15);

/// A message was edited.
pub(super) async fn edited(state: &State, http: &Http, event: &MessageUpdateEvent) {
    let arrived = Instant::now();
    let Some(message) = message_of(event) else { return };
    let revision = match follow(state, http, &message).await {
        Ok(Some(revision)) => revision,
        // It had no reply: now it may get its first.
        Ok(None) => {
            if is_late(&message) {
                Revision::Left
            } else {
                return auto_reply::take(state, http, &message, arrived).await;
            }
        }
        Err(error) => {
            let message_id = message.id.get();
            tracing::error!(message_id, error = %chain(&error), "an edit was not followed");
            Revision::Left
        }
    };
    state.tell(BotEvent::Edited { message_id: message.id.get(), revision });
}

/// A message was edited, and there is too much to do to look at it.
pub(super) fn shed(state: &State, message: MessageId) {
    state.tell(BotEvent::Edited { message_id: message.get(), revision: Revision::Unread });
}

/// The message as it is now, if a person wrote it and Discord says what it says.
fn message_of(event: &MessageUpdateEvent) -> Option<Message> {
    let author = event.author.as_ref()?;
    if author.bot || matches!(event.webhook_id, Some(Some(_))) || event.content.is_none() {
        return None;
    }
    let mut message = Message::default();
    event.apply_to_message(&mut message);
    Some(message)
}

/// By Discord's clock alone: the own one may be wrong.
fn is_late(message: &Message) -> bool {
    let Some(edited) = message.edited_timestamp else { return true };
    let after = edited.unix_timestamp() - message.id.created_at().unix_timestamp();
    SignedDuration::from_secs(after) > LATE
}

/// What becomes of the reply or the card; none where there is neither.
async fn follow(
    state: &State,
    http: &Http,
    message: &Message,
) -> Result<Option<Revision>, StoreError> {
    // Previews that arrive, pins and the like change no words and no time of edit.
    let Some(when) = message.edited_timestamp else { return Ok(Some(Revision::Ignored)) };
    if !state.recent.edited(message.id, when, &state.clock) {
        return Ok(Some(Revision::Ignored));
    }
    let _turn = state.recent.turn(message.id, &state.clock).await;
    if state.recent.is_outdated(message.id, Some(when)) {
        return Ok(Some(Revision::Ignored));
    }
    let reply = state.store.reply_to(message.id.into()).await?;
    let review = match &reply {
        Some(_) => None,
        None => state.store.review(message.id.into()).await?,
    };
    if reply.is_none() && review.is_none() {
        return Ok(None);
    }
    let set = auto_reply::settings(state, message.guild_id).await;
    let Ok(set) = set else { return Ok(Some(Revision::Left)) };
    let now = Now { answers: &state.answers(), set: &set, message };
    match (reply, review) {
        (Some(reply), _) => now.follow_reply(state, http, &reply).await.map(Some),
        (None, Some(review)) => {
            let read = auto_reply::read(now.answers, &set, &message.content);
            let says = now.says(state, &read);
            let text = &message.content;
            review::edited(state, http, now.answers, review, says, text).await.map(Some)
        }
        (None, None) => Ok(None),
    }
}

/// A message as it is now, and what it is read with.
#[derive(Debug, Clone, Copy)]
struct Now<'a> {
    answers: &'a Answers,
    set: &'a GuildSettings,
    message: &'a Message,
}

impl Now<'_> {
    /// What moderators are asked now: the answer, its grounds, and why.
    fn says<'r>(
        &self,
        state: &State,
        read: &'r Read,
    ) -> Option<(&'r str, String, Option<crate::policy::Reason>)> {
        let answer = claimed(read)?;
        let grounds = auto_reply::grounds(
            self.answers,
            self.set,
            &self.message.content,
            (answer, &read.outcome),
        );
        let decided = auto_reply::decide(state, self.answers, self.set, self.message);
        let reason = match decided.decision {
            Decision::Review { reason, .. } => Some(reason),
            _ => None,
        };
        Some((answer, grounds, reason))
    }

    async fn follow_reply(
        &self,
        state: &State,
        http: &Http,
        reply: &Reply,
    ) -> Result<Revision, StoreError> {
        if reply.state != ReplyState::Stands {
            return Ok(Revision::Left);
        }
        let read = auto_reply::read(self.answers, self.set, &self.message.content);
        if claimed(&read) == Some(reply.answer.as_str()) {
            return Ok(Revision::Left);
        }
        let Decided { decision, .. } =
            auto_reply::decide(state, self.answers, self.set, self.message);
        if let Decision::Reply { answer, outcome } = decision
            && self.answer_anew(state, http, reply, (&answer, &outcome)).await?
        {
            return Ok(Revision::Changed);
        }
        withdraw(state, http, reply).await?;
        Ok(Revision::Withdrawn)
    }

    /// Gives the reply another answer. False when that cannot be: it is gone, or still on its way.
    async fn answer_anew(
        &self,
        state: &State,
        http: &Http,
        reply: &Reply,
        (answer, outcome): (&str, &Outcome),
    ) -> Result<bool, StoreError> {
        let (Some(at), Some(myth)) = (standing::place(reply), self.answers.knowledge.myth(answer))
        else {
            return Ok(false);
        };
        let card = speak::card(self.answers, myth, &self.set.settings);
        let card = pins::or_link(state, auto_reply::owed(self.message), myth, card).await;
        let edit = EditMessage::new()
            .embed(render::embed(&card))
            .components(render::buttons(&card, Some(self.message.id)))
            .allowed_mentions(render::nobody());
        match standing::edit(http, at, &edit).await {
            Ok(true) => {}
            Ok(false) => return Ok(false),
            Err(error) => {
                let reply_id = at.1.get();
                tracing::warn!(reply_id, error = %chain(&error), "a reply was not edited");
                return Ok(false);
            }
        }
        let grounds =
            auto_reply::grounds(self.answers, self.set, &self.message.content, (answer, outcome));
        let claim = Claim {
            message_id: reply.message_id,
            channel_id: reply.channel_id,
            guild_id: reply.guild_id,
            author_id: self.message.author.id.into(),
            answer,
            version: self.answers.version(answer),
            grounds: &grounds,
            at_ms: reply.at_ms,
        };
        state.store.answer_anew(&claim).await?;
        outcomes::count(state, self.message.guild_id, answer, code::CHANGED).await;
        Ok(true)
    }
}

/// The answer that a text is owed, at least in the eyes of moderators.
fn claimed(read: &Read) -> Option<&str> {
    match &read.own {
        Own::Never | Own::Muted => None,
        Own::Answer(answer) => Some(answer),
        Own::Nothing => read.outcome.answer.as_deref(),
    }
}

/// Notes that messages are gone: no reply to them is posted any more, or it is taken back.
pub(super) fn note_gone(state: &State, messages: &[MessageId]) {
    for message in messages {
        state.recent.gone(*message, &state.clock);
    }
}

/// Messages are gone, as was noted: what stands below them goes, too.
pub(super) async fn deleted(state: &State, http: &Http, _: ChannelId, messages: &[MessageId]) {
    for message in messages {
        if let Err(error) = gone(state, http, *message).await {
            let message_id = message.get();
            tracing::error!(message_id, error = %chain(&error), "a deletion was not followed");
        }
    }
}

async fn gone(state: &State, http: &Http, message: MessageId) -> Result<(), StoreError> {
    let _turn = state.recent.turn(message, &state.clock).await;
    if let Some(reply) = state.store.reply_to(message.into()).await? {
        withdraw(state, http, &reply).await?;
    }
    review::gone(state, http, message).await
}

/// Takes a reply back, unless that was done before. One that another process is posting is taken back
/// there.
async fn withdraw(state: &State, http: &Http, reply: &Reply) -> Result<(), StoreError> {
    let now = state.clock.now().as_millisecond();
    if !state.store.end_reply(reply.message_id, ReplyState::Withdrawn, now).await? {
        return Ok(());
    }
    // By now another process may have posted it.
    let noted = state.store.reply_to(reply.message_id).await?;
    if let Some(at) = noted.as_ref().and_then(standing::place) {
        standing::take_back(http, at).await;
    }
    let guild = reply.guild_id.and_then(|id| u64::try_from(id).ok()).map(Into::into);
    outcomes::count(state, guild, &reply.answer, code::WITHDRAWN).await;
    tracing::info!(
        message_id = reply.message_id,
        reply_id = reply.reply_id,
        "a reply was withdrawn: its message is gone or says something else"
    );
    Ok(())
}
