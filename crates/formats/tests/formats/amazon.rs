use domain::{EventKind, Text};
use formats::{Error, Format, Options};

use crate::{Given, given};

fn read(text: &str) -> Given {
    given(Format::AmazonReviews, &Options::default(), text.as_bytes())
}

const REVIEW_2018: &str = r#"{"overall": 4.0, "verified": true, "reviewTime": "06 2, 2018", "reviewerID": "R1", "asin": "A1", "style": {"Amount:": " 50"}, "reviewText": "Nice", "summary": "Good", "unixReviewTime": 1527897600, "vote": "2"}"#;
const REVIEW_2023: &str = r#"{"rating": 5.0, "title": "Great", "text": "Love it", "images": [], "asin": "A2", "parent_asin": "P2", "user_id": "R2", "timestamp": 1588687728923, "helpful_vote": 0, "verified_purchase": false}"#;

#[test]
fn a_review_is_an_event_and_a_review_in_both_layouts() {
    let given = read(&format!("{REVIEW_2018}\n{REVIEW_2023}\n"));
    let kinds: Vec<EventKind> = given.events.iter().map(|e| e.kind).collect();
    assert_eq!(
        kinds,
        [EventKind::Purchase, EventKind::Rate],
        "only a verified review is a purchase"
    );
    let items: Vec<&str> = given.events.iter().map(|e| e.item_id.as_str()).collect();
    assert_eq!(items, ["A1", "P2"], "variants of 2023 are their parent");
    assert_eq!(given.events[1].time.instant().unwrap().0, 1_588_687_728_923);
    assert_eq!((given.reviews[0].title.as_str(), given.reviews[0].text.as_str()), ("Good", "Nice"));
    assert_eq!(given.reviews[1].rating.unwrap().stars(), 5.0);
}

#[test]
fn the_written_date_serves_where_the_clock_is_missing() {
    let given = read(&REVIEW_2018.replace("unixReviewTime", "other"));
    assert_eq!(given.events[0].time.instant().unwrap().date(), "2018-06-02");
    let neither =
        read(&format!("{REVIEW_2018}\n{}", r#"{"reviewerID":"R","asin":"A","overall":3}"#));
    assert!(neither.only_cause().contains("no time"), "{}", neither.only_cause());
}

#[test]
fn metadata_of_2018_gives_an_item() {
    let given = read(
        r#"{"category": ["Gifts", "Gifts", "Cards"], "description": ["One.", "Two."], "title": "Card &amp; bow", "brand": "B", "feature": ["F"], "main_cat": "x", "price": "$12.99", "asin": "A1", "also_buy": ["A2"]}"#,
    );
    let item = &given.items[0];
    assert_eq!(item.title, "Card &amp; bow".into(), "decoding is not the parser's business");
    assert_eq!(item.categories, ["Gifts".into(), "Cards".into()]);
    assert_eq!(item.description, "One.\nTwo.\nF".into());
    assert_eq!(item.price.unwrap().to_string(), "12.99 USD");
}

#[test]
fn markup_among_the_categories_is_left_out_and_counted() {
    let given = read(concat!(
        r#"{"category": ["Gift Cards", "</span></span></span>", "Cards"], "asin": "A1"}"#,
        "\n",
        r#"{"category": [], "main_cat": "<img src=x>", "asin": "A2"}"#,
        "\n",
        r#"{"category": ["Toys & <b>Games</b>", "Under < 5 years"], "asin": "A3"}"#,
    ));
    let categories: Vec<_> = given.items.iter().map(|item| item.categories.clone()).collect();
    assert_eq!(categories[0], ["Gift Cards".into(), "Cards".into()]);
    assert_eq!(categories[1], [] as [Text; 0]);
    assert_eq!(categories[2], ["Under < 5 years".into()]);
    assert_eq!(given.summary.left_out["markup_category"], 3);
}

#[test]
fn metadata_of_2023_gives_an_item() {
    let given = read(
        r#"{"main_category": "Beauty", "title": "Oil", "average_rating": 4.8, "rating_number": 10, "features": [], "description": [], "price": 19.9, "store": "S", "categories": [], "details": {"Brand": "S"}, "parent_asin": "P1", "bought_together": null}"#,
    );
    let item = &given.items[0];
    assert_eq!((item.id.as_str(), &item.brand), ("P1", &"S".into()));
    assert_eq!(item.categories, ["Beauty".into()]);
    assert_eq!(item.description, Text::Missing);
    assert_eq!(item.price.unwrap().minor, 1990);
}

#[test]
fn what_is_not_one_price_is_left_out_and_counted() {
    let line = |price: &str| format!("{{\"asin\":\"A\",\"title\":\"T\",\"price\":{price}}}\n");
    let prices = ["\"$5.00 - $9.99\"", "\".a-box{color:red}\"", "\"\"", "null", "\"None\""];
    let given = read(&prices.map(line).concat());
    assert!(given.items.iter().all(|item| item.price.is_none()));
    assert_eq!(given.items.len(), 5);
    assert_eq!(given.summary.left_out["price_range"], 1);
    assert_eq!(given.summary.left_out["unreadable_price"], 1);
}

#[test]
fn wrong_types_and_missing_fields_are_rejected_by_name() {
    let given = read(&format!(
        "{REVIEW_2018}\n{}\n{}\n{}\n{}\n{}\n",
        REVIEW_2018.replace("4.0", "\"four\""),
        REVIEW_2018.replace("\"R1\"", "7"),
        REVIEW_2018.replace("4.0", "9"),
        r#"{"title": "no id"}"#,
        "{'asin': 'python'}",
    ));
    let expected = [
        "field `reviewerID` must be a text, not a number",
        "field `asin` or `parent_asin`",
        "double quotes",
    ];
    assert_eq!(given.rejects.len(), expected.len());
    assert!(given.left_out().contains("`rating` is outside 1 to 5"), "{}", given.left_out());
    assert!(given.left_out().contains("`rating` is not a number"), "{}", given.left_out());
    assert_eq!(given.reviews.len(), 3, "a review stays without its stars");
    for (reject, expected) in given.rejects.iter().zip(expected) {
        assert!(reject.cause.contains(expected), "{}", reject.cause);
    }
    assert!(matches!(read("not json\n").error, Some(Error::NothingReadable { .. })));
}
