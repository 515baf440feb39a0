//! Handing the shop's data out in forms that others read: events, items, delivered answers with
//! their proofs, and the interactions that a model is fitted on.
//!
//! Shoppers go by their numbers and visits by hashes, which say nothing about the person, unless
//! the caller asks for the shop's own names, with which an import restores the histories. What is
//! kept about one person by name is [`State::export`](store::State::export).

use shop::settings::ShopConfig;
use std::fmt;
use std::io::Write;
use std::str::FromStr;

use domain::{IngestId, Invalid, ShopperId, StoredEvent, StoredReview, SubjectId};
use formats::write::{self, Row, Writer};
use rustc_hash::FxHashMap;
use store::{Answer, Each, every, try_each};

pub use formats::{Layout, WriteError};

use crate::error::IngestError;
use shop::Shop;

mod rows;

use rows::{AnswerRow, ErasedRow, EventRow, ItemRow, ReviewRow};

/// What can be handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// What shoppers did, and what they were shown.
    Events,
    /// The catalogue as it is now.
    Items,
    /// What shoppers wrote and how they rated.
    Reviews,
    /// What was recommended and why, with everything needed to verify it.
    Answers,
    /// Names that were erased, as keyed hashes with the time of the erasure.
    Erased,
}

/// How shoppers are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Names {
    /// By numbers that say nothing about the person.
    #[default]
    Pseudonyms,
    /// By the shop's own names.
    Own,
}

/// The form of what is handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    /// Lines of JSON, CSV, or a column file.
    pub layout: Layout,
    /// How shoppers are named.
    pub names: Names,
}

impl From<Layout> for Form {
    fn from(layout: Layout) -> Self {
        Self { layout, names: Names::Pseudonyms }
    }
}

impl What {
    /// Everything, in the order of the documentation.
    pub const ALL: [Self; 5] =
        [Self::Events, Self::Items, Self::Reviews, Self::Answers, Self::Erased];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Items => "items",
            Self::Reviews => "reviews",
            Self::Answers => "answers",
            Self::Erased => "erased",
        }
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for What {
    type Err = Invalid;
    fn from_str(raw: &str) -> Result<Self, Invalid> {
        let name = raw.trim().to_ascii_lowercase();
        Self::ALL.into_iter().find(|what| what.name() == name).ok_or_else(|| {
            Invalid::new(
                "export",
                "is not known",
                raw,
                "use events, items, reviews, answers, erased or recbole",
            )
        })
    }
}

/// Writes everything of a kind; how many rows there were.
///
/// # Errors
/// [`IngestError::Write`], or what the store says.
pub fn write(
    shop: &Shop,
    what: What,
    form: impl Into<Form>,
    out: impl Write + Send,
) -> Result<u64, IngestError> {
    let Form { layout, names } = form.into();
    match what {
        What::Events => export_events(shop, layout, &Called::read(shop, names)?, out),
        What::Items => export_items(shop, layout, out),
        What::Reviews => export_reviews(shop, layout, &Called::read(shop, names)?, out),
        What::Answers => export_answers(shop, layout, out),
        What::Erased => export_erased(shop, layout, out),
    }
}

/// How the shoppers of an export are called.
enum Called {
    ByNumber,
    /// By the shop's own names. Somebody who was erased since these were read has none.
    ByName(FxHashMap<ShopperId, SubjectId>),
}

impl Called {
    fn read(shop: &Shop, names: Names) -> Result<Self, IngestError> {
        if names == Names::Pseudonyms {
            return Ok(Self::ByNumber);
        }
        let mut own = FxHashMap::default();
        shop.state().scan_subjects(&mut every(|(name, number)| {
            own.insert(number, name);
        }))?;
        Ok(Self::ByName(own))
    }

    /// Writes a row under its shopper's name; leaves out somebody who has none any more.
    fn write<R: Row, W: Write + Send>(
        &self,
        rows: &mut Rows<W>,
        shopper: ShopperId,
        row: impl FnOnce(Option<&SubjectId>) -> R,
    ) -> Result<(), IngestError> {
        match self {
            Self::ByNumber => rows.write(&row(None)),
            Self::ByName(own) => {
                own.get(&shopper).map_or(Ok(()), |name| rows.write(&row(Some(name))))
            }
        }
    }
}

fn export_events(
    shop: &Shop,
    layout: Layout,
    called: &Called,
    out: impl Write + Send,
) -> Result<u64, IngestError> {
    let mut rows = Rows::new::<EventRow>(layout, out)?;
    let newest = shop.state().newest()?;
    let events = |each: &mut Each<'_, StoredEvent>| shop.state().scan_events(newest, each);
    try_each(events, |event| {
        called.write(&mut rows, event.shopper, |own| EventRow::of(event, own))
    })?;
    rows.finish()
}

fn export_reviews(
    shop: &Shop,
    layout: Layout,
    called: &Called,
    out: impl Write + Send,
) -> Result<u64, IngestError> {
    let mut rows = Rows::new::<ReviewRow>(layout, out)?;
    let newest = shop.state().newest()?;
    let reviews = |each: &mut Each<'_, StoredReview>| shop.state().scan_reviews(newest, each);
    try_each(reviews, |review| {
        called.write(&mut rows, review.shopper, |own| ReviewRow::of(review, own))
    })?;
    rows.finish()
}

fn export_erased(shop: &Shop, layout: Layout, out: impl Write + Send) -> Result<u64, IngestError> {
    let mut rows = Rows::new::<ErasedRow>(layout, out)?;
    for (hash, at) in shop.state().erased_names()?.iter() {
        rows.write(&ErasedRow::of(hash, at))?;
    }
    rows.finish()
}

fn export_items(shop: &Shop, layout: Layout, out: impl Write + Send) -> Result<u64, IngestError> {
    let language = shop.config::<ShopConfig>().language;
    let mut rows = Rows::new::<ItemRow>(layout, out)?;
    let mut after = None;
    loop {
        let page = shop.state().items_page(after.as_ref(), ITEMS_AT_ONCE)?;
        let Some(last) = page.last() else { break };
        after = Some(last.id.clone());
        page.into_iter().try_for_each(|item| rows.write(&ItemRow { item, language }))?;
    }
    rows.finish()
}

fn export_answers(shop: &Shop, layout: Layout, out: impl Write + Send) -> Result<u64, IngestError> {
    let mut rows = Rows::new::<AnswerRow>(layout, out)?;
    let all = (IngestId::ZERO, IngestId(u128::MAX));
    let answers = |each: &mut Each<'_, Answer>| shop.state().scan_answers(all.0, all.1, each);
    try_each(answers, |answer| rows.write(&AnswerRow::of(answer)))?;
    rows.finish()
}

/// Writes the interactions that a model is fitted on, and the items, as RecBole's atomic files.
/// RecBole's leave-one-out by time then makes the split that `candor evaluate` makes. Shoppers
/// who switched profiling off are left out, as in fitting. Returns the rows of each file.
///
/// Interactions of one shopper at the same instant are a millisecond apart, in our order, so
/// that no other order can be read into them.
///
/// # Errors
/// [`IngestError::Write`], or what the store says.
pub fn write_recbole(
    shop: &Shop,
    inter: impl Write,
    items: impl Write,
) -> Result<(u64, u64), IngestError> {
    let data = training::gather(shop)?.data;
    let mut out = write::recbole::Interactions::new(inter)?;
    let mut n_interactions = 0;
    for (n, sequence) in data.interactions.sequences.iter().enumerate() {
        let user = format!("u{}", n + 1);
        let mut last_ms = i64::MIN;
        for step in sequence {
            last_ms = step.time.key().max(last_ms.saturating_add(1));
            let item = data.items[step.item as usize].as_str();
            out.row(&user, item, last_ms as f64 / 1e3, step.kind.name())?;
            n_interactions += 1;
        }
    }
    out.finish()?;
    let mut out = write::recbole::Items::new(items)?;
    let language = shop.config::<ShopConfig>().language;
    for (id, text) in data.items.iter().zip(&data.texts) {
        let categories: Vec<&str> =
            text.categories.iter().map(|name| name.in_language(language)).collect();
        let title = text.title.first().map_or("", String::as_str);
        out.row(id.as_str(), title, text.brand.in_language(language), &categories)?;
    }
    out.finish()?;
    Ok((n_interactions, data.items.len() as u64))
}

/// Items read from the store at once.
const ITEMS_AT_ONCE: usize = 1_000;

/// A file being written, and how many rows it has.
struct Rows<W: Write + Send> {
    writer: Writer<W>,
    n_rows: u64,
}

impl<W: Write + Send> Rows<W> {
    fn new<R: Row>(layout: Layout, out: W) -> Result<Self, IngestError> {
        Ok(Self { writer: Writer::new::<R>(layout, out)?, n_rows: 0 })
    }

    fn write<R: Row>(&mut self, row: &R) -> Result<(), IngestError> {
        self.writer.row(row)?;
        self.n_rows += 1;
        Ok(())
    }

    fn finish(self) -> Result<u64, IngestError> {
        self.writer.finish()?;
        Ok(self.n_rows)
    }
}
