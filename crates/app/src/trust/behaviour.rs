//! What shoppers do: whether they follow recommendations, correct reasons, and turn away.

use std::collections::BTreeMap;

use domain::Statistic;
use experiments::proportion::Proportion;
use serde::Serialize;
use trust::overtrust::{Detection, Trials};

use crate::experiment::count_trial;
use crate::seen::{Outcome, Seen, SeenItem};
use crate::{AppError, Shop};

/// How many of how many, with Wilson's 95 % interval.
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
    /// How well planted errors were told from what was right.
    pub detection: Statistic<Detection>,
}

/// A share, or why there is none.
pub(super) fn share(n_did: u64, n: u64) -> Statistic<Share> {
    let interval = Proportion { n, successes: n_did }.wilson(0.05);
    interval.map(|ci| Share { n, n_did, share: n_did as f64 / n as f64, ci })
}

/// The share of items for which something holds.
pub(super) fn share_of<'a>(
    items: impl Iterator<Item = &'a SeenItem>,
    did: impl Fn(Outcome) -> bool,
) -> Statistic<Share> {
    let (n, n_did) =
        items.fold((0, 0), |(n, n_did), item| (n + 1, n_did + u64::from(did(item.outcome))));
    share(n_did, n)
}

impl Shop {
    pub(super) fn behaviour(&self, seen: &Seen) -> Result<Behaviour, AppError> {
        let in_view = || {
            let items = seen.answers.iter().flat_map(|answer| &answer.items);
            items.filter(|item| item.outcome.exposed && !item.planted)
        };
        let reasons = || in_view().filter(|item| item.strength.is_some());
        let mut by_variant: BTreeMap<String, Vec<&SeenItem>> = BTreeMap::new();
        for answer in &seen.answers {
            let items = answer.items.iter().filter(|i| i.outcome.exposed && !i.planted);
            for (experiment, variant) in &answer.treated.variants {
                let name = format!("{experiment}/{variant}");
                by_variant.entry(name).or_default().extend(items.clone());
            }
        }
        let planted = planted(seen);
        Ok(Behaviour {
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
            returned: share_of(in_view().filter(|i| i.outcome.bought), |outcome| outcome.returned),
            opted_out: self.opted_out(seen)?,
            detection: planted.detection(),
            planted,
        })
    }

    fn opted_out(&self, seen: &Seen) -> Result<Statistic<Share>, AppError> {
        let newest = self.state().newest()?;
        let asked: std::collections::BTreeSet<_> =
            seen.answers.iter().filter_map(|answer| answer.shopper).collect();
        let mut n_out = 0;
        for shopper in &asked {
            n_out += u64::from(!self.state().preferences(*shopper, newest)?.profiling);
        }
        Ok(share(n_out, asked.len() as u64))
    }
}

fn planted(seen: &Seen) -> Trials {
    let mut trials = Trials::default();
    for answer in seen.answers.iter().filter(|answer| answer.probe.is_some()) {
        for item in answer.items.iter().filter(|item| item.outcome.exposed) {
            count_trial(&mut trials, item.planted, item.outcome.accepted());
        }
    }
    trials
}
