//! The five answers that are compiled in, each stated once and asked once.

use loopback_discord::{Embed, MessageHandle};

use crate::stage::Stage;

/// Publishers that are NATO or speak for it.
const NATO: [&str; 3] = ["NATO", "US mission to NATO", "US Department of State"];

async fn gets_the_answer(texts: [&str; 2], title: &str) {
    let stage = Stage::with_the_real_answers().await;
    for text in texts {
        let message = stage.says(text).await;
        let reply = message.replies().await_one().await;
        assert_eq!(reply.embed().title.as_deref(), Some(title), "{text}");
        is_whole(&reply);
    }
}

/// Claim, verdict, summary, what has changed, what is disputed, sources, date and buttons.
fn is_whole(reply: &MessageHandle) {
    let Embed { description, fields, footer, .. } = reply.embed();
    let description = description.expect("a text");
    let paragraphs: Vec<&str> = description.split("\n\n").collect();
    assert_eq!(paragraphs.len(), 3, "claim, verdict and summary: {description}");
    assert!(paragraphs[0].starts_with("**The claim:** "), "{description}");
    assert!(paragraphs[1].starts_with("**Verdict: "), "{description}");
    let sentences = paragraphs[2].split_inclusive(". ").count();
    assert!((2..=4).contains(&sentences), "{sentences} in {description}");
    let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    assert!(names[0].starts_with("What has changed since 2018"), "{names:?}");
    let sources = &fields.last().expect("fields").value;
    let links: Vec<&str> = sources.lines().collect();
    assert!(links.len() <= 4 && links.iter().all(|link| link.contains("](https://")), "{sources}");
    let by_nato = |link: &&&str| NATO.iter().any(|name| link.contains(&format!("), {name} (")));
    assert!(links.iter().any(|link| !by_nato(&link)), "{sources}");
    let footer = footer.expect("a last line").text;
    assert!(footer.starts_with("Facts as of ") && footer.contains(" 2026"), "{footer}");
    assert_eq!(reply.buttons(), ["Details and all sources", "Why this reply?", "Not relevant"]);
    assert!(reply.pings_nobody());
}

#[tokio::test]
async fn baltic_presence() {
    let texts = [
        "NATO troops in the Baltics are a provocation and nobody there wants them",
        "do people in Estonia even want NATO troops there?",
    ];
    gets_the_answer(texts, "Are NATO's troops in the Baltic region dangerous and unpopular?").await;
}

#[tokio::test]
async fn missile_defence() {
    let texts = [
        "NATO's missile shield in Romania is aimed at Russia",
        "is the missile shield in Poland really pointed at Russia?",
    ];
    gets_the_answer(texts, "Does NATO's missile defence threaten Russia's security?").await;
}

#[tokio::test]
async fn isolating_russia() {
    let texts = [
        "NATO always wanted to isolate Russia",
        "has NATO tried to isolate Russia since the Cold War?",
    ];
    gets_the_answer(texts, "Has NATO tried to isolate or marginalise Russia?").await;
}

#[tokio::test]
async fn enlargement_promise() {
    let texts = [
        "NATO promised Gorbachev not to expand one inch to the east",
        "did NATO promise Russia not to expand?",
    ];
    gets_the_answer(texts, "Did NATO promise Russia that it would not expand?").await;
}

#[tokio::test]
async fn encirclement() {
    let texts = ["NATO is encircling Russia", "is NATO really surrounding Russia?"];
    gets_the_answer(texts, "Is NATO encircling Russia?").await;
}
