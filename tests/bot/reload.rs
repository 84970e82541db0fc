//! New answers while the bot runs.

use loopback_discord::Permissions;

use crate::shown::Shown as _;
use crate::stage::Stage;

const CHEESE: &str = "moon-cheese/en.toml";

/// The bot belongs to Ann, who may also use `/mythmod` here.
async fn with_an_owner() -> Stage {
    let stage = Stage::with_a_folder().await;
    stage.discord.act(|world| world.application.owner_id = stage.ann.id());
    moderates(&stage).await;
    stage
}

async fn moderates(stage: &Stage) {
    let moderators = stage.guild.role("moderators", Permissions::PIN_MESSAGES);
    stage.ann.gets(&moderators).await;
}

#[tokio::test]
async fn the_owner_loads_new_answers() {
    let stage = with_an_owner().await;
    stage.edits(CHEESE, "All samples are rock.", "All samples are basalt.");
    let told = stage.ann.runs(&stage.channel, "/mythmod reload").await;
    insta::assert_snapshot!(told.shown(), @r"
    (for one person)
    # The answers are loaded
    2 answers in use.
    ## Changed
    `moon-cheese`
    -- Replies of the last 30 days that say something else are being corrected
    ");
    let reply = stage.says("the moon is made of cheese").await.replies().await_one().await;
    assert!(reply.text().contains("All samples are basalt."), "{}", reply.text());
    // Nothing is different the second time.
    let told = stage.ann.runs(&stage.channel, "/mythmod reload").await;
    insta::assert_snapshot!(told.shown(), @r"
    (for one person)
    # The answers are loaded
    2 answers in use. None of them says anything else than before.
    ");
}

#[tokio::test]
async fn new_phrases_count_at_once() {
    let stage = with_an_owner().await;
    stage.edits(
        "moon-cheese/en.match.toml",
        "cheese ..4 moon\"\nstrength = \"fair\"",
        "cheese ..4 moon\"\nstrength = \"strong\"",
    );
    stage.ann.runs(&stage.channel, "/mythmod reload").await;
    stage.says("they bring cheese from the moon").await.replies().await_one().await;
}

#[tokio::test]
async fn answers_with_faults_are_refused_and_those_of_before_stay() {
    let mut stage = with_an_owner().await;
    stage.edits(CHEESE, "verdict = \"false\"", "verdict = \"@everyone\"");
    stage.edits("moon-landing/en.toml", "title = ", "titel = ");
    let told = stage.ann.runs(&stage.channel, "/mythmod reload").await;
    insta::assert_snapshot!(told.shown(), @r"
    (for one person)
    # The answers could not be loaded
    Those of before stay in use.
    - moon-cheese/en.toml\:3\: pack.toml has no verdict \`@(gap)everyone\`; write one of its verdicts\: false
    - moon-landing/en.toml\:1\: unknown field \`titel\`, expected one of \`title\`, \`claim\`, \`verdict\`, \`verdict\_note\`, \`summary\`, \`changed\`, \`disputed\`, \`details\`, \`claims\`; correct or remove this entry
    ");
    assert!(!stage.bot.reloaded().await);
    let reply = stage.says("the moon is made of cheese").await.replies().await_one().await;
    assert!(reply.text().contains("Verdict: False"), "{}", reply.text());
}

#[tokio::test]
async fn nobody_else_may_load_answers() {
    let stage = Stage::with_a_folder().await;
    moderates(&stage).await;
    stage.edits(CHEESE, "All samples are rock.", "All samples are basalt.");
    let told = stage.ann.runs(&stage.channel, "/mythmod reload").await;
    insta::assert_snapshot!(told.shown(), @r"
    (for one person)
    Only whoever runs the bot can load its answers anew: it answers in every server with the same ones. If one is wrong, `/myth about` says whom to tell.
    ");
    let reply = stage.says("the moon is made of cheese").await.replies().await_one().await;
    assert!(reply.text().contains("All samples are rock."), "{}", reply.text());
}

#[tokio::test]
async fn discord_is_asked_once_who_the_owner_is() {
    let stage = with_an_owner().await;
    for _ in 0..3 {
        stage.ann.runs(&stage.channel, "/mythmod reload").await;
    }
    let requests = stage.discord.requests();
    let asked =
        requests.iter().filter(|request| request.name() == "GET /oauth2/applications/@me").count();
    assert_eq!(asked, 1);
}

#[tokio::test]
async fn answers_that_are_compiled_in_cannot_be_loaded() {
    let stage = Stage::new().await;
    stage.discord.act(|world| world.application.owner_id = stage.ann.id());
    moderates(&stage).await;
    let told = stage.ann.runs(&stage.channel, "/mythmod reload").await;
    insta::assert_snapshot!(told.shown(), @r"
    (for one person)
    # The answers could not be loaded
    Those of before stay in use.
    - the answers are compiled into the program, and there is no folder to load; to use one, set KNOWLEDGE\_DIR and restart the bot
    ");
}

#[tokio::test]
async fn a_changed_file_is_noticed() {
    let mut stage = Stage::with_a_folder().await;
    stage.edits(CHEESE, "All samples are rock.", "All samples are basalt.");
    assert!(stage.bot.reloaded().await);
    let reply = stage.says("the moon is made of cheese").await.replies().await_one().await;
    assert!(reply.text().contains("All samples are basalt."), "{}", reply.text());
    // A second change is noticed, too, and one that is refused does no harm.
    stage.edits(CHEESE, "title = ", "titel = ");
    assert!(!stage.bot.reloaded().await);
    stage.edits(CHEESE, "titel = ", "title = ");
    assert!(stage.bot.reloaded().await);
}
