//! Parses RecBole atomic files: tab-separated, with a header that types each column, as in
//! `user_id:token`. `.user` files are counted and left out: Candor keeps no facts about people.

use std::collections::BTreeMap;

use cells::value::{item_id, present, subject};
use cells::values::Values;
use domain::{EventKind, EventTime, Item, ItemId, Review, Text};

use crate::output::{Halt, Output};
use crate::text::identity::RowKeys;
use crate::text::lines::Lines;
use crate::{Error, EventRecord, Input, Options, RatingScale, Record};

const HINT: &str =
    "name and type each column with tabs between, as in user_id:token<TAB>item_id:token";

/// Reads one file; its columns tell its content: `user_id` and `item_id` are interactions,
/// `item_id` alone a catalogue, `user_id` alone is counted and left out.
///
/// A row with a rating gives an event and a review without text. Rows without a timestamp are
/// ordered by their place in the file.
///
/// # Errors
/// [`Error::Read`], [`Error::Header`], [`Error::Empty`], [`Error::NothingReadable`].
pub fn read(input: Input<'_>, options: &Options, output: &mut Output<'_>) -> Result<(), Error> {
    let name = input.name().to_owned();
    output.file(&name, |output| {
        let mut lines = Lines::new(input);
        if let Some(columns) = Columns::read(&mut lines)? {
            read_rows(&mut lines, &columns, options, output)?;
        }
        Ok(lines.encoding())
    })
}

fn read_rows(
    lines: &mut Lines<'_>,
    columns: &Columns,
    options: &Options,
    output: &mut Output<'_>,
) -> Result<(), Halt> {
    let mut keys = RowKeys::new(output.format());
    let values = output.values();
    let mut place = 0_u32;
    while let Some(line) = lines.next()? {
        let cells = line.and_then(|line| columns.cells(line));
        let outcome = match columns.content() {
            Content::Interactions => cells.and_then(|cells| {
                place = place.saturating_add(1);
                columns.interaction(&cells, options, &values, place, &mut keys)
            }),
            Content::Items => cells.and_then(|cells| Ok(vec![Record::Item(columns.item(&cells)?)])),
            Content::Shoppers => {
                output.leave_out("shopper_attributes");
                cells.map(|_| Vec::new())
            }
        };
        output.row(lines.number(), outcome)?;
    }
    Ok(())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Type {
    Token,
    TokenSeq,
    Float,
    FloatSeq,
}

enum Content {
    Interactions,
    Items,
    Shoppers,
}

/// The typed columns of one file.
struct Columns(Vec<(String, Type)>);

impl Columns {
    /// `None` when the file is empty.
    fn read(lines: &mut Lines<'_>) -> Result<Option<Self>, Error> {
        let file = lines.file().to_owned();
        let columns = match lines.next()? {
            None => return Ok(None),
            Some(header) => header.and_then(Self::parse),
        };
        columns.map(Some).map_err(|problem| Error::Header { file, problem, hint: HINT })
    }

    fn parse(header: &str) -> Result<Self, String> {
        let column = |cell: &str| {
            let (name, kind) =
                cell.trim().rsplit_once(':').ok_or(format!("column {cell:?} has no type"))?;
            let kind = match kind {
                "token" => Type::Token,
                "token_seq" => Type::TokenSeq,
                "float" => Type::Float,
                "float_seq" => Type::FloatSeq,
                _ => {
                    return Err(format!(
                        "column {name:?} has the unknown type {kind:?}; there are token, token_seq, float and float_seq"
                    ));
                }
            };
            Ok((name.to_owned(), kind))
        };
        let columns = Self(header.split('\t').map(column).collect::<Result<_, _>>()?);
        if columns.place("user_id").or(columns.place("item_id")).is_none() {
            return Err("has neither user_id nor item_id".to_owned());
        }
        Ok(columns)
    }

    fn place(&self, wanted: &str) -> Option<usize> {
        self.0.iter().position(|(name, _)| name == wanted)
    }

    fn content(&self) -> Content {
        match (self.place("user_id"), self.place("item_id")) {
            (Some(_), Some(_)) => Content::Interactions,
            (_, Some(_)) => Content::Items,
            _ => Content::Shoppers,
        }
    }

    fn cells<'l>(&self, line: &'l str) -> Result<Vec<&'l str>, String> {
        let cells: Vec<&str> = line.split('\t').collect();
        if cells.len() == self.0.len() {
            return Ok(cells);
        }
        let (got, n) = (cells.len(), self.0.len());
        Err(format!("has {got} columns, but the header {n}; write one tab between two columns"))
    }

    fn get<'l>(&self, cells: &[&'l str], name: &str) -> Option<&'l str> {
        self.place(name).and_then(|at| present(cells[at]))
    }

    fn item_id(&self, cells: &[&str]) -> Result<ItemId, String> {
        Ok(item_id("item_id", self.get(cells, "item_id").unwrap_or_default())?)
    }

    fn interaction(
        &self,
        cells: &[&str],
        options: &Options,
        values: &Values,
        place: u32,
        keys: &mut RowKeys,
    ) -> Result<Vec<Record>, String> {
        let subject = self.get(cells, "user_id").map(subject).transpose()?;
        let item_id = self.item_id(cells)?;
        let time = match self.get(cells, "timestamp") {
            Some(raw) => EventTime::At(values.time("timestamp", raw)?),
            None => EventTime::Ordinal(place),
        };
        let rating = match self.get(cells, "rating") {
            Some(raw) => {
                let ends = RatingScale::ends(options.rating_scale);
                let stars = values.number_within("rating", raw, ends)?;
                let rating = RatingScale::rating(options.rating_scale, stars);
                Some(rating.map_err(|e| e.to_string())?)
            }
            None => None,
        };
        let by_content = if rating.is_some() { EventKind::Rate } else { EventKind::Purchase };
        let source_key = keys.next(cells.iter().copied());
        let review = rating.zip(subject.clone()).map(|(rating, subject)| {
            Record::Review(Review {
                subject,
                item_id: item_id.clone(),
                time,
                rating: Some(rating),
                title: String::new(),
                text: String::new(),
                source_key: source_key.clone(),
            })
        });
        let kind = options.kind.unwrap_or(by_content);
        let event = EventRecord {
            subject,
            session: self.get(cells, "session_id").map(str::to_owned),
            ..EventRecord::bare(item_id, kind, time, source_key)
        };
        Ok([Record::Event(event)].into_iter().chain(review).collect())
    }

    fn item(&self, cells: &[&str]) -> Result<Item, String> {
        let mut item = Item::bare(self.item_id(cells)?);
        let mut attributes = BTreeMap::new();
        for ((name, kind), cell) in self.0.iter().zip(cells) {
            let Some(value) = present(cell) else { continue };
            match Role::of(name) {
                Role::Id => {}
                Role::Title => item.title = Text::from(value),
                Role::Brand => item.brand = Text::from(value),
                Role::Category => item.categories = values(*kind, value),
                Role::Other => {
                    attributes.insert(name.clone(), values(*kind, value));
                }
            }
        }
        item.attributes = attributes;
        Ok(item)
    }
}

/// Reads a column of a catalogue.
enum Role {
    Id,
    Title,
    Brand,
    Category,
    Other,
}

impl Role {
    fn of(name: &str) -> Self {
        match name {
            "item_id" => Self::Id,
            "name" | "item_name" | "product_name" => Self::Title,
            "brand" | "item_brand" => Self::Brand,
            "class" | "genre" | "genres" | "category" | "categories" | "item_category" => {
                Self::Category
            }
            _ if name.contains("title") => Self::Title,
            _ => Self::Other,
        }
    }
}

/// Sequences are separated by spaces; everything else is one value.
fn values(kind: Type, cell: &str) -> Vec<Text> {
    match kind {
        Type::TokenSeq | Type::FloatSeq => cell.split_whitespace().map(Text::from).collect(),
        Type::Token | Type::Float => vec![Text::from(cell)],
    }
}
