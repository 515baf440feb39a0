//! Lists that say a part of what a shop knows, and rows that say a part of what their header names.

use domain::{Fact, Says, Text};
use formats::{Format, Options};

use crate::{Given, given};

fn csv(text: &str) -> Given {
    let options = Options { currency: "EUR".parse().ok(), ..Options::default() };
    given(Format::Csv, &options, text.as_bytes())
}

fn ids(given: &Given) -> Vec<&str> {
    given.items.iter().map(|item| item.id.as_str()).collect()
}

#[test]
fn a_list_says_only_what_it_has_columns_for() {
    let stock = csv("sku;lager;verfügbarkeit\nA1;x;ausverkauft\nA2;x;\n");
    assert_eq!(stock.says, Some([Fact::Stock].into_iter().collect()));
    assert_eq!(stock.items[0].in_stock, Some(false));
    let columns = &stock.summary.columns["file"];
    assert_eq!(
        (columns.only.as_slice(), columns.unread.as_slice()),
        (&["stock".to_owned()][..], &["lager".to_owned()][..])
    );
    let feed = b"id\tprice\tavailability\nA1\t5.00 EUR\tin_stock\n";
    let merchant = given(Format::Merchant, &Options::default(), feed);
    let says: Says = [Fact::Price, Fact::Stock].into_iter().collect();
    assert_eq!(merchant.says, Some(says));
    let orders = csv("order_id,customer_id,sku\n1,c1,A1\n");
    assert!(orders.says.is_none() && orders.summary.columns.is_empty(), "orders list no items");
}

#[test]
fn rows_of_one_item_that_differ_are_named_and_the_last_counts() {
    let given = csv("sku,title,price\nA1,Mug,5.00\nA1,Mug,5.00\nA1,Mug tall,8.00\nA2,Pen,1.00\n");
    assert_eq!(ids(&given), ["A1", "A2"]);
    assert_eq!(given.items[0].title, Text::from("Mug tall"));
    let place = given.summary.first_left_out.values().next().unwrap();
    assert_eq!((place.line, place.got.as_str()), (4, "A1"));
    assert_eq!(given.summary.left_out.values().sum::<u64>(), 1, "{}", given.left_out());
}

#[test]
fn a_short_row_keeps_what_it_has() {
    let given = csv(
        "sku;title;category;price;brand;in_stock\nA1;Mug;Kitchen;5.00\nA2;Pen;Office;1.00;Acme;1\nA3\nA4;Cup\n",
    );
    assert_eq!(ids(&given), ["A1", "A2"]);
    assert_eq!(given.items[0].price.unwrap().minor, 500);
    assert!(given.left_out().contains("fewer than the header"), "{}", given.left_out());
    assert_eq!(given.rejects.len(), 2);
}

#[test]
fn a_row_that_a_line_end_parts_makes_no_two_items() {
    let given = csv(
        "sku;title;category;price;brand;in_stock\nA1;Mug with\nhandle;Kitchen;5.00;Acme;1\nA2;Pen;Office;1.00;Acme;1\n",
    );
    assert_eq!(ids(&given), ["A2"]);
    let causes: Vec<bool> =
        given.rejects.iter().map(|r| r.cause.contains("line end within")).collect();
    assert_eq!(causes, [true, true], "{:?}", given.rejects);
}

#[test]
fn every_place_of_a_kind_is_named_up_to_ten() {
    let rows: String = (0..20).map(|n| format!("A{n};1.29{}\n", n % 10)).collect();
    let given = csv(&format!("sku;price\n{rows}"));
    let place = given.summary.first_left_out.values().next().unwrap();
    assert_eq!((place.line, place.next.len(), place.next[0].got.as_str()), (2, 9, "1.291"));
}

#[test]
fn a_thousand_typed_among_decimals_is_no_price_of_three_decimals() {
    let given = csv("sku,price\nA1,2.499\nA2,24.90\nA3,2.490\n");
    let minor: Vec<_> = given.items.iter().map(|item| item.price.map(|p| p.minor)).collect();
    assert_eq!(minor, [None, Some(2490), Some(249)]);
    assert!(given.left_out().contains("more decimals than its currency"), "{}", given.left_out());
}

#[test]
fn headers_of_many_shop_systems_are_understood() {
    for (header, row) in [
        ("商品编码,宝贝标题,类目名称,售价,库存状态", "A1,杯子,家居＞杯,9.90,下架"),
        (
            "Artikelnummer;Artikelbezeichnung;Warengruppe;Verkaufspreis;Verfügbarkeit",
            "A1;杯子;家居 > 杯;9,90;ausverkauft",
        ),
        ("Référence;Désignation;Catégorie;Prix TTC;Disponibilité", "A1;杯子;家居 › 杯;9,90;épuisé"),
        ("Código producto;Título;Categoría;Precio;Disponibilidad", "A1;杯子;家居>杯;9,90;agotado"),
        ("商品番号,商品名,カテゴリ,販売価格,在庫状況", "Ａ１,杯子,家居→杯,9.90,売り切れ"),
    ] {
        let given = csv(&format!("{header}\n{row}\n"));
        let item = &given.items[0];
        assert_eq!((item.id.as_str(), &item.title), ("A1", &Text::from("杯子")), "{header}");
        assert_eq!(item.categories, ["家居", "杯"].map(Text::from), "{header}");
        assert_eq!((item.price.unwrap().minor, item.in_stock), (990, Some(false)), "{header}");
    }
}

#[test]
fn a_product_past_its_time_is_not_sold() {
    let feed = b"id\ttitle\tprice\texpiration_date\nA1\tMug\t5.00 EUR\t2026-01-31T00:00+0100\nA2\tPen\t1.00 EUR\t2027-01-31\n";
    let options =
        Options { now: domain::Timestamp::parse("2026-06-01").ok(), ..Options::default() };
    let given = given(Format::Merchant, &options, feed);
    let sold: Vec<_> = given.items.iter().map(|item| item.in_stock).collect();
    assert_eq!(sold, [Some(false), None]);
}

#[test]
fn a_line_end_within_a_text_of_json_ld_costs_nothing() {
    let page = "<html><script type=\"application/ld+json\">{\"@type\":\"Product\",\"sku\":\"A1\",\"description\":\"one\ntwo\tthree\",\n\"offers\":{\"price\":5,\"priceCurrency\":\"EUR\",\"availability\":\"schema:SoldOut\"}}</script></html>";
    let given = given(Format::SchemaOrg, &Options::default(), page.as_bytes());
    assert_eq!((ids(&given), given.items[0].in_stock), (vec!["A1"], Some(false)));
}

#[test]
fn an_item_is_in_every_category_that_its_feed_names() {
    let feed = "<rss><channel><item><id>A1</id><title>Mug</title><product_type>Home &gt; Cups</product_type>\
        <product_type>Gifts ＞ For him</product_type><product_type>Home &gt; Cups</product_type></item></channel></rss>";
    let merchant = given(Format::Merchant, &Options::default(), feed.as_bytes());
    let path = |names: &[&str]| names.iter().map(|name| Text::from(*name)).collect::<Vec<_>>();
    let item = &merchant.items[0];
    assert_eq!(item.categories, path(&["Home", "Cups"]));
    assert_eq!(item.further_categories, [path(&["Gifts", "For him"])]);
    let woo = "ID,Type,SKU,Name,Parent,Categories\n1,simple,S1,Mug,,\"Home > Cups, Sale\"\n";
    let woo = given(Format::Woocommerce, &Options::default(), woo.as_bytes());
    assert_eq!(woo.items[0].further_categories, [path(&["Sale"])]);
    let narrowest = woo.items[0].narrowest_categories();
    assert_eq!(narrowest, [&Text::from("Cups"), &Text::from("Sale")]);
    let page = r#"{"@type":"Product","sku":"A1","category":["Home > Cups","Sale"]}"#;
    let page = given(Format::SchemaOrg, &Options::default(), page.as_bytes());
    assert_eq!(page.items[0].further_categories, [path(&["Sale"])]);
}

#[test]
fn offers_of_several_prices_are_told() {
    let pages = "{\"@type\":\"Product\",\"sku\":\"A1\",\"offers\":[{\"price\":5,\"priceCurrency\":\"EUR\"},{\"price\":7,\"priceCurrency\":\"EUR\"}]}\n\
        {\"@type\":\"Product\",\"sku\":\"A2\",\"offers\":{\"lowPrice\":5,\"priceCurrency\":\"EUR\"}}\n";
    let given = given(Format::SchemaOrg, &Options::default(), pages.as_bytes());
    assert!(given.items.iter().all(|item| item.price.is_none()));
    let told = given.left_out();
    assert!(
        told.contains("`offers` differ in price") && told.contains("`lowPrice` is one end"),
        "{told}"
    );
}
