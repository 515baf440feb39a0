//! `candor import` and `candor export` as a shop runs them on what it already has.

use std::path::Path;
use std::process::Command;

const FEED: &str = "\
id\titem_group_id\ttitle\tbrand\tprice\tavailability\tsize\tproduct_type
s-1\tshirt\t亚麻衬衫\tAcme\t20.00 CNY\tin_stock\tS\tHome > Shirts
s-2\tshirt\t亚麻衬衫\tAcme\t20.00 CNY\tin_stock\tM\tHome > Shirts
mug\t\tBig mug\tAcme\t5.00 CNY\tin_stock\t\tHome > Mugs
mug\t\tMug again\tAcme\t6.00 CNY\tin_stock\t\tHome > Mugs
";

const CALLS: &str = r#"{"type":"track","event":"Product Viewed","anonymousId":"v","messageId":"1","timestamp":"2026-06-01T08:30:00Z","properties":{"sku":"s-1"}}
{"type":"track","event":"Order Completed","userId":"ann","anonymousId":"v","messageId":"2","timestamp":"2026-06-01T08:31:00Z","properties":{"order_id":"O","currency":"CNY","products":[{"sku":"s-2","price":20},{"sku":"mug","price":5}]}}
{"type":"track","event":"Product Viewed","userId":"bob","messageId":"3","timestamp":"soon","properties":{"sku":"mug"}}
"#;

/// Runs the binary in a folder; what it printed, and whether it was content.
fn candor(folder: &Path, arguments: &[&str]) -> (String, bool) {
    let output = Command::new(env!("CARGO_BIN_EXE_candor"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("the binary was built with this test");
    let text = [output.stdout, output.stderr].concat();
    (String::from_utf8_lossy(&text).into_owned(), output.status.success())
}

fn told(folder: &Path, arguments: &[&str]) -> String {
    let (text, is_content) = candor(folder, arguments);
    assert!(is_content, "{arguments:?}: {text}");
    text
}

/// A folder with a feed and calls, the feed as a spreadsheet on Windows saves it.
fn held() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    let feed = format!("\u{feff}{}", FEED.replace('\n', "\r\n"));
    for (name, text) in [("feed.txt", feed.as_str()), ("calls.json", CALLS)] {
        std::fs::write(folder.path().join(name), text).expect("a temporary file can be written");
    }
    folder
}

#[test]
fn a_file_is_told_by_its_content_and_nothing_is_written() {
    let held = held();
    let text = told(held.path(), &["import", "--detect", "feed.txt", "calls.json"]);
    for expected in [
        "feed.txt  merchant",
        "would load 0 events (), 0 reviews, 2 items",
        "feed.txt:5: id \"mug\" is that of an earlier row",
        "calls.json  segment",
        "would load 3 events",
        "calls.json:3: field `timestamp`",
        "nothing was written",
    ] {
        assert!(text.contains(expected), "{expected:?} in {text}");
    }
    assert_eq!(std::fs::read_dir(held.path()).expect("the folder is there").count(), 2);
    let (text, is_content) = candor(held.path(), &["import", "--detect", "nowhere"]);
    assert!(!is_content && text.contains("nowhere"), "{text}");
}

#[test]
fn what_a_shop_holds_goes_in_once_and_comes_out_in_every_layout() {
    let held = held();
    let run = |arguments: &str| told(held.path(), &arguments.split(' ').collect::<Vec<_>>());
    run("import merchant feed.txt --shop shop");
    let first = run("import segment calls.json --shop shop");
    assert!(first.contains("events: 3 new") && first.contains("identified: 1 new"), "{first}");
    assert!(run("import segment calls.json --shop shop").contains("events: 0 new, 3 known"));
    assert!(run("import merchant feed.txt --shop shop").contains("versions: 0 new, 2 known"));
    let layouts: &[_] = match cfg!(feature = "parquet") {
        true => &["jsonl", "csv", "parquet"],
        false => &["jsonl", "csv"],
    };
    for layout in layouts {
        for (what, n) in [("events", 3), ("items", 2), ("answers", 0)] {
            let said =
                run(&format!("export {what} --as {layout} --out {what}.{layout} --shop shop"));
            assert!(said.starts_with(&format!("{n} {what} written")), "{said}");
        }
    }
    let said = run("export recbole --out atomic --shop shop");
    assert!(said.starts_with("2 interactions") && said.contains("2 items"), "{said}");
    assert!(run("import --detect atomic.inter").contains("recbole"));

    let again = run("import csv items.csv events.csv --shop other");
    assert!(again.contains("events: 3 new") && !again.contains("rejected   "), "{again}");
    assert_eq!(run("export items --shop other"), run("export items --shop shop"));
}
