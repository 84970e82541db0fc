//! `/myth`, as people use it.

use crate::shown::Shown as _;
use crate::stage::Stage;

#[tokio::test]
async fn list() {
    let stage = Stage::new().await;
    let list = stage.ann.runs(&stage.channel, "/myth list").await;
    insta::assert_snapshot!(list.shown(), @r#"
    (for one person)
    # Claims about the moon
    **1.** The moon is made of rock (`moon-cheese`)
    **2.** People were on the moon (`moon-landing`)
    -- Show one with /myth show and its number, name or title
    "#);
}

#[tokio::test]
async fn show() {
    let stage = Stage::new().await;
    let shown = stage.ann.runs(&stage.channel, "/myth show moon-landing").await;
    insta::assert_snapshot!(shown.shown(), @r#"
    (for everybody)
    # People were on the moon
    **The claim:** The moon landings were staged.

    **Verdict: False.** Mirrors that were left there still send light back.

    Twelve people were there. Anybody with a laser can find the mirrors that they left.
    ## What has changed
    Nothing of note.
    ## What is disputed
    Nothing of note.
    ## Sources
    - [Mirrors on the moon](https://mirrors.example/), Light Letters (independent)
    -- As of 1 October 2026 · Moon Museum
    [ Details ]
    "#);
    let details = stage.ann.clicks(&shown, "Details").await;
    assert!(details.is_ephemeral());
}

#[tokio::test]
async fn show_takes_numbers_titles_typos_and_claims() {
    let stage = Stage::new().await;
    for name in ["2", "#2", "People were on the moon", "moon-ladning", "the moon landing was fake"]
    {
        let shown = stage.ann.runs(&stage.channel, &format!("/myth show myth:{name}")).await;
        assert_eq!(shown.embed().title.as_deref(), Some("People were on the moon"), "{name}");
        assert!(shown.is_public() && shown.pings_nobody());
    }
}

#[tokio::test]
async fn show_of_something_unknown_tells_one_person() {
    let stage = Stage::new().await;
    let shown = stage.ann.runs(&stage.channel, "/myth show myth:xylophones @everyone").await;
    insta::assert_snapshot!(shown.shown(), @r#"
    (for one person)
    # No answer found
    There is no answer for “xylophones @(gap)everyone”, and nothing close to it either. `/myth list` shows all.
    "#);
}

#[tokio::test]
async fn answers_are_offered_while_somebody_types() {
    let stage = Stage::new().await;
    let offered = async |line: &str| {
        let choices = stage.ann.types(&stage.channel, line).await;
        choices
            .iter()
            .map(|choice| format!("{} = {}", choice.name, choice.value))
            .collect::<Vec<_>>()
    };
    let all = offered("/myth show myth:").await;
    insta::assert_snapshot!(all.join("\n"), @r#"
    1. The moon is made of rock = "moon-cheese"
    2. People were on the moon = "moon-landing"
    "#);
    for begun in ["2", "moon-l", "People", "peopel", "landing was fake"] {
        assert_eq!(offered(&format!("/myth show myth:{begun}")).await[0], all[1], "{begun}");
    }
    assert_eq!(offered("/myth sources myth:ched").await, all[..1]);
    assert_eq!(offered("/myth show myth:xylophone").await, [""; 0]);
}

#[tokio::test]
async fn ask_answers_one_person() {
    let stage = Stage::new().await;
    let asked = stage.ann.runs(&stage.channel, "/myth ask is the moon made of cheese?").await;
    assert!(asked.is_ephemeral());
    assert_eq!(asked.embed().title.as_deref(), Some("The moon is made of rock"));
    assert_eq!(asked.buttons(), ["Details"]);
}

#[tokio::test]
async fn ask_answers_everybody_if_told() {
    let stage = Stage::new().await;
    let line = "/myth ask text:is the moon made of cheese? public:true";
    let asked = stage.ann.runs(&stage.channel, line).await;
    assert!(asked.is_public() && asked.pings_nobody());
}

#[tokio::test]
async fn ask_offers_what_is_close() {
    let stage = Stage::new().await;
    let asked = stage.ann.runs(&stage.channel, "/myth ask nobody was ever there").await;
    insta::assert_snapshot!(asked.shown(), @r#"
    (for one person)
    # No answer found
    There is no answer for “nobody was ever there”.
    ## Did you mean
    **2.** People were on the moon (`moon-landing`)
    [ 2. People were on the moon ]
    "#);
    let picked = stage.ann.clicks(&asked, "2. People were on the moon").await;
    assert!(picked.is_update() && picked.is_ephemeral());
    assert_eq!(picked.embed().title.as_deref(), Some("People were on the moon"));
    assert_eq!(picked.buttons(), ["Details"]);
}

#[tokio::test]
async fn what_is_picked_is_posted_if_everybody_shall_see_it() {
    let stage = Stage::new().await;
    let line = "/myth ask text:nobody was ever there public:true";
    let asked = stage.ann.runs(&stage.channel, line).await;
    assert!(asked.is_ephemeral());
    let picked = stage.ann.clicks(&asked, "2. People were on the moon").await;
    assert!(picked.is_public() && picked.pings_nobody() && !picked.is_update());
}

#[tokio::test]
async fn ask_says_when_nothing_is_close() {
    let stage = Stage::new().await;
    let asked = stage.ann.runs(&stage.channel, "/myth ask who won the **cup** @everyone").await;
    insta::assert_snapshot!(asked.shown(), @r#"
    (for one person)
    # No answer found
    There is no answer for “who won the \*\*cup\*\* @(gap)everyone”, and nothing close to it either. `/myth list` shows all.
    "#);
}

#[tokio::test]
async fn sources() {
    let stage = Stage::new().await;
    let sources = stage.ann.runs(&stage.channel, "/myth sources 1").await;
    insta::assert_snapshot!(sources.shown(), @r#"
    (for one person)
    # The moon is made of rock
    **The claim:** The moon is made of cheese.
    ## Sources
    1. [Moon cheese](https://cheese.example/moon), Cheese Board (primary source, party to the dispute)
    2. [What the rocks are](https://rocks.example/moon), Rock Review (independent)
    -- As of 4 November 2026 · Moon Museum
    "#);
}

#[tokio::test]
async fn about() {
    let stage = Stage::new().await;
    let about = stage.ann.runs(&stage.channel, "/myth about").await;
    insta::assert_snapshot!(about.shown(), @r#"
    (for one person)
    # Claims about the moon
    Common claims about the moon. Not about tides.
    ## Publisher
    Moon Museum
    ## Contact
    answers@moon.example
    ## Corrections
    A wrong answer is corrected within a week, and the change is listed.
    ## Privacy
    The bot reads messages only to compare them with the claims it knows. It stores no message text. Of each message that it answers on Discord it keeps the ids, the answer and the score for 90 days; there, `/myth privacy` says more.
    ## Verdicts
    - **False** – The evidence is against it.
    -- mythbot 0.1.0 · 2 answers of 1 November 2026
    "#);
}

#[tokio::test]
async fn all_of_it_works_in_direct_messages() {
    let stage = Stage::new().await;
    for line in
        ["/myth list", "/myth show 1", "/myth ask cheese moon", "/myth sources 1", "/myth about"]
    {
        stage.ann.dms_command(line).await;
    }
}

#[tokio::test]
async fn all_of_it_works_where_the_bot_is_not() {
    let stage = Stage::new().await;
    let elsewhere = stage.discord.guild_without_bot("Elsewhere");
    let channel = elsewhere.text_channel("general");
    let bob = elsewhere.member("Bob");
    bob.installs_app();
    assert_eq!(bob.sees_commands(&channel), ["myth"]);
    bob.runs(&channel, "/myth show 1").await;
    let with_ann = bob.dm_with(&stage.ann);
    bob.runs(&with_ann, "/myth list").await;
}

#[tokio::test]
async fn all_of_it_works_without_the_message_content_intent() {
    let world = loopback_discord::World::new().without_message_content();
    let stage = Stage::with(world, crate::stage::moon()).await;
    stage.ann.runs(&stage.channel, "/myth show 1").await;
}
