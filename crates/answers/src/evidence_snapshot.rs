//! The evidence behind one answer: counts as of one ingest id, one model, one history.
//!
//! Serving builds it over the live counts, the audit over a replayed one; everything a claim is
//! made or checked from goes through here. This file runs the model and places; what explanations
//! may ask is in `evidence`.

mod evidence;

use std::{
    cell::{OnceCell, RefCell},
    collections::BTreeMap,
    rc::Rc,
};

use claims::{Change, PopularScope, Unknown, Window};
use domain::{Circumstance, EventTime, Item, ItemId, Timestamp};
use explain::{Contributions, Evidence, Part, PastEvent, Placement};
use recommend::{Eligibility, Likeness, Pin, Placed};
use rustc_hash::FxHashMap;
use signals::{Breakdown, Context, History, HistoryEvent, ItemIdx, Mark, Query, SignalName};

use crate::counterfactual::CounterfactualSituation;
use crate::situation::{Rules, Situation};
use shop::context;
use shop::effective_corrections::{Boost, Steering};
use shop::history::Step;
use shop::live_counts::{Known, LiveCounts};
use shop::model::LoadedModel;
use shop::settings::Pinned;

/// The target of the trace that says that a situation is scored anew.
pub const SCORED: &str = "candor::scored";

/// Buyers of every item of a scope, most first, by window and scope.
type Standings = FxHashMap<(Window, PopularScope), Rc<Vec<u32>>>;

/// The list with some changes made.
type ListIf = (Vec<Change>, Rc<[ItemId]>);

/// One run of everything that ranks and places, with some events masked.
struct Run {
    scores: Vec<f32>,
    /// Placed when first asked for.
    shown: OnceCell<PlacedList>,
}

struct PlacedList {
    shown: Vec<Placed>,
    ids: Rc<[ItemId]>,
}

impl Run {
    fn new(scores: Vec<f32>) -> Rc<Self> {
        Rc::new(Self { scores, shown: OnceCell::new() })
    }
}

/// The evidence behind one answer.
pub struct EvidenceSnapshot<'a> {
    counts: &'a LiveCounts,
    loaded: &'a LoadedModel,
    past: Vec<PastEvent>,
    history: History,
    context: Context,
    /// For each event of `history`, its position in `past` (unknown items have none).
    positions: Vec<usize>,
    unknown: Option<Unknown>,
    now: Option<Timestamp>,
    circumstances: Vec<Circumstance>,
    /// The situation itself, to run it again with changes.
    real: CounterfactualSituation,
    /// What the shopper's own words add to each item's score; nothing where they said nothing.
    boosts: Vec<f32>,
    /// Lists by what was changed for them.
    lists: RefCell<Vec<ListIf>>,
    eligibility: Eligibility,
    /// The narrowest category of each item of the model.
    categories: Vec<Option<u32>>,
    /// Further categories of the items that are in several.
    further_categories: FxHashMap<ItemIdx, Vec<u32>>,
    /// Runs by what they mask, in ascending order; the run that masks nothing is always there.
    runs: RefCell<FxHashMap<Vec<usize>, Rc<Run>>>,
    /// Contributions to the placed items, taken together when the first is asked for.
    contributions: OnceCell<FxHashMap<ItemIdx, Contributions>>,
    likeness: RefCell<FxHashMap<(ItemIdx, ItemIdx), f32>>,
    standings: RefCell<Standings>,
}

impl<'a> EvidenceSnapshot<'a> {
    /// Scores everything once.
    pub fn new(counts: &'a LiveCounts, loaded: &'a LoadedModel, situation: &Situation<'_>) -> Self {
        let (history, positions) = model_history(situation.steps, loaded);
        let used = situation.steps.iter().filter(|step| !step.masked);
        let asked = situation.context;
        // Never before the latest event, so that a window's count is exact.
        let now = counts.latest().map(|latest| asked.now.map_or(latest, |now| now.max(latest)));
        let context = context::of_request(asked, now, &loaded.model);
        tracing::trace!(target: SCORED, as_of = %counts.as_of(), n_steps = situation.steps.len());
        let mut scores = Vec::new();
        loaded.model.score(Query { history: &history, context }, &mut scores);
        let boosts = boosts(counts, loaded, situation.rules.steering);
        boosted(&mut scores, &boosts);
        let known = Known {
            time: now.map(EventTime::At),
            zone_minutes: asked.zone_minutes,
            region: asked.region.as_deref(),
            device: asked.device,
        };
        Self {
            counts,
            loaded,
            past: used.map(|step| step.past.clone()).collect(),
            history,
            context,
            positions,
            unknown: situation.unknown,
            now,
            circumstances: known.circumstances(),
            real: CounterfactualSituation::of(situation),
            boosts,
            lists: RefCell::default(),
            eligibility: eligibility(counts, loaded, &situation.rules),
            categories: categories(counts, loaded),
            further_categories: further_categories(counts, loaded),
            runs: RefCell::new([(Vec::new(), Run::new(scores))].into_iter().collect()),
            contributions: OnceCell::new(),
            likeness: RefCell::default(),
            standings: RefCell::default(),
        }
    }

    /// The placed items: ranked by the very scores that the evidence speaks of.
    pub fn place(&self) -> Vec<Placed> {
        let run = self.run(&[]);
        self.placed(&run).shown.clone()
    }

    fn pin(&self, pinned: &Pinned) -> Option<Pin> {
        Some(Pin { item: self.idx(&pinned.item_id)?, rank: pinned.rank })
    }

    /// Whether an item may be shown at all.
    pub fn is_eligible(&self, id: &ItemId) -> bool {
        self.idx(id).is_some_and(|idx| self.eligibility.allows(idx))
    }

    /// The same as explanations name it.
    pub fn placements(&self) -> Vec<Placement> {
        let shown = self.place();
        let k = shown.len() as u32;
        let placement = |placed: &Placed| Placement {
            item_id: self.loaded.model.items()[placed.item as usize].clone(),
            rank_by_score: placed.rank_by_score,
            rank_shown: placed.rank_shown,
            k,
        };
        shown.iter().map(placement).collect()
    }

    /// The placed items by id, best place first.
    pub fn list(&self) -> Vec<ItemId> {
        self.shown_without(&[]).to_vec()
    }

    /// The item that scores worst of those that may be shown here and there.
    pub fn worst(&self, there: &EvidenceSnapshot<'_>) -> Option<&ItemId> {
        let run = self.run(&[]);
        let scored = self.loaded.model.items().iter().zip((0..).zip(run.scores.iter().copied()));
        let eligible = scored
            .filter(|(id, (item, _))| self.eligibility.allows(*item) && there.is_eligible(id));
        let worst = eligible.min_by(|a, b| a.1.1.total_cmp(&b.1.1).then(b.1.0.cmp(&a.1.0)));
        worst.map(|(id, _)| id)
    }

    /// An item at a place that its score does not give it; `None` of an unknown one.
    pub fn put(&self, id: &ItemId, rank: u32) -> Option<Placed> {
        let item = self.idx(id)?;
        let score = *self.run(&[]).scores.get(item as usize)?;
        Some(Placed { item, score, rank_by_score: rank, rank_shown: rank })
    }

    /// How many items may be shown.
    pub fn n_eligible(&self) -> usize {
        self.eligibility.count()
    }

    fn idx(&self, id: &ItemId) -> Option<ItemIdx> {
        self.loaded.model.index_of(id)
    }

    /// The run with these positions of the history masked. Equal maskings run once per answer.
    fn run(&self, masked: &[usize]) -> Rc<Run> {
        let key = ascending(masked);
        if let Some(run) = self.runs.borrow().get(&key) {
            return Rc::clone(run);
        }
        self.run_all(vec![key.clone()]);
        Rc::clone(&self.runs.borrow()[&key])
    }

    fn run_all(&self, keys: Vec<Vec<usize>>) {
        let in_model = |key: &Vec<usize>| -> Vec<usize> {
            let at = |position: &usize| self.positions.binary_search(position).ok();
            key.iter().filter_map(at).collect()
        };
        let masks: Vec<Vec<usize>> = keys.iter().map(in_model).collect();
        let mut scores = self.loaded.model.scores_without(self.query(), &masks);
        scores.iter_mut().for_each(|scores| boosted(scores, &self.boosts));
        self.runs.borrow_mut().extend(keys.into_iter().zip(scores.into_iter().map(Run::new)));
    }

    fn placed<'r>(&self, run: &'r Run) -> &'r PlacedList {
        run.shown.get_or_init(|| {
            let (eligibility, k) = (&self.eligibility, self.real.k);
            let shown = recommend::place(&run.scores, eligibility, self, &self.real.recommend, k);
            let pins: Vec<Pin> =
                self.real.pinned.iter().filter_map(|pinned| self.pin(pinned)).collect();
            let shown = recommend::pin(shown, &pins, &run.scores, eligibility, k);
            let id = |shown: &Placed| self.loaded.model.items()[shown.item as usize].clone();
            PlacedList { ids: shown.iter().map(id).collect(), shown }
        })
    }

    fn query(&self) -> Query<'_> {
        Query { history: &self.history, context: self.context }
    }

    fn contributions_of(&self, item: ItemIdx, breakdown: &Breakdown) -> Contributions {
        let parts = breakdown.parts.iter().map(|part| {
            let factor = f64::from(part.factor);
            let mut by_event = vec![0.0; self.past.len()];
            for (&position, &value) in self.positions.iter().zip(&part.attribution.by_event) {
                by_event[position] = factor * f64::from(value);
            }
            let base = factor * f64::from(part.attribution.base);
            Part { signal: part.signal, by_event, base }
        });
        let mut parts: Vec<Part> = parts.collect();
        if let Some(by) = self.boosts.get(item as usize) {
            let (signal, by_event) = (SignalName::Stated, vec![0.0; self.past.len()]);
            parts.push(Part { signal, by_event, base: f64::from(*by) });
        }
        Contributions { parts }
    }

    fn contributions_of_placed(&self) -> FxHashMap<ItemIdx, Contributions> {
        let items: Vec<ItemIdx> = self.place().iter().map(|shown| shown.item).collect();
        let breakdowns = self.loaded.model.breakdowns(self.query(), &items);
        let contributions = |(item, breakdown): (ItemIdx, &Breakdown)| {
            (item, self.contributions_of(item, breakdown))
        };
        items.into_iter().zip(&breakdowns).map(contributions).collect()
    }

    /// Buyers of every item of a scope, most first.
    fn standing(&self, window: Window, scope: &PopularScope) -> Rc<Vec<u32>> {
        let key = (window, scope.clone());
        if let Some(standing) = self.standings.borrow().get(&key) {
            return Rc::clone(standing);
        }
        let mut buyers = self.counts.buyers_in_scope(window, scope);
        buyers.sort_unstable_by(|a, b| b.cmp(a));
        let standing = Rc::new(buyers);
        self.standings.borrow_mut().insert(key, Rc::clone(&standing));
        standing
    }
}

/// Used steps that the model knows, with their true distances and marks, and where they lie in the
/// used history.
fn model_history(steps: &[Step], loaded: &LoadedModel) -> (History, Vec<usize>) {
    let places = steps.iter().scan(0, |n_used, step| {
        let place = *n_used;
        *n_used += usize::from(!step.masked);
        Some(place)
    });
    let known = steps.iter().enumerate().zip(places).filter_map(|((distance, step), place)| {
        let item = loaded.model.index_of(&step.past.item_id).filter(|_| !step.masked)?;
        let before = steps.get(distance + 1).and_then(|older| older.past.time);
        let mark = Mark::new(step.past.kind, step.past.time, before);
        let event = HistoryEvent { item, weight: step.weight, distance: distance as u32, mark };
        Some((event, place))
    });
    let (events, positions): (Vec<_>, Vec<_>) = known.unzip();
    (History::from_events(events), positions)
}

fn eligibility(counts: &LiveCounts, loaded: &LoadedModel, rules: &Rules<'_>) -> Eligibility {
    let filters = rules.filters;
    let everything = filters.allow_all();
    let steering = rules.steering;
    let steers = !(steering.cheaper.is_empty() && steering.other_brands.is_empty());
    let item_nos = loaded.item_nos(counts);
    let mut eligibility = Eligibility::by(loaded.model.n_items(), |idx| {
        item_nos[idx as usize].is_some_and(|no| {
            let entry = counts.entry_at(no);
            counts.offers(entry)
                && if everything {
                    entry.item.can_be_bought() && !entry.item.is_adult()
                } else {
                    filters.allow(&entry.item)
                }
                && (!steers || steering.bar(&entry.item).is_none())
        })
    });
    let excluded = filters.exclude.iter().chain(rules.seed_items).chain(rules.not_again);
    for id in excluded.chain(&steering.not_interested) {
        if let Some(idx) = loaded.model.index_of(id) {
            eligibility.exclude(idx);
        }
    }
    eligibility
}

/// What concepts that were asked for add to the score of each item of the model.
fn boosts(counts: &LiveCounts, loaded: &LoadedModel, steering: &Steering) -> Vec<f32> {
    if steering.boosts.is_empty() {
        return Vec::new();
    }
    let of_item = |item: &Item| -> f32 {
        let holds = |boost: &&Boost| boost.concept.holds_of(item);
        steering.boosts.iter().filter(holds).map(|boost| boost.by).sum()
    };
    let boost = |no: &Option<u32>| no.map_or(0.0, |no| of_item(&counts.entry_at(no).item));
    loaded.item_nos(counts).iter().map(boost).collect()
}

fn boosted(scores: &mut [f32], boosts: &[f32]) {
    for (score, by) in scores.iter_mut().zip(boosts) {
        *score += by;
    }
}

fn categories(counts: &LiveCounts, loaded: &LoadedModel) -> Vec<Option<u32>> {
    let category = |no: &Option<u32>| no.and_then(|no| counts.entry_at(no).category);
    loaded.item_nos(counts).iter().map(category).collect()
}

fn further_categories(counts: &LiveCounts, loaded: &LoadedModel) -> FxHashMap<ItemIdx, Vec<u32>> {
    let item_nos = loaded.item_nos(counts);
    let known = (0..).zip(item_nos.iter()).filter_map(|(item, no)| Some((item, (*no)?)));
    let further = known.map(|(item, no)| (item, &counts.entry_at(no).further));
    further.filter(|(_, further)| !further.is_empty()).map(|(i, f)| (i, f.clone())).collect()
}

impl Likeness for EvidenceSnapshot<'_> {
    /// Every run of an answer places nearly the same items, so each pair is compared once.
    fn similarity(&self, a: ItemIdx, b: ItemIdx) -> f32 {
        let pair = (a.min(b), a.max(b));
        let known = self.likeness.borrow().get(&pair).copied();
        known.unwrap_or_else(|| {
            let found = self.loaded.model.similarity(pair.0, pair.1);
            self.likeness.borrow_mut().insert(pair, found);
            found
        })
    }

    fn category(&self, item: ItemIdx) -> Option<u32> {
        self.categories[item as usize]
    }

    fn further_categories(&self, item: ItemIdx) -> &[u32] {
        self.further_categories.get(&item).map_or(&[], Vec::as_slice)
    }
}

fn ascending(positions: &[usize]) -> Vec<usize> {
    let mut ascending = positions.to_vec();
    ascending.sort_unstable();
    ascending.dedup();
    ascending
}

/// What each signal adds to the score of an item.
pub fn signals_of(evidence: &EvidenceSnapshot<'_>, item: &ItemId) -> BTreeMap<String, f64> {
    let contributions = evidence.contributions(item).unwrap_or_default();
    contributions
        .parts
        .iter()
        .map(|part| (signal_name(part.signal), part.by_event.iter().sum::<f64>() + part.base))
        .collect()
}

/// The name of a signal on the wire.
pub fn signal_name(signal: SignalName) -> String {
    match serde_json::to_value(signal) {
        Ok(serde_json::Value::String(name)) => name,
        _ => format!("{signal:?}").to_lowercase(),
    }
}
