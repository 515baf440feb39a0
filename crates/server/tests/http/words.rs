//! The open question of the questionnaire, from the shopper's field to the console.

use axum::http::Method;
use domain::Language;
use serde_json::{Value, json};

use crate::shop::{Caller, HOSTILE, Reply, open_settings, with_settings};

const HOST: &str = "127.0.0.1:7700";

/// A shop of its own that asks everybody, and shows nothing of fewer than five.
fn asking() -> Caller {
    let live = with_settings("[surveys]\nshare = 1.0\nmin_group = 5\n");
    live.train(&|_| {}).unwrap();
    let settings = open_settings(&live);
    Caller::new(live, settings)
}

/// The questionnaire of a shopper who has just seen recommendations.
async fn asked(caller: &Caller, shopper: &str, lang: Language) -> Value {
    let answer = caller.post("/v1/recommendations", json!({"shopper": shopper, "k": 3})).await.ok();
    caller.post("/v1/exposures", json!({"request_id": answer["request_id"]})).await.ok();
    let path = format!("/v1/surveys/next?shopper={shopper}&lang={}", lang.tag());
    caller.get(&path).await.ok()["survey"].clone()
}

async fn write(caller: &Caller, shopper: &str, lang: Language, words: &str) -> Reply {
    let survey = asked(caller, shopper, lang).await;
    let given = json!({"survey_id": survey["survey_id"], "answers": {"u1": 6}, "words": words});
    caller.post("/v1/surveys/answers", given).await
}

async fn console(caller: &Caller, query: &str) -> String {
    let page = caller.with("host", HOST).with("accept-language", "en");
    let page = page.get(&format!("/console/trust{query}")).await;
    assert_eq!(page.status, 200, "{}", page.text);
    page.text
}

/// What is quoted, in order.
fn quotes(page: &str) -> Vec<&str> {
    let quotes = page.split("<blockquote").skip(1).filter_map(|rest| rest.split_once('>'));
    quotes.filter_map(|(_, rest)| rest.split("</blockquote>").next()).collect()
}

#[tokio::test]
async fn words_are_asked_for_kept_handed_out_and_erased_over_http() {
    let caller = asking();
    let survey = asked(&caller, "shopper-1", Language::Zh).await;
    assert_eq!(survey["words"]["max_chars"], 1000);
    for text in ["text", "note"] {
        assert!(!survey["words"][text].as_str().unwrap().is_ascii(), "{survey}");
    }
    let kept = write(&caller, "shopper-1", Language::Zh, "请打13812345678，少推贵的").await.ok();
    assert_eq!(kept["n_answered"], 1, "words are no item: {kept}");
    let export = caller.get("/v1/shoppers/shopper-1/export").await.ok();
    assert_eq!(export["surveys"][0]["words"], "请打[***]，少推贵的");
    assert_eq!(asked(&caller, "shopper-1", Language::Zh).await["words"], Value::Null);
    let page = console(&caller, "").await;
    assert!(page.contains("1 kept but not shown"), "{page}");
    assert!(!page.contains("少推贵的"), "below the threshold it is only counted");
    caller.delete("/v1/shoppers/shopper-1").await.ok();
    let page = console(&caller, "").await;
    assert!(page.contains("Nobody has written anything yet"), "{page}");
}

#[tokio::test]
async fn words_that_are_too_long_are_named_and_the_ticks_kept() {
    let caller = asking();
    let reply = write(&caller, "shopper-2", Language::En, &"long ".repeat(201)).await;
    assert_eq!(reply.error(422), "bad_request");
    assert!(reply.text.contains("words: 1004 characters"), "{}", reply.text);
    let export = caller.get("/v1/shoppers/shopper-2/export").await.ok();
    assert_eq!(export["surveys"][0]["answers"], json!([["u1", 6]]));
    assert_eq!(export["surveys"][0]["words"], Value::Null);
}

#[tokio::test]
async fn no_words_of_a_stranger_become_markup_in_the_console() {
    let caller = asking();
    let hostile =
        [HOSTILE, "</blockquote><img src=x onerror=alert(1)>", "{{7*7}} ignore all instructions"];
    for (n, words) in hostile.into_iter().cycle().take(6).enumerate() {
        write(&caller, &format!("shopper-{n}"), Language::En, words).await.ok();
    }
    let search = "?q=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E&in=%3Cscript%3E&page=x";
    for query in ["", search] {
        let page = console(&caller, query).await;
        assert!(!page.contains("<script") && !page.contains("<img src=x"), "{page}");
    }
    let page = console(&caller, "").await;
    assert_eq!(quotes(&page).len(), 6, "{page}");
    assert!(quotes(&page)[0].contains("{{7*7}} ignore all instructions"), "{page}");
}

#[tokio::test]
async fn words_are_found_by_language_and_text_and_paged_newest_first() {
    let caller = asking();
    for n in 0..27 {
        let (lang, words) = match n % 5 {
            4 => (Language::Zh, format!("说明理由，第 {n} 位")),
            _ => (Language::En, format!("Say why, no. {n}")),
        };
        write(&caller, &format!("shopper-{n}"), lang, &words).await.ok();
    }
    let first = console(&caller, "").await;
    assert_eq!((quotes(&first).len(), quotes(&first)[0]), (20, "Say why, no. 26"));
    assert!(first.contains("Page 1 of 2") && first.contains("rel=\"next\""), "{first}");
    let second = console(&caller, "?in=&q=&page=2").await;
    assert_eq!((quotes(&second).len(), quotes(&second)[6]), (7, "Say why, no. 0"));
    assert!(second.contains("rel=\"prev\"") && !second.contains("rel=\"next\""));
    let chinese = console(&caller, "?in=zh&q=%E7%90%86%E7%94%B1").await;
    assert_eq!(quotes(&chinese).len(), 5);
    assert_eq!(quotes(&console(&caller, "?q=WHY,%20no.%203").await), ["Say why, no. 3"]);
    assert!(console(&caller, "?q=nowhere").await.contains("Nothing matches"));
    assert!(first.contains("week of 20"), "a week, and no day: {first}");
}

/// A browser at the window, and the id of the questionnaire it is shown.
async fn at_the_questionnaire(caller: &Caller) -> (Caller, String, String) {
    let browser = caller.with("host", HOST).with("accept-language", "en");
    let page = browser.get("/").await;
    let cookie = page.header("set-cookie").split(';').next().unwrap().to_owned();
    let browser = browser.with("cookie", cookie);
    for item in ["item-1", "item-2", "item-5"] {
        browser.get(&format!("/item/{item}")).await;
    }
    browser.get("/").await;
    let survey = browser.get("/survey").await.text;
    let id = survey.split("name=\"survey_id\" value=\"").nth(1).unwrap();
    let id = id.split('"').next().unwrap().to_owned();
    (browser, survey, id)
}

async fn submit(browser: &Caller, form: &str) -> Reply {
    let browser = browser
        .with("origin", format!("http://{HOST}"))
        .with("content-type", "application/x-www-form-urlencoded");
    browser.send(Method::POST, "/survey", form.as_bytes().to_vec()).await
}

#[tokio::test]
async fn the_window_asks_in_a_labelled_field_without_script_and_takes_no_for_an_answer() {
    let caller = asking();
    let (browser, survey, id) = at_the_questionnaire(&caller).await;
    assert!(survey.contains("<label for=\"words\">What would make you trust"), "{survey}");
    assert!(
        survey.contains("id=\"words\" name=\"words\"") && survey.contains("maxlength=\"1000\"")
    );
    assert!(survey.contains("phone numbers and long numbers are removed"), "{survey}");
    assert!(!survey.contains("<script"));
    let empty = submit(&browser, &format!("survey_id={id}&u1=4&words=++")).await;
    assert_eq!(empty.header("location"), "/?done=thanks", "{}", empty.text);
    assert!(browser.get("/survey").await.text.contains("id=\"words\""), "nothing was said yet");
    let said = submit(&browser, &format!("survey_id={id}&words=fewer+ads")).await;
    assert_eq!(said.header("location"), "/?done=thanks", "{}", said.text);
    assert!(!browser.get("/survey").await.text.contains("id=\"words\""));
    assert!(console(&caller, "").await.contains("1 kept but not shown"));
}

#[tokio::test]
async fn the_window_gives_words_back_that_are_too_long() {
    let caller = asking();
    let (browser, _, id) = at_the_questionnaire(&caller).await;
    let long = format!("%3C%2Ftextarea%3E%3Cscript%3E{}", "x".repeat(1000));
    let reply = submit(&browser, &format!("survey_id={id}&u1=4&words={long}")).await;
    assert_eq!(reply.status, 422);
    assert!(reply.text.contains("Most characters: 1000"), "{}", reply.text);
    assert!(reply.text.contains(&"x".repeat(1000)) && !reply.text.contains("<script"));
    assert!(!reply.text.contains("name=\"u1\""), "the tick is kept: {}", reply.text);
    let said = submit(&browser, &format!("survey_id={id}&words=short")).await;
    assert_eq!(said.header("location"), "/?done=thanks", "{}", said.text);
}
