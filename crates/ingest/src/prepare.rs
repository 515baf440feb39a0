//! Makes files fit to learn from, in three visible stages: clean → normalise → augment.
//!
//! Responsible for the order of the stages and for the report of what each one did.
//! Refuses to parse (`formats` does) and to store: prepared records go to the caller one by one.

pub mod augment;
pub mod clean;
pub mod normalise;
pub mod report;

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::PathBuf;

use domain::{Event, Invalid, Item, ItemId, PartialItem, Review, SubjectId, Timestamp};
use formats::{Format, Options, Progress, Record};
use serde::{Deserialize, Serialize};

use augment::{DaypartCounts, PriceSurvey};
use clean::{CleanConfig, Cleaner};
use normalise::{BrandSpellings, Normaliser};
use report::Passed;
pub use report::PrepareReport;
use shop::clock::ShopClock;

/// Files of one format, and what the caller knows about them.
#[derive(Debug, Clone)]
pub struct Source {
    /// How they are written.
    pub format: Format,
    /// What they do not say themselves.
    pub options: Options,
    /// Read in this order.
    pub paths: Vec<PathBuf>,
}

/// How a shop's files are prepared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PrepareConfig {
    /// Which rows are dropped.
    pub clean: CleanConfig,
    /// IANA name of the zone whose clock events without their own are told by, e.g.
    /// `Asia/Shanghai`.
    pub zone: String,
    /// Largest share of the known items that `import --complete` retires without asking.
    pub most_retired: f64,
}

impl Default for PrepareConfig {
    fn default() -> Self {
        Self { clean: CleanConfig::default(), zone: "UTC".to_owned(), most_retired: 0.5 }
    }
}

/// A record ready to be stored.
#[derive(Debug, Clone, PartialEq)]
pub enum Prepared {
    /// Somebody did something with a product.
    Event(Event),
    /// Somebody said something about a product.
    Review(Review),
    /// What a product is.
    Item(Item),
    /// Some facts of a product.
    Part(PartialItem),
    /// What events say a product is; worth less than any catalogue.
    Mention(Item),
    /// A visitor was found to be a person.
    Identity {
        /// The visitor's name.
        visitor: SubjectId,
        /// The person's.
        person: SubjectId,
    },
}

/// Why files could not be prepared.
#[derive(Debug, thiserror::Error)]
pub enum PrepareError {
    /// A file could not be read.
    #[error(transparent)]
    Read(#[from] formats::Error),
    /// The configuration means nothing.
    #[error(transparent)]
    Config(#[from] Invalid),
}

/// What is known of a shop before its files are read.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The clock that `future_time` goes by.
    pub now: Timestamp,
    /// The items of its catalogue: what it lists is a product, whatever its code looks like.
    pub listed: Option<&'a BTreeSet<ItemId>>,
}

impl Known<'_> {
    /// A shop without a catalogue.
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        Self { now, listed: None }
    }
}

/// Reads the files and hands every prepared record to `take`, which stops by returning `Break`.
///
/// The files are read twice: brands are spelled the way most items spell them, which is not known
/// before the last item. Only the second reading counts as progress.
///
/// # Errors
/// [`PrepareError`]; records handed over before it stay handed over.
pub fn prepare(
    source: &Source,
    config: &PrepareConfig,
    known: Known<'_>,
    progress: &Progress,
    take: &mut dyn FnMut(Prepared) -> ControlFlow<()>,
) -> Result<PrepareReport, PrepareError> {
    let Source { format, options, paths } = source;
    let mut stages = Stages::new(config, known.now)?;
    known.listed.into_iter().flatten().for_each(|id| stages.cleaner.list(id));
    formats::read(*format, options, paths, &Progress::default(), &mut |outcome| {
        match outcome {
            Ok(Record::Item(item) | Record::Part(PartialItem { item, .. })) => {
                stages.cleaner.list(&item.id);
                stages.normaliser.brands.see(&item.brand);
            }
            Ok(Record::Mention(item)) => stages.normaliser.brands.see(&item.brand),
            _ => {}
        }
        ControlFlow::Continue(())
    })?;
    let summary = formats::read(*format, options, paths, progress, &mut |outcome| match outcome
        .ok()
        .and_then(|record| stages.record(record))
    {
        Some(prepared) => take(prepared),
        None => ControlFlow::Continue(()),
    })?;
    Ok(stages.report(summary))
}

/// The three stages and what they have counted so far.
struct Stages {
    cleaner: Cleaner,
    normaliser: Normaliser,
    clock: ShopClock,
    dayparts: DaypartCounts,
    prices: PriceSurvey,
    passed: Passed,
}

impl Stages {
    fn new(config: &PrepareConfig, now: Timestamp) -> Result<Self, Invalid> {
        Ok(Self {
            cleaner: Cleaner::new(&config.clean, now)?,
            normaliser: Normaliser::new(BrandSpellings::default()),
            clock: ShopClock::new(&config.zone)?,
            dayparts: DaypartCounts::default(),
            prices: PriceSurvey::default(),
            passed: Passed::default(),
        })
    }

    fn record(&mut self, record: Record) -> Option<Prepared> {
        let prepared = match record {
            Record::Event(event) => self.event(event).map(Prepared::Event),
            Record::Review(review) => self.review(review).map(Prepared::Review),
            Record::Item(item) => self.item(item).map(Prepared::Item),
            Record::Part(PartialItem { item, says }) => {
                self.item(item).map(|item| Prepared::Part(PartialItem { item, says }))
            }
            Record::Mention(item) => self.item(item).map(Prepared::Mention),
            Record::Identity { visitor, person } => Some(Prepared::Identity { visitor, person }),
        }?;
        self.passed.count(&prepared);
        Some(prepared)
    }

    fn event(&mut self, record: formats::EventRecord) -> Option<Event> {
        let event = self.cleaner.event(record)?;
        self.dayparts.see(self.clock.daypart(&event));
        Some(event)
    }

    fn review(&mut self, review: Review) -> Option<Review> {
        self.cleaner.keeps_review(&review).then(|| self.normaliser.review(review))
    }

    fn item(&mut self, item: Item) -> Option<Item> {
        let item = self.cleaner.keeps_item(&item).then(|| self.normaliser.item(item))?;
        self.prices.see(&item);
        Some(item)
    }

    fn report(self, read: formats::Summary) -> PrepareReport {
        let (price_bands, items_by_band) = self.prices.bands();
        PrepareReport {
            read,
            passed: self.passed,
            dropped: self.cleaner.dropped().clone(),
            by_rule: self.cleaner.into_counts(),
            n_brands_respelled: self.normaliser.brands.n_respelled(),
            by_normalisation: self.normaliser.into_counts(),
            price_bands,
            items_by_band,
            dayparts: self.dayparts,
        }
    }
}

#[cfg(test)]
mod tests;
