//! Words for verified claims: a small grammar per language.
//!
//! Every number and every catalogue name in a sentence is a fact of the claims it cites. The two
//! grammars are written separately, each as its readers would say it, never one translated.

mod en;
mod format;
mod zh;

use domain::{Claim, ClaimId, Language, Sentence, Strength};

use crate::Evidence;

pub use format::{join_en, join_zh, money, quote};

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
        claims.iter().filter(|c| c.verdict == domain::Verdict::Verified).collect();
    let mut sentences: Vec<Sentence> = verified
        .iter()
        .map(|claim| Sentence {
            text: sentence(claim, lang, evidence),
            claim_ids: vec![claim.claim_id.clone()],
        })
        .collect();
    if strength == Strength::Weak && !sentences.is_empty() {
        let all: Vec<ClaimId> = verified.iter().map(|c| c.claim_id.clone()).collect();
        sentences.push(Sentence { text: weakness(lang).to_owned(), claim_ids: all });
    }
    sentences
}

fn sentence(claim: &Claim, lang: Language, evidence: &dyn Evidence) -> String {
    match lang {
        Language::Zh => zh::sentence(claim, evidence),
        Language::En => en::sentence(claim, evidence),
    }
}

fn weakness(lang: Language) -> &'static str {
    match lang {
        Language::Zh => "以上只能说明推荐它的一小部分原因。",
        Language::En => "That explains only a small part of why it is here.",
    }
}

#[cfg(test)]
mod tests;
