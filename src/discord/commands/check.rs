//! *Check this message*, in the menu of a message.
//!
//! Discord hands the message over, so that this works without the message-content intent, and in
//! servers where the bot is not.

use serenity::all::Message;

use super::{Answers, Context, CustomId, Error, cards, reply};
use crate::discord::render;
use crate::knowledge::Myth;
use crate::matching::{Outcome, Stance};

/// What the bot knows about a message, for the one who asks only.
#[poise::command(
    context_menu_command = "Check this message",
    ephemeral,
    install_context = "Guild|User",
    interaction_context = "Guild|BotDm|PrivateChannel"
)]
pub(super) async fn check(ctx: Context<'_>, message: Message) -> Result<(), Error> {
    if message.content.trim().is_empty() {
        return Err(Error::User(NO_TEXT.to_owned()));
    }
    let answers = ctx.data().answers();
    let outcome = answers.matcher.find(&message.content);
    ctx.send(checked(&answers, &message.content, &outcome)).await?;
    Ok(())
}

const NO_TEXT: &str = "There is no text in this message.";

fn checked(answers: &Answers, text: &str, outcome: &Outcome) -> poise::CreateReply {
    let knowledge = &answers.knowledge;
    if let Some(myth) = outcome.answer.as_deref().and_then(|id| knowledge.myth(id)) {
        let card = cards::reply(knowledge, myth, answers.language());
        return reply(&card).content(seen(outcome));
    }
    // It keeps silent: say why, and offer what was found and does not count.
    let mut found: Vec<&Myth> = Vec::new();
    for finding in &outcome.findings {
        if let Some(myth) = knowledge.myth(&finding.answer)
            && !found.iter().any(|known| known.id() == myth.id())
        {
            found.push(myth);
        }
    }
    let why = cards::why(knowledge, &answers.matcher, text, outcome);
    reply(&why).components(render::offers(knowledge, &found, CustomId::Pick))
}

/// What the engine sees in a message that has an answer.
fn seen(outcome: &Outcome) -> String {
    /// Most characters of the reason, escapes aside: messages have 2,000.
    const REASON: usize = 500;
    let does = match outcome.stance {
        Stance::Asks => "asks about",
        _ => "states",
    };
    let reason = cards::quoted(&outcome.reason, REASON);
    format!("This message {does} the claim below: {reason}.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::fixture;
    use crate::matching::Matcher;

    #[test]
    fn what_was_seen_is_told_in_a_sentence() {
        let matcher = Matcher::new(&fixture::knowledge());
        let seen = |text| seen(&matcher.find(text));
        insta::assert_snapshot!(seen("bats are blind"), @r#"This message states the claim below: bats are blind \(score 0.85, a reply needs 0.70\)."#);
        insta::assert_snapshot!(seen("are bats blind?"), @r#"This message asks about the claim below: bats are blind \(score 0.85, a reply needs 0.70\)."#);
    }
}
