use std::ops::ControlFlow;

use domain::{EventKind, EventTime, Item};
use formats::read::sequences::{KnownCategories, read_items};
use formats::{Error, Format, Input, Options, Output, Record};

use crate::{Given, given};

fn read(text: &str) -> Given {
    given(Format::Sequences, &Options::default(), text.as_bytes())
}

fn items(table: &str) -> Vec<Item> {
    let input = || Input::new("items.tsv", table.as_bytes()).unwrap();
    let known = KnownCategories::survey(input()).unwrap();
    let mut items = Vec::new();
    let mut visit = |outcome| {
        if let Ok(Record::Item(item)) = outcome {
            items.push(item);
        }
        ControlFlow::Continue(())
    };
    let mut output = Output::new(Format::Sequences, &mut visit);
    read_items(input(), &known, &mut output).unwrap();
    items
}

#[test]
fn a_line_is_one_shoppers_history_oldest_first_without_clocks() {
    let given = read("\u{feff}u1 a b a\r\n\r\nu2 c\n");
    let told: Vec<_> = given
        .events
        .iter()
        .map(|e| (e.subject.as_ref().unwrap().as_str(), e.item_id.as_str(), e.time, e.kind))
        .collect();
    let at = EventTime::Ordinal;
    let bought = EventKind::Purchase;
    let expected = [
        ("u1", "a", at(0), bought),
        ("u1", "b", at(1), bought),
        ("u1", "a", at(2), bought),
        ("u2", "c", at(0), bought),
    ];
    assert_eq!(told, expected);
    assert_eq!((given.summary.rows, given.summary.accepted), (2, 2));
}

#[test]
fn the_kind_of_event_is_the_callers_choice() {
    let options = Options { kind: Some(EventKind::View), ..Options::default() };
    let given = given(Format::Sequences, &options, b"u1 a");
    assert_eq!(given.events[0].kind, EventKind::View);
}

#[test]
fn a_line_without_items_or_of_a_shopper_met_before_is_rejected_whole() {
    let given = read("u1 a\nu2\nu1 b c\n");
    let lines: Vec<u64> = given.rejects.iter().map(|reject| reject.line).collect();
    assert_eq!(lines, [2, 3]);
    assert_eq!(given.events.len(), 1);
    assert!(given.rejects[1].cause.contains("one line per shopper"));
}

#[test]
fn a_longer_history_keeps_the_keys_of_the_events_it_had() {
    let (before, after) = (read("u1 a b a"), read("u1 a b a c"));
    assert_eq!(after.keys()[..3], before.keys()[..]);
    let mut distinct = after.keys();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), 4, "the same item twice is two events");
}

#[test]
fn a_file_in_which_nothing_parses_is_an_error_with_causes() {
    let error = read("u1\nu2\nu3\nu4\n").error.unwrap();
    assert!(matches!(error, Error::NothingReadable { rows: 4, .. }));
    let message = error.to_string();
    assert!(message.contains("file:1: shopper u1 has no items"), "{message}");
    assert!(message.contains("user item item"), "{message}");
    assert!(matches!(read("\n \n").error, Some(Error::Empty { .. })));
}

const TABLE: &str = "item_id\tasin\ttitle\tattributes\n\
    1\tB1\tRed \"lacquer\tOPI | Makeup | Nails\n\
    2\tB2\tPalette\tMakeup | Face\n\
    3\tB3\tClip\t | Makeup | Tools\n\
    4\tB4\tCream\tUnknown | Skin | Tools\n\
    5\tB5\tNothing\t\n";

#[test]
fn the_first_attribute_is_a_brand_unless_the_table_uses_it_as_a_category() {
    let items = items(TABLE);
    let told: Vec<(&str, Vec<&str>)> = items
        .iter()
        .map(|item| {
            let path = item.categories.iter().flat_map(domain::Text::versions).collect();
            (item.brand.versions().next().unwrap_or_default(), path)
        })
        .collect();
    let expected = [
        ("OPI", vec!["Makeup", "Nails"]),
        ("", vec!["Makeup", "Face"]),
        ("", vec!["Makeup", "Tools"]),
        ("", vec!["Skin", "Tools"]),
        ("", vec![]),
    ];
    assert_eq!(told, expected);
    assert_eq!(items[0].title, "Red \"lacquer".into(), "quotes mean nothing");
    assert_eq!(items[0].attributes["asin"], ["B1".into()]);
}

#[test]
fn an_item_table_with_other_columns_is_refused_with_what_it_has() {
    let input = Input::new("items.tsv", "item_id\tlabel\n1\tx\n".as_bytes()).unwrap();
    let message = KnownCategories::survey(input).unwrap_err().to_string();
    assert!(message.contains("item_id, label"), "{message}");
}
