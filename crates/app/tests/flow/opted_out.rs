//! Whoever switched profiling off is a stranger: nothing is computed from their history.

use answers::{Answer, Request};
use claims::{Claim, Facts, Unknown};
use domain::{EventKind, ItemId, Preferences};

use super::{
    inspect::{claims, faults, texts},
    small_shop::{event, item_id, request_of, request_of_a_stranger, shopper, trained},
};

const OFF: Preferences = Preferences { profiling: false, language: None };

/// What was recommended and why, with either reason for knowing nothing taken as one.
fn list(answer: &Answer) -> Vec<(ItemId, u32, f64, Vec<Claim>)> {
    let as_stranger = |claim: &Claim| {
        let mut claim = claim.clone();
        if let Facts::UnknownShopper { because } = &mut claim.facts {
            *because = Unknown::NoHistory;
        }
        claim
    };
    let line = |item: &answers::AnsweredItem| {
        let claims = item.reasons.iter().flat_map(|reason| &reason.claims).map(as_stranger);
        (item.item_id.clone(), item.rank, item.score, claims.collect())
    };
    answer.items.iter().map(line).collect()
}

#[test]
fn a_shopper_who_opted_out_is_answered_like_a_stranger_and_told_why() {
    let shop = trained();
    let asked = [
        request_of_a_stranger(),
        Request { seed_items: vec![item_id("S0011")], ..request_of_a_stranger() },
    ];
    for n in 0..4 {
        shop.corrections.set_preferences(&shopper(n), &OFF).unwrap();
        for stranger in &asked {
            let own = Request { shopper: Some(shopper(n)), ..stranger.clone() };
            let answer = shop.recommender.recommend(&own).unwrap();
            assert!(!answer.profiled);
            assert_eq!(faults(&answer), [""; 0]);
            assert_eq!(list(&answer), list(&shop.recommender.recommend(stranger).unwrap()));
            let of_an_event = |c: &Claim| c.evidence.iter().any(|past| past.event_id.is_some());
            assert!(!claims(&answer).any(of_an_event));
            let because = Facts::UnknownShopper { because: Unknown::ProfilingOff };
            assert!(claims(&answer).any(|claim| claim.facts == because));
        }
    }
    assert!(audit::audit(shop.shop()).unwrap().is_clean());
}

#[test]
fn events_after_opting_out_change_nothing_and_opting_in_again_uses_them() {
    let shop = trained();
    shop.corrections.set_preferences(&shopper(0), &OFF).unwrap();
    let request = request_of(&shopper(0));
    let first = shop.recommender.recommend(&request).unwrap().items[0].item_id.clone();
    shop.collector.collect(vec![event(&shopper(0), EventKind::Cart, &first, "k1")]).unwrap();
    let still = shop.recommender.recommend(&request).unwrap();
    assert_eq!(list(&still), list(&shop.recommender.recommend(&request_of_a_stranger()).unwrap()));

    shop.corrections.set_preferences(&shopper(0), &Preferences::default()).unwrap();
    let again = shop.recommender.recommend(&request).unwrap();
    assert!(again.profiled && claims(&again).any(|c| !c.evidence.is_empty()));
    assert!(
        audit::audit(shop.shop()).unwrap().is_clean(),
        "earlier answers were judged by later wishes"
    );
}

#[test]
fn a_model_is_not_fitted_on_a_shopper_who_opted_out() {
    let shop = trained();
    let n_sequences = || training::gather(shop.shop()).unwrap().data.interactions.sequences.len();
    let before = n_sequences();
    shop.corrections.set_preferences(&shopper(3), &OFF).unwrap();
    assert_eq!(n_sequences(), before - 1);
}

#[test]
fn reasons_are_in_the_language_that_the_shopper_reads() {
    let shop = trained();
    let chinese = Preferences { profiling: true, language: Some(domain::Language::Zh) };
    shop.corrections.set_preferences(&shopper(2), &chinese).unwrap();
    let request = Request { lang: None, ..request_of(&shopper(2)) };
    let answer = shop.recommender.recommend(&request).unwrap();
    assert!(texts(&answer).all(|text| text.contains('。')));
    let asked = shop.recommender.recommend(&request_of(&shopper(2))).unwrap();
    assert!(texts(&asked).all(|text| !text.contains('。')), "the request says which");
}
