//! *Check this message*, in the menu of a message.

use loopback_discord::World;
use loopback_discord::world::{Embed, MessageDraft};

use crate::shown::Shown as _;
use crate::stage::{Stage, moon};

const MENU: &str = "Check this message";

#[tokio::test]
async fn a_message_with_a_claim() {
    let stage = Stage::new().await;
    let other = stage.guild.other_bot("Otherbot");
    let message = other.says(&stage.channel, "the **moon** is made of cheese").await;
    let checked = stage.ann.opens_menu(&message, MENU).await;
    insta::assert_snapshot!(checked.shown(), @r#"
    (for one person)
    This message states the claim below: the moon is cheese \(score 0.85, a reply needs 0.70\).
    # The moon is made of rock
    **The claim:** The moon is made of cheese.

    **Verdict: False.** All samples are rock.

    The moon is rock. By December 1972, 382 kg of it had been brought home.
    ## What has changed
    Nothing of note.
    ## What is disputed
    How the moon came to be is disputed.
    ## Sources
    - [Moon cheese](https://cheese.example/moon), Cheese Board (primary source, party to the dispute)
    - [What the rocks are](https://rocks.example/moon), Rock Review (independent)
    -- As of 4 November 2026 · Moon Museum
    [ Details ]
    "#);
}

#[tokio::test]
async fn a_message_that_rejects_the_claim() {
    let stage = Stage::new().await;
    let message = stage.says("that the moon is made of cheese is a myth, @everyone").await;
    let checked = stage.ann.opens_menu(&message, MENU).await;
    insta::assert_snapshot!(checked.shown(), @r"
    (for one person)
    # Why the bot kept silent
    It said nothing: a claim was found, but the claim is rejected \(“myth”\).
    ## What was found
    - **the moon is cheese**, in the words “moon … cheese”. It does not count: the claim is rejected \(“myth”\)
    ## What the message does
    It rejects the claim, quotes it to refute it, or makes fun of it. Then there is nothing to answer.
    ## How sure
    0.00 of 1, because what was found (worth 0.85) does not count. From 0.70 on the bot replies, from 0.40 on it shows moderators the message.
    ## What would have changed it
    - Without “myth”, the bot would have replied with answer 1.
    [ 1. The moon is made of rock ]
    ");
    let picked = stage.ann.clicks(&checked, "1. The moon is made of rock").await;
    assert!(picked.is_ephemeral());
}

#[tokio::test]
async fn a_message_about_something_else() {
    let stage = Stage::new().await;
    let message = stage.says("good morning").await;
    let checked = stage.ann.opens_menu(&message, MENU).await;
    insta::assert_snapshot!(checked.shown(), @r#"
    (for one person)
    # Why the bot kept silent
    None of the 2 claims was found in the message.
    ## What the message does
    It neither states nor asks any of the claims.
    ## How sure
    0.00 of 1. From 0.70 on the bot replies, from 0.40 on it shows moderators the message.
    ## What would have changed it
    Words that put one of the claims. `/myth list` shows which they are.
    "#);
}

#[tokio::test]
async fn a_message_without_text() {
    let stage = Stage::new().await;
    let embed = Embed { description: Some("a picture".to_owned()), ..Embed::default() };
    let draft = MessageDraft { embeds: vec![embed], ..MessageDraft::default() };
    let message = stage.ann.posts(&stage.channel, draft).await;
    let checked = stage.ann.opens_menu(&message, MENU).await;
    insta::assert_snapshot!(checked.shown(), @r#"
    (for one person)
    There is no text in this message.
    "#);
}

#[tokio::test]
async fn without_the_message_content_intent() {
    let stage = Stage::with(World::new().without_message_content(), moon()).await;
    let message = stage.says("the moon is made of cheese").await;
    let checked = stage.ann.opens_menu(&message, MENU).await;
    assert_eq!(checked.embed().title.as_deref(), Some("The moon is made of rock"));
}

#[tokio::test]
async fn where_the_bot_is_not() {
    let stage = Stage::new().await;
    let elsewhere = stage.discord.guild_without_bot("Elsewhere");
    let channel = elsewhere.text_channel("general");
    let bob = elsewhere.member("Bob");
    bob.installs_app();
    assert_eq!(bob.sees_message_menu(&channel), [MENU]);
    let message = bob.says(&channel, "the moon is made of cheese").await;
    let checked = bob.opens_menu(&message, MENU).await;
    assert_eq!(checked.embed().title.as_deref(), Some("The moon is made of rock"));
}
