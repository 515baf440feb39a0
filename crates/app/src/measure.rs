//! How long explaining takes: real items, histories of a wanted length, one core.
//!
//! Responsible for the figures behind the budget of an explanation. Refuses to record answers and
//! to keep reasons, so that every answer pays in full.

use std::time::{Duration, Instant};

use domain::{EventKind, EventTime, IngestId, Language};
use explain::{Evidence, PastEvent, Placement, Reader};
use signals::Interaction;

use crate::history::Step;
use crate::recommend::reason_id;
use crate::request::Filters;
use crate::witness::{Rules, Situation, Witness};
use crate::{AppError, Live};

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

impl Live {
    /// Explains lists of `k` for shoppers of the log with exactly `n_steps` steps, the longest
    /// sequences cut, shorter ones of several shoppers joined where there are too few.
    ///
    /// # Errors
    /// [`AppError::NoModel`], or what the store says.
    pub fn measure_explaining(
        &self,
        config: &ExplainingConfig,
        progress: &dyn Fn(usize),
    ) -> Result<Vec<Explaining>, AppError> {
        let gathered = self.shop().gather()?;
        let items = gathered.data.items;
        let step = |event: &Interaction, n: usize| Step {
            past: PastEvent {
                item_id: items[event.item as usize].clone(),
                event_id: Some(IngestId(n as u128 + 1)),
                kind: Some(EventKind::Purchase),
                time: Some(EventTime::Ordinal(n as u32)),
                price: None,
            },
            weight: event.weight,
        };
        let histories = histories(&gathered.data.interactions.sequences, config);
        let measured = histories.iter().enumerate().map(|(n, events)| {
            progress(n);
            let newest_first = events.iter().enumerate().rev();
            let steps: Vec<Step> = newest_first.map(|(n, event)| step(event, n)).collect();
            self.measure_one(&steps, config)
        });
        measured.collect()
    }

    fn measure_one(
        &self,
        steps: &[Step],
        config: &ExplainingConfig,
    ) -> Result<Explaining, AppError> {
        let (tally, loaded) = (self.tally(), self.model()?);
        let filters = Filters::default();
        let not_again: Vec<_> = steps.iter().map(|step| step.past.item_id.clone()).collect();
        let situation = Situation {
            steps,
            unknown: None,
            now: None,
            rules: Rules { filters: &filters, seed_items: &[], not_again: &not_again },
            k: config.k,
            recommend: &self.config().recommend,
        };
        let started = Instant::now();
        let witness = Witness::new(&tally, &loaded, &situation);
        let shown = witness.place();
        let ranking = started.elapsed();
        let placement = |placed: &recommend::Shown| Placement {
            item_id: loaded.model.items()[placed.item as usize].clone(),
            rank_by_score: placed.rank_by_score,
            rank_shown: placed.rank_shown,
            k: shown.len() as u32,
        };
        let placements: Vec<Placement> = shown.iter().map(placement).collect();
        let bars = &self.config().explain;
        let weighed = explain::weigh(&placements, &witness, bars);
        let reader = Reader { lang: config.lang, ..Reader::default() };
        let request_id = crate::recommend::fresh_request_id();
        let reasons: Vec<_> = weighed
            .iter()
            .map(|w| {
                let id = reason_id(&request_id, w.placement.rank_shown);
                explain::tell(id, w, &reader, &witness as &dyn Evidence, bars)
            })
            .collect();
        let explaining = started.elapsed() - ranking;
        let has_flip = |w: &&explain::Weighed| w.verified.iter().any(|p| p.facts.kind() == "flips");
        let n_flips = weighed.iter().filter(has_flip).count();
        Ok(Explaining { ranking, explaining, n_flips, n_items: reasons.len() })
    }
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
