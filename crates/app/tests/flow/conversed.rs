//! Conversations: what words mean after what was said before, and what has to be said twice.

use answers::Request;
use app::Live;
use domain::{Correction, FeedbackKind, Item, ItemId, Language, SubjectId, Text, Timestamp};
use serving::dialogue::{AskRequest, Asked, Question};
use shop::ShopError;

use super::asked::{not_shown, shown};
use super::small_shop::{now, request_of, shopper, trained, trained_with};

const MINUTE_MS: i64 = 60_000;

fn say_at(live: &Live, list: &Request, after: Option<&Asked>, words: &str, at: Timestamp) -> Asked {
    let asked = AskRequest {
        question: Some(words.to_owned()),
        conversation: after.map(|before| before.conversation.clone()),
        list: list.clone(),
        ..AskRequest::default()
    };
    live.ask(&asked, at).unwrap()
}

fn say(live: &Live, list: &Request, after: Option<&Asked>, words: &str) -> Asked {
    say_at(live, list, after, words, now())
}

fn click(live: &Live, list: &Request, after: Option<&Asked>, ask: Question) -> Asked {
    let conversation = after.map(|before| before.conversation.clone());
    let asked =
        AskRequest { ask: Some(ask), conversation, list: list.clone(), ..AskRequest::default() };
    live.ask(&asked, now()).unwrap()
}

fn in_words(of: &SubjectId) -> Request {
    Request { lang: None, ..request_of(of) }
}

#[test]
fn a_conversation_goes_on_from_the_items_lists_and_wishes_of_its_last_turns() {
    let shop = trained();
    let list = in_words(&shopper(0));
    let items = shown(&shop, &list);
    let why = |n: usize| Some(Question::Why { item: items[n].clone() });
    let price = |n: usize| Some(Question::Price { item: items[n].clone() });
    let first = say(&shop, &list, None, "why was the second one recommended?");
    assert_eq!(first.understood, why(1));
    let third = say(&shop, &list, Some(&first), "and the third one?");
    assert_eq!((third.understood, third.intent.as_str()), (why(2), "why"));
    let other = say(&shop, &list, Some(&first), "what about the other one?");
    assert_eq!(other.understood, why(1), "{}", other.text);
    let cost = say(&shop, &list, Some(&first), "how much is it?");
    assert_eq!(cost.understood, price(1));
    let both = say(&shop, &list, Some(&first), "compare these two");
    let pair = [items[2].clone(), items[1].clone()];
    assert_eq!(both.understood, Some(Question::Compare { items: pair.to_vec() }));
    let zh = say(&shop, &list, Some(&first), "第四个多少钱？");
    assert_eq!(zh.understood, price(3));
    assert_eq!(say(&shop, &list, Some(&first), "那第五个呢？").understood, price(4));
    assert_eq!(say(&shop, &list, Some(&first), "另一个呢？").understood, price(3));
    let cheaper = say(&shop, &list, Some(&first), "show me something cheaper than it");
    let than = items[3].clone();
    let correction = Correction::Cheaper { than };
    assert_eq!(cheaper.understood, Some(Question::Correct { correction }));
    assert!(audit::audit(shop.shop()).unwrap().is_clean());
}

#[test]
fn places_are_counted_in_the_list_that_was_answered_with() {
    let shop = trained();
    let list = in_words(&shopper(1));
    let items = shown(&shop, &list);
    let cheap = say(&shop, &list, None, "what if it had to be under 60?");
    let new = cheap.items.iter().position(|id| !items.contains(id)).expect("the list changes");
    let other = ItemId::clone(&cheap.items[new]);
    let place = format!("why not number {}?", new + 1);
    let told = say(&shop, &list, Some(&cheap), &place);
    let item = match told.understood.clone() {
        Some(Question::WhyNot { item } | Question::Why { item }) => item,
        other => panic!("{other:?}"),
    };
    assert_eq!(item, other);
    let not_that = say(&shop, &list, Some(&told), "why is that not in my list?");
    assert_eq!(not_that.understood, Some(Question::WhyNot { item: other }));
}

#[test]
fn nothing_is_remembered_of_another_shopper_of_too_long_ago_or_beyond_the_last_turns() {
    let shop = trained_with("[ask]\nturns = 2\nconversation_minutes = 5\n");
    let [ann, ben] = [0, 1].map(|n| in_words(&shopper(n)));
    let first = say(&shop, &ann, None, "why the second one?");
    for stranger in [&ben, &Request { lang: None, ..Request::default() }] {
        let taken = say(&shop, stranger, Some(&first), "how much is it?");
        assert!(taken.conversation != first.conversation);
        assert_eq!(taken.understood, None, "{}", taken.text);
    }
    let late = Timestamp(now().0 + 6 * MINUTE_MS);
    let forgotten = say_at(&shop, &ann, Some(&first), "how much is it?", late);
    assert_eq!(forgotten.understood, None);
    let first = say(&shop, &ann, None, "why the second one?");
    let third = say(&shop, &ann, Some(&first), "and the third one?");
    assert!(say(&shop, &ann, Some(&third), "and the other one?").understood.is_some());
    let fourth = say(&shop, &ann, Some(&third), "what about the fourth one?");
    // Of three that were spoken of, the first has gone: "the other" is of the last two.
    let other = say(&shop, &ann, Some(&fourth), "and the other one?");
    let items = shown(&shop, &ann);
    assert_eq!(other.understood, Some(Question::Why { item: items[1].clone() }));
}

#[test]
fn being_forgotten_is_asked_twice_and_done_for_good() {
    let shop = trained();
    let of = shopper(3);
    let list = in_words(&of);
    let confirm = || Question::ForgetMe { confirmed: true };
    let state = || shop.shop().state().shopper(&of).unwrap();
    for unasked in [None, Some(say(&shop, &list, None, "why the first one?"))] {
        let told = click(&shop, &list, unasked.as_ref(), confirm());
        assert_eq!(told.understood, Some(Question::ForgetMe { confirmed: false }));
        assert!(told.forgotten.is_none() && state().is_some());
    }
    let asked = say(&shop, &list, None, "delete everything you know about me");
    assert!(asked.text.contains("cannot be taken back"), "{}", asked.text);
    let kept = shop.shop().state().export(&of).unwrap().unwrap();
    assert!(asked.text.contains(&format!("{} events", kept.events.len())), "{}", asked.text);
    let yes = asked.actions.iter().find(|action| action.ask == confirm()).unwrap();
    assert!(!yes.undoable && state().is_some());
    // Anything but a yes is none.
    let other = say(&shop, &list, Some(&asked), "why the first one?");
    assert!(state().is_some());
    assert!(click(&shop, &list, Some(&other), confirm()).forgotten.is_none());
    let done = say(&shop, &list, Some(&asked), "yes");
    let removed = done.forgotten.expect("it was done");
    assert_eq!(removed.events, kept.events.len() as u64);
    assert!(done.text.contains("cannot be taken back"), "{}", done.text);
    assert!(state().is_none() && done.claims.is_empty() && done.actions.is_empty());
    let again = say(&shop, &list, Some(&done), "how much is it?");
    assert!(again.conversation != done.conversation && again.understood.is_none());
    let zh = say(&shop, &Request { lang: Some(Language::Zh), ..list }, None, "忘记我");
    assert!(zh.text.contains("没有保存") && zh.forgotten.is_none(), "{}", zh.text);
    assert!(audit::audit(shop.shop()).unwrap().is_clean());
}

#[test]
fn profiling_is_stopped_once_confirmed_and_taken_back() {
    let shop = trained();
    let of = shopper(2);
    let list = in_words(&of);
    let before = shown(&shop, &list);
    let profiled = || shop.corrections.preferences(&of).unwrap().profiling;
    let asked = say(&shop, &list, None, "关闭个性化推荐");
    assert_eq!(asked.understood, Some(Question::StopProfiling { confirmed: false }));
    assert!(profiled() && asked.effect.is_none() && asked.text.contains("撤销"), "{}", asked.text);
    let done = say(&shop, &list, Some(&asked), "确认");
    assert!(!profiled());
    let undo = done.actions.iter().find(|action| matches!(action.ask, Question::Undo { .. }));
    let undone = click(&shop, &list, Some(&done), undo.unwrap().ask.clone());
    assert!(profiled() && undone.effect.unwrap().taken_back);
    assert_eq!(shown(&shop, &list), before);
}

#[test]
fn asking_back_counts_as_feedback_of_the_answer_that_was_asked_about() {
    let shop = trained();
    let of = shopper(0);
    let answer = shop.recommender.recommend(&request_of(&of)).unwrap();
    let exposure =
        serving::feedback::Exposure { request_id: answer.request_id.clone(), item_ids: Vec::new() };
    shop.feedback.expose(&exposure, Some(&of), now()).unwrap();
    let ask = |of: &SubjectId, ask: Question| {
        let request_id = Some(answer.request_id.clone());
        let list = request_of(of);
        shop.ask(&AskRequest { ask: Some(ask), request_id, list, ..AskRequest::default() }, now())
    };
    let [first, second] = [0, 1].map(|n| answer.items[n].item_id.clone());
    ask(&of, Question::Why { item: first.clone() }).unwrap();
    ask(&of, Question::Price { item: second.clone() }).unwrap();
    let elsewhere = not_shown(&shop, &request_of(&of)).remove(0);
    ask(&of, Question::WhyNot { item: elsewhere }).unwrap();
    let foreign = ask(&shopper(1), Question::Why { item: first.clone() });
    assert!(matches!(foreign, Err(ShopError::NotTheirs(_))));
    let number = shop.shop().state().shopper(&of).unwrap().unwrap();
    let kept = shop.shop().state().feedback_of(number).unwrap();
    let of_kind = |kind| {
        let found = kept.iter().filter(move |one| one.kind == kind);
        found.map(|one| one.item_id.clone().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(of_kind(FeedbackKind::FollowUp), [first.clone(), second]);
    assert_eq!(of_kind(FeedbackKind::Opened), [first]);
    assert!(kept.iter().all(|one| one.request_id.as_ref() == Some(&answer.request_id)));
    let behaviour = experimentation::trust::report(shop.shop()).unwrap().behaviour;
    assert_eq!(behaviour.asked_back.known().unwrap().n_did, 2);
    assert_eq!(behaviour.opened.known().unwrap().n_did, 1);
}

#[test]
fn a_word_that_a_correction_heeds_counts_and_leaves_nothing_behind() {
    let shop = trained();
    let of = shopper(0);
    let list = request_of(&of);
    let told = |shop: &Live| {
        let items = shop.recommender.recommend(&list).unwrap().items.into_iter();
        let facts = |item: answers::AnsweredItem| {
            let claims = item.reasons.into_iter().flat_map(|reason| reason.claims);
            (item.item_id, claims.map(|claim| claim.facts).collect::<Vec<_>>())
        };
        items.map(facts).collect::<Vec<_>>()
    };
    let before = told(&shop);
    let answer = shop.recommender.recommend(&list).unwrap();
    let reason = answer.items[0].reasons[0].reason_id.clone();
    let gift = Correction::Gift {
        item_id: shop.profiles.profile(&of).unwrap().tastes[0].events[0].item_id.clone(),
    };
    let made = shop.corrections.correct(&of, gift, &list).unwrap();
    let corrected = told(&shop);
    for kind in [FeedbackKind::DontUse, FeedbackKind::Wrong] {
        let taken = shop.feedback.count_judged(&reason, kind, Some(&of), now()).unwrap();
        assert_eq!(taken.accepted, 1);
    }
    assert_eq!(told(&shop), corrected);
    shop.corrections.take_back(&of, made.correction_id, &list).unwrap();
    assert_eq!(told(&shop), before);
    let exposure =
        serving::feedback::Exposure { request_id: answer.request_id.clone(), item_ids: Vec::new() };
    shop.feedback.expose(&exposure, Some(&of), now()).unwrap();
    assert_eq!(
        experimentation::trust::report(shop.shop())
            .unwrap()
            .behaviour
            .corrections
            .known()
            .unwrap()
            .n_did,
        1
    );
}

#[test]
fn which_fits_is_answered_from_what_items_and_reviewers_say_or_not_at_all() {
    let shop = trained();
    let list = in_words(&shopper(0));
    let items = shown(&shop, &list);
    let describe = |n: usize, name: &str, value: Text| {
        let mut item = Item::clone(&shop.item(&items[n]).unwrap());
        item.attributes.insert(name.to_owned(), vec![value]);
        shop.collector.put_items(vec![item]).unwrap();
    };
    let none = say(&shop, &list, None, "which of these fits a 13-inch laptop?");
    assert!(!none.answered && none.claims.is_empty(), "{}", none.text);
    assert!(none.understood.is_some(), "{}", none.text);
    describe(2, "fits", Text::both("13英寸笔记本电脑", "Laptops up to 13 inch"));
    describe(4, "skin_type", Text::both("干性皮肤", "Dry skin"));
    let laptop = say(&shop, &list, None, "which of these fits a 13-inch laptop?");
    assert_eq!(laptop.items, [items[2].clone()], "{}", laptop.text);
    let skin = say(&shop, &list, None, "which of these is good for dry skin?");
    assert_eq!(skin.items, [items[4].clone()], "{}", skin.text);
    assert!(skin.claims.iter().all(|claim| claim.facts.kind() == claims::ClaimKind::Mentions));
    let zh = say(&shop, &list, None, "哪个适合干性皮肤？");
    assert_eq!(zh.items, [items[4].clone()], "{}", zh.text);
    assert!(zh.text.contains("肤质"), "{}", zh.text);
    // Of a list of one, "it" is that one.
    assert!(audit::audit(shop.shop()).unwrap().is_clean());
}
