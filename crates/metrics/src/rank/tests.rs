use proptest::prelude::*;

use super::*;

fn candidates<'a>(scores: &'a [f32], excluded: &'a Excluded) -> Candidates<'a> {
    Candidates { scores, excluded, salt: salt(7, 3) }
}

#[test]
fn a_rank_counts_what_scores_higher_and_is_a_candidate() {
    let scores = [0.1, 0.9, 0.5, 0.7, -1.0];
    let nothing = Excluded::default();
    assert_eq!(candidates(&scores, &nothing).rank_of(2), Some(3));
    let seen = Excluded::new([3, 4, 3]);
    assert_eq!(candidates(&scores, &seen).rank_of(2), Some(2));
    assert_eq!(candidates(&scores, &seen).top(9), [1, 2, 0]);
}

#[test]
fn an_excluded_or_unknown_target_has_no_rank() {
    let seen = Excluded::new([1]);
    assert_eq!(candidates(&[1.0, 2.0], &seen).rank_of(1), None);
    assert_eq!(candidates(&[1.0, 2.0], &seen).rank_of(2), None);
}

#[test]
fn a_score_that_is_not_a_number_is_last_and_gains_nothing() {
    let scores = [f32::NAN, 0.0, -5.0, f32::NEG_INFINITY];
    let nothing = Excluded::default();
    let ranked = candidates(&scores, &nothing);
    assert_eq!((ranked.rank_of(1), ranked.rank_of(2)), (Some(1), Some(2)));
    assert!(ranked.rank_of(0) >= Some(3));
    assert_eq!(ranked.top(2), [1, 2]);
}

#[test]
fn equal_scores_get_what_chance_gets() {
    let (scores, nothing) = ([0.5; 100], Excluded::default());
    let ranks = (0..4000).map(|shopper| {
        let ranked = Candidates { scores: &scores, excluded: &nothing, salt: salt(1, shopper) };
        ranked.rank_of(42).expect("42 is a candidate") as f64
    });
    let mean = ranks.sum::<f64>() / 4000.0;
    // Uniform on 1..=100: mean 50.5, standard error 28.9 / √4000 = 0.46.
    assert!((mean - 50.5).abs() < 2.0, "{mean}");
}

fn few_levels() -> impl Strategy<Value = Vec<f32>> {
    let level = prop_oneof![8 => (0..4i8).prop_map(f32::from), 1 => Just(f32::NAN)];
    prop::collection::vec(level, 1..40)
}

proptest! {
    #[test]
    fn list_and_rank_are_one_order(
        scores in few_levels(),
        seen in prop::collection::vec(0u32..40, 0..10),
        salt in any::<u64>(),
    ) {
        let excluded = Excluded::new(seen);
        let ranked = Candidates { scores: &scores, excluded: &excluded, salt };
        let all = ranked.top(scores.len());
        for (place, &item) in all.iter().enumerate() {
            prop_assert_eq!(ranked.rank_of(item), Some(place + 1));
        }
        let n_candidates = (0..scores.len() as u32).filter(|&i| !excluded.contains(i)).count();
        prop_assert_eq!(all.len(), n_candidates);
        prop_assert_eq!(&ranked.top(3)[..], &all[..all.len().min(3)]);
    }

    #[test]
    fn excluding_never_makes_a_rank_worse(
        scores in few_levels(),
        seen in prop::collection::vec(0u32..40, 0..10),
        target in 0u32..40,
    ) {
        let nothing = Excluded::default();
        let excluded = Excluded::new(seen);
        let unmasked = candidates(&scores, &nothing).rank_of(target);
        if let Some(masked) = candidates(&scores, &excluded).rank_of(target) {
            prop_assert!(Some(masked) <= unmasked);
        }
    }
}
