//! The report of an evaluation, and its wire form with one flat key per number.
//!
//! Responsible for names and order of keys. A number that cannot be computed is
//! `null`, never NaN.

mod read;

use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};

use super::bootstrap::{Estimate, PairedDifference};
use super::lists::ListQuality;
use super::{Metric, Segment};
use crate::split::Protocol;

/// Whether items of the history are candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    /// Items of the history are no candidates; cases that ask for one are left out.
    Masked,
    /// All items are candidates.
    Unmasked,
}

impl Seen {
    /// Both, in the order of rows.
    pub const ALL: [Self; 2] = [Self::Masked, Self::Unmasked];

    /// The name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Masked => "masked",
            Self::Unmasked => "unmasked",
        }
    }
}

/// Everything that was measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EvaluationReport {
    /// How data was split.
    pub protocol: Protocol,
    /// Distinct shoppers among the cases.
    pub n_shoppers: usize,
    /// Two rows per ranker: masked, unmasked.
    pub rows: Vec<Row>,
    /// The main ranker against each other; absent on the wire when not asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub comparisons: Vec<Comparison>,
    /// The same for parts of the cases; absent on the wire when not asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub segments: Vec<SegmentReport>,
}

/// By how much one ranker's NDCG@10 is above another's on the same shoppers, seen items masked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The one.
    pub model: String,
    /// The other.
    pub against: String,
    /// The difference, its interval and how likely chance alone would bring one as large.
    #[serde(flatten)]
    pub ndcg_at_10: PairedDifference,
}

/// The rows of one part of the cases.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SegmentReport {
    /// Which part.
    pub segment: Segment,
    /// Distinct shoppers in it.
    pub n_shoppers: usize,
    /// Rows over its cases only.
    pub rows: Vec<Row>,
}

/// One ranker under one treatment of seen items.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Name of the ranker.
    pub model: String,
    /// Whether items of the history were candidates.
    pub seen: Seen,
    /// Cases that were asked.
    pub n: usize,
    /// Each metric; `None` when no case was asked.
    pub accuracy: Vec<(Metric, Option<Estimate>)>,
    /// How long the lists are that `lists` describes.
    pub list_length: usize,
    /// Qualities of the lists.
    pub lists: ListQuality,
}

impl Row {
    /// One metric of the row, where it was computed.
    #[must_use]
    pub fn estimate(&self, metric: Metric) -> Option<Estimate> {
        let found = self.accuracy.iter().find(|(name, _)| *name == metric);
        found.and_then(|(_, estimate)| *estimate)
    }

    /// Every single number with its key, in the order of the wire form, without intervals.
    #[must_use]
    pub fn numbers(&self) -> Vec<(String, Option<f64>)> {
        let mean = |(metric, estimate): &(Metric, Option<Estimate>)| {
            (metric.name(), estimate.map(|estimate| estimate.mean))
        };
        let k = self.list_length;
        let lists = [
            ("coverage", self.lists.coverage),
            ("gini", self.lists.gini),
            ("popularity", self.lists.popularity),
            ("popularity_percentile", self.lists.popularity_percentile),
            ("diversity", self.lists.diversity),
            ("novelty", self.lists.novelty),
        ];
        let lists = lists.map(|(name, value)| (format!("{name}@{k}"), value));
        self.accuracy.iter().map(mean).chain(lists).collect()
    }
}

impl Serialize for Row {
    /// `{model, seen, n, hr@5, …, ndcg@5, …, mrr, hr@5_ci: [low, high], …, coverage@10, …}`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("model", &self.model)?;
        map.serialize_entry("seen", &self.seen)?;
        map.serialize_entry("n", &self.n)?;
        let numbers = self.numbers();
        let (accuracy, lists) = numbers.split_at(self.accuracy.len());
        for (name, mean) in accuracy {
            map.serialize_entry(name, mean)?;
        }
        for (metric, estimate) in &self.accuracy {
            let ci = estimate.map(|estimate| estimate.ci);
            map.serialize_entry(&format!("{}_ci", metric.name()), &ci)?;
        }
        for (name, value) in lists {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}
