//! What the shop holds: how much, how fresh, and what each import brought and refused.
//!
//! Reads and counts. Refuses to judge whether that is enough.

use std::collections::BTreeMap;

use domain::time::DAY_MS;
use domain::{EventTime, IngestId, StoredEvent, Timestamp};
use serde::{Deserialize, Serialize};
use store::{Counts, ImportRecord, ImportRun, every};

use shop::matching::{Matching, Part, Unlisted};
use shop::{Shop, ShopError};

/// Ids listed that the catalogue lacks; `candor unlisted` lists more.
const MOST_UNLISTED: usize = 100;
/// Imports listed; older ones stay on record.
const MOST_IMPORTS: usize = 50;

/// Everything that is known of the shop's data as data.
#[derive(Debug, Clone, Serialize)]
pub struct Inventory {
    /// Rows of each sort.
    pub counts: Counts,
    /// When the last event happened; `None` without events that carry a time.
    pub last_event: Option<Timestamp>,
    /// When something was last taken in, whatever time it speaks of.
    pub last_taken_in: Option<Timestamp>,
    /// Events by the day they happened (UTC, its first instant), without gaps: a day without any
    /// counts 0.
    pub by_day: Vec<(Timestamp, u64)>,
    /// Shoppers who were erased at their wish. Nothing but the number is known of them.
    pub n_erased: usize,
    /// The latest imports, newest first.
    pub imports: Vec<Imported>,
    /// How many ids events name that the catalogue never listed; 0 without a catalogue.
    pub n_unlisted: usize,
    /// Those of them that most events name.
    pub unlisted: Vec<Unlisted>,
}

/// One import.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Imported {
    /// When it ended.
    pub at: Timestamp,
    /// Format and names of the files.
    pub source: String,
    /// How it came about; missing of imports of earlier versions.
    pub run: Option<ImportedBy>,
    /// Rows, as they were read.
    pub read: Rows,
    /// Records that each rule of cleaning dropped, by its name; rules that dropped none are left out.
    pub cleaned: BTreeMap<String, u64>,
    /// Records that were new to the shop.
    pub n_new: u64,
    /// Records that were there already.
    pub n_known: u64,
    /// The first rejected rows. Empty once somebody was erased, because causes quote rows.
    pub examples: Vec<Rejected>,
    /// How far the events of the shop named items of its catalogue then.
    pub matching: Option<Matching>,
    /// Known items that were not in the files, of all, and what was done with them.
    pub gone: Option<Gone>,
}

/// How an import came about, and how it ended.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ImportedBy {
    /// The import's name.
    #[serde(skip)]
    pub id: String,
    /// `command`, `pushed` or `pulled`.
    pub origin: String,
    /// The feed, where it has a name.
    pub feed: Option<String>,
    /// `done`, `asked` or `failed`.
    pub state: String,
}

/// Known items that were not in the files.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Gone {
    /// How many, of the items that were known before.
    pub items: Part,
    /// `kept`, `asked`, `held_back` or `retired`.
    pub done: String,
}

/// Rows of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rows {
    /// Rows that are not blank and not a header.
    pub rows: u64,
    /// Rows that gave records.
    pub accepted: u64,
    /// Rows that could not be read.
    pub rejected: u64,
    /// Things left out of accepted rows, by name.
    pub left_out: BTreeMap<String, u64>,
}

/// A row that could not be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rejected {
    /// Name of the file.
    pub source: String,
    /// Its line, from 1.
    pub line: u64,
    /// What is wrong, and what would be right. Quotes the row: show it to administrators alone.
    pub cause: String,
}

/// The parts of a kept report that are shown; an older report without one of them counts it as 0.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Kept {
    prepared: KeptPrepared,
    loaded: KeptLoaded,
    matching: Option<Matching>,
    gone: Option<Gone>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct KeptPrepared {
    read: Rows,
    by_rule: BTreeMap<String, KeptRule>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct KeptRule {
    dropped: u64,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct KeptLoaded {
    events: KeptRows,
    reviews: KeptRows,
    items: KeptRows,
    joins: KeptRows,
}

#[derive(Default, Clone, Copy, Deserialize)]
#[serde(default)]
struct KeptRows {
    fresh: u64,
    known: u64,
}

/// Counts what the shop holds. Reads every event twice.
///
/// # Errors
/// What the store says, or [`ShopError::DamagedJournal`] where a report cannot be read.
pub fn read(shop: &Shop) -> Result<Inventory, ShopError> {
    let newest = shop.state().newest()?;
    let (mut n_by_day, mut last) = (BTreeMap::<i64, u64>::new(), None);
    shop.state().scan_events(
        newest,
        &mut every(|event: StoredEvent| {
            if let EventTime::At(at) = event.time {
                last = last.max(Some(at));
                *n_by_day.entry(at.0.div_euclid(DAY_MS)).or_default() += 1;
            }
        }),
    )?;
    let mut unlisted = shop::matching::unlisted(shop)?;
    let n_unlisted = unlisted.len();
    unlisted.truncate(MOST_UNLISTED);
    Ok(Inventory {
        n_unlisted,
        unlisted,
        counts: shop::matching::counts(shop)?,
        last_event: last,
        last_taken_in: (newest != IngestId::ZERO).then(|| taken_in(newest)),
        by_day: without_gaps(&n_by_day),
        n_erased: shop.state().erasures()?.len(),
        imports: imports(shop)?,
    })
}

/// The latest imports, newest first. Reads no event.
///
/// # Errors
/// What the store says, or [`ShopError::DamagedJournal`] where a report cannot be read.
pub fn imports(shop: &Shop) -> Result<Vec<Imported>, ShopError> {
    let records = shop.state().imports(MOST_IMPORTS)?;
    records.into_iter().map(Imported::read).collect()
}

fn taken_in(id: IngestId) -> Timestamp {
    Timestamp(i64::try_from(id.made_at_ms()).unwrap_or(i64::MAX))
}

/// Every day from the first to the last. A stray time far off would make years of empty days, so
/// only the days that hold something are given where they are few among many.
fn without_gaps(n_by_day: &BTreeMap<i64, u64>) -> Vec<(Timestamp, u64)> {
    let at = |day: i64| Timestamp(day.saturating_mul(DAY_MS));
    let (Some((first, _)), Some((last, _))) =
        (n_by_day.first_key_value(), n_by_day.last_key_value())
    else {
        return Vec::new();
    };
    if last - first > 4_000 {
        return n_by_day.iter().map(|(day, n)| (at(*day), *n)).collect();
    }
    (*first..=*last).map(|day| (at(day), n_by_day.get(&day).copied().unwrap_or(0))).collect()
}

impl Imported {
    fn read(record: ImportRecord) -> Result<Self, ShopError> {
        let damaged = |error: serde_json::Error| ShopError::DamagedJournal {
            kind: "import",
            problem: error.to_string(),
        };
        let kept: Kept = serde_json::from_str(&record.report).map_err(damaged)?;
        // `null` where there was none, and where an erasure dropped them.
        let examples: Option<Vec<Rejected>> = match &record.rejects {
            Some(rejects) => serde_json::from_str(rejects).map_err(damaged)?,
            None => None,
        };
        let loaded =
            [kept.loaded.events, kept.loaded.reviews, kept.loaded.items, kept.loaded.joins];
        let rules = kept.prepared.by_rule.into_iter().map(|(name, rule)| (name, rule.dropped));
        let about = |run: ImportRun| {
            let about: ImportedBy = serde_json::from_str(&run.about).map_err(damaged)?;
            Ok::<_, ShopError>(ImportedBy { id: run.id, ..about })
        };
        Ok(Self {
            at: record.at,
            source: record.source,
            run: record.run.map(about).transpose()?,
            matching: kept.matching,
            gone: kept.gone,
            read: kept.prepared.read,
            cleaned: rules.filter(|(_, dropped)| *dropped > 0).collect(),
            n_new: loaded.iter().map(|rows| rows.fresh).sum(),
            n_known: loaded.iter().map(|rows| rows.known).sum(),
            examples: examples.unwrap_or_default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_without_events_is_a_day_with_none() {
        let days = without_gaps(&[(3, 5), (6, 1)].into());
        let n: Vec<u64> = days.iter().map(|(_, n)| *n).collect();
        assert_eq!((n, days[1].0), (vec![5, 0, 0, 1], Timestamp(4 * DAY_MS)));
        assert_eq!(without_gaps(&[(0, 1), (9_000_000, 1)].into()).len(), 2);
        assert_eq!(without_gaps(&BTreeMap::new()), []);
    }

    #[test]
    fn a_report_of_an_older_version_is_still_read() {
        let record = ImportRecord {
            at: Timestamp(1),
            source: "csv a.csv".to_owned(),
            report: r#"{"prepared":{"read":{"rows":3,"new_field":1}}}"#.to_owned(),
            rejects: Some("null".to_owned()),
            run: None,
        };
        let imported = Imported::read(record).unwrap();
        assert_eq!((imported.read.rows, imported.n_new), (3, 0));
        assert!(imported.examples.is_empty());
    }
}
