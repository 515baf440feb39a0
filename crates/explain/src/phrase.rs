//! Words for verified claims: a small grammar per language.
//!
//! Every number and every catalogue name in a sentence is a fact of the claims it cites. The two
//! grammars are written separately, each as its readers would say it, never one translated.

mod asked_en;
mod asked_zh;
pub mod described;
mod en;
mod format;
mod goods;
pub mod told;
mod zh;

use claims::{Claim, Facts, Opinions, Sentence, Strength};
use domain::{ClaimId, Language};

use crate::Evidence;

pub use asked_zh::attribute_name as attribute_name_zh;
pub use format::{join_en, join_zh, money, named, quote};

/// Phrases verified claims in order; a weak reason says that it is one. Claims with any other
/// verdict are left out, whoever passes them.
#[must_use]
pub fn phrase(
    claims: &[Claim],
    strength: Strength,
    lang: Language,
    evidence: &dyn Evidence,
) -> Vec<Sentence> {
    let verified: Vec<&Claim> =
        claims.iter().filter(|c| c.verdict == claims::Verdict::Verified).collect();
    let mut sentences: Vec<Sentence> = verified
        .iter()
        .map(|claim| Sentence {
            text: sentence(claim, lang, evidence),
            claim_ids: vec![claim.claim_id.clone()],
        })
        .collect();
    if strength == Strength::Weak && !sentences.is_empty() {
        let all: Vec<ClaimId> = verified.iter().map(|c| c.claim_id.clone()).collect();
        sentences.push(Sentence { text: weakness(&verified, lang).to_owned(), claim_ids: all });
    }
    sentences
}

/// Sentences as one text.
#[must_use]
pub fn joined(sentences: &[Sentence], lang: Language) -> String {
    let separator = match lang {
        Language::Zh => "",
        Language::En => " ",
    };
    let texts: Vec<&str> = sentences.iter().map(|s| s.text.as_str()).collect();
    texts.join(separator)
}

/// What a signal looks at, in words; the name of one that has none.
#[must_use]
pub fn signal_words(signal: &str, lang: Language) -> &str {
    match lang {
        Language::Zh => asked_zh::signal_words(signal),
        Language::En => asked_en::signal_words(signal),
    }
}

fn sentence(claim: &Claim, lang: Language, evidence: &dyn Evidence) -> String {
    match lang {
        Language::Zh => zh::sentence(claim, evidence),
        Language::En => en::sentence(claim, evidence),
    }
}

/// Share of fault-finders among those who take a side from which a sentence names both sides.
const BOTH_SIDES_FROM: f64 = 0.15;

/// Which sides of what reviewers say are told.
enum Sides {
    /// Nearly all who take a side praise.
    Praise,
    /// Both, praise first.
    Both,
    /// Both, faults first: there are more of them.
    FaultsFirst,
}

impl Sides {
    fn of(opinions: &Opinions) -> Self {
        let share = {
            let n = opinions.n_positive + opinions.n_negative;
            f64::from(opinions.n_negative) / f64::from(n.max(1))
        };
        if opinions.n_negative > opinions.n_positive {
            Self::FaultsFirst
        } else if share >= BOTH_SIDES_FROM {
            Self::Both
        } else {
            Self::Praise
        }
    }
}

/// What is said beside claims of a small part of the score. Events that decide whether an item is
/// in the list may be such a part too: then both is so, and both is said.
fn weakness(claims: &[&Claim], lang: Language) -> &'static str {
    let decides = claims.iter().any(|claim| matches!(claim.facts, Facts::Flips { .. }));
    match (lang, decides) {
        (Language::Zh, false) => "以上只能说明推荐它的一小部分原因。",
        (Language::Zh, true) => "以上只占它得分的一小部分，却足以决定它在不在这里。",
        (Language::En, false) => "That explains only a small part of why it is here.",
        (Language::En, true) => {
            "That is only a small part of its score, but enough to decide whether it is here."
        }
    }
}

#[cfg(test)]
mod tests;
