//! What is decided in the console: experiments and models, each with its reason; and the public page.

use std::sync::Arc;

use app::Live;
use axum::http::Method;
use serde_json::json;

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

/// The part of a page between two texts.
fn between<'p>(page: &'p str, from: &str, to: &str) -> &'p str {
    let rest = page.split_once(from).unwrap_or_else(|| panic!("no {from}\n{page}")).1;
    rest.split_once(to).map_or(rest, |(part, _)| part)
}

#[tokio::test]
async fn what_everybody_was_given_is_a_setting_in_force_and_leaves_room_for_the_next_experiment() {
    let live = trained();
    let browser = operator(&live);
    let form = "name=shorter&change=brief&primary=conversion&share=50";
    submit(&browser, "/console/experiments", form).await;
    submit(&browser, "/console/experiments/shorter/end", "ending=promote:treatment&why=ok").await;
    let page = read(&browser, "/console/experiments").await;
    let running = between(&page, "<h2>Running</h2>", "</section>");
    assert!(running.contains("No experiment is running"), "{running}");
    let in_force = between(&page, "id=\"in-force\"", "</section>");
    assert!(in_force.contains("shorter-rollout") && in_force.contains("the strongest claim alone"));
    let layers = between(&page, "<select name=\"layer\"", "</select>");
    assert!(layers.contains("value=\"main\" disabled>"), "{layers}");
    assert!(layers.contains("value=\"*own\" selected>"), "{layers}");

    let next = "name=next&change=no_reasons&primary=conversion";
    let refused = submit(&browser, "/console/experiments", &format!("{next}&layer=main")).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text.contains("this layer is taken") && refused.text.contains("value=\"next\"")
    );
    let started = submit(&browser, "/console/experiments", &format!("{next}&layer=*own")).await;
    let location = "/console/experiments/next?done=started";
    assert_eq!(started.header("location"), location, "{}", started.text);
    let page = read(&browser, "/console/experiments/next").await;
    for told in ["no reasons at all", "as it is now", "50 %", "UTC"] {
        assert!(page.contains(told), "{told}\n{page}");
    }

    let rollout = read(&browser, "/console/experiments/shorter-rollout").await;
    assert!(rollout.contains("Take it back") && !rollout.contains("not decided yet"), "{rollout}");
    let end = "/console/experiments/shorter-rollout/end";
    assert_eq!(submit(&browser, end, "ending=stop&why=enough").await.status, 303);
    assert!(!read(&browser, "/console/experiments").await.contains("id=\"in-force\""));
}

#[tokio::test]
async fn fewer_dismissals_are_better_and_what_decides_is_told_in_points() {
    let live = trained();
    let browser = operator(&live);
    let form = "name=calmer&change=no_reasons&primary=conversion&share=50";
    submit(&browser, "/console/experiments", form).await;
    for n in 0..36 {
        let shopper = format!("shopper-{n}");
        let answer = json!({"shopper": shopper, "k": 3});
        let answer = browser.post("/v1/recommendations", answer).await.ok();
        let request = &answer["request_id"];
        browser.post("/v1/exposures", json!({"request_id": request})).await.ok();
        let is_control = answer["variant"].as_str().unwrap().contains("control");
        // Most of the control dismiss something, few of the treatment.
        let dismisses = if is_control { n % 4 != 0 } else { n % 5 == 0 };
        if dismisses {
            let item = &answer["items"][0]["item_id"];
            let dismissed = json!([{"kind": "dismiss", "shopper": shopper, "item_id": item,
                "request_id": request}]);
            browser.post("/v1/events", dismissed).await.ok();
        }
    }
    let page = read(&browser, "/console/experiments/calmer").await;
    // The figure has a table of its own, before this one.
    let row = page.rsplit_once("<th scope=\"row\">dismissals</th>").unwrap().1;
    let row = row.split_once("</tr>").unwrap().0;
    assert!(row.contains("points</td>"), "{row}");
    let chance = row.rsplit("class=\"number\">").next().and_then(|c| c.split(" %").next()).unwrap();
    assert!(chance.parse::<f64>().unwrap() > 90.0, "{row}");
    // Nobody answered a questionnaire: the verdict says what it does without.
    let uncomputed = between(&page, "the verdict leaves it out", "</ul>");
    assert!(
        uncomputed.contains("trust score") && !uncomputed.contains("dismissals"),
        "{uncomputed}"
    );
    let zh = read(&reading(&live, "zh"), "/console/experiments/calmer").await;
    assert!(!zh.contains("no primary metric has moved"), "{zh}");
}

#[tokio::test]
async fn a_form_that_was_refused_comes_back_as_it_was_sent_with_the_label_of_the_field() {
    let browser = operator(&trained());
    let form = "name=mine&change=brief&share=150&hypothesis=it+reads+faster";
    let page = submit(&browser, "/console/experiments", form).await.text;
    let problem = between(&page, "role=\"alert\"", "</p>");
    assert!(problem.contains("Shoppers who get the treatment"), "{problem}");
    for kept in ["value=\"mine\"", "it reads faster", "value=\"brief\" selected", "value=\"150\""] {
        assert!(page.contains(kept), "{kept}\n{page}");
    }
    let zh = reading(&trained(), "zh");
    let page = submit(&zh, "/console/experiments", form).await.text;
    assert!(page.contains("请输入大于 0、小于 100 的数"), "{page}");
}

#[tokio::test]
async fn a_path_without_a_page_is_a_page_with_a_way_back() {
    let browser = operator(&shared());
    let nothing = browser.get("/console/nonesuch").await;
    assert_eq!(nothing.status, 404);
    assert!(nothing.text.contains("<h1>Not found</h1>"), "{}", nothing.text);
    assert!(nothing.text.contains("<a href=\"/console\">← Overview</a>"), "{}", nothing.text);
}

#[tokio::test]
async fn the_public_page_tells_what_moves_items_beside_the_score() {
    let live = shared();
    let anybody = Caller::new(shared(), locked_settings(&live)).with("accept-language", "en");
    let page = read(&anybody, "/transparency").await;
    assert!(!page.contains("nothing else ranks an item"), "{page}");
    for told in ["the score counts 95 %", "more than 60 % of a list", "advertisement"] {
        assert!(page.contains(told), "{told}\n{page}");
    }
}

#[tokio::test]
async fn a_form_that_makes_no_sense_starts_nothing_and_names_the_field() {
    let live = trained();
    let browser = operator(&live);
    for (form, field) in [
        ("name=x&change=everything", "What the treatment changes: <span>"),
        ("name=x&change=brief&share=150", "Shoppers who get the treatment (%): <span>"),
        ("name=&change=brief", "Name: <span"),
        ("name=x&change=brief&baseline=90&smallest=50", "Smallest change worth finding"),
        ("name=x&change=model:nothing", "model"),
    ] {
        let refused = submit(&browser, "/console/experiments", form).await;
        assert!(refused.status.is_client_error(), "{form}\n{}", refused.text);
        assert!(refused.text.contains(field), "{field}\n{}", refused.text);
    }
    assert!(experimentation::experiment::all(live.shop()).unwrap().is_empty());
}

#[tokio::test]
async fn a_model_is_put_into_use_and_taken_back_with_its_reason() {
    let live = trained();
    let first = live.model().unwrap().version.to_string();
    live.train(&|_| {}).unwrap();
    let browser = operator(&live);
    let page = read(&browser, "/console/models").await;
    assert!(page.contains(&first) && page.contains("Train now") && page.contains("NDCG@10"));
    let choice = between(&page, "id=\"use\"", "</section>");
    assert!(choice.contains(&format!("<option value=\"{first}\">")), "{choice}");
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
    let second = live.model().unwrap().version.to_string();
    assert_ne!(second, first);
    let page = read(&browser, "/console/models").await;
    let way = |from: &str, to: &str| format!("<code>{from}</code> → <code>{to}</code>");
    let (there, back) = (way(&second, &first), way(&first, &second));
    assert!(page.find(&back) < page.find(&there) && page.contains(&there), "{page}");
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
    for part in ["Questionnaire", "Behaviour", "Over-trust", "Check now", "seeded_errors.traffic"] {
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
    assert!(read(&browser, "/console/feeds").await.contains("No file was imported yet"));
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
