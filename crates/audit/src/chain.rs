//! Walking the audit chain: every link recomputed from the one before, every answer from its salt.
//!
//! What that proves: no answer of the range was altered, left out, slipped in or moved to another
//! day since it was recorded, unless everything after it was made anew as well. The head of each day
//! is in the report, so that whoever keeps it elsewhere can tell that too.

use domain::{IngestId, Timestamp};
use store::every;
use store::{
    Answer, Chained, Link,
    chain::{BEFORE_THE_FIRST, Hash, commitment, day_of, link},
};

use super::{AuditReport, DayChain, Problem};
use shop::{Shop, ShopError};

/// Verifies the links of answers with `after < id <= until`.
pub(super) fn verify(
    shop: &Shop,
    (after, until): (IngestId, IngestId),
    report: &mut AuditReport,
) -> Result<(), ShopError> {
    let before = shop.state().last_link(after)?;
    let mut walk =
        Walk { before: before.map(|link| link.link), erasures: shop.state().erasures()?, report };
    shop.state().scan_chain(after, until, &mut every(|chained| walk.step(&chained)))?;
    Ok(())
}

struct Walk<'a> {
    /// The link before; `None` until the chain begins.
    before: Option<Hash>,
    erasures: Vec<IngestId>,
    report: &'a mut AuditReport,
}

impl Walk<'_> {
    fn step(&mut self, chained: &Chained) {
        let answer = chained.answer.as_ref().map(|(answer, _)| answer);
        match &chained.link {
            Some(link) => {
                for problem in self.problems(link, chained) {
                    self.note(answer, problem);
                }
                self.count(link);
                self.before = Some(link.link);
            }
            None => {
                let salted = chained.answer.as_ref().is_some_and(|(_, salt)| salt.is_some());
                match answer {
                    Some(found) if salted || self.before.is_some() => {
                        self.note(answer, Problem::Unchained { answer_id: found.id });
                    }
                    _ => self.report.n_before_chain += 1,
                }
            }
        }
    }

    fn problems(&self, kept: &Link, chained: &Chained) -> Vec<Problem> {
        let answer_id = kept.answer_id;
        let before = self.before.unwrap_or(BEFORE_THE_FIRST);
        let is_tied = kept.link == link(&before, answer_id, &kept.commitment);
        let broken = (!is_tied).then_some(Problem::ChainBroken { answer_id });
        let of_answer = match (&chained.answer, kept.erased_by) {
            (Some((answer, Some(salt))), None) => (commitment(salt, answer) != kept.commitment)
                .then_some(Problem::AnswerAltered { answer_id }),
            (Some(_), _) => Some(Problem::AnswerAltered { answer_id }),
            (None, Some(by)) if self.erasures.contains(&by) => None,
            (None, _) => Some(Problem::AnswerMissing { answer_id }),
        };
        broken.into_iter().chain(of_answer).collect()
    }

    fn count(&mut self, link: &Link) {
        let day_ms = day_of(link.answer_id).saturating_mul(domain::time::DAY_MS.unsigned_abs());
        let day = Timestamp(i64::try_from(day_ms).unwrap_or(i64::MAX)).date();
        let days = &mut self.report.days;
        if days.last().is_none_or(|last| last.day != day) {
            days.push(DayChain { day, n_links: 0, n_erased: 0, head: String::new() });
        }
        let today = days.last_mut().expect("a day was just added where there was none");
        today.n_links += 1;
        today.n_erased += u64::from(link.erased_by.is_some());
        today.head = hexadecimal(&link.link);
    }

    fn note(&mut self, answer: Option<&Answer>, problem: Problem) {
        let request_id = answer.map(|answer| &answer.record.request_id);
        self.report.note(request_id, None, problem);
    }
}

fn hexadecimal(hash: &Hash) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
