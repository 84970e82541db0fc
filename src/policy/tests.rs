use super::settings::{Id, Scope};
use super::*;

const PERSON: Arrival = Arrival { author: Author::Person, is_system: false, has_text: true };

fn outcome(tier: Tier, stance: Stance, score: f32) -> Outcome {
    Outcome {
        tier,
        answer: (tier > Tier::Silent).then(|| "blind-bats".to_owned()),
        score,
        stance,
        reason: String::new(),
        evidence: vec![],
        candidates: vec![],
        findings: vec![],
        words: 0,
    }
}

/// A message that is owed a reply, and what may stand against that.
struct Case {
    arrival: Arrival,
    settings: Settings,
    at: Whereabouts,
    opted_out: bool,
    refused_s: Option<i64>,
    outcome: Outcome,
    own: Own,
}

impl Case {
    fn new() -> Self {
        Self {
            arrival: PERSON,
            settings: Settings::default(),
            at: Whereabouts { channel: Some(Id(2)), author: Some(Id(4)), ..Whereabouts::default() },
            opted_out: false,
            refused_s: None,
            outcome: outcome(Tier::Reply, Stance::Asserts, 0.8),
            own: Own::Nothing,
        }
    }

    fn found(tier: Tier, stance: Stance, score: f32) -> Self {
        Self { outcome: outcome(tier, stance, score), ..Self::new() }
    }

    /// The decision, in words.
    fn decided(&self) -> String {
        let now = Timestamp::UNIX_EPOCH;
        let circumstances = Circumstances {
            settings: &self.settings,
            at: &self.at,
            opted_out: self.opted_out,
            refused_at: self.refused_s.map(|ago| now - SignedDuration::from_secs(ago)),
            threshold: 0.7,
        };
        let read = || Read { outcome: self.outcome.clone(), own: self.own.clone() };
        match decide(self.arrival, &circumstances, now, read) {
            Decision::Reply { answer, .. } => format!("reply {answer}"),
            Decision::Review { answer, reason, .. } => format!("review {answer}: {reason}"),
            Decision::Silent(reason) => reason.to_string(),
        }
    }
}

#[test]
fn only_people_are_answered() {
    let by = |author| Case { arrival: Arrival { author, ..PERSON }, ..Case::new() }.decided();
    assert_eq!(by(Author::Person), "reply blind-bats");
    assert_eq!(by(Author::Bot), "a bot wrote it");
    assert_eq!(by(Author::Webhook), "a webhook wrote it");
    assert_eq!(by(Author::Myself), "this bot wrote it");
    let system = Arrival { is_system: true, ..PERSON };
    assert_eq!(Case { arrival: system, ..Case::new() }.decided(), "Discord wrote it");
    let empty = Arrival { has_text: false, ..PERSON };
    let empty = Case { arrival: empty, ..Case::new() };
    assert_eq!(empty.decided(), "it has no text that the bot may read");
}

#[test]
fn only_sure_claims_are_answered() {
    let decided = |tier, stance, score| Case::found(tier, stance, score).decided();
    assert_eq!(decided(Tier::Reply, Stance::Asks, 0.8), "reply blind-bats");
    assert_eq!(
        decided(Tier::Suggest, Stance::Asserts, 0.5),
        "review blind-bats: a claim was found, but not surely enough"
    );
    assert_eq!(decided(Tier::Silent, Stance::Denies, 0.0), "it rejects the claim");
    assert_eq!(decided(Tier::Silent, Stance::None, 0.0), "no claim was found in it");
}

#[test]
fn how_sure_is_the_servers_choice() {
    let decided = |sensitivity, tier, score| {
        let settings = Settings { sensitivity, ..Settings::default() };
        Case { settings, ..Case::found(tier, Stance::Asserts, score) }.decided()
    };
    let unsure = "review blind-bats: a claim was found, but not surely enough";
    assert_eq!(decided(Sensitivity::Strict, Tier::Reply, 0.84), unsure);
    assert_eq!(decided(Sensitivity::Strict, Tier::Reply, 0.86), "reply blind-bats");
    assert_eq!(decided(Sensitivity::Normal, Tier::Suggest, 0.5), unsure);
    assert_eq!(decided(Sensitivity::Open, Tier::Suggest, 0.5), "reply blind-bats");
}

#[test]
fn the_mode_is_the_servers_choice() {
    let decided = |mode| {
        let settings =
            Settings { rules: [(Scope::Channel(Id(2)), mode)].into(), ..Settings::default() };
        Case { settings, ..Case::new() }.decided()
    };
    assert_eq!(decided(Mode::Reply), "reply blind-bats");
    assert_eq!(decided(Mode::Review), "review blind-bats: there, moderators decide first");
    assert_eq!(decided(Mode::Off), "the bot is switched off there");
}

#[test]
fn who_does_not_want_it_is_not_answered() {
    let opted_out = Case { opted_out: true, ..Case::new() };
    assert_eq!(opted_out.decided(), "its author does not want to be answered");
    let settings = Settings { exempt_users: [Id(4)].into(), ..Settings::default() };
    let exempt = Case { settings, ..Case::new() };
    assert_eq!(exempt.decided(), "its author, or a role of theirs, is exempt in this server");
}

#[test]
fn a_servers_own_phrases_come_first() {
    let decided = |own, tier| Case { own, ..Case::found(tier, Stance::None, 0.0) }.decided();
    let answer = || Own::Answer("goldfish".to_owned());
    assert_eq!(decided(answer(), Tier::Silent), "reply goldfish");
    assert_eq!(decided(answer(), Tier::Reply), "reply goldfish");
    let never = "it says words that moderators want never to be answered";
    assert_eq!(decided(Own::Never, Tier::Reply), never);
    let muted = "moderators have muted the phrases that were found in it";
    assert_eq!(decided(Own::Muted, Tier::Reply), muted);
    let settings = Settings { mode: Mode::Review, ..Settings::default() };
    let reviewed = Case { own: answer(), settings, ..Case::new() };
    assert_eq!(reviewed.decided(), "review goldfish: there, moderators decide first");
}

#[test]
fn what_nobody_may_answer_is_not_read() {
    let off = Settings { mode: Mode::Off, ..Settings::default() };
    for (author, settings) in [(Author::Bot, Settings::default()), (Author::Person, off)] {
        let circumstances = Circumstances {
            settings: &settings,
            at: &Whereabouts::default(),
            opted_out: false,
            refused_at: None,
            threshold: 0.7,
        };
        let arrival = Arrival { author, ..PERSON };
        let read = || panic!("the engine was asked");
        let decision = decide(arrival, &circumstances, Timestamp::UNIX_EPOCH, read);
        assert!(matches!(decision, Decision::Silent(Reason::Bot | Reason::ModeOff)));
    }
}

#[test]
fn a_channel_that_refused_is_left_alone_for_ten_minutes() {
    let after = |seconds| Case { refused_s: Some(seconds), ..Case::new() }.decided();
    for seconds in [0, 599] {
        assert_eq!(after(seconds), "the bot may not write in its channel");
    }
    assert_eq!(after(600), "reply blind-bats");
}
