//! What moderators read. Pure functions; the words of a message are shown and never kept.

use serenity::all::{CreateActionRow, MessageId};

use crate::cards::{self, Card, Field};
use crate::discord::answers::Answers;
use crate::discord::custom_id::{CustomId, Verdict};
use crate::discord::grounds::Grounds;
use crate::discord::render;
use crate::policy::Reason;
use crate::store::{Review, ReviewState};

/// Most characters of a message, and of a phrase.
const EXCERPT: usize = 300;
const PHRASE: usize = 80;

/// Most phrases that are named.
const PHRASES: usize = 5;

/// Asks about a message that says `text`.
pub(super) fn open(
    answers: &Answers,
    review: &Review,
    grounds: Option<&Grounds>,
    (text, reason): (&str, Option<Reason>),
) -> Card {
    let link = link((review.guild_id, review.channel_id, review.message_id));
    let excerpt = cards::quoted(text, EXCERPT);
    let fields = [
        Some(("The bot would post", named(answers, &review.answer))),
        reason.map(|reason| ("Why it asks", why(reason))),
        grounds.map(|grounds| ("How sure", sure(grounds))),
    ];
    Card {
        title: "Shall the bot answer this message?".to_owned(),
        body: format!("> {excerpt}\n[Go to the message]({link})"),
        fields: fields.into_iter().flatten().map(|(name, value)| field(name, value)).collect(),
        ..Card::default()
    }
}

/// Its buttons. Where no phrase of the knowledge was found, there is none to mute.
pub(super) fn buttons(message: MessageId, grounds: Option<&Grounds>) -> Vec<CreateActionRow> {
    let button = |verdict, label| (CustomId::Review(verdict, message), label);
    let mut buttons = vec![button(Verdict::Post, "Post it")];
    buttons.push(button(Verdict::Decline, "Not this one"));
    if grounds.is_some_and(|grounds| !grounds.phrases().is_empty()) {
        buttons.push(button(Verdict::Mute, "Never for this phrase"));
    }
    render::row(&buttons)
}

/// Nothing is left to decide.
pub(super) fn closed(answers: &Answers, review: &Review, why: Closed) -> Card {
    let what = match why {
        Closed::Gone => "The message was deleted: there is nothing left to answer.",
        Closed::Edited => "The message was edited, and no longer makes a claim that the bot knows.",
        Closed::Nothing => {
            "The message was deleted, or edited and no longer makes a claim that the bot knows."
        }
    };
    Card {
        title: "Nothing left to decide".to_owned(),
        body: what.to_owned(),
        fields: vec![field("The bot would have posted", named(answers, &review.answer))],
        ..Card::default()
    }
}

/// Why nothing is left to decide.
#[derive(Debug, Clone, Copy)]
pub(super) enum Closed {
    Gone,
    Edited,
    /// One of these.
    Nothing,
}

/// Who decided what, for the card.
pub(super) fn decided(by: u64, what: &str) -> (String, String) {
    ("Decided".to_owned(), format!("<@{by}> {what}"))
}

/// For whoever came too late.
pub(super) fn too_late(review: &Review) -> String {
    let what = match review.state {
        ReviewState::Withdrawn => {
            return "There is nothing left to decide: the message is gone, or says something else \
                    now."
                .to_owned();
        }
        ReviewState::Posted => "had the answer posted",
        ReviewState::Declined => "chose *Not this one*",
        ReviewState::Muted => "chose *Never for this phrase*",
        ReviewState::Open => return BUSY.to_owned(),
    };
    match review.decided_by {
        Some(by) => format!("<@{by}> was first and {what}. Your press has changed nothing."),
        None => format!("Somebody was first and {what}. Your press has changed nothing."),
    }
}

const BUSY: &str = "Somebody else is deciding about this right now, or the message is being edited. \
                    Please look again in a moment.";

/// Phrases as they are shown: `“moon is cheese”, “cheese moon”`.
pub(super) fn listed(phrases: &[&str]) -> String {
    let quoted = |phrase: &&str| format!("“{}”", cards::quoted(phrase, PHRASE));
    let shown: Vec<String> = phrases.iter().take(PHRASES).map(quoted).collect();
    match phrases.len().saturating_sub(PHRASES) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// Why Discord refused the reply, and what to do.
pub(super) fn refused(code: Option<isize>) -> String {
    let why = match code {
        Some(50001) => "the bot does not see that channel. Give it *View Channel* there".to_owned(),
        Some(50013) => "the bot may not write there. Give it *Send Messages* and *Embed Links* in \
                        that channel, for threads *Send Messages in Threads*"
            .to_owned(),
        Some(160_002) => "the bot may not reply there. Give it *Read Message History* in that \
                          channel"
            .to_owned(),
        Some(50083 | 160_005) => "the thread is archived or locked. Open it again".to_owned(),
        Some(10003 | 50008) => {
            return "The channel of the message is gone, or takes no messages: \
                                       the answer cannot be posted there."
                .to_owned();
        }
        Some(code) => format!("Discord refused it (error {code}). Wait for a moment"),
        None => {
            return "Discord or the database did not answer, so nobody knows whether the answer \
                    stands. Please look at the message, and press again if it does not."
                .to_owned();
        }
    };
    format!("The answer was not posted: {why}, then press again. Nothing is decided yet.")
}

/// Where a message is.
pub(super) fn link((guild, channel, message): (i64, i64, i64)) -> String {
    format!("https://discord.com/channels/{guild}/{channel}/{message}")
}

fn why(reason: Reason) -> String {
    match reason {
        Reason::ReviewMode => "Moderators decide first there (`/mythconfig mode`).".to_owned(),
        Reason::SuggestOnly => {
            "It found the claim, but not surely enough to speak by itself.".to_owned()
        }
        other => format!("It does not speak by itself: {other}."),
    }
}

fn sure(grounds: &Grounds) -> String {
    let phrases = grounds.phrases();
    if phrases.is_empty() {
        return "It says words that moderators of this server have tied to this answer.".to_owned();
    }
    let (outcome, at) = grounds.clone().into_outcome();
    let found = listed(&phrases);
    format!("{:.2} of 1, a reply needs {:.2}. Found: {found}", outcome.score, at.reply)
}

fn named(answers: &Answers, answer: &str) -> String {
    match answers.knowledge.myth(answer) {
        Some(myth) => {
            let title = cards::title(&answers.knowledge, myth, answers.language());
            format!("{}. **{title}**", myth.number())
        }
        None => format!("`{answer}`, which the bot no longer has"),
    }
}

fn field(name: &str, value: String) -> Field {
    Field { name: name.to_owned(), value }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cards::{Style, text};
    use crate::discord::speak;
    use crate::knowledge::fixture;

    fn review() -> Review {
        Review {
            message_id: 1,
            channel_id: 2,
            guild_id: 3,
            author_id: 4,
            answer: "blind-bats".to_owned(),
            grounds: String::new(),
            card_channel_id: 5,
            card_id: None,
            state: ReviewState::Open,
            decided_by: None,
            at_ms: 0,
        }
    }

    fn grounds(answers: &Answers, message: &str) -> Grounds {
        let outcome = answers.matcher.find(message);
        let grounds = speak::grounds(answers, "blind-bats", &outcome);
        serde_json::from_str(&grounds).expect("grounds")
    }

    #[test]
    fn moderators_are_asked() {
        let answers = Answers::new(fixture::knowledge());
        let said = "@everyone **bats are blind**\n# look: https://x.example";
        let grounds = grounds(&answers, said);
        let asked = (said, Some(Reason::ReviewMode));
        let card = open(&answers, &review(), Some(&grounds), asked);
        insta::assert_snapshot!(text(&card, 200, Style::Plain).replace('\u{200b}', "(gap)"), @r"
        │ Shall the bot answer this message?
        │
        │ > @everyone **bats are blind** # look: https://x.example
        │ Go to the message <https://discord.com/channels/3/2/1>
        │
        │ The bot would post
        │ 1. Bats can see
        │
        │ Why it asks
        │ Moderators decide first there (/mythconfig mode).
        │
        │ How sure
        │ 0.85 of 1, a reply needs 0.70. Found: “bats are blind”
        ");
        assert!(card.body.starts_with("> @\u{200b}everyone \\*\\*bats"), "{}", card.body);
    }

    #[test]
    fn long_messages_are_shown_in_part() {
        let answers = Answers::new(fixture::knowledge());
        let said = "*".repeat(4000);
        let card = open(&answers, &review(), None, (&said, Some(Reason::SuggestOnly)));
        assert_eq!(card.body.matches('*').count(), EXCERPT - 1);
    }

    #[test]
    fn words_of_moderators_have_no_phrase_to_mute() {
        let answers = Answers::new(fixture::knowledge());
        let tied = grounds(&answers, "hello");
        insta::assert_snapshot!(sure(&tied), @"It says words that moderators of this server have tied to this answer.");
        let labels = |grounds| {
            let rows = serde_json::to_value(buttons(MessageId::new(1), Some(grounds)));
            let rows = rows.expect("JSON");
            let buttons = rows[0]["components"].as_array().expect("a row").clone();
            buttons.iter().map(|button| button["label"].to_string()).collect::<Vec<_>>().join(" ")
        };
        insta::assert_snapshot!(labels(&tied), @r#""Post it" "Not this one""#);
        insta::assert_snapshot!(labels(&grounds(&answers, "bats are blind")), @r#""Post it" "Not this one" "Never for this phrase""#);
    }

    #[test]
    fn whoever_comes_too_late_learns_who_was_first() {
        let told = |state, by| too_late(&Review { state, decided_by: by, ..review() });
        insta::assert_snapshot!(told(ReviewState::Posted, Some(7)), @"<@7> was first and had the answer posted. Your press has changed nothing.");
        insta::assert_snapshot!(told(ReviewState::Declined, None), @"Somebody was first and chose *Not this one*. Your press has changed nothing.");
        insta::assert_snapshot!(told(ReviewState::Withdrawn, None), @"There is nothing left to decide: the message is gone, or says something else now.");
    }

    #[test]
    fn what_cannot_be_posted_says_what_to_do() {
        let told = [50001, 50013, 160_002, 50083, 10003, 50035].map(|code| refused(Some(code)));
        insta::assert_snapshot!(told.join("\n"), @r"
        The answer was not posted: the bot does not see that channel. Give it *View Channel* there, then press again. Nothing is decided yet.
        The answer was not posted: the bot may not write there. Give it *Send Messages* and *Embed Links* in that channel, for threads *Send Messages in Threads*, then press again. Nothing is decided yet.
        The answer was not posted: the bot may not reply there. Give it *Read Message History* in that channel, then press again. Nothing is decided yet.
        The answer was not posted: the thread is archived or locked. Open it again, then press again. Nothing is decided yet.
        The channel of the message is gone, or takes no messages: the answer cannot be posted there.
        The answer was not posted: Discord refused it (error 50035). Wait for a moment, then press again. Nothing is decided yet.
        ");
        insta::assert_snapshot!(refused(None), @"Discord or the database did not answer, so nobody knows whether the answer stands. Please look at the message, and press again if it does not.");
    }

    #[test]
    fn what_is_over_says_so() {
        let answers = Answers::new(fixture::knowledge());
        let gone = closed(&answers, &review(), Closed::Gone);
        insta::assert_snapshot!(text(&gone, 200, Style::Plain), @r"
        │ Nothing left to decide
        │
        │ The message was deleted: there is nothing left to answer.
        │
        │ The bot would have posted
        │ 1. Bats can see
        ");
        let unknown = Review { answer: "gone".to_owned(), ..review() };
        let edited = closed(&answers, &unknown, Closed::Edited);
        insta::assert_snapshot!(text(&edited, 200, Style::Plain), @r"
        │ Nothing left to decide
        │
        │ The message was edited, and no longer makes a claim that the bot knows.
        │
        │ The bot would have posted
        │ gone, which the bot no longer has
        ");
    }
}
