//! Parses `sequences`: one line `user item item …` per shopper, oldest item first, and the table
//! of items that may come with it. No clock is invented: times are places in the order.

use std::collections::HashMap;

use cells::value::subject;
use domain::{EventKind, EventTime, Item, ItemId, Text};

use crate::output::Output;
use crate::text::identity::{Met, RowKeys};
use crate::text::lines::Lines;
use crate::{Error, EventRecord, Input, Record};

const BRAND_UNKNOWN: &str = "Unknown";

/// Reads the events. A shopper's second line is rejected: its items would have no place in the
/// order of the first.
///
/// # Errors
/// [`Error::Read`], [`Error::Empty`], [`Error::NothingReadable`].
pub fn read(
    input: Input<'_>,
    kind: Option<EventKind>,
    output: &mut Output<'_>,
) -> Result<(), Error> {
    let kind = kind.unwrap_or(EventKind::Purchase);
    let name = input.name().to_owned();
    output.file(&name, |output| {
        let mut lines = Lines::new(input);
        let mut keys = RowKeys::new(output.format());
        let mut met = Met::new();
        while let Some(line) = lines.next()? {
            let outcome = line.and_then(|line| shopper_line(line, kind, &mut met, &mut keys));
            output.row(lines.number(), outcome)?;
        }
        Ok(lines.encoding())
    })
}

/// Reads all of a line or nothing of it: a hole would shift the order.
fn shopper_line(
    line: &str,
    kind: EventKind,
    met: &mut Met,
    keys: &mut RowKeys,
) -> Result<Vec<Record>, String> {
    let mut words = line.split_whitespace();
    let user = words.next().ok_or("is blank; write `user item item …`")?;
    let subject = subject(user)?;
    let items: Vec<ItemId> =
        words.map(|word| ItemId::new(word).map_err(|e| e.to_string())).collect::<Result<_, _>>()?;
    if items.is_empty() {
        return Err(format!("shopper {subject} has no items; write `user item item …`"));
    }
    if !met.is_new(subject.as_str()) {
        return Err(format!("shopper {subject} had a line before; write one line per shopper"));
    }
    let event = |(place, item_id): (usize, ItemId)| {
        let key = keys.next([subject.as_str(), item_id.as_str(), &place.to_string()]);
        let time = EventTime::Ordinal(u32::try_from(place).unwrap_or(u32::MAX));
        Record::Event(EventRecord {
            subject: Some(subject.clone()),
            ..EventRecord::bare(item_id, kind, time, key)
        })
    };
    Ok(items.into_iter().enumerate().map(event).collect())
}

/// Which names stand for categories in a table of items, learned by reading it once.
///
/// `attributes` is `brand | category | category …`, but where the brand is absent the first
/// attribute may be a category. The rule: a first attribute is a category if the table also has it
/// in a later place, more often than the one chance occurrence that a brand may share.
#[derive(Debug, Default)]
pub struct KnownCategories(HashMap<String, u64>);

impl KnownCategories {
    const MORE_THAN_CHANCE: u64 = 2;

    /// Counts the attributes in later places.
    ///
    /// # Errors
    /// [`Error::Read`] and [`Error::Header`].
    pub fn survey(input: Input<'_>) -> Result<Self, Error> {
        let mut lines = Lines::new(input);
        let mut known = Self::default();
        let Some(columns) = ItemColumns::read(&mut lines)? else {
            return Ok(known);
        };
        while let Some(line) = lines.next()? {
            let Ok(line) = line else { continue };
            let cells: Vec<&str> = line.split('\t').collect();
            for name in columns.attributes(&cells).skip(1) {
                *known.0.entry(name.to_owned()).or_default() += 1;
            }
        }
        Ok(known)
    }

    fn contains(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|&n| n >= Self::MORE_THAN_CHANCE)
    }
}

/// Reads the table of items: tab-separated, with a header that names `item_id`, `title` and
/// `attributes` (and perhaps `asin`); quotes mean nothing.
///
/// # Errors
/// [`Error::Read`], [`Error::Header`], [`Error::Empty`], [`Error::NothingReadable`].
pub fn read_items(
    input: Input<'_>,
    categories: &KnownCategories,
    output: &mut Output<'_>,
) -> Result<(), Error> {
    let name = input.name().to_owned();
    output.file(&name, |output| {
        let mut lines = Lines::new(input);
        if let Some(columns) = ItemColumns::read(&mut lines)? {
            while let Some(line) = lines.next()? {
                let outcome = line.and_then(|line| columns.item(line, categories));
                output.row(lines.number(), outcome.map(|item| [Record::Item(item)]))?;
            }
        }
        Ok(lines.encoding())
    })
}

/// Whether a file's first line is the header of a table of items.
///
/// # Errors
/// [`Error::Read`].
pub fn is_item_table(input: Input<'_>) -> Result<bool, Error> {
    let mut lines = Lines::new(input);
    let first = lines.next()?;
    Ok(matches!(first, Some(Ok(line)) if line.split('\t').next() == Some("item_id")))
}

/// Where the columns of an item table are.
struct ItemColumns {
    n: usize,
    item_id: usize,
    title: usize,
    attributes: Option<usize>,
    asin: Option<usize>,
}

impl ItemColumns {
    /// `None` when the file is empty.
    fn read(lines: &mut Lines<'_>) -> Result<Option<Self>, Error> {
        let file = lines.file().to_owned();
        let refuse = |problem| {
            let hint = "name the columns item_id, title and attributes, with tabs between";
            Error::Header { file, problem, hint }
        };
        let header = match lines.next()? {
            None => return Ok(None),
            Some(Err(cause)) => return Err(refuse(cause)),
            Some(Ok(header)) => header,
        };
        let names: Vec<&str> = header.split('\t').map(str::trim).collect();
        let place = |wanted| names.iter().position(|&name| name == wanted);
        let (Some(item_id), Some(title)) = (place("item_id"), place("title")) else {
            return Err(refuse(format!("has {}", names.join(", "))));
        };
        Ok(Some(Self {
            n: names.len(),
            item_id,
            title,
            attributes: place("attributes"),
            asin: place("asin"),
        }))
    }

    /// Every attribute, the first included even where it is empty.
    fn attributes<'l>(&self, cells: &[&'l str]) -> impl Iterator<Item = &'l str> + use<'l> {
        let cell = self.attributes.and_then(|at| cells.get(at).copied());
        cell.into_iter().flat_map(|cell| cell.split('|').map(str::trim))
    }

    fn item(&self, line: &str, known: &KnownCategories) -> Result<Item, String> {
        let cells: Vec<&str> = line.split('\t').collect();
        if cells.len() != self.n {
            let (got, n) = (cells.len(), self.n);
            return Err(format!(
                "has {got} columns, but the header {n}; write one tab between two columns"
            ));
        }
        let id = ItemId::new(cells[self.item_id]).map_err(|e| e.to_string())?;
        let mut names = self.attributes(&cells).peekable();
        let brand = names.next_if(|first| !known.contains(first)).unwrap_or_default();
        let mut item = Item::bare(id);
        item.categories = names.filter(|name| !name.is_empty()).map(Text::from).collect();
        item.title = text(cells[self.title]);
        if brand != BRAND_UNKNOWN {
            item.brand = text(brand);
        }
        if let Some(asin) = self.asin.map(|at| cells[at].trim()).filter(|asin| !asin.is_empty()) {
            item.attributes.insert("asin".to_owned(), vec![Text::from(asin)]);
        }
        Ok(item)
    }
}

fn text(raw: &str) -> Text {
    match raw.trim() {
        "" => Text::Missing,
        text => Text::from(text),
    }
}
