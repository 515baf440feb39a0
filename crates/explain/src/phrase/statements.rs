//! The statements that a language model may word: of each claim its form, and the facts that go into it.
//!
//! A fact is what the grammar writes, with as much around it as keeps it true wherever it stands:
//! “3 of your last 10 items”, not 3 and 10 (`messages/<language>/worded.ftl`). Claims that warn of
//! something are left out: a warning stays in the grammar's words.

mod of_kinds;

use claims::{Claim, Reason, Sentence, Strength, Verdict, WordedBy};
use domain::{ClaimId, Language};
use language::phrasing::{self, Statement, Wording};

use crate::Evidence;

/// The claims of a reason that a language model may word.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Statements {
    /// The statements, in the order of the claims.
    pub list: Vec<Statement>,
    /// The claim behind each statement.
    pub claim_ids: Vec<ClaimId>,
}

/// The statements of verified claims. Empty where everything stays with the grammar, as in a
/// language that has no lists of words for forms.
#[must_use]
pub fn statements_of(claims: &[Claim], lang: Language, evidence: &dyn Evidence) -> Statements {
    let verified = claims.iter().filter(|claim| claim.verdict == Verdict::Verified);
    let statements = verified.filter_map(|claim| {
        let statement = of_kinds::statement_of(claim, lang, evidence);
        let listed = statement.filter(|statement| phrasing::offers(statement.form, lang));
        listed.map(|statement| (statement, claim.claim_id.clone()))
    });
    let (list, claim_ids) = statements.unzip();
    Statements { list, claim_ids }
}

/// A reason in a language model's words, where they are accepted for its claims; what is not stated
/// keeps the grammar's. `None` leaves the reason as it is. Checked here once more, whatever was
/// checked before: nothing else stands between a wording and a shopper.
#[must_use]
pub fn reword(reason: &Reason, statements: &Statements, wording: &Wording) -> Option<Reason> {
    phrasing::check(&wording.lines, &statements.list, reason.lang).ok()?;
    let line = |line: &phrasing::Line| Sentence {
        text: phrasing::fill(line, &statements.list, reason.lang),
        claim_ids: stated(line, statements),
    };
    let words = wording.lines.iter().map(line);
    // A weak reason ends by saying so; that is said of the whole of it, by the grammar.
    let is_weak = reason.strength == Strength::Weak;
    let n = reason.sentences.len();
    let kept = |(at, sentence): &(usize, &Sentence)| {
        let is_covered = sentence.claim_ids.iter().all(|id| statements.claim_ids.contains(id));
        is_weak && at + 1 == n || !is_covered
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
fn stated(line: &phrasing::Line, statements: &Statements) -> Vec<ClaimId> {
    let of = |(claim_idx, id): (usize, &ClaimId)| {
        let named = format!("c{}", claim_idx + 1);
        line.claim_ids.contains(&named).then(|| id.clone())
    };
    statements.claim_ids.iter().enumerate().filter_map(of).collect()
}

#[cfg(test)]
mod tests;
