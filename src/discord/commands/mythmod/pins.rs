//! `/mythmod pins`

use super::super::{Answers, Context, Error, guild, reply};
use super::{listed, title};
use crate::cards::Card;
use crate::discord::pins::link_to;
use crate::store::Pin;

/// All pinned answers of this server
#[poise::command(slash_command, ephemeral)]
pub(super) async fn pins(
    ctx: Context<'_>,
    #[description = "Which page, when there are several"]
    #[min = 1]
    page: Option<u32>,
) -> Result<(), Error> {
    let state = ctx.data();
    let pins = state.store.pins(guild(ctx)?.into()).await?;
    let page = page.and_then(|page| page.try_into().ok()).unwrap_or(1);
    ctx.send(reply(&card(&state.answers(), &pins, page))).await?;
    Ok(())
}

fn card(answers: &Answers, pins: &[Pin], page: usize) -> Card {
    let line = |pin: &Pin| {
        let note = if pin.note.is_empty() { "" } else { ", with a note" };
        format!(
            "**{}** in <#{}>: {}, by <@{}> <t:{}:R>{note}",
            title(answers, &pin.answer),
            pin.channel_id,
            link_to(pin),
            pin.pinned_by,
            pin.at_ms.div_euclid(1000),
        )
    };
    let lines: Vec<String> = pins.iter().map(line).collect();
    let (mut body, shown, pages) = listed::page(&lines, page);
    if pins.is_empty() {
        "No answer is pinned in this server. `/mythmod pin` pins one.".clone_into(&mut body);
    }
    let footer = listed::footer("/mythmod pins", shown, pages);
    Card { title: "Pinned answers".to_owned(), body, footer, ..Card::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::fixture;

    #[test]
    fn each_with_its_place_and_who_and_when() {
        let answers = Answers::new(fixture::knowledge());
        let pin = |answer: &str, note: &str| Pin {
            channel_id: 2,
            answer: answer.to_owned(),
            guild_id: 1,
            message_id: 3,
            note: note.to_owned(),
            version: "v1".to_owned(),
            pinned_by: 7,
            at_ms: 1_800_000_000_000,
        };
        let pins = [pin("blind-bats", ""), pin("gone", "Read this")];
        insta::assert_snapshot!(card(&answers, &pins, 1).body, @r"
        **1. Bats can see** in <#2>: https://discord.com/channels/1/2/3, by <@7> <t:1800000000:R>
        **`gone` (no longer an answer of the bot)** in <#2>: https://discord.com/channels/1/2/3, by <@7> <t:1800000000:R>, with a note
        ");
        insta::assert_snapshot!(card(&answers, &[], 1).body, @"No answer is pinned in this server. `/mythmod pin` pins one.");
    }
}
