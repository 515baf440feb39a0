//! Figures that take a reading of the log, and evaluations that are kept: what the console shows of
//! them, and when it reads again.

use std::sync::Arc;

use app::Live;
use axum::http::Method;
use domain::Timestamp;
use evaluation::evaluate::EvaluateConfig;
use evaluation::kept::MadeBy;
use serde_json::json;

use crate::shop::{Caller, open_settings, trained};

const HOST: &str = "127.0.0.1:7700";

/// 2026-05-01, when the tiny shop's log begins.
const FIRST_DAY: i64 = 1_777_593_600_000;

fn reading(live: &Arc<Live>, lang: &str) -> Caller {
    let caller = Caller::new(Arc::clone(live), open_settings(live));
    caller.with("host", HOST).with("accept-language", lang)
}

fn operator(live: &Arc<Live>) -> Caller {
    reading(live, "en")
}

/// Somebody who waits for nothing.
fn impatient(live: &Arc<Live>) -> Caller {
    let mut settings = open_settings(live);
    settings.patience_ms = 0;
    Caller::new(Arc::clone(live), settings).with("accept-language", "en")
}

async fn read(browser: &Caller, path: &str) -> String {
    let page = browser.get(path).await;
    assert_eq!(page.status, 200, "{path}\n{}", page.text);
    page.text
}

/// The page once it no longer asks to be loaded again, as a browser would come to it.
async fn settled(browser: &Caller, path: &str) -> String {
    for _ in 0..1_000_000 {
        let page = read(browser, path).await;
        if !page.contains("http-equiv=\"refresh\"") {
            return page;
        }
        tokio::task::yield_now().await;
    }
    panic!("{path} never shows itself");
}

fn evaluate(live: &Live) -> String {
    let config = EvaluateConfig::default();
    let evaluated = evaluation::evaluate(live.shop(), &config, &|_| {}).unwrap();
    let command = "candor evaluate --shop '<script>'";
    let by = MadeBy { command, seed: config.seed, at: Timestamp(FIRST_DAY) };
    let name = evaluation::kept::keep(live.shop(), &evaluated, &by).unwrap();
    assert_eq!(evaluation::kept::read(live.shop(), &name).unwrap().evaluated, evaluated);
    name
}

fn bought(shopper: &str, n: usize, message: &str) -> serde_json::Value {
    json!([{
        "kind": "purchase", "shopper": shopper, "item_id": format!("item-{n}"),
        "time": "2026-05-04T12:00:00Z", "message_id": message,
    }])
}

#[tokio::test]
async fn the_newest_evaluation_is_shown_with_how_and_when_it_was_made() {
    let live = trained();
    let browser = operator(&live);
    let before = read(&browser, "/console").await;
    assert!(before.contains("Each signal ranking alone"), "{before}");
    assert!(before.contains("candor evaluate --shop"), "the command that makes a report");
    let name = evaluate(&live);
    let page = read(&browser, "/console").await;
    let told = ["Every method on test events (simulated)", "EASE", "item-kNN", "most bought ever"];
    let made = ["2026-05-01 00:00 UTC", "each shopper’s last event", "(0."];
    for text in told.iter().chain(&made) {
        assert!(page.contains(text), "{text} is not on\n{page}");
    }
    assert!(!page.contains("Each signal ranking alone"), "{page}");
    let path = format!("/console/models/evaluations/{name}");
    assert!(page.contains(&path) && read(&browser, "/console/models").await.contains(&path));
    let chinese = read(&reading(&live, "zh"), "/console").await;
    assert!(chinese.contains("各算法在测试集上的准确度") && chinese.contains("近七天热销"));
}

#[tokio::test]
async fn a_kept_report_is_a_page_of_the_console_in_both_languages_without_any_style_of_its_own() {
    let live = trained();
    let path = format!("/console/models/evaluations/{}", evaluate(&live));
    for (lang, heading) in [("en", "What was compared"), ("zh", "比较了什么")] {
        let page = read(&reading(&live, lang), &path).await;
        for text in [heading, "<figure class=\"chart\"", "&#60;script&#62;", "class=\"simulated\""]
        {
            assert!(page.contains(text), "{text} is not on\n{page}");
        }
        for forbidden in ["<style", "<script", "style=\"", "unsafe-inline"] {
            assert!(!page.contains(forbidden), "{forbidden} is on\n{page}");
        }
    }
    let none = operator(&live).get("/console/models/evaluations/2026-01-01-none").await;
    assert_eq!(none.status, 404);
    let outside = operator(&live).get("/console/models/evaluations/..%2Fcandor").await;
    assert_eq!(outside.status, 404);
}

#[tokio::test]
async fn a_damaged_report_says_so_and_the_page_stays_whole() {
    let live = trained();
    let name = evaluate(&live);
    let file = live.shop().folder().join(format!("evaluations/{name}.json"));
    let whole = std::fs::read(&file).unwrap();
    let too_long = vec![b' '; 5_000_000];
    let of_another_form = br#"{"form": 9}"#;
    for damaged in [&whole[..whole.len() / 2], b"", b"[]", &too_long, of_another_form] {
        std::fs::write(&file, damaged).unwrap();
        let page = read(&operator(&live), "/console").await;
        for text in ["cannot be read", &name, "is damaged", "Each signal ranking alone", "Trust"] {
            assert!(page.contains(text), "{text} is not on\n{page}");
        }
        let report = operator(&live).get(&format!("/console/models/evaluations/{name}")).await;
        assert_eq!(report.status, 500, "{}", report.text);
        assert!(report.text.contains("is damaged"), "{}", report.text);
        assert!(read(&operator(&live), "/console/models").await.contains(&name));
    }
}

#[tokio::test]
async fn an_evaluation_started_in_the_console_leaves_its_report_there() {
    let live = trained();
    let browser = operator(&live);
    let sent = browser.with("origin", format!("http://{HOST}"));
    let sent = sent.with("content-type", "application/x-www-form-urlencoded");
    let form = b"protocol=shopper".to_vec();
    let started = sent.send(Method::POST, "/console/models/evaluate", form).await;
    assert_eq!(
        started.header("location"),
        "/console/models?watch=1&done=evaluating",
        "{}",
        started.text
    );
    let page = settled(&browser, "/console/models?watch=1").await;
    assert!(page.contains("Report of") && page.contains("Evaluate now"), "{page}");
    let overview = read(&browser, "/console").await;
    assert!(overview.contains("the last event of a tenth of the shoppers"), "{overview}");
}

#[tokio::test]
async fn a_second_look_reads_nothing_again_and_a_new_event_brings_new_figures() {
    let live = trained();
    let browser = operator(&live);
    let n_read = || live.reports.n_computed()["overview"];
    let first = read(&browser, "/console").await;
    assert!(first.contains("100.0 %") && !first.contains("97.3 %"), "{first}");
    for _ in 0..3 {
        assert_eq!(read(&browser, "/console").await, first);
    }
    assert_eq!(n_read(), 1);
    let looked = "[{\"kind\": \"view\", \"shopper\": \"newcomer\", \"item_id\": \"item-1\", \
                  \"time\": \"2026-05-04T12:00:00Z\"}]";
    browser.post("/v1/events", serde_json::from_str(looked).unwrap()).await.ok();
    let second = read(&browser, "/console").await;
    assert!(second.contains("97.3 %"), "36 of 37 bought on the last day\n{second}");
    assert_eq!(n_read(), 2);
    let metrics = browser.get("/metrics").await.text;
    assert!(metrics.contains("candor_readings_total{what=\"overview\"} 2"), "{metrics}");
}

#[tokio::test]
async fn every_page_with_a_long_reading_reads_once_for_two_looks() {
    let live = trained();
    let browser = operator(&live);
    let item = json!({"shopper": "shopper-1", "k": 3});
    browser.post("/v1/recommendations", item).await.ok();
    let pages = [
        ("/console/explanations", "explanations"),
        ("/console/explanations?q=shopper-1", "search"),
        ("/console/explanations?tree=1", "tree"),
        ("/console/trust", "trust"),
        ("/console/trust?audit=1", "audit"),
        ("/console/data", "data"),
    ];
    for (path, what) in pages {
        let first = read(&browser, path).await;
        assert_eq!(read(&browser, path).await, first, "{path}");
        assert_eq!(live.reports.n_computed()[what], 1, "{path}");
    }
}

#[tokio::test]
async fn the_first_look_at_a_long_reading_tells_how_far_it_is_and_loads_itself_again() {
    let live = trained();
    let browser = impatient(&live);
    let page = read(&browser, "/console").await;
    assert!(page.contains("<meta http-equiv=\"refresh\" content=\"2; url=/console\">"), "{page}");
    assert!(page.contains("The log is being read") && page.contains("<progress"), "{page}");
    assert!(!page.contains("<figure"), "{page}");
    let page = settled(&browser, "/console").await;
    assert!(page.contains("<figure") && !page.contains("These figures are as of"), "{page}");
    assert_eq!(live.reports.n_computed()["overview"], 1);
    let search = read(&browser, "/console/explanations?q=%22%3E%3Cb%3E&done=x").await;
    let again = "content=\"2; url=/console/explanations?q=%22%3E%3Cb%3E\">";
    assert!(search.contains(again), "{search}");
}

#[tokio::test]
async fn older_figures_are_shown_with_their_moment_while_newer_are_read() {
    let live = trained();
    let browser = impatient(&live);
    settled(&browser, "/console").await;
    browser.post("/v1/events", bought("shopper-1", 2, "later")).await.ok();
    let page = read(&browser, "/console").await;
    assert!(page.contains("These figures are as of 20"), "{page}");
    assert!(page.contains("<figure") && !page.contains("http-equiv=\"refresh\""), "{page}");
}

#[tokio::test]
async fn nothing_of_an_erased_shopper_is_left_in_what_was_read() {
    let live = trained();
    let browser = operator(&live);
    let asked = json!({"shopper": "shopper-2", "k": 3});
    let answer = browser.post("/v1/recommendations", asked).await.ok();
    let request_id = answer["request_id"].as_str().unwrap();
    for path in ["/console/explanations", "/console/explanations?q=shopper-2"] {
        assert!(read(&browser, path).await.contains(request_id), "{path}");
    }
    browser.delete("/v1/shoppers/shopper-2").await.ok();
    for path in ["/console/explanations", "/console/explanations?q=shopper-2"] {
        assert!(!read(&browser, path).await.contains(request_id), "{path}");
    }
    assert!(!impatient(&live).get("/console/explanations").await.text.contains(request_id));
}

#[tokio::test]
async fn each_experiment_that_runs_has_its_lines_to_choose() {
    let live = trained();
    let browser = operator(&live);
    for (name, layer) in [("first", "one"), ("second", "two")] {
        let variants =
            json!([{"name": "as_is"}, {"name": "brief", "change": {"phrasing": "brief"}}]);
        let experiment = json!({
            "name": name, "layer": layer, "control": "as_is", "variants": variants,
        });
        let started = browser.post("/v1/experiments", experiment).await;
        assert!(started.status.is_success(), "{}", started.text);
    }
    for n in 0..36 {
        let shopper = format!("shopper-{n}");
        browser.post("/v1/recommendations", json!({"shopper": shopper, "k": 1})).await.ok();
        browser.post("/v1/events", bought(&shopper, n % 3, &format!("again {n}"))).await.ok();
    }
    let page = read(&browser, "/console").await;
    assert!(page.contains("<option selected>first</option><option>second</option>"), "{page}");
    assert!(page.contains("first/as_is") && !page.contains("second/"), "{page}");
    let page = read(&browser, "/console?experiment=second").await;
    assert!(page.contains("<option>first</option><option selected>second</option>"), "{page}");
    assert!(page.contains("second/brief") && !page.contains("first/"), "{page}");
    let unknown = read(&browser, "/console?experiment=%3Cb%3E").await;
    assert!(unknown.contains("<option selected>first</option>"), "{unknown}");
    assert_eq!(live.reports.n_computed()["overview"], 1, "a choice reads nothing again");
}
