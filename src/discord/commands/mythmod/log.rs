//! `/mythmod log`

use super::super::{Context, Error, guild, reply};
use crate::cards::Card;
use crate::store::Entry;

/// How many entries are shown: 20 of at most 200 characters fit into a card.
const SHOWN: i64 = 20;

/// Who changed what, the newest first
#[poise::command(slash_command, ephemeral)]
pub(super) async fn log(ctx: Context<'_>) -> Result<(), Error> {
    let entries = ctx.data().store.audit_log(guild(ctx)?.into(), SHOWN).await?;
    ctx.send(reply(&card(&entries))).await?;
    Ok(())
}

fn card(entries: &[Entry]) -> Card {
    let line = |entry: &Entry| {
        // Discord shows times and people itself.
        format!("<t:{}:f> <@{}> {}", entry.at_ms.div_euclid(1000), entry.actor_id, entry.action)
    };
    let body = match entries {
        [] => "Nobody has changed anything yet.".to_owned(),
        some => some.iter().map(line).collect::<Vec<_>>().join("\n"),
    };
    Card { title: "Who changed what".to_owned(), body, ..Card::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_names_people_times_and_changes() {
        let entry = Entry {
            id: 1,
            guild_id: 3,
            actor_id: 7,
            action: "set the mode to off".to_owned(),
            at_ms: 1_800_000_000_000,
        };
        insta::assert_snapshot!(card(&[entry]).body, @"<t:1800000000:f> <@7> set the mode to off");
        insta::assert_snapshot!(card(&[]).body, @"Nobody has changed anything yet.");
    }
}
