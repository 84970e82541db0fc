//! Everything that the bot can request is what Discord takes: a tour of all that people can do, with
//! texts at Discord's limits.

use std::path::Path;

use loopback_discord::{Permissions, Person, Request, World};
use mythbot::knowledge::{self, Folder, Knowledge};
use mythbot::policy::settings::{Id, Mode};
use serde_json::{Value, json};

use crate::review::link;
use crate::stage::{Stage, moon};

const CLAIM: &str = "the moon is made of cheese";

/// The answers of `moon/` with texts as long as Discord takes them, or longer, and 28 more claims.
fn crowded() -> Knowledge {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bot/moon");
    let mut folder = Folder::open(&dir).expect("the folder");
    let file = folder.files.get_mut("moon-cheese/en.toml").expect("the file");
    let lines = file.lines().map(|line| {
        let long =
            |letters: usize| "moon cheese ".chars().cycle().take(letters).collect::<String>();
        match line.split_once(" = ").map_or("", |(key, _)| key) {
            "title" => format!("title = \"{}\"", long(255) + "!"),
            key @ ("changed" | "disputed" | "verdict_note") => {
                format!("{key} = \"{}.\"", long(1500))
            }
            key @ ("summary" | "details") => format!("{key} = \"{}.[^rocks]\"", long(4500)),
            _ => line.to_owned(),
        }
    });
    *file = lines.collect::<Vec<_>>().join("\n");
    let labels = folder.files.get_mut("labels/en.toml").expect("the file");
    *labels = labels.replace("\"Details\"", &format!("\"{}\"", "Details ".repeat(12).trim()));
    let template: Vec<(String, String)> = folder
        .files
        .iter()
        .filter_map(|(path, text)| {
            Some((path.strip_prefix("moon-landing/")?.to_owned(), text.clone()))
        })
        .collect();
    for number in 3..=30 {
        // Folder names as long as they may be make the longest ids of buttons.
        let id = format!("moon-claim-{number:02}-{}", "x".repeat(40));
        for (path, text) in &template {
            let text = text
                .replace("moon-landing", &id)
                .replace("number = 2", &format!("number = {number}"))
                .replace("People were on the moon", &format!("Claim {number} about the moon"));
            folder.files.insert(format!("{id}/{path}"), text);
        }
    }
    knowledge::load(&folder).expect("sound answers")
}

/// Everything that people and moderators can do.
async fn tour() -> Stage {
    let mut stage = Stage::with(World::new(), crowded()).await;
    stage.guild.permit_bot(Permissions::of_everyone() | Permissions::PIN_MESSAGES);
    let mo = stage.moderator("Mo").await;
    replies(&mut stage).await;
    commands(&stage).await;
    moderators(&stage, &mo).await;
    owners(&stage).await;
    reviews(&mut stage, &mo).await;
    places(&mut stage).await;
    corrections(&mut stage).await;
    stage
}

async fn replies(stage: &mut Stage) {
    let message = stage.says(CLAIM).await;
    let reply = message.replies().await_one().await;
    for label in reply.buttons() {
        stage.ann.clicks(&reply, &label).await;
    }
    assert!(!reply.exists(), "the last button takes it back");
    let edited = stage.says(CLAIM).await;
    edited.replies().await_one().await;
    edited.edit("the moon landing was fake").await;
    stage.bot.edited(&edited).await;
    edited.edit("good morning").await;
    stage.bot.edited(&edited).await;
    let deleted = stage.says(CLAIM).await;
    let reply = deleted.replies().await_one().await;
    deleted.delete().await;
    reply.until_deleted().await;
    stage.ann.dms(CLAIM).await.replies().await_one().await;
}

async fn commands(stage: &Stage) {
    for line in [
        "/myth list",
        "/myth show 1",
        "/myth show moon-landing",
        "/myth sources 1",
        "/myth about",
        "/myth privacy",
        "/myth optout",
        "/myth optin",
        "/myth ask cheese moon",
        "/myth ask text:cheese moon public:true",
    ] {
        stage.ann.runs(&stage.channel, line).await;
    }
    let choices = stage.ann.types(&stage.channel, "/myth show myth:moon").await;
    assert_eq!(choices.len(), 25, "as many as Discord takes");
    for line in
        ["/myth ask nobody was ever there", "/myth ask text:nobody was ever there public:true"]
    {
        let offered = stage.ann.runs(&stage.channel, line).await;
        stage.ann.clicks(&offered, &offered.buttons()[0]).await;
    }
    // As long as people with a subscription write.
    let long = format!("{CLAIM}{}", "!".repeat(1900));
    let message = stage.ann.says(&stage.channel, &long).await;
    stage.ann.opens_menu(&message, "Check this message").await;
}

async fn moderators(stage: &Stage, mo: &Person) {
    let message = stage.says(CLAIM).await;
    let reply = message.replies().await_one().await;
    mo.opens_menu(&reply, "Pin this answer").await;
    let note: String = "@everyone *n* [a](https://b.example) ".chars().cycle().take(300).collect();
    let why = link(stage, &message);
    for line in [
        format!("/mythmod pin myth:2 note:{note}"),
        "/mythmod pin myth:2 note:shorter".to_owned(),
        "/mythmod pins".to_owned(),
        "/mythmod unpin 2".to_owned(),
        "/mythmod unpin 1".to_owned(),
        "/mythmod answer phrase:*night* @everyone flyers with:1".to_owned(),
        "/mythmod never phrase:[our](https://b.example) mascot".to_owned(),
        "/mythmod phrases".to_owned(),
        "/mythmod forget our mascot".to_owned(),
        "/mythmod stats".to_owned(),
        "/mythmod log".to_owned(),
        "/mythmod reload".to_owned(),
        format!("/mythmod why {why}"),
    ] {
        mo.runs(&stage.channel, &line).await;
    }
    mo.types(&stage.channel, "/mythmod forget phrase:n").await;
}

async fn owners(stage: &Stage) {
    let owner = stage.guild.owner();
    let runs = async |line: &str| owner.runs(&stage.channel, line).await;
    let exported = runs("/mythconfig export").await.files().remove(0).1;
    for line in [
        "/mythconfig mode off where:general",
        "/mythconfig sensitivity open",
        "/mythconfig review",
        "/mythconfig cooldown channel 0",
        "/mythconfig style length:short",
        "/mythconfig exempt action:add user:Ann",
        "/mythconfig show",
        "/mythconfig show channel:general",
    ] {
        // What choices are called is the bot's affair; what cannot be typed is passed over elsewhere.
        if let Ok(pending) = owner.tries(&stage.channel, line).await {
            pending.answer().await;
        }
    }
    let reset = runs("/mythconfig reset").await;
    owner.clicks(&reset, "Set everything back").await;
    let file = owner.uploads("settings.json", exported);
    runs(&format!("/mythconfig import {file}")).await;
}

async fn reviews(stage: &mut Stage, mo: &Person) {
    let room = stage.guild.text_channel("moderators");
    let id = Id(room.id().get());
    stage
        .set_up(|settings| {
            settings.review_channel = Some(id);
            settings.mode = Mode::Review;
        })
        .await;
    stage.restart_with(crowded()).await;
    for label in ["Post it", "Not this one", "Never for this phrase"] {
        stage.says(&format!("@everyone {CLAIM}")).await;
        let card = room.next_bot_message().await;
        mo.clicks(&card, label).await;
    }
    stage
        .set_up(|settings| {
            settings.mode = Mode::Reply;
            settings.style.place = mythbot::policy::settings::ReplyPlace::Thread;
        })
        .await;
    stage.restart_with(crowded()).await;
}

async fn places(stage: &mut Stage) {
    let message = stage.says("the moon landing was fake").await;
    stage.heard(&message).await;
    let other = stage.discord.guild_without_bot("Observer");
    let lobby = other.text_channel("lobby");
    other.sets_system_channel(&lobby);
    other.invites_bot().await;
    stage.bot.joined(&other).await;
}

/// Replies that now say something else are corrected.
async fn corrections(stage: &mut Stage) {
    stage.restart_with(moon()).await;
    stage.bot.corrected().await;
}

/// The message that a request makes or changes, if it does.
fn message_of(request: &Request) -> Option<&Value> {
    let route = request.route.as_str();
    match request.method.as_str() {
        // Types 4 and 7 of responses have one (Discord's documentation, "Interaction Callback Type").
        "POST" if route.ends_with("/callback") => {
            [4, 7].contains(&request.body["type"].as_u64()?).then(|| &request.body["data"])
        }
        "POST" if route == "/channels/{channel_id}/messages" => Some(&request.body),
        "POST" if route.starts_with("/webhooks/") => Some(&request.body),
        "PATCH" if route.contains("/messages/") => Some(&request.body),
        _ => None,
    }
}

#[tokio::test]
async fn nothing_that_the_bot_says_mentions_anybody() {
    let stage = tour().await;
    let requests = stage.discord.requests();
    let messages: Vec<(&Request, &Value)> =
        requests.iter().filter_map(|request| Some((request, message_of(request)?))).collect();
    assert!(messages.len() > 40, "{} messages", messages.len());
    for (request, message) in messages {
        let allowed = &message["allowed_mentions"];
        assert_eq!(allowed["parse"], json!([]), "{request}");
        for list in ["users", "roles"] {
            assert!(allowed[list].as_array().is_none_or(Vec::is_empty), "{request}");
        }
        assert_ne!(allowed["replied_user"], json!(true), "{request}");
    }
}

#[tokio::test]
#[ignore = "needs DISCORD_OPENAPI, the path of Discord's description of its API: .ci/run sets it"]
async fn every_request_is_one_that_discord_describes() {
    let stage = tour().await;
    let validated = stage.discord.validated();
    let validated = validated.expect("DISCORD_OPENAPI names Discord's description of its API");
    // Every request but those of the gateway's connection has come by.
    let requested = u64::try_from(stage.discord.requests().len()).expect("few");
    assert_eq!(validated.requests, requested);
    assert!(validated.requests > 100, "{} requests", validated.requests);
    let operations: Vec<&str> = validated.operations.keys().map(String::as_str).collect();
    insta::assert_snapshot!(operations.join("\n"), @r"
    bulk_set_application_commands
    create_interaction_response
    create_message
    create_thread_from_message
    delete_message
    deprecated_create_pin
    deprecated_delete_pin
    deprecated_list_pins
    execute_webhook
    get_bot_gateway
    get_channel
    get_gateway
    get_guild
    get_guild_member
    get_message
    get_my_oauth2_application
    list_application_commands
    list_messages
    update_message
    ");
    // Our own answers are as described, too.
    assert_eq!(stage.discord.answer_faults(), [""; 0]);
}

/// What the check is worth: requests that no bot should make are found.
#[tokio::test]
#[ignore = "needs DISCORD_OPENAPI, the path of Discord's description of its API: .ci/run sets it"]
async fn wrong_requests_are_caught() {
    let stage = Stage::new().await;
    stage.discord.tolerate(50035);
    stage.discord.tolerate(0);
    let api = format!("{}/api/v10", stage.discord.api_url());
    let channel = stage.channel.id();
    let wrong = [
        ("POST", format!("/channels/{channel}/messages"), json!({"content": 7})),
        ("POST", format!("/channels/{channel}/messages"), json!({"content": "x".repeat(4001)})),
        (
            "POST",
            format!("/channels/{channel}/messages"),
            json!({"embeds": [{"title": "x".repeat(257)}]}),
        ),
        ("POST", format!("/channels/{channel}/messages"), json!({"nonce": "x".repeat(26)})),
        ("GET", format!("/channels/{channel}/messages?limit=many"), Value::Null),
        ("GET", format!("/channels/{channel}/messages?colour=red"), Value::Null),
        ("GET", "/channels/general".to_owned(), Value::Null),
        ("GET", "/channels/1/secrets".to_owned(), Value::Null),
    ];
    let client = reqwest::Client::new();
    let count = wrong.len();
    for (method, path, body) in wrong {
        let method = method.parse().expect("a method");
        let mut request = client
            .request(method, format!("{api}{path}"))
            .header("authorization", format!("Bot {}", stage.discord.token()));
        if !body.is_null() {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        request.send().await.expect("an answer");
    }
    let complaints = stage.discord.take_complaints();
    let validated = stage.discord.validated();
    validated.expect("DISCORD_OPENAPI names Discord's description of its API");
    let told: Vec<String> = complaints
        .iter()
        .filter(|complaint| complaint.starts_with("OpenAPI: "))
        .map(|complaint| complaint.chars().take(120).collect())
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    OpenAPI: create_message (POST /channels/{channel_id}/messages): at "/content": 7 is not of types "null", "string"
    OpenAPI: create_message (POST /channels/{channel_id}/messages): at "/content": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
    OpenAPI: create_message (POST /channels/{channel_id}/messages): at "/embeds/0/title": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
    OpenAPI: create_message (POST /channels/{channel_id}/messages): at "/nonce": "xxxxxxxxxxxxxxxxxxxxxxxxxx" is longer than
    OpenAPI: list_messages (GET /channels/{channel_id}/messages): query parameter limit: at "": "many" is not of type "integ
    OpenAPI: list_messages (GET /channels/{channel_id}/messages): query parameter colour is unknown
    OpenAPI: get_channel (GET /channels/{channel_id}): path parameter channel_id: at "": "general" does not match "^(0|[1-9]
    OpenAPI: there is no operation GET /channels/1/secrets
    "#);
    assert_eq!(told.len(), count);
}
