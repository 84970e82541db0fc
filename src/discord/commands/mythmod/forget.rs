//! `/mythmod forget`

use serenity::all::{AutocompleteChoice, CreateAutocompleteResponse};
use sha2::{Digest as _, Sha256};

use super::super::{CHOICE, CHOICES, Context, Error, audit, cards, guild, private, render};
use super::TYPED;
use crate::policy::phrases;
use crate::store::{Mute, Phrase};

/// Remove a phrase of this server, or unmute one of the bot's
#[poise::command(slash_command, ephemeral)]
pub(super) async fn forget(
    ctx: Context<'_>,
    #[description = "Which one; begin to type, and choose"]
    #[autocomplete = "offer"]
    #[max_length = 100]
    phrase: String,
) -> Result<(), Error> {
    let state = ctx.data();
    let guild = guild(ctx)?;
    let set = state.settings.get(&state.store, guild).await?;
    let found = find(&set.phrases, &set.mutes, &phrase);
    let (removed, action, told) = match &found {
        Some(Found::Own(own)) => {
            let shown = cards::quoted(&own.written, TYPED);
            let removed = state.store.remove_phrase(own.guild_id, &own.phrase).await?;
            (removed, format!("removed “{shown}”"), format!("Removed: “{shown}”."))
        }
        Some(Found::Muted(mute)) => {
            let shown = cards::quoted(&mute.phrase, TYPED);
            let removed = state.store.unmute(mute.guild_id, &mute.answer, &mute.phrase).await?;
            let told = format!("“{shown}” counts again for `{}`.", mute.answer);
            (removed, format!("unmuted “{shown}” of `{}`", mute.answer), told)
        }
        None => (false, String::new(), String::new()),
    };
    state.settings.forget(guild);
    if !removed {
        let typed = cards::quoted(&phrase, TYPED);
        return Err(Error::User(format!(
            "This server has no phrase “{typed}”, and it is not muted. `/mythmod phrases` lists \
             what there is."
        )));
    }
    audit(ctx, &action).await?;
    ctx.send(private(told)).await?;
    Ok(())
}

/// What somebody means.
#[derive(Debug, PartialEq, Eq)]
enum Found<'a> {
    Own(&'a Phrase),
    Muted(&'a Mute),
}

/// By a choice that was offered, the words of a phrase, or the name of what is muted.
fn find<'a>(phrases: &'a [Phrase], mutes: &'a [Mute], typed: &str) -> Option<Found<'a>> {
    let by_key = mutes.iter().find(|mute| key(mute) == typed);
    let read = phrases::read(typed).unwrap_or_default();
    let own = || phrases.iter().find(|phrase| phrase.written == typed || phrase.phrase == read);
    let by_name = || mutes.iter().find(|mute| mute.phrase.eq_ignore_ascii_case(typed.trim()));
    by_key
        .map(Found::Muted)
        .or_else(|| own().map(Found::Own))
        .or_else(|| by_name().map(Found::Muted))
}

/// Stands for something muted, whose name may be longer than what Discord lets be chosen.
fn key(mute: &Mute) -> String {
    let hash =
        Sha256::new().chain_update(&mute.answer).chain_update([0]).chain_update(&mute.phrase);
    let hash = hash.finalize().first_chunk().map_or(0, |start| u64::from_be_bytes(*start));
    format!("muted-{hash:016x}")
}

/// Offers what can be removed while somebody types.
async fn offer(ctx: Context<'_>, begun: &str) -> CreateAutocompleteResponse {
    let state = ctx.data();
    let choices = match guild(ctx) {
        // Without a database there is nothing to offer, and the command itself says so.
        Ok(guild) => match state.settings.get(&state.store, guild).await {
            Ok(set) => choices(&set.phrases, &set.mutes, begun),
            Err(_) => vec![],
        },
        Err(_) => vec![],
    };
    let choices = choices.into_iter().map(|(name, value)| AutocompleteChoice::new(name, value));
    CreateAutocompleteResponse::new().set_choices(choices.collect())
}

/// Names and values, those that hold what was begun.
fn choices(phrases: &[Phrase], mutes: &[Mute], begun: &str) -> Vec<(String, String)> {
    let begun = begun.trim().to_lowercase();
    let own = phrases.iter().map(|phrase| (phrase.written.clone(), phrase.written.clone()));
    let silenced = mutes.iter().map(|mute| (format!("Muted: {}", mute.phrase), key(mute)));
    own.chain(silenced)
        .filter(|(name, _)| name.to_lowercase().contains(&begun))
        .map(|(name, value)| (render::shortened(&name, CHOICE), value))
        .take(CHOICES)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrase(written: &str) -> Phrase {
        Phrase {
            guild_id: 1,
            phrase: phrases::read(written).expect("a phrase"),
            written: written.to_owned(),
            answer: None,
            set_by: 7,
            at_ms: 0,
        }
    }

    fn mute(phrase: &str) -> Mute {
        Mute {
            guild_id: 1,
            answer: "blind-bats".to_owned(),
            phrase: phrase.to_owned(),
            set_by: 7,
            at_ms: 0,
        }
    }

    #[test]
    fn what_is_offered_is_found_and_what_is_typed_too() {
        let phrases = [phrase("Night flyers!"), phrase("bats are blind")];
        let mutes = [mute("bats are blind"), mute(&"long ".repeat(40))];
        let offered = choices(&phrases, &mutes, "");
        assert_eq!(offered.len(), 4);
        assert!(offered.iter().all(|(name, value)| name.len() <= 104 && value.len() <= 100));
        let find = |typed: &str| super::find(&phrases, &mutes, typed);
        assert_eq!(find(&offered[0].1), Some(Found::Own(&phrases[0])));
        assert_eq!(find(&offered[1].1), Some(Found::Own(&phrases[1])));
        assert_eq!(find(&offered[2].1), Some(Found::Muted(&mutes[0])));
        assert_eq!(find(&offered[3].1), Some(Found::Muted(&mutes[1])));
        assert_eq!(find("NIGHT  flyers"), Some(Found::Own(&phrases[0])));
        assert_eq!(super::find(&[], &mutes, "Bats are blind"), Some(Found::Muted(&mutes[0])));
        assert_eq!(find("day flyers"), None);
        assert_eq!(find(""), None);
        assert_eq!(choices(&phrases, &mutes, "NIGHT"), offered[..1]);
    }
}
