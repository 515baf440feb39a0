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
    let terms =
        ItemTerms::read(&vec![crate::ItemText::default(); 40], &Default::default()).unwrap();
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

/// What everybody bought long ago nobody buys now: a half-life without end must be left behind.
#[test]
fn the_half_life_of_popularity_is_found_where_tastes_change() {
    use domain::{EventKind, EventTime, Timestamp};
    let at = |item: u32, day: i64| {
        let time = EventTime::At(Timestamp(1_600_000_000_000 + day * domain::time::DAY_MS));
        crate::Interaction::new(item, EventKind::Purchase, 1.0, time)
    };
    // A fashion of ten items every 30 days; visits of one item, so that only popularity tells.
    let visit = |n: i64| vec![at((n / 30 % 4 * 10 + n * 7 % 10) as u32, n)];
    let shop = crate::Interactions::new(40, (0..1200).map(|n| visit(n / 10)).collect());
    let validation = Validation::by_time(&shop, 0.1, 50, 1);
    let terms =
        ItemTerms::read(&vec![crate::ItemText::default(); 40], &Default::default()).unwrap();
    let mut start = Constants::default();
    start.popularity.half_life_days = crate::constants::PopularityConstants::NEVER_DAYS;
    let mut bench = TrialBench::new(&validation, &terms, &start, 1000);
    let config = TuningConfig { max_trials: 40, ..TuningConfig::default() };
    let found = search(&mut bench, &start, &config, 3, &|_| {}).constants;
    assert!(found.popularity.half_life_days < 1000.0, "{found:?}");
    assert!(bench.quality(&found) > bench.quality(&start));
}
