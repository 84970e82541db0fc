//! `/mythmod why`: every step of a decision, for those who moderate.

use loopback_discord::{InteractionResult, MessageHandle, Permissions, Person};
use mythbot::discord::Heard;
use mythbot::policy::settings::Mode;

use crate::review::{Asked, link};
use crate::shown::Shown as _;
use crate::stage::Stage;

const CLAIM: &str = "the moon is made of cheese";

async fn why(stage: &Stage, who: &Person, message: &MessageHandle) -> InteractionResult {
    let link = link(stage, message);
    who.runs(&stage.channel, &format!("/mythmod why {link}")).await
}

/// The first line of the explanation.
fn decision(shown: &InteractionResult) -> String {
    shown.embed().description.clone().unwrap_or_default()
}

fn field(shown: &InteractionResult, name: &str) -> String {
    let mut fields = shown.embed().fields.iter();
    fields.find(|field| field.name == name).map(|field| field.value.clone()).unwrap_or_default()
}

#[tokio::test]
async fn every_step_of_a_silence() {
    let mut stage = Stage::new().await;
    let mo = stage.moderator("Mo").await;
    let message = stage.says("the moon is not made of cheese, @everyone").await;
    stage.heard(&message).await;
    let mark = stage.discord.mark();
    let why = why(&stage, &mo, &message).await;
    insta::assert_snapshot!(why.shown(), @r"
    (for one person)
    # The decision on this message, taken again
    The bot would keep silent: it rejects the claim.
    ## What became of it
    It has no reply, and moderators were not asked.
    ## Who wrote it
    A person.
    ## What is set there
    Mode **reply**: it speaks by itself. That is set for the whole server.
    Sensitivity **normal**: claims above the threshold get a reply.
    ## Phrases of this server
    It says no words that moderators have set.
    ## How often it spoke
    No cooldown holds it back.
    ## What it may do there
    All that a reply needs.
    ## What was read
    It said nothing: a claim was found, but the claim is negated \(“not”\).
    ## What was found
    - **the moon is cheese**, in the words “moon … cheese”. It does not count: the claim is negated \(“not”\)
    ## What the message does
    It rejects the claim, quotes it to refute it, or makes fun of it. Then there is nothing to answer.
    ## How sure
    0.00 of 1, because what was found (worth 0.85) does not count. From 0.70 on the bot replies, from 0.40 on it shows moderators the message.
    ## What would have changed it
    - Without “not”, the bot would have replied with answer 1.
    -- Nothing was done: this only explains.
    ");
    assert!(why.pings_nobody() && why.was_deferred());
    // It is dry: nothing is posted in the channel.
    let posts = stage.discord.requests_since(mark);
    assert!(posts.iter().all(|request| !request.name().ends_with("/messages")), "{posts:?}");
    assert!(message.replies().all().is_empty());
}

#[tokio::test]
async fn a_reply_is_linked_and_so_is_what_became_of_it() {
    let stage = Stage::with_cooldowns().await;
    let mo = stage.moderator("Mo").await;
    let message = stage.says(CLAIM).await;
    let reply = message.replies().await_one().await;
    let told = why(&stage, &mo, &message).await;
    assert!(decision(&told).starts_with("This message was answered already"), "{}", told.shown());
    assert!(field(&told, "What became of it").contains(&link(&stage, &reply)), "{}", told.shown());
    // Its own reply holds nothing back.
    assert_eq!(field(&told, "How often it spoke"), "No cooldown holds it back.");
    stage.ann.clicks(&reply, "Not relevant").await;
    let told = why(&stage, &mo, &message).await;
    assert!(field(&told, "What became of it").ends_with("Somebody took it back as not relevant."));
}

#[tokio::test]
async fn a_cooldown_and_how_long_still() {
    let mut stage = Stage::with_cooldowns().await;
    let mo = stage.moderator("Mo").await;
    stage.says(CLAIM).await.replies().await_one().await;
    let message = stage.says(CLAIM).await;
    stage.heard(&message).await;
    let told = why(&stage, &mo, &message).await;
    insta::assert_snapshot!(decision(&told), @"The bot would keep silent for now: the same answer was given in this channel not long ago, 30 minutes left. Then it would reply with answer 1, **The moon is made of rock** (`moon-cheese`).");
}

#[tokio::test]
async fn what_is_set_and_what_is_missing() {
    let stage = Stage::new().await;
    let mo = stage.moderator("Mo").await;
    let role = stage.guild.role("Quiet", Permissions::NONE);
    stage.ann.gets(&role).await;
    let id = mythbot::policy::settings::Id(role.id().get());
    stage
        .set_up(|settings| {
            settings.mode = Mode::Off;
            settings.exempt_roles.insert(id);
        })
        .await;
    stage.channel.deny_bot(Permissions::SEND_MESSAGES);
    let message = stage.says(CLAIM).await;
    let told = why(&stage, &mo, &message).await;
    let shown = told.shown().replace(&role.id().to_string(), "ROLE");
    let shown = shown.split("## What was found").next().unwrap_or_default();
    insta::assert_snapshot!(shown, @r"
    (for one person)
    # The decision on this message, taken again
    The bot would keep silent: its author, or a role of theirs, is exempt in this server.
    ## What became of it
    It has no reply, and moderators were not asked.
    ## Who wrote it
    A person.
    Their role <@&ROLE> is exempt (`/mythconfig exempt`).
    ## What is set there
    Mode **off**: it keeps silent. That is set for the whole server.
    Sensitivity **normal**: claims above the threshold get a reply.
    ## Phrases of this server
    It says no words that moderators have set.
    ## How often it spoke
    No cooldown holds it back.
    ## What it may do there
    Missing: *Send Messages*. Give it that in the channel.
    ");
}

#[tokio::test]
async fn in_threads() {
    let stage = Stage::new().await;
    let mo = stage.moderator("Mo").await;
    let start = stage.says("let us talk").await;
    let thread = stage.ann.opens_thread(&start, "Talk").await;
    let message = stage.ann.says(&thread, CLAIM).await;
    message.replies().await_one().await;
    stage.channel.deny_bot(Permissions::SEND_MESSAGES_IN_THREADS);
    let told = why(&stage, &mo, &message).await;
    insta::assert_snapshot!(field(&told, "What it may do there"), @"Missing: *Send Messages in Threads*. Give it that in the channel.");
}

#[tokio::test]
async fn what_moderators_were_asked() {
    let mut asked = Asked::new(Mode::Review).await;
    let (message, card) = asked.card(CLAIM).await;
    let told = why(&asked.stage, &asked.mo, &message).await;
    assert!(decision(&told).starts_with("The bot would ask moderators in <#"), "{}", told.shown());
    let became = field(&told, "What became of it");
    assert!(became.contains(&link(&asked.stage, &card)), "{became}");
    assert!(became.ends_with("Nobody has decided yet."), "{became}");
    asked.mo.clicks(&card, "Not this one").await;
    let told = why(&asked.stage, &asked.mo, &message).await;
    let decided = format!("{} chose *Not this one*.", asked.mo.mention());
    assert!(field(&told, "What became of it").ends_with(&decided), "{}", told.shown());
}

#[tokio::test]
async fn messages_of_bots_and_of_the_bot_itself() {
    let mut stage = Stage::new().await;
    let mo = stage.moderator("Mo").await;
    let other = stage.guild.other_bot("Otherbot");
    let message = other.says(&stage.channel, CLAIM).await;
    assert!(matches!(stage.heard(&message).await, Heard::Silent(_)));
    let told = why(&stage, &mo, &message).await;
    assert_eq!(decision(&told), "The bot would keep silent: a bot wrote it.");
    let webhook = stage.guild.webhook("News");
    let message = webhook.says(&stage.channel, CLAIM).await;
    let told = why(&stage, &mo, &message).await;
    assert_eq!(decision(&told), "The bot would keep silent: a webhook wrote it.");
    let reply = stage.says(CLAIM).await.replies().await_one().await;
    let told = why(&stage, &mo, &reply).await;
    assert_eq!(decision(&told), "The bot would keep silent: this bot wrote it.");
}

#[tokio::test]
async fn links_that_cannot_be_followed_get_a_sentence() {
    let stage = Stage::new().await;
    let mo = stage.moderator("Mo").await;
    let (guild, channel) = (stage.guild.id(), stage.channel.id());
    let elsewhere = stage.discord.guild("Other").text_channel("general");
    let message = stage.says("good morning").await;
    stage.ann.deletes(&message).await;
    stage.discord.expect_refusal(10008);
    stage.discord.expect_refusal(10003);
    let mut told = Vec::new();
    for link in [
        "the one above".to_owned(),
        "https://discord.com/channels/@me/1/2".to_owned(),
        format!("https://discord.com/channels/1/{channel}/2"),
        // A channel of another server, dressed up as one of this.
        format!("https://discord.com/channels/{guild}/{}/2", elsewhere.id()),
        format!("https://discord.com/channels/{guild}/5/2"),
        format!("https://discord.com/channels/{guild}/{channel}/{}", message.id()),
    ] {
        let shown = mo.runs(&stage.channel, &format!("/mythmod why {link}")).await;
        assert!(shown.is_ephemeral());
        told.push(shown.content().to_owned());
    }
    insta::assert_snapshot!(told.join("\n"), @r"
    This is no link of a message. Open the menu of the message, choose *Copy Message Link*, and paste that.
    This link is of a direct message. The bot explains messages of this server only.
    This message is in another server. Use the command there.
    There is no such channel in this server. Copy the link again.
    There is no such channel in this server. Copy the link again.
    This message is gone, or the link is cut off. Copy the link again.
    ");
}

#[tokio::test]
async fn what_the_bot_cannot_read_says_which_permission_is_missing() {
    let stage = Stage::new().await;
    let mo = stage.moderator("Mo").await;
    let message = stage.says("good morning").await;
    let named = |text: &str| text.replace(&stage.channel.id().to_string(), "CHANNEL");
    let room = stage.guild.text_channel("moderators");
    let line = format!("/mythmod why {}", link(&stage, &message));
    stage.channel.deny_bot(Permissions::READ_MESSAGE_HISTORY);
    let told = mo.runs(&room, &line).await;
    insta::assert_snapshot!(named(told.content()), @"The bot cannot read this message. Give it *Read Message History* in <#CHANNEL>.");
    stage.channel.deny_bot(Permissions::VIEW_CHANNEL);
    stage.discord.expect_refusal(50001);
    let told = mo.runs(&room, &line).await;
    insta::assert_snapshot!(named(told.content()), @"The bot cannot read this message. Give it *View Channel* in <#CHANNEL>.");
}

#[tokio::test]
async fn a_moderator_is_told_only_what_they_can_read_themselves() {
    let stage = Stage::new().await;
    let mo = stage.moderator("Mo").await;
    let secret = stage.guild.text_channel("board");
    secret.deny(&mo, Permissions::VIEW_CHANNEL);
    let message = stage.ann.says(&secret, CLAIM).await;
    let told = why(&stage, &mo, &message).await;
    insta::assert_snapshot!(told.shown(), @r"
    (for one person)
    You cannot read the channel of this message yourself (*View Channel*, *Read Message History*; in private threads *Manage Threads*), so the bot tells nothing about it.
    ");
}

#[tokio::test]
async fn members_are_not_offered_the_command() {
    let stage = Stage::new().await;
    let message = stage.says(CLAIM).await;
    let line = format!("/mythmod why {}", link(&stage, &message));
    assert!(stage.ann.tries(&stage.channel, &line).await.is_err());
}
