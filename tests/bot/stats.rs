//! `/mythmod stats`.

use loopback_discord::Permissions;

use crate::shown::Shown as _;
use crate::stage::Stage;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

async fn with_a_moderator() -> Stage {
    let stage = Stage::new().await;
    let moderators = stage.guild.role("moderators", Permissions::PIN_MESSAGES);
    stage.ann.gets(&moderators).await;
    stage
}

/// What was counted in the stage's server: days ago, answer, outcome, how often.
async fn counts(stage: &Stage, counted: &[(i64, &str, &str, u32)]) {
    let store = stage.store().await;
    let guild = stage.guild.id().to_string().parse().expect("a number");
    let today = stage.discord.clock().now().as_millisecond().div_euclid(DAY_MS);
    for (ago, answer, outcome, times) in counted {
        for _ in 0..*times {
            store.count(guild, today - ago, answer, outcome).await.expect("counted");
        }
    }
}

#[tokio::test]
async fn a_moderator_sees_what_the_bot_did() {
    let stage = with_a_moderator().await;
    let counted = [
        (99, "moon-cheese", "replied", 9),
        (20, "moon-cheese", "replied", 2),
        (8, "moon-cheese", "denied", 5),
        (1, "moon-cheese", "asked", 3),
        (1, "moon-cheese", "declined", 2),
        (0, "moon-landing", "replied", 1),
        (0, "moon-landing", "dismissed", 1),
        (0, "moon-landing", "channel-cooldown", 2),
        (0, "an-older-answer", "withdrawn", 1),
        (0, "an-older-answer", "replied", 1),
    ];
    counts(&stage, &counted).await;
    let told = stage.ann.runs(&stage.channel, "/mythmod stats").await;
    insta::assert_snapshot!(told.shown(), @r"
    (for one person)
    # The last 28 days in this server
    The bot replied 4 times, showed moderators 3 messages, and passed over a claim in silence 7 times. 1 reply was dismissed as not relevant.
    ## 1. The moon is made of rock
    ```
    from    reply asked dism. silent
    28 Oct      0     0     0      0
    4 Nov       2     0     0      0
    11 Nov      0     0     0      5
    18 Nov      0     3     0      0
    in all      2     3     0      5
    ```
    ## 2. People were on the moon
    ```
    from    reply asked dism. silent
    28 Oct      0     0     0      0
    4 Nov       0     0     0      0
    11 Nov      0     0     0      0
    18 Nov      1     0     1      2
    in all      1     0     1      2
    ```
    ## an-older-answer
    ```
    from    reply asked dism. silent
    28 Oct      0     0     0      0
    4 Nov       0     0     0      0
    11 Nov      0     0     0      0
    18 Nov      1     0     0      0
    in all      1     0     0      0
    ```
    ## What became of it
    - Moderators decided against an answer 2 times
    - A reply was withdrawn with its message once
    ## Why it passed over a claim
    - 5 × it rejects the claim
    - 2 × the bot spoke in this channel not long ago
    -- Counted by day and answer, never by person
    ");
    assert_eq!(told.message().get().attachments, ["stats.png"]);
    let requests = stage.discord.requests();
    let posted = requests.iter().rev().find(|request| request.name().contains("/webhooks/"));
    let body = &posted.expect("a follow-up").body;
    assert_eq!(body["embeds"][0]["image"]["url"], "attachment://stats.png");
    let alt_text = body["attachments"][0]["description"].as_str().expect("words for the picture");
    insta::assert_snapshot!(alt_text, @"Bars by week for each answer: replies, messages shown to moderators, dismissed replies, and claims that were passed over in silence. 1. The moon is made of rock: 2, 3, 0, 5. 2. People were on the moon: 1, 0, 1, 2. an-older-answer: 1, 0, 0, 0.");
}

#[tokio::test]
async fn fewer_or_more_days() {
    let stage = with_a_moderator().await;
    counts(&stage, &[(60, "moon-cheese", "replied", 2), (6, "moon-cheese", "replied", 1)]).await;
    let told = stage.ann.runs(&stage.channel, "/mythmod stats days:7").await;
    insta::assert_snapshot!(told.shown(), @r"
    (for one person)
    # The last 7 days in this server
    The bot replied once, showed moderators no message, and passed over a claim in silence never. No reply was dismissed as not relevant.
    ## 1. The moon is made of rock
    ```
    from    reply asked dism. silent
    18 Nov      1     0     0      0
    ```
    -- Counted by day and answer, never by person
    ");
    let told = stage.ann.runs(&stage.channel, "/mythmod stats days:90").await;
    assert!(told.text().contains("The bot replied 3 times"), "{}", told.text());
}

#[tokio::test]
async fn a_server_in_which_nothing_happened_gets_a_sentence() {
    let stage = with_a_moderator().await;
    let told = stage.ann.runs(&stage.channel, "/mythmod stats").await;
    insta::assert_snapshot!(told.shown(), @r"
    (for one person)
    # The last 28 days in this server
    The bot has not found any of its claims here.
    -- Counted by day and answer, never by person
    ");
    assert!(told.message().get().attachments.is_empty());
}

#[tokio::test]
async fn members_have_no_such_command() {
    let stage = Stage::new().await;
    assert!(!stage.ann.sees_commands(&stage.channel).contains(&"mythmod".to_owned()));
    let tried = stage.ann.tries(&stage.channel, "/mythmod stats").await;
    tried.expect_err("Discord does not offer it");
}
