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
