//! Claims that a reason is not honest without: `promoted`, `varied`, `unknown_shopper`; and what the
//! shopper asked for, `asked_for`.

use claims::{Facts, Unknown, Verdict};
use domain::ItemId;
use signals::SignalName;

use crate::{
    Coverage, Evidence, Paid,
    proposal::{Placement, Proposal},
    recompute::compare,
};

/// An item that its score alone would not have brought into the list says so.
pub(super) fn varied(placement: &Placement, evidence: &dyn Evidence) -> Option<Proposal> {
    let by_hand = evidence.promotion(&placement.item_id).is_some();
    (!by_hand && placement.rank_by_score > placement.k).then(|| Proposal {
        facts: Facts::Varied {
            rank_by_score: placement.rank_by_score,
            rank_shown: placement.rank_shown,
        },
        evidence: Vec::new(),
        coverage: Coverage::new(),
        obligatory: true,
    })
}

/// The rank by score is taken again; variety placed the item, and no hand.
pub(super) fn verify_varied(
    item: &ItemId,
    (rank_by_score, rank_shown): (u32, u32),
    evidence: &dyn Evidence,
) -> Verdict {
    let rank = evidence.rank_without(item, &[]);
    let placed_by_variety = evidence.promotion(item).is_none();
    compare(placed_by_variety && rank == Some(rank_by_score) && rank_by_score > rank_shown)
}

/// A place that was given by hand says so, whatever else is true of the item.
pub(super) fn promoted(placement: &Placement, evidence: &dyn Evidence) -> Option<Proposal> {
    let paid = evidence.promotion(&placement.item_id)?;
    Some(Proposal {
        facts: Facts::Promoted {
            paid: paid == Paid::Yes,
            rank_by_score: placement.rank_by_score,
            rank_shown: placement.rank_shown,
        },
        evidence: Vec::new(),
        coverage: Coverage::new(),
        obligatory: true,
    })
}

/// The hand, who paid for it, and the rank by score are looked up again.
pub(super) fn verify_promoted(
    item: &ItemId,
    paid: bool,
    rank_by_score: u32,
    evidence: &dyn Evidence,
) -> Verdict {
    let promotion = if paid { Paid::Yes } else { Paid::No };
    compare(
        evidence.promotion(item) == Some(promotion)
            && evidence.rank_without(item, &[]) == Some(rank_by_score),
    )
}

/// What the shopper asked for in their own words speaks for their part of the score; whoever asked
/// for less is told so where an item is shown all the same.
pub(super) fn asked_for(id: &ItemId, evidence: &dyn Evidence) -> Vec<Proposal> {
    let of = |(concept, by)| Proposal {
        facts: Facts::AskedFor { concept, by },
        evidence: Vec::new(),
        coverage: [(SignalName::Stated, None)].into(),
        obligatory: by < 0.0,
    };
    evidence.asked_for(id).into_iter().map(of).collect()
}

/// Says that nothing of the shopper is known.
pub(super) fn unknown_shopper(evidence: &dyn Evidence) -> Option<Proposal> {
    let because = evidence.unknown()?;
    Some(Proposal {
        facts: Facts::UnknownShopper { because },
        evidence: Vec::new(),
        coverage: Coverage::new(),
        obligatory: true,
    })
}

/// Nothing may have been used.
pub(super) fn verify_unknown_shopper(because: Unknown, evidence: &dyn Evidence) -> Verdict {
    compare(
        evidence.unknown() == Some(because)
            && evidence.history().iter().all(|past| past.event_id.is_none()),
    )
}
