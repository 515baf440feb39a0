//! Counts from rows by the rules of `docs/sentences.md`: persons who bought, looked, reviewed; ranks; prices.

use std::collections::{BTreeMap, BTreeSet};

use domain::{EventKind, EventTime, IngestId, Item, ItemId, Language, Money, Timestamp};

use crate::bundle::{Bundle, Review, Row, Version};
use crate::words::{Trait, has_word};

/// The rows of a bundle, indexed, as a reader at one moment may count them.
pub(crate) struct Recount<'b> {
    pub(crate) bundle: &'b Bundle,
    pub(crate) at: Timestamp,
    items: BTreeMap<&'b ItemId, &'b Item>,
    /// By item and person: the purchases of whoever did not give everything back.
    bought: BTreeMap<&'b ItemId, BTreeMap<&'b str, Vec<&'b Row>>>,
    looks: BTreeMap<&'b ItemId, BTreeMap<&'b str, Vec<EventTime>>>,
}

/// Windows of time that a sentence names.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Window {
    Ever,
    Days(u64),
}

impl<'b> Recount<'b> {
    pub(crate) fn of(bundle: &'b Bundle, at: Timestamp) -> Self {
        let mut recount = Self {
            bundle,
            at,
            items: catalogue(bundle, at),
            bought: bought(bundle),
            looks: BTreeMap::new(),
        };
        for row in &bundle.rows {
            if matches!(row.did, EventKind::View | EventKind::Click) {
                let of_item = recount.looks.entry(&row.item).or_default();
                of_item.entry(&row.who).or_default().push(row.time);
            }
        }
        recount
    }

    /// The language of the sentences.
    pub(crate) fn lang(&self) -> Language {
        self.bundle.lang
    }

    /// The catalogue's entry at the reader's moment.
    pub(crate) fn item(&self, id: &ItemId) -> Option<&'b Item> {
        self.items.get(id).copied()
    }

    /// The title that the reader sees.
    pub(crate) fn title(&self, id: &'b ItemId) -> &'b str {
        let title = self.item(id).map_or("", |item| item.title.in_language(self.lang()).trim());
        if title.is_empty() { id.as_str() } else { title }
    }

    /// The items that the reader sees under a title.
    pub(crate) fn titled(&self, title: &str) -> Vec<&'b ItemId> {
        let in_catalogue = self.items.keys().copied();
        in_catalogue.filter(|id| is_told_as(self.title(id), title)).collect()
    }

    /// Persons who bought an item.
    pub(crate) fn buyers(&self, item: &ItemId, window: Window) -> BTreeSet<&'b str> {
        let persons = self.bought.get(item).into_iter().flatten();
        let counted =
            persons.filter(|(_, rows)| rows.iter().any(|row| self.lies_in(row.time, window)));
        counted.map(|(who, _)| *who).collect()
    }

    fn lies_in(&self, time: EventTime, window: Window) -> bool {
        match (window, time) {
            (Window::Ever, _) => true,
            (Window::Days(_), EventTime::Ordinal(_)) => false,
            (Window::Days(days), EventTime::At(then)) => {
                let days = i64::try_from(days).unwrap_or(i64::MAX);
                let length = days.saturating_mul(domain::time::DAY_MS);
                then <= self.at && then.0 > self.at.0.saturating_sub(length)
            }
        }
    }

    /// Persons who bought anything.
    pub(crate) fn buyers_of_anything(&self) -> usize {
        self.bought.values().flat_map(BTreeMap::keys).collect::<BTreeSet<_>>().len()
    }

    /// Persons who bought both in one order: one visit, or where the log has none, one instant.
    pub(crate) fn buyers_in_one_order(&self, a: &ItemId, b: &ItemId) -> usize {
        let empty = BTreeMap::new();
        let (a, b) = (self.bought.get(a).unwrap_or(&empty), self.bought.get(b).unwrap_or(&empty));
        let is_one = |a: &Row, b: &Row| match (&a.visit, &b.visit) {
            (Some(a), Some(b)) => a == b,
            _ => a.time == b.time && a.time.instant().is_some(),
        };
        let together = |(who, rows): &(&&str, &Vec<&Row>)| {
            b.get(**who).is_some_and(|other| {
                rows.iter().any(|row| other.iter().any(|other| is_one(row, other)))
            })
        };
        a.iter().filter(together).count()
    }

    /// Persons who looked at one item, and those of them who looked at another one later.
    pub(crate) fn looked_then(&self, first: &ItemId, then: &ItemId) -> (usize, usize) {
        let empty = BTreeMap::new();
        let earlier = self.looks.get(first).unwrap_or(&empty);
        let later = self.looks.get(then).unwrap_or(&empty);
        let followed = earlier.iter().filter(|(who, times)| {
            let since = times.iter().min();
            later.get(*who).is_some_and(|later| later.iter().max() > since)
        });
        (earlier.len(), followed.count())
    }

    /// The number of items of a scope that more persons bought, and that as many others bought.
    pub(crate) fn ahead_and_beside(
        &self,
        item: &ItemId,
        category: Option<&str>,
        window: Window,
    ) -> (usize, usize) {
        let own = self.buyers(item, window).len();
        let of_scope = |id: &&&ItemId| {
            **id != item && category.is_none_or(|name| self.is_in_category(id, name))
        };
        let others = self.bought.keys().filter(of_scope).map(|id| self.buyers(id, window).len());
        others.fold((0, 0), |(more, same), n| {
            (more + usize::from(n > own), same + usize::from(n == own))
        })
    }

    /// Whether an item is in a category, at any level.
    pub(crate) fn is_in_category(&self, id: &ItemId, name: &str) -> bool {
        self.item(id).is_some_and(|item| item.all_categories().any(|c| self.is_named(c, name)))
    }

    /// Whether the reader sees a text of the catalogue under this name.
    pub(crate) fn is_named(&self, text: &domain::Text, name: &str) -> bool {
        is_told_as(text.in_language(self.lang()).trim(), name)
    }

    /// The rows of the reader, oldest first.
    pub(crate) fn own_rows(&self) -> Vec<&'b Row> {
        let is_own = |row: &&Row| self.bundle.reader.as_deref() == Some(row.who.as_str());
        let mut rows: Vec<&Row> = self.bundle.rows.iter().filter(is_own).collect();
        rows.sort_by_key(|row| row.time);
        rows
    }

    /// The reader's last items, the latest first: what they had to do with, and the page.
    pub(crate) fn last_items(&self) -> Vec<&'b ItemId> {
        let rows = self.own_rows().into_iter().rev();
        let met = rows.filter(|row| row.did.is_positive()).map(|row| &row.item);
        let mut seen = BTreeSet::new();
        self.bundle.page.iter().chain(met).filter(|id| seen.insert(*id)).collect()
    }

    /// Whether the reader did this with an item.
    pub(crate) fn did(&self, did: Option<EventKind>, item: &ItemId) -> bool {
        let Some(reader) = self.bundle.reader.as_deref().filter(|_| did.is_some()) else {
            return did.is_none() && self.bundle.page.contains(item);
        };
        match did {
            None => self.bundle.page.contains(item),
            Some(EventKind::Purchase) => {
                self.bought.get(item).is_some_and(|by| by.contains_key(reader))
            }
            Some(EventKind::View) => self.looks.get(item).is_some_and(|by| by.contains_key(reader)),
            Some(did) => self.own_rows().iter().any(|row| row.did == did && row.item == *item),
        }
    }

    /// What the reader paid in a category, smallest first.
    pub(crate) fn own_prices(&self, category: &str, like: Money) -> Vec<i64> {
        let own = |by: &BTreeMap<&str, Vec<&'b Row>>| {
            let reader = self.bundle.reader.as_deref()?;
            by.get(reader).cloned()
        };
        let in_it = self.bought.iter().filter(|(id, _)| self.is_in_category(id, category));
        let prices = in_it.filter_map(|(_, by)| own(by)).flatten().filter_map(|row| row.price);
        let mut prices: Vec<i64> = prices
            .filter(|price| price.currency == like.currency)
            .map(|price| price.minor)
            .collect();
        prices.sort_unstable();
        prices
    }

    /// Persons who bought an item (or anything) by a purchase that tells the trait, and those who did in it.
    pub(crate) fn in_situation(
        &self,
        item: Option<&ItemId>,
        told: &dyn Fn(&Row) -> Option<bool>,
    ) -> (usize, usize) {
        let of = |id: &ItemId| item.is_none_or(|item| item == id);
        let rows = self.bought.iter().filter(|(id, _)| of(id)).flat_map(|(_, by)| by);
        let (mut known, mut within) = (BTreeSet::new(), BTreeSet::new());
        for (who, rows) in rows {
            for is_in in rows.iter().filter_map(|row| told(row)) {
                known.insert(*who);
                if is_in {
                    within.insert(*who);
                }
            }
        }
        (known.len(), within.len())
    }

    /// Persons whose reviews of an item mention one of these words.
    pub(crate) fn mentioning(&self, item: &ItemId, words: &[String]) -> usize {
        let of_item = self
            .reviews(item)
            .filter(|review| words.iter().any(|word| has_word(&review.text, word, true)));
        of_item.map(|review| review.who.as_str()).collect::<BTreeSet<_>>().len()
    }

    /// The reviews of an item.
    pub(crate) fn reviews(&self, item: &ItemId) -> impl Iterator<Item = &'b Review> {
        self.bundle.reviews.iter().filter(move |review| review.item == *item)
    }

    /// The versions of an item, oldest first.
    pub(crate) fn versions(&self, item: &ItemId) -> Vec<&'b Version> {
        let of_item = self.bundle.catalogue.iter().filter(|version| version.item_id == *item);
        let mut versions: Vec<&Version> =
            of_item.filter(|version| is_there(version.version, self.bundle, self.at)).collect();
        versions.sort_by_key(|version| version.version);
        versions
    }
}

/// Whether a purchase tells a trait of its situation, and whether it is this one.
pub(crate) fn tells(row: &Row, told: Trait) -> Option<bool> {
    let time = row.time.instant();
    let local = |zone: i32| time.map(|time| time.local(zone.clamp(-1440, 1440)));
    match told {
        Trait::Daypart(part) => {
            row.zone_minutes.and_then(local).map(|local| local.hour / 6 == part)
        }
        Trait::Weekday(day) => row.zone_minutes.and_then(local).map(|local| local.weekday == day),
        Trait::Season(season) => {
            local(row.zone_minutes.unwrap_or(0)).map(|local| (local.month + 9) % 12 / 3 == season)
        }
        Trait::Device(device) => row.device.as_deref().map(|known| known == device),
    }
}

/// Whether a text of the catalogue is told as this, whole or cut at the end.
pub(crate) fn is_told_as(whole: &str, told: &str) -> bool {
    whole == told
        || told.strip_suffix('…').is_some_and(|head| !head.is_empty() && whole.starts_with(head))
}

fn is_there(version: IngestId, bundle: &Bundle, at: Timestamp) -> bool {
    version <= bundle.as_of || i64::try_from(version.made_at_ms()).is_ok_and(|made| made <= at.0)
}

fn catalogue(bundle: &Bundle, at: Timestamp) -> BTreeMap<&ItemId, &Item> {
    let mut newest: BTreeMap<&ItemId, &Version> = BTreeMap::new();
    for version in bundle.catalogue.iter().filter(|v| is_there(v.version, bundle, at)) {
        let kept = newest.entry(&version.item_id).or_insert(version);
        if kept.version <= version.version {
            *kept = version;
        }
    }
    newest.into_iter().filter_map(|(id, version)| Some((id, version.item.as_ref()?))).collect()
}

fn bought(bundle: &Bundle) -> BTreeMap<&ItemId, BTreeMap<&str, Vec<&Row>>> {
    let is_product = |id: &ItemId| {
        !bundle.not_products.iter().any(|code| match code.strip_suffix('*') {
            Some(head) => id.as_str().starts_with(head),
            None => id.as_str() == code,
        })
    };
    let is_free = |row: &Row| row.price.is_some_and(|price| price.minor == 0);
    let mut given_back: BTreeMap<(&ItemId, &str), u64> = BTreeMap::new();
    let mut bought: BTreeMap<&ItemId, BTreeMap<&str, Vec<&Row>>> = BTreeMap::new();
    for row in &bundle.rows {
        if row.did == EventKind::Refund {
            *given_back.entry((&row.item, &row.who)).or_default() += u64::from(row.quantity);
        } else if row.did.is_purchase() && !is_free(row) && is_product(&row.item) {
            bought.entry(&row.item).or_default().entry(&row.who).or_default().push(row);
        }
    }
    for (item, by) in &mut bought {
        by.retain(|who, rows| {
            let n: u64 = rows.iter().map(|row| u64::from(row.quantity)).sum();
            n > given_back.get(&(*item, *who)).copied().unwrap_or(0)
        });
    }
    bought.retain(|_, by| !by.is_empty());
    bought
}
