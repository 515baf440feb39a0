//! Words for verified claims, from the message files of the reader's language.
//!
//! Every number and every catalogue name in a sentence is a fact of the claims it cites. This file
//! and its children pass the facts of a claim to the message of its kind; sentences stand in
//! `messages/<language>/reasons.ftl` and `answers.ftl`, each as its readers would say it.

mod changes;
pub mod described;
pub mod fields;
mod format;
mod goods;
mod names;
mod sentence;
pub mod statements;
mod steps;

use claims::{Claim, Facts, Opinions, Sentence, Strength};
use domain::{ClaimId, Language};
use messages::{key, message};

use crate::Evidence;

pub use format::{money, named, quote};
pub use names::{attribute_name, signal_words};

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
            text: sentence::sentence(claim, lang, evidence),
            claim_ids: vec![claim.claim_id.clone()],
        })
        .collect();
    if strength == Strength::Weak && !sentences.is_empty() {
        let all: Vec<ClaimId> = verified.iter().map(|c| c.claim_id.clone()).collect();
        sentences.push(Sentence { text: weakness(&verified, lang), claim_ids: all });
    }
    sentences
}

/// Sentences as one text.
#[must_use]
pub fn joined(sentences: &[Sentence], lang: Language) -> String {
    let texts: Vec<&str> = sentences.iter().map(|s| s.text.as_str()).collect();
    texts.join(messages::text!(lang, "reason-between-sentences"))
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
fn weakness(claims: &[&Claim], lang: Language) -> String {
    let decides = claims.iter().any(|claim| matches!(claim.facts, Facts::Flips { .. }));
    message!(lang, "reason-weakness", decides: key(if decides { "yes" } else { "no" }))
}

#[cfg(test)]
mod tests;
