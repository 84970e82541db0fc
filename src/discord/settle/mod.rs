//! What an earlier life of the bot left behind is brought to an end: it was killed between two steps,
//! or nobody could tell whether Discord had done what was asked.
//!
//! Every deed is noted before it is done, so that what is left can be found:
//!
//! | what is noted | what is looked for at Discord | what becomes of it |
//! |---|---|---|
//! | a message was claimed, no reply is known | the reply | noted; else posted, or given back (`replies`) |
//! | a reply was taken back | the reply | deleted (`replies`) |
//! | a message waits for moderators, no card is known | the card | noted; else posted (`reviews`) |
//! | moderators decided | card with buttons, no reply | carried out; the card says so (`reviews`) |
//! | a moderator ordered a pin | the message | pinned and noted (`pins::orders`) |
//!
//! What is asked of Discord a second time carries the nonce of the first time, and is asked only if it
//! was looked for and not found: nothing is said twice.

mod look;
mod replies;
mod reviews;

use std::collections::HashSet;
use std::convert::Infallible;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::SignedDuration;
use serenity::all::{GuildId, Http};
use tokio::sync::Notify;

use super::error::{Error, chain};
use super::heard::BotEvent;
use super::pins;
use super::speak;
use super::state::State;

pub(super) use look::messages_after;

/// How often what nobody could tell at first is looked at again. Longer than a reply may be on its way
/// (six attempts of [`PATIENCE`](super::send::PATIENCE)), so that it is then not there for good.
const AGAIN: Duration = Duration::from_mins(5);

/// As long a reply may be late, and Discord knows its nonce (its documentation: "the past few
/// minutes"). Later, people talk about something else.
const FRESH: SignedDuration = SignedDuration::from_mins(5);

/// How far back a new life looks for deeds that may be half done.
const LATELY: SignedDuration = SignedDuration::from_hours(1);

/// How old a claim may be to be looked at: what could not be seen for so long is left to be forgotten.
const TRIED: SignedDuration = SignedDuration::from_hours(24);

/// How many rows are read at a time.
const BATCH: i64 = 50;

/// When it is time to look, and what is not left behind.
#[derive(Debug, Default)]
pub(super) struct Settling {
    due: Notify,
    /// Numbers of the orders of this life.
    orders: Mutex<HashSet<i64>>,
}

impl Settling {
    /// The bot has connected, and may have been away.
    pub(super) fn is_due(&self) {
        self.due.notify_one();
    }

    /// An order is being carried out.
    pub(super) fn begun(&self, order: i64) {
        self.orders.lock().unwrap_or_else(PoisonError::into_inner).insert(order);
    }

    fn is_own(&self, order: i64) -> bool {
        self.orders.lock().unwrap_or_else(PoisonError::into_inner).contains(&order)
    }
}

/// How many of each kind were brought to an end.
#[derive(Debug, Default)]
struct Settled {
    replies: u32,
    cards: u32,
    orders: u32,
}

/// Looks whenever the bot has connected, and from time to time at what nobody could tell before.
pub(super) async fn run(state: &State, http: &Http) -> Infallible {
    loop {
        let due = tokio::time::timeout(AGAIN, state.settling.due.notified()).await.is_ok();
        let mut settled = Settled::default();
        let done = pass(state, http, due, &mut settled).await;
        let Settled { replies, cards, orders } = settled;
        if replies + cards + orders > 0 {
            tracing::info!(replies, cards, orders, "what was left behind is settled");
        } else if due {
            tracing::debug!("nothing was left behind");
        }
        if let Err(error) = done {
            tracing::error!(error = %chain(&error), "what was left behind waits");
            if due {
                tokio::time::sleep(PAUSE).await;
                state.settling.is_due();
            }
        } else if due {
            state.tell(BotEvent::Settled { replies, cards, orders });
        }
    }
}

/// How long to wait for a database that does not answer.
const PAUSE: Duration = Duration::from_secs(5);

async fn pass(
    state: &State,
    http: &Http,
    is_new_life: bool,
    settled: &mut Settled,
) -> Result<(), Error> {
    speak::bring_back(state).await?;
    let now = state.clock.now();
    let (lately, tried) = ((now - LATELY).as_millisecond(), (now - TRIED).as_millisecond());
    let store = &state.store;
    let mut after = 0;
    while let rows @ [.., last] = &store.unsent_replies(tried, after, BATCH).await?[..] {
        after = last.message_id;
        for row in rows.iter().filter(|row| is_ours(state, row.guild_id)) {
            settled.replies += u32::from(replies::unsent(state, http, row).await?);
        }
    }
    after = 0;
    while let rows @ [.., last] = &store.unshown_reviews(after, BATCH).await?[..] {
        after = last.message_id;
        for row in rows.iter().filter(|row| is_ours(state, Some(row.guild_id))) {
            settled.cards += u32::from(reviews::unshown(state, http, row).await?);
        }
    }
    if !is_new_life {
        return Ok(());
    }
    after = 0;
    while let rows @ [.., last] = &store.ended_replies(lately, after, BATCH).await?[..] {
        after = last.message_id;
        for row in rows.iter().filter(|row| is_ours(state, row.guild_id)) {
            settled.replies += u32::from(replies::ended(state, http, row).await);
        }
    }
    after = 0;
    while let rows @ [.., last] = &store.decided_reviews(lately, after, BATCH).await?[..] {
        after = last.message_id;
        for row in rows.iter().filter(|row| is_ours(state, Some(row.guild_id))) {
            settled.cards += u32::from(reviews::decided(state, http, row).await?);
        }
    }
    after = 0;
    while let rows @ [.., last] = &store.orders(after, BATCH).await?[..] {
        after = last.number;
        let left = rows.iter().filter(|row| !state.settling.is_own(row.number));
        for row in left.filter(|row| is_ours(state, Some(row.guild_id))) {
            settled.orders += u32::from(pins::left_behind(state, http, row).await?);
        }
    }
    Ok(())
}

/// Whether this process takes care of a server. Direct messages come to one of them, and whoever looks
/// second finds it done.
fn is_ours(state: &State, guild: Option<i64>) -> bool {
    guild.is_none_or(|id| state.membership.knows(GuildId::new(id.unsigned_abs().max(1))))
}
