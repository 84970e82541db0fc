//! Moderators are asked before the bot speaks.

use std::time::Duration;

use loopback_discord::{ChannelHandle, Fault, MessageHandle, Permissions, Person};
use mythbot::discord::Heard;
use mythbot::policy::Reason;
use mythbot::policy::settings::{Id, Mode};

use crate::shown::Shown as _;
use crate::stage::Stage;

const CLAIM: &str = "the moon is made of cheese";
const HINT: &str = "I had cheese under the moon";
const POST: &str = "POST /channels/{channel_id}/messages";

const YES: &str = "Post it";
const NO: &str = "Not this one";
const NEVER: &str = "Never for this phrase";

/// A server whose moderators are asked.
pub(crate) struct Asked {
    pub(crate) stage: Stage,
    pub(crate) room: ChannelHandle,
    pub(crate) mo: Person,
}

impl Asked {
    pub(crate) async fn new(mode: Mode) -> Self {
        let stage = Stage::new().await;
        let room = stage.guild.text_channel("moderators");
        let id = Id(room.id().get());
        stage
            .set_up(|settings| {
                settings.review_channel = Some(id);
                settings.mode = mode;
            })
            .await;
        let mo = stage.moderator("Mo").await;
        Self { stage, room, mo }
    }

    /// Somebody says something, and moderators are asked about it.
    pub(crate) async fn card(&mut self, text: &str) -> (MessageHandle, MessageHandle) {
        let message = self.stage.says(text).await;
        let heard = self.stage.heard(&message).await;
        assert!(matches!(heard, Heard::Asked { .. }), "{heard:?}");
        let card = self.room.next_bot_message().await;
        let Heard::Asked { card_id } = heard else { return (message, card) };
        assert_eq!(card.id().get(), card_id);
        (message, card)
    }

    /// What people see, with names for ids.
    pub(crate) fn read(&self, shown: &str, message: &MessageHandle) -> String {
        let mut shown = shown.to_owned();
        for reply in message.replies().all() {
            shown = shown.replace(&reply.id().to_string(), "REPLY");
        }
        for (id, name) in [
            (message.id(), "MESSAGE"),
            (self.stage.channel.id(), "CHANNEL"),
            (self.stage.guild.id(), "GUILD"),
            (self.mo.id(), "MO"),
        ] {
            shown = shown.replace(&id.to_string(), name);
        }
        shown
    }

    async fn log(&self) -> String {
        let log = self.mo.runs(&self.stage.channel, "/mythmod log").await;
        log.embed().description.clone().unwrap_or_default()
    }
}

#[tokio::test]
async fn what_is_not_sure_enough_is_shown_to_moderators() {
    let mut asked = Asked::new(Mode::Reply).await;
    let (message, card) = asked.card(HINT).await;
    insta::assert_snapshot!(asked.read(&card.shown(), &message), @r"
    # Shall the bot answer this message?
    > I had cheese under the moon
    [Go to the message](https://discord.com/channels/GUILD/CHANNEL/MESSAGE)
    ## The bot would post
    1. **The moon is made of rock**
    ## Why it asks
    It found the claim, but not surely enough to speak by itself.
    ## How sure
    0.45 of 1, a reply needs 0.70. Found: “cheese from the moon”
    [ Post it ]
    [ Not this one ]
    [ Never for this phrase ]
    ");
    assert!(card.pings_nobody());
    assert!(message.replies().all().is_empty());
    assert_eq!(asked.stage.counted().await, "moon-cheese asked 1");
    // What is sure enough is answered as ever.
    asked.stage.says(CLAIM).await.replies().await_one().await;
}

#[tokio::test]
async fn in_review_mode_all_is_shown_to_moderators() {
    let mut asked = Asked::new(Mode::Review).await;
    let (message, card) = asked.card("@everyone *the moon is made of cheese*").await;
    insta::assert_snapshot!(asked.read(&card.shown(), &message), @r"
    # Shall the bot answer this message?
    > @(gap)everyone \*the moon is made of cheese\*
    [Go to the message](https://discord.com/channels/GUILD/CHANNEL/MESSAGE)
    ## The bot would post
    1. **The moon is made of rock**
    ## Why it asks
    Moderators decide first there (`/mythconfig mode`).
    ## How sure
    0.85 of 1, a reply needs 0.70. Found: “the moon is cheese”
    [ Post it ]
    [ Not this one ]
    [ Never for this phrase ]
    ");
    assert!(card.pings_nobody());
}

#[tokio::test]
async fn where_nobody_can_be_asked_the_bot_keeps_silent() {
    let mut stage = Stage::new().await;
    let message = stage.says(HINT).await;
    assert_eq!(stage.heard(&message).await, Heard::Silent(Reason::SuggestOnly));
    let message = stage.ann.dms(HINT).await;
    assert_eq!(stage.heard(&message).await, Heard::Silent(Reason::SuggestOnly));
    assert_eq!(stage.counted().await, "moon-cheese suggest-only 1");
}

#[tokio::test]
async fn post_it() {
    let mut asked = Asked::new(Mode::Review).await;
    let (message, card) = asked.card(CLAIM).await;
    asked.mo.clicks(&card, YES).await;
    let reply = message.replies().await_one().await;
    assert_eq!(reply.embed().title.as_deref(), Some("The moon is made of rock"));
    insta::assert_snapshot!(asked.read(&card.shown(), &message), @r"
    # Shall the bot answer this message?
    > the moon is made of cheese
    [Go to the message](https://discord.com/channels/GUILD/CHANNEL/MESSAGE)
    ## The bot would post
    1. **The moon is made of rock**
    ## Why it asks
    Moderators decide first there (`/mythconfig mode`).
    ## How sure
    0.85 of 1, a reply needs 0.70. Found: “the moon is cheese”
    ## Decided
    <@MO> had [the answer](https://discord.com/channels/GUILD/CHANNEL/REPLY) posted.
    ");
    insta::assert_snapshot!(asked.stage.counted().await, @r"
    moon-cheese asked 1
    moon-cheese posted 1
    ");
    let log = asked.read(&asked.log().await, &message);
    insta::assert_snapshot!(log.split_once('>').expect("a time").1, @" <@MO> had https://discord.com/channels/GUILD/CHANNEL/MESSAGE answered with `moon-cheese`");
    // It is a reply like any other.
    asked.stage.ann.clicks(&reply, "Not relevant").await;
    assert!(!reply.exists());
}

#[tokio::test]
async fn not_this_one() {
    let mut asked = Asked::new(Mode::Review).await;
    let (message, card) = asked.card(CLAIM).await;
    let pressed = asked.mo.clicks(&card, NO).await;
    assert!(pressed.is_update());
    let shown = asked.read(&card.shown(), &message);
    insta::assert_snapshot!(shown.lines().last().unwrap_or_default(), @"<@MO> chose *Not this one*: the message gets no answer.");
    assert!(message.replies().all().is_empty());
    insta::assert_snapshot!(asked.stage.counted().await, @r"
    moon-cheese asked 1
    moon-cheese declined 1
    ");
    // For this message only.
    asked.card(CLAIM).await;
}

#[tokio::test]
async fn never_for_this_phrase() {
    let mut asked = Asked::new(Mode::Review).await;
    let (message, card) = asked.card(CLAIM).await;
    asked.mo.clicks(&card, NEVER).await;
    let shown = asked.read(&card.shown(), &message);
    insta::assert_snapshot!(shown.lines().last().unwrap_or_default(), @"<@MO> muted “the moon is cheese”: alone, that gets no answer in this server any more. `/mythmod phrases` lists what is muted.");
    insta::assert_snapshot!(asked.stage.counted().await, @r"
    moon-cheese asked 1
    moon-cheese phrase-muted 1
    ");
    let (store, guild) = asked.stage.records().await;
    let mutes = store.mutes(guild).await.expect("asked");
    let phrases: Vec<&str> = mutes.iter().map(|mute| mute.phrase.as_str()).collect();
    assert_eq!(phrases, ["the moon is cheese"]);
    assert_eq!(mutes[0].set_by.unsigned_abs(), asked.mo.id().get());
    // The bot knows it at once.
    let link = link(&asked.stage, &message);
    let why = asked.mo.runs(&asked.room, &format!("/mythmod why {link}")).await;
    assert!(why.text().contains("Muted: “the moon is cheese”."), "{}", why.text());
    let next = asked.stage.says(CLAIM).await;
    assert_eq!(asked.stage.heard(&next).await, Heard::Silent(Reason::Muted));
    let log = asked.log().await;
    assert!(log.ends_with("muted “the moon is cheese” for the answer `moon-cheese`"), "{log}");
}

pub(crate) fn link(stage: &Stage, message: &MessageHandle) -> String {
    let (guild, channel) = (stage.guild.id(), message.channel().id());
    format!("https://discord.com/channels/{guild}/{channel}/{}", message.id())
}

#[tokio::test]
async fn a_member_who_presses_changes_nothing() {
    let mut asked = Asked::new(Mode::Review).await;
    let (message, card) = asked.card(CLAIM).await;
    for button in [YES, NO, NEVER] {
        let pressed = asked.stage.ann.clicks(&card, button).await;
        assert_eq!(
            pressed.shown(),
            "(for one person)\nOnly moderators (*Manage Messages*, *Manage Server*) decide about this."
        );
    }
    assert!(message.replies().all().is_empty());
    assert_eq!(card.buttons(), [YES, NO, NEVER]);
    assert_eq!(asked.stage.counted().await, "moon-cheese asked 1");
}

#[tokio::test]
async fn of_two_moderators_the_first_decides() {
    let mut asked = Asked::new(Mode::Review).await;
    let (message, card) = asked.card(CLAIM).await;
    let kim = asked.stage.moderator("Kim").await;
    // The first is still at it when the second presses.
    asked.stage.discord.fault_next(POST, Fault::Slow(Duration::from_millis(500)));
    let first = asked.mo.starts_click(&card, YES).await;
    assert!(first.first_response().await.was_deferred());
    let second = kim.clicks(&card, NO).await;
    insta::assert_snapshot!(asked.read(&second.shown(), &message), @r"
    (for one person)
    <@MO> was first and had the answer posted. Your press has changed nothing.
    ");
    first.answer().await;
    message.replies().await_one().await;
    assert!(card.shown().contains(&asked.mo.mention()), "{}", card.shown());
    assert_eq!(card.buttons(), [""; 0]);
    let counted = asked.stage.counted().await;
    assert!(counted.contains("posted 1") && !counted.contains("declined"), "{counted}");
}

#[tokio::test]
async fn of_two_at_the_same_moment_one_is_first() {
    let mut asked = Asked::new(Mode::Review).await;
    let kim = asked.stage.moderator("Kim").await;
    for _ in 0..5 {
        let (message, card) = asked.card(CLAIM).await;
        let (one, two) =
            tokio::join!(asked.mo.starts_click(&card, NO), kim.starts_click(&card, YES));
        let (one, two) = tokio::join!(one.answer(), two.answer());
        let won = [one.is_ephemeral(), two.is_ephemeral()];
        assert!(won[0] ^ won[1], "{}\n{}", one.shown(), two.shown());
        assert_eq!(message.replies().all().len(), usize::from(won[0]));
        assert_eq!(card.buttons(), [""; 0]);
    }
}

#[tokio::test]
async fn decisions_work_after_a_restart_and_stay_taken() {
    let mut asked = Asked::new(Mode::Review).await;
    let (message, card) = asked.card(CLAIM).await;
    let (_, other) = asked.card("the moon landing was fake").await;
    asked.stage.restart().await;
    asked.mo.clicks(&card, YES).await;
    message.replies().await_one().await;
    asked.mo.clicks(&other, NO).await;
    asked.stage.restart().await;
    message.is_told_again().await;
    assert_eq!(asked.stage.heard(&message).await, Heard::Silent(Reason::AlreadyAnswered));
    message.replies().await_one().await;
}

#[tokio::test]
async fn one_card_for_each_message_whoever_hears_it() {
    let mut asked = Asked::new(Mode::Review).await;
    let mut second = asked.stage.second_bot().await;
    let message = asked.stage.says(CLAIM).await;
    let heard = [asked.stage.heard(&message).await, second.heard(&message).await];
    assert!(heard.contains(&Heard::Silent(Reason::AlreadyAsked)), "{heard:?}");
    second.stop().await.expect("a clean end");
    asked.stage.restart().await;
    message.is_told_again().await;
    assert_eq!(asked.stage.heard(&message).await, Heard::Silent(Reason::AlreadyAsked));
    assert_eq!(asked.room.bot_messages().len(), 1);
}

#[tokio::test]
async fn a_card_whose_answer_is_lost_is_posted_once() {
    let mut asked = Asked::new(Mode::Review).await;
    asked.stage.discord.fault_next(POST, Fault::ResetAfter);
    let (message, card) = asked.card(CLAIM).await;
    assert_eq!(asked.room.bot_messages().len(), 1);
    asked.mo.clicks(&card, YES).await;
    message.replies().await_one().await;
}

#[tokio::test]
async fn a_review_channel_in_which_the_bot_may_not_write_is_left_alone() {
    let mut asked = Asked::new(Mode::Reply).await;
    asked.room.deny_bot(Permissions::SEND_MESSAGES);
    asked.stage.discord.expect_refusal(50013);
    let message = asked.stage.says(HINT).await;
    assert_eq!(asked.stage.heard(&message).await, Heard::Failed { code: Some(50013) });
    let mark = asked.stage.discord.mark();
    let next = asked.stage.says(HINT).await;
    assert_eq!(asked.stage.heard(&next).await, Heard::Silent(Reason::SuggestOnly));
    assert!(asked.stage.discord.requests_since(mark).is_empty());
    // Ten minutes later it asks again, also about what was refused.
    asked.room.allow_bot(Permissions::SEND_MESSAGES);
    asked.stage.discord.advance(Duration::from_mins(10));
    message.is_told_again().await;
    assert!(matches!(asked.stage.heard(&message).await, Heard::Asked { .. }));
}

#[tokio::test]
async fn what_cannot_be_posted_can_be_decided_again() {
    let mut asked = Asked::new(Mode::Review).await;
    let (message, card) = asked.card(CLAIM).await;
    asked.stage.channel.deny_bot(Permissions::SEND_MESSAGES);
    asked.stage.discord.expect_refusal(50013);
    let pressed = asked.mo.clicks(&card, YES).await;
    insta::assert_snapshot!(pressed.shown(), @r"
    (for one person)
    The answer was not posted: the bot may not write there. Give it *Send Messages* and *Embed Links* in that channel, for threads *Send Messages in Threads*, then press again. Nothing is decided yet.
    ");
    assert_eq!(card.buttons(), [YES, NO, NEVER]);
    asked.stage.channel.allow_bot(Permissions::SEND_MESSAGES);
    asked.mo.clicks(&card, YES).await;
    message.replies().await_one().await;
}

#[tokio::test]
async fn a_decision_that_a_crash_interrupted_is_carried_out() {
    let mut asked = Asked::new(Mode::Review).await;
    let (message, card) = asked.card(CLAIM).await;
    // As it stands in the database when the bot dies before it posts.
    asked.stage.sql("UPDATE reviews SET state = 'posted', decided_by = 7").await;
    asked.stage.restart().await;
    assert_eq!(asked.stage.bot.settled().await, (0, 1, 0));
    message.replies().await_one().await;
    assert_eq!(card.buttons(), [""; 0]);
}

#[tokio::test]
async fn what_people_wrote_is_shown_and_not_kept() {
    let mut asked = Asked::new(Mode::Review).await;
    let text = format!("surely {CLAIM}, says my aunt {}", "very ".repeat(100));
    let (_, card) = asked.card(&text).await;
    assert!(card.text().contains("surely"));
    assert!(!card.text().contains(&"very ".repeat(60)), "only an excerpt");
    asked.mo.clicks(&card, YES).await;
    for file in asked.stage.database_files() {
        let bytes = std::fs::read(&file).expect("a file");
        let kept = String::from_utf8_lossy(&bytes);
        for word in ["surely", "my aunt"] {
            assert!(!kept.contains(word), "{word} is in {}", file.display());
        }
    }
}
