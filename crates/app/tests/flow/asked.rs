//! Questions asked back: every answer is a recomputation, and what is said to be is what is.

use std::collections::BTreeSet;

use answers::{Filters, Request};
use app::Live;
use claims::{Bar, Change, Facts, Verdict};
use domain::{
    Circumstance, Correction, Event, EventKind, EventTime, ItemId, Season, SubjectId, Unused,
};
use serving::dialogue::{AskRequest, Asked, Question};

use super::{
    inspect::item_ids,
    small_shop::{catalogue, event, now, request_of, request_of_a_stranger, shopper, trained},
};

pub(super) fn ask(shop: &Live, list: &Request, ask: Question) -> Asked {
    let asked = AskRequest { ask: Some(ask), list: list.clone(), ..AskRequest::default() };
    let answer = shop.ask(&asked, now()).unwrap();
    let cited: BTreeSet<_> = answer.sentences.iter().flat_map(|s| &s.claim_ids).collect();
    for claim in &answer.claims {
        assert_eq!(claim.verdict, Verdict::Verified, "{claim:?}");
        assert!(cited.contains(&claim.claim_id), "{claim:?} is told by no sentence");
    }
    assert!(answer.sentences.iter().all(|s| !s.claim_ids.is_empty()));
    answer
}

fn say(shop: &Live, list: &Request, question: &str) -> Asked {
    let question = Some(question.to_owned());
    shop.ask(&AskRequest { question, list: list.clone(), ..AskRequest::default() }, now()).unwrap()
}

pub(super) fn shown(shop: &Live, list: &Request) -> Vec<ItemId> {
    item_ids(&shop.recommender.recommend(list).unwrap())
}

pub(super) fn not_shown(shop: &Live, list: &Request) -> Vec<ItemId> {
    let shown = shown(shop, list);
    catalogue(shop).into_iter().map(|item| item.id).filter(|id| !shown.contains(id)).collect()
}

/// Makes changes for real, what leaves out first, and gives the list then.
pub(super) fn really(
    shop: &Live,
    of: &SubjectId,
    list: &Request,
    changes: &[Change],
    key: &str,
) -> Vec<ItemId> {
    let mut list = list.clone();
    let (left_out, others): (Vec<_>, Vec<_>) =
        changes.iter().partition(|change| matches!(change, Change::Without { .. }));
    for (n, change) in left_out.into_iter().chain(others).enumerate() {
        match change {
            Change::Without { history } => {
                let events = history.iter().map(|past| past.event_id.unwrap()).collect();
                let unused = Unused::Events(events);
                shop.corrections.correct(of, Correction::DoNotUse { unused }, &list).unwrap();
            }
            Change::With { did, item_id } => {
                let latest = shop.counts().latest().unwrap();
                let time = EventTime::At(latest);
                let sent = event(of, *did, item_id, &format!("{key}-{n}"));
                shop.collector.collect(vec![Event { time, ..sent }]).unwrap();
            }
            Change::Price { min, max } => {
                let price = answers::request::PriceRange { min: *min, max: *max, currency: None };
                list.filters = Filters { price: Some(price), ..list.filters };
            }
            Change::In { circumstance: Circumstance::Season(Season::Winter) } => {
                let mut now = shop.counts().latest().unwrap();
                while Season::of_month(now.local(0).month) != Season::Winter {
                    now.0 += domain::time::DAY_MS;
                }
                list.context.now = Some(now);
            }
            Change::In { circumstance } => panic!("{circumstance:?}"),
        }
    }
    shown(shop, &list)
}

#[test]
fn what_if_tells_the_list_that_really_comes() {
    let shop = trained();
    let mut n_answered = 0;
    // Those of the crowd have long histories.
    for n in 6..14 {
        let of = shopper(n);
        let list = request_of(&of);
        let state = shop.shop().state();
        let number = state.shopper(&of).unwrap().unwrap();
        let past = state.recent(number, 200, state.newest().unwrap()).unwrap();
        let others = not_shown(&shop, &list);
        let first = shop.profiles.profile(&of).unwrap().tastes[0].events.clone();
        let bought = Change::With { did: EventKind::Purchase, item_id: others[n * 3].clone() };
        let looked = Change::With { did: EventKind::View, item_id: past[0].item_id.clone() };
        let tries = [
            vec![Change::Without { history: first[..1].to_vec() }],
            vec![Change::Price { min: None, max: Some(120.0) }],
            vec![Change::In { circumstance: Circumstance::Season(Season::Winter) }],
            vec![bought.clone()],
            vec![looked, bought],
        ];
        for (t, changes) in tries.iter().enumerate() {
            let told = ask(&shop, &list, Question::WhatIf { changes: changes.clone() });
            assert!(told.answered, "{changes:?}");
            let told_places: Vec<_> = told
                .claims
                .iter()
                .map(|claim| match &claim.facts {
                    Facts::WouldBe { rank_then, .. } => (claim.item_id.clone(), *rank_then),
                    other => panic!("{other:?}"),
                })
                .collect();
            let came = really(&shop, &of, &list, changes, &format!("w{n}-{t}"));
            assert_eq!(told.items, came, "{changes:?}");
            for (id, place) in told_places {
                let at = came.iter().position(|other| *other == id).map(|at| at as u32 + 1);
                assert_eq!(at, place, "{id}");
            }
            n_answered += 1;
            for kept in shop.corrections.of(&of).unwrap().iter().filter(|kept| !kept.taken_back) {
                shop.corrections.take_back(&of, kept.correction_id, &list).unwrap();
            }
        }
    }
    assert_eq!(n_answered, 40);
    assert!(audit::audit(shop.shop()).unwrap().is_clean());
}

#[test]
fn what_is_said_to_bring_an_item_in_really_brings_it_in() {
    let shop = trained();
    let (mut n_outranked, mut n_found) = (0, 0);
    for n in 0..6 {
        let of = shopper(n);
        let list = request_of(&of);
        for (t, item) in not_shown(&shop, &list).into_iter().step_by(19).enumerate() {
            let told = ask(&shop, &list, Question::WhyNot { item: item.clone() });
            assert!(told.answered, "{item}: {}", told.text);
            let Facts::Outranked { rank_by_score, .. } = told.claims[0].facts else { continue };
            assert!(rank_by_score > 1);
            n_outranked += 1;
            let Some(claim) = told.claims.get(1) else { continue };
            let Facts::WouldBe { changes, rank_then, .. } = &claim.facts else {
                panic!("{claim:?}")
            };
            n_found += 1;
            let came = really(&shop, &of, &list, changes, &format!("b{n}-{t}"));
            let place = came.iter().position(|id| *id == item).map(|at| at as u32 + 1);
            assert_eq!(place, *rank_then, "{changes:?}");
        }
    }
    assert!(n_found * 2 > n_outranked, "a change was found for {n_found} of {n_outranked}");
    assert!(audit::audit(shop.shop()).unwrap().is_clean());
}

#[test]
fn why_not_names_the_first_rule_that_bars() {
    let shop = trained();
    let of = shopper(0);
    let list = request_of(&of);
    let bar = |list: &Request, item: &ItemId| {
        let told = ask(&shop, list, Question::WhyNot { item: item.clone() });
        match told.claims.first().map(|claim| claim.facts.clone()) {
            Some(Facts::Barred { by }) => Some(by),
            _ => None,
        }
    };
    let first = shown(&shop, &list)[0].clone();
    assert_eq!(bar(&list, &ItemId::new("nowhere").unwrap()), Some(Bar::NotSold));
    let cheap = answers::request::PriceRange { max: Some(0.5), ..Default::default() };
    let filters = Filters { price: Some(cheap), ..Filters::default() };
    assert_eq!(bar(&Request { filters, ..list.clone() }, &first), Some(Bar::Price));
    let exclude = Filters { exclude: vec![first.clone()], ..Filters::default() };
    assert_eq!(bar(&Request { filters: exclude, ..list.clone() }, &first), Some(Bar::Excluded));
    let seeds = Request { seed_items: vec![first.clone()], ..list.clone() };
    assert_eq!(bar(&seeds, &first), Some(Bar::OnThePage));
    let hide = Correction::NotInterested { item_id: first.clone() };
    let hidden = shop.corrections.correct(&of, hide, &list).unwrap();
    assert_eq!(bar(&list, &first), Some(Bar::NotInterested));
    shop.corrections.take_back(&of, hidden.correction_id, &list).unwrap();
    shop.collector.collect(vec![event(&of, EventKind::Purchase, &first, "k")]).unwrap();
    assert_eq!(bar(&list, &first), Some(Bar::DealtWith));
    let sold_out = domain::Item { in_stock: Some(false), ..(*shop.item(&first).unwrap()).clone() };
    shop.collector.put_items(vec![sold_out]).unwrap();
    assert_eq!(bar(&list, &first), Some(Bar::OutOfStock));
    shop.collector.delete_item(&first).unwrap();
    assert_eq!(bar(&list, &first), Some(Bar::NotSold));
}

#[test]
fn every_typed_question_is_answered_from_verified_claims_and_audited() {
    let shop = trained();
    for n in 0..3 {
        let list = request_of(&shopper(n));
        let items = shown(&shop, &list);
        let (a, b) = (items[0].clone(), items[4].clone());
        let questions = [
            (Question::Why { item: a.clone() }, true),
            (Question::WhyOver { item: a.clone(), other: b.clone() }, true),
            (Question::Compare { items: vec![a.clone(), b.clone()] }, true),
            (Question::WhatYouKnow, true),
            (Question::Price { item: a.clone() }, true),
            (Question::Stock { item: b.clone() }, true),
            (Question::Attribute { item: a.clone(), field: None }, true),
            (Question::Reviews { item: a.clone() }, false),
            (Question::WhichFits { words: vec!["unobtainium".into()], at_most: None }, false),
        ];
        for (question, always) in questions {
            let told = ask(&shop, &list, question.clone());
            assert!(told.answered || !always, "{question:?}");
            assert_eq!(told.answered, told.can_ask.is_empty());
            assert_eq!(told.answered, !told.claims.is_empty(), "{question:?}: {}", told.text);
        }
        // Whoever was not profiled is told that, and nothing else.
        let nobody = ask(&shop, &request_of_a_stranger(), Question::WhatYouKnow);
        assert_eq!(nobody.claims[0].facts.kind(), claims::ClaimKind::UnknownShopper);
        assert_eq!(nobody.claims.len(), 1);
    }
    assert!(audit::audit(shop.shop()).unwrap().is_clean());
}

#[test]
fn an_altered_answer_to_a_question_is_found() {
    let shop = trained();
    let list = request_of(&shopper(0));
    let item = shown(&shop, &list)[0].clone();
    ask(&shop, &list, Question::Stock { item });
    assert!(audit::audit(shop.shop()).unwrap().is_clean());
    let shop = shop.altered(
        br#""stocked","facts":{"in_stock":true}"#,
        br#""stocked","facts":{"in_stock":null}"#,
    );
    assert!(!audit::audit(shop.shop()).unwrap().is_clean());
}

#[test]
fn words_are_understood_in_both_languages_and_this_is_what_was_spoken_of() {
    let shop = trained();
    let of = shopper(0);
    let list = Request { lang: None, ..request_of(&of) };
    let items = shown(&shop, &list);
    let why = say(&shop, &list, "why was the second one recommended?");
    assert_eq!(why.understood, Some(Question::Why { item: items[1].clone() }), "{}", why.text);
    let next = AskRequest {
        question: Some("how much is it?".to_owned()),
        conversation: Some(why.conversation.clone()),
        list: list.clone(),
        ..AskRequest::default()
    };
    let price = shop.ask(&next, now()).unwrap();
    assert_eq!(price.understood, Some(Question::Price { item: items[1].clone() }));
    assert_eq!(price.conversation, why.conversation);
    let zh = say(&shop, &list, "第一个多少钱？");
    assert_eq!(zh.understood, Some(Question::Price { item: items[0].clone() }));
    assert!(zh.text.contains("价格是"), "{}", zh.text);
    let title = shop.item(&items[3]).unwrap().title.in_language(domain::Language::En).to_owned();
    let named = say(&shop, &list, &format!("is the {title} in stock?"));
    assert_eq!(named.understood, Some(Question::Stock { item: items[3].clone() }), "{title}");
    let hide = say(&shop, &list, "I am not interested in the first one");
    let effect = hide.effect.expect("it was done");
    assert!(!effect.after.contains(&items[0]) && effect.before == items);
    let undone = say(&shop, &list, "undo that");
    assert_eq!(undone.effect.expect("it was undone").after, items);
    let unknown = say(&shop, &list, "what is the capital of Norway?");
    assert!(!unknown.answered && unknown.claims.is_empty() && !unknown.can_ask.is_empty());
    assert!(audit::audit(shop.shop()).unwrap().is_clean());
}

#[test]
fn nothing_of_the_history_is_told_to_whoever_opted_out() {
    let shop = trained();
    let of = shopper(1);
    let list = request_of(&of);
    shop.corrections.correct(&of, Correction::StopProfiling, &list).unwrap();
    let stranger = request_of_a_stranger();
    let items = shown(&shop, &stranger);
    let other = not_shown(&shop, &stranger)[3].clone();
    let bought = Change::With { did: EventKind::Purchase, item_id: other.clone() };
    for question in [
        Question::WhatYouKnow,
        Question::Why { item: items[0].clone() },
        Question::WhyNot { item: other },
        Question::WhatIf { changes: vec![bought] },
    ] {
        let told = ask(&shop, &list, question.clone());
        assert_eq!(told.items, items, "{question:?}");
        let of_event = |claim: &claims::Claim| !claim.evidence.is_empty();
        assert!(!told.claims.iter().any(of_event), "{question:?}: {:?}", told.claims);
    }
}
