//! A hundred servers with different settings do not disturb each other.

use loopback_discord::{ChannelHandle, GuildHandle};
use mythbot::discord::Heard;
use mythbot::policy::Reason;

use crate::stage::Stage;

const CLAIM: &str = "the moon is made of cheese";
const UNSURE: &str = "I had cheese under the moon";
const SERVERS: usize = 100;

/// What a server sets, and what then becomes of a claim, of the same claim once more, and of
/// something that only may be one.
fn settings(number: usize) -> (&'static [&'static str], [Option<Reason>; 3]) {
    const OPEN: &str = "/mythconfig sensitivity open";
    const NONE: &str = "/mythconfig cooldown answer 0";
    const CHANNEL: &str = "/mythconfig cooldown channel 0";
    const PERSON: &str = "/mythconfig cooldown person 0";
    let unsure = Some(Reason::SuggestOnly);
    match number % 5 {
        0 => (&[], [None, Some(Reason::AnswerCooldown), unsure]),
        1 => (&["/mythconfig mode off"], [Some(Reason::ModeOff); 3]),
        2 => (
            &["/mythconfig mode review"],
            [Some(Reason::ReviewMode), Some(Reason::ReviewMode), unsure],
        ),
        3 => (&[NONE, CHANNEL, PERSON], [None, None, unsure]),
        _ => (&[OPEN, NONE, CHANNEL, PERSON], [None; 3]),
    }
}

#[tokio::test]
async fn each_server_is_answered_as_it_wants() {
    let mut stage = Stage::new().await;
    let servers: Vec<(GuildHandle, ChannelHandle)> = (0..SERVERS)
        .map(|number| {
            let guild = stage.discord.guild(&format!("Server {number}"));
            let channel = guild.text_channel("general");
            (guild, channel)
        })
        .collect();
    for (number, (guild, channel)) in servers.iter().enumerate() {
        for line in settings(number).0 {
            guild.owner().runs(channel, line).await;
        }
    }
    // What was set is in the database, not in the process.
    stage.restart().await;
    for (number, (guild, channel)) in servers.iter().enumerate() {
        let ann = guild.member("Ann");
        for (text, expected) in [CLAIM, CLAIM, UNSURE].into_iter().zip(settings(number).1) {
            let message = ann.says(channel, text).await;
            match (stage.heard(&message).await, expected) {
                (Heard::Replied { .. }, None) => {}
                (Heard::Silent(reason), Some(expected)) if reason == expected => {}
                (heard, expected) => panic!("server {number}, {text}: {heard:?}, not {expected:?}"),
            }
        }
    }
}
