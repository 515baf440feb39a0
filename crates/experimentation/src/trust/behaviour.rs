//! What shoppers do: whether they follow recommendations, correct reasons, and turn away.

use std::collections::{BTreeMap, BTreeSet};

use domain::{ShopperId, Statistic};
use experiments::clustered::{Cluster, Clustered, Level, Looks};
use experiments::proportion::Proportion;
use serde::Serialize;
use trust::overtrust::{Detection, Trials};

use crate::experiment::count_trial;
use crate::outcomes::{ItemOutcome, Outcome, Outcomes, Who};
use shop::{Shop, ShopError};

/// The level of every interval.
pub(super) const ONE_LOOK: Level = Level { alpha: 0.05, looks: Looks::One };

/// How many of how many, with a 95 % interval. Where it is shoppers who did it, they are the units:
/// what one of them does ten times does not count as ten.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Share {
    /// Of these.
    pub n: u64,
    /// So many did.
    pub n_did: u64,
    /// The share.
    pub share: f64,
    /// Its interval.
    pub ci: [f64; 2],
}

/// What shoppers did.
#[derive(Debug, Clone, Serialize)]
pub struct Behaviour {
    /// Recorded answers that cannot be read, so that nothing below counts them; `candor audit` names
    /// them.
    #[serde(skip_serializing_if = "is_zero")]
    pub n_unreadable: u64,
    /// Recommended items that came into view and were clicked, carted or bought.
    pub follow_through: Statistic<Share>,
    /// The same by variant.
    pub follow_through_by_variant: BTreeMap<String, Statistic<Share>>,
    /// Reasons in view that were opened.
    pub opened: Statistic<Share>,
    /// Reasons in view that were called helpful.
    pub helpful: Statistic<Share>,
    /// Reasons in view that were called wrong or unclear, or whose grounds were forbidden.
    pub corrections: Statistic<Share>,
    /// Reasons in view after which a question was asked back.
    pub asked_back: Statistic<Share>,
    /// Items in view that were dismissed.
    pub dismissed: Statistic<Share>,
    /// Recommended items bought that were given back.
    pub returned: Statistic<Share>,
    /// Shoppers who were given answers and have profiling switched off now.
    pub opted_out: Statistic<Share>,
    /// Planted errors and what was done with them; test traffic only.
    pub planted: Trials,
    /// The share of them that was accepted.
    pub errors_accepted: Statistic<Share>,
    /// How well planted errors were told from what was right.
    pub detection: Statistic<Detection>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
pub(super) fn is_zero(n: &u64) -> bool {
    *n == 0
}

/// A share, or why there is none.
pub(super) fn share(n_did: u64, n: u64) -> Statistic<Share> {
    let interval = Proportion { n, successes: n_did }.wilson(0.05);
    interval.map(|ci| Share { n, n_did, share: n_did as f64 / n as f64, ci })
}

/// The share of items for which something holds, over whoever was shown them.
pub(super) fn share_of<'a>(
    items: impl Iterator<Item = (Who, &'a ItemOutcome)>,
    did: impl Fn(Outcome) -> bool,
) -> Statistic<Share> {
    share_by(items.map(|(who, item)| (who, did(item.outcome))))
}

fn share_by(done: impl Iterator<Item = (Who, bool)>) -> Statistic<Share> {
    let mut by_whom: BTreeMap<Who, Cluster> = BTreeMap::new();
    for (who, did) in done {
        let cluster = by_whom.entry(who).or_default();
        cluster.n += 1;
        cluster.successes += u64::from(did);
    }
    let over = Clustered::of(by_whom.into_values());
    let (n, n_did) = (over.n, over.successes);
    over.interval(ONE_LOOK).map(|ci| Share { n, n_did, share: over.rate(), ci })
}

pub(super) fn behaviour(shop: &Shop, outcomes: &Outcomes) -> Result<Behaviour, ShopError> {
    let in_view = || outcomes.items().filter(|(_, item)| item.outcome.exposed);
    let reasons = || in_view().filter(|(_, item)| item.strength.is_some());
    let mut by_variant: BTreeMap<String, Vec<(Who, &ItemOutcome)>> = BTreeMap::new();
    for (who, answer) in outcomes.by_whom() {
        let items = answer.items.iter().filter(|i| i.outcome.exposed && !i.planted);
        let items = items.map(|item| (who, item));
        for (experiment, variant) in &answer.treated.variants {
            let name = format!("{experiment}/{variant}");
            by_variant.entry(name).or_default().extend(items.clone());
        }
    }
    let bought = || in_view().filter(|(_, item)| item.outcome.bought);
    let planted = planted(outcomes);
    Ok(Behaviour {
        n_unreadable: outcomes.n_unreadable,
        follow_through: share_of(in_view(), Outcome::followed),
        follow_through_by_variant: by_variant
            .into_iter()
            .map(|(name, items)| (name, share_of(items.into_iter(), Outcome::followed)))
            .collect(),
        opened: share_of(reasons(), |outcome| outcome.opened),
        helpful: share_of(reasons(), |outcome| outcome.helpful),
        corrections: share_of(reasons(), Outcome::corrected),
        asked_back: share_of(reasons(), |outcome| outcome.follow_up),
        dismissed: share_of(in_view(), |outcome| outcome.dismissed),
        returned: share_of(bought(), |outcome| outcome.returned),
        opted_out: opted_out(shop, outcomes)?,
        detection: planted.detection(),
        errors_accepted: share_by(wrong(outcomes)),
        planted,
    })
}

fn opted_out(shop: &Shop, outcomes: &Outcomes) -> Result<Statistic<Share>, ShopError> {
    let newest = shop.state().newest()?;
    let asked: BTreeSet<ShopperId> =
        outcomes.answers.iter().filter_map(|answer| answer.shopper).collect();
    let mut n_out = 0;
    for shopper in &asked {
        n_out += u64::from(!shop.state().preferences(*shopper, newest)?.profiling);
    }
    Ok(share(n_out, asked.len() as u64))
}

fn planted(outcomes: &Outcomes) -> Trials {
    let mut trials = Trials::default();
    for answer in outcomes.answers.iter().filter(|answer| answer.seeded_error.is_some()) {
        for item in answer.items.iter().filter(|item| item.outcome.exposed) {
            count_trial(&mut trials, item.planted, item.outcome.accepted());
        }
    }
    trials
}

/// What came into view of what was planted, and whether it was accepted.
fn wrong(outcomes: &Outcomes) -> impl Iterator<Item = (Who, bool)> {
    let with_errors = outcomes.by_whom().filter(|(_, answer)| answer.seeded_error.is_some());
    let items =
        with_errors.flat_map(|(who, answer)| answer.items.iter().map(move |item| (who, item)));
    let planted = items.filter(|(_, item)| item.planted && item.outcome.exposed);
    planted.map(|(who, item)| (who, item.outcome.accepted()))
}
