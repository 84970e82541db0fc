//! What Discord refuses, with its codes.

use loopback_discord::{
    ChannelHandle, GuildHandle, LoopbackDiscord, MessageHandle, Permissions, World,
};
use serenity::all::{
    ChannelId, CreateActionRow, CreateAllowedMentions, CreateButton, CreateEmbed, CreateMessage,
    CreateThread, EditMessage, Http, MessageId, MessageReference, Nonce, ReactionType,
};
use std::sync::Arc;

use crate::bot::{code, http};

struct Scene {
    discord: LoopbackDiscord,
    guild: GuildHandle,
    general: ChannelHandle,
    message: MessageHandle,
    http: Arc<Http>,
}

async fn scene() -> Scene {
    let discord = LoopbackDiscord::start(World::new()).await;
    let guild = discord.guild("Riga chat");
    let general = guild.text_channel("general");
    let message = guild.member("anna").says(&general, "hello").await;
    let http = http(&discord);
    Scene { discord, guild, general, message, http }
}

impl Scene {
    fn channel(&self) -> ChannelId {
        self.general.id().get().into()
    }

    fn message(&self) -> MessageId {
        self.message.id().get().into()
    }

    async fn send(&self, message: CreateMessage) -> serenity::Result<serenity::all::Message> {
        // Not by `ChannelId::send_message`, which checks lengths itself.
        self.http.send_message(self.channel(), Vec::new(), &message).await
    }

    /// The code of the refusal of a message, which is expected.
    async fn refused(&self, expected: u32, message: CreateMessage) -> isize {
        self.discord.expect_refusal(expected);
        let code = code(self.send(message).await);
        assert_eq!(code, isize::try_from(expected).unwrap());
        code
    }

    /// The path and code of the only per-field error of the last answer.
    fn field_error(&self) -> (String, String) {
        let answer = self.discord.requests().pop().unwrap().answer;
        let mut at = &answer["errors"];
        let mut path = Vec::new();
        while at["_errors"].is_null() {
            let (name, inner) = at.as_object().unwrap().iter().next().unwrap();
            path.push(name.clone());
            at = inner;
        }
        (path.join("."), at["_errors"][0]["code"].as_str().unwrap().to_owned())
    }

    fn end(self) {
        assert_eq!(self.discord.answer_faults(), Vec::<String>::new());
        self.discord.finish();
    }
}

fn text(content: impl Into<String>) -> CreateMessage {
    CreateMessage::new().content(content)
}

#[tokio::test]
async fn a_message_needs_permissions() {
    let scene = scene().await;
    scene.general.deny_bot(Permissions::SEND_MESSAGES);
    scene.refused(50013, text("x")).await;
    scene.general.allow_bot(Permissions::SEND_MESSAGES);
    scene.general.deny_bot(Permissions::EMBED_LINKS);
    scene.refused(50013, CreateMessage::new().embed(CreateEmbed::new().title("t"))).await;
    scene.send(text("without embed")).await.unwrap();
    scene.general.deny_bot(Permissions::VIEW_CHANNEL);
    scene.refused(50001, text("x")).await;
    scene.discord.expect_refusal(10003);
    assert_eq!(code(ChannelId::new(1).send_message(&scene.http, text("x")).await), 10003);
    scene.end();
}

#[tokio::test]
async fn overwrites_of_roles_and_members_are_weighed_as_on_discord() {
    let scene = scene().await;
    scene.general.deny(&scene.guild.everyone(), Permissions::SEND_MESSAGES);
    scene.refused(50013, text("x")).await;
    scene.general.allow(&scene.discord.bot(), Permissions::SEND_MESSAGES);
    scene.send(text("the member's own overwrite counts last")).await.unwrap();
    scene.guild.permit_bot(Permissions::ADMINISTRATOR);
    scene.general.deny_bot(Permissions::VIEW_CHANNEL);
    scene.send(text("administrators may anything")).await.unwrap();
    scene.end();
}

#[tokio::test]
async fn a_reply_needs_history_and_a_message() {
    let scene = scene().await;
    let reply =
        |id: MessageId| text("r").reference_message(MessageReference::from((scene.channel(), id)));
    let sent = scene.send(reply(scene.message())).await.unwrap();
    assert_eq!(sent.referenced_message.unwrap().id, scene.message());

    scene.refused(50035, reply(MessageId::new(77))).await;
    assert_eq!(scene.field_error().1, "MESSAGE_REFERENCE_UNKNOWN_MESSAGE");
    let lenient = MessageReference::from((scene.channel(), MessageId::new(77)));
    let sent = scene.send(text("r").reference_message(lenient.fail_if_not_exists(false))).await;
    assert!(sent.unwrap().referenced_message.is_none());

    scene.general.deny_bot(Permissions::READ_MESSAGE_HISTORY);
    scene.refused(160_002, reply(scene.message())).await;
    scene.end();
}

#[tokio::test]
async fn threads_have_a_permission_of_their_own_and_can_be_closed() {
    let scene = scene().await;
    let anna = scene.guild.member("anna");
    let thread = anna.opens_thread(&scene.message, "a thread").await;
    let send = || ChannelId::new(thread.id().get()).send_message(&scene.http, text("t"));
    scene.general.deny_bot(Permissions::SEND_MESSAGES);
    send().await.unwrap();
    scene.general.deny_bot(Permissions::SEND_MESSAGES_IN_THREADS);
    scene.discord.expect_refusal(50013);
    assert_eq!(code(send().await), 50013);
    scene.general.allow_bot(Permissions::SEND_MESSAGES_IN_THREADS);
    thread.archive().await;
    send().await.unwrap();
    thread.lock().await;
    scene.discord.expect_refusal(50083);
    assert_eq!(code(send().await), 50083);

    let forum = scene.guild.forum("questions");
    let post = anna.posts_in_forum(&forum, "Is it so?", "I read it").await;
    assert_eq!(post.messages()[0].content(), "I read it");
    scene.discord.expect_refusal(50008);
    let in_forum = ChannelId::new(forum.id().get()).send_message(&scene.http, text("x")).await;
    assert_eq!(code(in_forum), 50008);
    let private = anna.opens_thread_in(&scene.general, "secret", true).await;
    scene.discord.expect_refusal(50001);
    let hidden = ChannelId::new(private.id().get()).send_message(&scene.http, text("x")).await;
    assert_eq!(code(hidden), 50001);
    scene.end();
}

#[tokio::test]
async fn a_bot_opens_threads_and_forum_posts() {
    let scene = scene().await;
    let id = scene.message();
    let made = scene.channel().create_thread_from_message(&scene.http, id, CreateThread::new("t"));
    assert_eq!(made.await.unwrap().id.get(), id.get());
    scene.discord.expect_refusal(160_004);
    let again = scene.channel().create_thread_from_message(&scene.http, id, CreateThread::new("t"));
    assert_eq!(code(again.await), 160_004);
    let forum = ChannelId::new(scene.guild.forum("questions").id().get());
    let post = serenity::all::CreateForumPost::new("a title", text("first"));
    let post = forum.create_forum_post(&scene.http, post).await.unwrap();
    assert_eq!(post.parent_id, Some(forum));
    scene.end();
}

#[tokio::test]
async fn what_is_too_long_is_refused_with_its_field() {
    let scene = scene().await;
    let long = |count: usize| "ä".repeat(count);
    let embed = |embed: CreateEmbed| CreateMessage::new().embed(embed);
    let cases = [
        (text(long(2001)), "content"),
        (embed(CreateEmbed::new().title(long(257))), "embeds.0.title"),
        (embed(CreateEmbed::new().description(long(4097))), "embeds.0.description"),
        (embed(CreateEmbed::new().field("n", long(1025), false)), "embeds.0.fields.0.value"),
        (embed(CreateEmbed::new().field(long(257), "v", false)), "embeds.0.fields.0.name"),
        (embed(CreateEmbed::new().field("", "v", false)), "embeds.0.fields.0.name"),
        (
            embed(CreateEmbed::new().fields((0..26).map(|n| (n.to_string(), "v", false)))),
            "embeds.0.fields",
        ),
        (text("x").embeds((0..11).map(|_| CreateEmbed::new().title("t")).collect()), "embeds"),
        (
            text("x").embeds((0..2).map(|_| CreateEmbed::new().description(long(3001))).collect()),
            "embeds",
        ),
        (
            text("x").button(CreateButton::new(long(101)).label("l")),
            "components.0.components.0.custom_id",
        ),
        (
            text("x").button(CreateButton::new("c").label(long(81))),
            "components.0.components.0.label",
        ),
        (
            text("x")
                .button(CreateButton::new("c").label("l"))
                .button(CreateButton::new("c").label("m")),
            "components.0.components.1.custom_id",
        ),
        (
            text("x").components(vec![CreateActionRow::Buttons(
                (0..6).map(|n| CreateButton::new(n.to_string()).label("l")).collect(),
            )]),
            "components.0.components",
        ),
        (text("x").nonce(Nonce::String(long(26))), "nonce"),
    ];
    for (message, field) in cases {
        scene.refused(50035, message).await;
        assert_eq!(scene.field_error().0, field);
    }
    scene.refused(50006, text(" ")).await;
    scene.send(embed(CreateEmbed::new().title(long(256)).description(long(4096)))).await.unwrap();
    // What Discord's own description forbids is noticed there as well.
    let complaints = scene.discord.take_complaints();
    assert!(complaints.iter().all(|complaint| complaint.starts_with("OpenAPI")));
    scene.end();
}

#[tokio::test]
async fn a_nonce_that_is_enforced_sends_once() {
    let scene = scene().await;
    let once = || text("once").nonce(Nonce::String("n-1".into())).enforce_nonce(true);
    let first = scene.send(once()).await.unwrap();
    let second = scene.send(once()).await.unwrap();
    assert_eq!(first.id, second.id);
    assert_eq!(scene.general.bot_messages().len(), 1);
    scene.discord.advance(std::time::Duration::from_mins(10));
    assert_ne!(scene.send(once()).await.unwrap().id, first.id);
    scene.end();
}

#[tokio::test]
async fn allowed_mentions_decide_who_is_notified() {
    let scene = scene().await;
    let anna = scene.guild.member("anna");
    let role = scene.guild.role("readers", Permissions::NONE);
    let content = format!("{} <@&{}> @everyone", anna.mention(), role.id());
    let all = scene.send(text(&content)).await.unwrap();
    assert_eq!((all.mentions.len(), all.mention_roles.len(), all.mention_everyone), (1, 1, false));
    let reply = text(&content).reference_message((scene.channel(), scene.message()));
    scene.send(reply.allowed_mentions(CreateAllowedMentions::new())).await.unwrap();
    let quiet = scene.message.replies().await_one().await;
    assert!(quiet.pings_nobody());
    let loud = text("r").reference_message((scene.channel(), scene.message()));
    assert_eq!(scene.send(loud).await.unwrap().mentions.len(), 1);
    scene.end();
}

#[tokio::test]
async fn pins_have_their_permission_and_their_number() {
    let scene = scene().await;
    let pin = |id: MessageId| scene.http.pin_message(scene.channel(), id, None);
    scene.guild.permit_bot(Permissions::of_everyone() | Permissions::MANAGE_MESSAGES);
    scene.discord.expect_refusal(50013);
    assert_eq!(code(pin(scene.message()).await), 50013);
    scene.guild.permit_bot(Permissions::PIN_MESSAGES);
    pin(scene.message()).await.unwrap();
    assert!(scene.message.is_pinned());
    let notice = scene.general.bot_messages().pop().unwrap();
    scene.discord.expect_refusal(50021);
    assert_eq!(code(pin(notice.id().get().into()).await), 50021);
    scene.discord.expect_refusal(10008);
    assert_eq!(code(pin(MessageId::new(5)).await), 10008);

    scene.general.fill_pins(250);
    let anna = scene.guild.member("anna");
    let other = anna.says(&scene.general, "one too many").await;
    scene.discord.expect_refusal(30003);
    assert_eq!(code(pin(other.id().get().into()).await), 30003);
    pin(scene.message()).await.unwrap();
    scene.http.unpin_message(scene.channel(), scene.message(), None).await.unwrap();
    pin(other.id().get().into()).await.unwrap();
    assert_eq!(scene.http.get_pins(scene.channel()).await.unwrap().len(), 50);
    scene.end();
}

#[tokio::test]
async fn only_the_author_edits_and_moderators_delete() {
    let scene = scene().await;
    let own = scene.send(text("mine")).await.unwrap();
    let edit = EditMessage::new().content("changed");
    scene.channel().edit_message(&scene.http, own.id, edit.clone()).await.unwrap();
    scene.discord.expect_refusal(50005);
    assert_eq!(code(scene.channel().edit_message(&scene.http, scene.message(), edit).await), 50005);
    let empty = EditMessage::new().content("");
    scene.discord.expect_refusal(50006);
    assert_eq!(code(scene.channel().edit_message(&scene.http, own.id, empty).await), 50006);
    scene.discord.expect_refusal(50013);
    assert_eq!(code(scene.channel().delete_message(&scene.http, scene.message()).await), 50013);
    scene.guild.permit_bot(Permissions::MANAGE_MESSAGES);
    scene.channel().delete_message(&scene.http, scene.message()).await.unwrap();
    assert!(!scene.message.exists());
    scene.end();
}

#[tokio::test]
async fn reactions_need_their_permission() {
    let scene = scene().await;
    let react = |emoji: &str| {
        let emoji = ReactionType::Unicode(emoji.into());
        let http = Arc::clone(&scene.http);
        let (channel, message) = (scene.channel(), scene.message());
        async move { http.create_reaction(channel, message, &emoji).await }
    };
    react("👍").await.unwrap();
    assert_eq!(scene.message.reactions(), [("👍".to_owned(), 1)]);
    scene.discord.expect_refusal(10014);
    assert_eq!(code(react("thumbsup").await), 10014);
    scene.general.deny_bot(Permissions::ADD_REACTIONS);
    scene.discord.expect_refusal(50013);
    assert_eq!(code(react("🎉").await), 50013);
    scene.end();
}

#[tokio::test]
async fn everything_a_bot_reads_can_be_read() {
    let scene = scene().await;
    let http = &scene.http;
    http.get_current_user().await.unwrap();
    http.get_current_application_info().await.unwrap();
    http.get_bot_gateway().await.unwrap();
    let guild = scene.guild.id().get().into();
    http.get_guild(guild).await.unwrap();
    http.get_guild_roles(guild).await.unwrap();
    http.get_channels(guild).await.unwrap();
    http.get_guild_members(guild, Some(10), None).await.unwrap();
    http.get_member(guild, scene.guild.member("anna").id().get().into()).await.unwrap();
    http.get_channel(scene.channel()).await.unwrap();
    http.get_message(scene.channel(), scene.message()).await.unwrap();
    http.get_messages(scene.channel(), None, Some(5)).await.unwrap();
    http.broadcast_typing(scene.channel()).await.unwrap();
    http.get_guild_active_threads(guild).await.unwrap();
    http.get_global_commands().await.unwrap();
    let anna: serenity::all::UserId = scene.guild.member("anna").id().get().into();
    http.get_user(anna).await.unwrap();
    let dm = anna.create_dm_channel(http).await.unwrap();
    dm.id.send_message(http, text("psst")).await.unwrap();
    scene.guild.member("anna").refuses_dms();
    scene.discord.expect_refusal(50007);
    assert_eq!(code(dm.id.send_message(http, text("psst")).await), 50007);
    let used = scene.discord.validated().map(|validated| validated.operations.len());
    assert!(used.is_none_or(|used| used >= 15), "{used:?}");
    scene.end();
}
