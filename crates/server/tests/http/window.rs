//! The shop window.

use axum::http::Method;
use domain::{Currency, Item, Money, Text};
use serde_json::json;

use crate::shop::{
    Caller, HOSTILE, Reply, item_id, locked_settings, open_settings, shared, trained, untrained,
};

const HOST: &str = "127.0.0.1:7700";

/// A browser at the window: it sends its cookie back, and says where its forms come from.
async fn enter(caller: &Caller, path: &str) -> (Caller, Reply) {
    let caller = caller.with("host", HOST).with("accept-language", "en");
    let page = caller.get(path).await;
    let cookie = cookie_of(&page, "candor_visitor");
    (caller.with("cookie", cookie), page)
}

/// A browser that is this shopper.
async fn be(caller: &Caller, shopper: &str) -> Caller {
    let (browser, _) = enter(caller, "/").await;
    let reply = submit(&browser, "/visit", &format!("shopper={shopper}")).await;
    let cookie = cookie_of(&reply, "candor_visitor");
    caller.with("host", HOST).with("accept-language", "en").with("cookie", cookie)
}

fn cookie_of(reply: &Reply, name: &str) -> String {
    let mut all = reply.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
    let set = all.rfind(|line| line.starts_with(name)).unwrap_or_default();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(set.contains(part), "{part} is not in {set:?}");
    }
    set.split(';').next().unwrap().to_owned()
}

async fn submit(browser: &Caller, path: &str, form: &str) -> Reply {
    let browser = browser
        .with("origin", format!("http://{HOST}"))
        .with("content-type", "application/x-www-form-urlencoded");
    let reply = browser.send(Method::POST, path, form.as_bytes().to_vec()).await;
    assert_eq!(reply.status, 303, "{}", reply.text);
    reply
}

/// What stands between two texts, each time.
fn between<'t>(text: &'t str, before: &str, after: &str) -> Vec<&'t str> {
    let rest = text.split(before).skip(1);
    rest.filter_map(|rest| rest.split(after).next()).collect()
}

fn recommended(page: &str) -> Vec<&str> {
    let list = page.split("<ol class=\"shelf\">").nth(1).unwrap_or_default();
    let list = list.split("</ol>").next().unwrap();
    between(list, "name=\"item\" value=\"", "\"")
}

fn is_escaped(page: &str) {
    assert!(!page.contains("<script") && !page.contains("<img src=x"), "{page}");
}

/// A shop whose every text would run if a page took it for markup, and with a very long title.
async fn hostile_shop() -> Caller {
    let live = untrained();
    let mut first = Item::bare(item_id(0));
    first.title = Text::from(HOSTILE);
    first.brand = Text::from("\"><img src=x onerror=alert(1)>");
    first.description = Text::from("</p><script>alert(2)</script>");
    first.categories = vec![Text::from("<script>category</script>")];
    first.attributes.insert("<script>".to_owned(), vec![Text::from("<script>v</script>")]);
    first.price = Some(Money { minor: 1, currency: Currency::CNY });
    let mut long = Item::bare(item_id(3));
    long.title = Text::from("长".repeat(1000));
    live.collector.put_items(vec![first, long, Item::bare(item_id(6))]).unwrap();
    live.train(&|_| {}).unwrap();
    let settings = open_settings(&live);
    let caller = Caller::new(live, settings);
    let review = json!({"shopper": "shopper-30", "item_id": "item-0", "rating": 5,
        "title": "<script>title</script>", "text": "<img src=x onerror=alert(3)>"});
    caller.post("/v1/reviews", json!([review])).await.ok();
    caller
}

#[tokio::test]
async fn a_known_shopper_finds_reasons_and_the_whole_proof() {
    let browser = be(&Caller::open(), "shopper-0").await;
    let page = browser.get("/").await;
    assert!(page.header("content-type").starts_with("text/html"));
    for text in ["Simulated data", "Ann, who likes lipstick", "Lipstick no. 0", "Why?", "¥"] {
        assert!(page.text.contains(text), "{text} is not on\n{}", page.text);
    }
    let why = between(&page.text, "href=\"/why/", "\"")[0];
    let proof = browser.get(&format!("/why/{why}")).await;
    let expected = [
        "Verified facts",
        "class=\"verdict\">verified",
        "What counted, and how much",
        "What would have been shown otherwise",
        "<svg class=\"bars\"",
        "?verify=true",
        "value=\"helpful\"",
        "value=\"wrong\"",
        "value=\"dont_use\"",
        "Explains",
        "Found by",
        "Model",
    ];
    for text in expected {
        assert!(proof.text.contains(text), "{text} is not on\n{}", proof.text);
    }
    let me = browser.get("/me").await.text;
    assert!(me.contains("bought · <time>2026-05-01</time>") && me.contains("shopper-0"), "{me}");
}

#[tokio::test]
async fn each_language_is_complete_and_remembered() {
    let browser = be(&Caller::open(), "shopper-0").await;
    let switched = browser.get("/language?to=zh&back=%2Fme").await;
    assert_eq!((switched.status.as_u16(), switched.header("location")), (303, "/me"));
    let zh_cookie = cookie_of(&switched, "candor_language");
    let why = browser.get("/").await.text;
    let why = format!("/why/{}", between(&why, "href=\"/why/", "\"")[0]);
    for path in
        ["/", "/me", "/cart", "/ask", "/item/item-6", "/survey", "/category?in=Lipstick", &why]
    {
        // A reason keeps the language that it was given in, so a proof is read in the list's.
        let zh = browser.with("cookie", zh_cookie.clone()).get(path).await.text;
        assert!(zh.contains("lang=\"zh-CN\""), "{path}");
        for english in [">Why?<", "Verified", "Recommended", "History", "Cart", "Add to"] {
            assert!(!zh.contains(english), "{english} on {path}\n{zh}");
        }
        let en = browser.get(path).await.text;
        let chinese = en.replace("中文", "");
        let is_chinese = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
        assert_eq!(chinese.chars().find(is_chinese), None, "{path}\n{en}");
    }
    assert_eq!(browser.get("/language?to=zh&back=//evil.example").await.header("location"), "/");
}

#[tokio::test]
async fn a_browsers_language_is_followed() {
    let zh = Caller::open().with("accept-language", "fr, zh-CN;q=0.8").get("/").await.text;
    assert!(zh.contains("lang=\"zh-CN\""));
}

#[tokio::test]
async fn a_new_visitor_who_looks_at_something_gets_another_list() {
    let (browser, first) = enter(&Caller::open(), "/").await;
    assert!(first.text.contains("Nothing is known of you yet"));
    let before = recommended(&first.text);
    let id = before[3];
    assert_eq!(browser.get(&format!("/item/{id}")).await.status, 200);
    let after = browser.get("/").await.text;
    assert!(after.contains("Chosen by your history"), "{after}");
    assert_ne!(recommended(&after), before);
    assert!(browser.get("/me").await.text.contains("viewed"));
}

#[tokio::test]
async fn what_is_done_with_buttons_is_in_the_log() {
    let caller = Caller::open();
    let (browser, _) = enter(&caller, "/").await;
    for (kind, item) in [("cart", "item-1"), ("wish", "item-4"), ("dismiss", "item-7")] {
        let form = format!("kind={kind}&item={item}&back=%2Fcart");
        let reply = submit(&browser, "/do", &form).await;
        let (to, made) = (reply.header("location"), kind == "dismiss");
        assert!(to.starts_with(&format!("/cart?done={kind}")) && to.contains("&made=") == made);
    }
    let cart = browser.get("/cart?done=cart").await.text;
    assert!(cart.contains("In your cart") && cart.contains("Saved for later"), "{cart}");
    assert!(cart.contains("Green tea no. 1<") && cart.contains("Green tea no. 4<"), "{cart}");
    submit(&browser, "/cart", "x=").await;
    assert!(browser.get("/cart").await.text.contains("Your cart is empty"));
    let me = browser.get("/me").await.text;
    for done in ["in cart", "saved", "dismissed", "bought"] {
        assert!(me.contains(done), "{done} is not on\n{me}");
    }
    assert!(!recommended(&browser.get("/").await.text).contains(&"item-7"));
    let export = between(&me, "href=\"/v1/shoppers/", "\"")[0].to_owned();
    let export = caller.get(&format!("/v1/shoppers/{export}")).await.ok();
    assert_eq!(export["events"].as_array().unwrap().len(), 4, "{export}");
}

#[tokio::test]
async fn a_reason_called_wrong_is_noted_and_changes_what_is_shown() {
    let browser = be(&Caller::open(), "shopper-13").await;
    let before = browser.get("/").await.text;
    let why = between(&before, "href=\"/why/", "\"")[0];
    let (request, _) = why.rsplit_once('.').unwrap();
    let said = submit(&browser, &format!("/why/{why}"), "say=dont_use").await;
    assert!(said.header("location").starts_with("/?done=dont_use&made="));
    let after = browser.get(said.header("location")).await.text;
    let lines = |page: &str| between(page, "<p class=\"line\">", "<").concat();
    assert_ne!(lines(&before), lines(&after));
    let me = browser.get("/me").await.text;
    assert!(me.contains("Part of the history is not to be used"), "{me}");
    let form = format!("question=why+this%3F&item={}&from={request}", recommended(&before)[0]);
    let forms = browser
        .with("origin", format!("http://{HOST}"))
        .with("content-type", "application/x-www-form-urlencoded");
    let asked = forms.send(Method::POST, "/ask", form.into()).await;
    assert_eq!(asked.status, 200, "{}", asked.text);
    let export = between(&me, "href=\"/v1/shoppers/", "\"")[0].to_owned();
    let export = browser.get(&format!("/v1/shoppers/{export}")).await.ok();
    let noted =
        export["feedback"].as_array().unwrap().iter().filter(|one| one["kind"] != "exposed");
    let noted: Vec<_> = noted.map(|one| (&one["kind"], &one["request_id"])).collect();
    for kind in ["dont_use", "follow_up", "opened"] {
        let counted = noted.iter().any(|(is, of)| **is == kind && **of == request);
        assert!(counted, "{kind} of {request} is not among {noted:?}");
    }
    let made = between(&after, "name=\"correction\" value=\"", "\"")[0];
    let undone = submit(&browser, "/me/undo", &format!("correction={made}&back=%2F")).await;
    let restored = browser.get(undone.header("location")).await.text;
    assert!(restored.contains("Taken back"), "{restored}");
    assert_eq!(recommended(&restored), recommended(&before));
    assert!(browser.get("/me").await.text.contains("taken back"));
    let stranger = be(&Caller::open(), "shopper-14").await;
    let stranger = stranger
        .with("origin", format!("http://{HOST}"))
        .with("content-type", "application/x-www-form-urlencoded");
    let path = format!("/why/{why}");
    let refused = stranger.send(Method::POST, &path, b"say=wrong".to_vec()).await;
    assert_eq!(refused.status, 403, "nobody speaks of what another was shown");
}

#[tokio::test]
async fn a_question_is_answered_in_words_and_what_it_corrects_can_be_undone() {
    let browser = be(&Caller::open(), "shopper-17").await;
    let browser = browser
        .with("origin", format!("http://{HOST}"))
        .with("content-type", "application/x-www-form-urlencoded");
    let ask = async |form: &str| browser.send(Method::POST, "/ask", form.into()).await;
    let asked = ask("question=what+does+it+cost%3F&item=item-5").await;
    assert_eq!(asked.status, 200, "{}", asked.text);
    assert!(asked.text.contains("¥15"), "{}", asked.text);
    let hostile = ask("question=%3Cscript%3Ealert(1)%3C%2Fscript%3E&item=item-3").await;
    assert_eq!(hostile.status, 200, "{}", hostile.text);
    is_escaped(&hostile.text);
    assert!(hostile.text.contains("You can ask"), "{}", hostile.text);
    let hide = r#"{"intent":"correct","correction":{"do":"not_interested","item_id":"item-5"}}"#;
    let hide = hide.replace('"', "%22").replace('{', "%7B").replace('}', "%7D");
    let hidden = ask(&format!("ask={hide}")).await;
    assert_eq!(between(&hidden.text, "name=\"ask\" value=\"", ">Undo<").len(), 1);
    assert!(hidden.text.contains("is not recommended to you any more"), "{}", hidden.text);
    let talk = between(&hidden.text, "name=\"conversation\" value=\"", "\"")[0];
    let undo = "%7B%22intent%22:%22undo%22%7D";
    let undone = ask(&format!("ask={undo}&conversation={talk}&item=item-5")).await;
    assert!(undone.text.contains("Taken back"), "{}", undone.text);
    // Another language, and the page again, keep what was said.
    let back = between(&undone.text, "href=\"/language?to=zh&amp;back=", "\"")[0];
    assert!(back.contains(talk) && back.contains("item-5"), "{back}");
    let again = browser.get(&format!("/ask?conversation={talk}")).await.text;
    assert!(again.contains("Taken back") && again.contains("any more"), "{again}");
    let other = be(&Caller::open(), "shopper-21").await;
    let foreign = other.get(&format!("/ask?conversation={talk}")).await.text;
    assert!(!foreign.contains("Taken back"), "{foreign}");
    assert_eq!(ask("ask=nonsense").await.status, 400);
}

#[tokio::test]
async fn an_item_turned_away_is_named_and_comes_back_when_that_is_undone() {
    let browser = be(&Caller::open(), "shopper-19").await;
    let before = browser.get("/").await.text;
    let before = recommended(&before);
    let item = before[1];
    let away = submit(&browser, "/do", &format!("kind=dismiss&item={item}&back=%2F")).await;
    let after = browser.get(away.header("location")).await.text;
    assert!(!recommended(&after).contains(&item));
    let title = browser.get(&format!("/item/{item}")).await.text;
    let title = between(&title, "<h1", "</h1>")[0].rsplit('>').next().unwrap();
    let me = browser.get("/me").await.text;
    assert!(me.contains(&format!("Not interested: {title}")), "{me}");
    let made = between(&after, "name=\"correction\" value=\"", "\"")[0];
    submit(&browser, "/me/undo", &format!("correction={made}&back=%2F")).await;
    let restored = browser.get("/").await.text;
    assert!(recommended(&restored).contains(&item), "{restored}");
    submit(&browser, "/do", &format!("kind=dismiss&item={item}&back=%2F")).await;
    assert!(!recommended(&browser.get("/").await.text).contains(&item), "it can be said again");
}

#[tokio::test]
async fn what_was_done_can_be_left_out_one_by_one_and_is_named_where_it_was() {
    let browser = be(&Caller::open(), "shopper-20").await;
    let me = browser.get("/me").await.text;
    assert!(!me.contains("not used"), "{me}");
    let event = between(&me, "name=\"event\" value=\"", "\"")[0].to_owned();
    let title = between(&me, "<ol class=\"history\">", "</a>")[0];
    let title = title.rsplit('>').next().unwrap();
    let done = submit(&browser, "/me/wish", &format!("do=unuse&event={event}")).await;
    assert!(done.header("location").starts_with("/me?done=corrected&made="));
    let after = browser.get(done.header("location")).await.text;
    assert!(after.contains(&format!("Part of the history is not to be used: {title}")), "{after}");
    assert!(after.contains("· not used") && !after.contains(&format!("value=\"{event}\"")));
    let item = between(&me, "name=\"do\" value=\"gift\"", "</form>")[1];
    let item = between(item, "name=\"item\" value=\"", "\"")[0];
    submit(&browser, "/me/wish", &format!("do=gift&item={item}")).await;
    assert!(browser.get("/me").await.text.contains("It was a gift: "));
    submit(&browser, "/me/wish", "do=anew").await;
    let anew = browser.get("/me").await.text;
    let day = between(&anew, "Begun anew: nothing is used that was done or said up to: ", "<");
    assert_eq!(day[0].len(), "2026-01-01".len(), "{anew}");
    // To be erased and to take one's data away are two things.
    let [erase, carry] = ["<h2>Erase me", "/export\""].map(|text| anew.find(text).unwrap());
    assert!(carry < erase, "{anew}");
}

#[tokio::test]
async fn a_long_history_says_that_only_the_latest_is_shown() {
    let (browser, _) = enter(&Caller::open(), "/").await;
    for n in 0..55 {
        submit(&browser, "/do", &format!("kind=cart&item=item-{}", n % 9)).await;
    }
    let me = browser.get("/me").await.text;
    assert!(me.contains("Shown are the latest 50 of 55;"), "{me}");
    assert_eq!(between(&me, "name=\"event\" value=\"", "\"").len(), 50);
}

#[tokio::test]
async fn what_a_page_suggests_to_ask_is_answered_there() {
    let browser = be(&Caller::open(), "shopper-22").await;
    let home = browser.get("/").await.text;
    let why = format!("/why/{}", between(&home, "href=\"/why/", "\"")[0]);
    let item = recommended(&home)[0];
    let forms = browser
        .with("origin", format!("http://{HOST}"))
        .with("content-type", "application/x-www-form-urlencoded");
    for (path, zh) in
        [("/", false), (&why, false), ("/item/item-5", false), ("/", true), (&why, true)]
    {
        let lang = if zh { "zh" } else { "en" };
        let page = browser.get(&format!("{path}?lang={lang}")).await.text;
        let begins = if zh { "例如：" } else { "For example: " };
        let hint = between(&page, begins, "</p>")[0];
        let about = match path {
            "/" => String::new(),
            "/item/item-5" => "&item=item-5".to_owned(),
            _ => format!("&item={item}"),
        };
        for question in hint.split_inclusive(['?', '？', '。', '.']) {
            let question = question.trim().replace(' ', "+").replace('?', "%3F");
            let form = format!("question={question}{about}");
            let told = forms.send(Method::POST, &format!("/ask?lang={lang}"), form.into()).await;
            let lost = ["did not understand", "没有听懂", "cannot answer", "无法回答"];
            let lost = lost.iter().any(|words| told.text.contains(words));
            assert!(told.status == 200 && !lost, "{question} on {path}: {}", told.text);
        }
        submit(&browser, "/me/wish", "do=anew").await;
        let anew = browser.get("/me").await.text;
        for made in between(&anew, "name=\"correction\" value=\"", "\"") {
            submit(&browser, "/me/undo", &format!("correction={made}&back=%2Fme")).await;
        }
    }
}

#[tokio::test]
async fn tastes_are_told_dropped_and_set() {
    let browser = be(&Caller::open(), "shopper-18").await;
    let me = browser.get("/me").await.text;
    let taste = between(&me, "name=\"of\" value=\"", "</form>")[0];
    let of = taste.split('"').next().unwrap();
    let value = between(taste, "name=\"value\" value=\"", "\"")[0].replace(' ', "+");
    let dropped = submit(&browser, "/me/wish", &format!("do=drop&of={of}&value={value}")).await;
    assert!(dropped.header("location").starts_with("/me?done=corrected&made="));
    submit(&browser, "/me/wish", "do=more&value=Tea+cup").await;
    submit(&browser, "/me/wish", "do=anew").await;
    let me = browser.get("/me").await.text;
    assert!(me.contains("More of it: Tea cup") && me.contains("No taste can be told yet"), "{me}");
}

/// A browser at a shop of its own.
async fn own_shop() -> (Caller, Caller) {
    let live = trained();
    let settings = open_settings(&live);
    let caller = Caller::new(live, settings);
    let (browser, _) = enter(&caller, "/").await;
    (caller, browser)
}

/// Shares of a proof, as numbers.
fn shares(proof: &str) -> Vec<f64> {
    let list = between(proof, "<ul class=\"parts\">", "</ul>")[0];
    let numbers = between(list, "<b>", "%</b>").into_iter();
    numbers.map(|share| share.trim_start_matches("&#60;").parse().unwrap_or(0.5)).collect()
}

#[tokio::test]
async fn a_proof_tells_what_each_part_of_the_history_carries_and_what_would_be_without_it() {
    let (_, browser) = own_shop().await;
    let first = browser.get("/").await.text;
    let new = between(&first, "href=\"/why/", "\"")[0].to_owned();
    let proof = browser.get(&format!("/why/{new}")).await.text;
    assert!(proof.contains("Nothing of your history counted here"), "{proof}");
    assert!(proof.contains("Nothing to do with you"), "{proof}");
    assert!(!proof.contains("value=\"dont_use\""), "there is nothing to leave out");
    let looked_at = recommended(&first)[0].to_owned();
    browser.get(&format!("/item/{looked_at}")).await;
    let home = browser.get("/").await.text;
    let mut counted = None;
    for why in between(&home, "href=\"/why/", "\"") {
        let proof = browser.get(&format!("/why/{why}")).await.text;
        if !proof.contains("<ul class=\"legend\">") {
            // Nothing speaks for this one: it only fills the list.
            continue;
        }
        let sum: f64 = shares(&proof).iter().sum();
        assert!((98.0..=102.0).contains(&sum), "{sum}% is not the whole\n{proof}");
        assert!(proof.contains("of the score comes from what you did"), "{proof}");
        let counts = proof.contains(&format!("name=\"of\" value=\"{looked_at}\""));
        counted = counted.or(counts.then_some(why));
        assert!(!counts || proof.contains("Without it: "), "{proof}");
        assert!(proof.contains("Without any of your history:"), "{proof}");
    }
    let why = counted.expect("one look counted somewhere");
    let form = format!("say=dont_use&of={looked_at}");
    let said = submit(&browser, &format!("/why/{why}"), &form).await;
    assert!(said.header("location").contains("&made="), "{}", said.header("location"));
    let after = browser.get("/").await.text;
    assert!(after.contains("As you asked, nothing of what you did before is used"), "{after}");
}

#[tokio::test]
async fn nothing_is_said_to_have_changed_where_nothing_did() {
    let (_, browser) = own_shop().await;
    let home = browser.get("/").await.text;
    let why = between(&home, "href=\"/why/", "\"")[0];
    for say in ["wrong", "dont_use"] {
        let said = submit(&browser, &format!("/why/{why}"), &format!("say={say}")).await;
        let page = browser.get(said.header("location")).await.text;
        assert!(page.contains("there is nothing to leave out"), "{page}");
        assert!(!page.contains("the list has changed"), "{page}");
    }
}

#[tokio::test]
async fn after_beginning_anew_the_list_is_not_said_to_be_chosen_by_a_history() {
    let (_, browser) = own_shop().await;
    browser.get("/item/item-3").await;
    assert!(browser.get("/").await.text.contains("Chosen by your history"));
    submit(&browser, "/me/wish", "do=anew").await;
    let home = browser.get("/").await.text;
    assert!(!home.contains("Chosen by your history"), "{home}");
    assert!(home.contains("As you asked, nothing of what you did before is used"), "{home}");
}

#[tokio::test]
async fn what_is_sold_out_is_not_bought_and_stays_in_the_cart() {
    let (caller, browser) = own_shop().await;
    for item in ["item-1", "item-1", "item-4"] {
        submit(&browser, "/do", &format!("kind=cart&item={item}&back=%2Fcart")).await;
    }
    let cart = browser.get("/cart").await.text;
    assert!(cart.contains("× 2") && cart.contains("Total"), "{cart}");
    let patch = json!({"in_stock": false}).to_string().into_bytes();
    let sold_out = caller.send(Method::PATCH, "/v1/items/item-4", patch).await;
    assert_eq!(sold_out.status, 200, "{}", sold_out.text);
    let cart = browser.get("/cart").await.text;
    assert!(cart.contains("Sold out: it will not be bought"), "{cart}");
    assert!(cart.contains("Buy what is in stock"), "{cart}");
    assert_eq!(submit(&browser, "/cart", "x=").await.header("location"), "/cart?done=part");
    let cart = browser.get("/cart?done=part").await.text;
    assert!(
        cart.contains("Green tea no. 4<") && !cart.contains("Green tea no. 1</a></p>"),
        "{cart}"
    );
    assert_eq!(submit(&browser, "/cart", "x=").await.header("location"), "/cart?done=sold_out");
    let bought = submit(&browser, "/do", "kind=purchase&item=item-4&back=%2Fcart").await;
    assert_eq!(bought.header("location"), "/cart?done=sold_out");
}

#[tokio::test]
async fn everything_can_be_browsed_page_by_page() {
    let (_, browser) = own_shop().await;
    let zh = browser.get("/category?lang=zh").await.text;
    assert!(zh.contains("全部商品") && zh.contains("24 件商品"), "{zh}");
    let live = untrained();
    let mut more: Vec<Item> = (0..30).map(|n| Item::bare(item_id(100 + n))).collect();
    more[0].title = Text::from("without a category");
    live.collector.put_items(more).unwrap();
    let settings = open_settings(&live);
    let (browser, home) = enter(&Caller::new(live, settings), "/").await;
    assert!(home.text.contains("href=\"/category\""), "{}", home.text);
    let first = browser.get("/category").await.text;
    assert!(
        first.contains("Page 1 of 3") && first.contains("href=\"/category?page=2\""),
        "{first}"
    );
    let zh = browser.get("/category?page=2&lang=zh").await.text;
    assert!(zh.contains("第 2 页，共 3 页"), "{zh}");
    let all = [
        first,
        browser.get("/category?page=2").await.text,
        browser.get("/category?page=3").await.text,
    ];
    assert!(all.concat().contains("without a category"));
}

#[tokio::test]
async fn an_error_is_told_in_the_visitors_language_and_a_lost_path_is_a_page() {
    let caller = Caller::open().with("host", HOST).with("accept-language", "zh");
    let reads_pages = caller.with("accept", "text/html,*/*");
    for path in ["/why/NOPE", "/why/none.1", "/item/none", "/category?in=none", "/nowhere"] {
        let page = reads_pages.get(path).await;
        assert_eq!(page.status, 404, "{path}");
        let said = between(&page.text, "role=\"alert\">", "<")[0];
        assert!(!said.contains(|c: char| c.is_ascii_alphabetic()), "{path}: {said}");
    }
    assert_eq!(caller.get("/nowhere").await.error(404), "no_route");
    assert_eq!(reads_pages.get("/v1/nowhere").await.error(404), "no_route");
    let live = shared();
    let locked = locked_settings(&live);
    let locked = Caller::new(live, locked).with("accept", "text/html");
    assert_eq!(locked.get("/nowhere").await.error(404), "no_route");
}

#[tokio::test]
async fn whoever_opts_out_is_not_profiled_and_may_come_back() {
    let browser = be(&Caller::open(), "shopper-16").await;
    submit(&browser, "/me/profiling", "profiling=false").await;
    assert!(browser.get("/").await.text.contains("nothing of your history was used"));
    assert!(browser.get("/me").await.text.contains("Off: nothing is computed"));
    submit(&browser, "/me/profiling", "profiling=true").await;
    assert!(browser.get("/").await.text.contains("Chosen by your history"));
}

#[tokio::test]
async fn erasing_asks_first_and_leaves_a_new_visitor() {
    let live = trained();
    let settings = open_settings(&live);
    let caller = Caller::new(live, settings);
    let browser = be(&caller, "shopper-2").await;
    let unsure = submit(&browser, "/me/erase", "x=").await;
    assert_eq!(unsure.header("location"), "/me?done=unsure");
    assert_eq!(caller.get("/v1/shoppers/shopper-2/export").await.status, 200);
    let erased = submit(&browser, "/me/erase", "sure=yes").await;
    assert_eq!(erased.header("location"), "/?done=erased");
    assert!(!cookie_of(&erased, "candor_visitor").is_empty());
    assert_eq!(caller.get("/v1/shoppers/shopper-2/export").await.error(404), "no_shopper");
}

#[tokio::test]
async fn a_form_of_another_site_does_nothing() {
    let (browser, _) = enter(&Caller::open(), "/").await;
    let form = b"kind=purchase&item=item-1".to_vec();
    let browser = browser.with("content-type", "application/x-www-form-urlencoded");
    let cross = |name, value: &str| browser.with(name, value.to_owned());
    let senders = [
        browser.clone(),
        cross("origin", "null"),
        cross("origin", "http://localhost:9999"),
        cross("origin", "http://127.0.0.1:7700").with("sec-fetch-site", "cross-site"),
    ];
    for sender in senders {
        for path in [
            "/do",
            "/visit",
            "/cart",
            "/me/profiling",
            "/me/erase",
            "/survey",
            "/me/undo",
            "/me/wish",
            "/ask",
        ] {
            let reply = sender.send(Method::POST, path, form.clone()).await;
            assert_eq!(reply.status, 403, "{path}: {}", reply.text);
        }
    }
    assert!(browser.get("/me").await.text.contains("Nothing yet"));
}

#[tokio::test]
async fn a_link_from_another_site_neither_names_nor_records_anybody() {
    let caller = Caller::open().with("host", HOST).with("sec-fetch-site", "cross-site");
    let page = caller.get("/item/item-1").await;
    assert_eq!(page.status, 200);
    assert!(!page.headers.contains_key("set-cookie"), "it would replace the visitor's own");
}

#[tokio::test]
async fn markup_from_the_shop_and_its_reviewers_is_shown_as_text() {
    let caller = hostile_shop().await;
    let browser = be(&caller, "shopper-30").await;
    let escaped = HOSTILE.replace('<', "&#60;").replace('>', "&#62;").replace('\'', "&#39;");
    let home = browser.get("/").await.text;
    let why = format!("/why/{}", between(&home, "href=\"/why/", "\"")[0]);
    let category = "/category?in=%3Cscript%3Ecategory%3C%2Fscript%3E";
    let mut n_shown = 0;
    for path in
        ["/", "/item/item-0", "/item/item-3", "/item/item-6", "/cart", "/me", category, &why]
    {
        let page = browser.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        is_escaped(&page.text);
        n_shown += usize::from(page.text.contains(&escaped));
    }
    assert!(n_shown > 1, "the hostile title is on no page");
    let art = caller.get("/art/item-0").await;
    assert_eq!(art.header("content-type"), "image/svg+xml");
    assert!(!art.text.contains("script") && !art.text.contains("alert"));
}

#[tokio::test]
async fn what_is_typed_comes_back_as_text_and_an_unknown_page_says_so() {
    let (browser, _) = enter(&Caller::open(), "/").await;
    let reply = submit(&browser, "/visit", "id=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E").await;
    let cookie = cookie_of(&reply, "candor_visitor");
    let named = Caller::open().with("host", HOST).with("cookie", cookie);
    is_escaped(&named.get("/me").await.text);
    for path in ["/item/none", "/why/none.1", "/why/none", "/category?in=%3Cscript%3E"] {
        let page = browser.get(path).await;
        assert_eq!(page.status, 404, "{path}");
        assert!(page.text.contains("role=\"alert\""), "{}", page.text);
        is_escaped(&page.text);
    }
}

#[tokio::test]
async fn a_shop_without_a_model_or_items_still_has_pages() {
    let live = untrained();
    let settings = open_settings(&live);
    let (browser, page) = enter(&Caller::new(live, settings), "/").await;
    assert!(page.text.contains("Nothing was trained yet"));
    for path in ["/item/item-1", "/cart", "/me", "/survey"] {
        assert_eq!(browser.get(path).await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn the_questionnaire_comes_after_a_few_looks_and_keeps_its_answers() {
    let live = crate::shop::asking();
    let settings = open_settings(&live);
    let (browser, first) = enter(&Caller::new(live, settings), "/").await;
    assert!(!first.text.contains("href=\"/survey\""), "nobody new is asked");
    for item in ["item-1", "item-2", "item-5"] {
        browser.get(&format!("/item/{item}")).await;
    }
    assert!(browser.get("/").await.text.contains("href=\"/survey\""));
    let survey = browser.get("/survey").await.text;
    let id = between(&survey, "name=\"survey_id\" value=\"", "\"")[0];
    let item = between(&survey, "type=\"radio\" name=\"", "\"")[0];
    let form = format!("survey_id={id}&{item}=4");
    let empty = submit(&browser, "/survey", &format!("survey_id={id}&words=")).await;
    assert_eq!(empty.header("location"), "/survey?done=no_answers");
    let later = browser.get("/survey/later").await;
    let later = browser.with("cookie", cookie_of(&later, "candor_ask_later"));
    assert!(!later.get("/").await.text.contains("href=\"/survey\""), "they said not now");
    assert_eq!(submit(&browser, "/survey", &form).await.header("location"), "/?done=thanks");
    assert!(!browser.get("/survey").await.text.contains(&format!("name=\"{item}\"")));
}

#[tokio::test]
async fn with_keys_the_window_shows_nobody() {
    let live = shared();
    let settings = locked_settings(&live);
    let caller = Caller::new(live, settings).with("accept-language", "en");
    for path in ["/", "/me", "/item/item-0", "/cart", "/survey", "/why/x.1"] {
        let page = caller.get(path).await;
        assert_eq!(page.status, 403, "{path}");
        assert!(page.text.contains("This server has keys"), "{path}");
        assert!(!page.text.contains("Lipstick") && !page.text.contains("Ann, who"), "{path}");
        assert!(!page.headers.contains_key("set-cookie"), "{path}");
    }
}
