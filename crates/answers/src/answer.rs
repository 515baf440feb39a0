//! What is answered, on the wire and on record.
//!
//! The record holds numbers and ids, never prose: texts are phrased again from the claims when an
//! answer is read later, so that nothing has to be rewritten when a shopper is erased.

use std::collections::BTreeMap;

use claims::{AsOf, Claim, Method, Reason, Strength, Unknown};
use domain::{IngestId, ItemId, Language, ModelVersion, ReasonId, RequestContext, RequestId};
use explain::ExplainConfig;
pub use explain::phrase::money;
use recommend::RecommendConfig;
use serde::{Deserialize, Serialize};
use signals::SignalName;

use language::phrasing::Wording;
use shop::ShopError;

use crate::request::Filters;
use crate::situation::{Rules, Situation};
use shop::effective_corrections::Steering;
use shop::history::{HistoryConfig, Step};
use shop::settings::Pinned;

/// Recommendations with their reasons.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Answer {
    /// Opaque and unique; ask for it again at `GET /v1/recommendations/{request_id}`.
    pub request_id: RequestId,
    /// Which variant of an experiment answered; `default` outside of one.
    pub variant: String,
    /// The model that ranked.
    pub model_version: ModelVersion,
    /// What had been ingested.
    pub as_of: AsOf,
    /// Whether anything of the shopper's history was used.
    pub profiled: bool,
    /// True when the shop's data are simulated.
    pub simulated: bool,
    /// The items, best place first.
    pub items: Vec<AnsweredItem>,
    /// What the caller should know, e.g. unknown seeds or too few items.
    pub warnings: Vec<String>,
    /// What was planted wrong, in test traffic only, and only when the answer is read again: tell
    /// those who took part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub planted: Vec<Planted>,
}

/// One recommended item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnsweredItem {
    /// The item.
    pub item_id: ItemId,
    /// Its place, from 1.
    pub rank: u32,
    /// Its blended score.
    pub score: f64,
    /// What each signal adds to the score; they sum to it.
    pub signals: BTreeMap<String, f64>,
    /// Why it is here; empty when the request wanted none or nothing could be verified.
    pub reasons: Vec<Reason>,
}

/// The record of an answer: everything it takes to verify it later.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// What experiments and learned style changed.
    #[serde(default, skip_serializing_if = "Treated::is_plain")]
    pub treated: Treated,
    /// What was put in wrong on purpose.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub planted: Vec<Planted>,
    /// Length of the list that was asked for.
    pub k: usize,
    /// Which items might be shown.
    pub filters: Filters,
    /// Items that the request began from.
    pub seed_items: Vec<ItemId>,
    /// Language of the reasons.
    pub lang: Language,
    /// What was known of the situation.
    #[serde(default)]
    pub context: RequestContext,
    /// Places given by hand, by request and settings.
    #[serde(default)]
    pub pinned: Vec<Pinned>,
    /// Why nothing of the history was used, where nothing was.
    pub unknown: Option<Unknown>,
    /// What the shopper's corrections made of it.
    #[serde(default, skip_serializing_if = "Steering::is_nothing")]
    pub steering: Steering,
    /// The question that it answers, where one was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<RecordedQuestion>,
    /// What of a shopper's past counted.
    #[serde(default)]
    pub history: HistoryConfig,
    /// The history, newest first, as numbers; what was not used is marked.
    pub steps: Vec<RecordedStep>,
    /// Bars of that moment, so that later settings do not judge earlier answers.
    pub bars: ExplainConfig,
    /// How the list was put together, so that it can be put together again.
    #[serde(default)]
    pub recommend: RecommendConfig,
    /// Kinds after which an item was not recommended again, applied to events up to `as_of`.
    pub not_again: Vec<ItemId>,
    /// The items, best place first.
    pub items: Vec<RecordedItem>,
    /// What the caller was told.
    pub warnings: Vec<String>,
}

impl Record {
    /// Reads what was recorded.
    pub fn read(answer: &store::Answer) -> Result<Self, ShopError> {
        serde_json::from_str(&answer.record.payload).map_err(|e| ShopError::DamagedAnswer {
            request_id: answer.record.request_id.clone(),
            problem: e.to_string(),
        })
    }

    /// Whether the item at this rank, or its reason, was planted.
    pub fn is_planted(&self, rank: u32) -> bool {
        self.planted.iter().any(|planted| planted.rank == rank)
    }

    /// Whether the item at this rank was planted in the place of another.
    pub fn is_wrong_item(&self, rank: u32) -> bool {
        let wrong = |planted: &Planted| planted.what == PlantedError::WrongItem;
        self.planted.iter().any(|planted| planted.rank == rank && wrong(planted))
    }

    /// What the answer was computed from, given the steps read again from the log.
    pub fn situation<'a>(&'a self, steps: &'a [Step]) -> Situation<'a> {
        let rules = Rules {
            filters: &self.filters,
            seed_items: &self.seed_items,
            not_again: &self.not_again,
            pinned: &self.pinned,
            steering: &self.steering,
        };
        let (k, recommend, context) = (self.k, &self.recommend, &self.context);
        let history = &self.history;
        Situation { steps, unknown: self.unknown, context, rules, k, recommend, history }
    }
}

/// How experiments and learned style changed one answer.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Treated {
    /// Variant by experiment.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub variants: BTreeMap<String, String>,
    /// Weights of the signals, where they are not the model's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weights: Option<BTreeMap<SignalName, f32>>,
    /// The learned style of its reasons.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style: Option<Styled>,
}

/// A style that the learned policy chose.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Styled {
    /// Its name.
    pub name: String,
    /// The context that it was chosen in.
    pub context: String,
    /// Whether it was drawn with equal chances.
    pub uniform: bool,
}

impl Treated {
    fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// The part that changes scores, and with them what may be claimed.
    pub fn of_scores(&self) -> Self {
        Self { weights: self.weights.clone(), ..Self::default() }
    }

    /// As answers say it: `default`, or `experiment/variant`, joined by `+`.
    pub fn label(&self) -> String {
        let named =
            self.variants.iter().map(|(experiment, variant)| format!("{experiment}/{variant}"));
        let named: Vec<String> = named.collect();
        if named.is_empty() { "default".to_owned() } else { named.join("+") }
    }
}

/// Something wrong that was put into an answer on purpose, to see whether it is noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Planted {
    /// Where it stands.
    pub rank: u32,
    /// What is wrong.
    pub what: PlantedError,
    /// Whose reason it has: the rank of the item that the words were true of. Nothing where the
    /// answer has no reasons.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason_of: Option<u32>,
}

/// What can be planted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PlantedError {
    /// The item that the model in use scores worst, with the reason of another where the answer has
    /// reasons.
    WrongItem,
    /// A good item with the reason of another.
    WrongReason,
}

/// One step of the history: an event (or a seed), its weight.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecordedStep {
    /// The item.
    pub item_id: ItemId,
    /// The event; seeds have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_id: Option<IngestId>,
    /// What it counted.
    pub weight: f32,
    /// Whether it was not used.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub masked: bool,
}

/// What was asked, and the claims that answered it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecordedQuestion {
    /// What was understood.
    pub intent: String,
    /// The claims that answered it.
    pub claims: Vec<Claim>,
}

/// One item of an answer, as numbers and claims.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecordedItem {
    /// The item.
    pub item_id: ItemId,
    /// Its place, from 1.
    pub rank: u32,
    /// Its score.
    pub score: f64,
    /// What each signal adds to the score.
    pub signals: BTreeMap<String, f64>,
    /// Why it was there.
    pub reason: Option<RecordedReason>,
}

/// A reason without its words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecordedReason {
    /// The words it was told in, without its facts; missing where they were the grammar's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worded: Option<Wording>,
    /// How it was found.
    pub method: Method,
    /// How much of the score its claims account for.
    pub strength: Strength,
    /// What it told.
    pub claims: Vec<Claim>,
}

/// The id of the reason at a place of an answer.
pub fn reason_id(request_id: &RequestId, rank: u32) -> ReasonId {
    ReasonId::new(format!("{request_id}.{rank}")).expect("a request id and a number is an id")
}

/// A request id that nobody has.
#[must_use]
pub fn fresh_request_id() -> RequestId {
    RequestId::new(format!("r{}", ulid::Ulid::generate())).expect("a ULID is an id")
}

/// How steps are put on record.
/// A history as it is kept on record.
pub fn recorded_steps(steps: &[Step]) -> Vec<RecordedStep> {
    let step = |step: &Step| RecordedStep {
        item_id: step.past.item_id.clone(),
        event_id: step.past.event_id,
        weight: step.weight,
        masked: step.masked,
    };
    steps.iter().map(step).collect()
}
