//! Every page in the made-up language of tests: a plain word on one stands in code, where no
//! translator finds it. The questionnaire is left out: its items are published with it, in the
//! languages that they were tried in.

use std::collections::BTreeMap;

use axum::http::Method;
use domain::Language;
use messages::pseudo;
use serde_json::json;

use crate::shop::{
    Caller, HOSTILE, Reply, locked_settings, open_settings, trained, untrained, with_settings,
};

const HOST: &str = "127.0.0.1:7700";

/// What a test's shop and its people say themselves, and names that no language translates.
const DATA: &[&str] = &[
    // The catalogue and the people of the shop.
    "Lipstick no.",
    "Lipstick",
    "Green tea no.",
    "Green tea",
    "Tea cup no.",
    "Tea cup",
    "Huayan",
    "花颜",
    "\"><img src=x onerror=alert(1)>",
    "Ann, who likes lipstick",
    "CNY",
    // Names of metrics, files and formats, the same in every language.
    "widget.d.ts",
    "NDCG@10",
    "HR@10",
    "JSON",
    "API",
    "UTC",
    "Candor",
];

/// A browser that reads the made-up language.
fn reader(caller: &Caller) -> Caller {
    caller.with("host", HOST).with("accept", "text/html").with("accept-language", "qps")
}

/// Plain words by the page that shows them.
#[derive(Default)]
struct Found(BTreeMap<String, Vec<String>>);

impl Found {
    /// Looks at a page; `data` is what this one shows of the shop, beside [`DATA`].
    async fn look(&mut self, browser: &Caller, path: &str, data: &[String]) -> String {
        let page = browser.get(path).await.text;
        self.read(path, &page, data);
        page
    }

    fn read(&mut self, name: &str, page: &str, data: &[String]) {
        if !page.contains("<html lang=\"qps\"") || !page.contains('⟦') {
            self.0.insert(name.to_owned(), vec![format!("no page of the language: {page}")]);
            return;
        }
        let own_names = Language::ALL.map(Language::own_name);
        let ids = ids(page);
        let data: Vec<&str> = DATA
            .iter()
            .copied()
            .chain(own_names)
            .chain([HOSTILE, "qps"])
            .chain(data.iter().map(String::as_str))
            .chain(ids.iter().map(String::as_str))
            .collect();
        let page = unescaped(&pseudo::visible(page));
        let words = pseudo::hard_coded(&page, &data);
        if !words.is_empty() {
            self.0.entry(name.to_owned()).or_default().push(words.join(" "));
        }
    }
}

/// What identifies something: names of items, shoppers, models and variants, which hold a digit or a
/// sign between letters.
fn ids(page: &str) -> Vec<String> {
    let text = unescaped(&pseudo::visible(page));
    let is_id = |word: &&str| {
        word.is_ascii()
            && word.contains(|c: char| c.is_ascii_digit())
            && word.contains(|c: char| c.is_ascii_alphabetic())
    };
    text.split(|c: char| c.is_whitespace() || "“”(),⟦⟧·".contains(c))
        .filter(is_id)
        .map(str::to_owned)
        .collect()
}

fn unescaped(text: &str) -> String {
    let marks = [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")];
    marks.iter().fold(text.to_owned(), |text, (mark, c)| text.replace(mark, c))
}

async fn submit(browser: &Caller, path: &str, form: &str) -> Reply {
    let browser = browser
        .with("origin", format!("http://{HOST}"))
        .with("content-type", "application/x-www-form-urlencoded");
    browser.send(Method::POST, path, form.as_bytes().to_vec()).await
}

/// What stands between two texts, each time.
fn between<'t>(text: &'t str, before: &str, after: &str) -> Vec<&'t str> {
    let rest = text.split(before).skip(1);
    rest.filter_map(|rest| rest.split(after).next()).collect()
}

#[tokio::test]
async fn no_word_of_a_page_stands_in_code() {
    let mut found = Found::default();
    window(&mut found).await;
    console(&mut found).await;
    untaught(&mut found).await;
    locked(&mut found).await;
    assert!(found.0.is_empty(), "{:#?}", found.0);
}

/// The shop window of a shopper with a history, and its errors.
async fn window(found: &mut Found) {
    let live = with_settings("[surveys]\nshare = 1.0\n");
    live.train(&|_| {}).unwrap();
    let settings = open_settings(&live);
    let caller = reader(&Caller::new(live, settings));
    let entered = submit(&caller, "/visit", "shopper=shopper-0").await;
    let cookies = entered.headers.get_all("set-cookie").iter();
    let cookies: Vec<&str> =
        cookies.map(|value| value.to_str().unwrap().split(';').next().unwrap()).collect();
    let browser = caller.with("cookie", cookies.join("; "));
    let home = found.look(&browser, "/", &[]).await;
    let why = between(&home, "href=\"/why/", "\"")[0].to_owned();
    found.look(&browser, &format!("/why/{why}"), &[]).await;
    for path in ["/category?in=Lipstick", "/category", "/item/item-0", "/cart", "/ask"] {
        found.look(&browser, path, &[]).await;
    }
    let ask = browser.get("/ask?item=item-0").await.text;
    for asked in between(&ask, "name=\"ask\" value=\"", "\"") {
        let reply = submit(&browser, "/ask", &format!("item=item-0&ask={asked}")).await;
        found.read(&format!("/ask {asked}"), &reply.text, &[]);
    }
    for done in ["cart", "wish", "dismiss"] {
        let reply = submit(&browser, "/do", &format!("item=item-3&kind={done}&back=%2Fcart")).await;
        found.look(&browser, reply.header("location"), &[]).await;
    }
    for said in ["helpful", "unclear", "wrong"] {
        let reply = submit(&browser, &format!("/why/{why}"), &format!("say={said}")).await;
        found.look(&browser, reply.header("location"), &[]).await;
    }
    for path in [
        "/me",
        "/transparency",
        "/widget",
        "/item/none",
        "/nothing",
        "/why/none",
        "/category?name=none",
    ] {
        found.look(&browser, path, &["none".to_owned()]).await;
    }
    found.look(&caller, "/", &[]).await;
}

/// The console of a shop that has answered, been asked and runs an experiment.
async fn console(found: &mut Found) {
    let live = trained(); // its own: other tests put words of theirs into the shared one
    let caller = Caller::new(live.clone(), open_settings(&live));
    let asked = json!({"shopper": "shopper-1", "k": 5, "lang": "en"});
    let answer = caller.post("/v1/recommendations", asked).await.ok();
    let request = answer["request_id"].as_str().unwrap().to_owned();
    caller.post("/v1/exposures", json!({"request_id": request})).await.ok();
    let browser = reader(&caller);
    let form = |share: &str| {
        format!(
            "name=made-up&hypothesis=none&change=brief&primary=conversion&layer=*own&share={share}\
             &baseline=&smallest=10"
        )
    };
    let started = submit(&browser, "/console/experiments", &form("none")).await;
    let names: Vec<String> =
        ["made-up-layer", "made-up", "main", "control", "treatment", "none", "default"]
            .map(str::to_owned)
            .into();
    found.read("an experiment refused", &started.text, &names);
    submit(&browser, "/console/experiments", &form("50")).await;
    for path in [
        "/console",
        "/console/recommendations",
        "/console/recommendations?shopper=shopper-0",
        "/console/recommendations?shopper=shopper-0&without=0",
        "/console/explanations",
        "/console/explanations?tree=true",
        "/console/explanations?q=shopper-1",
        "/console/trust",
        "/console/trust?audit=true",
        "/console/experiments",
        "/console/models",
        "/console/data",
        "/console/feeds",
        "/console/transparency",
        "/console/nothing",
        "/console/experiments/none",
        "/console/explanations/none",
        "/console/models/evaluations/none",
    ] {
        found.look(&browser, path, &names).await;
    }
    let delivered = format!("/console/explanations/{request}");
    found.look(&browser, &delivered, &names).await;
    found.look(&browser, &format!("{delivered}?verify=true"), &names).await;
    let listed = browser.get("/console/experiments").await.text;
    for path in between(&listed, "href=\"/console/experiments/", "\"") {
        found.look(&browser, &format!("/console/experiments/{path}"), &names).await;
    }
}

/// Both of a shop that was never trained.
async fn untaught(found: &mut Found) {
    let live = untrained();
    let settings = open_settings(&live);
    let browser = reader(&Caller::new(live, settings));
    for path in [
        "/",
        "/item/item-1",
        "/me",
        "/transparency",
        "/console",
        "/console/recommendations?shopper=shopper-0",
        "/console/explanations?tree=true",
        "/console/trust",
        "/console/experiments",
        "/console/models",
    ] {
        found.look(&browser, path, &[]).await;
    }
}

/// What a server with keys shows at its doors.
async fn locked(found: &mut Found) {
    let live = trained();
    let browser = reader(&Caller::new(live.clone(), locked_settings(&live)));
    for path in ["/", "/console/login", "/transparency"] {
        found.look(&browser, path, &[]).await;
    }
    let refused = submit(&browser, "/console/login", "key=wrong").await;
    found.read("a wrong key", &refused.text, &[]);
}
