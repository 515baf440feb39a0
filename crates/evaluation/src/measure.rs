//! How long explaining takes: real items, histories of a wanted length, one core.
//!
//! Responsible for the figures behind the budget of an explanation. Refuses to record answers and
//! to keep reasons, so that every answer pays in full.

pub mod training;

use explain::ExplainConfig;
use recommend::RecommendConfig;
use std::time::{Duration, Instant};

use domain::Language;
use explain::{Reader, VerifiedItem};
use signals::Interaction;

use answers::answer::{fresh_request_id, reason_id};
use answers::replay::Replay;
use shop::live_counts::LiveCounts;
use shop::model::LoadedModel;
use shop::{Shop, ShopError};

/// What to measure.
#[derive(Debug, Clone)]
pub struct ExplainingConfig {
    /// Length of the histories, in steps.
    pub n_steps: usize,
    /// How many answers.
    pub n_answers: usize,
    /// Items of each.
    pub k: usize,
    /// Language of the reasons.
    pub lang: Language,
}

/// One answer's cost.
#[derive(Debug, Clone, Copy)]
pub struct Explaining {
    /// Scoring, ranking, placing: what recommending costs without reasons.
    pub ranking: Duration,
    /// Everything a reason takes: search for flips, claims, checks, choice, words.
    pub explaining: Duration,
    /// Items of which a flip was certified.
    pub n_flips: usize,
    /// Items explained.
    pub n_items: usize,
}

/// Explains lists of `k` for shoppers of the log with exactly `n_steps` steps, the longest
/// sequences cut, shorter ones of several shoppers joined where there are too few.
///
/// # Errors
/// What the store says.
pub fn explaining(
    shop: &Shop,
    counts: &LiveCounts,
    loaded: &LoadedModel,
    config: &ExplainingConfig,
    progress: &dyn Fn(usize),
) -> Result<Vec<Explaining>, ShopError> {
    let gathered = ::training::gather(shop)?;
    let histories = histories(&gathered.data.interactions.sequences, config);
    let measured = histories.iter().enumerate().map(|(n, events)| {
        progress(n);
        let replay = Replay::new(events, &gathered.data.items, config.n_steps);
        Ok(measure_one(shop, (counts, loaded), &replay, config))
    });
    measured.collect()
}

fn measure_one(
    shop: &Shop,
    (counts, loaded): (&LiveCounts, &LoadedModel),
    replay: &Replay,
    config: &ExplainingConfig,
) -> Explaining {
    let bars = shop.config::<ExplainConfig>();
    let started = Instant::now();
    let evidence = replay.evidence(counts, loaded, config.k, shop.config::<RecommendConfig>());
    let placements = evidence.placements();
    let ranking = started.elapsed();
    let verified = explain::verify_items(&placements, &evidence, bars);
    let reader = Reader { lang: config.lang, ..Reader::default() };
    let request_id = fresh_request_id();
    let render = |verified: &VerifiedItem| {
        let id = reason_id(&request_id, verified.placement.rank_shown);
        explain::render(id, verified, &reader, &evidence, bars)
    };
    let n_items = verified.iter().filter_map(render).count();
    let explaining = started.elapsed() - ranking;
    let has_flip =
        |w: &&VerifiedItem| w.proposals.iter().any(|p| p.facts.kind() == claims::ClaimKind::Flips);
    let n_flips = verified.iter().filter(has_flip).count();
    Explaining { ranking, explaining, n_flips, n_items }
}

/// Events, oldest first, `n_steps` of them in each.
fn histories(sequences: &[Vec<Interaction>], config: &ExplainingConfig) -> Vec<Vec<Interaction>> {
    let long: Vec<&Vec<Interaction>> =
        sequences.iter().filter(|sequence| sequence.len() >= config.n_steps).collect();
    let stride = (long.len() / config.n_answers.max(1)).max(1);
    let cut = |sequence: &&Vec<Interaction>| sequence[sequence.len() - config.n_steps..].to_vec();
    let mut histories: Vec<Vec<Interaction>> =
        long.iter().step_by(stride).take(config.n_answers).map(cut).collect();
    let mut others = sequences.iter().flatten();
    while histories.len() < config.n_answers {
        let joined: Vec<Interaction> = others.by_ref().take(config.n_steps).copied().collect();
        if joined.len() < config.n_steps {
            break;
        }
        histories.push(joined);
    }
    histories
}
