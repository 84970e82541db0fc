//! A server's own phrases, and phrases that it mutes.

use loopback_discord::{Permissions, Person};
use mythbot::discord::Heard;
use mythbot::policy::Reason;

use crate::shown::Shown as _;
use crate::stage::{Stage, moon_without_cheese};

const CLAIM: &str = "the moon is made of cheese";

async fn stage() -> (Stage, Person) {
    let stage = Stage::new().await;
    let mo = stage.guild.member("Mo");
    mo.gets(&stage.guild.role("Moderators", Permissions::PIN_MESSAGES)).await;
    (stage, mo)
}

async fn told(stage: &Stage, who: &Person, line: &str) -> String {
    let shown = who.runs(&stage.channel, line).await;
    assert!(shown.is_ephemeral() && shown.pings_nobody());
    shown.text()
}

/// What the bot does about something that Ann says.
async fn heard(stage: &mut Stage, text: &str) -> Heard {
    let message = stage.says(text).await;
    stage.heard(&message).await
}

#[tokio::test]
async fn words_of_this_server_get_an_answer() {
    let (mut stage, mo) = stage().await;
    let before = heard(&mut stage, "behold the Great Wheel").await;
    assert_eq!(before, Heard::Silent(Reason::NoMatch));
    let line = "/mythmod answer phrase:Great **wheel**! with:cheese";
    insta::assert_snapshot!(told(&stage, &mo, line).await, @r"Messages that say “Great \*\*wheel\*\*!” are now answered with 1. The moon is made of rock.");
    // With a typo, in capitals, after a restart.
    stage.restart().await;
    let message = stage.says("behold the GREAT wheell, Bob").await;
    let reply = message.replies().await_one().await;
    assert_eq!(reply.embed().title.as_deref(), Some("The moon is made of rock"));
    let why = stage.ann.clicks(&reply, "Why this reply?").await;
    insta::assert_snapshot!(why.shown(), @r"
    (for one person)
    # Why the bot replied
    It replied with answer 1, **The moon is made of rock** (`moon-cheese`): moderators of this server have tied the words “Great \*\*wheel\*\*!” to it, and the message says them. They can change that with `/mythmod forget`.
    ");
    let log = told(&stage, &mo, "/mythmod log").await;
    assert!(log.contains(r"tied “Great \*\*wheel\*\*!” to `moon-cheese`"), "{log}");
    // Other servers know nothing of it.
    let elsewhere = stage.discord.guild("Elsewhere").text_channel("general");
    let bob = stage.discord.guild("Elsewhere").member("Bob");
    let message = bob.says(&elsewhere, "the great wheel").await;
    assert_eq!(stage.heard(&message).await, Heard::Silent(Reason::NoMatch));
}

#[tokio::test]
async fn words_that_are_never_answered() {
    let (mut stage, mo) = stage().await;
    insta::assert_snapshot!(told(&stage, &mo, "/mythmod never our book club").await, @"Messages that say “our book club” are now never answered.");
    told(&stage, &mo, "/mythmod answer phrase:our book with:cheese").await;
    let text = format!("our book club says {CLAIM}");
    assert_eq!(heard(&mut stage, &text).await, Heard::Silent(Reason::NeverPhrase));
    let heard = heard(&mut stage, "our book says it").await;
    assert!(matches!(heard, Heard::Replied { .. }), "{heard:?}");
}

#[tokio::test]
async fn a_phrase_that_says_nothing_is_refused() {
    let (mut stage, mo) = stage().await;
    let refused = told(&stage, &mo, "/mythmod never the").await;
    assert!(refused.starts_with("This phrase is too short"), "{refused}");
    let refused = told(&stage, &mo, "/mythmod never https://cheese.example").await;
    assert!(refused.starts_with("There are no words in this phrase"), "{refused}");
    let refused = told(&stage, &mo, "/mythmod answer phrase:green moon with:xylophones").await;
    assert!(refused.starts_with("There is no answer for “xylophones”"), "{refused}");
    let heard = heard(&mut stage, CLAIM).await;
    assert!(matches!(heard, Heard::Replied { .. }), "{heard:?}");
    assert!(told(&stage, &mo, "/mythmod log").await.contains("Nobody has changed anything"));
}

#[tokio::test]
async fn a_server_has_at_most_two_hundred() {
    let (stage, mo) = stage().await;
    stage
        .sql(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) \
             INSERT INTO phrases (guild_id, phrase, written, set_by, at_ms) \
             SELECT guild_id, 'phrase number ' || i, 'Phrase number ' || i, 7, i FROM guilds, n",
        )
        .await;
    let refused = told(&stage, &mo, "/mythmod never one too many").await;
    assert!(refused.contains("This server has 200 phrases"), "{refused}");
    let list = mo.runs(&stage.channel, "/mythmod phrases page:2").await;
    let footer = list.embed().footer.as_ref().map(|footer| footer.text.clone());
    assert!(footer.expect("a footer").starts_with("Page 2 of "));
    // One that is there can be changed, and one that goes makes room.
    told(&stage, &mo, "/mythmod answer phrase:phrase number 7 with:cheese").await;
    told(&stage, &mo, "/mythmod forget phrase number 8").await;
    let said = told(&stage, &mo, "/mythmod never one too many").await;
    assert!(said.contains("now never answered"), "{said}");
}

#[tokio::test]
async fn phrases_are_listed_and_forgotten() {
    let (mut stage, mo) = stage().await;
    insta::assert_snapshot!(told(&stage, &mo, "/mythmod phrases").await, @r"
    Phrases of this server
    This server has no phrases of its own, and nothing is muted. `/mythmod answer` ties words to an answer, `/mythmod never` to silence.
    ");
    told(&stage, &mo, "/mythmod never Our book club").await;
    told(&stage, &mo, "/mythmod answer phrase:great wheel with:cheese").await;
    let list = told(&stage, &mo, "/mythmod phrases").await;
    assert!(list.contains("“Our book club”: never answered, by <@"), "{list}");
    assert!(list.contains("“great wheel”: answered with 1. The moon is made of rock"), "{list}");
    let offered = mo.types(&stage.channel, "/mythmod forget phrase:book").await;
    let [offered] = &offered[..] else { panic!("one is offered: {offered:?}") };
    assert_eq!(offered.name, "Our book club");
    let line = "/mythmod forget Our book club";
    insta::assert_snapshot!(told(&stage, &mo, line).await, @"Removed: “Our book club”.");
    insta::assert_snapshot!(told(&stage, &mo, line).await, @"This server has no phrase “Our book club”, and it is not muted. `/mythmod phrases` lists what there is.");
    let heard = heard(&mut stage, &format!("our book club says {CLAIM}")).await;
    assert!(matches!(heard, Heard::Replied { .. }), "{heard:?}");
}

#[tokio::test]
async fn what_is_muted_is_not_answered_until_it_is_forgotten() {
    let (mut stage, mo) = stage().await;
    stage
        .sql(
            "INSERT INTO mutes (guild_id, answer, phrase, set_by, at_ms) \
             SELECT guild_id, 'moon-cheese', 'the moon is cheese', 7, 0 FROM guilds",
        )
        .await;
    assert_eq!(heard(&mut stage, CLAIM).await, Heard::Silent(Reason::Muted));
    let both = format!("{CLAIM}, oh cheese, oh moon");
    let heard_both = heard(&mut stage, &both).await;
    assert!(matches!(heard_both, Heard::Replied { .. }), "{heard_both:?}");
    let list = told(&stage, &mo, "/mythmod phrases").await;
    assert!(list.contains("“the moon is cheese” of 1. The moon is made of rock: muted"), "{list}");
    let offered = mo.types(&stage.channel, "/mythmod forget phrase:cheese").await;
    assert_eq!(offered[0].name, "Muted: the moon is cheese");
    let value = offered[0].value.as_str().expect("text");
    let said = told(&stage, &mo, &format!("/mythmod forget {value}")).await;
    assert_eq!(said, "“the moon is cheese” counts again for `moon-cheese`.");
    let heard = heard(&mut stage, CLAIM).await;
    assert!(matches!(heard, Heard::Replied { .. }), "{heard:?}");
}

#[tokio::test]
async fn a_phrase_whose_answer_is_gone_is_silent_and_listed() {
    let (mut stage, mo) = stage().await;
    told(&stage, &mo, "/mythmod answer phrase:great wheel with:cheese").await;
    stage.restart_with(moon_without_cheese()).await;
    assert_eq!(heard(&mut stage, "the great wheel").await, Heard::Silent(Reason::NoMatch));
    let list = told(&stage, &mo, "/mythmod phrases").await;
    assert!(list.contains("`moon-cheese` (no longer an answer of the bot)"), "{list}");
}

#[tokio::test]
async fn two_moderators_at_once_set_one_phrase() {
    let (stage, mo) = stage().await;
    let owner = stage.guild.owner();
    let one = mo.starts(&stage.channel, "/mythmod never great wheel").await;
    let two = owner.starts(&stage.channel, "/mythmod answer phrase:great wheel with:1").await;
    tokio::join!(one.answer(), two.answer());
    let list = told(&stage, &mo, "/mythmod phrases").await;
    assert_eq!(list.matches("great wheel").count(), 1, "{list}");
}

#[tokio::test]
async fn members_cannot_set_phrases() {
    let (stage, _) = stage().await;
    let tried = stage.ann.tries(&stage.channel, "/mythmod never great wheel").await;
    assert!(tried.is_err());
}
