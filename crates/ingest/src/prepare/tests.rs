use std::fs;

use domain::{Currency, EventKind};

use super::clean::{Rule, RuleCount};
use super::*;

const RETAIL: &str = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country,Brand\n\
    1,A1,RED &amp; GOLD  PEN,2,2010-12-01 08:26:00,2.00,u1,UK,Bic\n\
    1,POST,POSTAGE,1,2010-12-01 08:26:00,18.00,u1,UK,\n\
    C2,A1,RED &amp; GOLD PEN,-1,2010-12-02 19:00:00,2.00,u1,UK,Bic\n\
    3,A2,PENCIL,1,2010-12-03 12:00:00,1.00,,UK,BIC\n\
    4,A3,RUBBER,1,2010-12-03 12:00:00,1.00,u2,UK,Bic\n\
    5,,RUBBER,1,2010-12-03 12:00:00,1.00,u2,UK,Bic\n";

fn prepared(text: &str, limit: usize) -> (Vec<Prepared>, PrepareReport) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("orders.csv");
    fs::write(&path, text).unwrap();
    let source = Source {
        format: Format::Csv,
        options: Options { currency: Some(Currency::GBP), ..Options::default() },
        paths: vec![path],
    };
    let progress = Progress::of_files(&source.paths).unwrap();
    let now = Timestamp::parse("2011-12-09").unwrap();
    let mut all = Vec::new();
    let mut take = |prepared| {
        all.push(prepared);
        if all.len() == limit { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let report =
        prepare(&source, &PrepareConfig::default(), Known::at(now), &progress, &mut take).unwrap();
    if limit == usize::MAX {
        assert_eq!(progress.consumed(), progress.total());
    }
    (all, report)
}

#[test]
fn a_shops_export_becomes_events_and_items_and_a_report_that_adds_up() {
    let (all, report) = prepared(RETAIL, usize::MAX);
    let kinds: Vec<EventKind> = all
        .iter()
        .filter_map(|prepared| match prepared {
            Prepared::Event(event) => Some(event.kind),
            _ => None,
        })
        .collect();
    assert_eq!(kinds, [EventKind::Purchase, EventKind::Refund, EventKind::Purchase]);
    assert_eq!((report.read.rows, report.read.rejected, report.passed.events), (6, 1, 3));
    let dropped: u64 = report.by_rule.values().map(|count| count.dropped).sum();
    assert_eq!(
        report.read.events + report.read.items + report.read.mentions,
        report.passed.events + report.passed.items + dropped
    );
    assert_eq!(report.by_rule[&Rule::NonProductCode], RuleCount { matched: 2, dropped: 2 });
    assert_eq!(report.read.rejects[0].line, 7);
    assert_eq!(report.dayparts.known[&domain::Daypart::Evening], 1);
}

#[test]
fn items_are_normalised_with_the_brand_spelling_of_the_whole_file() {
    let (all, report) = prepared(RETAIL, usize::MAX);
    let items: Vec<(&str, &str)> = all
        .iter()
        .filter_map(|prepared| match prepared {
            Prepared::Mention(item) => {
                item.title.versions().next().zip(item.brand.versions().next())
            }
            _ => None,
        })
        .collect();
    assert_eq!(items, [("RED & GOLD PEN", "Bic"), ("PENCIL", "Bic"), ("RUBBER", "Bic")]);
    assert_eq!(report.n_brands_respelled, 1);
}

#[test]
fn the_report_has_a_wire_form_with_names() {
    let wire = serde_json::to_value(prepared(RETAIL, usize::MAX).1).unwrap();
    assert_eq!(wire["by_rule"]["missing_shopper"]["dropped"], 1);
    assert_eq!(wire["by_normalisation"]["entities_decoded"], 1);
    assert_eq!(wire["passed"]["events_by_kind"]["refund"], 1);
    assert_eq!(wire["read"]["encodings"]["orders.csv"], "UTF-8");
    assert_eq!(wire["read"]["rejects"][0]["line"], 7, "where the console finds quoted rows");
}

#[test]
fn the_caller_can_stop() {
    let (all, report) = prepared(RETAIL, 1);
    assert_eq!(all.len(), 1);
    assert!(report.read.stopped);
}

#[test]
fn a_zone_that_does_not_exist_is_refused() {
    let config = PrepareConfig { zone: "Mars/Olympus".to_owned(), ..PrepareConfig::default() };
    let source = Source { format: Format::Csv, options: Options::default(), paths: Vec::new() };
    let refused =
        prepare(&source, &config, Known::at(Timestamp(0)), &Progress::default(), &mut |_| {
            ControlFlow::Continue(())
        });
    assert!(matches!(refused, Err(PrepareError::Config(_))));
}
