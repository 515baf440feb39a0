use proptest::prelude::*;

use super::*;
use crate::History;
use crate::laws::{assert_additive, interactions_of, small_history, small_shop};

fn constants() -> TransitionConstants {
    TransitionConstants {
        window: 2,
        damping: 0.5,
        reverse: 0.5,
        popularity_exponent: 1.0,
        decay: 0.5,
    }
}

/// Sequences 0 1 2 and 0 2. By hand, with damping .5:
/// T = [0→1: 1, 0→2: .5 + 1, 1→2: 1]; D = (2, 1, 2); β = .5.
/// Row 0 of (T + βTᵀ)/D = (0, 1, .75), length 1.25. Row 1 = (.5/2, 0, 1/2). Row 2 = (.75/2, .5, 0).
#[test]
fn rows_match_numbers_worked_out_by_hand() {
    let shop = interactions_of(3, &[&[0, 1, 2], &[0, 2]]);
    let transition = Transition::fit(&shop, &constants());
    let row = |item| (0..3).map(|other| transition.rows.value(item, other)).collect::<Vec<_>>();
    let close = |got: Vec<f32>, want: [f32; 3]| {
        got.iter()
            .zip(want)
            .for_each(|(got, want)| assert!((got - want).abs() < 1e-6, "{got} {want}"));
    };
    close(row(0), [0.0, 0.8, 0.6]);
    close(row(1), [0.447_213_6, 0.0, 0.894_427_2]);
    close(row(2), [0.6, 0.8, 0.0]);
}

#[test]
fn older_events_count_less_by_the_power_of_their_distance() {
    let shop = interactions_of(3, &[&[0, 1, 2], &[0, 2]]);
    let transition = Transition::fit(&shop, &constants());
    let history = History::newest_first([(0, 1.0), (1, 3.0)]);
    let by_event = transition.attribute(Query::of(&history), 2).by_event;
    assert!((by_event[0] - 0.6).abs() < 1e-6);
    assert!((by_event[1] - 3.0 * 0.5 * 0.894_427_2).abs() < 1e-6);
}

#[test]
fn an_item_never_leads_to_itself() {
    let shop = interactions_of(2, &[&[0, 1, 0, 1, 1]]);
    let transition = Transition::fit(&shop, &constants());
    assert_eq!(transition.rows.value(0, 0), 0.0);
    assert_eq!(transition.rows.value(1, 1), 0.0);
    assert!(transition.rows.value(0, 1) > 0.0);
}

#[test]
fn looking_twice_at_one_item_is_one_step() {
    let once = Transition::fit(&interactions_of(3, &[&[0, 1, 2]]), &constants());
    let twice = Transition::fit(&interactions_of(3, &[&[0, 0, 1, 1, 1, 2]]), &constants());
    assert_eq!(once.rows.row(0), twice.rows.row(0));
}

#[test]
fn events_of_no_weight_leave_no_trace() {
    let mut shop = interactions_of(3, &[&[0, 2, 1]]);
    shop.sequences[0][1].weight = 0.0;
    let transition = Transition::fit(&shop, &constants());
    assert!(transition.rows.row(2).0.is_empty());
    assert_eq!(transition.rows.value(0, 1), 1.0);
}

#[test]
fn a_masked_step_takes_its_own_neighbours_away_and_changes_no_others() {
    let whole = interactions_of(4, &[&[0, 1, 2, 0, 3]]);
    let mut masked = interactions_of(4, &[&[0, 2, 0, 3]]);
    masked.sequences[0][1].n_masked_before = 1;
    let counts = |shop: &Interactions, item: usize| {
        let mut scratch = Scratch::new(4);
        Steps::new(shop).add_neighbours(item, &[1.0, 0.5, 0.25], 0.5, &mut scratch);
        scratch.take_row()
    };
    for item in [0, 2, 3] {
        let mut expected = counts(&whole, item);
        assert!(expected.iter().any(|(other, _)| *other == 1), "{item} had it as a neighbour");
        expected.retain(|(other, _)| *other != 1);
        assert_eq!(counts(&masked, item), expected);
    }
    assert!(counts(&masked, 1).is_empty());
}

#[test]
fn beyond_the_window_nothing_is_counted() {
    let transition = Transition::fit(&interactions_of(4, &[&[0, 1, 2, 3]]), &constants());
    assert!(transition.rows.value(0, 2) > 0.0);
    assert_eq!(transition.rows.value(0, 3), 0.0);
}

proptest! {
    #[test]
    fn attribution_is_exact_and_masking_subtracts_it((shop, history) in (small_shop(), small_history())) {
        assert_additive(&Transition::fit(&shop, &constants()), &history, shop.n_items)?;
    }

    #[test]
    fn every_row_has_length_one_or_is_empty(shop in small_shop()) {
        let transition = Transition::fit(&shop, &constants());
        for item in 0..shop.n_items as u32 {
            let length = transition.rows.dot(item, item);
            prop_assert!(length == 0.0 || (length - 1.0).abs() < 1e-5);
        }
    }
}
