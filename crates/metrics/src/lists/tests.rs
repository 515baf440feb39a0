use domain::{EventKind, EventTime};
use interactions::Interaction;

use super::*;

/// Four items with 3, 1, 0 and 0 training events.
fn catalogue() -> Catalogue {
    let sequence = [0, 0, 0, 1]
        .map(|item| Interaction::new(item, EventKind::View, 1.0, EventTime::Ordinal(0)));
    Catalogue::new(&Interactions::new(4, vec![sequence.to_vec()]))
}

fn close(found: Option<f64>, expected: f64) {
    let found = found.expect("a value");
    assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
}

#[test]
fn lists_are_described_as_by_hand() {
    let quality = ListQuality::of(&[&[0, 1], &[0, 2]], &catalogue(), None);
    close(quality.coverage, 0.75);
    // Listed 0, 1, 1, 2 times: (−3·0 − 1·1 + 1·1 + 3·2) / (4·4).
    close(quality.gini, 0.375);
    close(quality.popularity, (3.0 + 1.0 + 3.0 + 0.0) / 4.0);
    // Mid-ranks of 3, 1, 0, 0 events: 3.5/4, 2.5/4, 1/4, 1/4.
    close(quality.popularity_percentile, (0.875 + 0.625 + 0.875 + 0.25) / 4.0);
    // (events + 1) / 8: bits 1, 2, 3.
    close(quality.novelty, (1.0 + 2.0 + 1.0 + 3.0) / 4.0);
    assert_eq!(quality.diversity, None, "nothing says what is alike");
}

#[test]
fn the_same_list_for_all_is_as_concentrated_as_it_gets() {
    let quality = ListQuality::of(&[&[0], &[0], &[0]], &catalogue(), None);
    close(quality.gini, 0.75); // (n − 1) / n
    close(quality.coverage, 0.25);
}

#[test]
fn diversity_is_one_minus_the_mean_similarity_of_pairs() {
    let same_parity = |a: ItemIdx, b: ItemIdx| if a % 2 == b % 2 { 1.0 } else { 0.0 };
    let lists: [&[ItemIdx]; 3] = [&[0, 2, 1], &[0, 2], &[3]];
    // First list: one alike pair of three; second: all alike; third has no pair.
    let quality = ListQuality::of(&lists, &catalogue(), Some(&same_parity));
    close(quality.diversity, (2.0 / 3.0 + 0.0) / 2.0);
}

#[test]
fn no_list_gives_no_number_rather_than_nan() {
    let quality = ListQuality::of(&[], &catalogue(), None);
    assert_eq!((quality.coverage, quality.gini), (None, None));
    assert_eq!((quality.popularity, quality.novelty), (None, None));
}
