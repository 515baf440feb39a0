use domain::{EventKind, Timestamp};
use proptest::prelude::*;

use super::*;
use crate::laws::{assert_additive, interactions_of, small_history, small_shop};

fn at_day(item: ItemIdx, kind: EventKind, day: i64) -> Interaction {
    let time = EventTime::At(Timestamp(1_600_000_000_000 + day * domain::time::DAY_MS));
    Interaction::new(item, kind, 1.0, time)
}

fn constants() -> PopularityConstants {
    PopularityConstants { half_life_days: 10.0 }
}

#[test]
fn a_shopper_counts_once_and_a_buyer_of_ten_days_ago_counts_half() {
    let buy = EventKind::Purchase;
    let sequences = vec![
        vec![at_day(0, buy, 0), at_day(0, buy, 10)],
        vec![at_day(0, buy, 0)],
        vec![at_day(1, buy, 0)],
    ];
    let scores = Popularity::fit(&Interactions::new(3, sequences), &constants()).scores;
    assert!((scores[0] - 2.5f32.ln()).abs() < 1e-6);
    assert!((scores[1] - 1.5f32.ln()).abs() < 1e-6);
    assert_eq!(scores[2], 0.0);
}

#[test]
fn without_clocks_nothing_decays() {
    let shop = interactions_of(2, &[&[0, 1], &[0], &[0, 0, 0]]);
    let scores = Popularity::fit(&shop, &constants()).scores;
    assert_eq!(scores, [4f32.ln(), 2f32.ln()]);
}

#[test]
fn where_there_are_purchases_views_do_not_count() {
    let sequences = vec![
        vec![at_day(0, EventKind::View, 0)],
        vec![at_day(1, EventKind::View, 0), at_day(1, EventKind::Purchase, 0)],
    ];
    let scores = Popularity::fit(&Interactions::new(2, sequences), &constants()).scores;
    assert_eq!(scores, [0.0, 2f32.ln()]);
}

proptest! {
    #[test]
    fn all_of_it_is_base((shop, history) in (small_shop(), small_history())) {
        assert_additive(&Popularity::fit(&shop, &constants()), &history, shop.n_items)?;
    }
}
