//! Resident memory: idle in one server, in many, and after many messages.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::Options;
use crate::feed::{self, Feed};
use crate::process::{Process, Role};

/// How often memory is measured while messages are read.
const TIMES: u64 = 10;
/// One message in so many is owed an answer.
const ONE_IN: u64 = 10_000;

pub(crate) async fn measure(options: &Options) {
    let mut feed = Feed::new().await;
    let process = Process::start(Role::Program, &feed.discord, &feed.dir);
    feed.discord.ready().await;
    feed.discord.command_registered("mythconfig").await;
    feed.settle().await;
    let idle = process.resident();
    println!("resident memory in one server, after the first reply: {idle} kB");

    let began = Instant::now();
    let mut bytes = 0;
    for number in 0..options.guilds {
        let guild = guild(number).to_string();
        bytes += guild.len();
        feed.discord.gateway().feed("GUILD_CREATE", &guild).await;
    }
    let store = feed::store(&feed.dir).await;
    let wanted = usize::try_from(options.guilds).expect("not so many") + 1;
    while store.guilds(None).await.expect("asked").len() < wanted {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    store.close().await;
    println!(
        "resident memory in {} servers more, told in {} MB within {:.1?}: {} kB, {} at most",
        options.guilds,
        bytes / 1_000_000,
        began.elapsed(),
        process.resident(),
        process.resident_peak()
    );

    let ids: Vec<String> = (0..options.guilds).map(|number| id(number, 0)).collect();
    let channels: Vec<String> = (0..options.guilds).map(|number| id(number, 5)).collect();
    feed.prepare(&ids, &channels, &feed::chatter());
    let began = Instant::now();
    let before = process.cpu();
    for time in 1..=TIMES {
        for number in 1..=options.messages {
            if number % ONE_IN == 0 {
                feed.claim().await;
            } else {
                feed.chat().await;
            }
        }
        feed.settle().await;
        println!(
            "resident memory after {} messages, {:.0} a second: {} kB",
            time * options.messages,
            per_second(time * options.messages, began.elapsed()),
            process.resident()
        );
    }
    let cpu = process.cpu().saturating_sub(before).as_secs_f64() * 1e6;
    #[expect(clippy::cast_precision_loss, reason = "not so many")]
    let each = cpu / (TIMES * options.messages) as f64;
    println!("CPU time for each of them: {each:.1} us");
}

#[expect(clippy::cast_precision_loss, reason = "not so many")]
fn per_second(messages: u64, time: Duration) -> f64 {
    messages as f64 / time.as_secs_f64()
}

/// Ids of a server and of what is in it.
fn id(guild: u64, within: u64) -> String {
    (1_100_000_000_000_000_000 + (guild << 22) + within).to_string()
}

/// A server as `GUILD_CREATE` tells of it: 50 channels in 5 categories, 20 roles, 5 members.
fn guild(number: u64) -> Value {
    let overwrite = json!({"id": id(number, 0), "type": 0, "allow": "0", "deny": "2048"});
    let channel = |within: u64| {
        let kind = if within < 5 { 4 } else { 0 };
        let parent = (within >= 5).then(|| id(number, 1 + within % 4));
        json!({
            "id": id(number, within), "type": kind, "name": format!("channel-{within}"),
            "position": within, "parent_id": parent, "topic": "What this channel is about",
            "nsfw": false, "rate_limit_per_user": 0, "last_message_id": id(number, 900),
            "permission_overwrites": [overwrite, overwrite], "flags": 0, "version": 1,
            "theme_color": null, "icon_emoji": null,
        })
    };
    let role = |within: u64| {
        json!({
            "id": id(number, within), "name": format!("Role {within}"), "position": within,
            "permissions": "1071698660929", "color": 0, "hoist": false, "managed": false,
            "mentionable": false, "icon": null, "unicode_emoji": null, "flags": 0, "tags": {},
            "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null},
        })
    };
    let member = |within: u64| {
        json!({
            "user": {
                "id": id(number, within), "username": format!("member_{within}"),
                "global_name": "Member", "discriminator": "0", "avatar": null, "bot": false,
                "public_flags": 0,
            },
            "roles": [id(number, 201)], "nick": null, "avatar": null, "mute": false,
            "joined_at": "2024-05-01T12:00:00.000000+00:00", "premium_since": null,
            "deaf": false, "pending": false, "flags": 0, "communication_disabled_until": null,
        })
    };
    let everyone = json!({
        "id": id(number, 0), "name": "@everyone", "position": 0, "permissions": "1071698660929",
        "color": 0, "hoist": false, "managed": false, "mentionable": false, "flags": 0,
        "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null},
    });
    let roles = std::iter::once(everyone).chain((200..219).map(role)).collect::<Vec<_>>();
    let mut guild = json!({
        "id": id(number, 0), "name": format!("Server {number}"), "owner_id": id(number, 300),
        "icon": null, "icon_hash": null, "description": null, "splash": null, "banner": null,
        "discovery_splash": null, "features": ["COMMUNITY", "NEWS"], "application_id": null,
        "region": "us-west", "afk_channel_id": null, "afk_timeout": 300,
        "system_channel_id": id(number, 5), "system_channel_flags": 0, "widget_enabled": false,
        "verification_level": 1, "roles": roles, "default_message_notifications": 0,
        "mfa_level": 0, "explicit_content_filter": 0, "max_members": 500_000,
        "vanity_url_code": null,
    });
    let rest = json!({
        "premium_tier": 0, "premium_subscription_count": 0,
        "preferred_locale": "en-US", "rules_channel_id": null, "safety_alerts_channel_id": null,
        "public_updates_channel_id": id(number, 6), "premium_progress_bar_enabled": false,
        "nsfw": false, "nsfw_level": 0, "emojis": [], "stickers": [], "voice_states": [],
        "joined_at": "2024-05-01T12:00:00.000000+00:00", "large": false, "unavailable": false,
        "member_count": 250, "members": (300..305).map(member).collect::<Vec<_>>(),
        "channels": (1..51).map(channel).collect::<Vec<_>>(), "threads": [], "presences": [],
        "stage_instances": [], "guild_scheduled_events": [], "soundboard_sounds": [],
    });
    // In two parts: the macro does not reach further.
    if let (Some(fields), Value::Object(rest)) = (guild.as_object_mut(), rest) {
        fields.extend(rest);
    }
    guild
}
