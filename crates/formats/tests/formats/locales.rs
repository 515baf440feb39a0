//! Numbers and dates as countries and spreadsheets write them: what a cell alone tells, what its
//! column tells, and what nothing tells.

use formats::{DateOrder, Decimal, Format, Options};
use proptest::prelude::*;

use crate::{Given, given};

fn catalogue(options: &Options, prices: &[&str]) -> Given {
    let rows = prices.iter().enumerate().map(|(n, price)| format!("{n}\t\"{price}\"\n"));
    let text = format!("item_id\tprice\n{}", rows.collect::<String>());
    given(Format::Csv, options, text.as_bytes())
}

fn euros() -> Options {
    Options { currency: "EUR".parse().ok(), ..Options::default() }
}

fn prices(given: &Given) -> Vec<String> {
    let price = |item: &domain::Item| item.price.map_or("none".to_owned(), |p| p.to_string());
    given.items.iter().map(price).collect()
}

#[test]
fn a_cell_that_means_one_amount_is_read_by_itself() {
    let cells =
        ["8,20", "3.450,75", "3,450.75", "3 450,75", "3'450.75", "€ 8,20", "8.20 USD", "9,-"];
    let given = catalogue(&euros(), &cells);
    let expected = [
        "8.20 EUR",
        "3450.75 EUR",
        "3450.75 EUR",
        "3450.75 EUR",
        "3450.75 EUR",
        "8.20 EUR",
        "8.20 USD",
        "9.00 EUR",
    ];
    assert_eq!(prices(&given), expected);
}

#[test]
fn a_cell_that_means_two_amounts_is_read_as_its_column_is_written() {
    assert_eq!(prices(&catalogue(&euros(), &["1.450", "8,20"]))[0], "1450.00 EUR");
    assert_eq!(prices(&catalogue(&euros(), &["1.450", "8.20"]))[0], "1.45 EUR");
    assert_eq!(prices(&catalogue(&euros(), &["1,450", "8.20"]))[0], "1450.00 EUR");
    assert_eq!(prices(&catalogue(&euros(), &["1,450", "2.000.000"]))[0], "1.45 EUR");
}

#[test]
fn where_nothing_tells_the_amount_is_left_out_with_the_option_that_would() {
    for cells in [&["1.450", "12"][..], &["1,450"], &["1.450", "8,20", "8.20"]] {
        let given = catalogue(&euros(), cells);
        assert_eq!(prices(&given)[0], "none");
        assert!(
            given.left_out().contains("--decimal comma or --decimal point"),
            "{}",
            given.left_out()
        );
        assert_eq!(given.summary.first_left_out.values().next().unwrap().got, cells[0]);
    }
    for (mark, price) in [(Decimal::Comma, "1450.00 EUR"), (Decimal::Point, "1.45 EUR")] {
        let told = Options { decimal: Some(mark), ..euros() };
        assert_eq!(prices(&catalogue(&told, &["1.450"])), [price]);
    }
}

#[test]
fn a_currency_without_decimals_groups_and_one_of_three_does_not() {
    let cells = ["1.450 JPY", "1,450 JPY", "1.450 KWD", "12.50 JPY"];
    let given = catalogue(&Options::default(), &cells);
    assert_eq!(prices(&given), ["1450 JPY", "1450 JPY", "1.450 KWD", "13 JPY"]);
}

#[test]
fn a_cell_of_another_currency_than_its_row_has_no_price() {
    let text = "item_id,price,currency\n1,€5,USD\n2,$5,CAD\n3,5,€\n4,5,shells\n";
    let given = given(Format::Csv, &Options::default(), text.as_bytes());
    assert_eq!(prices(&given), ["none", "5.00 CAD", "5.00 EUR", "none"]);
    assert!(given.left_out().contains("another currency"), "{}", given.left_out());
}

fn orders(options: &Options, dates: &[&str]) -> Given {
    let rows = dates.iter().enumerate().map(|(n, date)| format!("u{n};i{n};{date}\n"));
    let text = format!("customer_id;product_id;order_date\n{}", rows.collect::<String>());
    given(Format::Csv, options, text.as_bytes())
}

fn days(given: &Given) -> Vec<String> {
    given.events.iter().map(|event| event.time.instant().unwrap().date()).collect()
}

#[test]
fn the_order_of_day_and_month_is_that_of_the_column() {
    let none = Options::default();
    assert_eq!(days(&orders(&none, &["03/02/2026", "25/02/2026"]))[0], "2026-02-03");
    assert_eq!(days(&orders(&none, &["03/02/2026", "02/25/2026"]))[0], "2026-03-02");
    assert_eq!(days(&orders(&none, &["03.02.2026"]))[0], "2026-02-03");
    assert_eq!(days(&orders(&none, &["03.02.2026", "02.25.2026"]))[0], "2026-03-02");
    let now = domain::Timestamp::parse("2026-06-01").ok();
    let today = Options { now, ..Options::default() };
    assert_eq!(days(&orders(&today, &["03/02/26", "31/01/26"]))[0], "2026-02-03");
    assert_eq!(days(&orders(&none, &["2/3/26", "1/31/26"]))[0], "2026-02-03");
}

#[test]
fn a_date_of_the_other_order_is_rejected_and_never_read_the_other_way() {
    let mut dates = vec!["25/02/2026"; 40];
    dates.extend(["02/26/2026", "03/02/2026"]);
    let given = orders(&Options::default(), &dates);
    assert_eq!((given.events.len(), days(&given)[40].as_str()), (41, "2026-02-03"));
    assert!(given.only_cause().contains("another order than the rest"), "{}", given.only_cause());
}

#[test]
fn where_nothing_tells_the_order_the_row_is_rejected_with_the_option_that_would() {
    let silent = orders(&Options::default(), &["03/02/2026", "2026-02-03"]);
    assert!(silent.only_cause().contains("--dates dmy or --dates mdy"), "{}", silent.only_cause());
    let mixed = orders(&Options::default(), &["25/02/2026", "02/25/2026", "03/02/2026"]);
    assert!(mixed.events.is_empty() && mixed.rejects.len() == 3, "{:?}", mixed.rejects);
    for (order, day) in [(DateOrder::Dmy, "2026-02-03"), (DateOrder::Mdy, "2026-03-02")] {
        let told = Options { dates: Some(order), ..Options::default() };
        assert_eq!(days(&orders(&told, &["03/02/2026"])), [day]);
    }
}

#[test]
fn what_decides_may_stand_anywhere_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("orders.csv");
    let mut text = "customer_id,product_id,order_date\n".to_owned();
    text.push_str(&"u,i,03/02/2026\n".repeat(20_000));
    text.push_str("u,i,25/02/2026\n");
    std::fs::write(&path, text).unwrap();
    let mut days = std::collections::BTreeMap::<String, u32>::new();
    let progress = formats::Progress::default();
    let read = formats::read(Format::Csv, &Options::default(), &[path], &progress, &mut |record| {
        if let Ok(formats::Record::Event(event)) = record {
            *days.entry(event.time.instant().unwrap().date()).or_default() += 1;
        }
        std::ops::ControlFlow::Continue(())
    });
    assert_eq!(read.unwrap().rejected, 0);
    assert_eq!(days["2026-02-03"], 20_000);
}

#[test]
fn days_of_spreadsheets_are_days_unless_the_column_counts() {
    assert_eq!(days(&orders(&Options::default(), &["46056", "46056.5"]))[0], "2026-02-03");
    assert_eq!(days(&orders(&Options::default(), &["46056", "7"]))[0], "1970-01-01");
}

#[test]
fn ids_that_a_spreadsheet_shortened_are_rejected_by_name() {
    let text = "customer_id,product_id\nu1,5.01234E+12\nu2,100E10\nu3,0012\n";
    let given = given(Format::Csv, &Options::default(), text.as_bytes());
    assert!(given.only_cause().contains("spreadsheet shortened"), "{}", given.only_cause());
    let ids: Vec<_> = given.events.iter().map(|event| event.item_id.as_str()).collect();
    assert_eq!(ids, ["100E10", "0012"]);
}

#[test]
fn ratings_and_quantities_are_read_in_any_writing_too() {
    let text = "user;item;rating;quantity;event\nu;a;4,5;2 Stk;rate\nu;b;4.5/5;3,0;rate\nu;c;9/10;1;rate\n";
    let given = given(Format::Csv, &Options::default(), text.as_bytes());
    let stars: Vec<_> = given.reviews.iter().map(|r| r.rating.unwrap().stars()).collect();
    assert_eq!(stars, [4.5, 4.5]);
    let pieces: Vec<_> = given.events.iter().map(|event| event.quantity).collect();
    assert_eq!(pieces, [2, 3, 1]);
    assert!(given.left_out().contains("--rating-scale"), "{}", given.left_out());
}

proptest! {
    /// The law of the readers: a column of amounts comes back, or the amount is left out.
    #[test]
    fn a_column_of_amounts_comes_back_or_is_left_out(
        cents in proptest::collection::vec(1_i64..100_000_000, 1..8),
        locale in prop_oneof![Just((",", ".")), Just((".", ",")), Just((" ", ",")), Just(("'", ".")), Just(("", ","))],
        currency in prop_oneof![Just(("", "")), Just(("€", "")), Just(("", " €")), Just(("EUR ", "")), Just(("", "EUR"))],
        drops_cents in any::<bool>(),
    ) {
        let write = |cents: &i64| {
            let whole = (cents / 100).to_string();
            let mut groups: Vec<&str> = whole.as_bytes().rchunks(3).map(|g| std::str::from_utf8(g).unwrap()).collect();
            groups.reverse();
            let amount = match (drops_cents, cents % 100) {
                (true, 0) => groups.join(locale.0),
                (_, rest) => format!("{}{}{rest:02}", groups.join(locale.0), locale.1),
            };
            format!("{}{amount}{}", currency.0, currency.1)
        };
        let cells: Vec<String> = cents.iter().map(write).collect();
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        let given = catalogue(&euros(), &cells);
        for (item, cents) in given.items.iter().zip(&cents) {
            prop_assert!(item.price.is_none_or(|price| price.minor == *cents), "{:?}: {:?}", cells, item.price);
        }
        let n_without = given.items.iter().filter(|item| item.price.is_none()).count() as u64;
        prop_assert_eq!(n_without, given.summary.left_out.values().sum::<u64>());
    }
}
