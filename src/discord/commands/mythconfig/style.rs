//! `/mythconfig style`

use super::super::{Context, Error, audit, change, private};
use super::words;
use crate::policy::settings::{Audience, Length, ReplyPlace};

#[derive(Debug, Clone, Copy, poise::ChoiceParameter)]
enum LengthChoice {
    #[name = "full: summary, what has changed, sources"]
    Full,
    #[name = "short: a sentence, and a button for the rest"]
    Short,
}

#[derive(Debug, Clone, Copy, poise::ChoiceParameter)]
enum PlaceChoice {
    #[name = "channel: under the message"]
    Channel,
    #[name = "thread: in a thread on the message"]
    Thread,
}

#[derive(Debug, Clone, Copy, poise::ChoiceParameter)]
enum AudienceChoice {
    #[name = "usual: everybody sees /myth show, one person sees /myth ask"]
    Usual,
    #[name = "public: everybody sees both"]
    Public,
    #[name = "private: one person sees either"]
    Private,
}

/// How long replies are, where they stand, and who sees what commands answer
#[poise::command(slash_command, ephemeral)]
pub(super) async fn style(
    ctx: Context<'_>,
    #[description = "How much a reply says"] length: Option<LengthChoice>,
    #[description = "Where a reply stands"] place: Option<PlaceChoice>,
    #[description = "Who sees what /myth show and /myth ask answer, unless somebody chooses"]
    commands: Option<AudienceChoice>,
) -> Result<(), Error> {
    let length = length.map(|length| match length {
        LengthChoice::Full => Length::Full,
        LengthChoice::Short => Length::Short,
    });
    let place = place.map(|place| match place {
        PlaceChoice::Channel => ReplyPlace::Channel,
        PlaceChoice::Thread => ReplyPlace::Thread,
    });
    let commands = commands.map(|commands| match commands {
        AudienceChoice::Usual => Audience::Usual,
        AudienceChoice::Public => Audience::Public,
        AudienceChoice::Private => Audience::Private,
    });
    let changed = changed(length, place, commands);
    if changed.is_empty() {
        return Err(Error::User(NOTHING.to_owned()));
    }
    change(ctx, |settings| {
        let style = &mut settings.style;
        style.length = length.unwrap_or(style.length);
        style.place = place.unwrap_or(style.place);
        style.commands = commands.unwrap_or(style.commands);
        Ok(())
    })
    .await?;
    audit(ctx, &format!("changed the style: {}", changed.join("; "))).await?;
    let fallback = if place == Some(ReplyPlace::Thread) { FALLBACK } else { "" };
    ctx.send(private(format!("From now on, {}.{fallback}", changed.join("; ")))).await?;
    Ok(())
}

const NOTHING: &str = "Please choose what to change: `length`, `place` or `commands`.";
const FALLBACK: &str = " Where the bot may not open threads, and where a message is in a thread \
                        already, it replies under the message.";

fn changed(
    length: Option<Length>,
    place: Option<ReplyPlace>,
    commands: Option<Audience>,
) -> Vec<String> {
    let length = length.map(|length| format!("replies are given {}", words::length(length)));
    let place = place.map(|place| format!("replies stand {}", words::place(place)));
    let commands = commands.map(|commands| words::audience(commands).to_owned());
    [length, place, commands].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_told_in_a_sentence() {
        let all = changed(Some(Length::Short), Some(ReplyPlace::Thread), Some(Audience::Private));
        insta::assert_snapshot!(all.join("; "), @"replies are given in a sentence; replies stand in a thread on the message; only the one who uses them sees what `/myth show` and `/myth ask` answer");
        // An entry of the log has 200 characters.
        assert!(all.join("; ").len() < 180);
        assert!(changed(None, None, None).is_empty());
    }
}
