use domain::EventTime;

use super::*;
use crate::laws::interactions_of;

#[test]
fn the_last_item_met_for_the_first_time_is_held_out_with_what_follows() {
    let shop = interactions_of(5, &[&[0, 1, 2, 2, 0]]);
    let validation = Validation::last_item(&shop, 50, 1);
    let case = &validation.cases[0];
    assert_eq!(case.target, 2);
    assert_eq!(case.known, [0, 1]);
    let left: Vec<ItemIdx> = validation.training.sequences[0].iter().map(|e| e.item).collect();
    assert_eq!(left, [0, 1]);
}

/// Ten events a second apart; the last fifth begins at the ninth.
#[test]
fn by_time_everyone_is_cut_at_one_instant_and_asked_for_what_they_then_first_met() {
    let mut shop = interactions_of(9, &[&[0, 1, 2, 3, 0], &[4, 5, 4], &[6, 7]]);
    let seconds: [&[i64]; 3] = [&[1, 2, 3, 8, 9], &[4, 5, 10], &[6, 11]];
    for (sequence, seconds) in shop.sequences.iter_mut().zip(seconds) {
        for (event, second) in sequence.iter_mut().zip(seconds) {
            event.time = EventTime::At(Timestamp(1_700_000_000_000 + second * 1000));
        }
    }
    let validation = Validation::by_time(&shop, 0.3, 50, 1);
    let left: Vec<usize> = validation.training.sequences.iter().map(Vec::len).collect();
    assert_eq!(left, [4, 2, 1], "nobody's future is trained on, asked or not");
    let asked: Vec<_> =
        validation.cases.iter().map(|case| (case.target, case.known.clone())).collect();
    assert_eq!(asked, [(7, vec![6])], "the others met nothing new in that time");
}

#[test]
fn by_time_a_new_shopper_is_asked_without_a_history() {
    let mut shop = interactions_of(3, &[&[0, 1], &[2]]);
    for (second, event) in (0..).zip(shop.sequences.iter_mut().flatten()) {
        event.time = EventTime::At(Timestamp(1_700_000_000_000 + second));
    }
    let cases = Validation::by_time(&shop, 0.3, 50, 1).cases;
    assert_eq!(cases.len(), 1);
    assert!(cases[0].history.is_empty() && cases[0].target == 2);
}

#[test]
fn without_clocks_nothing_is_held_out_by_time() {
    let shop = interactions_of(4, &[&[0u32, 1, 2] as &[u32]; 60]);
    let config = SignalsConfig::default();
    assert_eq!(Validation::new(&shop, &config).cases.len(), 60);
    let by_time = SignalsConfig { hold_out: HoldOut::Time { share: 0.1 }, ..config };
    assert!(Validation::new(&shop, &by_time).cases.is_empty());
}

#[test]
fn a_shopper_of_one_item_is_kept_for_training() {
    let shop = interactions_of(5, &[&[3, 3, 3], &[], &[4]]);
    let validation = Validation::last_item(&shop, 50, 1);
    assert!(validation.cases.is_empty());
    assert_eq!(validation.training.n_events(), 4);
}

#[test]
fn an_event_of_no_weight_is_never_held_out() {
    let mut shop = interactions_of(5, &[&[0, 1, 2]]);
    shop.sequences[0][2].weight = 0.0;
    assert_eq!(Validation::last_item(&shop, 50, 1).cases[0].target, 1);
}

#[test]
fn seen_items_do_not_compete_with_the_held_out_one() {
    let shop = interactions_of(3, &[&[0, 1, 2]]);
    let case = &Validation::last_item(&shop, 50, 1).cases[0];
    assert_eq!(case.rank(&[9.0, 8.0, 0.1]), 1);
}

/// 1 / log2(2) = 1, 1 / log2(4) = .5, rank 11 gives nothing.
#[test]
fn ndcg_of_one_relevant_item_matches_its_formula() {
    assert!((ndcg(&[1, 3, 11]) - 0.5).abs() < 1e-6);
    assert!((quality(&[1, 3, 11]).hit_rate_at_10 - 2.0 / 3.0).abs() < 1e-6);
    assert_eq!(ndcg(&[]), 0.0);
}
