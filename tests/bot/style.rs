//! How the bot speaks: in full or in a sentence, in the channel or in a thread, to all or to one.

use loopback_discord::Permissions;
use mythbot::discord::Heard;

use crate::shown::Shown as _;
use crate::stage::Stage;

const CLAIM: &str = "the moon is made of cheese";
const SHORT: &str = "/mythconfig style length:short";
const THREAD: &str = "/mythconfig style place:thread";
const OPEN: &str = "POST /channels/{channel_id}/messages/{message_id}/threads";

impl Stage {
    /// How often the bot tried to open a thread.
    fn threads_tried(&self) -> usize {
        self.discord.requests().iter().filter(|request| request.name() == OPEN).count()
    }
}

#[tokio::test]
async fn a_reply_in_a_sentence() {
    let stage = Stage::new().await;
    insta::assert_snapshot!(stage.sets(SHORT).await, @r"
    (for one person)
    From now on, replies are given in a sentence.
    ");
    let reply = stage.says(CLAIM).await.replies().await_one().await;
    insta::assert_snapshot!(reply.shown(), @r"
    # The moon is made of rock
    **Verdict: False.** All samples are rock.
    -- As of 4 November 2026 · Moon Museum
    [ Details ]
    [ Why this reply? ]
    [ Not relevant ]
    ");
    let details = stage.ann.clicks(&reply, "Details").await;
    assert!(details.is_ephemeral());
    assert!(details.shown().contains("## Sources"));
}

#[tokio::test]
async fn a_reply_in_a_thread() {
    let mut stage = Stage::new().await;
    insta::assert_snapshot!(stage.sets(THREAD).await, @r"
    (for one person)
    From now on, replies stand in a thread on the message. Where the bot may not open threads, and where a message is in a thread already, it replies under the message.
    ");
    let message = stage.says(CLAIM).await;
    assert!(matches!(stage.heard(&message).await, Heard::Replied { .. }));
    // Nothing but the message stands in the channel.
    assert_eq!(stage.channel.messages().len(), 1);
    let thread = message.thread();
    assert_eq!(thread.name(), "The moon is made of rock");
    let reply = thread.bot_messages().pop().expect("a reply");
    // Why and details work there, too, and after a restart.
    stage.restart().await;
    assert!(reply.pings_nobody());
    let why = stage.ann.clicks(&reply, "Why this reply?").await;
    assert!(why.shown().contains("in the words"), "{}", why.shown());
}

#[tokio::test]
async fn a_thread_that_is_there_already() {
    let mut stage = Stage::new().await;
    stage.sets(THREAD).await;
    // Somebody was faster than the bot.
    stage.discord.expect_refusal(160_004);
    stage.sets("/mythconfig mode off").await;
    let message = stage.says(CLAIM).await;
    stage.heard(&message).await;
    let thread = stage.ann.opens_thread(&message, "Cheese").await;
    stage.sets("/mythconfig mode reply").await;
    message.is_told_again().await;
    assert!(matches!(stage.heard(&message).await, Heard::Replied { .. }));
    assert_eq!(thread.bot_messages().len(), 1);
}

#[tokio::test]
async fn no_thread_in_a_thread() {
    let mut stage = Stage::new().await;
    stage.sets(THREAD).await;
    let start = stage.says("let us talk").await;
    let thread = stage.ann.opens_thread(&start, "Talk").await;
    let message = stage.ann.says(&thread, CLAIM).await;
    assert!(matches!(stage.heard(&message).await, Heard::Replied { .. }));
    message.replies().await_one().await;
    assert_eq!(stage.threads_tried(), 0);
}

#[tokio::test]
async fn where_it_may_open_none_it_replies_in_the_channel() {
    let mut stage = Stage::new().await;
    stage.sets(THREAD).await;
    stage.channel.deny_bot(Permissions::CREATE_PUBLIC_THREADS);
    stage.discord.expect_refusal(50013);
    stage.says(CLAIM).await.replies().await_one().await;
    // It does not ask again for a while.
    let message = stage.says(CLAIM).await;
    message.replies().await_one().await;
    stage.heard(&message).await;
    assert_eq!(stage.threads_tried(), 1);
}

#[tokio::test]
async fn where_it_may_not_write_in_threads_it_replies_in_the_channel() {
    let stage = Stage::new().await;
    stage.sets(THREAD).await;
    stage.channel.deny_bot(Permissions::SEND_MESSAGES_IN_THREADS);
    stage.discord.expect_refusal(50013);
    stage.says(CLAIM).await.replies().await_one().await;
}

#[tokio::test]
async fn direct_messages_have_no_threads() {
    let mut stage = Stage::new().await;
    stage.sets(THREAD).await;
    let message = stage.ann.dms(CLAIM).await;
    assert!(matches!(stage.heard(&message).await, Heard::Replied { .. }));
    message.replies().await_one().await;
}

#[tokio::test]
async fn who_sees_what_commands_answer_is_a_setting() {
    let stage = Stage::new().await;
    let sees = async |line: &str| stage.ann.runs(&stage.channel, line).await.is_public();
    let (show, ask) = ("/myth show moon-cheese", "/myth ask is the moon made of cheese");
    assert_eq!((sees(show).await, sees(ask).await), (true, false));
    stage.sets("/mythconfig style commands:public").await;
    assert_eq!((sees(show).await, sees(ask).await), (true, true));
    stage.sets("/mythconfig style commands:private").await;
    assert_eq!((sees(show).await, sees(ask).await), (false, false));
    // Whoever chooses, chooses.
    assert!(sees("/myth ask text:is the moon made of cheese public:true").await);
    insta::assert_snapshot!(stage.sets("/mythconfig style").await, @r"
    (for one person)
    Please choose what to change: `length`, `place` or `commands`.
    ");
}
