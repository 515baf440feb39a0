//! What an answer holds: the same for the same, events at once, seeds, visitors, filters.

use answers::request::{OneOrMany, PriceRange};
use answers::{Filters, Request};
use claims::{Facts, Unknown};
use domain::{EventKind, HistoryRef, Item, RequestId};
use explain::Relation;
use shop::ShopError;

use super::{
    inspect::{claims, differences, faults, item_ids, repeatable, texts},
    small_shop::{
        catalogue, event, item_id, request_of, request_of_a_stranger, shopper, subject, trained,
    },
};

#[test]
fn the_same_request_on_the_same_data_gives_the_same_answer_and_proof() {
    let shop = trained();
    let request = request_of(&shopper(0));
    let first = shop.recommender.recommend(&request).unwrap();
    let second = shop.recommender.recommend(&request).unwrap();
    assert_ne!(first.request_id, second.request_id);
    assert_eq!(repeatable(&first), repeatable(&second));
    let shop = shop.reopened();
    assert_eq!(repeatable(&first), repeatable(&shop.recommender.recommend(&request).unwrap()));
}

#[test]
fn a_delivered_answer_is_read_again_word_for_word() {
    let shop = trained();
    for request in [request_of(&shopper(2)), request_of_a_stranger()] {
        let answer = shop.recommender.recommend(&request).unwrap();
        assert_eq!(serving::delivered(shop.in_service(), &answer.request_id).unwrap(), answer);
    }
    let nothing = RequestId::new("r-never-given").unwrap();
    assert!(
        matches!(serving::delivered(shop.in_service(), &nothing), Err(ShopError::NoAnswer(id)) if id == nothing)
    );
}

#[test]
fn an_answer_can_be_read_again_after_its_items_were_bought_changed_and_deleted() {
    let shop = trained();
    let answer = shop.recommender.recommend(&request_of(&shopper(0))).unwrap();
    let mut changed: Item = (*shop.item(&answer.items[0].item_id).unwrap()).clone();
    changed.price = None;
    shop.collector.put_items(vec![changed]).unwrap();
    for item in &answer.items {
        let bought = event(&shopper(0), EventKind::Purchase, &item.item_id, item.item_id.as_str());
        shop.collector.collect(vec![bought]).unwrap();
        shop.collector.delete_item(&item.item_id).unwrap();
    }
    assert_eq!(serving::delivered(shop.in_service(), &answer.request_id).unwrap(), answer);
    let shop = shop.reopened();
    assert_eq!(serving::delivered(shop.in_service(), &answer.request_id).unwrap(), answer);
}

#[test]
fn an_event_that_was_acknowledged_is_in_the_next_answer() {
    let shop = trained();
    let request = request_of(&shopper(0));
    let before = shop.recommender.recommend(&request).unwrap();
    let bought = before.items[0].item_id.clone();
    let n_buyers = shop.counts().shoppers_of(&bought, Relation::Bought);
    let ack = shop
        .collector
        .collect(vec![event(&shopper(0), EventKind::Purchase, &bought, "k1")])
        .unwrap()
        .remove(0);

    let after = shop.recommender.recommend(&request).unwrap();
    assert_eq!(after.as_of.0, ack.id);
    assert!(!item_ids(&after).contains(&bought), "bought a moment ago, recommended again");
    let newest = HistoryRef { item_id: bought.clone(), event_id: Some(ack.id) };
    assert!(claims(&after).any(|c| c.evidence.contains(&newest)), "no reason rests on the event");
    assert_eq!(shop.counts().shoppers_of(&bought, Relation::Bought), n_buyers + 1);
    assert_eq!(differences(&shop.counts(), &shop.shop().count().unwrap()), [""; 0]);
}

#[test]
fn an_event_sent_twice_counts_once() {
    let shop = trained();
    let item = item_id("S0007");
    let click = event(&subject("ann"), EventKind::Click, &item, "k1");
    let n_viewers = shop.counts().shoppers_of(&item, Relation::Viewed);
    let acks = shop.collector.collect(vec![click.clone(), click.clone()]).unwrap();
    let again = shop.collector.collect(vec![click]).unwrap();
    assert_eq!([acks[0].fresh, acks[1].fresh, again[0].fresh], [true, false, false]);
    assert_eq!([acks[1].id, again[0].id], [acks[0].id; 2]);
    assert_eq!(shop.counts().shoppers_of(&item, Relation::Viewed), n_viewers + 1);
}

#[test]
fn a_new_visitor_gets_recommendations_and_is_told_that_nothing_is_known() {
    let shop = trained();
    let nobody = request_of_a_stranger();
    let named = request_of(&subject("never-seen-before"));
    for request in [nobody, named] {
        let answer = shop.recommender.recommend(&request).unwrap();
        assert_eq!(answer.items.len(), request.k);
        assert!(!answer.profiled && answer.simulated);
        assert_eq!(faults(&answer), [""; 0]);
        for item in &answer.items {
            let told = item.reasons[0]
                .claims
                .iter()
                .any(|claim| claim.facts == Facts::UnknownShopper { because: Unknown::NoHistory });
            assert!(told, "{} keeps quiet about it", item.item_id);
        }
    }
}

#[test]
fn a_session_of_one_click_is_enough_to_change_the_list() {
    let shop = trained();
    let request = Request { session: Some("visit-1".to_owned()), ..request_of_a_stranger() };
    let before = shop.recommender.recommend(&request).unwrap();
    let clicked = item_id("S0042");
    let visitor = request.subject().unwrap().unwrap();
    shop.collector.collect(vec![event(&visitor, EventKind::Click, &clicked, "k1")]).unwrap();

    let after = shop.recommender.recommend(&request).unwrap();
    assert!(!before.profiled && after.profiled);
    assert_ne!(item_ids(&before), item_ids(&after));
    let rests_on_it = |item: &HistoryRef| item.item_id == clicked;
    assert!(claims(&after).any(|claim| claim.evidence.iter().any(rests_on_it)));
    let another = Request { session: Some("visit-2".to_owned()), ..request };
    assert!(
        !shop.recommender.recommend(&another).unwrap().profiled,
        "one visit knows of the other"
    );
}

#[test]
fn a_product_page_gets_what_goes_with_it_and_reasons_that_name_it() {
    let shop = trained();
    for seed in catalogue(&shop).iter().step_by(13) {
        let request = Request { seed_items: vec![seed.id.clone()], ..request_of_a_stranger() };
        let answer = shop.recommender.recommend(&request).unwrap();
        assert_eq!(faults(&answer), [""; 0]);
        assert!(!item_ids(&answer).contains(&seed.id), "the page recommends itself");
        assert_ne!(
            item_ids(&answer),
            item_ids(&shop.recommender.recommend(&request_of_a_stranger()).unwrap())
        );
        let as_seed = HistoryRef { item_id: seed.id.clone(), event_id: None };
        assert!(claims(&answer).any(|claim| claim.evidence.contains(&as_seed)), "{}", seed.id);
        let title = seed.title.in_language(domain::Language::En);
        let title: String = "“".chars().chain(title.chars().take(40)).collect();
        assert!(texts(&answer).any(|text| text.contains(&title)), "no reason says {title}");
    }
}

#[test]
fn an_unknown_seed_is_a_warning() {
    let shop = trained();
    let request = Request { seed_items: vec![item_id("no-such")], ..request_of_a_stranger() };
    let answer = shop.recommender.recommend(&request).unwrap();
    assert_eq!(answer.warnings, ["seed item no-such is not in the catalogue"]);
    assert_eq!(answer.items.len(), request.k);
}

#[test]
fn filters_hold_for_every_item() {
    let shop = trained();
    let ask = |filters: Filters| {
        let request = Request { filters, k: 20, ..request_of(&shopper(0)) };
        let answer = shop.recommender.recommend(&request).unwrap();
        assert!(!answer.items.is_empty());
        let items = item_ids(&answer).into_iter().map(|id| shop.item(&id).unwrap());
        items.collect::<Vec<_>>()
    };
    let any = shop.item(&ask(Filters::default())[0].id).unwrap();
    let (category, brand) = (any.categories[0].clone(), any.brand.clone());
    let one = |text: &domain::Text| OneOrMany::One(text.versions().next().unwrap().to_owned());

    let of_category = Filters { category: one(&category), ..Filters::default() };
    assert!(ask(of_category).iter().all(|item| item.categories.contains(&category)));
    let of_brand = Filters { brand: one(&brand), ..Filters::default() };
    assert!(ask(of_brand).iter().all(|item| item.brand == brand));

    let range = PriceRange { min: Some(50.0), max: Some(120.0), currency: None };
    let of_price = Filters { price: Some(range), ..Filters::default() };
    let within = |item: &Item| (5_000..=12_000).contains(&item.price.unwrap().minor);
    assert!(ask(of_price).iter().all(|item| within(item)));

    let not_these: Vec<_> = ask(Filters::default()).iter().map(|i| i.id.clone()).collect();
    let exclude = Filters { exclude: not_these.clone(), ..Filters::default() };
    assert!(ask(exclude).iter().all(|item| !not_these.contains(&item.id)));
}

#[test]
fn what_is_sold_out_is_left_out_at_once_unless_asked_for() {
    let shop = trained();
    let request = Request { k: 20, ..request_of(&shopper(0)) };
    let first = shop.recommender.recommend(&request).unwrap().items[0].item_id.clone();
    let mut sold_out: Item = (*shop.item(&first).unwrap()).clone();
    sold_out.in_stock = Some(false);
    assert_eq!(shop.collector.put_items(vec![sold_out]).unwrap(), 1);
    assert!(!item_ids(&shop.recommender.recommend(&request).unwrap()).contains(&first));

    let filters = Filters { in_stock: false, ..Filters::default() };
    let anything = Request { filters, ..request };
    assert_eq!(shop.recommender.recommend(&anything).unwrap().items[0].item_id, first);
    shop.collector.delete_item(&first).unwrap();
    assert!(!item_ids(&shop.recommender.recommend(&anything).unwrap()).contains(&first));
}

#[test]
fn too_few_items_are_given_with_a_warning() {
    let shop = trained();
    let narrow = catalogue(&shop)[0].category().unwrap().clone();
    let category = OneOrMany::One(narrow.versions().next().unwrap().to_owned());
    let filters = Filters { category, ..Filters::default() };
    let answer =
        shop.recommender.recommend(&Request { filters, k: 100, ..Request::default() }).unwrap();
    let sold = catalogue(&shop);
    let n = sold.iter().filter(|i| i.can_be_bought() && i.category() == Some(&narrow)).count();
    assert_eq!(answer.items.len(), n);
    assert_eq!(answer.warnings, [format!("only {n} items may be shown under these filters")]);
}

#[test]
fn an_answer_without_reasons_is_given_where_none_are_wanted() {
    let shop = trained();
    let request = Request { explain: false, ..request_of(&shopper(0)) };
    let answer = shop.recommender.recommend(&request).unwrap();
    assert!(answer.items.iter().all(|item| item.reasons.is_empty()) && answer.warnings.is_empty());
    let explained = shop.recommender.recommend(&Request { explain: true, ..request }).unwrap();
    assert_eq!(item_ids(&answer), item_ids(&explained), "explaining changed the list");
}
