//! Evaluates the baselines on a file of sequences, one shopper a line: `shopper item item …`, in
//! time order. Constants are chosen on validation; what is tested was refitted on everything before
//! the test.
//!
//! `cargo run --release -p baselines --example baselines -- sequences.txt`

use std::error::Error;
use std::time::Instant;

use baselines::{Als, AlsConfig, Ease, ItemKnn, ItemKnnConfig, Popularity, choose};
use domain::{EventKind, EventTime};
use interactions::{Interaction, Interactions, ItemIdx};
use metrics::split::{Split, leave_one_out};
use metrics::{
    EvaluateOptions, EvaluationError, Metric, Ranker, Resampling, Seen, ask, compare, evaluate,
    table,
};
use rustc_hash::FxHashMap;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("give a file of sequences")?;
    let split = leave_one_out(&read(&std::fs::read_to_string(path)?));
    let popularity = Popularity::of_all_time(&split.before_test);
    let item_knn = chosen("item_knn", &split, &item_knn_grid(), ItemKnn::fit)?;
    let als = chosen("als", &split, &als_grid(), Als::fit)?;
    let ease = chosen("ease", &split, &[50.0, 100.0, 250.0], Ease::fit)?;

    let options = EvaluateOptions::on_test(&split);
    let rankers: [&dyn Ranker; 4] = [&popularity, &item_knn, &als, &ease];
    let started = Instant::now();
    let report = evaluate(&rankers, &split.test, &options, &|_| {});
    println!("{}", table(&report));
    println!("evaluated in {:.1} s", started.elapsed().as_secs_f64());

    let of_test = |ranker: &dyn Ranker| ask(ranker, &split.test, &options, &|_| {});
    let resampling = Resampling { n: 2000, seed: 1 };
    let (ease, item_knn) = (of_test(&ease), of_test(&item_knn));
    let difference = compare(&ease, &item_knn, Metric::Ndcg(10), Seen::Masked, resampling);
    println!("ease − item_knn, masked NDCG@10: {difference:?}");
    Ok(())
}

fn item_knn_grid() -> Vec<ItemKnnConfig> {
    let neighbours = [200, 1000].into_iter();
    let config = |n_neighbours, shrinkage| ItemKnnConfig { n_neighbours, shrinkage };
    neighbours.flat_map(|n| [0.0, 5.0, 20.0].map(|shrinkage| config(n, shrinkage))).collect()
}

fn als_grid() -> Vec<AlsConfig> {
    let constants = [(1.0, 10.0), (10.0, 40.0), (30.0, 40.0), (30.0, 100.0)];
    let config = |(regularisation, alpha)| AlsConfig {
        n_factors: 128,
        regularisation,
        alpha,
        ..AlsConfig::default()
    };
    constants.map(config).to_vec()
}

/// Chooses on validation, then fits on everything before the test.
fn chosen<C: Copy + std::fmt::Debug, R: Ranker>(
    name: &str,
    split: &Split,
    grid: &[C],
    fit: impl Fn(&Interactions, C) -> Result<R, EvaluationError>,
) -> Result<R, EvaluationError> {
    let started = Instant::now();
    let options = EvaluateOptions::on_validation(split);
    let chosen = choose(grid, &split.validation, &options, |&c| fit(&split.train, c))?;
    for (constants, ndcg) in &chosen.tried {
        println!("{name}: validation NDCG@10 {ndcg:.4} with {constants:?}");
    }
    let (constants, seconds) = (chosen.constants, started.elapsed().as_secs_f64());
    println!("{name}: chosen {constants:?} in {seconds:.0} s\n");
    fit(&split.before_test, constants)
}

/// Numbers items in the order in which they first appear.
fn read(text: &str) -> Interactions {
    let mut numbers: FxHashMap<&str, ItemIdx> = FxHashMap::default();
    let mut sequences = Vec::new();
    for line in text.lines() {
        let items = line.split_whitespace().skip(1);
        let events = (0..).zip(items).map(|(place, item)| {
            let next = numbers.len() as ItemIdx;
            Interaction::new(
                *numbers.entry(item).or_insert(next),
                EventKind::Purchase,
                1.0,
                EventTime::Ordinal(place),
            )
        });
        sequences.push(events.collect());
    }
    Interactions::new(numbers.len(), sequences)
}
