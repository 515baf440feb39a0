//! Mutates sample files and feeds them to the parsers: `cargo run --release -p formats --example fuzz
//! -- --inputs 10000000 [--parser ga4] [--seed 7]`. A panic ends the run with the input in hex, and
//! the same seed makes the same inputs. `fuzz/` does the same with coverage, where there is a nightly.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::Instant;

use cells::values::{Values, Writing};
use domain::Timestamp;
use formats::wire::{Arrival, Shape};
use formats::{Format, Input, Options, Output};

/// Sample files, each of the makes that some parser reads.
const SAMPLES: [&str; 15] = [
    "customer_id,product_id,event_type,created_at,price,currency,status\nc1,p1,view,2026-01-31 10:00:00,\"1.299,00\",EUR,paid\nc2,p\u{ff11},purchase,31.01.2026,12.50 USD,€,refunded\n,p3,cart,46023.5,from 9,$,\n",
    "商品编号;商品名称;类目;售价;库存状态;图片\n8501;纯棉T恤;服装＞T恤;¥99.00;下架;https://x/1.jpg\n８５０３;\"U\"\"盘\n128G\";数码;9.9-12.9;10+;\n",
    "id\ttitle\tprice\tsale_price\tsale_price_effective_date\tavailability\texpiration_date\titem_group_id\tproduct_type\nV1\tMug\t5.00 EUR\t4 EUR\t2026-01-01T00:00+0100/2026-02-01\tin stock\t2026-02-01\tg\tHome > Cups\n",
    "<?xml version=\"1.0\"?><rss xmlns:g=\"http://base.google.com/ns/1.0\"><channel><item><g:id>1</g:id><title><![CDATA[Salt &amp; Pepper]]></title><g:price>1.299,00 EUR</g:price><g:product_type>Home &amp;gt; Cups</g:product_type></item><item><g:id>2</item></channel></rss>",
    "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Status\none,Lamp,<p>x</p>,V,Lamps,\"a, b\",true,Size,M,one-m,4,5.00,active\none,,,,,,,,L,one-l,0,6.00,\n",
    "ID,Type,SKU,Name,Parent,Published,\"In stock?\",\"Sale price\",\"Regular price\",Categories,\"Attribute 1 name\",\"Attribute 1 value(s)\"\n101,variable,S101,Thing,,1,1,,\"5,00\",\"Home > Cups, Sale\",Colour,\"red, blue\"\n102,variation,S102,Thing M,id:101,1,0,4,5,,Colour,red\n",
    "{\"@context\":\"https://schema.org\",\"@graph\":[{\"@type\":\"ProductGroup\",\"productGroupID\":\"G\",\"hasVariant\":[{\"@type\":\"Product\",\"sku\":\"G-1\",\"offers\":[{\"price\":\"19,90\",\"priceCurrency\":\"EUR\",\"availability\":\"schema:InStock\"}]}]},{\"@type\":\"Product\",\"name\":\"Lamp\",\"sku\":7,\"image\":[\"/1.jpg\"],\"offers\":{\"lowPrice\":1,\"highPrice\":2}}]}",
    "<html><script type=\"application/ld+json\">{\"@type\":\"Product\",\"sku\":\"A\",\"description\":\"one\ntwo\",}</script><script type=application/ld+json>[]</script></html>",
    "{\"event_name\":\"purchase\",\"event_timestamp\":\"1767261600000000\",\"user_id\":\"c1\",\"user_pseudo_id\":\"1.2\",\"ecommerce\":{\"transaction_id\":\"1001\"},\"event_params\":[{\"key\":\"currency\",\"value\":{\"string_value\":\"EUR\"}}],\"items\":[{\"item_id\":\"K1\",\"price\":5.0,\"quantity\":2,\"item_category\":\"Home\"}]}\n{\"client_id\":\"1\",\"events\":[{\"name\":\"view_item\",\"params\":{\"items\":[{\"item_id\":\"a\"}]}}]}\n",
    "{\"type\":\"track\",\"event\":\"Order Completed\",\"userId\":\"u\",\"anonymousId\":\"v\",\"timestamp\":\"2026-01-05T10:00:00Z\",\"properties\":{\"order_id\":\"7\",\"currency\":\"USD\",\"products\":[{\"product_id\":\"1\",\"price\":\"12.50\",\"quantity\":1}]}}\n{\"type\":\"identify\",\"userId\":\"u\",\"anonymousId\":\"v\"}\n{\"batch\":[{\"event\":\"Product Viewed\",\"properties\":{\"sku\":\"a\"},\"distinct_id\":\"d\"}]}\n",
    "u1,item1,100,pv,1511544070\nu2,item2,100,buy,1511561733\n",
    "timestamp,visitorid,event,itemid,transactionid\n1433221332117,257597,view,355908,\n1433224214164,992329,transaction,248676,1\n",
    "{\"event_id\":\"1\",\"shopper\":\"a\",\"kind\":\"purchase\",\"item_id\":\"i\",\"time\":\"2026-01-01T00:00:00Z\",\"quantity\":1,\"price\":5,\"currency\":\"EUR\"}\n{\"item_id\":\"i\",\"title\":\"Pen\",\"further_categories\":[[\"A\"],\"B > C\"],\"price\":{\"minor\":5,\"currency\":\"EUR\"}}\n{\"review_id\":\"r\",\"shopper\":\"a\",\"item_id\":\"i\",\"place\":3,\"rating\":\"4,5\"}\n",
    "{\"reviewerID\":\"A1\",\"asin\":\"B000\",\"overall\":5.0,\"reviewText\":\"good\",\"summary\":\"s\",\"unixReviewTime\":1252800000}\n{\"asin\":\"B000\",\"title\":\"Pen\",\"categories\":[[\"Office\",\"Pens\"]],\"price\":\"$5.00\"}\n",
    "user_id:token\titem_id:token\trating:float\ttimestamp:float\n196\t242\t3\t881250949\n1 2 3 4\n5 6 7\n",
];

/// Pieces that break parsers.
const TOKENS: [&str; 40] = [
    "\"",
    "\"\"",
    "\\",
    ",",
    ";",
    "\t",
    "\n",
    "\r\n",
    "\r",
    "\u{0}",
    "\u{feff}",
    "{",
    "}",
    "[",
    "]",
    ":",
    "null",
    "NaN",
    "-",
    "–",
    "1.299",
    "1,5",
    "1e308",
    "99999999999999999999",
    "0000-00-00",
    "31/02/2026",
    "2026-01-31T25:61",
    "46023",
    "<![CDATA[",
    "]]>",
    "<!--",
    "&amp;",
    "&#xD800;",
    "</item>",
    "<script",
    "口红",
    "１２",
    "٫",
    "\u{202e}",
    "T",
];

/// A fast generator whose seed tells every input (xorshift64*).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
}

fn mutated(random: &mut Random) -> Vec<u8> {
    let mut bytes = SAMPLES[random.below(SAMPLES.len())].as_bytes().to_vec();
    for _ in 0..=random.below(6) {
        let at = random.below(bytes.len() + 1);
        let length = random.below(1 + (bytes.len() - at).min(40));
        match random.below(9) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..at + length)),
            2 => {
                let again = bytes[at..at + length].to_vec();
                bytes.splice(at..at, again);
            }
            3 | 4 => {
                let token = TOKENS[random.below(TOKENS.len())];
                bytes.splice(at..at, token.bytes());
            }
            5 => {
                let other = SAMPLES[random.below(SAMPLES.len())].as_bytes();
                let from = random.below(other.len());
                let to = (from + random.below(60)).min(other.len());
                bytes.splice(at..at + length, other[from..to].iter().copied());
            }
            6 => {
                bytes
                    .iter_mut()
                    .skip(at)
                    .take(length.min(4))
                    .for_each(|b| *b = random.next() as u8);
            }
            7 => bytes.iter_mut().skip(at).take(1).for_each(|b| *b ^= 1 << random.below(8)),
            _ => bytes.iter_mut().skip(at).take(length).for_each(|b| *b = b.wrapping_add(1)),
        }
    }
    bytes
}

/// One parser, by the name that an argument chooses it by.
enum Parser {
    File(Format),
    Wire,
    Cells,
}

impl Parser {
    fn all() -> Vec<(String, Self)> {
        let files = Format::ALL.into_iter().map(|format| (format.to_string(), Self::File(format)));
        files.chain([("wire".to_owned(), Self::Wire), ("cells".to_owned(), Self::Cells)]).collect()
    }

    fn read(&self, bytes: &[u8]) {
        match self {
            Self::File(format) => file(*format, bytes),
            Self::Wire => wire(bytes),
            Self::Cells => cells(&String::from_utf8_lossy(bytes)),
        }
    }
}

fn file(format: Format, bytes: &[u8]) {
    let mut visit = |_| ControlFlow::Continue(());
    let mut output = Output::new(format, &mut visit);
    let options = Options { now: Some(Timestamp(1_790_000_000_000)), ..Options::default() };
    if let Ok(input) = Input::new("fuzz", bytes) {
        let _ = formats::parse(format, &options, input, &mut output);
    }
}

fn wire(bytes: &[u8]) {
    for line in bytes.split(|&byte| byte == b'\n') {
        let Ok(body) = serde_json::from_slice(line) else { continue };
        let arrival = Arrival { at: Some(Timestamp(1_790_000_000_000)), name: "fuzz" };
        for shape in [Shape::Ga4, Shape::Segment] {
            let _ = shape.records(&body, &arrival);
        }
    }
}

fn cells(text: &str) {
    let values = Values::new(Writing::default());
    for cell in text.split([',', ';', '\t', '\n', '"', ' ']) {
        let _ = values.price("price", cell, None);
        let _ = values.quantity("quantity", cell);
        let _ = values.number("number", cell);
        let _ = values.time("time", cell);
        let _ = values.currency("currency", cell);
        let _ = cells::truth::availability("stock", cell);
        let _ = cells::value::shopper(cell);
        let _ = cells::value::item_id("item", cell);
        let _ = values.images("image", [cell]);
    }
    let _ = values.price("price", text, None);
    let _ = values.time("time", text);
    let _ = cells::path::names(text, &['>', '|']);
    let _ = cells::path::listed(text);
}

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let (mut n_inputs, mut seed, mut only) = (100_000_u64, 1_u64, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or("an option lacks its value")?;
        match name.as_str() {
            "--inputs" => n_inputs = value.parse()?,
            "--seed" => seed = value.parse()?,
            "--parser" => only = Some(value),
            other => {
                return Err(format!("{other} is no option; use --inputs, --seed, --parser").into());
            }
        }
    }
    let parsers =
        Parser::all().into_iter().filter(|(name, _)| only.as_ref().is_none_or(|only| only == name));
    for (name, parser) in parsers {
        let (begun, mut random) = (Instant::now(), Random(seed | 1));
        for n in 0..n_inputs {
            let bytes = mutated(&mut random);
            if catch_unwind(AssertUnwindSafe(|| parser.read(&bytes))).is_err() {
                let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
                println!("{name}: input {n} of seed {seed} panics: {hex}");
                return Ok(ExitCode::FAILURE);
            }
        }
        println!("{name}: {n_inputs} inputs, {:.0} s, no panic", begun.elapsed().as_secs_f64());
    }
    Ok(ExitCode::SUCCESS)
}
