//! Commands, menus, buttons and modals.

use std::time::Duration;

use loopback_discord::{ChannelHandle, LoopbackDiscord, Permissions, Person, World};
use serenity::all::{CreateInteractionResponse, CreateInteractionResponseMessage};

use crate::bot::{Bot, code};
use crate::commands::register;

struct Scene {
    discord: LoopbackDiscord,
    anna: Person,
    general: ChannelHandle,
    bot: Bot,
}

async fn scene(world: World) -> Scene {
    let discord = LoopbackDiscord::start(world).await;
    let guild = discord.guild("Riga chat");
    let anna = guild.member("anna");
    let general = guild.text_channel("general");
    let bot = Bot::ready(&discord).await;
    register(&bot.http).await;
    Scene { discord, anna, general, bot }
}

impl Scene {
    fn end(self) {
        assert_eq!(self.discord.answer_faults(), Vec::<String>::new());
        self.discord.finish();
    }
}

#[tokio::test]
async fn a_command_is_answered_in_public() {
    let scene = scene(World::new()).await;
    let seen = scene.anna.runs(&scene.general, "/myth show encirclement").await;
    assert!(seen.is_public());
    assert!(!seen.was_deferred());
    assert_eq!(seen.embed().title.as_deref(), Some("encirclement"));
    assert_eq!(seen.embed().field("As of"), Some("2026"));
    assert_eq!(seen.buttons(), ["Details", "Later", "Grey", "Source"]);
    assert!(seen.pings_nobody());
    let message = scene.discord.next_message_in(&scene.general).await;
    assert_eq!(message.id(), seen.message().id());
    scene.end();
}

#[tokio::test]
async fn options_are_read_by_name_and_in_order() {
    let scene = scene(World::new()).await;
    let lines = [
        "/myth ask what is it",
        "/myth ask text:what is it public:true",
        "/myth ask \"what is it\" yes",
    ];
    for line in lines {
        let seen = scene.anna.runs(&scene.general, line).await;
        assert_eq!(seen.content(), "about what is it");
        assert!(seen.is_ephemeral());
        assert!(seen.was_deferred());
        let more = seen.follow_up(0).await;
        assert_eq!(more.content(), "more");
        assert!(more.is_ephemeral());
    }
    assert!(scene.general.messages().is_empty());
    scene.end();
}

#[tokio::test]
async fn what_is_not_there_cannot_be_used() {
    let scene = scene(World::new()).await;
    let why =
        async |line: &str| scene.anna.tries(&scene.general, line).await.unwrap_err().to_string();
    assert_eq!(
        why("/myht show x").await,
        "no command /myht is registered; there are /myth, /mythmod, \"Check this message\" (menu)"
    );
    assert_eq!(
        why("/myth shwo x").await,
        "/myth has no subcommand \"shwo\"; it has show, ask, secret, nothing, report"
    );
    assert_eq!(why("/myth show").await, "the option myth is missing; the options are myth");
    assert_eq!(why("/myth nothing x").await, "there is no option for \"x\"; there are none");
    assert_eq!(why("/mythmod").await, "/mythmod is not offered here: it needs PIN_MESSAGES");
    assert_eq!(scene.anna.sees_commands(&scene.general), ["myth"]);
    scene.end();
}

#[tokio::test]
async fn default_member_permissions_decide_who_is_offered_a_command() {
    let scene = scene(World::new()).await;
    let guild = scene.discord.guild("Riga chat");
    let moderator = guild.member("mod");
    moderator.gets(&guild.role("moderators", Permissions::PIN_MESSAGES)).await;
    assert_eq!(moderator.runs(&scene.general, "/mythmod").await.content(), "moderated");
    assert!(guild.owner().runs(&scene.general, "/mythmod").await.is_ephemeral());
    scene.end();
}

#[tokio::test]
async fn typing_brings_choices() {
    let scene = scene(World::new()).await;
    let choices = scene.anna.types(&scene.general, "/myth show en").await;
    assert_eq!(choices.len(), 3);
    let choices = scene.anna.types(&scene.general, "/myth show myth:encirc").await;
    assert_eq!(choices[0].name, "ENCIRCLEMENT");
    assert_eq!(choices[0].value, "encirclement");
    scene.end();
}

#[tokio::test]
async fn a_message_menu_works_in_guilds_in_dms_and_where_only_the_user_installed_it() {
    let scene = scene(World::new()).await;
    let anna = &scene.anna;
    let message = anna.says(&scene.general, "is it so?").await;
    let seen = anna.opens_menu(&message, "Check this message").await;
    assert_eq!(seen.content(), "checked: is it so?");
    assert!(seen.is_ephemeral());

    let message = anna.dms("and here?").await;
    assert_eq!(
        anna.opens_menu(&message, "Check this message").await.content(),
        "checked: and here?"
    );

    let elsewhere = scene.discord.guild_without_bot("Elsewhere");
    let hall = elsewhere.text_channel("hall");
    anna.joins(&elsewhere).await;
    let message = anna.says(&hall, "far away").await;
    let refused = anna.tries_menu(&message, "Check this message").await.unwrap_err();
    assert!(refused.to_string().contains("not installed here"), "{refused}");
    anna.installs_app();
    assert_eq!(
        anna.opens_menu(&message, "Check this message").await.content(),
        "checked: far away"
    );

    let zoe = scene.discord.user("zoe");
    let private = anna.dm_with(&zoe);
    let message = zoe.says(&private, "between us").await;
    let seen = anna.opens_menu(&message, "Check this message").await;
    assert_eq!(seen.content(), "checked: between us");
    scene.end();
}

#[tokio::test]
async fn commands_work_in_direct_messages() {
    let scene = scene(World::new()).await;
    let seen = scene.anna.dms_command("/myth show encirclement").await;
    assert_eq!(seen.embed().title.as_deref(), Some("encirclement"));
    assert_eq!(scene.anna.dm().bot_messages().len(), 1);
    scene.end();
}

#[tokio::test]
async fn buttons_and_menus_answer() {
    let scene = scene(World::new()).await;
    let seen = scene.anna.runs(&scene.general, "/myth show encirclement").await;
    let details = scene.anna.clicks(&seen, "Details").await;
    assert_eq!(details.content(), "all the details");
    assert!(details.is_ephemeral());

    let later = scene.anna.clicks(&seen, "Later").await;
    assert!(later.was_deferred());
    assert_eq!(later.content(), "here it is");

    let changed = scene.anna.selects(&seen, &["First", "Second"]).await;
    assert!(changed.is_update());
    assert_eq!(changed.content(), "1+2");
    assert_eq!(seen.message().content(), "1+2");
    scene.end();
}

#[tokio::test]
async fn buttons_on_ephemeral_answers_work_for_the_one_who_sees_them() {
    let scene = scene(World::new()).await;
    let seen = scene.anna.runs(&scene.general, "/myth secret").await;
    assert!(seen.is_ephemeral());
    let details = scene.anna.clicks(&seen, "Details").await;
    assert_eq!(details.content(), "all the details");
    assert_eq!(details.message().replies_to().unwrap().content(), "psst");
    scene.end();
}

#[tokio::test]
async fn an_app_of_the_user_answers_in_private_where_external_apps_may_not_speak() {
    let scene = scene(World::new()).await;
    let elsewhere = scene.discord.guild_without_bot("Elsewhere");
    let hall = elsewhere.text_channel("hall");
    scene.anna.joins(&elsewhere).await;
    scene.anna.installs_app();
    assert!(scene.anna.runs(&hall, "/myth show encirclement").await.is_public());
    hall.deny(&elsewhere.everyone(), Permissions::USE_EXTERNAL_APPS);
    assert!(scene.anna.runs(&hall, "/myth show encirclement").await.is_ephemeral());
    scene.end();
}

#[tokio::test]
#[should_panic(expected = "the button \"Grey\" is greyed out")]
async fn a_disabled_button_cannot_be_clicked() {
    let scene = scene(World::new()).await;
    let seen = scene.anna.runs(&scene.general, "/myth show encirclement").await;
    scene.anna.clicks(&seen, "Grey").await;
}

#[tokio::test]
#[should_panic(expected = "there is no button \"Missing\"; there are [\"Details\"")]
async fn a_button_that_is_not_there_cannot_be_clicked() {
    let scene = scene(World::new()).await;
    let seen = scene.anna.runs(&scene.general, "/myth show encirclement").await;
    scene.anna.clicks(&seen, "Missing").await;
}

#[tokio::test]
async fn a_modal_is_filled_in_by_labels() {
    let scene = scene(World::new()).await;
    let opened = scene.anna.runs(&scene.general, "/myth report").await;
    assert_eq!(opened.modal().unwrap().title, "Report");
    let seen = scene.anna.submits(&opened, &[("What is wrong?", "it is wrong")]).await;
    assert_eq!(seen.content(), "noted");
    scene.end();
}

#[tokio::test]
async fn a_late_response_is_refused() {
    let mut scene = scene(World::new().first_response_within(Duration::from_millis(200))).await;
    let pending = scene.anna.starts(&scene.general, "/myth nothing").await;
    let interaction = scene.bot.next_interaction().await.command().unwrap();
    pending.stays_unanswered().await;
    scene.discord.expect_refusal(10062);
    let late = interaction.create_response(&scene.bot.http, say("too late")).await;
    assert_eq!(code(late), 10062);
    scene.end();
}

#[tokio::test]
async fn the_deadline_goes_by_the_clock_of_the_world() {
    let mut scene = scene(World::new()).await;
    let pending = scene.anna.starts(&scene.general, "/myth nothing").await;
    let interaction = scene.bot.next_interaction().await.command().unwrap();
    scene.discord.advance(Duration::from_millis(3001));
    pending.stays_unanswered().await;
    scene.discord.expect_refusal(10062);
    assert_eq!(code(interaction.create_response(&scene.bot.http, say("late")).await), 10062);
    scene.end();
}

#[tokio::test]
async fn an_interaction_is_answered_once_and_its_token_ends() {
    let mut scene = scene(World::new()).await;
    let pending = scene.anna.starts(&scene.general, "/myth nothing").await;
    let interaction = scene.bot.next_interaction().await.command().unwrap();
    let http = &scene.bot.http;

    scene.discord.expect_refusal(10015);
    assert_eq!(code(interaction.get_response(http).await), 10015);
    interaction.create_response(http, say("first")).await.unwrap();
    assert_eq!(pending.answer().await.content(), "first");
    scene.discord.expect_refusal(40060);
    assert_eq!(code(interaction.create_response(http, say("second")).await), 40060);

    interaction.delete_response(http).await.unwrap();
    scene.discord.expect_refusal(10008);
    assert_eq!(code(interaction.get_response(http).await), 10008);
    scene.discord.advance(Duration::from_mins(15));
    scene.discord.expect_refusal(50027);
    assert_eq!(code(interaction.get_response(http).await), 50027);
    scene.end();
}

fn say(text: &str) -> CreateInteractionResponse {
    CreateInteractionResponse::Message(CreateInteractionResponseMessage::new().content(text))
}
