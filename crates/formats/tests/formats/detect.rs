use formats::Format;
use formats::detect::of_text;

fn is(format: Format, head: &str) {
    let found = of_text(head).map(|(format, _)| format);
    assert_eq!(found, Some(format), "{head}");
}

#[test]
fn each_format_is_known_by_its_beginning() {
    is(Format::Ga4, "{\"event_date\":\"20240102\",\"event_name\":\"purchase\"}\n{}");
    is(Format::Ga4, "{\"client_id\":\"1\",\"events\":[{\"name\":\"purchase\"}]}\n");
    is(Format::Segment, "{\"type\":\"track\",\"event\":\"Product Viewed\",\"userId\":\"a\"}\n");
    is(Format::Segment, "{\"event\":\"Product Viewed\",\"distinct_id\":\"a\"}\n");
    is(
        Format::Merchant,
        "<?xml version=\"1.0\"?>\n<rss xmlns:g=\"http://base.google.com/ns/1.0\">",
    );
    is(Format::Merchant, "\u{feff}id\ttitle\tlink\tprice\n");
    is(Format::Shopify, "Handle,Title,Body (HTML),Vendor,Variant Price\n");
    is(Format::Shopify, "Title,URL handle,Description,Vendor\n");
    is(Format::Woocommerce, "ID,Type,SKU,Name,Published,Regular price,Parent\n");
    is(Format::SchemaOrg, "{\n  \"@context\": \"https://schema.org\",\n");
    is(Format::SchemaOrg, "{\"@type\":\"Product\",\"sku\":\"1\"}\n");
    is(Format::SchemaOrg, "<!doctype html><script type=\"application/ld+json\">{}");
    is(Format::Taobao, "1,2268318,2520377,pv,1511544070\n");
    is(Format::Retailrocket, "timestamp,visitorid,event,itemid,transactionid\n");
    is(
        Format::Candor,
        "{\"event_id\":\"1\",\"shopper\":\"a\",\"kind\":\"view\",\"item_id\":\"b\"}\n",
    );
    is(Format::Candor, "{\"item_id\":\"b\",\"title\":\"Tea\"}\n");
    is(Format::AmazonReviews, "{\"reviewerID\":\"A\",\"asin\":\"B\"}\n");
    is(Format::Recbole, "user_id:token\titem_id:token\ttimestamp:float\n");
    is(Format::Csv, "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID\n");
    is(Format::Csv, "用户ID,商品ID,时间\n");
    is(Format::Sequences, "u1 12 15 9\nu2 3\n");
    is(Format::Sequences, "item_id\ttitle\tattributes\n");
}

#[test]
fn what_is_nothing_known_has_no_format() {
    for head in ["", "\n\n", "name,colour\n", "{\"a\":1}\n", "<html>", "one"] {
        assert_eq!(of_text(head), None, "{head}");
    }
}

#[test]
fn a_file_is_looked_at_whatever_its_wrapping() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("feed");
    let text = "id\ttitle\tlink\n1\t口红套装礼盒\thttps://x\n";
    std::fs::write(&path, &*encoding_rs::GB18030.encode(text).0).unwrap();
    assert_eq!(formats::detect(&path).unwrap().unwrap().0, Format::Merchant);
}

proptest::proptest! {
    #[test]
    fn no_beginning_breaks_the_look(head in ".{0,200}") {
        let _ = of_text(&head);
    }
}

#[test]
fn each_column_is_told_with_what_it_becomes_and_how_it_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("orders.csv");
    let text =
        "Kunde;sku;unit_price;order_date;user\n9;a;8,20;25/02/2026;u\n9;b;1.450;03/02/2026;u\n";
    std::fs::write(&path, text).unwrap();
    let explained = formats::explain(Format::Csv, &formats::Options::default(), &path).unwrap();
    let fields: Vec<_> = explained.columns.iter().map(|column| column.field).collect();
    assert_eq!(fields, [None, Some("item"), Some("price"), Some("time"), Some("shopper")]);
    let writing = [("price", "a comma before decimals"), ("time", "the day before the month")];
    assert_eq!(explained.writing, writing);
}
