//! The commands of the small bot.

use serenity::all::{
    AutocompleteChoice, Command, CommandDataOptionValue, CommandInteraction, CommandOptionType,
    CommandType, ComponentInteraction, ComponentInteractionDataKind, CreateActionRow,
    CreateAutocompleteResponse, CreateButton, CreateCommand, CreateCommandOption, CreateEmbed,
    CreateInputText, CreateInteractionResponse, CreateInteractionResponseFollowup,
    CreateInteractionResponseMessage, CreateModal, CreateSelectMenu, CreateSelectMenuKind,
    CreateSelectMenuOption, EditInteractionResponse, Http, InputTextStyle, InstallationContext,
    Interaction, InteractionContext, Permissions,
};

const EVERYWHERE: [InteractionContext; 3] =
    [InteractionContext::Guild, InteractionContext::BotDm, InteractionContext::PrivateChannel];

/// Registers them all.
pub(crate) async fn register(http: &Http) {
    let text = CommandOptionType::String;
    let sub = |name: &str| CreateCommandOption::new(CommandOptionType::SubCommand, name, "does it");
    let myth = CreateCommand::new("myth")
        .description("Myths")
        .contexts(EVERYWHERE.to_vec())
        .integration_types(vec![InstallationContext::Guild, InstallationContext::User])
        .add_option(sub("show").add_sub_option(
            CreateCommandOption::new(text, "myth", "which").required(true).set_autocomplete(true),
        ))
        .add_option(
            sub("ask")
                .add_sub_option(CreateCommandOption::new(text, "text", "what").required(true))
                .add_sub_option(CreateCommandOption::new(
                    CommandOptionType::Boolean,
                    "public",
                    "for all",
                )),
        )
        .add_option(sub("secret"))
        .add_option(sub("nothing"))
        .add_option(sub("report"));
    let moderate = CreateCommand::new("mythmod")
        .description("Moderation")
        .default_member_permissions(Permissions::from_bits_retain(1 << 51));
    let check = CreateCommand::new("Check this message")
        .kind(CommandType::Message)
        .contexts(EVERYWHERE.to_vec())
        .integration_types(vec![InstallationContext::Guild, InstallationContext::User]);
    Command::set_global_commands(http, vec![myth, moderate, check]).await.unwrap();
}

/// Answers an interaction.
pub(crate) async fn handle(http: &Http, interaction: &Interaction) {
    match interaction {
        Interaction::Command(command) => run(http, command).await,
        Interaction::Autocomplete(typed) => complete(http, typed).await,
        Interaction::Component(used) => use_component(http, used).await,
        Interaction::Modal(modal) => {
            let row = &modal.data.components[0].components[0];
            let text = format!("{row:?}");
            let answer = say(if text.contains("it is wrong") { "noted" } else { "what?" });
            modal.create_response(http, answer).await.unwrap();
        }
        _ => {}
    }
}

async fn run(http: &Http, command: &CommandInteraction) {
    if let Some(target) = command.data.resolved.messages.values().next() {
        let answer = private(&format!("checked: {}", target.content));
        command.create_response(http, answer).await.unwrap();
        return;
    }
    let Some(sub) = command.data.options.first() else {
        command.create_response(http, private("moderated")).await.unwrap();
        return;
    };
    let CommandDataOptionValue::SubCommand(options) = &sub.value else { return };
    let first = options.first().and_then(|option| option.value.as_str()).unwrap_or_default();
    match sub.name.as_str() {
        "show" => command.create_response(http, show(first)).await.unwrap(),
        "ask" => {
            let message = CreateInteractionResponseMessage::new().ephemeral(true);
            let thinking = CreateInteractionResponse::Defer(message);
            command.create_response(http, thinking).await.unwrap();
            let answer = EditInteractionResponse::new().content(format!("about {first}"));
            command.edit_response(http, answer).await.unwrap();
            let more = CreateInteractionResponseFollowup::new().content("more").ephemeral(true);
            command.create_followup(http, more).await.unwrap();
        }
        "secret" => {
            let button = CreateButton::new("details").label("Details");
            let message = CreateInteractionResponseMessage::new().content("psst").ephemeral(true);
            let message = message.components(vec![CreateActionRow::Buttons(vec![button])]);
            let answer = CreateInteractionResponse::Message(message);
            command.create_response(http, answer).await.unwrap();
        }
        "report" => {
            let input = CreateInputText::new(InputTextStyle::Short, "What is wrong?", "what");
            let modal = CreateModal::new("report", "Report")
                .components(vec![CreateActionRow::InputText(input)]);
            command.create_response(http, CreateInteractionResponse::Modal(modal)).await.unwrap();
        }
        _ => {}
    }
}

async fn complete(http: &Http, typed: &CommandInteraction) {
    let focused = typed.data.autocomplete().unwrap().value.to_owned();
    let known = ["encirclement", "enlargement-promise", "baltic-presence"];
    let fitting = known.iter().filter(|name| name.contains(&focused));
    let choices = fitting.map(|name| AutocompleteChoice::new(name.to_uppercase(), *name)).collect();
    let answer = CreateAutocompleteResponse::new().set_choices(choices);
    let answer = CreateInteractionResponse::Autocomplete(answer);
    typed.create_response(http, answer).await.unwrap();
}

async fn use_component(http: &Http, used: &ComponentInteraction) {
    let answer = match (used.data.custom_id.as_str(), &used.data.kind) {
        ("details", _) => private("all the details"),
        ("menu", ComponentInteractionDataKind::StringSelect { values }) => {
            let message = CreateInteractionResponseMessage::new().content(values.join("+"));
            CreateInteractionResponse::UpdateMessage(message)
        }
        _ => CreateInteractionResponse::Acknowledge,
    };
    used.create_response(http, answer).await.unwrap();
    if used.data.custom_id == "later" {
        let more = CreateInteractionResponseFollowup::new().content("here it is");
        used.create_followup(http, more).await.unwrap();
    }
}

fn show(myth: &str) -> CreateInteractionResponse {
    let embed =
        CreateEmbed::new().title(myth).description("what is known").field("As of", "2026", true);
    let buttons = vec![
        CreateButton::new("details").label("Details"),
        CreateButton::new("later").label("Later"),
        CreateButton::new("grey").label("Grey").disabled(true),
        CreateButton::new_link("https://example.org").label("Source"),
    ];
    let options =
        vec![CreateSelectMenuOption::new("First", "1"), CreateSelectMenuOption::new("Second", "2")];
    let menu =
        CreateSelectMenu::new("menu", CreateSelectMenuKind::String { options }).max_values(2);
    let message = CreateInteractionResponseMessage::new()
        .embed(embed)
        .components(vec![CreateActionRow::Buttons(buttons), CreateActionRow::SelectMenu(menu)]);
    CreateInteractionResponse::Message(message)
}

fn say(text: &str) -> CreateInteractionResponse {
    CreateInteractionResponse::Message(CreateInteractionResponseMessage::new().content(text))
}

fn private(text: &str) -> CreateInteractionResponse {
    let message = CreateInteractionResponseMessage::new().content(text).ephemeral(true);
    CreateInteractionResponse::Message(message)
}
