use domain::{EventKind, EventTime};
use formats::{Error, Format, Options};

use crate::{Given, given};

const INTER: &str = "user_id:token\titem_id:token\trating:float\ttimestamp:float\n";

fn read(text: &str) -> Given {
    given(Format::Recbole, &Options::default(), text.as_bytes())
}

#[test]
fn an_interaction_is_an_event_and_a_review_without_text() {
    let given = read(&format!("{INTER}196\t242\t3\t881250949\r\n"));
    let event = &given.events[0];
    assert_eq!((event.kind, event.item_id.as_str()), (EventKind::Rate, "242"));
    assert_eq!(event.time.instant().unwrap().0, 881_250_949_000);
    let review = &given.reviews[0];
    assert_eq!((review.rating.unwrap().stars(), review.text.as_str()), (3.0, ""));
}

#[test]
fn without_ratings_or_times_it_is_a_purchase_in_file_order() {
    let given = read("user_id:token\titem_id:token\nu\ta\nu\tb\n");
    assert_eq!(given.events[1].kind, EventKind::Purchase);
    assert_eq!(given.events[1].time, EventTime::Ordinal(2));
    assert!(given.reviews.is_empty());
}

#[test]
fn ratings_on_another_scale_are_rejected_unless_the_scale_is_told() {
    let text = format!("{INTER}u\ta\t10\t881250949\nu\tb\t5\t881250950\n");
    assert!(read(&text).only_cause().contains("outside 1 to 5"));
    let told = Options { rating_scale: Some("0-10".parse().unwrap()), ..Options::default() };
    let given = given(Format::Recbole, &told, text.as_bytes());
    let stars: Vec<f64> = given.reviews.iter().map(|r| r.rating.unwrap().stars()).collect();
    assert_eq!(stars, [5.0, 3.0]);
}

#[test]
fn a_catalogue_gives_title_categories_and_other_columns_as_attributes() {
    let given = read(
        "item_id:token\tmovie_title:token_seq\trelease_year:token\tclass:token_seq\n\
         1\tToy Story\t1995\tAnimation Comedy\n",
    );
    let item = &given.items[0];
    assert_eq!(item.title, "Toy Story".into());
    assert_eq!(item.categories, ["Animation".into(), "Comedy".into()]);
    assert_eq!(item.attributes["release_year"], ["1995".into()]);
}

#[test]
fn facts_about_people_are_counted_and_not_kept() {
    let given = read("user_id:token\tage:token\n1\t24\n");
    assert_eq!((given.summary.rows, given.summary.left_out["shopper_attributes"]), (1, 1));
    assert!(given.events.is_empty() && given.error.is_none());
}

#[test]
fn a_header_without_types_is_refused() {
    let error = read("user_id\titem_id\n1\t2\n").error.unwrap();
    assert!(matches!(error, Error::Header { .. }));
    assert!(error.to_string().contains("user_id:token"), "{error}");
    assert!(read("user_id:id\n1\n").error.unwrap().to_string().contains("unknown type"));
}

#[test]
fn ragged_rows_and_wrong_types_are_rejected() {
    let given = read(&format!("{INTER}u\ta\t3\t1\nu\ta\t3\nu\ta\tgood\t1\nu\ta\t3\tNaN?\n"));
    let lines: Vec<u64> = given.rejects.iter().map(|r| r.line).collect();
    assert_eq!(lines, [3, 4, 5]);
}
