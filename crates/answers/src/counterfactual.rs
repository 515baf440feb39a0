//! The situation of an answer with something changed: what an evidence snapshot runs again to say what would
//! be. The same rules as for what really is, worked out from the steps instead of the events, so
//! that one is a check of the other.

use claims::{Change, Unknown};
use domain::{
    Circumstance, Daypart, EventKind, EventTime, IngestId, ItemId, RequestContext, Season,
    Timestamp,
};
use explain::PastEvent;
use recommend::RecommendConfig;

use crate::request::{Filters, PriceRange};
use crate::situation::{Rules, Situation};
use shop::effective_corrections::Steering;
use shop::history::{HistoryConfig, Step};
use shop::live_counts::LiveCounts;
use shop::settings::Pinned;

/// A situation that owns its parts.
#[derive(Debug, Clone)]
pub struct CounterfactualSituation {
    /// Steps, newest first.
    pub steps: Vec<Step>,
    /// Why nothing of the history is used, where nothing is.
    pub unknown: Option<Unknown>,
    /// When, where and on what.
    pub context: RequestContext,
    /// Which items may be shown.
    pub filters: Filters,
    /// Items that the request began from.
    pub seed_items: Vec<ItemId>,
    /// Items that are not shown again.
    pub not_again: Vec<ItemId>,
    /// Places given by hand.
    pub pinned: Vec<Pinned>,
    /// What the shopper's corrections make of it.
    pub steering: Steering,
    /// Length of the list.
    pub k: usize,
    /// How a list is put together.
    pub recommend: RecommendConfig,
    /// What of a shopper's past counts.
    pub history: HistoryConfig,
}

impl CounterfactualSituation {
    /// What really is.
    pub fn of(situation: &Situation<'_>) -> Self {
        let Rules { filters, seed_items, not_again, pinned, steering } = situation.rules;
        Self {
            steps: situation.steps.to_vec(),
            unknown: situation.unknown,
            context: situation.context.clone(),
            filters: filters.clone(),
            seed_items: seed_items.to_vec(),
            not_again: not_again.to_vec(),
            pinned: pinned.to_vec(),
            steering: steering.clone(),
            k: situation.k,
            recommend: situation.recommend.clone(),
            history: situation.history.clone(),
        }
    }

    /// The situation to run.
    pub fn situation(&self) -> Situation<'_> {
        let rules = Rules {
            filters: &self.filters,
            seed_items: &self.seed_items,
            not_again: &self.not_again,
            pinned: &self.pinned,
            steering: &self.steering,
        };
        Situation {
            steps: &self.steps,
            unknown: self.unknown,
            context: &self.context,
            rules,
            k: self.k,
            recommend: &self.recommend,
            history: &self.history,
        }
    }

    /// With changes made; `None` where one cannot be.
    pub fn with(mut self, changes: &[Change], counts: &LiveCounts) -> Option<Self> {
        let is_interaction = |change: &&Change| matches!(change, Change::With { .. });
        let n_interactions = changes.iter().filter(is_interaction).count();
        let mut at = 0;
        // What is done is done after everything that is left out.
        let (left_out, others): (Vec<&Change>, Vec<&Change>) =
            changes.iter().partition(|change| matches!(change, Change::Without { .. }));
        for change in left_out.into_iter().chain(others) {
            match change {
                Change::Without { history } => {
                    for past in history {
                        let is_it = |step: &&mut Step| step.past.to_ref() == *past;
                        past.event_id?;
                        self.steps.iter_mut().find(is_it)?.masked = true;
                    }
                }
                Change::With { did, item_id } => {
                    self.did(*did, item_id, counterfactual_id(at, n_interactions), counts);
                    at += 1;
                }
                Change::Price { min, max } => {
                    self.filters.price = Some(narrowed(self.filters.price, *min, *max));
                }
                Change::In { circumstance } => {
                    self.context = in_circumstance(&self.context, circumstance, counts.latest())?;
                }
            }
        }
        Some(self)
    }

    /// Does something now. Nothing comes of it for somebody whose history is not used.
    fn did(&mut self, kind: EventKind, item_id: &ItemId, id: IngestId, counts: &LiveCounts) {
        if self.unknown == Some(Unknown::ProfilingOff) {
            return;
        }
        if self.history.not_again_after.contains(&kind) {
            self.not_again.push(item_id.clone());
        }
        if kind == EventKind::Dismiss {
            let turned_from = |step: &&mut Step| {
                step.past.event_id.is_some() && step.past.item_id == *item_id && !step.is_owned()
            };
            self.steps.iter_mut().filter(turned_from).for_each(|step| step.masked = true);
        }
        let weight = self.history.weight(kind);
        if weight <= 0.0 {
            return;
        }
        let entry = counts.entry(item_id);
        let own = self.steps.iter().take_while(|step| step.past.event_id.is_none()).count();
        let newest = self.steps.get(own);
        let past = PastEvent {
            item_id: item_id.clone(),
            event_id: Some(id),
            kind: Some(kind),
            time: Some(counterfactual_time(counts, newest.and_then(|step| step.past.time))),
            price: entry.and_then(|entry| entry.item.price),
        };
        let masked = entry.is_some_and(|entry| self.steering.ignores(&entry.item));
        let step = Step { past, weight, masked };
        match newest {
            Some(known) if known.past.item_id == *item_id => {
                if step.outweighs(known) {
                    self.steps[own] = step;
                }
            }
            _ => self.steps.insert(own, step),
        }
        self.steps.truncate(self.history.steps);
        self.unknown = None;
    }
}

/// Both bounds: those that were there, and these.
pub fn narrowed(range: Option<PriceRange>, min: Option<f64>, max: Option<f64>) -> PriceRange {
    let range = range.unwrap_or_default();
    let tighter = |a: Option<f64>, b: Option<f64>, pick: fn(f64, f64) -> f64| match (a, b) {
        (Some(a), Some(b)) => Some(pick(a, b)),
        (a, b) => a.or(b),
    };
    PriceRange {
        min: tighter(range.min, min, f64::max),
        max: tighter(range.max, max, f64::min),
        ..range
    }
}

/// The context in another circumstance: the next moment at which it holds. `None` where that takes
/// a clock and the shop has none.
pub fn in_circumstance(
    context: &RequestContext,
    circumstance: &Circumstance,
    latest: Option<Timestamp>,
) -> Option<RequestContext> {
    const HOUR_MS: i64 = 3_600_000;
    const MOST_HOURS: i64 = 24 * 366;
    let mut context = context.clone();
    match circumstance {
        Circumstance::Region(region) => context.region = Some(region.clone()),
        Circumstance::Device(device) => context.device = Some(*device),
        Circumstance::Daypart(_) | Circumstance::Weekday(_) | Circumstance::Season(_) => {
            let from = context.now.or(latest)?;
            let zone = context.zone_minutes.unwrap_or_default();
            let step = match circumstance {
                Circumstance::Season(_) => 24,
                _ => 1,
            };
            let holds = |at: &Timestamp| {
                let local = at.local(zone);
                match circumstance {
                    Circumstance::Daypart(part) => Daypart::of_hour(local.hour) == *part,
                    Circumstance::Weekday(day) => local.weekday == *day,
                    Circumstance::Season(season) => Season::of_month(local.month) == *season,
                    Circumstance::Region(_) | Circumstance::Device(_) => true,
                }
            };
            let moments = (0..MOST_HOURS / step).map(|n| Timestamp(from.0 + n * step * HOUR_MS));
            context.now = Some(moments.into_iter().find(holds)?);
        }
    }
    Some(context)
}

/// The id of the `at`-th of `n` interactions of a counterfactual: after everything.
pub fn counterfactual_id(at: usize, n: usize) -> IngestId {
    IngestId(u128::MAX - (n - at) as u128)
}

/// When the interactions of a counterfactual happen: at the latest time that is known.
pub fn counterfactual_time(counts: &LiveCounts, newest: Option<EventTime>) -> EventTime {
    match (counts.latest(), newest) {
        (Some(latest), _) => EventTime::At(latest),
        (None, Some(EventTime::Ordinal(n))) => EventTime::Ordinal(n.saturating_add(1)),
        (None, other) => other.unwrap_or(EventTime::Ordinal(0)),
    }
}
