use domain::{Currency, EventKind, EventTime, Money};
use encoding_rs::GB18030;
use formats::{Format, Options};

use crate::{Given, given};

const HEADER: &str =
    "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

fn pounds() -> Options {
    Options { currency: Some(Currency::GBP), ..Options::default() }
}

fn mapped(mappings: &[&str]) -> Options {
    Options { columns: mappings.iter().map(|m| m.parse().unwrap()).collect(), ..pounds() }
}

fn read(options: &Options, text: &str) -> Given {
    given(Format::Csv, options, text.as_bytes())
}

fn retail(rows: &str) -> Given {
    read(&pounds(), &format!("{HEADER}\n{rows}"))
}

#[test]
fn well_known_headers_need_no_mapping() {
    let given =
        retail("536365,85123A,HEART HOLDER,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom\r\n");
    let event = &given.events[0];
    assert_eq!(event.subject.as_ref().unwrap().as_str(), "17850");
    assert_eq!(
        (event.item_id.as_str(), event.quantity, event.kind),
        ("85123A", 6, EventKind::Purchase)
    );
    assert_eq!(event.price, Some(Money { minor: 255, currency: Currency::GBP }));
    assert_eq!(event.time.instant().unwrap().0, 1_291_191_960_000);
    assert_eq!(event.order.as_deref(), Some("536365"));
    assert_eq!(event.region.as_deref(), Some("United Kingdom"));
    assert_eq!(given.mentions[0].title, "HEART HOLDER".into());
}

#[test]
fn what_is_to_be_cleaned_later_is_handed_on_as_it_is() {
    let given = retail("C1,85123A,HEART,-6,2010-12-01 08:26:00,0,,United Kingdom\n");
    let event = &given.events[0];
    assert_eq!((event.subject.as_ref(), event.quantity), (None, -6));
    assert_eq!(event.price.unwrap().minor, 0);
}

#[test]
fn neither_a_return_nor_a_write_off_describes_its_item() {
    for (quantity, price) in [("-6", "2.55"), ("6", "0")] {
        let row = format!("1,A,damaged?,{quantity},2010-12-01,{price},u1,UK\n");
        assert!(retail(&row).mentions.is_empty(), "{row}");
    }
    let refund = "shopper,item,kind,time,title,price\nu1,A,refund,2010-12-01,Cup,2.55\n";
    assert!(read(&pounds(), refund).mentions.is_empty());
}

#[test]
fn the_newest_row_describes_an_item_field_by_field_whatever_the_order() {
    let given = retail(
        "1,A,NEW NAME,1,2011-06-01,3.00,u1,UK\n\
         2,A,OLD NAME,1,2010-06-01,2.00,u2,UK\n\
         3,A,,1,2011-07-01,4.00,u3,UK\n",
    );
    assert_eq!(given.mentions.len(), 1);
    assert_eq!(given.mentions[0].title, "NEW NAME".into());
    assert_eq!(given.mentions[0].price.unwrap().minor, 400);
}

#[test]
fn broken_rows_are_rejected_with_line_and_what_would_be_right() {
    let given = retail(
        "1,A,X,six,2010-12-01,1,u1,UK\n\
         1,A,\"two\nlines\",1,3/4/2011,1,u1,UK\n\
         2,A,X,1\n\
         1,,X,1,2010-12-01,1,u1,UK\n\
         3,A,X,1,,1,u1,UK\n\
         1,A,X,1,2010-12-01,1,u1,UK\n",
    );
    let told: Vec<(u64, &str)> = given.rejects.iter().map(|r| (r.line, r.cause.as_str())).collect();
    let lines: Vec<u64> = told.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [3, 5, 6, 7]);
    assert!(given.left_out().contains("`quantity` is not a whole number"), "{}", given.left_out());
    for (cause, expected) in told.iter().map(|(_, cause)| cause).zip([
        "`time` \"3/4/2011\" could be two days",
        "time is empty",
        "field `item` is empty",
        "time is empty",
    ]) {
        assert!(cause.contains(expected), "{cause}");
    }
    assert_eq!((given.summary.rows, given.summary.rejected, given.events.len()), (6, 4, 2));
}

#[test]
fn columns_are_mapped_by_name_and_the_mapping_wins() {
    let text = "who;what;item;n\nu1;shoe;not this;2\n";
    let given = read(&mapped(&["shopper=who", "item=What", "quantity=n"]), text);
    assert_eq!(given.events[0].item_id.as_str(), "shoe");
    assert_eq!(given.events[0].quantity, 2);
    assert_eq!(given.events[0].time, EventTime::Ordinal(1), "no clock is invented");
}

#[test]
fn a_file_without_an_item_column_says_what_it_has() {
    let message = |options: Options, text| read(&options, text).error.unwrap().to_string();
    let missing = message(pounds(), "cat,label\nx,1\n");
    assert!(missing.contains("`item`") && missing.contains("cat, label"), "{missing}");
    let unknown = message(mapped(&["item=Sku"]), "cat,label\nx,1\n");
    assert!(unknown.contains("`Sku`") && unknown.contains("cat, label"), "{unknown}");
}

#[test]
fn prices_of_no_known_currency_are_kept_and_counted_as_such() {
    let given = read(&Options::default(), "item,price\na,1.50\n");
    let price = given.items[0].price.unwrap();
    assert_eq!((price.minor, price.currency), (150, domain::Currency::UNKNOWN));
    assert!(given.summary.left_out.keys().any(|what| what.contains("currency")));
}

#[test]
fn a_catalogue_has_no_shopper_column_and_gives_no_events() {
    let given = read(
        &pounds(),
        "sku,title,brand,category,price,description\nA,Pen,Bic,Office > Pens,1.50,Writes\n",
    );
    let item = &given.items[0];
    assert!(given.events.is_empty());
    assert_eq!(item.categories, ["Office".into(), "Pens".into()]);
    assert_eq!((&item.brand, &item.description), (&"Bic".into(), &"Writes".into()));
}

#[test]
fn a_catalogue_tells_stock_date_and_other_facts() {
    let header = "item_id,title,in_stock,available_since,attributes\n";
    let row = "1,口红,false,2026-06-01T00:00:00Z,\"{\"\"colour\"\":[\"\"red\"\",{\"\"zh\"\":\"\"红\"\",\"\"en\"\":\"\"crimson\"\"}]}\"\n";
    let given = read(&Options::default(), &format!("{header}{row}"));
    let item = &given.items[0];
    assert_eq!(item.in_stock, Some(false));
    assert_eq!(item.available_since.unwrap().date(), "2026-06-01");
    let colours = [domain::Text::from("red"), domain::Text::both("红", "crimson")];
    assert_eq!(item.attributes["colour"], colours);
    for (row, expected) in [
        ("2,x,perhaps,,", "`in_stock` is not known"),
        ("2,x,,soon,", "`since` is not understood"),
        ("2,x,,,{colour}", "`attributes` are no object of lists"),
    ] {
        let given = read(&Options::default(), &format!("{header}1,x,1,,words\n{row}\n"));
        assert!(given.left_out().contains(expected), "{}", given.left_out());
        assert_eq!(given.items.len(), 2, "the product stays");
        assert!(given.items[0].attributes.is_empty(), "words are no facts by name");
    }
}

#[test]
fn identical_rows_are_two_events_and_a_second_import_gives_the_same_keys() {
    let row = "1,A,X,1,2010-12-01,1,u1,UK\n";
    let once = retail(&row.repeat(2));
    assert_ne!(once.keys()[0], once.keys()[1]);
    assert_eq!(once.keys(), retail(&row.repeat(2)).keys());
    let named = read(&Options::default(), "event_id,item,user\ne7,A,u1\n");
    assert_eq!(named.keys(), ["e7"], "the sender's own id is kept");
}

#[test]
fn a_table_of_orders_and_tags_tell_of_the_same_purchase() {
    let rows = "order_id,customer_id,product_id\nA-1,ann,x\nA-1,ann,x\nA-1,ann,y\n";
    let table = read(&Options::default(), rows);
    let tag = r#"{"event_name": "purchase", "event_timestamp": "1704153600000000", "user_id": "ann",
        "items": [{"item_id": "y"}, {"item_id": "x"}], "ecommerce": {"transaction_id": "A-1"}}"#;
    let tag = given(Format::Ga4, &Options::default(), tag.replace('\n', " ").as_bytes());
    assert_eq!(table.keys(), ["order:A-1:x", "order:A-1:x:1", "order:A-1:y"]);
    assert_eq!(tag.keys(), ["order:A-1:y", "order:A-1:x"]);
}

#[test]
fn a_rating_or_a_review_text_gives_a_review_too() {
    let given = read(&Options::default(), "user_id,item_id,rating,review\nu1,A,4.5,好用\n,A,3,x\n");
    assert_eq!(given.events[0].kind, EventKind::Rate);
    assert_eq!((given.events.len(), given.reviews.len()), (2, 1), "no review without a shopper");
    assert_eq!(given.reviews[0].rating.unwrap().stars(), 4.5);
    assert_eq!(given.reviews[0].text, "好用");
}

#[test]
fn kinds_of_well_known_logs_are_understood_and_others_are_rejected() {
    let given = read(
        &Options::default(),
        "user,item,event_type\nu,a,add_to_cart\nu,a,pv\nu,a,purchase\nu,a,teleport\n",
    );
    let kinds: Vec<EventKind> = given.events.iter().map(|e| e.kind).collect();
    assert_eq!(kinds, [EventKind::Cart, EventKind::View, EventKind::Purchase]);
    assert!(given.only_cause().contains("use view, click"), "{}", given.only_cause());
}

#[test]
fn chinese_files_are_read_in_gb18030_and_the_summary_says_so() {
    let text = "用户ID,商品ID,商品名称,数量\n张三,A1,哑光口红,2\n李四,A2,保湿面霜,1\n";
    let (bytes, _, _) = GB18030.encode(text);
    let given = given(Format::Csv, &Options::default(), &bytes);
    assert_eq!(given.events[0].subject.as_ref().unwrap().as_str(), "张三");
    assert_eq!(given.events[0].item_title.as_deref(), Some("哑光口红"));
    assert_eq!(given.summary.encodings["file"], "gb18030");
}

#[test]
fn a_row_of_another_encoding_is_rejected_alone() {
    let given = given(Format::Csv, &Options::default(), b"user,item,title\nu,a,caf\xE9\nu,b,tea\n");
    assert!(given.only_cause().contains("not valid UTF-8"));
    assert_eq!(given.events.len(), 1);
}

#[test]
fn a_quote_that_is_never_closed_costs_its_line_and_not_the_file() {
    let mut text = format!("{HEADER}\n1,A,X,1,2010-12-01,1,u1,UK\n1,A,\"X");
    text.push_str(&"1,A,X,1,2010-12-01,1,u1,UK\n".repeat(200_000));
    let given = read(&pounds(), &text);
    assert!(given.error.is_none(), "{:?}", given.error);
    assert_eq!((given.rejects[0].line, given.summary.rejected), (3, 1));
    assert_eq!(given.summary.accepted, 200_000);
    assert!(given.only_cause().contains("opens a quote that is not closed"));
}

#[test]
fn a_quote_that_a_later_one_closes_costs_its_line_only() {
    let given = retail(
        "1,A,\"X,1,2010-12-01,1,u1,UK\n\
         1,B,\"Y, wide\",1,2010-12-01,1,u1,UK\n\
         1,C,\"two\nlines\",1,2010-12-01,1,u1,UK\n\
         1,D,\"X\",1,2010-12-01,1,u1,UK\n",
    );
    assert_eq!(given.rejects.iter().map(|reject| reject.line).collect::<Vec<_>>(), [2]);
    let items: Vec<_> = given.events.iter().map(|event| event.item_id.as_str()).collect();
    assert_eq!(items, ["B", "C", "D"]);
}

#[test]
fn a_delimiter_too_many_at_the_end_of_rows_or_header_is_none() {
    for text in ["item,title\na,x,\nb,y,,\n", "item,title,\na,x\nb,y,\n"] {
        let given = read(&Options::default(), text);
        assert!(given.rejects.is_empty(), "{:?}", given.rejects);
        assert_eq!((given.items.len(), given.items[1].title.clone()), (2, "y".into()));
    }
}

#[test]
fn a_time_with_a_zone_gives_the_shoppers_clock() {
    let given = read(&Options::default(), "user,item,time\nu,a,2026-06-01T08:30:00+08:00\n");
    assert_eq!(given.events[0].zone_minutes, Some(480));
}
