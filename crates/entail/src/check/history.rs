//! What the shopper did, what it does for the score, and what would be shown without it.

use claims::Facts;
use domain::HistoryRef;

use super::Said;

/// “You bought X”: a step that a claim rests on.
pub(crate) fn did(said: &Said<'_>, facts: &Facts) -> bool {
    let (Facts::Contributed { history, .. } | Facts::Flips { history, .. }) = facts else {
        return false;
    };
    let Some(steps) = said.steps() else { return false };
    let among =
        |at: &usize| history.iter().any(|past| said.situation.id(*at) == Some(&past.item_id));
    !steps.is_empty()
        && steps.iter().all(among)
        && acts_hold(said, &steps)
        && said.counts("times", count(&steps))
}

/// “Without X, Y would be here”.
pub(crate) fn flip(said: &Said<'_>, facts: &Facts) -> bool {
    let Facts::Flips { history, instead, .. } = facts else { return false };
    let Some(steps) = said.steps() else { return false };
    let several =
        said.situation.deeds.iter().any(|deed| {
            deed.one_of_several && history.iter().any(|past| past.item_id == deed.item_id)
        });
    are_just(said, &steps, history)
        && several == said.has("once")
        && !said.products("x").is_empty()
        && said.names("x", instead)
        && said.counts("count", count(&steps))
}

/// “They make up 95 % of its score; without them it would rank 91st instead of 8th”.
pub(crate) fn contributed(said: &Said<'_>, facts: &Facts) -> bool {
    let Facts::Contributed { history, share, rank_with, rank_without } = facts else {
        return false;
    };
    let Some(steps) = said.steps() else { return false };
    let most = said.words("most").iter().all(|most| match *most {
        "all" => *share >= 0.95,
        "great" => *share >= 0.8,
        _ => *share > 0.5,
    });
    // “One place lower”.
    let lower = rank_without.saturating_sub(*rank_with);
    are_just(said, &steps, history)
        && most
        && said.shares(*share)
        && said.counts("with", *rank_with)
        && said.counts("without", *rank_without)
        && said.counts("lift", lower)
        && said.counts("count", count(&steps))
}

fn count(steps: &[usize]) -> u32 {
    u32::try_from(steps.len()).unwrap_or(u32::MAX)
}

/// Whether just these steps are spoken of, and were done so.
fn are_just(said: &Said<'_>, steps: &[usize], history: &[HistoryRef]) -> bool {
    let spoken =
        |past: &HistoryRef| steps.iter().any(|at| said.situation.id(*at) == Some(&past.item_id));
    let mut items: Vec<_> = history.iter().map(|past| &past.item_id).collect();
    items.sort_unstable();
    items.dedup();
    items.len() == steps.len() && history.iter().all(spoken) && acts_hold(said, steps)
}

fn acts_hold(said: &Said<'_>, steps: &[usize]) -> bool {
    said.words("act").iter().all(|act| steps.iter().all(|at| said.is_done(*at, act)))
}
