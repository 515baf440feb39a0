//! Commands beside a running server of their shop: they work as without one, and the server answers
//! with what they brought at once.

#![expect(clippy::unwrap_used, reason = "a test fails where something is missing")]

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

const SETTINGS: &str = "
[signals.sequence]
enabled = false
[signals.tuning]
enabled = false
[serve]
listen = \"127.0.0.1:0\"
server_key = \"a-server-key-of-the-test\"
admin_key = \"an-admin-key-of-the-test\"
";

fn run(folder: &Path, typed: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_candor"))
        .current_dir(folder)
        .args(typed)
        .env("CANDOR_SHOP", "shop")
        .output()
        .unwrap()
}

fn candor(folder: &Path, typed: &[&str]) -> String {
    let output = run(folder, typed);
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{typed:?}: {complaint}");
    String::from_utf8(output.stdout).unwrap()
}

/// A folder with a trained shop of a few lamps, rugs and shelves.
fn shop() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("shop")).unwrap();
    std::fs::write(folder.path().join("shop/candor.toml"), SETTINGS).unwrap();
    write_feed(folder.path(), "feed.txt", 0..24, "10.00 EUR");
    let mut orders = "order;customer;item;date;price\n".to_owned();
    for n in 0..160 {
        let (shopper, item) = (n % 20, n % 3 + 3 * (n / 20 + n % 2));
        writeln!(orders, "{n};c{shopper};i-{item};2026-05-{:02};10.00", n / 10 + 1).unwrap();
    }
    std::fs::write(folder.path().join("orders.csv"), orders).unwrap();
    candor(folder.path(), &["import", "merchant", "feed.txt"]);
    candor(folder.path(), &["import", "csv", "orders.csv", "--currency", "EUR"]);
    candor(folder.path(), &["train"]);
    folder
}

fn write_feed(folder: &Path, name: &str, numbers: impl Iterator<Item = usize>, price: &str) {
    let mut feed = "id\ttitle\tprice\tavailability\tproduct_type\n".to_owned();
    for n in numbers {
        let kind = ["Lamp", "Rug", "Shelf"][n % 3];
        writeln!(feed, "i-{n}\t{kind} model {n}\t{price}\tin_stock\tHome > {kind}").unwrap();
    }
    std::fs::write(folder.join(name), feed).unwrap();
}

/// A server of the shop, killed when dropped.
struct Serving(Child);

impl Serving {
    fn of(folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_candor"))
            .current_dir(folder)
            .args(["serve", "--shop", "shop"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let begun = lines.find(|line| line.as_ref().is_ok_and(|line| line.contains("serving on")));
        let serving = Self(child);
        assert!(begun.is_some(), "the server does not begin");
        // Read on, or the server would wait for us.
        std::thread::spawn(move || lines.for_each(drop));
        let note = folder.join("shop/serving.json");
        while !note.exists() {
            std::thread::yield_now();
        }
        serving
    }

    fn stop(&mut self, signal: &str) {
        let id = self.0.id().to_string();
        let sent = Command::new("kill").args([signal, &id]).status().unwrap();
        assert!(sent.success());
        self.0.wait().unwrap();
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A question to the server, with the shop's own key; the answer.
fn ask(folder: &Path, method: &str, path: &str, body: &Value) -> Value {
    let note = std::fs::read_to_string(folder.join("shop/serving.json")).unwrap();
    let note: Value = serde_json::from_str(&note).unwrap();
    let agent: ureq::Agent =
        ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let request = ureq::http::Request::builder()
        .method(method)
        .uri(format!("http://{}{path}", note["address"].as_str().unwrap()))
        .header("authorization", "Bearer a-server-key-of-the-test")
        .header("content-type", "application/json")
        .body(if method == "GET" { String::new() } else { body.to_string() })
        .unwrap();
    let mut response = agent.run(request).unwrap();
    serde_json::from_str(&response.body_mut().read_to_string().unwrap()).unwrap()
}

#[test]
fn commands_work_beside_a_server_as_without_one() {
    let held = shop();
    let folder = held.path();
    write_feed(folder, "more.txt", 24..30, "12.50 EUR");
    let mut serving = Serving::of(folder);

    let said = candor(folder, &["import", "merchant", "more.txt"]);
    for expected in [
        "read       6 rows: 6 accepted, 0 rejected",
        "item versions: 6 new, 0 known",
        "match      ",
    ] {
        assert!(said.contains(expected), "{expected} in {said}");
    }
    let item = ask(folder, "GET", "/v1/items/i-27", &json!(null));
    assert!(item["price"].to_string().contains("1250"), "{item}");
    let json = candor(folder, &["import", "merchant", "more.txt", "--json"]);
    let report: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(report["loaded"]["items"]["known"], 6, "{report}");

    let recommended = candor(folder, &["recommend", "c1", "-k", "3"]);
    assert!(recommended.contains(" 1. ") && recommended.contains("model "), "{recommended}");
    assert!(recommended.contains("€10"), "{recommended}");
    let asked = candor(folder, &["ask", "why the first one?", "--shopper", "c1"]);
    assert!(asked.len() > 20, "{asked}");
    let answer: Value =
        serde_json::from_str(&candor(folder, &["ask", "more lamps", "--shopper", "c1", "--json"]))
            .unwrap();
    assert!(answer["request_id"].is_string(), "{answer}");

    let erased = candor(folder, &["erase", "c2"]);
    assert!(erased.contains("\"events\": 8"), "{erased}");
    let again = candor(folder, &["import", "csv", "orders.csv", "--currency", "EUR"]);
    assert!(again.contains("left out: 8 rows of people who were erased"), "{again}");
    assert!(!candor(folder, &["export", "events", "--names"]).contains("\"c2\""));
    candor(folder, &["train", "--resume"]);
    candor(folder, &["unlisted"]);

    let imports = ask(folder, "GET", "/v1/imports", &json!(null));
    let listed = imports["imports"].as_array().unwrap();
    assert_eq!(listed.len(), 5, "also those before the server: {imports}");
    assert!(listed.iter().all(|run| run["origin"] == "command" && run["state"] == "done"));

    serving.stop("-TERM");
    assert!(!folder.join("shop/serving.json").exists(), "the note goes with its server");
    let said = candor(folder, &["import", "merchant", "more.txt"]);
    assert!(said.contains("item versions: 0 new, 6 known"), "{said}");
    let audited = candor(folder, &["audit"]);
    assert!(audited.contains("0 fail") || !audited.contains("FAULT"), "{audited}");
}

#[test]
fn a_command_fails_beside_a_server_as_without_one() {
    let held = shop();
    let folder = held.path();
    write_feed(folder, "few.txt", 0..3, "10.00 EUR");
    std::fs::write(folder.join("broken.csv"), "a,b\n1,2\n").unwrap();
    let cases: [&[&str]; 4] = [
        &["import", "merchant", "few.txt", "--complete"],
        &["import", "csv", "broken.csv"],
        &["import", "csv", "nowhere.csv"],
        &["import", "merchant", "few.txt", "--map", "item=id"],
    ];
    let failures = || -> Vec<(Option<i32>, String)> {
        let ran = cases.iter().map(|typed| run(folder, typed));
        ran.map(|output| {
            let said = String::from_utf8_lossy(&output.stderr);
            let error = said.split("error: ").nth(1).unwrap_or(&said);
            (output.status.code(), error.trim().to_owned())
        })
        .collect()
    };
    let without = failures();
    let serving = Serving::of(folder);
    let beside = failures();
    for (without, beside) in without.iter().zip(&beside) {
        assert_eq!(without.0, Some(1), "{without:?}");
        assert_eq!(without.0, beside.0, "{beside:?}");
        let gist = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let said = gist(&beside.1);
        let meant = gist(without.1.rsplit(": ").next().unwrap());
        assert!(said.contains(&meant), "{without:?} and {beside:?}");
    }
    let item = ask(folder, "GET", "/v1/items/i-20", &json!(null));
    assert_eq!(item["item_id"], "i-20", "nothing was retired");
    let said = candor(folder, &["import", "merchant", "few.txt", "--complete", "--yes"]);
    assert!(said.contains("21 known items (of 24)") && said.contains("retired"), "{said}");
    let gone = ask(folder, "GET", "/v1/items/i-20", &json!(null));
    assert_eq!(gone["error"]["code"], "no_item", "{gone}");
    drop(serving);
}

#[test]
fn a_server_that_was_killed_is_in_nobodys_way() {
    let held = shop();
    let folder = held.path();
    let mut serving = Serving::of(folder);
    serving.stop("-KILL");
    assert!(folder.join("shop/serving.json").exists(), "a killed server leaves its note");
    let said = candor(folder, &["import", "merchant", "feed.txt"]);
    assert!(said.contains("item versions: 0 new, 24 known"), "{said}");
    candor(folder, &["recommend", "c1"]);
    candor(folder, &["ask", "why?", "--shopper", "c1"]);
    let again = Serving::of(folder);
    assert!(candor(folder, &["import", "merchant", "feed.txt"]).contains("24 known"));
    drop(again);
}

#[test]
fn a_file_that_the_server_cannot_see_is_sent_to_it() {
    // What a server in another place answers to a path; the command then sends the file itself.
    let held = shop();
    let folder = held.path();
    let _serving = Serving::of(folder);
    let note = std::fs::read_to_string(folder.join("shop/serving.json")).unwrap();
    let note: Value = serde_json::from_str(&note).unwrap();
    let address = note["address"].as_str().unwrap();
    let local = |path: &str, method: &str, body: &str| -> (u16, Value) {
        let agent: ureq::Agent =
            ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("http://{address}{path}"))
            .header("authorization", format!("Bearer {}", note["token"].as_str().unwrap()))
            .header("content-type", "application/json")
            .body(body.to_owned())
            .unwrap();
        let mut response = agent.run(request).unwrap();
        let text = response.body_mut().read_to_string().unwrap();
        (response.status().as_u16(), serde_json::from_str(&text).unwrap())
    };
    let there = folder.join("feed.txt");
    let handed = |path: &Path, bytes: u64, is_sent: bool| {
        json!({"format": "merchant", "options": {},
            "paths": [{"path": path, "bytes": bytes, "is_sent": is_sent}]})
        .to_string()
    };
    let (status, refused) = local("/v1/local/imports", "POST", &handed(&there, 1, false));
    assert_eq!((status, &refused["error"]["code"]), (422, &json!("not_here")), "{refused}");

    let text = std::fs::read_to_string(&there).unwrap().replace("10.00", "11.00");
    let (status, sent) = local("/v1/local/files?name=feed.txt", "PUT", &text);
    assert_eq!(status, 200, "{sent}");
    let path = Path::new(sent["path"].as_str().unwrap()).to_owned();
    let (status, begun) =
        local("/v1/local/imports", "POST", &handed(&path, text.len() as u64, true));
    assert_eq!(status, 202, "{begun}");
    let id = begun["id"].as_str().unwrap();
    let run = ask(folder, "GET", &format!("/v1/imports/{id}?wait=15"), &json!(null));
    assert_eq!(
        (&run["state"], &run["report"]["loaded"]["items"]["fresh"]),
        (&json!("done"), &json!(24))
    );
    assert!(!path.exists(), "nothing stays of it");

    // Without the secret of this run nobody hands over anything.
    let refused = ask(folder, "POST", "/v1/local/imports", &json!({}));
    assert_eq!(refused["error"]["code"], "forbidden", "{refused}");
}
