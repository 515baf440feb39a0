//! A small simulated shop, made and trained once per run; every test works on a copy of its own.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use answers::Request;
use app::Live;
use app::demo;
use app::demo::ShopConfig;
use domain::time::DAY_MS;
use domain::{Event, EventKind, EventTime, Item, ItemId, Language, SubjectId, Timestamp};
use shop::Access;
use store::State;
use tempfile::TempDir;

/// As the demo writes them, with a short search so that training takes no time.
const SETTINGS: &str = "\
[shop]
simulated = true

[signals.tuning]
max_trials = 4
";

/// The files of the trained shop.
static FILES: OnceLock<Vec<(PathBuf, Vec<u8>)>> = OnceLock::new();

/// What the shop is made from.
pub(super) fn config() -> ShopConfig {
    ShopConfig { n_shoppers: 300, n_items: 120, n_events: 6_000, ..ShopConfig::default() }
}

/// The end of its recorded time.
pub(super) fn now() -> Timestamp {
    config().now
}

/// A shop in service, in a folder that goes when the test ends.
pub(super) struct OwnShop {
    // First, so that it is closed before its folder goes.
    live: Live,
    folder: TempDir,
}

impl Deref for OwnShop {
    type Target = Live;
    fn deref(&self) -> &Live {
        &self.live
    }
}

impl OwnShop {
    /// Closes the shop and opens it again.
    pub(super) fn reopened(self) -> Self {
        let Self { live, folder } = self;
        drop(live);
        open(folder)
    }

    /// Closes the shop and opens it again with other settings.
    pub(super) fn reopened_with(self, settings: &str) -> Self {
        let Self { live, folder } = self;
        drop(live);
        write_settings(folder.path(), settings);
        open(folder)
    }

    /// Closes the shop and opens it again with something between it and its data.
    pub(super) fn through(self, wrap: impl FnOnce(Box<dyn State>) -> Box<dyn State>) -> Self {
        let Self { live, folder } = self;
        drop(live);
        let shop = app::open(folder.path(), Access::Write).unwrap().through(wrap);
        Self { live: Live::new(shop).unwrap(), folder }
    }

    /// Closes the shop, puts other bytes wherever these stand in its database, and opens it again.
    pub(super) fn altered(self, from: &[u8], to: &[u8]) -> Self {
        assert_eq!(from.len(), to.len(), "the file's structure must stay");
        let Self { live, folder } = self;
        drop(live);
        let path = folder.path().join("state.db");
        let mut bytes = std::fs::read(&path).unwrap();
        let places: Vec<usize> =
            (0..=bytes.len() - from.len()).filter(|&at| bytes[at..].starts_with(from)).collect();
        assert!(!places.is_empty(), "there is nothing to alter");
        for at in places {
            bytes[at..at + to.len()].copy_from_slice(to);
        }
        std::fs::write(&path, bytes).unwrap();
        open(folder)
    }
}

/// The trained shop.
pub(super) fn trained() -> OwnShop {
    trained_with("")
}

/// The trained shop, with more settings.
pub(super) fn trained_with(settings: &str) -> OwnShop {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in FILES.get_or_init(make) {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    write_settings(folder.path(), settings);
    open(folder)
}

/// An empty folder with the settings of the shop.
pub(super) fn empty() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write_settings(folder.path(), "");
    folder
}

fn open(folder: TempDir) -> OwnShop {
    let shop = app::open(folder.path(), Access::Write).unwrap();
    OwnShop { live: Live::new(shop).unwrap(), folder }
}

fn write_settings(folder: &Path, more: &str) {
    std::fs::write(folder.join("candor.toml"), format!("{SETTINGS}{more}")).unwrap();
}

fn make() -> Vec<(PathBuf, Vec<u8>)> {
    let folder = empty();
    let shop = demo::create(folder.path(), &config(), &mut |_| {}).unwrap();
    training::train(&shop, &|_| {}).unwrap();
    drop(shop);
    let files = files_below(folder.path()).into_iter();
    files.map(|(path, bytes)| (path.strip_prefix(&folder).unwrap().to_owned(), bytes)).collect()
}

/// Every file below a folder.
pub(super) fn files_below(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            let bytes = std::fs::read(&path).unwrap();
            files.push((path, bytes));
        }
    }
    files.sort();
    files
}

/// The name of the `n`-th shopper, from 0: six named ones, then the crowd.
pub(super) fn shopper(n: usize) -> SubjectId {
    let n_samples = demo::samples().len();
    subject(&match n {
        n if n < n_samples => format!("demo-{}", n + 1),
        n => format!("shopper-{:05}", n + 1 - n_samples),
    })
}

pub(super) fn subject(name: &str) -> SubjectId {
    SubjectId::new(name).unwrap()
}

pub(super) fn item_id(name: &str) -> ItemId {
    ItemId::new(name).unwrap()
}

/// The catalogue's items, deleted ones left out.
pub(super) fn catalogue(live: &Live) -> Vec<Item> {
    live.shop().state().items_page(None, 1_000).unwrap()
}

/// The items of the category that has most of those that can be bought.
pub(super) fn largest_category(shop: &Live) -> Vec<Item> {
    let mut by_category = BTreeMap::<String, Vec<Item>>::new();
    for item in catalogue(shop).into_iter().filter(Item::can_be_bought) {
        let category = item.category().unwrap().in_language(Language::En).to_owned();
        by_category.entry(category).or_default().push(item);
    }
    by_category.into_values().max_by_key(Vec::len).unwrap()
}

/// A request of a known shopper.
pub(super) fn request_of(shopper: &SubjectId) -> Request {
    Request { shopper: Some(shopper.clone()), lang: Some(Language::En), ..Request::default() }
}

/// A request of nobody in particular.
pub(super) fn request_of_a_stranger() -> Request {
    Request { lang: Some(Language::En), ..Request::default() }
}

/// Something a shopper does a day after the recorded time.
pub(super) fn event(subject: &SubjectId, kind: EventKind, item: &ItemId, key: &str) -> Event {
    Event {
        subject: subject.clone(),
        kind,
        item_id: item.clone(),
        time: EventTime::At(Timestamp(now().0 + DAY_MS)),
        quantity: 1,
        price: None,
        session: None,
        request_id: None,
        region: None,
        device: None,
        zone_minutes: None,
        source_key: key.to_owned(),
    }
}
