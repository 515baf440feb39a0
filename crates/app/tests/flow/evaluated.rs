//! Measuring a shop by each protocol, beside the baselines.

use std::collections::BTreeSet;
use std::path::Path;

use domain::{Item, ItemId};
use evaluation::evaluate::seeds::SeedRun;
use evaluation::evaluate::{EvaluateConfig, Evaluated, Fractions, Protocol, WITHOUT_SEQUENCE};
use ingest::import::{Format, Options, Progress};
use ingest::prepare::Source;
use metrics::{Estimate, EvaluationError, Metric, Seen};
use shop::{Access, Shop, ShopError};

use super::small_shop::{empty, now, trained};

const PROTOCOLS: [Protocol; 3] = [
    Protocol::LeaveOneOut,
    Protocol::Shopper,
    Protocol::Time(Fractions { train_end: 0.8, validation_end: 0.9 }),
];

fn evaluate(shop: &Shop, protocol: Protocol) -> Result<Evaluated, ShopError> {
    evaluation::evaluate(shop, &EvaluateConfig { protocol, ..EvaluateConfig::default() }, &|_| {})
}

fn ndcg(evaluated: &Evaluated, model: &str, seen: Seen) -> Estimate {
    let mut rows = evaluated.report.rows.iter();
    let row = rows.find(|row| row.model == model && row.seen == seen);
    let row = row.unwrap_or_else(|| panic!("no row for {model}"));
    row.estimate(Metric::Ndcg(10)).unwrap()
}

#[test]
fn every_protocol_measures_every_model_and_popularity_does_not_beat_the_blend() {
    let shop = trained();
    for protocol in PROTOCOLS {
        let evaluated = evaluate(shop.shop(), protocol).unwrap();
        assert!(evaluated.simulated && evaluated.report.n_shoppers > 0);
        for seen in Seen::ALL {
            let of = |model| ndcg(&evaluated, model, seen);
            for model in ["transition", "text", "popularity", "served", "item_knn", "als", "ease"] {
                assert!((0.0..=1.0).contains(&of(model).mean), "{protocol:?} {model}");
            }
        }
        // By time 37 shoppers are asked for something new: no more than luck may be against it.
        let comparisons = evaluated.report.comparisons.iter();
        for other in comparisons.filter(|other| other.against.starts_with("popularity")) {
            assert!(other.ndcg_at_10.ci[1] >= 0.0, "{protocol:?}: {other:?}");
            let sure = protocol == Protocol::LeaveOneOut;
            assert!(!sure || other.ndcg_at_10.difference > 0.0, "{other:?}");
        }
    }
}

#[test]
fn the_blend_is_compared_with_every_other_and_each_seed_is_told() {
    let shop = trained();
    let config = EvaluateConfig { n_seeds: 2, with_update: true, ..EvaluateConfig::default() };
    let evaluated = evaluation::evaluate(shop.shop(), &config, &|_| {}).unwrap();
    let names: BTreeSet<_> = evaluated.report.rows.iter().map(|row| row.model.clone()).collect();
    let compared = evaluated.report.comparisons.iter().map(|c| c.against.clone());
    let others: BTreeSet<_> = compared.chain(["blend".to_owned()]).collect();
    assert_eq!(names, others);
    assert!(names.contains("blend_updated") && names.contains("blend_not_updated"));
    let told: Vec<_> = evaluated.baselines.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(told, ["item_knn", "als", "ease"]);
    let [first, second] = &evaluated.seeds[..] else { panic!("{:?}", evaluated.seeds) };
    assert_eq!((first.seed, second.seed), (1, 2));
    let ndcg_of_blend =
        |run: &SeedRun| run.models.iter().find(|score| score.model == "blend").unwrap().ndcg_at_10;
    assert_eq!(ndcg_of_blend(first), ndcg(&evaluated, "blend", Seen::Masked).mean);
    assert!(ndcg_of_blend(second) > 0.0);
    for run in &evaluated.seeds {
        let has_without = run.models.iter().any(|score| score.model == WITHOUT_SEQUENCE);
        assert_eq!(run.gain_of_sequence.is_some(), has_without);
    }
}

#[test]
fn an_evaluation_repeats() {
    let shop = trained();
    let once = || evaluate(shop.shop(), Protocol::LeaveOneOut).unwrap().report;
    assert_eq!(once(), once());
}

/// Lines of `user item item …`: an order, but no clock.
fn import_orders_without_times(shop: &Shop, folder: &Path) {
    let path = folder.join("sequences.txt");
    let line = |n: usize| format!("u{n} {} {} {} {}\n", n % 7, n % 5 + 7, n % 3 + 12, n % 11 + 15);
    std::fs::write(&path, (0..60).map(line).collect::<String>()).unwrap();
    let options = Options::default();
    let source = Source { format: Format::Sequences, options, paths: vec![path] };
    ingest::import::import(shop, &source, now(), &Progress::default(), &mut |_| {}).unwrap();
}

#[test]
fn events_without_times_cannot_be_split_by_time_and_the_error_says_what_to_do() {
    let folder = empty();
    let shop = app::open(folder.path(), Access::Create).unwrap();
    import_orders_without_times(&shop, folder.path());
    let error = evaluate(&shop, PROTOCOLS[2]).unwrap_err();
    let no_times = matches!(error, ShopError::Evaluation(EvaluationError::NoTimes { .. }));
    assert!(no_times, "{error}");
    assert!(error.to_string().contains("import events with times"), "{error}");
    assert!(evaluate(&shop, Protocol::LeaveOneOut).unwrap().report.n_shoppers > 0);
}

#[test]
fn an_item_that_came_after_the_training_does_not_shift_what_explanations_are_measured_on() {
    let shop = trained();
    let strengths = || evaluation::faithfulness::replayed_strengths(shop.shop(), 20).unwrap();
    let before = strengths();
    assert!(before.iter().any(|reasons| !reasons.is_empty()));
    // Its id stands before all others, so every position of the catalogue moves by one.
    let id = ItemId::new("0-first").unwrap();
    shop.collector.put_items(vec![Item::bare(id)]).unwrap();
    assert_eq!(strengths(), before);
}
