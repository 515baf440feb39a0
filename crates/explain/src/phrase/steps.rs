//! Steps of a history in words: “you bought a and looked at b”.

use domain::{EventKind, HistoryRef, Language};
use messages::{key, message};

use super::format::{happened_again, titled};
use crate::Evidence;

/// The name of what was done, as messages know it. No kind: the page shows the item.
fn did_key(kind: Option<EventKind>) -> &'static str {
    match kind {
        Some(EventKind::Purchase) => "purchase",
        Some(EventKind::Cart) => "cart",
        Some(EventKind::Wish) => "wish",
        Some(EventKind::Rate) => "rate",
        Some(_) => "view",
        None => "page",
    }
}

/// The name of something done now.
pub(super) fn interaction_key(did: EventKind) -> &'static str {
    did_key(Some(did))
}

fn kind_of(past: &HistoryRef, evidence: &dyn Evidence) -> Option<EventKind> {
    evidence.history().iter().find(|e| e.to_ref() == *past).and_then(|e| e.kind)
}

/// Where a step stands among others: the first, next after one with the same subject, or apart.
fn place_key(at: usize, first: Option<EventKind>) -> &'static str {
    match (at, first) {
        (0, _) => "first",
        (_, Some(_)) => "next",
        (_, None) => "apart",
    }
}

fn cause_at(
    past: &HistoryRef,
    place: &'static str,
    lang: Language,
    evidence: &dyn Evidence,
) -> String {
    message!(
        lang,
        "reason-cause",
        did: key(did_key(kind_of(past, evidence))),
        place: key(place),
        title: titled(&past.item_id, lang, evidence),
    )
}

/// Steps one after another, for a sentence that begins with the first.
pub(super) fn causes(
    history: &[HistoryRef],
    lang: Language,
    evidence: &dyn Evidence,
) -> Vec<String> {
    let first = history.first().and_then(|past| kind_of(past, evidence));
    let steps = history.iter().enumerate();
    steps.map(|(at, past)| cause_at(past, place_key(at, first), lang, evidence)).collect()
}

/// Steps that are supposed not to count.
pub(super) fn counted(
    history: &[HistoryRef],
    lang: Language,
    evidence: &dyn Evidence,
) -> Vec<String> {
    let that = |(at, past): (usize, &HistoryRef)| {
        // Only this one is meant, where the shopper did it more than once.
        let once = happened_again(past, history, evidence);
        counted_cause(past, (place_key(at, None), once), lang, evidence)
    };
    history.iter().enumerate().map(that).collect()
}

/// A step that is supposed not to count, on its own, however often it was done.
pub(super) fn uncounted(past: &HistoryRef, lang: Language, evidence: &dyn Evidence) -> String {
    counted_cause(past, ("first", false), lang, evidence)
}

fn counted_cause(
    past: &HistoryRef,
    (place, once): (&'static str, bool),
    lang: Language,
    evidence: &dyn Evidence,
) -> String {
    message!(
        lang,
        "reason-counted-cause",
        did: key(did_key(kind_of(past, evidence))),
        place: key(place),
        title: titled(&past.item_id, lang, evidence),
        once: key(if once { "yes" } else { "no" }),
    )
}
