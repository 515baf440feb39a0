//! Large files of a format, made up by number: the same every time, and nobody's.

use std::fmt::Write as _;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::str::FromStr;

use domain::Invalid;
use ingest::import::Format;

/// How many rows of which format.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    /// The format.
    pub(super) format: Format,
    n_rows: u64,
}

impl FromStr for Wanted {
    type Err = Invalid;
    fn from_str(raw: &str) -> Result<Self, Invalid> {
        let (format, n) = raw.split_once('=').unwrap_or((raw, "1000000"));
        let n_rows = n.parse().map_err(|_| {
            Invalid::new("number of rows", "is not a whole number", n, "write it like ga4=1000000")
        })?;
        Ok(Self { format: format.parse()?, n_rows })
    }
}

impl Wanted {
    /// Writes the file.
    pub(super) fn write(self, path: &Path) -> anyhow::Result<()> {
        let (header, row) = maker(self.format)?;
        let mut out = BufWriter::new(std::fs::File::create(path)?);
        out.write_all(header.as_bytes())?;
        let mut line = String::new();
        for n in 0..self.n_rows {
            line.clear();
            row(&mut line, n)?;
            out.write_all(line.as_bytes())?;
        }
        Ok(out.flush()?)
    }
}

type Row = fn(&mut String, u64) -> std::fmt::Result;

fn maker(format: Format) -> anyhow::Result<(&'static str, Row)> {
    Ok(match format {
        Format::Ga4 => ("", ga4),
        Format::Segment => ("", segment),
        Format::Taobao => ("", taobao),
        Format::Retailrocket => ("timestamp,visitorid,event,itemid,transactionid\n", retailrocket),
        Format::Merchant => (
            "id\ttitle\tdescription\tlink\timage_link\tavailability\tprice\tbrand\tproduct_type\titem_group_id\tcolor\tsize\n",
            merchant,
        ),
        Format::Shopify => (
            "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src\n",
            shopify,
        ),
        other => anyhow::bail!("nothing is made up for {other}; give files of it"),
    })
}

/// Spreads numbers without a pattern that a cache would like (splitmix64).
fn spread(n: u64) -> u64 {
    let mut z = n.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A shopper, an item and seconds since 1970 of the `n`-th row.
fn who_what_when(n: u64) -> (u64, u64, u64) {
    let random = spread(n);
    (random % 50_000, (random >> 20) % 20_000, 1_700_000_000 + n)
}

/// As wide as the export really is for a view of an item.
fn ga4(out: &mut String, n: u64) -> std::fmt::Result {
    let (who, item, at) = who_what_when(n);
    writeln!(
        out,
        r#"{{"event_date":"20240102","event_timestamp":"{at}000000","event_name":"view_item","event_params":[{{"key":"ga_session_id","value":{{"int_value":"{who}"}}}},{{"key":"page_location","value":{{"string_value":"https://shop.example/p/{item}"}}}},{{"key":"currency","value":{{"string_value":"CNY"}}}}],"event_bundle_sequence_id":"{n}","user_pseudo_id":"{who}.17","device":{{"category":"mobile","operating_system":"Android","language":"zh-cn"}},"geo":{{"continent":"Asia","country":"China"}},"traffic_source":{{"name":"(direct)"}},"items":[{{"item_id":"{item}","item_name":"Product {item}","item_brand":"Brand {}","item_category":"Category {}","price":19.9,"quantity":1}}]}}"#,
        item % 50,
        item % 20
    )
}

fn segment(out: &mut String, n: u64) -> std::fmt::Result {
    let (who, item, at) = who_what_when(n);
    writeln!(
        out,
        r#"{{"type":"track","event":"Product Viewed","userId":"u{who}","anonymousId":"a{who}","messageId":"m-{n}","timestamp":{at},"context":{{"library":{{"name":"analytics.js","version":"4"}},"page":{{"path":"/p/{item}"}}}},"properties":{{"product_id":"{item}","name":"Product {item}","brand":"Brand {}","category":"Home > Category {}","price":19.9,"quantity":1,"currency":"CNY"}}}}"#,
        item % 50,
        item % 20
    )
}

fn taobao(out: &mut String, n: u64) -> std::fmt::Result {
    let (who, item, at) = who_what_when(n);
    let behaviour = ["pv", "pv", "pv", "fav", "cart", "buy"][(spread(n) >> 50) as usize % 6];
    writeln!(out, "{who},{item},{},{behaviour},{at}", item % 500)
}

fn retailrocket(out: &mut String, n: u64) -> std::fmt::Result {
    let (who, item, at) = who_what_when(n);
    writeln!(out, "{at}000,{who},view,{item},")
}

fn merchant(out: &mut String, n: u64) -> std::fmt::Result {
    writeln!(
        out,
        "{n}\tProduct {n} in its colour\tA product that is described in a sentence of some length, as feeds do\thttps://shop.example/p/{n}\thttps://shop.example/p/{n}.jpg\tin_stock\t19.90 CNY\tBrand {}\tHome > Category {}\tg{}\tred\t{}",
        n % 50,
        n % 20,
        n / 5,
        n % 5
    )
}

fn shopify(out: &mut String, n: u64) -> std::fmt::Result {
    let size = n % 5;
    let handle = n / 5;
    match size {
        0 => writeln!(
            out,
            "product-{handle},Product {handle},<p>Described in a sentence</p>,Brand {},Shirts,summer,true,Size,{size},S-{n},19.90,https://shop.example/{n}.jpg",
            handle % 50
        ),
        _ => writeln!(out, "product-{handle},,,,,,,,{size},S-{n},19.90,"),
    }
}
