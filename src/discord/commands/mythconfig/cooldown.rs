//! `/mythconfig cooldown`

use super::super::{Context, Error, audit, change, private};
use super::words;
use crate::policy::settings::{Cooldowns, LONGEST, MOST_PER_HOUR};

#[derive(Debug, Clone, Copy, poise::ChoiceParameter)]
enum Choice {
    #[name = "answer: the same answer in a channel"]
    Answer,
    #[name = "channel: any answer in a channel"]
    Channel,
    #[name = "person: to the same person"]
    Person,
    #[name = "dismissed: after somebody dismissed the answer in a channel"]
    Dismissed,
    #[name = "hourly: most replies in this server within an hour"]
    Hourly,
}

/// How long the bot keeps silent after it spoke
#[poise::command(slash_command, ephemeral)]
pub(super) async fn cooldown(
    ctx: Context<'_>,
    #[description = "Which silence"] which: Choice,
    #[description = "Such as 30m, 2h, 1d, or 0 for none; for hourly a number"]
    #[max_length = 40]
    time: String,
) -> Result<(), Error> {
    let value = match which {
        Choice::Hourly => number(&time),
        _ => words::seconds(&time),
    };
    let value = value.and_then(|value| which.within(value)).map_err(Error::User)?;
    change(ctx, |settings| {
        *which.of(&mut settings.cooldowns) = value;
        Ok(())
    })
    .await?;
    let told = which.told(value);
    audit(ctx, &which.action(value)).await?;
    ctx.send(private(told)).await?;
    Ok(())
}

fn number(text: &str) -> Result<u32, String> {
    let text = text.trim();
    if ["none", "no", "off"].contains(&text.to_lowercase().as_str()) {
        return Ok(0);
    }
    text.parse().map_err(|_| NO_NUMBER.to_owned())
}

const NO_NUMBER: &str = "Write how many replies there may be within an hour, such as `20`, or `0` for \
                         no limit.";

impl Choice {
    fn within(self, value: u32) -> Result<u32, String> {
        match self {
            Self::Hourly if value > MOST_PER_HOUR => {
                Err(format!("The limit is at most {MOST_PER_HOUR}. Write `0` for none."))
            }
            Self::Hourly => Ok(value),
            _ if i64::from(value) > LONGEST.as_secs() => {
                Err("A cooldown is a week at most: write `7d` or less.".to_owned())
            }
            _ => Ok(value),
        }
    }

    fn of(self, cooldowns: &mut Cooldowns) -> &mut u32 {
        match self {
            Self::Answer => &mut cooldowns.answer_s,
            Self::Channel => &mut cooldowns.channel_s,
            Self::Person => &mut cooldowns.person_s,
            Self::Dismissed => &mut cooldowns.dismissed_s,
            Self::Hourly => &mut cooldowns.per_hour,
        }
    }

    fn action(self, value: u32) -> String {
        let which = match self {
            Self::Answer => "the cooldown of an answer in a channel",
            Self::Channel => "the cooldown of a channel",
            Self::Person => "the cooldown of a person",
            Self::Dismissed => "the cooldown after a dismissal",
            Self::Hourly if value == 0 => return "removed the hourly limit".to_owned(),
            Self::Hourly => return format!("set the hourly limit to {value}"),
        };
        format!("set {which} to {}", words::time(value))
    }

    fn told(self, value: u32) -> String {
        let time = words::time(value);
        match (self, value) {
            (Self::Answer, 0) => {
                "The bot may now repeat an answer in a channel at once.".to_owned()
            }
            (Self::Answer, _) => {
                format!("The bot now repeats an answer in a channel after {time} at the earliest.")
            }
            (Self::Channel, 0) => "The bot may now speak in a channel again at once.".to_owned(),
            (Self::Channel, _) => {
                format!("The bot now speaks in a channel again after {time} at the earliest.")
            }
            (Self::Person, 0) => "The bot may now reply to the same person at once.".to_owned(),
            (Self::Person, _) => {
                format!("The bot now replies to the same person after {time} at the earliest.")
            }
            (Self::Dismissed, 0) => {
                "Dismissing an answer now makes the bot no more silent than replying.".to_owned()
            }
            (Self::Dismissed, _) => format!(
                "After somebody dismissed an answer, the bot now does not give it in that channel \
                 for {time}."
            ),
            (Self::Hourly, 0) => "There is no hourly limit any more.".to_owned(),
            (Self::Hourly, 1) => {
                "The bot now replies at most once an hour in this server.".to_owned()
            }
            (Self::Hourly, _) => {
                format!("The bot now replies at most {value} times an hour in this server.")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cooldown_is_told() {
        let every =
            [Choice::Answer, Choice::Channel, Choice::Person, Choice::Dismissed, Choice::Hourly];
        let tell = |which: Choice| {
            let [none, some] = [0, 5400].map(|value| which.told(value));
            format!("{none}\n{some}\n({})", which.action(5400))
        };
        insta::assert_snapshot!(every.map(tell).join("\n\n"), @r"
        The bot may now repeat an answer in a channel at once.
        The bot now repeats an answer in a channel after 1 hour 30 minutes at the earliest.
        (set the cooldown of an answer in a channel to 1 hour 30 minutes)

        The bot may now speak in a channel again at once.
        The bot now speaks in a channel again after 1 hour 30 minutes at the earliest.
        (set the cooldown of a channel to 1 hour 30 minutes)

        The bot may now reply to the same person at once.
        The bot now replies to the same person after 1 hour 30 minutes at the earliest.
        (set the cooldown of a person to 1 hour 30 minutes)

        Dismissing an answer now makes the bot no more silent than replying.
        After somebody dismissed an answer, the bot now does not give it in that channel for 1 hour 30 minutes.
        (set the cooldown after a dismissal to 1 hour 30 minutes)

        There is no hourly limit any more.
        The bot now replies at most 5400 times an hour in this server.
        (set the hourly limit to 5400)
        ");
        assert_eq!(number("20"), Ok(20));
        assert_eq!(number("none"), Ok(0));
        assert!(number("30m").is_err());
    }
}
