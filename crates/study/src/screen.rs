//! What a simulated shopper sees of an answer: the only place where false and empty words exist.

use answers::answer::{Answer, AnsweredItem, Planted};
use claims::{Claim, ClaimKind};
use simulate::{Glimpse, Words};

use crate::Arm;

/// How much the claims of one kind tell a shopper about an item: the inverse of a variance, in the
/// units of true utility. A claim that names facts of the item tells more than one that counts how
/// many others took it.
const TELLS: &[(ClaimKind, f64)] = &[
    (ClaimKind::SharesAttribute, 0.45),
    (ClaimKind::SimilarText, 0.35),
    (ClaimKind::ReviewersSay, 0.35),
    (ClaimKind::PriceFit, 0.3),
    (ClaimKind::BoughtTogether, 0.3),
    (ClaimKind::Contributed, 0.25),
    (ClaimKind::Flips, 0.25),
    (ClaimKind::Rated, 0.25),
    (ClaimKind::ViewedThen, 0.2),
    (ClaimKind::Popular, 0.1),
];
/// The same of every other kind: notices, and answers, which simulated shoppers do not ask for.
const TELLS_LITTLE: f64 = 0.05;

fn tells(kind: ClaimKind) -> f64 {
    TELLS.iter().find(|(known, _)| *known == kind).map_or(TELLS_LITTLE, |(_, tells)| *tells)
}

fn precision(claims: &[Claim]) -> f64 {
    claims.iter().map(|claim| tells(claim.facts.kind())).sum()
}

/// The list as it is seen in an arm; `None` for somebody who is in no arm, and sees what was
/// answered.
pub(crate) fn seen<'a>(
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
