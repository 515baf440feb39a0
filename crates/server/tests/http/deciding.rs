//! What is decided in the console: experiments and models, each with its reason; and the public page.

use std::sync::Arc;

use app::Live;
use axum::http::Method;

use crate::shop::{
    Caller, HOSTILE, Reply, SERVER_KEY, locked_settings, open_settings, shared, trained, untrained,
};

const HOST: &str = "127.0.0.1:7700";
const HOSTILE_FORM: &str = "%3Cscript%3Ealert(1)%3C%2Fscript%3E";

fn operator(live: &Arc<Live>) -> Caller {
    reading(live, "en")
}

fn reading(live: &Arc<Live>, lang: &str) -> Caller {
    let caller = Caller::new(Arc::clone(live), open_settings(live));
    caller.with("host", HOST).with("accept-language", lang)
}

async fn submit(browser: &Caller, path: &str, form: &str) -> Reply {
    let browser = browser
        .with("origin", format!("http://{HOST}"))
        .with("content-type", "application/x-www-form-urlencoded");
    browser.send(Method::POST, path, form.as_bytes().to_vec()).await
}

async fn read(browser: &Caller, path: &str) -> String {
    let page = browser.get(path).await;
    assert_eq!(page.status, 200, "{path}\n{}", page.text);
    page.text
}

#[tokio::test]
async fn an_experiment_is_started_watched_and_ended_with_its_reason() {
    let live = trained();
    let browser = operator(&live);
    let form = format!(
        "name=shorter&hypothesis={HOSTILE_FORM}&change=brief&primary=conversion&share=30&\
         baseline=10&smallest=20"
    );
    let started = submit(&browser, "/console/experiments", &form).await;
    assert_eq!(started.header("location"), "/console/experiments/shorter?done=started");
    let page = read(&browser, "/console/experiments/shorter").await;
    assert!(page.contains("7678") && page.contains("Too few shoppers to tell"), "{page}");
    assert!(!page.contains("<script") && page.contains("&#60;script&#62;"), "{page}");
    assert!(read(&browser, "/console/experiments").await.contains("/console/experiments/shorter"));

    let without_reason =
        submit(&browser, "/console/experiments/shorter/end", "ending=keep&why=+").await;
    assert_eq!(without_reason.status, 422);
    assert!(without_reason.text.contains("say why"), "{}", without_reason.text);
    let unknown = submit(&browser, "/console/experiments/shorter/end", "ending=maybe&why=so").await;
    assert_eq!(unknown.status, 422);
    let promote = format!("ending=promote:treatment&why={HOSTILE_FORM}");
    let ended = submit(&browser, "/console/experiments/shorter/end", &promote).await;
    assert_eq!(ended.header("location"), "/console/experiments?done=ended", "{}", ended.text);
    let page = read(&browser, "/console/experiments?done=ended").await;
    for told in ["given to everybody", "shorter-rollout", "the reason is on record"] {
        assert!(page.contains(told), "{told}\n{page}");
    }
    assert!(!page.contains("<script"), "{page}");
    let page = read(&reading(&live, "zh"), "/console/experiments/shorter").await;
    assert!(page.contains("实验已结束") && !page.contains("Shoppers"), "{page}");
}

#[tokio::test]
async fn a_form_that_makes_no_sense_starts_nothing_and_names_the_field() {
    let live = trained();
    let browser = operator(&live);
    for (form, field) in [
        ("name=x&change=everything", "change"),
        ("name=x&change=brief&share=150", "share"),
        ("name=&change=brief", "name"),
        ("name=x&change=brief&baseline=90&smallest=50", "smallest"),
        ("name=x&change=model:nothing", "model"),
    ] {
        let refused = submit(&browser, "/console/experiments", form).await;
        assert!(refused.status.is_client_error(), "{form}\n{}", refused.text);
        assert!(refused.text.contains(field), "{field}\n{}", refused.text);
    }
    assert!(live.shop().experiments().unwrap().is_empty());
}

#[tokio::test]
async fn a_model_is_put_into_use_and_taken_back_with_its_reason() {
    let live = trained();
    let first = live.model().unwrap().version.to_string();
    live.train(&|_| {}).unwrap();
    let browser = operator(&live);
    let page = read(&browser, "/console/models").await;
    assert!(page.contains(&first) && page.contains("Train now") && page.contains("NDCG@10"));
    let promote = format!("model={first}&why=the+new+one+is+slow");
    let promoted = submit(&browser, "/console/models/promote", &promote).await;
    assert_eq!(promoted.header("location"), "/console/models?done=promoted", "{}", promoted.text);
    assert_eq!(live.model().unwrap().version.to_string(), first);
    let again = submit(&browser, "/console/models/promote", &promote).await;
    assert_eq!(again.status, 422, "it is in use already");
    let page = read(&browser, "/console/models").await;
    assert!(page.contains("the new one is slow") && page.contains("/console/models/rollback"));
    let back = submit(&browser, "/console/models/rollback", "why=it+was+the+network").await;
    assert_eq!(back.header("location"), "/console/models?done=rolled_back", "{}", back.text);
    assert_ne!(live.model().unwrap().version.to_string(), first);
}

#[tokio::test]
async fn nobody_decides_from_another_site_or_without_the_admin_key() {
    let live = shared();
    let kind = "application/x-www-form-urlencoded";
    let locked = Caller::new(shared(), locked_settings(&live)).with("host", HOST);
    let paths = [
        "/console/experiments",
        "/console/experiments/x/end",
        "/console/models/train",
        "/console/models/promote",
        "/console/models/rollback",
    ];
    for path in paths {
        let elsewhere = operator(&live).with("origin", "https://evil.example");
        let elsewhere = elsewhere.with("content-type", kind);
        let reply = elsewhere.send(Method::POST, path, b"why=so".to_vec()).await;
        assert_eq!(reply.status, 403, "{path}\n{}", reply.text);
        for caller in [locked.clone(), locked.with_key(SERVER_KEY)] {
            let reply = submit(&caller, path, "why=so").await;
            assert_eq!(reply.header("location"), "/console/login?back=%2Fconsole", "{path}");
        }
    }
}

#[tokio::test]
async fn trust_is_told_in_three_parts_and_checked_on_demand() {
    let browser = operator(&shared());
    let page = read(&browser, "/console/trust").await;
    for part in ["Questionnaire", "Behaviour", "Over-trust", "Check now", "probes.traffic"] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    let page = read(&browser, "/console/trust?audit=1").await;
    assert!(page.contains("Claims that recompute to the same"), "{page}");
    assert!(page.contains("Exposure by popularity") && !page.contains("Check now"), "{page}");
}

#[tokio::test]
async fn an_empty_shop_has_every_page_and_says_what_to_do() {
    let browser = operator(&untrained());
    assert!(read(&browser, "/console/models").await.contains("Nothing was trained yet"));
    assert!(read(&browser, "/console/data").await.contains("No file was imported yet"));
    assert!(read(&browser, "/console/experiments").await.contains("No experiment is running"));
    assert!(read(&browser, "/transparency").await.contains("Nothing was trained yet"));
}

#[tokio::test]
async fn how_a_shop_recommends_is_open_to_everybody_in_both_languages() {
    let live = shared();
    let anybody = Caller::new(shared(), locked_settings(&live)).with("accept-language", "en");
    let page = read(&anybody, "/transparency").await;
    assert!(page.contains("Prices are never personalised") && page.contains("What comes next"));
    let page = read(&anybody, "/transparency?lang=zh").await;
    assert!(page.contains("价格从不因人而异") && !page.contains("Weight"), "{page}");
    assert!(!page.contains(HOSTILE) && page.contains("lang=\"zh-CN\""));
}
