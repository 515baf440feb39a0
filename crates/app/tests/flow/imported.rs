//! Files come in once, what cannot be read is counted, and no report names a person.

use std::path::{Path, PathBuf};

use app::Live;
use domain::ItemId;
use explain::Relation;
use ingest::import::{Format, ImportReport, Options, Progress};
use ingest::prepare::Source;
use serde_json::Value;
use shop::{Access, Shop};
use store::{ImportRecord, Loaded};

use super::small_shop::{empty, item_id, now, subject};

/// Four good rows; two that cannot be read, one of them with a person in the wrong column; and
/// one that a rule of cleaning drops.
const ORDERS: &str = "\
shopper,item,kind,time,quantity,price,currency
ann,tea,view,2026-03-01T10:00:00Z,1,20,CNY
ann,tea,purchase,2026-03-01T10:05:00Z,2,20,CNY
bob,tea,purchase,2026-03-02T10:00:00Z,1,19.5,CNY
bob,cup,view,2026-03-02T10:01:00Z,1,,
carol,cup,purchase,carol.jones@example.com,1,30,CNY
carol,cup,teleport,2026-03-03T10:00:00Z,1,30,CNY
bob,cup,purchase,2199-01-01T10:00:00Z,1,30,CNY
";

fn written(folder: &Path) -> PathBuf {
    let path = folder.join("orders.csv");
    std::fs::write(&path, ORDERS).unwrap();
    path
}

fn import(shop: &Shop, path: PathBuf) -> ImportReport {
    let source = Source { format: Format::Csv, options: Options::default(), paths: vec![path] };
    ingest::import::import(shop, &source, now(), &Progress::default(), &mut |_| {}).unwrap()
}

fn last_import(shop: &Shop) -> ImportRecord {
    shop.state().imports(1).unwrap().remove(0)
}

#[test]
fn a_file_imported_twice_adds_nothing_the_second_time() {
    let folder = empty();
    let shop = app::open(folder.path(), Access::Create).unwrap();
    let path = written(folder.path());
    let first = import(&shop, path.clone());
    assert_eq!(first.loaded.events, Loaded { fresh: 4, known: 0 });
    let counts = shop.state().counts().unwrap();
    let again = import(&shop, path);
    assert_eq!(again.loaded.events, Loaded { fresh: 0, known: 4 });
    assert_eq!(shop.state().counts().unwrap(), counts);
    assert_eq!(shop.state().imports(10).unwrap().len(), 2);

    let buyers = |item: &ItemId| shop.count().unwrap().shoppers_of(item, Relation::Bought);
    assert_eq!((buyers(&item_id("tea")), buyers(&item_id("cup"))), (2, 0));
}

#[test]
fn rows_that_cannot_be_read_are_counted_with_line_and_cause() {
    let folder = empty();
    let shop = app::open(folder.path(), Access::Create).unwrap();
    let report = import(&shop, written(folder.path())).prepared;
    assert_eq!((report.read.rows, report.read.accepted, report.read.rejected), (7, 5, 2));
    let lines: Vec<u64> = report.read.rejects.iter().map(|reject| reject.line).collect();
    assert_eq!(lines, [6, 7]);
    assert!(report.read.rejects[1].cause.contains("teleport"));
    let future = report.by_rule[&ingest::prepare::clean::Rule::FutureTime];
    assert_eq!((future.matched, future.dropped), (1, 1));
}

#[test]
fn the_record_of_an_import_quotes_no_row_and_an_erasure_drops_the_rows_kept_apart() {
    let folder = empty();
    let shop = app::open(folder.path(), Access::Create).unwrap();
    import(&shop, written(folder.path()));
    let record = last_import(&shop);
    let report: Value = serde_json::from_str(&record.report).unwrap();
    assert_eq!(report["prepared"]["read"]["rejected"], 2);
    assert_eq!(report["prepared"]["read"]["rejects"], Value::Null);
    for word in ["carol", "teleport", "ann", "bob"] {
        assert!(!record.report.contains(&format!("{word}.")), "{word}: {}", record.report);
        assert!(!record.report.contains(&format!("\"{word}\"")), "{word}: {}", record.report);
    }
    assert!(record.rejects.unwrap().contains("carol.jones@example.com"));

    let live = Live::new(shop).unwrap();
    live.erase(&subject("ann")).unwrap();
    assert_eq!(last_import(live.shop()).rejects, None);
}

#[test]
fn what_the_shop_holds_is_told_with_its_freshness_and_the_rejects_of_each_import() {
    let folder = empty();
    let shop = app::open(folder.path(), Access::Create).unwrap();
    let nothing = insights::inventory::read(&shop).unwrap();
    assert_eq!((nothing.last_event, nothing.last_taken_in), (None, None));
    assert!(nothing.by_day.is_empty() && nothing.imports.is_empty());

    import(&shop, written(folder.path()));
    let inventory = insights::inventory::read(&shop).unwrap();
    assert_eq!(inventory.last_event.unwrap().date(), "2026-03-02");
    let by_day: Vec<_> = inventory.by_day.iter().map(|(day, n)| (day.date(), *n)).collect();
    assert_eq!(by_day, [("2026-03-01".to_owned(), 2), ("2026-03-02".to_owned(), 2)]);
    let told = &inventory.imports[0];
    assert_eq!((told.source.as_str(), told.at), ("csv orders.csv", now()));
    assert_eq!((told.read.rows, told.read.accepted, told.read.rejected), (7, 5, 2));
    assert_eq!(told.cleaned["future_time"], 1);
    assert!(told.n_new > 0 && told.n_known == 0);
    assert_eq!((told.examples[0].line, told.examples.len()), (6, 2));

    let live = Live::new(shop).unwrap();
    live.erase(&subject("ann")).unwrap();
    let after = insights::inventory::read(live.shop()).unwrap();
    assert_eq!((after.n_erased, after.imports[0].examples.len()), (1, 0));
}
