//! Compares what a claim states with what was recomputed.

use claims::{Facts, Lead, Slot, Value, Verdict};
use domain::HistoryRef;

use crate::Evidence;

/// Floats recompute to the same bits on the same machine; this allows for another one.
const TOLERANCE: f64 = 1e-6;

/// Refutes facts that do not come out again, but for the last bits of scores.
pub(crate) fn recomputed(claimed: &Facts, again: Option<Facts>) -> Verdict {
    compare(again.is_some_and(|again| alike(claimed, &again)))
}

/// Whether facts are the same, slot by slot.
fn alike(a: &Facts, b: &Facts) -> bool {
    let (own, others) = (a.slots(), b.slots());
    let same = |(a, b): (&Slot<'_>, &Slot<'_>)| match (a.value, b.value) {
        (Value::Share(a), Value::Share(b)) | (Value::Score(a), Value::Score(b)) => close(a, b),
        (Value::Leads(a), Value::Leads(b)) => {
            let close = |(a, b): (&Lead, &Lead)| a.signal == b.signal && close(a.gap, b.gap);
            a.len() == b.len() && a.iter().zip(b).all(close)
        }
        (a, b) => a == b,
    };
    a.kind() == b.kind() && own.iter().zip(&others).all(same)
}

/// Returns `Verified` where a recomputation came out the same.
pub(crate) fn compare(holds: bool) -> Verdict {
    if holds { Verdict::Verified } else { Verdict::Refuted }
}

/// Whether two floats are the same but for the last bits.
pub(crate) fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= TOLERANCE * (1.0 + a.abs().max(b.abs()))
}

/// Returns the positions of steps in the history behind the answer; `None` where one is not in it.
pub(crate) fn positions_of(history: &[HistoryRef], evidence: &dyn Evidence) -> Option<Vec<usize>> {
    let position =
        |wanted: &HistoryRef| evidence.history().iter().position(|past| past.to_ref() == *wanted);
    history.iter().map(position).collect()
}
