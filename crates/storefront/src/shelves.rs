//! Departments and what stands in them, by how many bought it.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use app::Live;
use claims::Window;
use domain::{ItemId, Language, Text};

/// Items on one page of a category.
pub(super) const PER_PAGE: usize = 24;
/// Departments that are named at all.
const MOST_NAMED: usize = 48;
/// How long the list of departments may be out of date.
const KEPT: Duration = Duration::from_secs(30);

/// A widest category.
#[derive(Debug, Clone)]
pub(super) struct Department {
    pub(super) name: Text,
    pub(super) n_items: usize,
    /// Its most bought item, for a picture.
    pub(super) sample: ItemId,
}

impl Department {
    pub(super) fn named(&self, lang: &Language) -> &str {
        self.name.in_language(*lang)
    }
}

/// The departments as of a moment; counting them reads the whole catalogue.
#[derive(Debug, Default)]
pub(crate) struct Shelves(Mutex<Option<Kept>>);

#[derive(Debug)]
struct Kept {
    at: Instant,
    n_items: usize,
    departments: Arc<Vec<Department>>,
}

impl Shelves {
    /// Widest categories, those with most items first.
    pub(crate) fn departments(&self, live: &Live) -> Arc<Vec<Department>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let n_items = live.counts().n_items();
        if let Some(kept) = kept.as_ref().filter(|k| k.n_items == n_items && k.at.elapsed() < KEPT)
        {
            return Arc::clone(&kept.departments);
        }
        let departments = Arc::new(count(live, <[Text]>::first));
        *kept = Some(Kept { at: Instant::now(), n_items, departments: Arc::clone(&departments) });
        departments
    }

    /// One page of a category at any level, or of everything, the most bought first; `None` where
    /// nothing is called so.
    pub(crate) fn shelf(&self, live: &Live, name: Option<&str>, page: usize) -> Option<Shelf> {
        let counts = live.counts();
        let is_meant = |category: &Text| name.is_none_or(|name| is_called(category, name));
        let of = |entry: &&shop::live_counts::Entry| {
            name.is_none() || entry.item.all_categories().any(is_meant)
        };
        let mut found: Vec<_> = counts.offered().filter(of).collect();
        let text = match name {
            Some(_) => Some(found.first()?.item.all_categories().find(|c| is_meant(c))?.clone()),
            None => None,
        };
        found.sort_by_cached_key(|entry| {
            let buyers = counts.buyers(entry, Window::AllTime);
            (std::cmp::Reverse(buyers), entry.item.id.clone())
        });
        let items = found.iter().skip(page * PER_PAGE).take(PER_PAGE);
        let items = items.map(|entry| entry.item.id.clone()).collect();
        let n_items = found.len();
        drop(counts);
        let below = |categories: &[Text]| -> Option<usize> {
            categories.iter().position(is_meant).map(|at| at + 1)
        };
        let narrower = match name {
            Some(_) => count(live, |categories| categories.get(below(categories)?)),
            None => self.departments(live).to_vec(),
        };
        Some(Shelf { name: text, narrower, n_items, items })
    }
}

fn count(live: &Live, of: impl Fn(&[Text]) -> Option<&Text>) -> Vec<Department> {
    let counts = live.counts();
    let mut found: std::collections::HashMap<&Text, (usize, u32, &ItemId)> = Default::default();
    for entry in counts.offered() {
        let Some(name) = of(&entry.item.categories).filter(|name| !name.is_empty()) else {
            continue;
        };
        let buyers = counts.buyers(entry, Window::AllTime);
        let seen = found.entry(name).or_insert((0, buyers, &entry.item.id));
        seen.0 += 1;
        if buyers > seen.1 {
            (seen.1, seen.2) = (buyers, &entry.item.id);
        }
    }
    let named = found.into_iter().map(|(name, (n_items, _, sample))| Department {
        name: name.clone(),
        n_items,
        sample: sample.clone(),
    });
    let mut named: Vec<_> = named.collect();
    named.sort_by(|a, b| b.n_items.cmp(&a.n_items).then_with(|| a.sample.cmp(&b.sample)));
    named.truncate(MOST_NAMED);
    named
}

fn is_called(text: &Text, name: &str) -> bool {
    text.versions().any(|version| version == name)
}

/// One page of the items of a category.
pub(super) struct Shelf {
    /// `None` of everything there is.
    pub(super) name: Option<Text>,
    pub(super) narrower: Vec<Department>,
    pub(super) n_items: usize,
    /// The items of this page.
    pub(super) items: Vec<ItemId>,
}
