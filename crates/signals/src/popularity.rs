//! The popularity signal: what many shoppers buy, the newest buyers counting most.
//!
//! score_i = ln(1 + Σ_buyers 2^(−age / half-life)). It owes nothing to history, so all of it is
//! base. Events without a time do not decay, and a shopper counts once.

use domain::EventTime;
use rustc_hash::FxHashMap;

use crate::constants::{PopularityConstants, in_range};
use crate::kept::{Files, Folder, Kept, floats_to_file};
use crate::masked::LANES;
use crate::{
    Attribution, Interaction, Interactions, ItemIdx, MaskedScores, Query, Signal, SignalName,
    SignalsError,
};

/// The scores in a model's folder.
const FILE: &str = "popularity.safetensors";

/// A fitted popularity signal.
#[derive(Debug, Clone, PartialEq)]
pub struct Popularity {
    scores: Vec<f32>,
}

/// Who bought what how long ago, read once to try several half-lives.
pub(crate) struct Buyers {
    n_items: usize,
    /// Each distinct buyer of an item, and the days since they last bought it.
    ages_days: Vec<(ItemIdx, f64)>,
}

impl Buyers {
    /// Distinct buyers; in a log without purchases (ratings, clicks) everyone with an event of
    /// positive weight counts as one.
    pub(crate) fn new(interactions: &Interactions) -> Self {
        let all = || interactions.sequences.iter().flatten();
        let has_purchases = all().any(|event| event.kind.is_purchase());
        let counts = |event: &&Interaction| match has_purchases {
            true => event.kind.is_purchase(),
            false => event.weight > 0.0 && event.kind.is_positive(),
        };
        let now = all().filter_map(|event| event.time.instant()).max();
        let mut ages_days = Vec::new();
        for sequence in &interactions.sequences {
            let mut newest: FxHashMap<ItemIdx, EventTime> = FxHashMap::default();
            for event in sequence.iter().filter(counts) {
                let time = newest.entry(event.item).or_insert(event.time);
                *time = event.time.max(*time);
            }
            ages_days.extend(newest.into_iter().map(|(item, time)| {
                let age_ms = time.instant().zip(now).map_or(0, |(then, now)| now.0 - then.0);
                (item, age_ms as f64 / domain::time::DAY_MS as f64)
            }));
        }
        Self { n_items: interactions.n_items, ages_days }
    }

    /// Whether any two bought at different times, so that a half-life means something.
    pub(crate) fn have_ages(&self) -> bool {
        self.ages_days.iter().any(|(_, age)| *age > 0.0)
    }
}

impl Popularity {
    /// Counts distinct buyers of each item; in a log without purchases (ratings, clicks) everyone
    /// with an event of positive weight counts as one.
    #[must_use]
    pub fn fit(interactions: &Interactions, constants: &PopularityConstants) -> Self {
        Self::of_buyers(&Buyers::new(interactions), constants)
    }

    pub(crate) fn of_buyers(buyers: &Buyers, constants: &PopularityConstants) -> Self {
        let half_life = f64::from(constants.half_life_days);
        let mut counts = vec![0.0f64; buyers.n_items];
        for (item, age_days) in &buyers.ages_days {
            counts[*item as usize] += (-age_days / half_life).exp2();
        }
        Self { scores: counts.into_iter().map(|buyers| buyers.ln_1p() as f32).collect() }
    }

    #[cfg(test)]
    pub(crate) fn from_scores(scores: Vec<f32>) -> Self {
        Self { scores }
    }

    /// Raw score of each item, 0 and up.
    #[must_use]
    pub fn scores(&self) -> &[f32] {
        &self.scores
    }
}

impl Kept for Popularity {
    type Constants = PopularityConstants;

    fn validate(constants: &PopularityConstants) -> Result<(), SignalsError> {
        let half_life = constants.half_life_days;
        in_range("popularity.half_life_days", half_life, 0.01..=1e6, "0.01 to 1000000")
    }

    fn write(&self, files: &mut Files) -> Result<(), SignalsError> {
        files.push(floats_to_file(FILE, "scores", &self.scores)?);
        Ok(())
    }

    fn read(folder: &Folder<'_, '_>, _: &PopularityConstants) -> Result<Self, SignalsError> {
        Ok(Self { scores: folder.floats_of_items(FILE, "scores")? })
    }
}

impl Signal for Popularity {
    fn name(&self) -> SignalName {
        SignalName::Popularity
    }

    fn add_scores(&self, _query: Query<'_>, factor: f32, scores: &mut [f32]) {
        for (score, own) in scores.iter_mut().zip(&self.scores) {
            *score += factor * own;
        }
    }

    fn add_scores_without(&self, _query: Query<'_>, factor: f32, scores: &mut MaskedScores<'_>) {
        for (item, own) in (0..).zip(&self.scores) {
            scores.add(item, &[factor; LANES], *own);
        }
    }

    fn attribute(&self, query: Query<'_>, item: ItemIdx) -> Attribution {
        Attribution { by_event: vec![0.0; query.history.len()], base: self.scores[item as usize] }
    }
}

#[cfg(test)]
mod tests;
