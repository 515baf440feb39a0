//! The evidence behind one answer: counts as of one ingest id, one model, one history.
//!
//! Serving builds it over the live tally, the audit over a replayed one; everything a claim is
//! made or checked from goes through here.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use domain::claim::Unknown;
use domain::{
    AsOf, Item, ItemId, Language, ModelVersion, PopularScope, RequestContext, Timestamp, Window,
};
use explain::{Contributions, Evidence, Part, PastEvent, RatingSum, Relation, Similarity};
use recommend::{Eligibility, Likeness, Shown, rank_of};
use rustc_hash::FxHashMap;
use signals::{Context, History, HistoryEvent, ItemIdx, Query};

use crate::context;
use crate::history::Step;
use crate::model::LoadedModel;
use crate::request::Filters;
use crate::tally::Tally;

/// What decides which items may be shown.
pub(crate) struct Rules<'a> {
    pub filters: &'a Filters,
    pub seed_items: &'a [ItemId],
    pub not_again: &'a [ItemId],
}

/// What an answer was computed from.
pub(crate) struct Situation<'a> {
    pub steps: &'a [Step],
    pub unknown: Option<Unknown>,
    /// Where `now` is missing, it is the latest time that is known.
    pub context: &'a RequestContext,
    pub rules: Rules<'a>,
}

/// Buyers of every item of a scope, most first, by window and scope.
type Standings = FxHashMap<(Window, PopularScope), Rc<Vec<u32>>>;

/// The evidence behind one answer.
pub(crate) struct Witness<'a> {
    tally: &'a Tally,
    loaded: &'a LoadedModel,
    past: Vec<PastEvent>,
    history: History,
    context: Context,
    /// For each event of `history`, its position in `past` (unknown items have none).
    positions: Vec<usize>,
    unknown: Option<Unknown>,
    now: Option<Timestamp>,
    eligibility: Eligibility,
    scores: Rc<Vec<f32>>,
    rescored: RefCell<FxHashMap<Vec<usize>, Rc<Vec<f32>>>>,
    standings: RefCell<Standings>,
}

impl<'a> Witness<'a> {
    pub(crate) fn new(
        tally: &'a Tally,
        loaded: &'a LoadedModel,
        situation: &Situation<'_>,
    ) -> Self {
        let (history, positions) = model_history(situation.steps, loaded);
        let asked = situation.context;
        // Never before the latest event, so that a window's count is exact.
        let now = tally.latest().map(|latest| asked.now.map_or(latest, |now| now.max(latest)));
        let context = context::of_request(asked, now, &loaded.model);
        let mut scores = Vec::new();
        loaded.model.score(Query { history: &history, context }, &mut scores);
        Self {
            tally,
            loaded,
            past: situation.steps.iter().map(|step| step.past.clone()).collect(),
            history,
            context,
            positions,
            unknown: situation.unknown,
            now,
            eligibility: eligibility(tally, loaded, &situation.rules),
            scores: Rc::new(scores),
            rescored: RefCell::default(),
            standings: RefCell::default(),
        }
    }

    /// The placed items: ranked by the very scores that the evidence speaks of.
    pub(crate) fn place(&self, config: &recommend::RecommendConfig, k: usize) -> Vec<Shown> {
        let likeness = TallyLikeness { tally: self.tally, loaded: self.loaded };
        recommend::place(&self.scores, &self.eligibility, &likeness, config, k)
    }

    /// The eligible item that scores worst.
    pub(crate) fn worst(&self) -> Option<ItemIdx> {
        let eligible =
            (0..self.scores.len() as ItemIdx).filter(|&item| self.eligibility.allows(item));
        let score = |item: &ItemIdx| self.scores[*item as usize];
        eligible.min_by(|a, b| score(a).total_cmp(&score(b)).then(b.cmp(a)))
    }

    pub(crate) fn score_of(&self, item: ItemIdx) -> f32 {
        self.scores[item as usize]
    }

    pub(crate) fn n_eligible(&self) -> usize {
        self.eligibility.count()
    }

    fn idx(&self, id: &ItemId) -> Option<ItemIdx> {
        self.loaded.model.index_of(id)
    }

    fn scores_without(&self, masked: &[usize]) -> Rc<Vec<f32>> {
        if masked.is_empty() {
            return Rc::clone(&self.scores);
        }
        let mut key = masked.to_vec();
        key.sort_unstable();
        if let Some(scores) = self.rescored.borrow().get(&key) {
            return Rc::clone(scores);
        }
        let in_model: Vec<usize> =
            (0..self.positions.len()).filter(|&i| key.contains(&self.positions[i])).collect();
        let mut scores = Vec::new();
        let history = self.history.without(&in_model);
        let query = Query { history: &history, context: self.context };
        self.loaded.model.score(query, &mut scores);
        let scores = Rc::new(scores);
        self.rescored.borrow_mut().insert(key, Rc::clone(&scores));
        scores
    }

    /// Buyers of every item of a scope, most first.
    fn standing(&self, window: Window, scope: &PopularScope) -> Rc<Vec<u32>> {
        let key = (window, scope.clone());
        if let Some(standing) = self.standings.borrow().get(&key) {
            return Rc::clone(standing);
        }
        let mut buyers = self.tally.buyers_in_scope(window, scope);
        buyers.sort_unstable_by(|a, b| b.cmp(a));
        let standing = Rc::new(buyers);
        self.standings.borrow_mut().insert(key, Rc::clone(&standing));
        standing
    }
}

/// Steps that the model knows, with their true distances, and where they lie in the history.
fn model_history(steps: &[Step], loaded: &LoadedModel) -> (History, Vec<usize>) {
    let known = steps.iter().enumerate().filter_map(|(distance, step)| {
        let item = loaded.model.index_of(&step.past.item_id)?;
        let event = HistoryEvent { item, weight: step.weight, distance: distance as u32 };
        Some((event, distance))
    });
    let (events, positions): (Vec<_>, Vec<_>) = known.unzip();
    (History::from_events(events), positions)
}

fn eligibility(tally: &Tally, loaded: &LoadedModel, rules: &Rules<'_>) -> Eligibility {
    let filters = rules.filters;
    let everything = filters.allow_all();
    let entries = tally.entries();
    let item_nos = loaded.item_nos(tally);
    let mut eligibility = Eligibility::by(loaded.model.n_items(), |idx| {
        item_nos[idx as usize].is_some_and(|no| {
            let entry = &entries[no as usize];
            !entry.deleted
                && if everything { entry.item.can_be_bought() } else { filters.allow(&entry.item) }
        })
    });
    for id in filters.exclude.iter().chain(rules.seed_items).chain(rules.not_again) {
        if let Some(idx) = loaded.model.index_of(id) {
            eligibility.exclude(idx);
        }
    }
    eligibility
}

struct TallyLikeness<'a> {
    tally: &'a Tally,
    loaded: &'a LoadedModel,
}

impl Likeness for TallyLikeness<'_> {
    fn similarity(&self, a: ItemIdx, b: ItemIdx) -> f32 {
        self.loaded.model.similarity(a, b)
    }

    fn category(&self, item: ItemIdx) -> Option<u32> {
        self.tally.entry(&self.loaded.model.items()[item as usize]).and_then(|e| e.category)
    }
}

impl Evidence for Witness<'_> {
    fn as_of(&self) -> AsOf {
        AsOf(self.tally.as_of())
    }

    fn model_version(&self) -> &ModelVersion {
        &self.loaded.version
    }

    fn now(&self) -> Option<Timestamp> {
        self.now
    }

    fn item(&self, id: &ItemId) -> Option<Arc<Item>> {
        self.tally.entry(id).map(|entry| Arc::clone(&entry.item))
    }

    fn history(&self) -> &[PastEvent] {
        &self.past
    }

    fn unknown(&self) -> Option<Unknown> {
        self.unknown
    }

    fn n_shoppers(&self, relation: Relation) -> u32 {
        self.tally.n_active(relation)
    }

    fn shoppers_of(&self, item: &ItemId, relation: Relation) -> u32 {
        self.tally.shoppers_of(item, relation)
    }

    fn shoppers_of_both(&self, a: &ItemId, b: &ItemId, relation: Relation) -> u32 {
        self.tally.shoppers_of_both(a, b, relation)
    }

    fn shoppers_then(&self, first: &ItemId, then: &ItemId, relation: Relation) -> u32 {
        self.tally.shoppers_then(first, then, relation)
    }

    fn buyers(&self, item: &ItemId, window: Window) -> u32 {
        self.tally.entry(item).map_or(0, |entry| self.tally.buyers(entry, window))
    }

    fn popularity_rank(&self, item: &ItemId, window: Window, scope: &PopularScope) -> Option<u32> {
        let entry = self.tally.entry(item).filter(|entry| self.tally.belongs(entry, scope))?;
        let own = self.tally.buyers(entry, window);
        Some(self.standing(window, scope).partition_point(|&buyers| buyers > own) as u32 + 1)
    }

    fn ratings(&self, item: &ItemId) -> RatingSum {
        self.tally.ratings(item)
    }

    fn text_similarity(&self, a: &ItemId, b: &ItemId) -> Option<Similarity> {
        let found = self.loaded.model.text_similarity(self.idx(a)?, self.idx(b)?)?;
        Some(Similarity {
            cosine: f64::from(found.cosine),
            shared_terms: strongest_per_language(found.shared_terms),
        })
    }

    fn contributions(&self, item: &ItemId) -> Option<Contributions> {
        let query = Query { history: &self.history, context: self.context };
        let breakdown = self.loaded.model.breakdown(query, self.idx(item)?);
        let parts = breakdown.parts.iter().map(|part| {
            let factor = f64::from(part.factor);
            let mut by_event = vec![0.0; self.past.len()];
            for (&position, &value) in self.positions.iter().zip(&part.attribution.by_event) {
                by_event[position] = factor * f64::from(value);
            }
            let base = factor * f64::from(part.attribution.base);
            Part { signal: part.signal, by_event, base }
        });
        Some(Contributions { parts: parts.collect() })
    }

    fn rank_without(&self, item: &ItemId, masked: &[usize]) -> Option<u32> {
        rank_of(&self.scores_without(masked), &self.eligibility, self.idx(item)?)
    }
}

/// The strongest three terms of each language, strongest first: a shop with texts in both
/// languages shares terms in both, and a reader wants their own.
fn strongest_per_language(terms: Vec<(String, f32)>) -> Vec<String> {
    let mut left = [3; 2];
    let mut keep = |term: &str| {
        let left = &mut left[usize::from(language::detect(term) == Some(Language::Zh))];
        let room = *left > 0;
        *left -= i32::from(room);
        room
    };
    terms.into_iter().map(|(term, _)| term).filter(|term| keep(term)).collect()
}
