//! `/mythmod phrases`

use super::super::{Answers, Context, Error, cards, guild, reply};
use super::{TYPED, listed, title};
use crate::cards::Card;
use crate::store::{Mute, Phrase};

/// The phrases of this server, and what is muted
#[poise::command(slash_command, ephemeral)]
pub(super) async fn phrases(
    ctx: Context<'_>,
    #[description = "Which page, when there are several"]
    #[min = 1]
    page: Option<u32>,
) -> Result<(), Error> {
    let state = ctx.data();
    let set = state.settings.get(&state.store, guild(ctx)?).await?;
    let page = page.and_then(|page| page.try_into().ok()).unwrap_or(1);
    ctx.send(reply(&card(&state.answers(), (&set.phrases, &set.mutes), page))).await?;
    Ok(())
}

fn card(answers: &Answers, (phrases, mutes): (&[Phrase], &[Mute]), page: usize) -> Card {
    let by = |set_by: i64, at_ms: i64| format!("by <@{set_by}> <t:{}:R>", at_ms.div_euclid(1000));
    let own = phrases.iter().map(|phrase| {
        let does = match &phrase.answer {
            Some(answer) => format!("answered with {}", title(answers, answer)),
            None => "never answered".to_owned(),
        };
        let words = cards::quoted(&phrase.written, TYPED);
        format!("“{words}”: {does}, {}", by(phrase.set_by, phrase.at_ms))
    });
    let silenced = mutes.iter().map(|mute| {
        let name = cards::quoted(&mute.phrase, TYPED);
        let answer = title(answers, &mute.answer);
        format!("“{name}” of {answer}: muted, {}", by(mute.set_by, mute.at_ms))
    });
    let lines: Vec<String> = own.chain(silenced).collect();
    let (mut body, shown, pages) = listed::page(&lines, page);
    if lines.is_empty() {
        NONE.clone_into(&mut body);
    }
    let footer = match listed::footer("/mythmod phrases", shown, pages) {
        footer if footer.is_empty() && !lines.is_empty() => FORGET.to_owned(),
        footer => footer,
    };
    Card { title: "Phrases of this server".to_owned(), body, footer, ..Card::default() }
}

const NONE: &str = "This server has no phrases of its own, and nothing is muted. `/mythmod answer` \
                    ties words to an answer, `/mythmod never` to silence.";
const FORGET: &str = "/mythmod forget removes one";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::fixture;

    #[test]
    fn each_with_what_it_does_and_who_set_it() {
        let answers = Answers::new(fixture::knowledge());
        let phrase = |written: &str, answer: Option<&str>| Phrase {
            guild_id: 1,
            phrase: String::new(),
            written: written.to_owned(),
            answer: answer.map(str::to_owned),
            set_by: 7,
            at_ms: 1_800_000_000_000,
        };
        let phrases = [
            phrase("*Night* flyers", Some("blind-bats")),
            phrase("our mascot", None),
            phrase("old words", Some("gone")),
        ];
        let mute = Mute {
            guild_id: 1,
            answer: "blind-bats".to_owned(),
            phrase: "bats are blind".to_owned(),
            set_by: 8,
            at_ms: 1_800_000_000_000,
        };
        let shown = card(&answers, (&phrases, &[mute]), 1);
        insta::assert_snapshot!(shown.body, @r"
        “\*Night\* flyers”: answered with 1. Bats can see, by <@7> <t:1800000000:R>
        “our mascot”: never answered, by <@7> <t:1800000000:R>
        “old words”: answered with `gone` (no longer an answer of the bot), by <@7> <t:1800000000:R>
        “bats are blind” of 1. Bats can see: muted, by <@8> <t:1800000000:R>
        ");
        assert_eq!(shown.footer, FORGET);
        insta::assert_snapshot!(card(&answers, (&[], &[]), 1).body, @"This server has no phrases of its own, and nothing is muted. `/mythmod answer` ties words to an answer, `/mythmod never` to silence.");
    }

    #[test]
    fn as_many_as_there_may_be_fit_on_pages() {
        let answers = Answers::new(fixture::knowledge());
        let phrase = Phrase {
            guild_id: 1,
            phrase: String::new(),
            written: "*".repeat(100),
            answer: Some("blind-bats".to_owned()),
            set_by: i64::MAX,
            at_ms: 1_800_000_000_000,
        };
        let shown = card(&answers, (&vec![phrase; 200], &[]), 2);
        assert!(shown.body.chars().count() <= 4096);
        assert!(shown.footer.starts_with("Page 2 of "), "{}", shown.footer);
    }
}
