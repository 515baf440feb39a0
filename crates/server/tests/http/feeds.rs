//! Feeds that are pushed and pulled, and imports as callers read them.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

use app::Live;
use serde_json::{Value, json};

use crate::shop::{
    ADMIN_KEY, Caller, PUBLISHABLE_KEY, SERVER_KEY, locked_settings, open_settings, trained,
    untrained, with_settings,
};

fn open(live: &Arc<Live>) -> Caller {
    Caller::new(Arc::clone(live), open_settings(live))
}

/// Length of the header of [`feed`].
const HEADER: usize = "id\ttitle\tprice\tavailability\tproduct_type\tlink\n".len();

/// A feed of the items of these numbers, as Google Merchant Center takes it.
fn feed(numbers: impl IntoIterator<Item = usize>, price: &str) -> String {
    let rows = numbers.into_iter().map(|n| {
        format!("item-{n}\tNew lamp {n}\t{price}\tin_stock\tHome > Lamps\thttps://s.example/{n}\n")
    });
    let header = "id\ttitle\tprice\tavailability\tproduct_type\tlink\n".to_owned();
    rows.fold(header, |all, row| all + &row)
}

/// The import that a 202 or 200 tells of, once it has ended.
async fn ended(caller: &Caller, id: &str) -> Value {
    let run = caller.get(&format!("/v1/imports/{id}?wait=40")).await.ok();
    assert_ne!(run["state"], "running", "{run}");
    run
}

#[tokio::test]
async fn a_pushed_feed_is_in_the_next_answer_and_on_record() {
    let live = trained();
    let caller = open(&live);
    let text = feed(100..140, "12.50 CNY")
        + &feed([6], "0.50 CNY")[HEADER..]
        + "item-7\tTea cup\t\tmaybe\t\t\n";
    let reply = caller.put_file("/v1/feed?feed=main", "text/tab-separated-values", &text).await;
    let run = reply.ok();
    let (state, origin, name) = (&run["state"], &run["origin"], &run["feed"]);
    assert_eq!((state, origin, name), (&json!("done"), &json!("pushed"), &json!("main")));
    assert_eq!(run["report"]["loaded"]["items"]["fresh"], 42);
    assert!(run["source"].as_str().unwrap().starts_with("merchant"));

    let item = caller.get("/v1/items/item-107").await.ok();
    assert!(item["price"].to_string().contains("1250"), "{item}");
    let asked = json!({"k": 50, "filters": {"price": {"max": 1.0}}});
    let answer = caller.post("/v1/recommendations", asked).await.ok();
    let items: Vec<_> = answer["items"].as_array().unwrap().iter().map(|i| &i["item_id"]).collect();
    assert_eq!(items, ["item-6"], "a new price without a restart");

    let id = run["id"].as_str().unwrap();
    assert_eq!(reply.header("location"), format!("/v1/imports/{id}"));
    assert_eq!(caller.get(&format!("/v1/imports/{id}")).await.ok()["report"], run["report"]);
    let listed = caller.get("/v1/imports").await.ok();
    assert_eq!(listed["imports"][0]["id"], run["id"]);
    assert_eq!(caller.get("/v1/imports/none").await.error(404), "no_import");
    assert!(incoming(&live).is_empty(), "nothing stays of the file");
}

fn incoming(live: &Live) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(live.shop().folder().join("incoming"));
    entries.map_or_else(|_| Vec::new(), |all| all.map(|entry| entry.unwrap().path()).collect())
}

#[tokio::test]
async fn options_and_wrappings_are_those_of_the_command() {
    let live = untrained();
    let caller = open(&live);
    let csv = "Artikel;Preis;Name\nx-1;1.299,00;Sofa\nx-2;49,90;Lampe\n";
    let path = "/v1/feed?format=csv&map=item%3DArtikel&map=price%3DPreis&map=title%3DName\
                &decimal=comma&currency=EUR&id-prefix=strip:x-";
    caller.put_file(path, "text/csv", csv).await.ok();
    let price = caller.get("/v1/items/1").await.ok()["price"].to_string();
    assert!(price.contains("1299"), "{price}");

    let mut gz = flate2_gz(feed([201], "3.00 CNY").as_bytes());
    let reply = caller.with("content-type", "application/gzip");
    let reply = reply.send(axum::http::Method::PUT, "/v1/feed", std::mem::take(&mut gz)).await;
    reply.ok();
    caller.get("/v1/items/item-201").await.ok();

    for (path, kind, body, status, code) in [
        ("/v1/feed?decimal=dash", "text/csv", csv, 422, "bad_options"),
        ("/v1/feed?compleet=true", "text/csv", csv, 422, "bad_options"),
        ("/v1/feed?complete=true&partial=true", "text/csv", csv, 422, "bad_options"),
        ("/v1/feed?feed=a%2Fb", "text/csv", csv, 422, "bad_options"),
        ("/v1/feed?format=merchant&map=item%3DArtikel", "text/csv", csv, 422, "unreadable_file"),
        ("/v1/feed", "text/plain", "nothing", 422, "no_format"),
        ("/v1/feed", "text/csv", "", 422, "empty_file"),
        ("/v1/feed", "multipart/form-data; boundary=x", csv, 415, "wrong_content_type"),
        ("/v1/feed?format=merchant", "text/csv", "id\tprice\n\t\n", 422, "import_failed"),
    ] {
        let reply = caller.put_file(path, kind, body).await;
        assert_eq!(reply.error(status), code, "{path} {}", reply.text);
    }
    let br = caller.with("content-encoding", "br").put_file("/v1/feed", "text/csv", csv).await;
    assert_eq!(br.error(415), "wrong_content_type");
}

/// A gz file without compression, so that the tests need no packer.
fn flate2_gz(bytes: &[u8]) -> Vec<u8> {
    let mut gz = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 1];
    let n = u16::try_from(bytes.len()).unwrap();
    gz.extend_from_slice(&n.to_le_bytes());
    gz.extend_from_slice(&(!n).to_le_bytes());
    gz.extend_from_slice(bytes);
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
        }
    }
    gz.extend_from_slice(&(!crc).to_le_bytes());
    gz.extend_from_slice(&u32::from(n).to_le_bytes());
    gz
}

#[tokio::test]
async fn a_feed_is_for_the_shops_own_server() {
    let live = untrained();
    let caller = Caller::new(Arc::clone(&live), locked_settings(&live));
    let text = feed([1], "1.00 CNY");
    for (key, status) in [(None, 401), (Some(PUBLISHABLE_KEY), 403)] {
        let caller = key.map_or_else(|| caller.clone(), |key| caller.with_key(key));
        caller.put_file("/v1/feed", "text/plain", &text).await.error(status);
        for path in ["/v1/imports", "/v1/feeds", "/v1/imports/x"] {
            caller.get(path).await.error(status);
        }
    }
    for key in [SERVER_KEY, ADMIN_KEY] {
        caller.with_key(key).put_file("/v1/feed", "text/plain", &text).await.ok();
        // What commands hand over is read from the disk: no key opens that.
        let handed = json!({"format": "merchant", "paths": [], "options": {}});
        let refused = caller.with_key(key).post("/v1/local/imports", handed).await;
        assert_eq!(refused.error(403), "forbidden");
    }
}

#[tokio::test]
async fn a_file_above_the_limit_leaves_nothing() {
    let live = untrained();
    let mut settings = open_settings(&live);
    settings.feed_limit_bytes = 1000;
    let caller = Caller::new(Arc::clone(&live), settings);
    let reply = caller.put_file("/v1/feed", "text/plain", &feed(0..99, "1.00 CNY")).await;
    assert_eq!(reply.error(413), "too_large");
    assert!(incoming(&live).is_empty());
    assert_eq!(caller.get("/v1/imports").await.ok()["imports"], json!([]));
}

#[tokio::test]
async fn a_repeated_push_is_the_same_import() {
    let live = untrained();
    let caller = open(&live).with("idempotency-key", "night-1");
    let text = feed(300..310, "2.00 CNY");
    let first = caller.put_file("/v1/feed", "text/plain", &text).await.ok();
    let again = caller.put_file("/v1/feed", "text/plain", &text).await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!(again.ok()["id"], first["id"]);
    let other = caller.put_file("/v1/feed", "text/plain", &feed([1], "2.00 CNY")).await;
    assert_eq!(other.error(409), "idempotency_key_reused");
    assert_eq!(caller.get("/v1/imports").await.ok()["imports"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_complete_feed_that_loses_most_items_asks_and_a_yes_retires_them() {
    let live = untrained();
    let caller = open(&live);
    let text = feed(0..4, "9.00 CNY");
    let path = "/v1/feed?complete=true&feed=night";
    let run = caller.put_file(path, "text/plain", &text).await.ok();
    assert_eq!(run["state"], "asked");
    assert_eq!(run["report"]["gone"]["items"], json!({"n": 20, "of": 24}));
    caller.get("/v1/items/item-20").await.ok();
    let feeds = caller.get("/v1/feeds").await.ok();
    assert_eq!(feeds["feeds"][0]["asked_by"], run["id"]);

    let id = run["id"].as_str().unwrap();
    let page = caller.with("host", "127.0.0.1").get("/console/feeds").await;
    assert!(page.text.contains("/console/feeds/night/confirm"), "{}", page.text);

    let confirmed = caller.post(&format!("/v1/imports/{id}/confirm"), json!({})).await;
    assert_eq!(confirmed.status, 202, "{}", confirmed.text);
    let done = ended(&caller, confirmed.json()["id"].as_str().unwrap()).await;
    assert_eq!(
        (&done["state"], &done["report"]["gone"]["done"]),
        (&json!("done"), &json!("retired"))
    );
    caller.get("/v1/items/item-20").await.error(404);
    caller.get("/v1/items/item-2").await.ok();
    let twice = caller.post(&format!("/v1/imports/{id}/confirm"), json!({})).await;
    assert_eq!(twice.error(404), "nothing_asked");
    assert!(incoming(&live).is_empty());
}

#[tokio::test]
async fn events_are_taken_and_answered_while_a_feed_goes_in_and_the_audit_agrees() {
    let live = trained();
    let caller = open(&live);
    let text = feed(1000..41_000, "12.50 CNY");
    let pushing = caller.clone();
    let push = tokio::spawn(async move { pushing.put_file("/v1/feed", "text/plain", &text).await });
    let (mut n, mut during) = (0, 0);
    while !push.is_finished() {
        let event = json!({"shopper": "busy", "item_id": format!("item-{}", n % 24), "kind": "view",
            "message_id": format!("m{n}")});
        assert_eq!(caller.post("/v1/events", event).await.ok()["accepted"], 1);
        caller.post("/v1/recommendations", json!({"shopper": "busy", "k": 5})).await.ok();
        n += 1;
        let runs = caller.get("/v1/imports").await.ok();
        during += u32::from(runs["imports"][0]["state"] == "running");
    }
    let reply = push.await.unwrap();
    assert!(matches!(reply.status.as_u16(), 200 | 202), "{}", reply.text);
    let run = ended(&caller, reply.json()["id"].as_str().unwrap()).await;
    assert_eq!(run["report"]["loaded"]["items"]["fresh"], 40_000, "{run}");
    assert!(during > 1, "{n} events, {during} of them during the import");
    let kept = caller.get("/v1/shoppers/busy/export").await.ok();
    assert_eq!(kept["events"].as_array().unwrap().len(), n, "no acknowledged event is lost");
    let asked = json!({"shopper": "busy", "k": 30});
    let answer = caller.post("/v1/recommendations", asked).await.ok();
    let path =
        format!("/v1/recommendations/{}?verify=true", answer["request_id"].as_str().unwrap());
    let verified = caller.get(&path).await.ok();
    assert_eq!(live.counts().as_of(), live.shop().state().newest().unwrap());
    let audit = &verified["audit"];
    let faults = (&audit["n_failed"], &audit["n_broken"], audit["n_claims"].as_u64() > Some(0));
    assert_eq!(faults, (&json!(0), &json!(0), true), "{audit}");
    let recounted = live.shop().count().unwrap();
    let offered = |counts: &shop::live_counts::LiveCounts| counts.offered().count();
    assert_eq!(offered(&live.counts()), offered(&recounted));
    assert_eq!(live.counts().n_shoppers(), recounted.n_shoppers());
}

/// What a made-up source answers: given the request's head, the whole response.
type Answering = dyn FnMut(usize, &str) -> Vec<u8> + Send;

/// A source of feeds on this machine.
struct Source {
    address: String,
    n_asked: Arc<AtomicUsize>,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Source {
    fn that(mut answer: Box<Answering>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/feed.txt", listener.local_addr().unwrap());
        let (n_asked, heads) =
            (Arc::new(AtomicUsize::new(0)), Arc::<Mutex<Vec<String>>>::default());
        let (asked, kept) = (Arc::clone(&n_asked), Arc::clone(&heads));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let head = head_of(&mut stream);
                let n = asked.fetch_add(1, Ordering::SeqCst);
                kept.lock().unwrap().push(head.clone());
                // A caller that gave up is no concern of the source.
                let _ = stream.write_all(&answer(n, &head));
            }
        });
        Self { address, n_asked, heads }
    }

    fn n_asked(&self) -> usize {
        self.n_asked.load(Ordering::SeqCst)
    }
}

fn head_of(stream: &mut TcpStream) -> String {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
        head.push(byte[0]);
    }
    String::from_utf8_lossy(&head).to_ascii_lowercase()
}

fn response(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
    .into_bytes()
}

/// A shop with one feed that is only pulled when asked.
fn pulling(source: &str, more: &str) -> Arc<Live> {
    with_settings(&format!(
        "[[feeds]]\nname = \"main\"\nsource = \"{source}\"\nevery = \"1h\"\nformat = \"merchant\"\n{more}\n"
    ))
}

/// Pulls the feed; what is known of it when the look has ended.
async fn pulled(caller: &Caller) -> Value {
    let reply = caller.post("/v1/feeds/main/pull", json!({})).await;
    assert_eq!(reply.status, 202, "{}", reply.text);
    let begun = Instant::now();
    loop {
        let feed = caller.get("/v1/feeds").await.ok()["feeds"][0].clone();
        if feed["is_looking"] == false {
            return feed;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "the look does not end: {feed}");
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_says_not_modified_is_not_fetched_again() {
    let source = Source::that(Box::new(|_, head| {
        let tags = "etag: \"v1\"\r\nlast-modified: Mon, 01 Jun 2026 00:00:00 GMT\r\n";
        if head.contains("if-none-match: \"v1\"") {
            return response("304 Not Modified", tags, "");
        }
        response("200 OK", tags, &feed(500..510, "5.00 CNY"))
    }));
    let live = pulling(&source.address, "");
    let caller = open(&live);
    let first = pulled(&caller).await;
    assert_eq!(first["outcome"], "imported", "{first}");
    caller.get("/v1/items/item-505").await.ok();
    let second = pulled(&caller).await;
    assert_eq!((&second["outcome"], source.n_asked()), (&json!("unchanged"), 2), "{second}");
    let asked = source.heads.lock().unwrap()[1].clone();
    assert!(asked.contains("if-modified-since: mon, 01 jun 2026"), "{asked}");
    assert_eq!(caller.get("/v1/imports").await.ok()["imports"].as_array().unwrap().len(), 1);
    assert!(second["next"].as_i64().unwrap() > second["looked"].as_i64().unwrap() + 3_590_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_bytes_are_not_imported_again_where_a_source_has_no_validators() {
    let source =
        Source::that(Box::new(|n, _| response("200 OK", "", &feed(0..3 + n / 2, "5.00 CNY"))));
    let live = pulling(&source.address, "");
    let caller = open(&live);
    let mut outcomes = Vec::new();
    for _ in 0..3 {
        outcomes.push(pulled(&caller).await["outcome"].as_str().unwrap().to_owned());
    }
    assert_eq!(outcomes, ["imported", "unchanged", "imported"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_fails_changes_nothing_and_is_asked_ever_more_seldom() {
    let whole = feed(600..700, "5.00 CNY");
    let source = Source::that(Box::new(move |n, _| match n {
        0 => response("500 Internal Server Error", "", "sorry"),
        1 => response("200 OK", "", &whole)[..2000].to_vec(),
        2 => response("302 Found", "location: http://169.254.169.254/latest\r\n", ""),
        3 => response("200 OK", "", "<html>log in</html>"),
        _ => response("200 OK", "", &whole),
    }));
    let live = pulling(&source.address, "");
    let caller = open(&live);
    let mut waits = Vec::new();
    for (outcome, told) in [
        ("unfetched", "500"),
        ("unfetched", "then the connection broke"),
        ("unfetched", "not of the public network"),
        ("refused", ""),
    ] {
        let feed = pulled(&caller).await;
        assert_eq!(feed["outcome"], outcome, "{feed}");
        assert!(feed["problem"].as_str().unwrap_or_default().contains(told), "{feed}");
        waits.push((feed["next"].as_i64().unwrap() - feed["looked"].as_i64().unwrap()) / 60_000);
        assert!(incoming(&live).is_empty());
        caller.get("/v1/items/item-650").await.error(404);
    }
    assert_eq!(waits, [1, 2, 4, 8]);
    let good = pulled(&caller).await;
    assert_eq!((&good["outcome"], &good["n_failed"]), (&json!("imported"), &json!(0)));
    caller.get("/v1/items/item-650").await.ok();
    let imports = caller.get("/v1/imports").await.ok();
    assert_eq!(imports["imports"][1]["state"], "failed", "{imports}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_is_slow_or_too_large_is_given_up() {
    let (let_go, held) = mpsc::channel::<()>();
    let slow = Source::that(Box::new(move |_, _| {
        // Until the test is over.
        let _ = held.recv();
        Vec::new()
    }));
    let live = pulling(&slow.address, "timeout_seconds = 1");
    let feed_state = pulled(&open(&live)).await;
    assert!(feed_state["problem"].as_str().unwrap().contains("timeout_seconds"), "{feed_state}");
    drop(let_go);

    let large = Source::that(Box::new(|_, _| response("200 OK", "", &feed(0..99, "5.00 CNY"))));
    let live = pulling(&large.address, "limit_bytes = 500");
    let feed_state = pulled(&open(&live)).await;
    assert!(feed_state["problem"].as_str().unwrap().contains("limit_bytes"), "{feed_state}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pulled_feed_that_loses_most_items_waits_for_a_yes_in_the_console() {
    let source = Source::that(Box::new(|_, _| response("200 OK", "", &feed(0..3, "5.00 CNY"))));
    let live = pulling(&source.address, "options = { complete = true }");
    let caller = open(&live);
    let asked = pulled(&caller).await;
    assert_eq!(asked["outcome"], "asked", "{asked}");
    caller.get("/v1/items/item-20").await.ok();
    assert_eq!(pulled(&caller).await["outcome"], "unchanged", "it asks once");

    let browser = caller.with("host", "127.0.0.1:7700").with("origin", "http://127.0.0.1:7700");
    let browser = browser.with("content-type", "application/x-www-form-urlencoded");
    let page = browser.get("/console/feeds").await.text;
    assert!(
        page.contains("/console/feeds/main/confirm") && page.contains(&source.address),
        "{page}"
    );
    let sent =
        browser.send(axum::http::Method::POST, "/console/feeds/main/confirm", Vec::new()).await;
    assert_eq!(sent.status, 303, "{}", sent.text);
    let runs = caller.get("/v1/imports").await.ok();
    let done = ended(&caller, runs["imports"][0]["id"].as_str().unwrap()).await;
    assert_eq!(done["report"]["gone"]["done"], "retired", "{done}");
    caller.get("/v1/items/item-20").await.error(404);
    assert!(incoming(&live).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_read_again_only_when_it_was_written_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("feed.txt");
    std::fs::write(&path, feed(700..705, "5.00 CNY")).unwrap();
    let live = pulling(path.to_str().unwrap(), "");
    let caller = open(&live);
    assert_eq!(pulled(&caller).await["outcome"], "imported");
    assert_eq!(pulled(&caller).await["outcome"], "unchanged");
    std::fs::write(&path, feed(700..706, "5.00 CNY")).unwrap();
    assert_eq!(pulled(&caller).await["outcome"], "imported");
    caller.get("/v1/items/item-705").await.ok();
    std::fs::remove_file(&path).unwrap();
    let gone = pulled(&caller).await;
    assert_eq!(gone["outcome"], "unfetched", "{gone}");
    std::fs::create_dir(&path).unwrap();
    let told = pulled(&caller).await["problem"].as_str().unwrap().to_owned();
    assert!(told.contains("is no file") && Path::new(&path).is_dir(), "{told}");
}
