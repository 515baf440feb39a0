//! Sanity checks: an explanation must change with the model, should not change with the seed, and
//! a lie must be found out.

use claims::{Facts, Slot, Value, Verdict};
use explain::{Evidence, ExplainConfig, PastEvent, faithfulness::kendall_tau, verify};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use signals::{History, Interaction, Model, Query, Signal, SignalsConfig, TrainingData};
use transformer::SequenceModel;

use super::{FaithfulnessConfig, RANKS, accounts, explainers::mix};
use answers::replay::Replay;
use recommend::RecommendConfig;
use shop::Shop;
use shop::ShopError;
use shop::live_counts::LiveCounts;
use shop::model::LoadedModel;

/// What an explanation must and must not survive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sanity {
    /// Against the same constants fitted on shuffled data: every item of the log and every text
    /// changed places, which leaves nothing of what was learned. Should be far from 1 (Adebayo et
    /// al., "Sanity checks for saliency maps", NeurIPS 2018). What is left over is the decay with
    /// distance, which is a constant and not learned.
    pub random_weights: Agreement,
    /// The Transformer alone against itself with weights drawn anew; missing where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub random_transformer: Option<Agreement>,
    /// Against a model that another seed chose on the same data. Should be near 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_seed: Option<Agreement>,
    /// Lies told about real answers.
    pub planted: Planted,
}

/// How alike two models account for the same items by the same events.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    /// Mean Kendall τ-b between the two accounts of an item, event by event.
    pub tau: f64,
    /// Share of items with the same most important event.
    pub same_first: f64,
    /// Items compared.
    pub n_items: usize,
}

/// Spurious claims, and what became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Planted {
    /// Lies told.
    pub n_told: usize,
    /// Lies that a checker verified. Anything but 0 is a fault of Candor.
    pub n_believed: usize,
}

/// Compares with a model of random weights, and with one of another seed.
pub(super) fn compare(
    data: &TrainingData,
    model: &Model,
    shop: &Shop,
    histories: &[(History, Vec<u32>)],
    options: &FaithfulnessConfig,
) -> Result<Sanity, ShopError> {
    let items: Vec<Vec<u32>> = histories.iter().map(|(h, owned)| first(model, h, owned)).collect();
    let own = accounts(model, histories, &items);
    let against = |other: &Model| agreement(&own, &accounts(other, histories, &items));
    let random = Model::fit_with(&shuffled(data, options.seed), model.constants())?;
    let other_seed = match options.two_seeds {
        true => {
            let settings = shop.config::<SignalsConfig>();
            let settings = SignalsConfig { seed: settings.seed + 1, ..settings.clone() };
            Some(against(&Model::fit(data, &settings, &|_| {})?.0))
        }
        false => None,
    };
    let random_weights = against(&random);
    let random_transformer = model.sequence().map(|trained| {
        let random = trained.reinitialised(options.seed);
        let of = |model: &SequenceModel| accounts_alone(model, histories, &items);
        agreement(&of(trained), &of(&random))
    });
    Ok(Sanity { random_weights, random_transformer, other_seed, planted: Planted::default() })
}

/// By-event accounts of the same items by a Transformer alone.
fn accounts_alone(
    model: &SequenceModel,
    histories: &[(History, Vec<u32>)],
    of: &[Vec<u32>],
) -> Vec<Vec<Vec<f64>>> {
    let attribution = |((history, _), items): (&(History, Vec<u32>), &Vec<u32>)| {
        let attributions = model.attribute_items(Query::of(history), items);
        let by_event = |a: signals::Attribution| a.by_event.into_iter().map(f64::from).collect();
        attributions.into_iter().map(by_event).collect()
    };
    histories.par_iter().zip(of).map(attribution).collect()
}

/// The first items of a list.
fn first(model: &Model, history: &History, owned: &[u32]) -> Vec<u32> {
    let mut scores = Vec::new();
    model.score(Query::of(history), &mut scores);
    owned.iter().for_each(|&item| scores[item as usize] = f32::NEG_INFINITY);
    let mut items: Vec<u32> = (0..scores.len() as u32).collect();
    let better =
        |a: &u32, b: &u32| scores[*b as usize].total_cmp(&scores[*a as usize]).then(a.cmp(b));
    items.sort_unstable_by(better);
    items.truncate(RANKS);
    items
}

fn agreement(a: &[Vec<Vec<f64>>], b: &[Vec<Vec<f64>>]) -> Agreement {
    let pairs: Vec<(&Vec<f64>, &Vec<f64>)> =
        a.iter().flatten().zip(b.iter().flatten()).filter(|(a, _)| a.len() > 1).collect();
    // An account without any difference agrees with nothing.
    let tau: f64 = pairs.iter().map(|(a, b)| kendall_tau(a, b).unwrap_or(0.0)).sum();
    let first =
        |values: &[f64]| (0..values.len()).rev().max_by(|&i, &j| values[i].total_cmp(&values[j]));
    let n_same = pairs.iter().filter(|(a, b)| first(a) == first(b)).count();
    let n = pairs.len().max(1) as f64;
    Agreement { tau: tau / n, same_first: n_same as f64 / n, n_items: pairs.len() }
}

/// The same catalogue, lengths and behaviour, with items and texts dealt anew.
fn shuffled(data: &TrainingData, seed: u64) -> TrainingData {
    let mut data = data.clone();
    let mut pool: Vec<u32> =
        data.interactions.sequences.iter().flatten().map(|event| event.item).collect();
    shuffle(&mut pool, seed);
    let events = data.interactions.sequences.iter_mut().flatten();
    events.zip(pool).for_each(|(event, item)| event.item = item);
    shuffle(&mut data.texts, seed ^ 1);
    data
}

/// Fisher and Yates.
fn shuffle<T>(values: &mut [T], seed: u64) {
    for last in (1..values.len()).rev() {
        values.swap(last, (mix(seed, last as u64) % (last as u64 + 1)) as usize);
    }
}

/// Tells lies for every claim of real answers that rests on history or counts people: another event
/// in the place of the true one, or one person more.
pub(super) fn plant(
    shop: &Shop,
    counts: &LiveCounts,
    loaded: &LoadedModel,
    sample: &[&[Interaction]],
) -> Planted {
    let of_one = |events: &&[Interaction]| {
        let length = shop.config::<SignalsConfig>().history_length;
        let replay = Replay::new(events, loaded.model.items(), length);
        let evidence = replay.evidence(counts, loaded, RANKS, shop.config::<RecommendConfig>());
        let verified = explain::verify_items(
            &evidence.placements(),
            &evidence,
            shop.config::<ExplainConfig>(),
        );
        let mut planted = Planted::default();
        for verified in &verified {
            let item = &verified.placement.item_id;
            for lie in verified.proposals.iter().flat_map(|p| lies(&p.facts, &evidence)) {
                planted.n_told += 1;
                let verdict = verify(item, &lie, &evidence, shop.config::<ExplainConfig>());
                planted.n_believed += usize::from(verdict == Verdict::Verified);
            }
        }
        planted
    };
    let add = |a: Planted, b: Planted| Planted {
        n_told: a.n_told + b.n_told,
        n_believed: a.n_believed + b.n_believed,
    };
    sample.par_iter().map(of_one).reduce(Planted::default, add)
}

/// Lies about one claim: of its history, and of its counts.
fn lies(facts: &Facts, evidence: &dyn Evidence) -> Vec<Facts> {
    let mut lies = of_history(facts, evidence);
    lies.extend(of_counts(facts));
    lies
}

/// Another event of the shopper's in the place of the true ones, or beside them.
fn of_history(facts: &Facts, evidence: &dyn Evidence) -> Vec<Facts> {
    let named = facts.history();
    let past = evidence.history().iter().map(PastEvent::to_ref);
    let strange = past.filter(|past| !named.contains(&past));
    match facts {
        Facts::Contributed { share, rank_with, rank_without, .. } => {
            let (share, rank_with, rank_without) = (*share, *rank_with, *rank_without);
            let lie =
                |past| Facts::Contributed { history: vec![past], share, rank_with, rank_without };
            strange.map(lie).collect()
        }
        Facts::Flips { history, k, instead } => {
            // Never minimal: one more than what already flips.
            let more = |past| history.iter().cloned().chain([past]).collect();
            let lie = |history| Facts::Flips { history, k: *k, instead: instead.clone() };
            strange.map(more).map(lie).collect()
        }
        others => {
            debug_assert!(named.is_empty(), "how to lie about {} is not said", others.kind());
            Vec::new()
        }
    }
}

/// One more person in one count at a time.
fn of_counts(facts: &Facts) -> Vec<Facts> {
    let one_more = |slot: Slot<'_>| {
        let Value::People(people) = slot.value else { return None };
        let mut wire = serde_json::to_value(facts).ok()?;
        wire["facts"][slot.name] = (people.n + 1).into();
        serde_json::from_value(wire).ok()
    };
    facts.slots().into_iter().filter_map(one_more).collect()
}

impl Sanity {
    pub(super) fn text(&self) -> String {
        let agreement = |a: &Agreement| {
            format!(
                "τ {:.3}, same first event {:.1} % ({} items)",
                a.tau,
                100.0 * a.same_first,
                a.n_items
            )
        };
        let transformer =
            self.random_transformer.as_ref().map_or("there is none".to_owned(), agreement);
        let seed = self.other_seed.as_ref().map_or("not compared".to_owned(), agreement);
        format!(
            "\nsanity\n  against shuffled data: {}\n  Transformer against random weights: {transformer}\n  \
             against another seed:  {seed}\n  planted lies: {} told, {} believed\n",
            agreement(&self.random_weights),
            self.planted.n_told,
            self.planted.n_believed
        )
    }
}
