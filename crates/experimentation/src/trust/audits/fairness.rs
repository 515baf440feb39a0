//! Fairness: whose products are shown, and whether groups of shoppers are served alike.
//!
//! The gaps are described, not explained: a group may follow less because it is offered worse, or
//! because it wants other things.

use std::collections::BTreeMap;

use claims::Strength;
use domain::{Item, ItemId, Language, Statistic};
use experiments::{
    PairSummary,
    effect::{Effect, Estimate, Scale},
    ratio, welch,
};
use explain::Relation;
use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::outcomes::{AnswerOutcomes, ItemOutcome, Outcome, Outcomes, Who};
use shop::live_counts::LiveCounts;
use shop::{Shop, ShopError};

/// Providers listed; the rest is summed up.
const PROVIDERS_SHOWN: usize = 20;
/// Share of items, most bought first, that are the head; then as many in the middle, then the tail.
const HEAD: f64 = 0.2;
const MIDDLE: f64 = 0.5;

/// Whose products are shown, and whether groups of shoppers are served alike.
#[derive(Debug, Clone, Serialize)]
pub struct Fairness {
    /// `in_view` where the shop tells what came into view, else `answered`.
    pub counted: &'static str,
    /// Brands, most shown first.
    pub providers: Vec<Provider>,
    /// Distinct brands in the catalogue.
    pub n_providers: usize,
    /// Of those, shown at least once.
    pub n_providers_shown: usize,
    /// Items by how much they are bought: head, middle and tail.
    pub popularity: Vec<Bucket>,
    /// Differences between groups of shoppers.
    pub gaps: Vec<Gap>,
}

/// A brand, and how much of what is shown is its own.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Provider {
    /// The brand.
    pub name: String,
    /// Share of everything shown.
    pub share_shown: f64,
    /// Share of the catalogue.
    pub share_of_catalogue: f64,
    /// Share of the buyers.
    pub share_of_buyers: f64,
}

/// Items of like popularity.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bucket {
    /// `head`, `middle` or `tail`.
    pub name: &'static str,
    /// Share of the catalogue.
    pub share_of_catalogue: f64,
    /// Share of the buyers.
    pub share_of_buyers: f64,
    /// Share of all impressions, with its 95 % interval over shoppers.
    pub share_shown: Statistic<ImpressionShare>,
}

/// The share of all impressions.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ImpressionShare {
    /// The share.
    pub share: f64,
    /// Its interval.
    pub ci: [f64; 2],
}

/// The difference between two groups of shoppers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Gap {
    /// What is compared.
    pub measure: &'static str,
    /// The group that is compared …
    pub group: &'static str,
    /// … with this one.
    pub with: &'static str,
    /// Group minus the other, with its 95 % interval over shoppers.
    pub difference: Statistic<Estimate>,
}

/// What is known of each item.
struct Shelf {
    brand: FxHashMap<ItemId, String>,
    bucket: FxHashMap<ItemId, usize>,
    buyers: FxHashMap<ItemId, f64>,
}

pub(super) fn fairness(shop: &Shop, outcomes: &Outcomes) -> Result<Fairness, ShopError> {
    let shelf = Shelf::of(&shop.count()?);
    let tells_views = outcomes.answers.iter().any(|a| a.items.iter().any(|i| i.outcome.exposed));
    let mut shown: BTreeMap<Who, Vec<&ItemOutcome>> = BTreeMap::new();
    for (who, item) in outcomes.items().filter(|(_, item)| item.outcome.exposed || !tells_views) {
        shown.entry(who).or_default().push(item);
    }
    let shown: Vec<Vec<&ItemOutcome>> = shown.into_values().collect();
    let providers = shelf.providers(&shown);
    Ok(Fairness {
        counted: if tells_views { "in_view" } else { "answered" },
        n_providers: providers.len(),
        n_providers_shown: providers.iter().filter(|p| p.share_shown > 0.0).count(),
        providers: providers.into_iter().take(PROVIDERS_SHOWN).collect(),
        popularity: shelf.buckets(&shown),
        gaps: gaps(outcomes),
    })
}

impl Shelf {
    fn of(counts: &LiveCounts) -> Self {
        let for_sale = || counts.offered();
        let buyers = |item: &Item| f64::from(counts.shoppers_of(&item.id, Relation::Bought));
        let mut order: Vec<_> =
            for_sale().map(|entry| (entry.item.id.clone(), buyers(&entry.item))).collect();
        order.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let n = order.len() as f64;
        let bucket = |place: usize| match place as f64 / n {
            share if share < HEAD => 0,
            share if share < MIDDLE => 1,
            _ => 2,
        };
        let named = for_sale().map(|entry| {
            let brand = entry.item.brand.versions().next().unwrap_or("(none)");
            (entry.item.id.clone(), brand.to_owned())
        });
        Self {
            brand: named.collect(),
            bucket: order.iter().enumerate().map(|(n, (id, _))| (id.clone(), bucket(n))).collect(),
            buyers: order.into_iter().collect(),
        }
    }

    fn providers(&self, shown: &[Vec<&ItemOutcome>]) -> Vec<Provider> {
        let mut sums: BTreeMap<&str, [f64; 3]> = BTreeMap::new();
        for (id, brand) in &self.brand {
            let sum = sums.entry(brand).or_default();
            sum[1] += 1.0;
            sum[2] += self.buyers[id];
        }
        for item in shown.iter().flatten() {
            if let Some(brand) = self.brand.get(&item.item_id) {
                sums.entry(brand).or_default()[0] += 1.0;
            }
        }
        let total = |at: usize| sums.values().map(|sum| sum[at]).sum::<f64>().max(1.0);
        let totals = [total(0), total(1), total(2)];
        let provider = |(name, sum): (&str, [f64; 3])| Provider {
            name: name.to_owned(),
            share_shown: sum[0] / totals[0],
            share_of_catalogue: sum[1] / totals[1],
            share_of_buyers: sum[2] / totals[2],
        };
        let mut providers: Vec<_> = sums.into_iter().map(provider).collect();
        providers.sort_by(|a, b| b.share_shown.total_cmp(&a.share_shown));
        providers
    }

    /// What was shown comes by shopper, who are the units of the intervals.
    fn buckets(&self, shown: &[Vec<&ItemOutcome>]) -> Vec<Bucket> {
        let n = self.bucket.len().max(1) as f64;
        let all_buyers = self.buyers.values().sum::<f64>().max(1.0);
        let of = |(at, name): (usize, &'static str)| {
            let here = || self.bucket.iter().filter(move |(_, bucket)| **bucket == at);
            let of_shopper = |items: &Vec<&ItemOutcome>| {
                let within = items.iter().filter(|i| self.bucket.get(&i.item_id) == Some(&at));
                (within.count() as f64, items.len() as f64)
            };
            let pairs: Vec<(f64, f64)> = shown.iter().map(of_shopper).collect();
            Bucket {
                name,
                share_of_catalogue: here().count() as f64 / n,
                share_of_buyers: here().map(|(id, _)| self.buyers[id]).sum::<f64>() / all_buyers,
                share_shown: share_shown(&pairs),
            }
        };
        ["head", "middle", "tail"].into_iter().enumerate().map(of).collect()
    }
}

fn share_shown(pairs: &[(f64, f64)]) -> Statistic<ImpressionShare> {
    ratio::moments(&PairSummary::of(pairs)).map(|moments| {
        let (share, half_width) = (moments.mean, 1.96 * moments.squared_error().sqrt());
        ImpressionShare {
            share,
            ci: [(share - half_width).max(0.0), (share + half_width).min(1.0)],
        }
    })
}

/// Answers of one sort, and the name of the sort.
type Group = (&'static str, Box<dyn Fn(&AnswerOutcomes) -> bool>);

/// New shoppers against known ones, and every two languages that were answered in.
fn groups(outcomes: &Outcomes) -> Vec<(Group, Group)> {
    let of = |lang: Language| -> Group {
        (lang.tag(), Box::new(move |answer: &AnswerOutcomes| answer.lang == lang))
    };
    let new: Group = ("new", Box::new(|answer| answer.n_steps == 0));
    let known: Group = ("known", Box::new(|answer| answer.n_steps > 0));
    let spoken: Vec<Language> = Language::ALL
        .into_iter()
        .filter(|lang| outcomes.by_whom().any(|(_, answer)| answer.lang == *lang))
        .collect();
    let pairs = spoken
        .iter()
        .enumerate()
        .flat_map(|(at, lang)| spoken[at + 1..].iter().map(move |other| (*lang, *other)));
    let mut pairs: Vec<(Language, Language)> = pairs.collect();
    if pairs.is_empty() {
        // Told as not computed, rather than left out.
        pairs.push((Language::ALL[0], Language::ALL[1]));
    }
    let languages = pairs.into_iter().map(|(lang, other)| (of(lang), of(other)));
    std::iter::once((new, known)).chain(languages).collect()
}

/// Between the groups: how much is followed, and how good the reasons are.
fn gaps(outcomes: &Outcomes) -> Vec<Gap> {
    type Measure = (&'static str, fn(&ItemOutcome) -> Option<f64>);
    let measures: [Measure; 4] = [
        ("followed of what came into view", |item| in_view(item, Outcome::followed)),
        ("corrected of the reasons in view", |item| {
            item.strength.and_then(|_| in_view(item, Outcome::corrected))
        }),
        ("claims per item", |item| Some(item.n_claims as f64)),
        ("strong reasons of all items", |item| {
            Some(f64::from(item.strength == Some(Strength::Strong)))
        }),
    ];
    let mut gaps = Vec::new();
    for ((group, is_in), (with, is_in_other)) in groups(outcomes) {
        for (measure, value) in measures {
            let difference =
                gap(&pairs(outcomes, &is_in, value), &pairs(outcomes, &is_in_other, value));
            gaps.push(Gap { measure, group, with, difference });
        }
    }
    gaps
}

fn in_view(item: &ItemOutcome, did: fn(Outcome) -> bool) -> Option<f64> {
    item.outcome.exposed.then(|| f64::from(did(item.outcome)))
}

/// Per shopper: the sum of a measure, and over how many items.
fn pairs(
    outcomes: &Outcomes,
    is_in: &dyn Fn(&AnswerOutcomes) -> bool,
    value: fn(&ItemOutcome) -> Option<f64>,
) -> PairSummary {
    let answers =
        outcomes.by_whom().filter(|(_, answer)| is_in(answer) && answer.seeded_error.is_none());
    let mut by_whom: BTreeMap<Who, (f64, f64)> = BTreeMap::new();
    for (who, answer) in answers {
        for value in answer.items.iter().filter_map(value) {
            let (sum, n) = by_whom.entry(who).or_default();
            (*sum, *n) = (*sum + value, *n + 1.0);
        }
    }
    PairSummary::of(&by_whom.into_values().collect::<Vec<_>>())
}

fn gap(group: &PairSummary, with: &PairSummary) -> Statistic<Estimate> {
    ratio::moments(group).and_then(|group| {
        ratio::moments(with).and_then(|with| {
            Effect::between(&with, &group, Scale::Absolute).map(|effect| welch::test(&effect, 0.05))
        })
    })
}
