//! A tiny shop, and a caller.

use std::sync::{Arc, LazyLock};

use app::Live;
use app::config::ServeConfig;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use domain::{
    Currency, Event, EventKind, EventTime, Item, ItemId, Money, Rating, Review, SubjectId, Text,
    Timestamp,
};
use serde_json::Value;
use server::{SampleShopper, ServeOptions, Service, router};
use shop::Access;
use tower::ServiceExt;

pub(crate) const SERVER_KEY: &str = "server-key-of-the-tests";
pub(crate) const ADMIN_KEY: &str = "admin-key-of-the-tests";
pub(crate) const PUBLISHABLE_KEY: &str = "publishable-key-of-the-tests";

/// A title and a brand that would run if a page took them for markup.
pub(crate) const HOSTILE: &str = "<script>alert('x')</script>";

const N_ITEMS: usize = 24;
const N_SHOPPERS: usize = 36;

/// 2026-05-01.
const FIRST_DAY: i64 = 1_777_593_600_000;

/// The shop that all tests share; each uses shoppers and items of its own where it writes.
pub(crate) fn shared() -> Arc<Live> {
    static SHARED: LazyLock<Arc<Live>> = LazyLock::new(trained);
    Arc::clone(&SHARED)
}

/// A shop of its own, trained.
pub(crate) fn trained() -> Arc<Live> {
    let live = untrained();
    live.train(&|_| {}).unwrap();
    live
}

/// A shop of its own, before its first training.
pub(crate) fn untrained() -> Arc<Live> {
    with_settings("")
}

/// A shop of its own, trained, that puts its questionnaire to everybody.
pub(crate) fn asking() -> Arc<Live> {
    let live = with_settings("[surveys]\nshare = 1.0\n");
    live.train(&|_| {}).unwrap();
    live
}

pub(crate) fn with_settings(more: &str) -> Arc<Live> {
    all_settings(&format!("[shop]\nsimulated = true\n{more}"))
}

/// A shop of its own, before its first training, that says that its shoppers are real.
pub(crate) fn untrained_and_real() -> Arc<Live> {
    all_settings("")
}

fn all_settings(settings: &str) -> Arc<Live> {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap().keep();
    let settings = format!("{settings}\n[signals.tuning]\nenabled = false\n");
    std::fs::write(folder.join("candor.toml"), settings).unwrap();
    let live = Live::new(app::open(&folder, Access::Create).unwrap()).unwrap();
    live.collector.put_items((0..N_ITEMS).map(item).collect()).unwrap();
    live.collector.collect((0..N_SHOPPERS).flat_map(purchases).collect()).unwrap();
    live.collector.collect_reviews((0..8).map(review).collect()).unwrap();
    Arc::new(live)
}

pub(crate) fn item_id(n: usize) -> ItemId {
    ItemId::new(format!("item-{n}")).unwrap()
}

fn item(n: usize) -> Item {
    let mut item = Item::bare(item_id(n));
    let (zh, en) = [("口红", "Lipstick"), ("绿茶", "Green tea"), ("茶杯", "Tea cup")][n % 3];
    item.title = Text::both(format!("{zh}{n}号"), format!("{en} no. {n}"));
    item.brand = Text::both("花颜", "Huayan");
    item.categories = vec![Text::both(zh, en)];
    let minor = 1000 + 100 * n as i64;
    item.price = Some(Money { minor, currency: Currency::CNY });
    if n == 3 {
        item.title = Text::from(HOSTILE);
        item.brand = Text::from("\"><img src=x onerror=alert(1)>");
    }
    item
}

/// Shoppers stay within one category and go through it in its order.
fn purchases(shopper: usize) -> Vec<Event> {
    let in_category = (0..N_ITEMS / 3).map(|step| shopper % 3 + 3 * step);
    let bought = in_category.skip(shopper / 3 % 4).take(4).enumerate();
    bought.map(|(day, n)| purchase(&format!("shopper-{shopper}"), n, day as i64)).collect()
}

fn purchase(shopper: &str, n: usize, day: i64) -> Event {
    Event {
        subject: SubjectId::new(shopper).unwrap(),
        kind: EventKind::Purchase,
        item_id: item_id(n),
        time: EventTime::At(Timestamp(FIRST_DAY + day * domain::time::DAY_MS)),
        quantity: 1,
        price: None,
        session: None,
        request_id: None,
        region: None,
        device: None,
        zone_minutes: None,
        source_key: format!("{shopper} {n}"),
    }
}

fn review(n: usize) -> Review {
    Review {
        subject: SubjectId::new(format!("shopper-{n}")).unwrap(),
        item_id: item_id(9),
        time: EventTime::At(Timestamp(FIRST_DAY)),
        rating: Some(Rating::new(5.0).unwrap()),
        title: String::new(),
        text: "good".to_owned(),
        source_key: "review".to_owned(),
    }
}

/// Settings without keys, with limits that no test reaches by accident.
pub(crate) fn open_settings(live: &Live) -> ServeConfig {
    let mut settings = live.config().serve.clone();
    (settings.requests_per_second, settings.burst) = (100_000, 100_000);
    // Pages show what is newest, however slow the machine is.
    (settings.patience_ms, settings.timeout_seconds) = (60_000, 90);
    settings
}

/// Settings with all three keys.
pub(crate) fn locked_settings(live: &Live) -> ServeConfig {
    ServeConfig {
        server_key: Some(SERVER_KEY.to_owned()),
        admin_key: Some(ADMIN_KEY.to_owned()),
        publishable_key: Some(PUBLISHABLE_KEY.to_owned()),
        ..open_settings(live)
    }
}

pub(crate) fn options(settings: ServeConfig) -> ServeOptions {
    let ann = SampleShopper {
        subject: SubjectId::new("shopper-0").unwrap(),
        name: Text::both("安：喜欢口红", "Ann, who likes lipstick"),
    };
    ServeOptions { settings, sample_shoppers: vec![ann] }
}

/// Somebody who calls the server, always with the same headers.
#[derive(Clone)]
pub(crate) struct Caller {
    router: Router,
    headers: Vec<(&'static str, String)>,
}

/// What came back.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Caller {
    pub(crate) fn new(live: Arc<Live>, settings: ServeConfig) -> Self {
        let service = Service::new(live, options(settings)).unwrap();
        Self { router: router(&service), headers: Vec::new() }
    }

    /// Somebody at the shared shop's open server.
    pub(crate) fn open() -> Self {
        let live = shared();
        let settings = open_settings(&live);
        Self::new(live, settings)
    }

    pub(crate) fn with(&self, name: &'static str, value: impl Into<String>) -> Self {
        let mut caller = self.clone();
        caller.headers.push((name, value.into()));
        caller
    }

    pub(crate) fn with_key(&self, key: &str) -> Self {
        self.with("authorization", format!("Bearer {key}"))
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: Vec<u8>) -> Reply {
        let mut request = Request::builder().method(method).uri(path);
        let names_type = self.headers.iter().any(|(name, _)| *name == "content-type");
        if !body.is_empty() && !names_type {
            request = request.header("content-type", "application/json");
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let request = request.body(Body::from(body)).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        Reply { status: parts.status, headers: parts.headers, text }
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, Vec::new()).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Reply {
        self.send(Method::POST, path, body.to_string().into_bytes()).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Reply {
        self.send(Method::PUT, path, body.to_string().into_bytes()).await
    }

    /// Sends a file as the body, under a content type.
    pub(crate) async fn put_file(
        &self,
        path: &str,
        content_type: &'static str,
        file: &str,
    ) -> Reply {
        let caller = self.with("content-type", content_type);
        caller.send(Method::PUT, path, file.as_bytes().to_vec()).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Reply {
        self.send(Method::DELETE, path, Vec::new()).await
    }
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{e}: {}", self.text))
    }

    /// The body, after making sure that all went well.
    pub(crate) fn ok(&self) -> Value {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text);
        self.json()
    }

    /// The error's code, after making sure of its status and that it is complete.
    pub(crate) fn error(&self, status: u16) -> String {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        let error = &self.json()["error"];
        for part in ["code", "message", "hint"] {
            assert!(error[part].as_str().is_some_and(|text| !text.is_empty()), "{}", self.text);
        }
        error["code"].as_str().unwrap().to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}
