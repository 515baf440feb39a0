use super::*;
use crate::Summary;

fn arm(name: &str, values: &[f64]) -> Arm {
    Arm {
        name: name.to_owned(),
        n_assigned: values.len() as u64,
        n: values.len() as u64,
        mean: Statistic::Known(values.iter().sum::<f64>() / values.len() as f64),
        moments: Summary::of(values).moments(),
    }
}

fn report(arms: &[Arm], settings: &Settings) -> Result<Report, ExperimentError> {
    compare("spend", MetricKind::Mean, arms, "off", settings)
}

#[test]
fn an_arm_too_small_to_test_is_reasons_and_the_others_are_still_compared() {
    let arms = [arm("off", &[1.0, 2.0, 4.0]), arm("tiny", &[3.0]), arm("on", &[2.0, 3.0, 7.0])];
    let report = report(&arms, &Settings::default()).unwrap();
    let [tiny, on] = report.comparisons.as_slice() else {
        panic!("two treatments, two comparisons");
    };
    for reason in [
        tiny.absolute.reason(),
        tiny.relative.reason(),
        tiny.sequential.reason(),
        tiny.bayesian.reason(),
        tiny.p_holm.reason(),
    ] {
        assert_eq!(reason, Some("a variance needs at least two units"));
    }
    assert_eq!(on.p_holm.known(), Some(&on.absolute.known().unwrap().p));
    let wire = serde_json::to_string(&report).unwrap();
    assert!(!wire.contains("null") && !wire.contains("NaN"), "{wire}");
}

#[test]
fn several_treatments_pay_for_being_several() {
    let arms =
        [arm("off", &[1.0, 2.0, 4.0]), arm("on", &[2.0, 3.0, 7.0]), arm("more", &[5.0, 6.0, 9.0])];
    let report = report(&arms, &Settings::default()).unwrap();
    let more = &report.comparisons[1];
    let p = more.absolute.known().unwrap().p;
    assert!((more.p_holm.known().unwrap() - 2.0 * p).abs() < 1e-12);
}

#[test]
fn a_missing_control_a_lonely_control_and_a_level_of_zero_are_errors() {
    let (off, on) = (arm("off", &[1.0, 2.0]), arm("on", &[2.0, 3.0]));
    let missing = report(std::slice::from_ref(&on), &Settings::default()).unwrap_err();
    assert!(missing.to_string().contains("the variants are on"), "{missing}");
    let lonely = report(std::slice::from_ref(&off), &Settings::default()).unwrap_err();
    assert!(matches!(lonely, ExperimentError::NoTreatment(_)), "{lonely}");
    let certain = Settings { alpha: 0.0, ..Settings::default() };
    assert!(report(&[off, on], &certain).is_err());
}

#[test]
fn planned_weights_decide_what_counts_as_a_mismatch() {
    let values: Vec<f64> = (0..900).map(f64::from).collect();
    let arms = [arm("off", &values), arm("on", &values[..100])];
    let fair = report(&arms, &Settings::default()).unwrap();
    assert!(fair.srm.known().unwrap().p < 1e-9);
    let planned = Settings {
        weights: vec![("off".to_owned(), 9.0), ("on".to_owned(), 1.0)],
        ..Settings::default()
    };
    assert!(report(&arms, &planned).unwrap().srm.known().unwrap().p > 0.99);
}
