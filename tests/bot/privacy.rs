//! What the bot keeps, and how people are left alone.

use std::time::Duration;

use loopback_discord::Permissions;
use mythbot::discord::Heard;
use mythbot::policy::Reason;

use crate::memory::Memory;
use crate::shown::Shown as _;
use crate::stage::Stage;

const CLAIM: &str = "the moon is made of cheese";

#[tokio::test]
async fn anybody_can_ask_what_is_kept() {
    let stage = Stage::new().await;
    let told = stage.ann.runs(&stage.channel, "/myth privacy").await;
    insta::assert_snapshot!(told.shown(), @r"
    (for one person)
    # What this bot keeps
    It reads messages only to compare them with the claims it knows, on the computer on which it runs. **It keeps no text of messages**, nor does it log any. The rest is in a file on that computer, and is given to nobody.
    ## Kept for 90 days
    - Of each message that it answered or showed to moderators: the ids of the message, its channel, server and author, which answer, why (names of phrases, scores), and what became of it.
    - How often it spoke or kept silent in a server, by day and answer. Never by person.
    - Who changed which setting.
    ## Kept until moderators change it
    What they set: settings, exempt people and roles, phrases of their server, pinned answers and the notes to them.
    ## Shown, not kept
    Where a server has a review channel, its moderators may see the beginning of a message there. Discord keeps that, the bot does not.
    ## If you want to be left alone
    `/myth optout`: the bot then ignores what you write, in every server and in direct messages. For that it keeps your id, until you use `/myth optin`.
    ## When the bot is removed from a server
    What is kept about the server is deleted 30 days later, unless the bot comes back.
    ## Who runs it
    app-owner, to whom its application on Discord belongs. Who answers for the texts stands in `/myth about`.
    ");
    let told = stage.ann.dms_command("/myth privacy").await;
    assert_eq!(told.embed().title.as_deref(), Some("What this bot keeps"));
}

#[tokio::test]
async fn who_opts_out_is_left_alone_until_they_opt_in() {
    let mut stage = Stage::new().await;
    let told = stage.ann.runs(&stage.channel, "/myth optout").await;
    insta::assert_snapshot!(told.shown(), @r"
    (for one person)
    The bot now ignores what you write, in every server and in direct messages. Commands still work for you. `/myth optin` takes this back.
    ");
    let message = stage.says(CLAIM).await;
    assert_eq!(stage.heard(&message).await, Heard::Silent(Reason::OptedOut));
    // Everywhere, but nobody else.
    let elsewhere = stage.discord.guild("Elsewhere");
    stage.ann.joins(&elsewhere).await;
    let message = stage.hears(&stage.ann, &elsewhere.text_channel("talk"), CLAIM).await;
    assert_eq!(stage.heard(&message).await, Heard::Silent(Reason::OptedOut));
    let bob = stage.guild.member("Bob");
    stage.hears(&bob, &stage.channel, CLAIM).await.replies().await_one().await;
    let told = stage.ann.runs(&stage.channel, "/myth optout").await;
    insta::assert_snapshot!(told.shown(), @r"
    (for one person)
    The bot already ignores what you write, in every server and in direct messages. `/myth optin` takes this back.
    ");
    stage.restart().await;
    let message = stage.says(CLAIM).await;
    assert_eq!(stage.heard(&message).await, Heard::Silent(Reason::OptedOut));
    // In direct messages with the bot, too.
    let told = stage.ann.dms_command("/myth optin").await;
    insta::assert_snapshot!(told.shown(), @r"
    (for one person)
    The bot no longer ignores what you write: it may answer again. `/myth optout` takes this back.
    ");
    stage.says(CLAIM).await.replies().await_one().await;
    let told = stage.ann.dms_command("/myth optin").await;
    insta::assert_snapshot!(told.shown(), @r"
    (for one person)
    The bot does not ignore what you write. `/myth optout` is how you tell it to.
    ");
}

#[tokio::test]
async fn a_server_that_was_left_is_forgotten_after_thirty_days() {
    let mut stage = Stage::new().await;
    stage.says(CLAIM).await.replies().await_one().await;
    let guild = stage.guild.id().to_string().parse().expect("a number");
    let store = stage.store().await;
    let now = stage.discord.clock().now().as_millisecond();
    stage.guild.kicks_bot().await;
    store.left(guild, now).await.expect("noted");
    stage.discord.advance(Duration::from_hours(29 * 24));
    stage.restart().await;
    assert!(store.settings(guild).await.expect("asked").is_some());
    stage.discord.advance(Duration::from_hours(2 * 24));
    stage.restart().await;
    // It forgets while it starts.
    let forgotten = async {
        while store.settings(guild).await.expect("asked").is_some() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), forgotten).await.expect("forgotten");
}

#[tokio::test]
async fn no_text_is_kept_whatever_people_do() {
    let mut stage = Stage::with_a_folder().await;
    stage.discord.act(|world| world.application.owner_id = stage.ann.id());
    let moderators = stage.guild.role("moderators", Permissions::ADMINISTRATOR);
    stage.ann.gets(&moderators).await;
    let texts = [
        "honestly, THE MOON IS MADE OF CHEESE, said my uncle Vigdis Quarterstaff",
        "nobody who was sober thinks the moon is made of cheese",
        "was the moon landing staged, asks Ignatius Plumbottom?",
        "good morning everybody, zwetschgenkuchen for all",
        "the moon is made of cheesse and 🦇 bats\nlive in it",
    ];
    for text in texts {
        let message = stage.says(text).await;
        stage.heard(&message).await;
    }
    let message = stage.says("surely the moon is made of cheese, Bartholomew").await;
    let reply = message.replies().await_one().await;
    stage.heard(&message).await;
    stage.ann.clicks(&reply, "Why this reply?").await;
    stage.ann.clicks(&reply, "Details").await;
    for line in ["/myth ask", "/myth show"] {
        let claim = "is the moon perhaps made of cheese, Hildegard?";
        stage.remembers(claim);
        stage.ann.runs(&stage.channel, &format!("{line} {claim}")).await;
    }
    stage.ann.opens_menu(&message, "Check this message").await;
    stage.edits("moon-cheese/en.toml", "All samples are rock.", "All samples are basalt.");
    stage.ann.runs(&stage.channel, "/mythmod reload").await;
    reply.until("it is corrected", |message| message.text().contains("basalt")).await;
    message.edit("never mind, Bartholomew, it is rock").await;
    stage.remembers("never mind, Bartholomew, it is rock");
    stage.ann.runs(&stage.channel, "/mythmod stats").await;
    stage.ann.runs(&stage.channel, "/mythconfig mode mode:review: ask moderators first").await;
    let asked = stage.says("the moon is made of cheese, Cunigunde insists").await;
    stage.heard(&asked).await;
    stage.ann.deletes(&message).await;
    stage.ann.runs(&stage.channel, "/myth optout").await;
    let ignored = stage.says("the moon is made of cheese, and nobody listens to Wolfram").await;
    stage.heard(&ignored).await;
    stage.restart().await;
    assert_eq!(stage.kept(), [""; 0]);
    // The stage looks once more when it ends, as that of every story does.
}

#[test]
fn what_is_kept_is_found() {
    let memory = Memory::new();
    memory.remember("Wolfram likes cheese");
    memory.remember("Cunigunde does not");
    std::fs::write(memory.path().join("a-wal"), "\0wolfram LIKES cheese\0").expect("written");
    assert_eq!(memory.kept(), ["Wolfram likes cheese"]);
    std::fs::remove_file(memory.path().join("a-wal")).expect("removed");
}
