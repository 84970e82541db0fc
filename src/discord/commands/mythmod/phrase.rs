//! `/mythmod answer` and `/mythmod never`: words of this server, tied to an answer or to silence.

use super::super::{Context, Error, audit, cards, complete, guild, private};
use super::{TYPED, named, title};
use crate::policy::phrases;
use crate::store::Phrase;

/// Answer messages that say these words
#[poise::command(slash_command, ephemeral)]
pub(super) async fn answer(
    ctx: Context<'_>,
    #[description = "Plain words; messages with them in this order are answered, typos included"]
    #[max_length = 100]
    phrase: String,
    #[description = "The answer: number, name, title, or the claim in your words"]
    #[autocomplete = "complete"]
    #[max_length = 200]
    with: String,
) -> Result<(), Error> {
    let answers = ctx.data().answers();
    let myth = named(&answers, &with)?;
    save(ctx, &phrase, Some(myth.id())).await?;
    let shown = cards::quoted(&phrase, TYPED);
    audit(ctx, &format!("tied “{shown}” to `{}`", myth.id())).await?;
    let title = title(&answers, myth.id());
    let told = format!("Messages that say “{shown}” are now answered with {title}.");
    ctx.send(private(told)).await?;
    Ok(())
}

/// Never answer messages that say these words
#[poise::command(slash_command, ephemeral)]
pub(super) async fn never(
    ctx: Context<'_>,
    #[description = "Plain words; messages with them in this order get no answer, typos included"]
    #[max_length = 100]
    phrase: String,
) -> Result<(), Error> {
    save(ctx, &phrase, None).await?;
    let shown = cards::quoted(&phrase, TYPED);
    audit(ctx, &format!("set that “{shown}” is never answered")).await?;
    let told = format!("Messages that say “{shown}” are now never answered.");
    ctx.send(private(told)).await?;
    Ok(())
}

async fn save(ctx: Context<'_>, written: &str, answer: Option<&str>) -> Result<(), Error> {
    let state = ctx.data();
    let guild = guild(ctx)?;
    let written = written.trim();
    let read = phrases::read(written).map_err(|unfit| Error::User(unfit.to_string()))?;
    let phrase = Phrase {
        guild_id: guild.into(),
        phrase: read,
        written: written.to_owned(),
        answer: answer.map(str::to_owned),
        set_by: ctx.author().id.into(),
        at_ms: state.clock.now().as_millisecond(),
    };
    if !state.store.save_phrase(&phrase, phrases::MOST.into()).await? {
        return Err(Error::User(full()));
    }
    state.settings.forget(guild);
    Ok(())
}

fn full() -> String {
    format!(
        "This server has {} phrases, and there is no room for more. Please remove one with \
         `/mythmod forget` first; `/mythmod phrases` lists them.",
        phrases::MOST
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_list_says_what_to_do() {
        insta::assert_snapshot!(full(), @"This server has 200 phrases, and there is no room for more. Please remove one with `/mythmod forget` first; `/mythmod phrases` lists them.");
    }
}
