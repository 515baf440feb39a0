use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::*;

/// Two factors that correlate by .5, three items each with loading about .8; `a3` is worded the
/// other way.
fn simulated(n: usize) -> Responses {
    let mut random = ChaCha8Rng::seed_from_u64(3);
    let mut noise = || (0..12).map(|_| random.random::<f64>()).sum::<f64>() - 6.0;
    let rows = (0..n).map(|_| {
        let first = noise();
        let second = 0.5 * first + 0.75_f64.sqrt() * noise();
        let mut item = |factor: f64| Some(4.0 + 0.8 * factor + 0.6 * noise());
        let mut row: Vec<_> = [first, first, first, second, second, second].map(&mut item).to_vec();
        row[2] = row[2].map(|x| 8.0 - x);
        row
    });
    let items = ["a1", "a2", "a3", "b1", "b2", "b3"].map(str::to_owned).to_vec();
    Responses::new(items, rows.collect()).unwrap()
}

fn scale_of(name: &str, items: &[&str]) -> ScaleItems {
    ScaleItems {
        name: name.to_owned(),
        items: items.iter().map(|item| (*item).to_owned()).collect(),
    }
}

fn request() -> Request {
    Request {
        scales: vec![scale_of("a", &["a1", "a2", "a3"]), scale_of("b", &["b1", "b2", "b3"])],
        reversed: vec!["a3".to_owned()],
        points: Some([1.0, 7.0]),
        cfa: true,
        bootstrap: Bootstrap { n_resamples: 200, ..Bootstrap::default() },
    }
}

#[test]
fn known_loadings_correlations_and_reliabilities_are_recovered() {
    let analysis = analyse(&simulated(3_000), &request()).unwrap();
    // ω of three loadings of .8: 2.4² / (2.4² + 3 · .36) = .842; α is the same here.
    for scale in &analysis.scales {
        for reliability in [&scale.alpha, &scale.omega] {
            let reliability = reliability.known().unwrap();
            assert!((reliability.estimate - 0.842).abs() < 0.015, "{reliability:?}");
            let [low, high] = *reliability.ci.known().unwrap();
            assert!(low < reliability.estimate && reliability.estimate < high);
            assert!(high - low < 0.04);
        }
    }
    let cfa = analysis.cfa.unwrap();
    let cfa = cfa.known().unwrap();
    assert!((cfa.correlations[0].estimate - 0.5).abs() < 3.0 * cfa.correlations[0].se);
    for loading in cfa.factors.iter().flat_map(|factor| &factor.loadings) {
        assert!((loading.estimate - 0.8).abs() < 4.0 * loading.se, "{loading:?}");
    }
    assert!(cfa.indices.p.known().unwrap() > &0.001);
    assert!(cfa.improper.is_empty());
}

#[test]
fn an_item_that_is_not_reversed_though_worded_the_other_way_spoils_the_scale() {
    let mut forgotten = request();
    forgotten.reversed.clear();
    let analysis = analyse(&simulated(500), &forgotten).unwrap();
    let scale = &analysis.scales[0];
    assert!(scale.items[2].warning.is_some());
    assert!(scale.alpha.known().unwrap().estimate < 0.2);
}

#[test]
fn the_same_request_gives_the_same_bytes() {
    let run = || serde_json::to_string(&analyse(&simulated(200), &request()).unwrap()).unwrap();
    assert_eq!(run(), run());
}

#[test]
fn requests_that_do_not_fit_the_data_say_what_to_do() {
    let spoil = |spoil: fn(&mut Request)| {
        let mut spoilt = request();
        spoil(&mut spoilt);
        analyse(&simulated(10), &spoilt).unwrap_err().to_string()
    };
    let unknown = spoil(|r| r.scales[0].items[0] = "a9".to_owned());
    assert!(unknown.contains("no item \"a9\"; the items are a1"), "{unknown}");
    let twice = spoil(|r| r.scales[1].name = "a".to_owned());
    assert!(twice.contains("two scales named a"), "{twice}");
    let repeated = spoil(|r| r.scales[0].items[1] = "a1".to_owned());
    assert!(repeated.contains("a1 is listed twice"), "{repeated}");
    let alone = spoil(|r| r.scales[1].items.truncate(1));
    assert!(alone.contains("scale b has one item"), "{alone}");
    let nowhere = spoil(|r| r.reversed = vec!["c1".to_owned()]);
    assert!(nowhere.contains("c1 is reversed but"), "{nowhere}");
    let nothing = spoil(|r| r.scales.clear());
    assert!(nothing.contains("no scale"), "{nothing}");
}

#[test]
fn too_few_people_give_reasons_and_not_a_failure() {
    for n in [0, 1, 2, 3, 5] {
        let analysis = analyse(&simulated(n), &request()).unwrap();
        let wire = serde_json::to_string(&analysis).unwrap();
        assert!(!wire.contains("null") && !wire.contains("NaN"), "{wire}");
        assert!(analysis.cfa.unwrap().known().is_none());
    }
}

fn anything() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![
        1 => Just(None),
        12 => (1..8_i32).prop_map(|x| Some(f64::from(x))),
        1 => any::<f64>().prop_map(|x| Some(x).filter(|x| x.is_finite())),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn whatever_people_answer_every_number_of_the_report_is_finite_or_a_reason(
        rows in prop::collection::vec(prop::collection::vec(anything(), 6), 0..20),
    ) {
        let items = ["a1", "a2", "a3", "b1", "b2", "b3"].map(str::to_owned).to_vec();
        let responses = Responses::new(items, rows).unwrap();
        let quick = Request {
            bootstrap: Bootstrap { n_resamples: 100, ..Bootstrap::default() },
            points: None,
            ..request()
        };
        let wire = serde_json::to_string(&analyse(&responses, &quick).unwrap()).unwrap();
        prop_assert!(!wire.contains("null"), "{}", wire);
    }
}
