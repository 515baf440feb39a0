use super::*;
use crate::laws::interactions_of;
use crate::text::ItemTerms;
use crate::validation::Validation;

/// Walks that only ever go one way: counting both ways and forgetting nothing must be found worse.
fn one_way_shop() -> crate::Interactions {
    let walks: Vec<Vec<u32>> =
        (0..200).map(|s| (0..4).map(|step| (s * 7 + step) % 40).collect()).collect();
    let walks: Vec<&[u32]> = walks.iter().map(Vec::as_slice).collect();
    interactions_of(40, &walks)
}

fn searched(max_trials: usize, max_seconds: f32) -> (Found, f32, f32) {
    let validation = Validation::last_item(&one_way_shop(), 50, 1);
    let terms = ItemTerms::read(&vec![crate::ItemText::default(); 40]);
    let mut start = Constants::default();
    let transition = &mut start.transition;
    (transition.reverse, transition.damping, transition.decay) = (1.0, 1.0, 1.0);
    let mut bench = TrialBench::new(&validation, &terms, &start, 1000);
    let config = TuningConfig { max_trials, max_seconds, ..TuningConfig::default() };
    let found = search(&mut bench, &start, &config, 3, &|_| {});
    let (before, after) = (bench.quality(&start), bench.quality(&found.constants));
    (found, before, after)
}

#[test]
fn the_search_never_ends_worse_than_it_started_and_keeps_its_budget() {
    let (found, before, after) = searched(30, 60.0);
    assert!(after > before, "{before} {after}");
    assert!(found.n_trials <= 30 && !found.cut_short);
    found.constants.validate().unwrap();
}

#[test]
fn the_same_seed_finds_the_same_constants() {
    assert_eq!(searched(20, 60.0).0.constants, searched(20, 60.0).0.constants);
}

#[test]
fn a_search_without_time_says_that_it_was_cut_short() {
    let (found, before, after) = searched(30, 0.0);
    assert!(found.cut_short);
    assert_eq!((found.n_trials, before), (1, after));
}
