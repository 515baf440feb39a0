//! Measuring a shop by each protocol, beside the baselines.

use std::path::Path;

use app::evaluate::{EvaluateConfig, Evaluated, Fractions, Protocol};
use app::import::{Format, Options, Progress};
use app::prepare::Source;
use app::{Access, AppError, Shop};
use signals::evaluate::{Estimate, EvaluationError, Metric, Seen};

use super::small_shop::{empty, now, trained};

const PROTOCOLS: [Protocol; 3] = [
    Protocol::LeaveOneOut,
    Protocol::Shopper,
    Protocol::Time(Fractions { train_end: 0.8, validation_end: 0.9 }),
];

fn evaluate(shop: &Shop, protocol: Protocol) -> Result<Evaluated, AppError> {
    shop.evaluate(&EvaluateConfig { protocol, ..EvaluateConfig::default() }, &|_| {})
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
            for model in ["transition", "text", "popularity", "served", "item_knn"] {
                assert!((0.0..=1.0).contains(&of(model).mean), "{protocol:?} {model}");
            }
            let (blend, popularity) = (of("blend"), of("popularity_all_time"));
            // By time few shoppers are asked: less than the noise is no defeat.
            assert!(blend.ci[1] >= popularity.mean, "{protocol:?}: {blend:?} {popularity:?}");
        }
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
    shop.import(&source, now(), &Progress::default(), &mut |_| {}).unwrap();
}

#[test]
fn events_without_times_cannot_be_split_by_time_and_the_error_says_what_to_do() {
    let folder = empty();
    let shop = Shop::open(folder.path(), Access::Create).unwrap();
    import_orders_without_times(&shop, folder.path());
    let error = evaluate(&shop, PROTOCOLS[2]).unwrap_err();
    let no_times = matches!(error, AppError::Evaluation(EvaluationError::NoTimes { .. }));
    assert!(no_times, "{error}");
    assert!(error.to_string().contains("import events with times"), "{error}");
    assert!(evaluate(&shop, Protocol::LeaveOneOut).unwrap().report.n_shoppers > 0);
}
