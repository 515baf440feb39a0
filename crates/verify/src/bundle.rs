//! What a proof is made of: an answer as it was delivered, and the rows that its sentences speak of.
//!
//! Persons go by names that hold within one bundle only. Plain data; nothing here counts.

use std::collections::BTreeMap;

use domain::{
    EventKind, EventTime, IngestId, Item, ItemId, Language, ModelVersion, Money, Rating, RequestId,
    Timestamp,
};
use serde::{Deserialize, Serialize};

/// The form that this crate reads.
pub const FORMAT: &str = "candor-bundle/1";

/// One delivered answer with what it takes to recount it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bundle {
    /// [`FORMAT`].
    pub format: String,
    /// The answer.
    pub request_id: RequestId,
    /// When it was told.
    pub told_at: Timestamp,
    /// The newest id it could have counted.
    pub as_of: IngestId,
    /// The model that ranked.
    pub model_version: ModelVersion,
    /// True when the shop's data are simulated.
    #[serde(default)]
    pub simulated: bool,
    /// Language of the sentences.
    pub lang: Language,
    /// Items that the page of the request was about.
    #[serde(default)]
    pub page: Vec<ItemId>,
    /// The reader; missing for a visitor without a name.
    #[serde(default)]
    pub reader: Option<String>,
    /// Whether the reader switched profiling off.
    #[serde(default)]
    pub profiling_off: bool,
    /// The list, best place first.
    pub list: Vec<Shown>,
    /// Places given by hand.
    #[serde(default)]
    pub by_hand: Vec<ByHand>,
    /// Ids that the shop lists as no products; `*` at the end stands for anything.
    #[serde(default)]
    pub not_products: Vec<String>,
    /// Versions of the items, each with the id it was taken in under.
    #[serde(default)]
    pub catalogue: Vec<Version>,
    /// Rows of the log up to `as_of`: all of the reader, and those of others that are counted.
    #[serde(default)]
    pub rows: Vec<Row>,
    /// Reviews of the items.
    #[serde(default)]
    pub reviews: Vec<Review>,
    /// What the reader asked for and did not take back.
    #[serde(default)]
    pub wishes: Vec<Wish>,
    /// The model's own output; missing where it could not be run again.
    #[serde(default)]
    pub model: Option<ModelOutput>,
}

/// One item of the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// The item.
    pub item_id: ItemId,
    /// Its place, from 1.
    pub rank: u32,
    /// Its score.
    pub score: f64,
    /// The sentences, as delivered.
    pub sentences: Vec<String>,
}

/// A place given by hand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ByHand {
    /// The item.
    pub item_id: ItemId,
    /// Whether somebody paid for it.
    #[serde(default)]
    pub paid: bool,
}

/// One version of an item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// When it was taken in.
    pub version: IngestId,
    /// The item; missing where it was deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Item>,
    /// Whose version it is.
    pub item_id: ItemId,
}

/// One row of the log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The person.
    pub who: String,
    /// What they did.
    pub did: EventKind,
    /// With which item.
    pub item: ItemId,
    /// When.
    pub time: EventTime,
    /// How many.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub quantity: u32,
    /// The price of one then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Money>,
    /// The order or visit, by a name that holds within this bundle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<String>,
    /// Country or region code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Device class.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
    /// Minutes that their clock is ahead of UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone_minutes: Option<i32>,
}

fn one() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
fn is_one(n: &u32) -> bool {
    *n == 1
}

/// One review.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Review {
    /// The reviewer.
    pub who: String,
    /// About which item.
    pub item: ItemId,
    /// Stars, where given, in tenths.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<Rating>,
    /// Headline and text; missing where no sentence speaks of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// What the reader wants more or less of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Wish {
    /// Of what, as the reader's list of wishes names it.
    pub concept: String,
    /// Whether they want more of it.
    pub more: bool,
}

/// What the model put out. The verifier does not run it: what rests on this alone is said to.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ModelOutput {
    /// The steps of the history it was given, newest first, by their items.
    pub steps: Vec<ItemId>,
    /// Rank by score of each item of the list, among everything that could be shown.
    pub rank_by_score: BTreeMap<ItemId, u32>,
    /// What it put out without some of the steps.
    pub without: Vec<Without>,
}

/// The model's output without some steps of the history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Without {
    /// The items of the steps that are left out.
    pub steps: Vec<ItemId>,
    /// The item asked about.
    pub of: ItemId,
    /// Its score then.
    pub score: Option<f64>,
    /// Its rank by score then.
    pub rank_by_score: Option<u32>,
    /// The list then.
    pub list: Vec<ItemId>,
}
