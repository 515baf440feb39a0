//! What is handed out is what is kept, and can be taken in again.

use std::collections::BTreeSet;
use std::path::PathBuf;

use app::Live;
use domain::{Event, EventKind, IngestId, Item, Preferences, StoredEvent, Text};
use ingest::export::{Form, Layout, Names, What};
use ingest::import::{Format, Options, Progress, detect};
use ingest::prepare::Source;
use serde_json::Value;
use shop::{Access, Shop};
use store::every;

use super::small_shop::{
    catalogue, empty, event, item_id, now, request_of, shopper, subject, trained,
};

fn exported(shop: &Live, what: What, layout: Layout) -> (u64, Vec<u8>) {
    let mut bytes = Vec::new();
    let n_rows = ingest::export::write(shop.shop(), what, layout, &mut bytes).unwrap();
    (n_rows, bytes)
}

fn lines(bytes: &[u8]) -> Vec<Value> {
    let text = std::str::from_utf8(bytes).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn events(shop: &Shop) -> Vec<StoredEvent> {
    let mut events = Vec::new();
    shop.state()
        .scan_events(IngestId(u128::MAX), &mut every(|event: StoredEvent| events.push(event)))
        .unwrap();
    events
}

/// What of an event does not depend on the shop it lies in.
fn told(events: Vec<StoredEvent>) -> BTreeSet<String> {
    let told = |e: StoredEvent| {
        format!(
            "{} {:?} {} {:?} {} {:?} {:?} {:?}",
            e.kind.name(),
            e.time,
            e.item_id,
            e.price,
            e.quantity,
            e.session.is_some(),
            e.device,
            e.request_id
        )
    };
    events.into_iter().map(told).collect()
}

#[test]
fn events_come_back_as_they_went_out() {
    let shop = trained();
    let answer = shop.recommender.recommend(&request_of(&shopper(0))).unwrap();
    let click = event(&shopper(0), EventKind::Click, &answer.items[0].item_id, "click");
    shop.collector.collect(vec![Event { request_id: Some(answer.request_id), ..click }]).unwrap();
    let kept = events(shop.shop());
    for (layout, format) in [(Layout::Csv, Format::Csv), (Layout::JsonLines, Format::Candor)] {
        let (n_rows, bytes) = exported(&shop, What::Events, layout);
        assert_eq!(n_rows as usize, kept.len());
        let folder = empty();
        let path: PathBuf = folder.path().join("events");
        std::fs::write(&path, bytes).unwrap();
        let found = detect(&path, &Options::default(), now()).unwrap().unwrap();
        assert_eq!((found.format, found.prepared.read.rejected), (format, 0));
        let other = app::open(folder.path().join("shop"), Access::Create).unwrap();
        let source = Source { format, options: Options::default(), paths: vec![path] };
        for _ in 0..2 {
            ingest::import::import(&other, &source, now(), &Progress::default(), &mut |_| {})
                .unwrap();
            assert_eq!(events(&other).len(), kept.len(), "a second reading adds nothing");
        }
        assert_eq!(told(events(&other)), told(kept.clone()));
    }
}

#[test]
fn with_the_shops_own_names_an_import_restores_every_history() {
    let shop = trained();
    let folder = empty();
    let other = app::open(folder.path().join("shop"), Access::Create).unwrap();
    for what in [What::Items, What::Events, What::Reviews] {
        let form = Form { layout: Layout::JsonLines, names: Names::Own };
        let mut bytes = Vec::new();
        ingest::export::write(shop.shop(), what, form, &mut bytes).unwrap();
        let path: PathBuf = folder.path().join(format!("{what}.jsonl"));
        std::fs::write(&path, bytes).unwrap();
        let source =
            Source { format: Format::Candor, options: Options::default(), paths: vec![path] };
        ingest::import::import(&other, &source, now(), &Progress::default(), &mut |_| {}).unwrap();
    }
    for n in 0..20 {
        let export = |shop: &Shop| shop.state().export(&shopper(n)).unwrap();
        let Some(kept) = export(shop.shop()) else { continue };
        let restored = export(&other).unwrap_or_else(|| panic!("shopper {n} is lost"));
        let done = |export: &store::Export| -> Vec<String> {
            let events = export.events.iter();
            events
                .map(|e| format!("{:?} {:?} {} {:?}", e.time, e.kind, e.item_id, e.session))
                .collect()
        };
        assert!(done(&restored) == done(&kept), "shopper {n}");
        let wrote = |export: &store::Export| -> Vec<String> {
            let reviews = export.reviews.iter();
            reviews
                .map(|r| format!("{:?} {} {:?} {}", r.time, r.item_id, r.rating, r.text))
                .collect()
        };
        assert!(wrote(&restored) == wrote(&kept), "shopper {n}");
    }
    let counts = |shop: &Shop| shop.state().counts().unwrap();
    assert_eq!(counts(&other), counts(shop.shop()));
}

#[test]
fn items_come_back_from_csv_as_they_went_out() {
    let shop = trained();
    let mut told = Item::bare(item_id("told"));
    told.title = "Cup, \"blue\"".into();
    told.in_stock = Some(false);
    told.available_since = Some(now());
    told.categories = vec!["Kitchen".into(), "Cups".into()];
    told.further_categories =
        vec![vec!["Gifts".into(), "For him, for her".into()], vec!["Sale".into()]];
    told.attributes.insert("colour".to_owned(), vec!["blue".into(), Text::both("白", "white")]);
    shop.collector.put_items(vec![told.clone()]).unwrap();
    let (n_rows, bytes) = exported(&shop, What::Items, Layout::Csv);
    let folder = empty();
    let path: PathBuf = folder.path().join("items.csv");
    std::fs::write(&path, bytes).unwrap();
    let other = app::open(folder.path().join("shop"), Access::Create).unwrap();
    let source = Source { format: Format::Csv, options: Options::default(), paths: vec![path] };
    let report =
        ingest::import::import(&other, &source, now(), &Progress::default(), &mut |_| {}).unwrap();
    assert_eq!((report.loaded.items.fresh, report.prepared.read.rejected), (n_rows, 0));
    let kept = other.state().item(&told.id, IngestId(u128::MAX)).unwrap().unwrap();
    assert_eq!(kept.item, Some(told));
}

#[test]
fn no_export_names_a_person() {
    let shop = trained();
    shop.recommender.recommend(&request_of(&shopper(0))).unwrap();
    for what in What::ALL {
        for layout in [Layout::JsonLines, Layout::Csv] {
            let (_, bytes) = exported(&shop, what, layout);
            let text = String::from_utf8(bytes).unwrap();
            assert!(!text.contains("demo-1") && !text.contains("shopper-0"), "{what} as {layout}");
        }
    }
}

#[test]
fn items_as_json_lines_are_the_items_themselves() {
    let shop = trained();
    let (n_rows, bytes) = exported(&shop, What::Items, Layout::JsonLines);
    let items: Vec<Item> =
        lines(&bytes).into_iter().map(|line| serde_json::from_value(line).unwrap()).collect();
    assert_eq!(n_rows as usize, items.len());
    assert_eq!(items, catalogue(&shop));
}

#[test]
fn an_answer_goes_out_with_every_claim_and_its_verdict() {
    let shop = trained();
    let answer = shop.recommender.recommend(&request_of(&shopper(0))).unwrap();
    let (n_rows, bytes) = exported(&shop, What::Answers, Layout::JsonLines);
    let line = &lines(&bytes)[0];
    assert_eq!((n_rows, line["request_id"].as_str()), (1, Some(answer.request_id.as_str())));
    let claims = line["record"]["items"][0]["reason"]["claims"].as_array().unwrap();
    assert!(!claims.is_empty() && claims.iter().all(|claim| claim["verdict"] == "verified"));
}

#[test]
#[cfg(feature = "parquet")]
fn answers_go_out_as_column_files_too() {
    let shop = trained();
    shop.recommend(&request_of(&shopper(0))).unwrap();
    let (_, parquet) = exported(&shop, What::Answers, Layout::Parquet);
    assert!(parquet.starts_with(b"PAR1") && parquet.ends_with(b"PAR1"));
}

#[test]
fn atomic_files_hold_what_a_model_is_fitted_on_in_an_order_nobody_can_mistake() {
    let shop = trained();
    let who = subject("same-instant");
    let items = catalogue(&shop);
    let at_once = items
        .iter()
        .take(3)
        .enumerate()
        .map(|(n, item)| event(&who, EventKind::View, &item.id, &format!("{n}")));
    shop.collector.collect(at_once.collect()).unwrap();
    let off = Preferences { profiling: false, language: None };
    shop.corrections.set_preferences(&shopper(0), &off).unwrap();
    let (mut inter, mut catalogue_file) = (Vec::new(), Vec::new());
    let (n, n_items) =
        ingest::export::write_recbole(shop.shop(), &mut inter, &mut catalogue_file).unwrap();
    let data = training::gather(shop.shop()).unwrap().data;
    let n_steps: usize = data.interactions.sequences.iter().map(Vec::len).sum();
    assert_eq!((n as usize, n_items as usize), (n_steps, data.items.len()));
    let text = String::from_utf8(inter).unwrap();
    let mut last: (String, f64) = (String::new(), 0.0);
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let seconds: f64 = cells[2].parse().unwrap();
        assert!(cells[0] != last.0 || seconds > last.1, "{line} after {last:?}");
        last = (cells[0].to_owned(), seconds);
    }
    let users: BTreeSet<&str> = text.lines().skip(1).filter_map(|l| l.split('\t').next()).collect();
    assert_eq!(users.len(), data.interactions.sequences.len());
}
