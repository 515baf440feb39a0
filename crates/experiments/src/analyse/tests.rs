use proptest::prelude::*;

use super::*;

fn columns(rows: &[(&str, f64)]) -> Columns {
    Columns {
        variant: rows.iter().map(|(variant, _)| Some((*variant).to_owned())).collect(),
        metric: rows.iter().map(|(_, metric)| Some(*metric)).collect(),
        ..Columns::default()
    }
}

fn run(columns: &Columns) -> Analysis {
    analyse(columns, "spend", "a", &Settings::default()).unwrap()
}

fn texts(names: &[&str]) -> Vec<Option<String>> {
    names.iter().map(|name| Some((*name).to_owned())).collect()
}

fn known(values: &[f64]) -> Vec<Option<f64>> {
    values.iter().copied().map(Some).collect()
}

#[test]
fn rows_of_one_unit_are_added_up_before_anything_is_compared() {
    let mut table = columns(&[("a", 1.0), ("a", 2.0), ("a", 4.0), ("b", 5.0), ("b", 7.0)]);
    table.unit = Some(texts(&["ann", "ann", "bea", "cid", "dan"]));
    let analysis = run(&table);
    let comparison = &analysis.report.comparisons[0];
    assert_eq!((comparison.n_control, comparison.n_treatment), (2, 2));
    assert_eq!(comparison.mean_control.known(), Some(&3.5));
    assert_eq!(comparison.absolute.known().unwrap().estimate, 2.5);
}

#[test]
fn a_missing_value_is_left_out_and_counted_never_zero() {
    let mut table = columns(&[("a", 1.0), ("a", 3.0), ("a", 9.0), ("b", 5.0), ("b", 7.0)]);
    table.metric[2] = None;
    table.variant.push(None);
    table.metric.push(Some(1.0));
    let analysis = run(&table);
    let expected = LeftOut {
        rows_without_variant_or_unit: 1,
        rows_without_metric: 1,
        units_without_metric: 1,
        ..LeftOut::default()
    };
    assert_eq!(analysis.left_out, expected);
    assert_eq!(analysis.report.comparisons[0].mean_control.known(), Some(&2.0));
    // It was assigned all the same: 3 against 2.
    assert!((analysis.report.srm.known().unwrap().chi2 - 0.2).abs() < 1e-12);
}

#[test]
fn a_unit_seen_in_two_variants_counts_for_neither() {
    let mut table =
        columns(&[("a", 1.0), ("b", 9.0), ("a", 3.0), ("a", 4.0), ("b", 5.0), ("b", 6.0)]);
    table.unit = Some(texts(&["x", "x", "p", "q", "r", "s"]));
    let analysis = run(&table);
    assert_eq!(analysis.left_out.units_in_several_variants, 1);
    assert_eq!(analysis.report.comparisons[0].mean_control.known(), Some(&3.5));
}

#[test]
fn zeros_and_ones_are_a_proportion() {
    let rows: Vec<_> = (0..58)
        .map(|i| match i {
            0..28 => ("a", f64::from(u8::from(i < 14))),
            _ => ("b", f64::from(u8::from(i < 44))),
        })
        .collect();
    let analysis = run(&columns(&rows));
    assert_eq!(analysis.report.kind, MetricKind::Proportion);
    let relative = analysis.report.comparisons[0].relative.known().unwrap();
    assert!((relative.p - 0.80707).abs() < 5e-6, "{relative:?}");
}

#[test]
fn a_ratio_is_the_ratio_of_sums_not_the_mean_of_ratios() {
    let mut table = columns(&[("a", 1.0), ("a", 0.0), ("b", 2.0), ("b", 3.0)]);
    table.denominator = Some(known(&[1.0, 3.0, 4.0, 4.0]));
    let analysis = run(&table);
    assert_eq!(analysis.report.kind, MetricKind::Ratio);
    assert_eq!(analysis.report.comparisons[0].mean_control.known(), Some(&0.25));
}

#[test]
fn a_covariate_narrows_the_interval_and_agrees_with_numpy() {
    let mut table =
        columns(&[("a", 2.0), ("a", 3.0), ("a", 5.0), ("b", 4.0), ("b", 7.0), ("b", 6.0)]);
    let plain = run(&table);
    table.covariate = Some(known(&[1.0, 2.0, 4.0, 2.0, 5.0, 6.0]));
    let analysis = run(&table);
    // numpy: t = cov(y, x) / var(x) over all six; difference of the means of y - t * x
    let theta = analysis.theta.clone().unwrap();
    assert!((theta.known().unwrap() - 0.879_310_344_827_586_2).abs() < 1e-10);
    let adjusted = analysis.report.comparisons[0].absolute.known().unwrap();
    assert!((adjusted.estimate - 0.5747126436781611).abs() < 1e-10);
    assert!(adjusted.se < plain.report.comparisons[0].absolute.known().unwrap().se);
}

/// Spread like a normal distribution, from a seed and without one.
fn noise(n: usize, seed: u64) -> Vec<f64> {
    let mut state = seed;
    let mut uniform = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    (0..n).map(|_| (0..12).map(|_| uniform()).sum::<f64>() - 6.0).collect()
}

#[test]
fn an_offset_of_metric_and_covariate_does_not_change_what_cuped_finds() {
    let n = 2_000;
    let (before, own) = (noise(n, 1), noise(n, 2));
    let table = |offset: f64| Columns {
        variant: (0..n).map(|i| Some(["a", "b"][i % 2].to_owned())).collect(),
        metric: (0..n).map(|i| Some(offset + 0.8 * before[i] + 0.6 * own[i])).collect(),
        covariate: Some(before.iter().map(|x| Some(offset + x)).collect()),
        ..Columns::default()
    };
    let found = |offset| {
        let analysis = run(&table(offset));
        *analysis.report.comparisons[0].absolute.known().unwrap()
    };
    let expected = found(0.0);
    for offset in [1e6, 3e7, 1e9, -1e9] {
        let shifted = found(offset);
        for (shifted, expected) in
            [(shifted.estimate, expected.estimate), (shifted.se, expected.se)]
        {
            assert!((shifted - expected).abs() < 1e-5, "{shifted} for {expected} at {offset}");
        }
    }
}

#[test]
fn an_offset_of_the_covariate_does_not_change_what_cuped_finds_of_a_ratio() {
    let n = 2_000;
    let (before, own) = (noise(n, 3), noise(n, 4));
    let table = |offset: f64| Columns {
        variant: (0..n).map(|i| Some(["a", "b"][i % 2].to_owned())).collect(),
        metric: (0..n).map(|i| Some(1e7 + before[i] + own[i])).collect(),
        denominator: Some(vec![Some(1e7); n]),
        covariate: Some(before.iter().map(|x| Some(offset + x)).collect()),
        ..Columns::default()
    };
    let found = |offset| {
        let analysis = run(&table(offset));
        analysis.report.comparisons[0].absolute.known().unwrap().se
    };
    let expected = found(0.0);
    assert!((found(1e9) / expected - 1.0).abs() < 1e-4, "{} for {expected}", found(1e9));
}

#[test]
fn means_are_those_observed_also_beside_an_adjusted_difference() {
    let mut table =
        columns(&[("a", 0.0), ("a", 0.0), ("a", 0.0), ("b", 1.0), ("b", 0.0), ("b", 1.0)]);
    table.covariate = Some(known(&[1.0, 2.0, 0.0, 5.0, 1.0, 6.0]));
    let analysis = run(&table);
    let comparison = &analysis.report.comparisons[0];
    assert_eq!(comparison.mean_control.known(), Some(&0.0));
    assert_eq!(comparison.mean_treatment.known(), Some(&(2.0 / 3.0)));
    assert!(comparison.absolute.known().unwrap().estimate < 0.5, "it is adjusted");
}

#[test]
fn a_constant_covariate_is_a_reason_and_the_report_is_still_there() {
    let mut table = columns(&[("a", 2.0), ("a", 3.0), ("b", 4.0), ("b", 7.0)]);
    table.covariate = Some(known(&[1.0; 4]));
    let analysis = run(&table);
    let expected = Some("the covariate is the same for every unit");
    assert_eq!(analysis.report.comparisons[0].absolute.reason(), expected);
}

#[test]
fn a_planned_variant_without_units_is_in_the_sample_ratio() {
    let settings = Settings {
        weights: ["a", "b", "c"].map(|name| (name.to_owned(), 1.0)).to_vec(),
        ..Settings::default()
    };
    let table = columns(&[("a", 2.0), ("a", 3.0), ("b", 4.0), ("b", 7.0)]);
    let analysis = analyse(&table, "spend", "a", &settings).unwrap();
    assert_eq!(analysis.report.srm.known().unwrap().df, 2);
    assert!(analysis.report.comparisons[1].absolute.known().is_none());
}

#[test]
fn what_is_left_out_is_known_also_where_nothing_is_left() {
    let mut table = columns(&[("a", 2.0), ("b", 3.0)]);
    table.unit = Some(texts(&["x", "x"]));
    let error = analyse(&table, "spend", "a", &Settings::default()).unwrap_err();
    assert_eq!(error, ExperimentError::NoUnits);
    assert_eq!(LeftOut::of(&table).unwrap().units_in_several_variants, 1);
}

#[test]
fn columns_of_different_lengths_are_refused() {
    let mut table = columns(&[("a", 2.0), ("b", 3.0)]);
    table.covariate = Some(known(&[1.0]));
    let error = analyse(&table, "spend", "a", &Settings::default()).unwrap_err();
    assert_eq!(error, ExperimentError::Ragged("covariate"));
}

fn anything() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![
        Just(None),
        (0..3_i32).prop_map(|x| Some(f64::from(x))),
        (-1e3..1e3_f64).prop_map(Some),
        any::<f64>().prop_map(|x| Some(x).filter(|x| x.is_finite())),
    ]
}

proptest! {
    #[test]
    fn whatever_the_table_holds_every_number_of_the_report_is_finite_or_a_reason(
        rows in prop::collection::vec((0..3_u8, anything(), anything(), anything()), 0..12),
        is_ratio: bool,
        has_covariate: bool,
    ) {
        let name = |variant: u8| ["a", "b", "c"].get(usize::from(variant)).map(|v| (*v).to_owned());
        let table = Columns {
            variant: rows.iter().map(|row| name(row.0)).collect(),
            metric: rows.iter().map(|row| row.1).collect(),
            denominator: is_ratio.then(|| rows.iter().map(|row| row.2).collect()),
            unit: None,
            covariate: has_covariate.then(|| rows.iter().map(|row| row.3).collect()),
        };
        if let Ok(analysis) = analyse(&table, "spend", "a", &Settings::default()) {
            let wire = serde_json::to_string(&analysis).unwrap();
            prop_assert!(!wire.contains("null"), "{}", wire);
        }
    }
}
