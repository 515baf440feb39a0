//! The console.

use axum::http::Method;
use domain::{Item, Text};
use serde_json::json;

use crate::shop::{
    ADMIN_KEY, Caller, HOSTILE, PUBLISHABLE_KEY, Reply, SERVER_KEY, item_id, locked_settings,
    open_settings, shared, trained, untrained, untrained_and_real, with_settings,
};

const HOST: &str = "127.0.0.1:7700";

const PAGES: [&str; 9] = [
    "/console",
    "/console/recommendations",
    "/console/explanations",
    "/console/trust",
    "/console/experiments",
    "/console/models",
    "/console/data",
    "/console/feeds",
    "/console/transparency",
];

fn at_the_console(caller: &Caller, lang: &str) -> Caller {
    caller.with("host", HOST).with("accept-language", lang)
}

fn locked() -> Caller {
    let live = shared();
    let settings = locked_settings(&live);
    at_the_console(&Caller::new(live, settings), "en")
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

/// What stands between two texts, each time.
fn between<'t>(text: &'t str, before: &str, after: &str) -> Vec<&'t str> {
    let rest = text.split(before).skip(1);
    rest.filter_map(|rest| rest.split(after).next()).collect()
}

/// The console of a shop whose every text would run if a page took it for markup, with very long
/// titles and without prices, and with an answer to look at.
async fn hostile() -> (Caller, String) {
    let live = untrained();
    let mut first = Item::bare(item_id(0));
    first.title = Text::from(HOSTILE);
    first.brand = Text::from("\"><img src=x onerror=alert(1)>");
    first.categories = vec![Text::from("<script>category</script>")];
    let mut long = Item::bare(item_id(15));
    long.title = Text::from("长".repeat(1000));
    live.collector.put_items(vec![first, long, Item::bare(item_id(6))]).unwrap();
    live.train(&|_| {}).unwrap();
    let settings = open_settings(&live);
    let caller = Caller::new(live, settings);
    let asked = json!({"shopper": "shopper-0", "k": 20, "lang": "en"});
    let answer = caller.post("/v1/recommendations", asked).await.ok();
    let request_id = answer["request_id"].as_str().unwrap().to_owned();
    (at_the_console(&caller, "en"), request_id)
}

#[tokio::test]
async fn every_page_is_complete_in_each_language_and_marks_itself() {
    let (en, zh) = (at_the_console(&Caller::open(), "en"), at_the_console(&Caller::open(), "zh"));
    for path in PAGES {
        let page = read(&en, path).await;
        let current = format!("href=\"{path}\" aria-current=\"page\"");
        assert!(page.contains(&current) && page.contains("<main id=\"content\""), "{page}");
        let is_chinese = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
        assert_eq!(own_names_left_out(&page).chars().find(is_chinese), None, "{path}\n{page}");
        let page = read(&zh, path).await;
        assert!(page.contains("lang=\"zh-CN\"") && page.contains("控制台"), "{path}");
        for english in ["Overview", ">Console", "Satisfaction", "Claims", "Untick", "History"] {
            assert!(!page.contains(english), "{english} on {path}\n{page}");
        }
    }
}

/// A page without the names of languages, each of which stands in its own language.
fn own_names_left_out(page: &str) -> String {
    let names = domain::Language::ALL.map(domain::Language::own_name);
    names.into_iter().fold(page.to_owned(), |page, name| page.replace(name, ""))
}

#[tokio::test]
async fn a_language_chosen_in_the_console_is_remembered() {
    let reply = at_the_console(&Caller::open(), "en")
        .get("/console/language?to=zh&back=%2Fconsole%2Ftrust")
        .await;
    assert_eq!((reply.status.as_u16(), reply.header("location")), (303, "/console/trust"));
    let cookie = reply.header("set-cookie").split(';').next().unwrap().to_owned();
    let page =
        read(&at_the_console(&Caller::open(), "en").with("cookie", cookie), "/console").await;
    assert!(page.contains("lang=\"zh-CN\""), "{page}");
}

#[tokio::test]
async fn an_empty_shop_says_what_to_do() {
    let live = untrained();
    let settings = open_settings(&live);
    let browser = at_the_console(&Caller::new(live, settings), "en");
    let overview = read(&browser, "/console").await;
    assert!(overview.contains("Run candor train"), "{overview}");
    let explorer = read(&browser, "/console/recommendations?shopper=shopper-0").await;
    assert!(explorer.contains("Run candor train"), "{explorer}");
    let told = read(&browser, "/console/explanations").await;
    assert!(told.contains("No recommendation was delivered yet"), "{told}");
}

#[tokio::test]
async fn the_overview_has_a_table_beside_each_figure_and_says_that_it_is_simulated() {
    // A shop of its own: others tell the shared one of days on which few came.
    let browser = at_the_console(&Caller::new(trained(), open_settings(&shared())), "en");
    let page = read(&browser, "/console").await;
    let n_figures = page.matches("<figure class=\"chart\"").count();
    assert!(n_figures >= 2, "{page}");
    assert_eq!(page.matches("<summary>as a table</summary>").count(), n_figures);
    assert_eq!(page.matches("(simulated)</figcaption>").count(), n_figures, "{page}");
    // Nobody has answered: a group of nobody is not drawn.
    assert!(
        page.contains("Too few people have answered") && !page.contains("class=\"slice"),
        "{page}"
    );
}

#[tokio::test]
async fn what_is_simulated_says_so_and_what_is_not_does_not() {
    let live = untrained_and_real();
    live.train(&|_| {}).unwrap();
    let settings = open_settings(&live);
    let real = at_the_console(&Caller::new(live, settings), "en");
    let simulated = at_the_console(&Caller::open(), "en");
    for path in PAGES {
        assert!(read(&simulated, path).await.contains("Simulated data:"), "{path}");
        let page = read(&real, path).await;
        assert!(!page.to_lowercase().contains("simulated") && page.contains(">live<"), "{page}");
    }
}

#[tokio::test]
async fn a_sensitive_category_stands_in_no_reason() {
    let live = with_settings("[explain]\nsensitive_categories = [\"Lipstick\"]\n");
    live.train(&|_| {}).unwrap();
    let settings = open_settings(&live);
    let browser = at_the_console(&Caller::new(live, settings), "en");
    let page = read(&browser, "/console/recommendations?shopper=shopper-0&k=20").await;
    let mut told = between(&page, "<ul class=\"sentences\">", "</ul>");
    told.extend(between(&page, "<dl class=\"facts\">", "</dl>"));
    assert!(!told.is_empty(), "{page}");
    for text in told {
        assert!(!text.to_lowercase().contains("lipstick"), "{text}");
    }
}

#[tokio::test]
async fn looking_at_a_shopper_is_neither_recorded_nor_counted_as_shown() {
    let live = trained();
    let settings = open_settings(&live);
    let browser = at_the_console(&Caller::new(live.clone(), settings), "en");
    let before = insights::explanations::counts(live.shop()).unwrap();
    let page = read(&browser, "/console/recommendations?shopper=shopper-0&k=5").await;
    assert!(page.contains("class=\"verdict\">verified") && page.contains("<svg class=\"bars\""));
    assert_eq!(insights::explanations::counts(live.shop()).unwrap(), before);
}

#[tokio::test]
async fn a_step_that_is_unticked_changes_the_list_as_the_question_would() {
    let caller = Caller::open();
    let browser = at_the_console(&caller, "en");
    let address = "/console/recommendations?shopper=shopper-0&k=5";
    let page = read(&browser, address).await;
    let events = between(&page, "name=\"had_", "\"");
    assert!(events.len() > 1, "{page}");
    let query: Vec<_> = events.iter().map(|id| format!("had_{id}=1")).collect();
    let page = read(&browser, &format!("{address}&{}", query.join("&"))).await;
    let table = between(&page, "<table class=\"before-after\">", "</table>");
    let rows = between(table.first().expect("a list before and after"), "<tr", "</tr>");
    assert!(rows.len() > 5, "{table:?}");
    let kept: Vec<_> = events.iter().map(|id| format!("had_{id}=1&use_{id}=1")).collect();
    let page = read(&browser, &format!("{address}&{}", kept.join("&"))).await;
    assert!(!page.contains("before-after"), "nothing was unticked");
}

#[tokio::test]
async fn a_delivered_reason_is_found_and_verified_again() {
    let caller = Caller::new(trained(), open_settings(&shared()));
    let browser = at_the_console(&caller, "en");
    let asked = json!({"shopper": "shopper-2", "k": 4});
    let answer = caller.post("/v1/recommendations", asked).await.ok();
    let id = answer["request_id"].as_str().unwrap();
    let item = answer["items"][0]["item_id"].as_str().unwrap();
    for name in [id, "shopper-2", item, ""] {
        let page = read(&browser, &format!("/console/explanations?q={name}")).await;
        assert!(page.contains(&format!("/console/explanations/{id}")), "{name}\n{page}");
    }
    let none = read(&browser, "/console/explanations?q=nobody-of-this-name").await;
    assert!(none.contains("No such reason was delivered"), "{none}");
    let page = read(&browser, &format!("/console/explanations/{id}?verify=1")).await;
    assert!(page.contains("Everything holds"), "{page}");
    let (then, now) =
        (page.matches("then: verified").count(), page.matches("now: verified").count());
    assert!(then > 0 && then == now, "{then} then, {now} now\n{page}");
    assert_eq!(browser.get("/console/explanations/unknown").await.status, 404);
}

#[tokio::test]
async fn the_tree_is_worked_out_on_demand_and_hidden_where_it_is_not_faithful() {
    let browser = at_the_console(&Caller::new(trained(), open_settings(&shared())), "en");
    let page = read(&browser, "/console/explanations").await;
    assert!(page.contains("Work out the tree"), "{page}");
    let page = read(&browser, "/console/explanations?tree=1").await;
    let shown = page.contains("Shares of the model’s first ten") && page.contains("in words");
    assert!(shown || page.contains("Not shown:"), "{page}");
    assert!(!read(&browser, "/console/explanations").await.contains("Work out the tree"));
}

#[tokio::test]
async fn no_text_of_a_shop_becomes_markup() {
    let (browser, request_id) = hostile().await;
    let delivered = format!("/console/explanations/{request_id}?verify=1");
    let explorer = "/console/recommendations?shopper=shopper-0&k=20&item=item-0";
    let names = "/console/explanations?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E";
    let who = "/console/recommendations?shopper=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E";
    for path in [&delivered, explorer, names, who, "/console/explanations", "/console"] {
        let page = browser.get(path).await.text;
        assert!(!page.contains("<script") && !page.contains("<img src=x"), "{path}\n{page}");
    }
    let page = read(&browser, explorer).await;
    assert!(page.contains("Price not given") && page.contains(&"长".repeat(1000)), "{page}");
}

#[tokio::test]
async fn without_the_admin_key_nobody_sees_a_page() {
    let nobody = locked();
    let (server, page) = (nobody.with_key(SERVER_KEY), nobody.with_key(PUBLISHABLE_KEY));
    for browser in [&nobody, &server, &page] {
        for path in PAGES {
            let reply = browser.get(path).await;
            assert_eq!(reply.status, 303, "{path}\n{}", reply.text);
            assert!(reply.header("location").starts_with("/console/login?back="));
        }
    }
    let door = nobody.get("/console/login?back=%2Fconsole%2Ftrust").await;
    assert_eq!(door.status, 401);
    assert!(door.text.contains("type=\"password\"") && !door.text.contains("shopper-"));
}

#[tokio::test]
async fn the_admin_key_opens_the_console_until_one_leaves() {
    let nobody = locked();
    for wrong in [SERVER_KEY, PUBLISHABLE_KEY, "", "admin-key-of-the-test"] {
        let reply = submit(&nobody, "/console/login", &format!("key={wrong}")).await;
        assert_eq!(reply.status, 401);
        assert!(reply.text.contains("That is not the admin key"), "{}", reply.text);
        assert_eq!(reply.header("set-cookie"), "");
    }
    let form = format!("key={ADMIN_KEY}&back=%2Fconsole%2Ftrust");
    let reply = submit(&nobody, "/console/login", &form).await;
    assert_eq!((reply.status.as_u16(), reply.header("location")), (303, "/console/trust"));
    let set = reply.header("set-cookie");
    for part in ["HttpOnly", "SameSite=Strict", "Path=/console", "Max-Age="] {
        assert!(set.contains(part), "{part} is not in {set:?}");
    }
    let admin = nobody.with("cookie", set.split(';').next().unwrap());
    for path in PAGES {
        read(&admin, path).await;
    }
    // The session opens the console and nothing else.
    assert_eq!(admin.get("/v1/models").await.error(401), "no_key");
    let left = submit(&admin, "/console/logout", "").await;
    assert!(left.header("set-cookie").contains("candor_console=;"), "{:?}", left.headers);
    let forged = nobody.with("cookie", "candor_console=AAAAAAAAAAA.AAAA");
    assert_eq!(forged.get("/console").await.status, 303);
}

#[tokio::test]
async fn a_form_of_another_site_is_refused() {
    let form = format!("key={ADMIN_KEY}");
    let kind = "application/x-www-form-urlencoded";
    let browser = locked().with("content-type", kind);
    for (name, value) in [("origin", "https://evil.example"), ("x-nothing", "")] {
        let from = browser.with(name, value);
        let reply = from.send(Method::POST, "/console/login", form.clone().into_bytes()).await;
        assert_eq!(reply.status, 403, "{}", reply.text);
        assert_eq!(reply.header("set-cookie"), "");
    }
}

#[tokio::test]
async fn a_path_elsewhere_is_not_gone_to_after_the_door() {
    let form = format!("key={ADMIN_KEY}&back=%2F%2Fevil.example");
    let reply = submit(&locked(), "/console/login", &form).await;
    assert_eq!(reply.header("location"), "/console");
}
