//! Claims as a language model is told of them: a form, and the facts that go into its places.
//!
//! A fact is what the grammar writes, with as much around it as keeps it true wherever it stands:
//! “3 of your last 10 items”, not 3 and 10. Claims that warn of something are not told: a warning
//! stays in the grammar's words.

mod en;
mod zh;

use claims::{Claim, Reason, Sentence, Strength, Verdict, WordedBy};
use domain::{ClaimId, HistoryRef, Language};
use language::phrasing::{self, Slot, Statement, Wording};

use crate::Evidence;

/// The claims of a reason that a language model may word.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Told {
    /// What is told, in the order of the claims.
    pub statements: Vec<Statement>,
    /// The claim behind each statement.
    pub claim_ids: Vec<ClaimId>,
}

/// What may be told of verified claims. Empty where everything stays with the grammar.
#[must_use]
pub fn told(claims: &[Claim], lang: Language, evidence: &dyn Evidence) -> Told {
    let verified = claims.iter().filter(|claim| claim.verdict == Verdict::Verified);
    let statements = verified.filter_map(|claim| {
        let statement = match lang {
            Language::Zh => zh::statement_of(claim, evidence),
            Language::En => en::statement_of(claim, evidence),
        };
        let listed = statement.filter(|statement| phrasing::offers(statement.form, lang));
        listed.map(|statement| (statement, claim.claim_id.clone()))
    });
    let (statements, claim_ids) = statements.unzip();
    Told { statements, claim_ids }
}

/// A reason in a language model's words, where they are accepted for its claims; what was not told
/// keeps the grammar's. `None` leaves the reason as it is. Checked here once more, whatever was
/// checked before: nothing else stands between a wording and a shopper.
#[must_use]
pub fn reword(reason: &Reason, told: &Told, wording: &Wording) -> Option<Reason> {
    phrasing::check(&wording.lines, &told.statements, reason.lang).ok()?;
    let line = |line: &phrasing::Line| Sentence {
        text: phrasing::fill(line, &told.statements, reason.lang),
        claim_ids: stated(line, told),
    };
    let words = wording.lines.iter().map(line);
    // A weak reason ends by saying so; that is said of the whole of it, by the grammar.
    let is_weak = reason.strength == Strength::Weak;
    let n = reason.sentences.len();
    let kept = |(at, sentence): &(usize, &Sentence)| {
        let of_told = sentence.claim_ids.iter().all(|id| told.claim_ids.contains(id));
        is_weak && at + 1 == n || !of_told
    };
    let kept = reason.sentences.iter().enumerate().filter(kept).map(|(_, kept)| kept.clone());
    let sentences: Vec<Sentence> = words.chain(kept).collect();
    Some(Reason {
        text: super::joined(&sentences, reason.lang),
        sentences,
        ai_generated: true,
        worded_by: Some(WordedBy {
            model: wording.model.clone(),
            prompt_version: wording.prompt_version.clone(),
        }),
        ..reason.clone()
    })
}

/// The claims that a line states.
fn stated(line: &phrasing::Line, told: &Told) -> Vec<ClaimId> {
    let of = |(claim_idx, id): (usize, &ClaimId)| {
        let named = format!("c{}", claim_idx + 1);
        line.claim_ids.contains(&named).then(|| id.clone())
    };
    told.claim_ids.iter().enumerate().filter_map(of).collect()
}

/// Puts a statement together.
fn statement<const N: usize>(form: &'static str, facts: [(&'static str, String); N]) -> Statement {
    let slots = facts.into_iter().map(|(name, value)| Slot { name, value }).collect();
    Statement { form, slots }
}

/// Where the page is behind a claim, there may be no history to speak of.
fn contributed_form(history: &[HistoryRef]) -> &'static str {
    let of_page = history.iter().any(|past| past.event_id.is_none());
    if of_page { "contributed_page" } else { "contributed" }
}

#[cfg(test)]
mod tests;
