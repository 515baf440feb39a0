//! What a search promises: nothing better is missed, nothing excluded is found.

use interactions::ItemIdx;
use kernels::dot;
use proptest::prelude::*;

use super::exact::{BLOCK, upper_bounds};
use super::{Approximate, Exact, Found, Nearest, NearestError};

/// Scoring every item, then sorting.
fn brute_force(
    vectors: &[f32],
    query: &[f32],
    k: usize,
    is_excluded: impl Fn(ItemIdx) -> bool,
) -> Vec<Found> {
    let items = (0..).zip(vectors.chunks_exact(query.len()));
    let items = items.filter(|(item, _)| !is_excluded(*item));
    let mut all: Vec<_> =
        items.map(|(item, vector)| Found { item, score: dot(query, vector) }).collect();
    all.sort_by(|a, b| b.score.partial_cmp(&a.score).unwrap());
    all.truncate(k);
    all
}

/// Numbers of very different sizes, zeros and equal ones among them.
fn number() -> impl Strategy<Value = f32> {
    prop_oneof![
        4 => -1.0f32..1.0,
        1 => prop::sample::select(vec![0.0, 0.5, -0.5, 1.0]),
        1 => (-1.0f32..1.0, -30i32..12).prop_map(|(x, e)| x * 10f32.powi(e)),
    ]
}

/// Item vectors of one width, some of them twice, and a query.
fn search() -> impl Strategy<Value = (Vec<f32>, Vec<f32>)> {
    (1..70usize, 0..700usize).prop_flat_map(|(width, n_items)| {
        let pool = prop::collection::vec(number(), width * 40);
        let picks = prop::collection::vec((0..40usize, 0.9f32..1.1), n_items);
        let query = prop::collection::vec(number(), width);
        (pool, picks, query).prop_map(move |(pool, picks, query)| {
            let item = |(at, factor): (usize, f32)| {
                let factor = if at % 2 == 0 { 1.0 } else { factor };
                pool[at * width..][..width].iter().map(move |value| value * factor)
            };
            (picks.into_iter().flat_map(item).collect(), query)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_exact_search_finds_what_scoring_every_item_finds(
        (vectors, query) in search(),
        k in 0..30usize,
        every in 1..5u32,
    ) {
        let exact = Exact::new(&vectors, query.len()).unwrap();
        for is_excluded in [|_, _| false, |item: u32, every: u32| item.is_multiple_of(every)] {
            let found = exact.top(&query, k, |item| is_excluded(item, every));
            prop_assert_eq!(found, brute_force(&vectors, &query, k, |i| is_excluded(i, every)));
        }
    }

    #[test]
    fn no_bound_is_below_the_score_it_bounds((vectors, query) in search()) {
        let exact = Exact::new(&vectors, query.len()).unwrap();
        for (vector, bound) in vectors.chunks(query.len()).zip(upper_bounds(&exact, &query)) {
            let score: f64 =
                vector.iter().zip(&query).map(|(x, q)| f64::from(*x) * f64::from(*q)).sum();
            prop_assert!(f64::from(bound) >= score && bound >= dot(&query, vector));
        }
    }
}

/// `n` vectors by a fixed rule.
fn some_vectors(n: usize, width: usize) -> Vec<f32> {
    (0..n * width).map(|k| ((k * k % 8191) as f32 * 0.7).sin()).collect()
}

#[test]
fn bounds_are_tight_enough_to_score_few_items() {
    let (n, width) = (20 * BLOCK, 64);
    let vectors = some_vectors(n + 1, width);
    let (query, items) = vectors.split_at(width);
    let exact = Exact::new(items, width).unwrap();
    let asked = std::cell::Cell::new(0);
    let found = exact.top(query, 10, |_| {
        asked.set(asked.get() + 1);
        false
    });
    assert_eq!(found, brute_force(items, query, 10, |_| false));
    assert!(asked.get() < 200, "{} of {n} items were scored", asked.get());
}

#[test]
fn the_widest_products_of_codes_do_not_overflow() {
    for width in [516, 517, 4096, 1 << 14] {
        let vectors = vec![1.0; 3 * width];
        let found = Exact::new(&vectors, width).unwrap().top(&vec![-1.0; width], 2, |_| false);
        let score = -(width as f32);
        assert_eq!(found, [Found { item: 0, score }, Found { item: 1, score }]);
    }
}

#[test]
fn the_graph_finds_nearly_all_and_scores_what_it_finds_truly() {
    let width = 16;
    let vectors = some_vectors(3000, width);
    let graph = Approximate::new(&vectors, width).unwrap();
    let mut n_found = 0;
    for query in vectors.chunks(width).step_by(100) {
        let is_excluded = |item: ItemIdx| item.is_multiple_of(3);
        let found = graph.top(query, 10, is_excluded);
        let expected = brute_force(&vectors, query, 10, is_excluded);
        assert!(found.iter().all(|found| !is_excluded(found.item)));
        assert!(found.is_sorted_by(|a, b| a.score >= b.score));
        for found in &found {
            let vector = &vectors[found.item as usize * width..][..width];
            assert_eq!(found.score.to_bits(), dot(query, vector).to_bits());
        }
        n_found += expected.iter().filter(|expected| found.contains(expected)).count();
    }
    assert!(n_found >= 285, "{n_found} of 300");
}

#[test]
fn the_same_vectors_give_the_same_graph() {
    let vectors = some_vectors(1500, 8);
    let [one, other] = [0; 2].map(|_| Approximate::new(&vectors, 8).unwrap());
    for query in vectors.chunks(8).step_by(50) {
        assert_eq!(one.top(query, 5, |_| false), other.top(query, 5, |_| false));
    }
}

#[test]
fn more_queries_at_once_than_processors_are_answered_alike() {
    let vectors = some_vectors(1500, 8);
    let graph = Approximate::new(&vectors, 8).unwrap();
    let ask = || vectors.chunks(8).step_by(7).map(|query| graph.top(query, 5, |_| false)).collect();
    let alone: Vec<_> = ask();
    std::thread::scope(|scope| {
        let asking: Vec<_> = (0..16).map(|_| scope.spawn(|| -> Vec<_> { ask() })).collect();
        for answers in asking {
            assert_eq!(answers.join().unwrap(), alone);
        }
    });
}

#[test]
fn few_items_are_searched_exactly_and_many_by_the_graph() {
    let vectors = some_vectors(50, 4);
    assert!(Nearest::new(&vectors, 4).unwrap().is_exact());
    let nearest = Nearest::exact_up_to(49, &vectors, 4).unwrap();
    assert!(!nearest.is_exact());
    assert_eq!(nearest.top(&vectors[..4], 3, |_| false).len(), 3);
}

#[test]
fn what_cannot_be_searched_is_refused_or_finds_nothing() {
    for (vectors, width) in [(vec![0.0; 7], 3), (vec![0.0; 4], 0), (vec![0.0; 20_000], 20_000)] {
        let refused = Exact::new(&vectors, width).err();
        assert_eq!(refused, Some(NearestError::Shape { n_values: vectors.len(), width }));
    }
    for bad in [f32::NAN, f32::INFINITY, -1e16] {
        let refused = Nearest::new(vec![1.0, 2.0, 3.0, bad], 2).err();
        assert_eq!(refused, Some(NearestError::Vector { item: 1 }));
    }
    for most in [0, 100] {
        let nearest = Nearest::exact_up_to(most, vec![1.0, 2.0, 3.0, 4.0], 2).unwrap();
        for query in [vec![], vec![1.0; 3], vec![f32::NAN, 1.0], vec![1e16, 1.0]] {
            assert_eq!(nearest.top(&query, 5, |_| false), []);
        }
        assert_eq!(nearest.top(&[1.0, 1.0], 0, |_| false), []);
        assert_eq!(nearest.top(&[1.0, 1.0], 5, |_| false).len(), 2);
        let none = Nearest::exact_up_to(most, Vec::new(), 2).unwrap();
        assert_eq!(none.top(&[1.0, 1.0], 5, |_| false), []);
    }
}
