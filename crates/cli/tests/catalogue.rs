//! What a catalogue and the events say of the same items, as the import tells it and as the lists
//! show it.

#![expect(clippy::unwrap_used, reason = "a test fails where something is missing")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const QUICK: &str = "
[signals.sequence]
enabled = false
[signals.tuning]
enabled = false
";

const N_ITEMS: usize = 24;

/// A folder with an empty shop.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("shop")).unwrap();
    std::fs::write(folder.path().join("shop/candor.toml"), QUICK).unwrap();
    folder
}

fn run(folder: &Path, typed: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_candor"))
        .current_dir(folder)
        .args(typed.split(' '))
        .env("CANDOR_SHOP", "shop")
        .output()
        .unwrap()
}

fn candor(folder: &Path, typed: &str) -> String {
    let output = run(folder, typed);
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{typed}: {complaint}");
    String::from_utf8(output.stdout).unwrap()
}

/// A feed of the items of these numbers.
fn write_feed(folder: &Path, name: &str, numbers: impl Iterator<Item = usize>) {
    let mut feed = "id\ttitle\tprice\tavailability\tproduct_type\n".to_owned();
    for n in numbers {
        let kind = ["Lamp", "Rug", "Shelf"][n % 3];
        writeln!(feed, "feed-{n}\t{kind} model {n}\t{n}.00 EUR\tin_stock\tHome > {kind}").unwrap();
    }
    std::fs::write(folder.join(name), feed).unwrap();
}

/// Orders of the items, each id as `spelt`.
fn write_orders(folder: &Path, spelt: impl Fn(usize) -> String) {
    let mut orders = "shopper,item,kind,time\n".to_owned();
    for shopper in 0..30 {
        for step in 0..5 {
            let item = spelt(100 + (shopper + step * 5) % N_ITEMS);
            writeln!(orders, "p{shopper},{item},purchase,2026-02-{:02}T09:00:00Z", step + 1)
                .unwrap();
        }
    }
    std::fs::write(folder.join("orders.csv"), orders).unwrap();
}

/// What is recommended to somebody new, everything that may be.
fn recommended(folder: &Path) -> BTreeSet<String> {
    let answer: serde_json::Value =
        serde_json::from_str(&candor(folder, "recommend -k 80 --json")).unwrap();
    let items = answer["items"].as_array().unwrap();
    items.iter().map(|item| item["item_id"].as_str().unwrap().to_owned()).collect()
}

fn all() -> std::ops::Range<usize> {
    100..100 + N_ITEMS
}

#[test]
fn ids_of_events_that_the_catalogue_lacks_are_told_with_the_option_that_aligns_them() {
    let folder = folder();
    let folder = folder.path();
    write_feed(folder, "feed.tsv", all());
    write_orders(folder, |n| n.to_string());
    candor(folder, "import merchant feed.tsv");
    let told = candor(folder, "import csv orders.csv");
    assert!(told.contains("WARNING: 0 of 150 (0.0 %) events"), "{told}");
    assert!(told.contains("not in the catalogue: 1"), "{told}");
    assert!(
        told.contains("“feed-”") && told.contains("again with --id-prefix add:feed-"),
        "{told}"
    );
    let trained = candor(folder, "train");
    assert!(trained.contains("not in the catalogue"), "{trained}");

    let unlisted = candor(folder, "unlisted --limit 3");
    assert!(unlisted.contains("events  1") && unlisted.contains("21 more"), "{unlisted}");
    let list = recommended(folder);
    assert!(!list.is_empty() && list.iter().all(|id| id.starts_with("feed-")), "{list:?}");

    let told = candor(folder, "import csv orders.csv --id-prefix add:feed-");
    assert!(told.contains("events: 150 new"), "{told}");
    assert!(told.contains("150 of 300 (50.0 %) events"), "{told}");
    let again = candor(folder, "import csv orders.csv --id-prefix feed-");
    assert!(again.contains("events: 0 new"), "{again}");
}

#[test]
fn other_spellings_are_looked_up_in_the_catalogue_or_in_a_table() {
    let spellings: [(&dyn Fn(usize) -> String, &str); 4] = [
        (&|n| format!("FEED-{n}"), "--id-match case"),
        (&|n| format!("feed-{n}.0"), "--id-suffix strip:.0"),
        (&|n| format!("eu_{}_feed-{n}", n * 31), "--id-prefix strip:eu_*_"),
        (&|n| format!("old{n}"), "--id-map map.csv"),
    ];
    for (spelt, option) in spellings {
        let folder = folder();
        let folder = folder.path();
        let map: String = all().map(|n| format!("old{n};feed-{n}\n")).collect();
        std::fs::write(folder.join("map.csv"), map).unwrap();
        write_feed(folder, "feed.tsv", all());
        write_orders(folder, spelt);
        candor(folder, "import merchant feed.tsv");
        let told = candor(folder, &format!("import csv orders.csv {option}"));
        assert!(told.contains("150 of 150 (100.0 %) events"), "{option}: {told}");
    }
}

#[test]
fn what_the_next_feed_lacks_is_held_back_and_retired_when_the_shop_says_so() {
    let folder = folder();
    let folder = folder.path();
    write_feed(folder, "feed.tsv", all());
    write_feed(folder, "next.tsv", all().skip(2));
    write_feed(folder, "last.tsv", all().take(3));
    write_orders(folder, |n| format!("feed-{n}"));
    candor(folder, "import merchant feed.tsv");
    candor(folder, "import csv orders.csv");
    candor(folder, "train");
    assert_eq!(recommended(folder).len(), N_ITEMS);

    let partial = candor(folder, "import merchant next.tsv --partial");
    assert!(partial.contains("2 known items (of 24) are not in this file"), "{partial}");
    assert_eq!(recommended(folder).len(), N_ITEMS);

    let told = candor(folder, "import merchant next.tsv");
    assert!(told.contains("feed-100, feed-101") && told.contains("--complete"), "{told}");
    assert_eq!(recommended(folder).len(), N_ITEMS - 2);
    let exported = |folder| candor(folder, "export items").lines().count();
    assert_eq!(exported(folder), N_ITEMS);

    let told = candor(folder, "import merchant next.tsv --complete");
    assert!(told.contains("2 known items (of 24)") && told.contains("retired"), "{told}");
    assert_eq!(exported(folder), N_ITEMS - 2);

    let refused = run(folder, "import merchant last.tsv --complete");
    let complaint = String::from_utf8(refused.stderr).unwrap();
    assert!(!refused.status.success() && complaint.contains("--complete --yes"), "{complaint}");
    candor(folder, "import merchant feed.tsv");
    assert_eq!(recommended(folder).len(), N_ITEMS);
    candor(folder, "import merchant last.tsv --complete --yes");
    assert_eq!(recommended(folder).len(), 3);
}

#[test]
fn a_shop_without_a_catalogue_recommends_what_its_events_name() {
    let folder = folder();
    let folder = folder.path();
    write_orders(folder, |n| n.to_string());
    let told = candor(folder, "import csv orders.csv");
    assert!(!told.contains("not in the catalogue"), "{told}");
    candor(folder, "train");
    assert_eq!(recommended(folder).len(), N_ITEMS);
    write_feed(folder, "feed.tsv", all());
    let told = candor(folder, "import merchant feed.tsv");
    assert!(told.contains("WARNING"), "{told}");
    candor(folder, "train");
    assert!(recommended(folder).iter().all(|id| id.starts_with("feed-")));
}

/// One item as it is exported.
fn item(folder: &Path, id: &str) -> serde_json::Value {
    let lines = candor(folder, "export items");
    let mut items = lines.lines().map(|line| serde_json::from_str(line).unwrap());
    items.find(|item: &serde_json::Value| item["item_id"] == id).unwrap()
}

#[test]
fn a_list_of_prices_keeps_titles_and_a_till_code_that_is_listed_is_a_product() {
    let folder = folder();
    let folder = folder.path();
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
    write(
        "all.csv",
        "sku,title,category,price,currency\nA1,Mug,Home > Cups,5.00,EUR\nPOST,Postcard,Paper,1.00,EUR\n",
    );
    write("prices.csv", "sku,price,margin\nA1,5.50,3\n");
    write("orders.csv", "customer_id,sku,status\nc1,POST,paid\nc2,DOT,paid\nc3,A1,cancelled\n");
    candor(folder, "import csv all.csv");
    let told = candor(folder, "import csv prices.csv --currency EUR");
    assert!(told.contains("that are not read: margin"), "{told}");
    assert!(told.contains("than price: what the shop knows of them stays"), "{told}");
    let mug = item(folder, "A1");
    assert_eq!((&mug["title"], &mug["price"]["minor"]), (&"Mug".into(), &550.into()));
    assert_eq!(mug["categories"], serde_json::json!(["Home", "Cups"]));
    let told = candor(folder, "import csv orders.csv");
    assert!(told.contains("1 dropped (line 3: DOT)") && told.contains("called off"), "{told}");
    assert!(told.contains("events: 1 new"), "{told}");
}

#[test]
fn a_complete_feed_that_is_refused_is_on_record() {
    let folder = folder();
    let folder = folder.path();
    write_feed(folder, "feed.tsv", all());
    write_feed(folder, "last.tsv", all().take(3));
    candor(folder, "import merchant feed.tsv");
    assert!(!run(folder, "import merchant last.tsv --complete").status.success());
    let shop = app::open(folder.join("shop"), shop::Access::Read).unwrap();
    let imports = shop.state().imports(9).unwrap();
    assert_eq!(imports.len(), 2);
    assert!(imports[0].report.contains("\"done\":\"kept\""), "{}", imports[0].report);
}
