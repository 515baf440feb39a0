//! A file gives the same records in any wrapping: line ends, marks, encodings, compression.

use std::io::Write;

use domain::Currency;
use flate2::Compression;
use flate2::write::GzEncoder;
use formats::{Format, Options};

use crate::{Given, given};

/// One small file of each format that others send, with Chinese text where there is any text.
const SAMPLES: [(Format, &str); 9] = [
    (
        Format::Ga4,
        "{\"event_name\":\"purchase\",\"event_timestamp\":\"1704153600000000\",\"user_id\":\"小王\",\"user_pseudo_id\":\"1\",\"items\":[{\"item_id\":\"A\",\"item_name\":\"珍珠项链礼物盒装\",\"price\":9.9}],\"event_params\":[{\"key\":\"currency\",\"value\":{\"string_value\":\"CNY\"}}]}\n{\"event_name\":\"view_item\",\"event_timestamp\":\"1704153600000000\",\"items\":\"无\"}\n",
    ),
    (
        Format::Segment,
        "{\"type\":\"track\",\"event\":\"Product Reviewed\",\"userId\":\"小王\",\"anonymousId\":\"v\",\"timestamp\":\"2026-06-01T08:30:00+08:00\",\"properties\":{\"sku\":\"A\",\"name\":\"珍珠项链礼物盒装\",\"review_body\":\"质量很好物流很快\",\"rating\":5}}\n{\"event\":\"Product Viewed\",\"properties\":{\"名\":1}}\n",
    ),
    (
        Format::Merchant,
        "id\ttitle\tbrand\tprice\titem_group_id\n1\t珍珠项链礼物盒装\t周大福\t1,299.00 CNY\tg\n2\t珍珠项链\t周大福\t1,299.00 CNY\tg\n\t金戒指\t周大福\t十元\t\n",
    ),
    (
        Format::Merchant,
        "<?xml version=\"1.0\"?>\n<rss xmlns:g=\"http://base.google.com/ns/1.0\"><channel>\n<item><g:id>1</g:id><title>珍珠项链礼物盒装</title>\n<g:price>1299 CNY</g:price></item>\n<item><title>没有编号</title></item>\n</channel></rss>\n",
    ),
    (
        Format::Shopify,
        "Handle,Title,Vendor,Option1 Name,Option1 Value,Variant SKU,Variant Price\n项链,珍珠项链礼物盒装,周大福,尺寸,大,A-1,19.90\n项链,,,,小,A-2,19.90\n,没有,,,,,\n",
    ),
    (
        Format::Woocommerce,
        "ID,Type,SKU,Name,Parent,Regular price,Categories\n1,simple,A,珍珠项链礼物盒装,,19.90,首饰 > 项链\n2,variation,B,珍珠项链,,19.90,\n",
    ),
    (
        Format::SchemaOrg,
        "{\"@type\":\"Product\",\"sku\":\"A\",\"name\":\"珍珠项链礼物盒装\",\"offers\":{\"price\":\"19.90\",\"priceCurrency\":\"CNY\"}}\n{\"@type\":\"Product\",\"name\":\"没有编号\"}\n",
    ),
    (
        Format::Taobao,
        "小王,2268318,珍珠项链首饰盒,pv,1511544070\n小王,2268318,珍珠项链首饰盒,看,1511544070\n",
    ),
    (
        Format::Retailrocket,
        "timestamp,visitorid,event,itemid,transactionid\n1433221332117,小王,view,珍珠项链礼物盒装,\n1433221332117,小王,看,项链,\n",
    ),
];

fn read(format: Format, bytes: &[u8]) -> Given {
    let options = Options { currency: Some(Currency::CNY), ..Options::default() };
    given(format, &options, bytes)
}

fn told(given: &Given) -> String {
    let rejects: Vec<_> = given.rejects.iter().map(|reject| (reject.line, &reject.cause)).collect();
    let events = (&given.events, &given.reviews, &given.identities);
    format!("{events:?} {:?} {:?} {rejects:?} {:?}", given.items, given.mentions, given.error)
}

fn gz(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

fn utf16(text: &str) -> Vec<u8> {
    let marked = format!("\u{feff}{text}");
    marked.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn every_format_says_the_same_in_any_wrapping() {
    for (format, text) in SAMPLES {
        let plain = read(format, text.as_bytes());
        let n_records = plain.events.len() + plain.items.len();
        assert!(n_records > 0, "{format}: {plain:?}");
        assert_eq!(plain.rejects.len(), 1, "{format}: {plain:?}");
        let wrappings: [(&str, Vec<u8>); 6] = [
            ("CR LF", text.replace('\n', "\r\n").into()),
            ("no line end at the end", text.trim_end_matches('\n').into()),
            ("a mark", format!("\u{feff}{text}").into()),
            ("GB18030", encoding_rs::GB18030.encode(text).0.into_owned()),
            ("UTF-16", utf16(text)),
            ("gz", gz(text)),
        ];
        for (wrapping, bytes) in wrappings {
            assert_eq!(told(&read(format, &bytes)), told(&plain), "{format} with {wrapping}");
        }
    }
}

#[test]
fn a_document_that_names_its_encoding_is_read_in_it() {
    let text = "<?xml version=\"1.0\" encoding=\"GB18030\"?>\n<rss><item><g:id>1</g:id><title>珍珠项链礼物盒装</title></item></rss>";
    let given = read(Format::Merchant, &encoding_rs::GB18030.encode(text).0);
    assert_eq!(given.items[0].title, "珍珠项链礼物盒装".into());
}

#[test]
fn a_rejected_row_is_named_by_the_line_it_begins_on() {
    let text =
        "id\ttitle\tprice\n\n1\t\"two\nlines\"\t1 CNY\n\n\n\t\"three\n\nlines\"\tfree\n\tx\tfree\n";
    for text in [text.to_owned(), text.replace('\n', "\r\n")] {
        let given = read(Format::Merchant, text.as_bytes());
        let lines: Vec<_> = given.rejects.iter().map(|reject| reject.line).collect();
        assert_eq!((given.items.len(), lines), (1, vec![7, 10]));
    }
}
