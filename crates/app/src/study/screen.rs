//! What a simulated shopper sees of an answer: the only place where false and empty words exist.

use claims::Claim;
use simulate::{Glimpse, Words};

use super::Arm;
use crate::answer::{Answer, AnsweredItem, Planted};

/// How much the claims of one kind tell a shopper about an item: the inverse of a variance, in the
/// units of true utility. What names facts of the item tells more than how many others took it.
const TELLS: [(&str, f64); 10] = [
    ("shares_attribute", 0.45),
    ("similar_text", 0.35),
    ("reviewers_say", 0.35),
    ("price_fit", 0.3),
    ("bought_together", 0.3),
    ("contributed", 0.25),
    ("flips", 0.25),
    ("rated", 0.25),
    ("viewed_then", 0.2),
    ("popular", 0.1),
];
/// What a claim of any other kind tells.
const TELLS_LITTLE: f64 = 0.05;

fn precision(claims: &[Claim]) -> f64 {
    let tells = |claim: &Claim| {
        let known = TELLS.iter().find(|(kind, _)| *kind == claim.facts.kind());
        known.map_or(TELLS_LITTLE, |(_, tells)| *tells)
    };
    claims.iter().map(tells).sum()
}

/// The list as it is seen in an arm; `None` for somebody who is in no arm, and sees what was
/// answered.
pub(super) fn seen<'a>(
    answer: &'a Answer,
    planted: &'a [Planted],
    arm: Option<Arm>,
) -> Vec<Glimpse<'a>> {
    let glimpse = |item: &'a AnsweredItem| {
        let words = item.reasons.first().map(|reason| match arm {
            Some(Arm::FalseReasons) => Words::Praise,
            Some(Arm::Placebo) => Words::Empty,
            _ => told(answer, planted, item, &reason.claims),
        });
        Glimpse { item: &item.item_id, words }
    };
    answer.items.iter().map(glimpse).collect()
}

/// Facts of the item; where a reason was planted, of the item that it was taken from. The record
/// keeps the claims of that one.
fn told<'a>(
    answer: &'a Answer,
    planted: &[Planted],
    item: &AnsweredItem,
    claims: &[Claim],
) -> Words<'a> {
    let here = planted.iter().find(|planted| planted.rank == item.rank);
    let lender = here.and_then(|planted| planted.reason_of);
    let lender = lender.and_then(|rank| answer.items.iter().find(|item| item.rank == rank));
    match lender {
        Some(lender) => {
            let claims = lender.reasons.first().map_or(&[][..], |reason| &reason.claims);
            let (n, precision) = (claims.len() as u32, precision(claims));
            Words::OfAnother { item: &lender.item_id, n, precision }
        }
        None => Words::Facts { n: claims.len() as u32, precision: precision(claims) },
    }
}
