//! The plain page.

use crate::shop::{Caller, HOSTILE, locked_settings, shared};

#[tokio::test]
async fn the_page_shows_history_recommendations_and_reasons() {
    let page = Caller::open().get("/?shopper=shopper-0&lang=en").await;
    assert!(page.header("content-type").starts_with("text/html"));
    let expected = [
        "Simulated data",
        "Ann, who likes lipstick",
        "Lipstick no. 0",
        "bought · <time>2026-05-01</time>",
        "Why?",
        "Verified facts",
        "<svg class=\"bars\"",
        "?verify=true",
        "¥",
    ];
    for text in expected {
        assert!(page.text.contains(text), "{text} is not on\n{}", page.text);
    }
}

#[tokio::test]
async fn each_language_is_complete() {
    let caller = Caller::open();
    let zh = caller.get("/?shopper=shopper-0&lang=zh").await.text;
    for text in ["模拟数据", "安：喜欢口红", "口红0号", "为什么？", "已核实", "lang=\"zh-CN\""]
    {
        assert!(zh.contains(text), "{text}");
    }
    for english in ["Why?", "Verified", "Recommended", "Lipstick", "bought", "History"] {
        assert!(!zh.contains(english), "{english}");
    }
    let en = caller.get("/?shopper=shopper-0&lang=en").await.text;
    let chinese = en.replace("中文", "");
    let is_chinese = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
    assert_eq!(chinese.chars().find(is_chinese), None);
}

#[tokio::test]
async fn a_browsers_language_is_followed() {
    let zh = Caller::open().with("accept-language", "fr, zh-CN;q=0.8").get("/").await.text;
    assert!(zh.contains("lang=\"zh-CN\""));
}

#[tokio::test]
async fn markup_from_the_shop_is_shown_as_text() {
    let caller = Caller::open();
    let escaped = HOSTILE.replace('<', "&#60;").replace('>', "&#62;").replace('\'', "&#39;");
    let mut n_shown = 0;
    for shopper in ["shopper-0", "shopper-3", "shopper-6", "shopper-9"] {
        for lang in ["zh", "en"] {
            let page = caller.get(&format!("/?shopper={shopper}&lang={lang}")).await.text;
            assert!(!page.contains("<script") && !page.contains("<img"), "{page}");
            n_shown += usize::from(page.contains(&escaped));
        }
    }
    assert!(n_shown > 0, "the hostile title is on no page");
}

#[tokio::test]
async fn what_is_typed_comes_back_as_text() {
    let caller = Caller::open();
    let page = caller.get("/?id=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").await.text;
    assert!(!page.contains("<script"));
    assert!(page.contains("value=\"&#34;&#62;&#60;script&#62;"), "{page}");
    let page = caller.get("/?id=a%00b").await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("role=\"alert\""));
}

#[tokio::test]
async fn a_visitor_gets_recommendations_without_a_history() {
    let page = Caller::open().get("/?shopper=&lang=en").await.text;
    assert!(page.contains("Nothing of anybody’s history was used"));
    assert!(page.contains("class=\"card\""));
}

#[tokio::test]
async fn with_keys_the_page_shows_nobody() {
    let live = shared();
    let settings = locked_settings(&live);
    let page = Caller::new(live, settings).get("/?shopper=shopper-0&lang=en").await.text;
    assert!(page.contains("This server has keys"));
    assert!(!page.contains("Lipstick") && !page.contains("Ann, who"), "{page}");
}
