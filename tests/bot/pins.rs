//! Moderators pin answers.

use loopback_discord::{ChannelHandle, MessageHandle, Permissions, Person};
use mythbot::knowledge::{self, Folder, Knowledge};
use serde_json::json;

use crate::shown::Shown as _;
use crate::stage::{Stage, moon_without_cheese};

const CLAIM: &str = "the moon is made of cheese";
const MENU: &str = "Pin this answer";
const POST: &str = "POST /channels/{channel_id}/messages";

/// A server in which the bot may pin, and somebody who may.
async fn stage() -> (Stage, Person) {
    let stage = Stage::new().await;
    stage.guild.permit_bot(Permissions::of_everyone() | Permissions::PIN_MESSAGES);
    let mo = moderator(&stage, "Mo").await;
    (stage, mo)
}

async fn moderator(stage: &Stage, name: &str) -> Person {
    let person = stage.guild.member(name);
    person.gets(&stage.guild.role("Moderators", Permissions::PIN_MESSAGES)).await;
    person
}

/// What somebody reads after a command, with the ids by name.
async fn told(stage: &Stage, who: &Person, line: &str) -> String {
    let shown = who.runs(&stage.channel, line).await;
    assert!(shown.is_ephemeral() && shown.pings_nobody());
    let text = shown
        .text()
        .replace('\u{200b}', "(gap)")
        .replace(&stage.channel.id().to_string(), "CHANNEL");
    let text = text.replace(&stage.guild.id().to_string(), "GUILD");
    match stage.channel.pins().last() {
        Some(pin) => text.replace(&pin.id().to_string(), "MESSAGE"),
        None => text,
    }
}

/// The only pinned message of a channel.
fn pinned(channel: &ChannelHandle) -> MessageHandle {
    let pins = channel.pins();
    assert_eq!(pins.len(), 1, "one is pinned");
    pins[0].clone()
}

/// Waits until the bot has heard of something that others did.
async fn list_says(stage: &Stage, who: &Person, words: &str) {
    let mut list = String::new();
    for _ in 0..200 {
        list = who.runs(&stage.channel, "/mythmod pins").await.text();
        if list.contains(words) {
            break;
        }
    }
    assert!(list.contains(words), "{list}");
}

fn moon_corrected() -> Knowledge {
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bot/moon");
    let mut folder = Folder::open(&dir).expect("the folder");
    let file = folder.files.get_mut("moon-cheese/en.toml").expect("an answer");
    *file = file.replace("The moon is rock.", "The moon is basalt.");
    knowledge::load(&folder).expect("sound answers")
}

#[tokio::test]
async fn a_moderator_pins_an_answer_with_a_note() {
    let (stage, mo) = stage().await;
    let line = "/mythmod pin myth:cheese note:Please read **this**, @everyone: https://x.example";
    insta::assert_snapshot!(told(&stage, &mo, line).await, @r"
    **1. The moon is made of rock** is pinned: https://discord.com/channels/GUILD/CHANNEL/MESSAGE
    While it is pinned there, the bot answers with a link to it.
    ");
    let pin = pinned(&stage.channel);
    insta::assert_snapshot!(pin.shown(), @r"
    # The moon is made of rock
    **The claim:** The moon is made of cheese.

    **Verdict: False.** All samples are rock.

    The moon is rock. By December 1972, 382 kg of it had been brought home.
    ## Note from the moderators
    Please read \*\*this\*\*, @(gap)everyone\: https\://x.example
    ## What has changed
    Nothing of note.
    ## What is disputed
    How the moon came to be is disputed.
    ## Sources
    - [Moon cheese](https://cheese.example/moon), Cheese Board (primary source, party to the dispute)
    - [What the rocks are](https://rocks.example/moon), Rock Review (independent)
    -- As of 4 November 2026 · Moon Museum
    [ Details ]
    ");
    assert!(pin.pings_nobody());
    let details = stage.ann.clicks(&pin, "Details").await;
    assert_eq!(details.embed().title.as_deref(), Some("The moon is made of rock"));
    let log = mo.runs(&stage.channel, "/mythmod log").await;
    assert!(log.text().contains("pinned `moon-cheese` in <#"), "{}", log.text());
    let list = told(&stage, &mo, "/mythmod pins").await;
    let place = "https://discord.com/channels/GUILD/CHANNEL/MESSAGE";
    assert!(list.contains(place) && list.contains("with a note"), "{list}");
}

#[tokio::test]
async fn pinning_again_edits_in_place() {
    let (stage, mo) = stage().await;
    told(&stage, &mo, "/mythmod pin myth:1 note:First").await;
    let first = pinned(&stage.channel);
    insta::assert_snapshot!(told(&stage, &mo, "/mythmod pin myth:1 note:Second").await, @"**1. The moon is made of rock** was pinned there already, and is edited: https://discord.com/channels/GUILD/CHANNEL/MESSAGE");
    insta::assert_snapshot!(told(&stage, &mo, "/mythmod pin 1").await, @r"
    **1. The moon is made of rock** was pinned there already, and is edited: https://discord.com/channels/GUILD/CHANNEL/MESSAGE
    The note that stood there is gone; give a note to have one again.
    ");
    let last = pinned(&stage.channel);
    assert_eq!(last.id(), first.id());
    assert!(!last.text().contains("First") && !last.text().contains("Second"));
    assert_eq!(stage.channel.bot_messages().len(), 2, "the answer, and Discord's notice");
}

#[tokio::test]
async fn another_answer_and_another_channel_have_their_own() {
    let (stage, mo) = stage().await;
    let news = stage.guild.text_channel("news");
    told(&stage, &mo, "/mythmod pin 1").await;
    told(&stage, &mo, "/mythmod pin 2").await;
    told(&stage, &mo, "/mythmod pin myth:1 channel:news").await;
    assert_eq!(stage.channel.pins().len(), 2);
    assert_eq!(pinned(&news).embed().title.as_deref(), Some("The moon is made of rock"));
}

#[tokio::test]
async fn the_menu_pins_what_the_bot_answered() {
    let (stage, mo) = stage().await;
    let message = stage.says(CLAIM).await;
    let reply = message.replies().await_one().await;
    mo.opens_menu(&reply, MENU).await;
    let pin = pinned(&stage.channel);
    assert_eq!(pin.embed().title.as_deref(), Some("The moon is made of rock"));
    // What a moderator added stays.
    told(&stage, &mo, "/mythmod pin myth:1 note:Read this").await;
    mo.opens_menu(&reply, MENU).await;
    assert!(pinned(&stage.channel).text().contains("Read this"));
    for other in [message, stage.channel.messages().last().expect("a notice").clone()] {
        let refused = mo.opens_menu(&other, MENU).await;
        assert!(refused.text().contains("This is for messages in which the bot gives an answer"));
    }
}

#[tokio::test]
async fn who_may_not_pin_is_not_offered_it() {
    let (stage, mo) = stage().await;
    assert!(!stage.ann.sees_commands(&stage.channel).contains(&"mythmod".to_owned()));
    assert!(!stage.ann.sees_message_menu(&stage.channel).contains(&MENU.to_owned()));
    assert!(mo.sees_commands(&stage.channel).contains(&"mythmod".to_owned()));
    assert!(mo.sees_message_menu(&stage.channel).contains(&MENU.to_owned()));
    // Nor does the bot write where the moderator may not.
    let rules = stage.guild.text_channel("rules");
    rules.deny(&mo, Permissions::SEND_MESSAGES | Permissions::SEND_MESSAGES_IN_THREADS);
    let refused = told(&stage, &mo, "/mythmod pin myth:1 channel:rules").await;
    assert!(refused.starts_with("You may not write in"), "{refused}");
    assert!(rules.messages().is_empty());
}

#[tokio::test]
async fn unpinning() {
    let (stage, mo) = stage().await;
    told(&stage, &mo, "/mythmod pin 1").await;
    let pin = pinned(&stage.channel);
    insta::assert_snapshot!(told(&stage, &mo, "/mythmod unpin 1").await, @"Unpinned `moon-cheese` in <#CHANNEL>. The message is still there.");
    assert!(pin.exists() && !pin.is_pinned());
    insta::assert_snapshot!(told(&stage, &mo, "/mythmod unpin 1").await, @"`moon-cheese` is not pinned in <#CHANNEL>. `/mythmod pins` shows what is pinned where.");
    insta::assert_snapshot!(told(&stage, &mo, "/mythmod pins").await, @r"
    Pinned answers
    No answer is pinned in this server. `/mythmod pin` pins one.
    ");
    let log = mo.runs(&stage.channel, "/mythmod log").await;
    assert!(log.text().contains("unpinned `moon-cheese`"), "{}", log.text());
}

#[tokio::test]
async fn what_others_do_by_hand_is_noticed() {
    let (stage, mo) = stage().await;
    let owner = stage.guild.owner();
    let none = "No answer is pinned";
    // Unpinned.
    told(&stage, &mo, "/mythmod pin 1").await;
    told(&stage, &mo, "/mythmod pin 2").await;
    let [one, two] = &stage.channel.pins()[..] else { panic!("two are pinned") };
    owner.unpins(two).await;
    list_says(&stage, &mo, "**1. The moon is made of rock**").await;
    owner.unpins(one).await;
    list_says(&stage, &mo, none).await;
    // Deleted, alone or with others.
    told(&stage, &mo, "/mythmod pin 1").await;
    owner.deletes(&pinned(&stage.channel)).await;
    list_says(&stage, &mo, none).await;
    told(&stage, &mo, "/mythmod pin 1").await;
    let notice = stage.channel.messages().last().expect("a notice").clone();
    owner.deletes_bulk(&stage.channel, &[pinned(&stage.channel), notice]).await;
    list_says(&stage, &mo, none).await;
    // Gone with its channel, or with the channel of its thread.
    let news = stage.guild.text_channel("news");
    let start = owner.says(&news, "let us talk").await;
    owner.opens_thread(&start, "talk").await;
    told(&stage, &mo, "/mythmod pin myth:1 channel:talk").await;
    told(&stage, &mo, "/mythmod pin myth:1 channel:news").await;
    news.delete().await;
    list_says(&stage, &mo, none).await;
}

#[tokio::test]
async fn other_pins_change_nothing() {
    let (stage, mo) = stage().await;
    told(&stage, &mo, "/mythmod pin 1").await;
    // More than Discord lists at once, so that the bot has to ask about its own.
    stage.channel.fill_pins(60);
    let owner = stage.guild.owner();
    let message = owner.says(&stage.channel, "good morning").await;
    let asked = "GET /channels/{channel_id}/messages/{message_id}";
    let mark = stage.discord.mark();
    owner.pins(&message).await;
    stage.discord.request_since(mark, asked, |request| request.name() == asked).await;
    let list = told(&stage, &mo, "/mythmod pins").await;
    assert!(list.contains("**1. "), "{list}");
    // Where it may not look, it believes what it knows.
    stage.channel.deny_bot(Permissions::READ_MESSAGE_HISTORY);
    stage.discord.expect_refusal(50013);
    let mark = stage.discord.mark();
    owner.unpins(&message).await;
    stage.discord.request_since(mark, asked, |request| request.name() == asked).await;
    let list = told(&stage, &mo, "/mythmod pins").await;
    assert!(list.contains("**1. "), "{list}");
}

#[tokio::test]
async fn a_pinned_message_that_vanished_unseen_is_pinned_anew() {
    let (stage, mo) = stage().await;
    told(&stage, &mo, "/mythmod pin 1").await;
    stage.sql("UPDATE pins SET message_id = 1").await;
    stage.discord.expect_refusal(10008);
    let said = told(&stage, &mo, "/mythmod pin 1").await;
    assert!(said.contains("is pinned: "), "{said}");
    assert_eq!(stage.channel.pins().len(), 2);
}

#[tokio::test]
async fn a_channel_that_is_full() {
    let (stage, mo) = stage().await;
    stage.channel.fill_pins(250);
    stage.discord.expect_refusal(30003);
    let said = told(&stage, &mo, "/mythmod pin 1").await;
    assert!(said.contains("as many pinned messages as Discord allows"), "{said}");
    // Nothing is left of it.
    assert!(stage.channel.bot_messages().is_empty());
    let list = told(&stage, &mo, "/mythmod pins").await;
    assert!(list.contains("No answer is pinned"), "{list}");
    assert!(told(&stage, &mo, "/mythmod log").await.contains("Nobody has changed anything"));
}

#[tokio::test]
async fn a_bot_that_may_not_pin() {
    let stage = Stage::new().await;
    stage.guild.permit_bot(Permissions::of_everyone() | Permissions::MANAGE_MESSAGES);
    let mo = moderator(&stage, "Mo").await;
    stage.discord.expect_refusal(50013);
    let said = told(&stage, &mo, "/mythmod pin 1").await;
    assert!(said.contains("permission *Pin Messages*"), "{said}");
    assert!(stage.channel.bot_messages().is_empty());
    // What is pinned can still be edited, but not unpinned.
    stage.guild.permit_bot(Permissions::of_everyone() | Permissions::PIN_MESSAGES);
    told(&stage, &mo, "/mythmod pin 1").await;
    stage.guild.permit_bot(Permissions::of_everyone());
    told(&stage, &mo, "/mythmod pin myth:1 note:Read this").await;
    assert!(pinned(&stage.channel).text().contains("Read this"));
    stage.discord.expect_refusal(50013);
    let said = told(&stage, &mo, "/mythmod unpin 1").await;
    assert!(said.contains("The bot may not unpin"), "{said}");
    assert!(told(&stage, &mo, "/mythmod pins").await.contains("**1. "));
}

#[tokio::test]
async fn places_where_nothing_can_be_pinned() {
    let (stage, mo) = stage().await;
    let hidden = stage.guild.text_channel("hidden");
    hidden.deny_bot(Permissions::VIEW_CHANNEL);
    stage.discord.expect_refusal(50001);
    let said = told(&stage, &mo, "/mythmod pin myth:1 channel:hidden").await;
    assert!(said.starts_with("The bot cannot see <#"), "{said}");
    let quiet = stage.guild.text_channel("quiet");
    quiet.deny_bot(Permissions::SEND_MESSAGES);
    stage.discord.expect_refusal(50013);
    let said = told(&stage, &mo, "/mythmod pin myth:1 channel:quiet").await;
    assert!(said.starts_with("The bot may not write in <#"), "{said}");
    stage.discord.fail_next(POST, 404, json!({"message": "Unknown Channel", "code": 10003}));
    let said = told(&stage, &mo, "/mythmod pin 1").await;
    assert!(said.starts_with("This channel is gone"), "{said}");
    let start = stage.says("let us talk").await;
    let thread = stage.ann.opens_thread(&start, "talk").await;
    told(&stage, &mo, "/mythmod pin myth:1 channel:talk").await;
    thread.archive().await;
    stage.discord.expect_refusal(50083);
    let said = told(&stage, &mo, "/mythmod pin myth:1 channel:talk").await;
    assert!(said.contains("is an archived thread"), "{said}");
    assert!(told(&stage, &mo, "/mythmod pins").await.contains("**1. "));
}

#[tokio::test]
async fn a_moment_of_trouble_at_discord_posts_once() {
    let (stage, mo) = stage().await;
    stage.discord.fault_next(POST, loopback_discord::Fault::ResetAfter);
    told(&stage, &mo, "/mythmod pin 1").await;
    pinned(&stage.channel);
    assert_eq!(stage.channel.bot_messages().len(), 2, "the answer, and Discord's notice");
}

#[tokio::test]
async fn what_cannot_be_recorded_is_taken_back() {
    let (stage, mo) = stage().await;
    stage
        .sql(
            "CREATE TRIGGER full BEFORE INSERT ON pins \
             BEGIN SELECT RAISE(ABORT, 'full'); END",
        )
        .await;
    let said = told(&stage, &mo, "/mythmod pin 1").await;
    assert!(said.starts_with("Something went wrong in the bot"), "{said}");
    assert!(stage.channel.pins().is_empty());
    let answers = stage.channel.bot_messages();
    assert!(answers.iter().all(|message| message.embeds().is_empty()), "Discord's notice is left");
    stage.sql("DROP TRIGGER full").await;
    told(&stage, &mo, "/mythmod pin 1").await;
    pinned(&stage.channel);
}

#[tokio::test]
async fn an_answer_that_does_not_exist() {
    let (stage, mo) = stage().await;
    insta::assert_snapshot!(told(&stage, &mo, "/mythmod pin who was there").await, @"There is no answer for “who was there”. `/myth list` shows all.");
    insta::assert_snapshot!(told(&stage, &mo, "/mythmod unpin xylophone @everyone").await, @"There is no answer for “xylophone @(gap)everyone”. `/myth list` shows all.");
}

#[tokio::test]
async fn while_it_is_pinned_the_reply_is_a_line_that_leads_there() {
    let (mut stage, mo) = stage().await;
    told(&stage, &mo, "/mythmod pin 1").await;
    let pin = pinned(&stage.channel);
    stage.restart().await;
    let reply = stage.says(CLAIM).await.replies().await_one().await;
    let ids = [stage.guild.id(), stage.channel.id(), pin.id()].map(|id| id.to_string());
    let shown = reply.shown().replace(&ids.join("/"), "GUILD/CHANNEL/MESSAGE");
    insta::assert_snapshot!(shown, @r"
    What is known about this is pinned here: https://discord.com/channels/GUILD/CHANNEL/MESSAGE
    [ Details ]
    [ Why this reply? ]
    [ Not relevant ]
    ");
    // Elsewhere, and for other answers, nothing changes.
    let elsewhere = stage.guild.text_channel("news");
    let other = stage.ann.says(&elsewhere, CLAIM).await.replies().await_one().await;
    assert!(other.embed().title.is_some());
    let other = stage.says("the moon landing was fake").await.replies().await_one().await;
    assert!(other.embed().title.is_some());
    told(&stage, &mo, "/mythmod unpin 1").await;
    let reply = stage.says(CLAIM).await.replies().await_one().await;
    assert_eq!(reply.embed().title.as_deref(), Some("The moon is made of rock"));
}

#[tokio::test]
async fn two_moderators_at_once_pin_one_message() {
    let (stage, mo) = stage().await;
    let flo = moderator(&stage, "Flo").await;
    for myth in [1, 2] {
        let line = format!("/mythmod pin {myth}");
        let one = mo.starts(&stage.channel, &line).await;
        let two = flo.starts(&stage.channel, &line).await;
        let (one, two) = tokio::join!(one.answer(), two.answer());
        for said in [one, two] {
            let text = said.text();
            assert!(text.contains("is pinned: ") || text.contains("is edited: "), "{text}");
        }
        assert_eq!(stage.channel.pins().len(), myth);
    }
    let answers = stage.channel.bot_messages();
    let answers = answers.iter().filter(|message| !message.embeds().is_empty());
    assert_eq!(answers.count(), 2, "what was posted in vain is gone");
}

#[tokio::test]
async fn a_restart_in_between_forgets_nothing() {
    let (mut stage, mo) = stage().await;
    told(&stage, &mo, "/mythmod pin myth:1 note:Read this").await;
    let before = pinned(&stage.channel);
    stage.restart().await;
    assert!(told(&stage, &mo, "/mythmod pins").await.contains("MESSAGE"));
    told(&stage, &mo, "/mythmod pin 1").await;
    assert_eq!(pinned(&stage.channel).id(), before.id());
}

#[tokio::test]
async fn other_knowledge_edits_what_is_pinned() {
    let (mut stage, mo) = stage().await;
    told(&stage, &mo, "/mythmod pin myth:1 note:Read this").await;
    let pin = pinned(&stage.channel);
    // One of them is gone; it holds nothing up.
    stage.guild.text_channel("news");
    told(&stage, &mo, "/mythmod pin myth:1 channel:news").await;
    stage.sql("UPDATE pins SET message_id = 1 WHERE note = ''").await;
    stage.discord.expect_refusal(10008);
    stage.restart_with(moon_corrected()).await;
    let now = pin.until("the answer to be corrected", |now| now.text().contains("basalt")).await;
    assert!(now.text().contains("Read this"));
    // Once is enough.
    let mark = stage.discord.mark();
    stage.restart_with(moon_corrected()).await;
    let edits = || {
        let requests = stage.discord.requests_since(mark);
        requests.iter().filter(|request| request.name().starts_with("PATCH /channels")).count()
    };
    stage.says(CLAIM).await.replies().await_one().await;
    assert_eq!(edits(), 0);
    // An answer that is gone stays as it is.
    stage.restart_with(moon_without_cheese()).await;
    let list = told(&stage, &mo, "/mythmod pins").await;
    assert!(list.contains("no longer an answer"), "{list}");
    assert!(pin.text().contains("basalt"));
    told(&stage, &mo, "/mythmod unpin moon-cheese").await;
    assert!(!pin.is_pinned());
}
