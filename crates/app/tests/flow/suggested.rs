//! What is said of corrections, what "it" is, and what is offered to ask.

use answers::Request;
use app::Live;
use claims::{Facts, Field};
use domain::{Concept, Correction, Item, ItemId, Language, Text};
use serving::dialogue::{AskRequest, Asked, Question};

use super::{
    asked::shown,
    small_shop::{largest_category, now, request_of, shopper, trained},
};

fn say(shop: &Live, list: &Request, item: Option<&ItemId>, lang: Language, words: &str) -> Asked {
    let asked = AskRequest {
        question: Some(words.to_owned()),
        item_id: item.cloned(),
        lang: Some(lang),
        list: list.clone(),
        ..AskRequest::default()
    };
    shop.ask(&asked, now()).unwrap()
}

fn undo(shop: &Live, list: &Request, told: &Asked) {
    let ask = told.actions.iter().find(|action| matches!(action.ask, Question::Undo { .. }));
    let ask = Some(ask.unwrap().ask.clone());
    shop.ask(&AskRequest { ask, list: list.clone(), ..AskRequest::default() }, now()).unwrap();
}

#[test]
fn a_correction_says_what_it_is_about_and_what_it_moved() {
    let shop = trained();
    let list = request_of(&shopper(0));
    let items = shown(&shop, &list);
    let first = shop.item(&items[0]).unwrap();
    let named = |lang: Language| first.category().unwrap().in_language(lang).to_owned();
    for (lang, words, says) in [
        (Language::En, format!("show me less of {}", named(Language::En)), "From now on less of"),
        (Language::Zh, format!("少推荐一些{}", named(Language::Zh)), "今后少推荐"),
    ] {
        let told = say(&shop, &list, None, lang, &words);
        let effect = told.effect.clone().expect("it was done");
        assert!(told.text.contains(says) && told.text.contains(&named(lang)), "{}", told.text);
        let left = effect.before.iter().filter(|id| !effect.after.contains(id)).count();
        let n =
            if lang == Language::En { format!("{left} item") } else { format!("有 {left} 件") };
        assert!(left == 0 || told.text.contains(&n), "{}", told.text);
        undo(&shop, &list, &told);
        assert_eq!(shown(&shop, &list), items);
    }
    let sore = say(&shop, &list, None, Language::En, "I am allergic to sesame");
    let concept = Concept::Word("sesame".to_owned());
    let correction = Correction::Less { concept };
    assert_eq!(sore.understood, Some(Question::Correct { correction }), "{}", sore.text);
    assert!(sore.text.contains("less of “sesame”"), "{}", sore.text);
    let zh = say(&shop, &list, None, Language::Zh, "我对芝麻过敏");
    assert!(zh.text.contains("少推荐“芝麻”"), "{}", zh.text);
}

#[test]
fn asked_for_something_cheaper_the_answer_says_what_is_kept_and_what_costs_less() {
    let shop = trained();
    let list = request_of(&shopper(0));
    let cheaper = |item: Option<&ItemId>, than: &ItemId| {
        let told = say(&shop, &list, item, Language::En, "Anything cheaper?");
        let correction = Correction::Cheaper { than: than.clone() };
        assert_eq!(told.understood, Some(Question::Correct { correction }), "{}", told.text);
        assert!(told.text.contains("only what costs less than"), "{}", told.text);
        undo(&shop, &list, &told);
        told
    };
    let priced = largest_category(&shop).into_iter().filter(|item| item.price.is_some());
    let dearest = priced.max_by_key(|item| item.price.unwrap().minor).unwrap();
    let told = cheaper(Some(&dearest.id), &dearest.id);
    assert!(!told.claims.is_empty(), "{}", told.text);
    for claim in &told.claims {
        let Facts::CostsLess { price, .. } = claim.facts else { panic!("{claim:?}") };
        assert!(price.minor < dearest.price.unwrap().minor, "{}", told.text);
    }
    // With no item in sight but the list, its first is meant.
    cheaper(None, &shown(&shop, &list)[0]);
    assert!(audit::audit(shop.shop()).unwrap().is_clean());
}

#[test]
fn it_is_the_item_looked_at_and_what_is_not_known_of_it_is_said_to_be() {
    let shop = trained();
    let list = request_of(&shopper(0));
    let [first, other] = [0, 1].map(|n| shown(&shop, &list)[n].clone());
    let titled = |id: &ItemId, en: &str, zh: &str| {
        let item = Item { title: Text::both(zh, en), ..(*shop.item(id).unwrap()).clone() };
        shop.collector.put_items(vec![item]).unwrap();
    };
    titled(&other, "Waterproof tent", "防水帐篷");
    for (lang, words, asked) in
        [(Language::En, "Is it waterproof?", "waterproof"), (Language::Zh, "它防水吗？", "防水")]
    {
        let told = say(&shop, &list, Some(&first), lang, words);
        let field = Some(Field::Named(asked.to_owned()));
        let about =
            |item: &ItemId| Some(Question::Attribute { item: item.clone(), field: field.clone() });
        assert_eq!(told.understood, about(&first), "{}", told.text);
        assert_eq!(told.claims.len(), 1);
        let unknown =
            matches!(&told.claims[0].facts, Facts::Described { values, .. } if values.is_empty());
        assert!(unknown && told.claims[0].item_id == first, "{}", told.text);
        let known = say(&shop, &list, Some(&other), lang, words);
        assert_eq!(known.understood, about(&other));
        assert!(matches!(known.claims[0].facts, Facts::Mentions { .. }), "{}", known.text);
    }
}

#[test]
fn every_question_that_is_offered_is_answered_as_it_stands() {
    let shop = trained();
    for n in 0..4 {
        for lang in [Language::En, Language::Zh] {
            let list = Request { lang: Some(lang), ..request_of(&shopper(n)) };
            let lost = say(&shop, &list, None, lang, "blorp");
            assert!(!lost.answered && lost.can_ask.len() > 4, "{:?}", lost.can_ask);
            for question in &lost.can_ask {
                assert!(!question.contains('…'), "{question}");
                let asked = AskRequest {
                    question: Some(question.clone()),
                    conversation: Some(lost.conversation.clone()),
                    lang: Some(lang),
                    list: list.clone(),
                    ..AskRequest::default()
                };
                let told = shop.ask(&asked, now()).unwrap();
                assert!(told.answered, "{question}: {}", told.text);
                if told.effect.is_some() {
                    undo(&shop, &list, &told);
                }
            }
        }
    }
}

#[test]
fn how_the_shop_recommends_and_what_it_keeps_are_told_and_nothing_else_is_claimed() {
    let shop = trained();
    let of = shopper(0);
    let list = request_of(&of);
    let said = |lang, words| say(&shop, &list, None, lang, words);
    for (lang, words) in
        [(Language::En, "How do you make recommendations?"), (Language::Zh, "你们是怎么推荐的")]
    {
        let told = said(lang, words);
        assert_eq!(told.understood, Some(Question::HowItWorks), "{words}");
        assert!(told.text.contains("/transparency"), "{}", told.text);
        let model = shop.model().unwrap();
        for weight in model.model.constants().blend.0.iter().filter(|one| one.weight > 0.0) {
            assert!(told.text.contains(&format!("{:.3}", weight.weight)), "{}", told.text);
        }
    }
    let sold = said(Language::En, "Are you selling my data?");
    assert_eq!(sold.understood, Some(Question::MyData), "{}", sold.text);
    assert!(sold.text.contains("I cannot answer") && sold.text.contains("/me"), "{}", sold.text);
    let events = shop.shop().state().export(&of).unwrap().unwrap().events.len();
    assert!(sold.text.contains(&format!("{events} events")), "{}", sold.text);
    let gone = said(Language::Zh, "把我的数据删掉");
    assert_eq!(gone.understood, Some(Question::ForgetMe { confirmed: false }), "{}", gone.text);
}

#[test]
fn what_would_be_there_instead_is_a_list_that_is_worked_out() {
    let shop = trained();
    let list = request_of(&shopper(8));
    let first = shown(&shop, &list)[0].clone();
    for words in ["What would I see instead?", "What if I had not looked at it?"] {
        let told = say(&shop, &list, Some(&first), Language::En, words);
        assert!(matches!(told.understood, Some(Question::WhatIf { .. })), "{words}: {}", told.text);
        assert!(told.answered, "{}", told.text);
        for sentence in &told.sentences {
            let of = sentence.text.split(", “").next().unwrap_or_default();
            let titles: Vec<&str> = of.split('“').skip(1).collect();
            let mut distinct = titles.clone();
            distinct.dedup();
            assert_eq!(titles, distinct, "{}", sentence.text);
        }
    }
}

#[test]
fn names_of_tastes_are_told_in_the_language_of_the_answer() {
    let shop = trained();
    let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    for n in 6..9 {
        let list = request_of(&shopper(n));
        let told = say(&shop, &list, None, Language::En, "What do you know about me?");
        assert!(told.claims.len() <= 5 && !told.claims.is_empty());
        assert!(!told.text.contains(is_chinese), "{}", told.text);
        assert_eq!(
            told.text.contains("more are on"),
            shop.profiles.profile(&shopper(n)).unwrap().tastes.len() > 5
        );
    }
}
