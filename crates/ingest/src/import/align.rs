//! Ids of an imported file as the shop knows them: ends added or taken off, the catalogue's own
//! spelling looked up, a table of ids.
//!
//! Responsible for changing ids while rows are read. What is wrong with ids is guessed in
//! `shop::matching`.

use std::path::Path;
use std::str::FromStr;

use domain::{Event, Invalid, Item, ItemId, PartialItem, Review, Text};
use rustc_hash::{FxHashMap, FxHashSet};
use shop::id_edit::{End, IdEdit};
use shop::{Shop, ShopError, matching};

use crate::prepare::Prepared;

/// How ids of a file become the shop's. Nothing is changed by default.
#[derive(Debug, Clone, Default)]
pub struct Alignment {
    /// An edit of the beginning.
    pub prefix: Option<IdEdit>,
    /// An edit of the end.
    pub suffix: Option<IdEdit>,
    /// What an id of an event is looked up by where the catalogue does not have it as it is.
    pub by: Option<MatchBy>,
    /// Ids and what they are called in the shop.
    pub table: FxHashMap<String, String>,
}

/// What an id is looked up by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MatchBy {
    /// The id in any case.
    Case,
    /// The id without leading zeros.
    Zeros,
    /// An attribute of the item, such as its SKU.
    Attribute(String),
}

impl FromStr for MatchBy {
    type Err = Invalid;
    fn from_str(raw: &str) -> Result<Self, Invalid> {
        Ok(match raw.trim() {
            "case" => Self::Case,
            "zeros" => Self::Zeros,
            "" => {
                let hint = "use case, zeros, or the name of an attribute, e.g. sku";
                return Err(Invalid::new("way to match ids", "is not known", raw, hint));
            }
            name => Self::Attribute(name.to_owned()),
        })
    }
}

/// Reads a table of two columns: the id in the file, and the id in the shop. Columns are parted by
/// tabs, semicolons or commas.
///
/// # Errors
/// The line that has not two columns.
pub fn read_table(text: &str, path: &Path) -> Result<FxHashMap<String, String>, Invalid> {
    let text = text.trim_start_matches('\u{feff}');
    let separator = ['\t', ';', ','].into_iter().find(|&c| text.lines().any(|l| l.contains(c)));
    let mut table = FxHashMap::default();
    for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let cell = |cell: &str| cell.trim().trim_matches('"').trim().to_owned();
        let cells: Vec<String> =
            line.split(separator.unwrap_or(',')).map(cell).take_while(|c| !c.is_empty()).collect();
        let [from, to, ..] = cells.as_slice() else {
            let place = format!("{} line {}", path.display(), n + 1);
            let hint = "each line is an id of the file and an id of the shop";
            return Err(Invalid::new("map of ids", "has not two columns", &place, hint));
        };
        table.insert(from.clone(), to.clone());
    }
    Ok(table)
}

/// Changes ids of the rows of one import.
pub(super) struct Aligner {
    alignment: Alignment,
    /// Ids of the catalogue before this import.
    listed: FxHashSet<ItemId>,
    /// Ids of the catalogue by what they are looked up by.
    by_key: FxHashMap<String, ItemId>,
}

impl Aligner {
    pub(super) fn new(alignment: &Alignment, shop: &Shop) -> Result<Self, ShopError> {
        let mut aligner = Self {
            alignment: alignment.clone(),
            listed: FxHashSet::default(),
            by_key: FxHashMap::default(),
        };
        let Alignment { prefix, suffix, by, .. } = alignment;
        if by.is_some() || prefix.is_some() || suffix.is_some() {
            for (id, item) in matching::catalogue(shop)? {
                aligner.learn(&item);
                aligner.listed.insert(id);
            }
        }
        Ok(aligner)
    }

    fn learn(&mut self, item: &Item) {
        match &self.alignment.by {
            None => {}
            Some(MatchBy::Attribute(name)) => {
                let values = item.attributes.get(name).into_iter().flatten();
                for value in values.flat_map(Text::versions) {
                    self.by_key.entry(value.to_owned()).or_insert_with(|| item.id.clone());
                }
            }
            Some(_) => {
                let key = self.key(item.id.as_str());
                self.by_key.entry(key).or_insert_with(|| item.id.clone());
            }
        }
    }

    fn key(&self, id: &str) -> String {
        match &self.alignment.by {
            Some(MatchBy::Case) => id.to_lowercase(),
            Some(MatchBy::Zeros) => id.trim_start_matches('0').to_owned(),
            _ => id.to_owned(),
        }
    }

    /// The row with the shop's ids. An event whose id changed is another event than the one that may
    /// have been imported under the id as it was.
    pub(super) fn row(&self, prepared: Prepared) -> Prepared {
        match prepared {
            Prepared::Event(event) => {
                let item_id = self.meant(&event.item_id);
                let source_key = keyed(event.source_key, &event.item_id, &item_id);
                Prepared::Event(Event { item_id, source_key, ..event })
            }
            Prepared::Review(review) => {
                let item_id = self.meant(&review.item_id);
                let source_key = keyed(review.source_key, &review.item_id, &item_id);
                Prepared::Review(Review { item_id, source_key, ..review })
            }
            Prepared::Mention(item) => Prepared::Mention(Item { id: self.meant(&item.id), ..item }),
            Prepared::Item(item) => Prepared::Item(Item { id: self.edited(&item.id), ..item }),
            Prepared::Part(PartialItem { item, says }) => {
                let item = Item { id: self.edited(&item.id), ..item };
                Prepared::Part(PartialItem { item, says })
            }
            identity @ Prepared::Identity { .. } => identity,
        }
    }

    /// The item that an event means.
    fn meant(&self, id: &ItemId) -> ItemId {
        if self.listed.contains(id) && !self.alignment.table.contains_key(id.as_str()) {
            return id.clone();
        }
        let edited = self.edited(id);
        if self.listed.contains(&edited) {
            return edited;
        }
        self.by_key.get(&self.key(edited.as_str())).cloned().unwrap_or(edited)
    }

    fn edited(&self, id: &ItemId) -> ItemId {
        let Alignment { prefix, suffix, table, .. } = &self.alignment;
        if let Some(other) = table.get(id.as_str()) {
            return ItemId::new(other).unwrap_or_else(|_| id.clone());
        }
        let apply = |id: String, edit: &Option<IdEdit>, end| match edit {
            Some(edit) => edit.apply(&id, end),
            None => id,
        };
        let edited = apply(id.to_string(), prefix, End::Prefix);
        let edited = apply(edited, suffix, End::Suffix);
        ItemId::new(&edited).unwrap_or_else(|_| id.clone())
    }
}

fn keyed(key: String, before: &ItemId, after: &ItemId) -> String {
    if before == after { key } else { format!("{key} as {after}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_ids_is_read_with_its_header_and_quotes() {
        let read = |text| read_table(text, Path::new("map.csv"));
        let table = read("\u{feff}old;new\r\n\"A-1\";1\r\n\r\nA-2;2\r\n").unwrap();
        assert_eq!((table["A-1"].as_str(), table["A-2"].as_str()), ("1", "2"));
        let error = read("A-1,1\nA-2\n").unwrap_err().to_string();
        assert!(error.contains("line 2"), "{error}");
    }
}
