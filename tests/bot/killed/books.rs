//! What must hold between Discord and the bot's database once a life has settled what was left.

use std::collections::{BTreeMap, BTreeSet};

use loopback_discord::world::MessageType;
use loopback_discord::{LoopbackDiscord, Message, Snowflake, World};
use sqlx::{Connection as _, SqliteConnection};

/// Where things happen.
#[derive(Clone, Copy)]
pub(super) struct Places {
    pub(super) general: Snowflake,
    pub(super) asked: Snowflake,
    pub(super) room: Snowflake,
    pub(super) board: Snowflake,
}

/// What the test knows of what was done.
#[derive(Default)]
pub(super) struct Books {
    pub(super) checks: u32,
    /// How often somebody spoke of the landing.
    pub(super) landings: u32,
    /// Cards and what was pressed below them.
    pub(super) pressed: Vec<(Snowflake, Snowflake)>,
    /// Messages that were pinned at some time.
    pinned: BTreeSet<Snowflake>,
    told: String,
}

/// A row each: what the bot keeps.
#[derive(Default)]
struct Rows {
    /// By message: the reply and its state.
    replies: BTreeMap<Snowflake, (Option<Snowflake>, String)>,
    /// By message: the card and the state.
    reviews: BTreeMap<Snowflake, (Option<Snowflake>, String)>,
    pins: BTreeSet<Snowflake>,
    orders: i64,
    noted_decisions: i64,
}

type Row = (i64, Option<i64>, String);

async fn rows(database: &str) -> Rows {
    let mut database = SqliteConnection::connect(database).await.expect("the database");
    let id = |id: i64| Snowflake::from(id.unsigned_abs());
    let by_message = |rows: Vec<Row>| {
        rows.into_iter()
            .map(|(message, other, state)| (id(message), (other.map(id), state)))
            .collect()
    };
    let replies = sqlx::query_as("SELECT message_id, reply_id, state FROM replies");
    let reviews = sqlx::query_as("SELECT message_id, card_id, state FROM reviews");
    let pins = sqlx::query_scalar("SELECT message_id FROM pins");
    let pins: Vec<i64> = pins.fetch_all(&mut database).await.expect("rows");
    let orders = sqlx::query_scalar("SELECT COUNT(*) FROM orders");
    let noted = "SELECT COUNT(*) FROM audit WHERE action LIKE 'had %' OR action LIKE 'did not have %' \
                 OR action LIKE 'muted %'";
    Rows {
        replies: by_message(replies.fetch_all(&mut database).await.expect("rows")),
        reviews: by_message(reviews.fetch_all(&mut database).await.expect("rows")),
        pins: pins.into_iter().map(id).collect(),
        orders: orders.fetch_one(&mut database).await.expect("a number"),
        noted_decisions: sqlx::query_scalar(noted)
            .fetch_one(&mut database)
            .await
            .expect("a number"),
    }
}

/// Changes the database while no bot runs.
pub(super) async fn does(database: &str, statement: &'static str) {
    let mut database = SqliteConnection::connect(database).await.expect("the database");
    sqlx::query(statement).execute(&mut database).await.expect("a sound statement");
}

impl Books {
    /// What is wrong, a line each.
    pub(super) async fn check(
        &mut self,
        discord: &LoopbackDiscord,
        database: &str,
        places: Places,
    ) -> Vec<String> {
        let rows = rows(database).await;
        self.checks += 1;
        discord.look(|world| {
            let mut wrong = Vec::new();
            let replies = replies(world, places);
            check_replies(&rows, world, &replies, &mut wrong);
            self.check_reviews(&rows, world, (places, &replies), &mut wrong);
            self.check_pins(&rows, world, places, &mut wrong);
            let asked: usize = [places.general, places.asked]
                .map(|channel| world.channels[&channel].messages.len())
                .iter()
                .sum();
            let decided = rows.reviews.values().filter(|(_, state)| state != "open").count();
            self.told = format!(
                "{} of {} claims answered, {} cards, {decided} decisions, {} messages pinned at \
                 some time, {} checks",
                replies.len(),
                asked - replies.len(),
                rows.reviews.len(),
                self.pinned.len(),
                self.checks
            );
            wrong
        })
    }

    fn check_reviews(
        &self,
        rows: &Rows,
        world: &World,
        (places, replies): (Places, &BTreeMap<Snowflake, Vec<Snowflake>>),
        wrong: &mut Vec<String>,
    ) {
        let cards: BTreeSet<_> = rows.reviews.values().filter_map(|(card, _)| *card).collect();
        for card in bots_messages(world, places.room) {
            if !cards.contains(&card.id) {
                wrong.push(format!("card {} is not noted", card.id));
            }
        }
        let mut decided = 0;
        for (message, (card, state)) in &rows.reviews {
            let Some(card) = card.and_then(|card| world.messages.get(&card)) else {
                wrong.push(format!("the review of {message} has no card, and is {state}"));
                continue;
            };
            let (open, has_buttons) = (state == "open", !card.controls().is_empty());
            if open != has_buttons {
                wrong.push(format!("card {} is {state}, buttons: {has_buttons}", card.id));
            }
            if (state == "posted") != replies.contains_key(message) {
                wrong.push(format!("{message} is {state}, replies: {:?}", replies.get(message)));
            }
            decided += i64::from(!open);
        }
        if decided > rows.noted_decisions {
            wrong.push(format!("{decided} decisions, {} in the log", rows.noted_decisions));
        }
        // Whoever was told that something was decided can rely on it.
        for (card, pressed) in &self.pressed {
            let confirmed = world.interactions[pressed].response.is_some();
            let open =
                rows.reviews.values().any(|(of, state)| of == &Some(*card) && state == "open");
            if confirmed && open {
                wrong.push(format!("a decision about card {card} is lost"));
            }
        }
    }

    fn check_pins(&mut self, rows: &Rows, world: &World, places: Places, wrong: &mut Vec<String>) {
        let board = &world.channels[&places.board];
        if rows.orders != 0 {
            wrong.push(format!("{} orders are left", rows.orders));
        }
        for pin in &rows.pins {
            if !board.has_pinned(*pin) {
                wrong.push(format!("{pin} is noted as pinned, and is not"));
            }
        }
        for message in bots_messages(world, places.board) {
            let (pinned, noted) = (board.has_pinned(message.id), rows.pins.contains(&message.id));
            if pinned {
                self.pinned.insert(message.id);
            }
            if pinned && !noted {
                wrong.push(format!("{} is pinned, and not noted", message.id));
            }
            if message.kind == MessageType::Default && !self.pinned.contains(&message.id) {
                wrong.push(format!("{} was posted to be pinned, and never was", message.id));
            }
        }
    }

    /// Waits until all replies about the landing say what the answer says: one a second is corrected, and
    /// those of a life that was killed over it only once its lease is over, after two minutes.
    pub(super) async fn corrected(&self, discord: &LoopbackDiscord, (new, old): (&str, &str)) {
        const LOOKS: usize = 1800;
        let outdated = || {
            discord.look(|world| {
                world.messages.values().filter(|message| message.text().contains(old)).count()
            })
        };
        for _ in 0..LOOKS {
            if outdated() == 0 {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        assert_eq!(outdated(), 0, "replies that do not say: {new}");
    }

    pub(super) fn told(&self) -> &str {
        &self.told
    }
}

/// The bot's replies by the message that they reply to.
fn replies(world: &World, places: Places) -> BTreeMap<Snowflake, Vec<Snowflake>> {
    let mut replies: BTreeMap<Snowflake, Vec<Snowflake>> = BTreeMap::new();
    for channel in [places.general, places.asked] {
        for reply in bots_messages(world, channel) {
            let about = reply.reference.and_then(|reference| reference.message_id);
            replies.entry(about.unwrap_or_default()).or_default().push(reply.id);
        }
    }
    replies
}

fn check_replies(
    rows: &Rows,
    world: &World,
    replies: &BTreeMap<Snowflake, Vec<Snowflake>>,
    wrong: &mut Vec<String>,
) {
    for (message, replies) in replies {
        let noted = rows.replies.get(message).and_then(|(reply, _)| *reply);
        match &replies[..] {
            [reply] if noted == Some(*reply) => {}
            [reply] => wrong.push(format!("reply {reply} to {message} is noted as {noted:?}")),
            several => wrong.push(format!("{message} has several replies: {several:?}")),
        }
    }
    for (message, (reply, state)) in &rows.replies {
        if reply.is_none_or(|reply| !world.messages.contains_key(&reply)) {
            wrong.push(format!("{message} is taken ({state}) and has no reply"));
        }
    }
}

fn bots_messages(world: &World, channel: Snowflake) -> impl Iterator<Item = &Message> {
    let bot = world.bot_id();
    let ids = world.channels[&channel].messages.iter();
    let messages = ids.filter_map(|id| world.messages.get(id));
    messages.filter(move |message| {
        message.author_id == bot && message.ephemeral_for.is_none() && !message.kind.is_system()
    })
}
