//! What only a browser shows: pages that work, complain of nothing, and can be used by everybody.
//!
//! Needs `chromedriver` and Chromium on the PATH; without them every test says that it was skipped.

#![expect(clippy::unwrap_used, reason = "a test fails where something is missing")]

#[path = "http/shop.rs"]
#[expect(dead_code, reason = "the other tests use the rest")]
mod shop;

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use server::serve_until;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// What WCAG asks of a page, as far as a script can see: names, labels, contrast, headings, order.
const CHECKS: &str = include_str!("browser/checks.js");

/// A driver of browsers; ends with the test.
struct Driver {
    process: Child,
    url: String,
}

impl Driver {
    /// `None`, and a line that says so, where there is no driver or no browser.
    fn start() -> Option<Self> {
        let has = |name: &str| {
            let path = std::env::var_os("PATH").unwrap_or_default();
            std::env::split_paths(&path).any(|folder| folder.join(name).is_file())
        };
        let browsers = ["chromium", "chromium-browser", "google-chrome"];
        if !has("chromedriver") || !browsers.into_iter().any(has) {
            // Not by a printing macro, whose line is not shown for a test that passes.
            let line = b"SKIPPED: no chromedriver with Chromium is on the PATH\n";
            std::io::stderr().write_all(line).unwrap();
            return None;
        }
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // It says which port it took: "… started successfully on port 12345."
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
            let (_, port) = line.split_once("successfully on port ")?;
            port.trim_end_matches('.').parse::<u16>().ok()
        });
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Some(Self { process, url: format!("http://127.0.0.1:{}", port.unwrap()) })
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Each has ended already where this fails.
        let _ended = self.process.kill();
        let _reaped = self.process.wait();
    }
}

/// One browser, told what to do over the `WebDriver` protocol.
#[derive(Clone)]
struct Browser {
    agent: ureq::Agent,
    /// Where this session's commands go.
    session: String,
}

/// Under which an answer names an element, by the protocol.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

impl Browser {
    async fn start(driver: &str, wanted: Value) -> Self {
        let settings = ureq::Agent::config_builder().http_status_as_error(false).build();
        let starting = Self { agent: settings.into(), session: format!("{driver}/session") };
        let begun = starting.tell("", json!({"capabilities": {"alwaysMatch": wanted}})).await;
        let begun = begun.unwrap_or_else(|problem| panic!("no browser: {problem}"));
        let session = format!("{}/{}", starting.session, begun["sessionId"].as_str().unwrap());
        Self { session, ..starting }
    }

    /// Sends a command; its value, or what the driver says is wrong.
    async fn tell(&self, command: &str, body: Value) -> Result<Value, String> {
        let (agent, address) = (self.agent.clone(), format!("{}{command}", self.session));
        let told = tokio::task::spawn_blocking(move || {
            let mut reply = agent
                .post(address)
                .content_type("application/json")
                .send(body.to_string())
                .map_err(|e| e.to_string())?;
            let text = reply.body_mut().read_to_string().map_err(|e| e.to_string())?;
            let mut said: Value = serde_json::from_str(&text).map_err(|e| e.to_string())?;
            if reply.status().is_success() { Ok(said["value"].take()) } else { Err(text) }
        });
        told.await.unwrap()
    }

    async fn end(&self) {
        let (agent, address) = (self.agent.clone(), self.session.clone());
        let ended = tokio::task::spawn_blocking(move || agent.delete(address).call());
        ended.await.unwrap().unwrap();
    }
}

/// A browser before the window of a shop of its own.
struct Visit {
    browser: Browser,
    address: String,
    stop: Option<oneshot::Sender<()>>,
    _driver: Driver,
}

impl Visit {
    async fn begin(width: u32, lang: &str) -> Option<Self> {
        let driver = Driver::start()?;
        let live = shop::asking();
        let options = shop::options(shop::open_settings(&live));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        tokio::spawn(serve_until(listener, Arc::clone(&live), options, async {
            let _asked = stopped.await;
        }));
        let arguments = json!([
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            format!("--window-size={width},900"),
            format!("--lang={lang}"),
        ]);
        let wanted = json!({
            "browserName": "chrome",
            "goog:chromeOptions": {"args": arguments, "prefs": {"intl.accept_languages": lang}},
            "goog:loggingPrefs": {"browser": "ALL"},
        });
        let browser = Browser::start(&driver.url, wanted).await;
        Some(Self { browser, address, stop: Some(stop), _driver: driver })
    }

    async fn open(&self, path: &str) {
        let url = json!({"url": format!("{}{path}", self.address)});
        self.browser.tell("/url", url).await.unwrap();
    }

    /// Clicks, and waits until the page that follows is there.
    async fn click(&self, selector: &str) {
        let before = self.mark().await;
        let wanted = json!({"using": "css selector", "value": selector});
        let found = self.browser.tell("/element", wanted).await.unwrap();
        let command = format!("/element/{}/click", found[ELEMENT].as_str().unwrap());
        self.browser.tell(&command, json!({})).await.unwrap();
        self.until(&format!(
            "return document.readyState === 'complete' && window.mark !== {before}"
        ))
        .await;
    }

    /// Marks this page, so that the next one is known not to be it.
    async fn mark(&self) -> u64 {
        let marked = "return window.mark = Math.floor(performance.timeOrigin)";
        self.script(marked).await.as_u64().unwrap()
    }

    async fn run(&self, code: &str) -> Result<Value, String> {
        self.browser.tell("/execute/sync", json!({"script": code, "args": []})).await
    }

    async fn script(&self, code: &str) -> Value {
        self.run(code).await.unwrap()
    }

    async fn until(&self, condition: &str) {
        let wait = async {
            // The page may be on its way out while it is asked.
            while self.run(condition).await != Ok(json!(true)) {
                tokio::task::yield_now().await;
            }
        };
        let waited = tokio::time::timeout(Duration::from_secs(60), wait).await;
        waited.unwrap_or_else(|_| panic!("never: {condition}"));
    }

    async fn text(&self, selector: &str) -> String {
        let code = format!(
            "return [...document.querySelectorAll({selector:?})].map(e => e.innerText).join('\\n')"
        );
        self.script(&code).await.as_str().unwrap().to_owned()
    }

    async fn is_usable(&self, page: &str) {
        let found = self.script(CHECKS).await;
        assert_eq!(found, json!([]), "{page}");
        assert_eq!(self.complaints().await, Vec::<String>::new(), "{page}");
    }

    /// Whatever the console holds: errors, and everything the content policy refused.
    async fn complaints(&self) -> Vec<String> {
        let log = self.browser.tell("/se/log", json!({"type": "browser"})).await.unwrap();
        let lines = log.as_array().unwrap().iter();
        lines.map(|line| line["message"].as_str().unwrap().to_owned()).collect()
    }

    /// From now on the screen is a phone's, and the reader likes it dark.
    async fn on_a_dark_phone(&self) {
        let screen = json!({"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": true});
        let dark = json!({"features": [{"name": "prefers-color-scheme", "value": "dark"}]});
        for (cmd, params) in
            [("Emulation.setDeviceMetricsOverride", screen), ("Emulation.setEmulatedMedia", dark)]
        {
            let command = json!({"cmd": cmd, "params": params});
            self.browser.tell("/goog/cdp/execute", command).await.unwrap();
        }
    }

    async fn end(mut self) {
        self.browser.end().await;
        if let Some(stop) = self.stop.take() {
            stop.send(()).unwrap();
        }
    }
}

const RECOMMENDED: &str = "ol.shelf h3";

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_is_understood_corrects_it_opts_out_and_is_asked() {
    let Some(visit) = Visit::begin(1280, "en").await else { return };
    visit.open("/").await;
    visit.is_usable("the front page of somebody new").await;
    let first = visit.text(RECOMMENDED).await;

    for n in [4, 2, 3] {
        visit.click(&format!("ol.shelf > li:nth-child({n}) h3 a")).await;
        visit.is_usable("an item").await;
        visit.open("/").await;
    }
    let second = visit.text(RECOMMENDED).await;
    assert_ne!(first, second, "what was looked at changes the list");

    let before = visit.text("ol.shelf").await;
    visit.click("ol.shelf a.why").await;
    visit.is_usable("a proof").await;
    assert!(visit.text("main").await.contains("Verified facts"));
    visit.click("button[value=helpful]").await;
    assert!(visit.text("[role=status]").await.contains("Thank you"));
    visit.click(".word button[value=dont_use]").await;
    assert!(visit.text("[role=status]").await.contains("not used any more"));
    assert_ne!(visit.text("ol.shelf").await, before, "what a reason rests on is not used any more");
    visit.is_usable("the list after a correction").await;
    visit.click(".undo button").await;
    assert!(visit.text("[role=status]").await.contains("Taken back"));
    assert_eq!(visit.text(RECOMMENDED).await, second, "and all is as it was");

    visit.script("document.querySelector('.panel input[name=question]').value = 'what do you know about me?'").await;
    visit.click(".panel .question button").await;
    assert!(visit.text(".theirs").await.len() > 20, "{}", visit.text("main").await);
    visit.is_usable("an answer").await;
    visit.open("/").await;

    visit.click(".ask a").await;
    visit.is_usable("the questionnaire").await;
    let n_open = "return document.querySelectorAll('fieldset').length";
    let before = visit.script(n_open).await.as_u64().unwrap();
    visit.script("document.querySelector('input[type=radio]').click()").await;
    visit.click(".survey button").await;
    visit.open("/survey").await;
    assert_eq!(visit.script(n_open).await, json!(before - 1), "an answer is kept");

    visit.open("/me").await;
    visit.is_usable("what is known").await;
    assert!(visit.text("main").await.contains("taken back"));
    visit.click("form[action='/me/profiling'] button").await;
    assert!(visit.text("main").await.contains("Off: nothing is computed"));
    visit.open("/").await;
    assert!(visit.text(".lead").await.contains("nothing of your history was used"));
    visit.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_usable_on_a_phone_in_chinese_and_in_the_dark() {
    let Some(visit) = Visit::begin(500, "zh-CN").await else { return };
    visit.on_a_dark_phone().await;
    visit.open("/").await;
    visit.script("document.querySelector('.who').open = true").await;
    visit.is_usable("the front page").await;
    visit.click(".who button").await;
    visit.open("/item/item-3").await;
    visit.is_usable("an item whose title is markup").await;
    visit.click("form[action='/do'] .button").await;
    visit.open("/cart").await;
    visit.is_usable("the cart").await;
    for path in ["/me", "/survey", "/category", "/category?in=Lipstick", "/item/item-1"] {
        visit.open(path).await;
        assert_eq!(visit.script("return document.documentElement.lang").await, "zh-CN", "{path}");
        visit.is_usable(path).await;
    }
    visit.click("nav.own a[lang=en]").await;
    visit.open("/").await;
    assert_eq!(
        visit.script("return document.documentElement.lang").await,
        "en",
        "it is remembered"
    );
    visit.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_unticks_a_step_and_verifies_a_delivered_reason() {
    let Some(visit) = Visit::begin(1280, "en").await else { return };
    visit.open("/").await;
    visit.open("/console").await;
    visit.is_usable("the overview").await;
    visit.click("nav.pages a[href='/console/recommendations']").await;
    visit.script("document.querySelector('input[name=shopper]').value = 'shopper-0'").await;
    visit.click(".fields .button").await;
    visit.is_usable("the explorer").await;
    visit.script("document.querySelector('.ticks input[type=checkbox]').click()").await;
    visit.click(".ticks + .button").await;
    assert!(visit.text("#what-if").await.contains("Lipstick"));
    visit.is_usable("the list before and after").await;
    visit.click("nav.pages a[href='/console/explanations']").await;
    visit.is_usable("the explanations").await;
    visit.click("#find td a").await;
    visit.click("button[name=verify]").await;
    assert!(visit.text("[role=status]").await.contains("Everything holds"));
    visit.is_usable("a delivered list, verified again").await;
    visit.on_a_dark_phone().await;
    for path in ["/console?lang=zh", "/console/recommendations?lang=zh", "/console/explanations"] {
        visit.open(path).await;
        visit.is_usable(path).await;
    }
    visit.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_starts_an_experiment_reads_its_result_and_ends_it() {
    let Some(visit) = Visit::begin(1280, "en").await else { return };
    visit.open("/console/experiments").await;
    visit.is_usable("no experiment").await;
    visit.script("document.querySelector('input[name=name]').value = 'shorter'").await;
    visit.script("document.querySelector('select[name=change]').value = 'brief'").await;
    visit.click("#new .button").await;
    assert!(visit.text("[role=status]").await.contains("Started"));
    visit.is_usable("a result before anybody came").await;
    visit.open("/").await;
    visit.open("/console/experiments/shorter").await;
    assert!(visit.text("main").await.contains("not decided yet"));
    visit.script("document.querySelector('input[name=why]').value = 'enough was seen'").await;
    visit.click("main form .button").await;
    assert!(visit.text("main").await.contains("enough was seen"));
    visit.is_usable("experiments that have ended").await;
    for path in ["/console/trust", "/console/models", "/console/data", "/console/transparency"] {
        visit.open(path).await;
        visit.is_usable(path).await;
    }
    visit.on_a_dark_phone().await;
    for path in ["/console/experiments/shorter?lang=zh", "/console/trust?audit=1", "/transparency"]
    {
        visit.open(path).await;
        visit.is_usable(path).await;
    }
    visit.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_widget_shows_reasons_tells_what_was_seen_and_takes_feedback() {
    let Some(visit) = Visit::begin(1280, "en").await else { return };
    visit.open("/widget").await;
    let log = "document.getElementById('log').innerText";
    visit.until(&format!("return {log}.includes('candor-exposed')")).await;
    let inside = "document.querySelector('candor-recommendations').shadowRoot";
    visit.script(&format!("{inside}.querySelector('.why').click()")).await;
    visit.until(&format!("return {log}.includes('candor-opened')")).await;
    visit
        .script(&format!("{inside}.querySelector('.proof:popover-open .row button').click()"))
        .await;
    visit.until(&format!("return {log}.includes('candor-feedback')")).await;
    let before = visit.script(&format!("return {inside}.querySelector('ol').innerText")).await;
    visit
        .script(
            "const who = document.querySelector('candor-recommendations'); \
             who.removeAttribute('shopper'); who.setAttribute('lang', 'zh')",
        )
        .await;
    visit.until(&format!("return {inside}.querySelector('h2').innerText === '为您推荐'")).await;
    assert_ne!(
        visit.script(&format!("return {inside}.querySelector('ol').innerText")).await,
        before
    );
    let markup = format!("return {inside}.querySelectorAll('script, img[onerror]').length");
    assert_eq!(visit.script(&markup).await, 0);
    assert!(!visit.text("#log").await.contains("candor-failed"));
    visit.is_usable("the widget's page").await;
    visit.end().await;
}
