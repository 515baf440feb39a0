//! Seeded errors: something wrong, put into an answer on purpose, to see whether it is noticed.
//!
//! Off unless the settings say so, and then only for requests that say of themselves that they are
//! test traffic, or of a shopper who agreed to it. Live shopping cannot be named at all. What is
//! planted is recorded as planted, carries no claims, and counts for nothing that was delivered.

use claims::{ClaimKind, Reason};
use domain::RequestId;
use experiments::assignment::position;
use serde::{Deserialize, Serialize};

use answers::answer::{AnsweredItem, Planted, PlantedError};
use answers::request::Traffic;
use shop::ShopError;

/// Seeded errors. Documented key by key in `config/default.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SeededErrorConfig {
    /// Which traffic may get seeded errors. Empty: none.
    pub traffic: Vec<SeededTraffic>,
    /// Share of its answers that get something wrong.
    pub share: f64,
    /// How much more acceptance of errors would still count as none, as a share.
    pub margin: f64,
}

/// Traffic that may get seeded errors. There is no word for live shopping here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeededTraffic {
    /// Requests of tests.
    Test,
    /// Requests of shoppers who agreed to be shown wrong things and to be told afterwards.
    Consenting,
}

impl Default for SeededErrorConfig {
    fn default() -> Self {
        Self { traffic: Vec::new(), share: 0.1, margin: 0.05 }
    }
}

impl SeededErrorConfig {
    /// Checks that the settings make sense.
    ///
    /// # Errors
    /// [`ShopError::Config`] with the key and what is expected.
    pub fn check(&self) -> Result<(), ShopError> {
        let within = |name: &str, value: f64| {
            if value > 0.0 && value < 1.0 {
                Ok(())
            } else {
                let problem = format!("seeded_errors.{name} is {value}, but lies between 0 and 1");
                Err(ShopError::Config { problem })
            }
        };
        within("share", self.share)?;
        within("margin", self.margin)
    }

    /// Whether this answer gets something wrong.
    pub fn wants(&self, traffic: Traffic, request_id: &RequestId) -> bool {
        let allowed = match traffic {
            Traffic::Live => false,
            Traffic::Test => self.traffic.contains(&SeededTraffic::Test),
            Traffic::Consenting => self.traffic.contains(&SeededTraffic::Consenting),
        };
        allowed && position(&["probe"], request_id.as_str()) < self.share
    }
}

/// Plants one error: half the time an item that scores worst, else a good item; either with the
/// reason of another. Where nothing has a reason, always an item, and without one. `worst` answers
/// for the item of a rank with the worst eligible one. `None`, and nothing changed, where nothing
/// wrong can be put there, or the place was given by hand.
pub fn plant(
    request_id: &RequestId,
    items: &mut [AnsweredItem],
    worst: impl FnOnce(u32) -> Option<AnsweredItem>,
) -> Option<Planted> {
    let place = |what: &str| position(&["planted", what], request_id.as_str());
    let at = (place("rank") * items.len() as f64) as usize;
    let rank = items.get(at).filter(|item| !is_placed_by_hand(item))?.rank;
    let lends = |item: &&AnsweredItem| item.rank != rank && !item.reasons.is_empty();
    let lender = items.iter().find(lends).map(|item| (item.rank, item.reasons[0].clone()));
    let wants_item = lender.is_none() || place("what") < 0.5;
    let replacement = if wants_item { worst(rank) } else { None };
    let listed = |item: &AnsweredItem| items.iter().any(|known| known.item_id == item.item_id);
    let what = match replacement.filter(|item| !listed(item)) {
        Some(item) => {
            items[at] = item;
            PlantedError::WrongItem
        }
        None if lender.is_some() => PlantedError::WrongReason,
        None => return None,
    };
    let Some((reason_of, borrowed)) = lender else {
        return Some(Planted { rank, what, reason_of: None });
    };
    let id = answers::answer::reason_id(request_id, rank);
    // Without its claims: a planted reason is no proof of anything, and counts as none.
    let mut reason = Reason { reason_id: id, claims: Vec::new(), ..borrowed };
    reason.sentences.iter_mut().for_each(|sentence| sentence.claim_ids.clear());
    items[at].reasons = vec![reason];
    Some(Planted { rank, what, reason_of: Some(reason_of) })
}

/// A place given by hand must say so, also in a test.
fn is_placed_by_hand(item: &AnsweredItem) -> bool {
    let mut claims = item.reasons.iter().flat_map(|reason| &reason.claims);
    claims.any(|claim| claim.facts.kind() == ClaimKind::Promoted)
}
