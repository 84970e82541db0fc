//! Commands are registered when they have changed, for all servers at once.

use crate::stage::Stage;
use serde_json::Value;

const REGISTER: &str = "PUT /applications/{application_id}/commands";

/// The lists of commands that were registered, oldest first.
fn registered(stage: &Stage) -> Vec<Value> {
    let requests = stage.discord.requests();
    let own = requests.into_iter().filter(|request| request.name() == REGISTER);
    own.map(|request| request.body).collect()
}

#[tokio::test]
async fn texts_in_another_language_are_registered_once() {
    let mut stage = Stage::with_a_folder().await;
    assert_eq!(registered(&stage).len(), 1);
    let text = "[commands.\"myth show\"]\nname = \"zeige\"\ndescription = \"Zeigt eine Antwort\"\n\n[verdicts]";
    stage.edits("pack.toml", r#"languages = ["en"]"#, r#"languages = ["en", "de"]"#);
    stage.copies("labels/en.toml", "labels/de.toml");
    stage.edits("labels/de.toml", "[verdicts]", text);
    stage.restart().await;
    let lists = registered(&stage);
    assert_eq!(lists.len(), 2);
    let show = &lists[1][0]["options"][1];
    assert_eq!(show["name"], "show");
    assert_eq!(show["name_localizations"]["de"], "zeige");
    assert_eq!(show["description_localizations"]["de"], "Zeigt eine Antwort");
    // Discord has them now, and says so.
    stage.restart().await;
    assert_eq!(registered(&stage).len(), 2);
}

#[tokio::test]
async fn a_changed_description_is_registered_once() {
    let mut stage = Stage::with_a_folder().await;
    stage.edits("pack.toml", "Claims about the moon", "Claims about moons");
    stage.restart().await;
    assert_eq!(registered(&stage).len(), 2);
    stage.restart().await;
    let lists = registered(&stage);
    assert_eq!(lists.len(), 2);
    assert_eq!(lists[1][0]["description"], "Claims about moons");
}
