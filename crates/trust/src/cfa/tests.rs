use faer::{Mat, mat};

use super::*;

fn two_factors() -> (Model, Names, Mat<f64>) {
    let covariance = mat![
        [1.00, 0.52, 0.46, 0.21, 0.18, 0.25],
        [0.52, 1.44, 0.58, 0.30, 0.20, 0.24],
        [0.46, 0.58, 0.81, 0.17, 0.23, 0.19],
        [0.21, 0.30, 0.17, 1.21, 0.66, 0.60],
        [0.18, 0.20, 0.23, 0.66, 1.69, 0.71],
        [0.25, 0.24, 0.19, 0.60, 0.71, 1.00],
    ];
    let model = Model { n_items: 6, factors: vec![vec![0, 1, 2], vec![3, 4, 5]] };
    (model, names(6, 2), covariance)
}

fn names(n_items: usize, n_factors: usize) -> Names {
    Names {
        items: (0..n_items).map(|i| format!("i{i}")).collect(),
        factors: (0..n_factors).map(|f| format!("f{f}")).collect(),
    }
}

fn close(got: f64, expected: f64) {
    assert!((got - expected).abs() < 1e-6, "{got} instead of {expected}");
}

#[test]
fn every_index_agrees_with_an_independent_fit() {
    let (model, names, covariance) = two_factors();
    let report = analyse(&model, &names, covariance.as_ref(), 2_000);
    let report = report.known().unwrap();
    // scipy.optimize.minimize of F_ML; indices by their formulas in numpy.
    let indices = &report.indices;
    close(indices.chi2, 61.080_768_012_71);
    close(*indices.p.known().unwrap() * 1e10, 2.859_333_138_650_82);
    close(*indices.cfi.known().unwrap(), 0.983_017_682_008_951);
    close(*indices.tli.known().unwrap(), 0.968_158_153_766_783);
    close(*indices.rmsea.known().unwrap(), 0.057_598_059_699_719);
    close(indices.srmr, 0.022_388_346_965_508);
    close(*report.factors[0].ave.known().unwrap(), 0.499_973_427_950_783);
    close(*report.factors[1].ave.known().unwrap(), 0.522_862_913_605_841);
    close(report.correlations[0].se, 0.026_193_426_447_353);
    close(report.factors[1].loadings[2].se, 0.022_890_948_818_147);
}

#[test]
fn units_of_the_items_change_loadings_but_no_index() {
    let (model, names, covariance) = two_factors();
    let unit = |i: usize| [1.0, 1000.0, 0.01, 7.0, 1.0, 1e-6][i];
    let rescaled = Mat::from_fn(6, 6, |i, j| covariance[(i, j)] * unit(i) * unit(j));
    let before = analyse(&model, &names, covariance.as_ref(), 200);
    let after = analyse(&model, &names, rescaled.as_ref(), 200);
    let (before, after) = (before.known().unwrap(), after.known().unwrap());
    close(after.indices.chi2, before.indices.chi2);
    let loading = |report: &Report| report.factors[0].loadings[1].estimate;
    close(loading(after) / 1000.0, loading(before));
}

#[test]
fn a_reversed_item_only_changes_its_sign() {
    let (model, names, covariance) = two_factors();
    let sign = |i: usize| if i == 4 { -1.0 } else { 1.0 };
    let turned = Mat::from_fn(6, 6, |i, j| covariance[(i, j)] * sign(i) * sign(j));
    let report = analyse(&model, &names, turned.as_ref(), 200);
    let report = report.known().unwrap();
    close(report.indices.chi2, 6.108_076_801_270_99);
    close(report.factors[1].loadings[1].estimate, -0.877_317_647_302_543);
}

#[test]
fn a_model_that_generated_the_covariances_fits_them_exactly() {
    let loading = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4];
    let covariance = Mat::from_fn(6, 6, |i, j| {
        let shared = loading[i] * loading[j] * if i / 2 == j / 2 { 1.0 } else { 0.3 };
        if i == j { 1.0 } else { shared }
    });
    let model = Model { n_items: 6, factors: vec![vec![0, 1], vec![2, 3], vec![4, 5]] };
    let report = analyse(&model, &names(6, 3), covariance.as_ref(), 500);
    let report = report.known().unwrap();
    assert!(report.indices.chi2 < 1e-6 && report.indices.srmr < 1e-6);
    for (i, item) in report.factors.iter().flat_map(|f| &f.loadings).enumerate() {
        close(item.standardised, loading[i]);
    }
}

#[test]
fn a_heywood_case_is_reported_with_the_fit() {
    let covariance = mat![
        [1.0, 0.6, 0.6, 0.1],
        [0.6, 1.0, 0.2, 0.1],
        [0.6, 0.2, 1.0, 0.1],
        [0.1, 0.1, 0.1, 1.0]
    ];
    let report = analyse(&Model::one_factor(4), &names(4, 1), covariance.as_ref(), 100);
    let report = report.known().unwrap();
    assert!(report.improper[0].contains("i0 has a negative error variance"), "{report:?}");
    assert!(report.factors[0].ave.known().is_none());
}

#[test]
fn models_that_cannot_be_fitted_are_reasons() {
    let reason = |model: &Model, covariance: &Mat<f64>| {
        let names = names(model.n_items, model.factors.len());
        let report = analyse(model, &names, covariance.as_ref(), 100);
        report.reason().map(str::to_owned).unwrap_or_default()
    };
    let (model, _, covariance) = two_factors();
    let pair = mat![[1.0, 0.5], [0.5, 1.0]];
    assert!(reason(&Model::one_factor(2), &pair).contains("1 more parameters"));
    let mut lonely = model.clone();
    lonely.factors[1].truncate(1);
    assert!(reason(&lonely, &covariance).contains("fewer than two items"));
    let twins = Mat::from_fn(6, 6, |i, j| covariance[(i.min(4), j.min(4))]);
    assert!(reason(&model, &twins).contains("linearly dependent"));
    let mut still = covariance.clone();
    (0..6).for_each(|i| (still[(2, i)], still[(i, 2)]) = (0.0, 0.0));
    assert!(reason(&model, &still).contains("answered i2 alike"));
}

#[test]
fn unrelated_pairs_do_not_identify_their_loadings() {
    // Each pair has one covariance and, without any tie to the other pair, two loadings.
    let covariance = mat![
        [1.0, 0.5, 0.0, 0.0],
        [0.5, 1.0, 0.0, 0.0],
        [0.0, 0.0, 1.0, 0.5],
        [0.0, 0.0, 0.5, 1.0]
    ];
    let model = Model { n_items: 4, factors: vec![vec![0, 1], vec![2, 3]] };
    let report = analyse(&model, &names(4, 2), covariance.as_ref(), 100);
    assert!(report.reason().unwrap().contains("do not identify"), "{report:?}");
}

/// Eight pairs of items and one group of four, as questionnaires have them: with 76 parameters the
/// gradient's rounding stays above any smallest gain, and steps to the same height went on for ever.
#[test]
fn a_fit_ends_where_rounding_hides_what_is_left_to_gain() {
    let factors: Vec<Vec<usize>> =
        (0..8).map(|f| vec![2 * f, 2 * f + 1]).chain([(16..20).collect()]).collect();
    let model = Model { n_items: 20, factors };
    let factor_of = |item: usize| (item / 2).min(8);
    let loading = |item: usize| 0.72 + 0.013 * item as f64;
    let wobble = |i: usize, j: usize| 0.02 * ((3 * i.max(j) + 7 * i.min(j)) as f64).sin();
    let covariance = Mat::from_fn(20, 20, |i, j| {
        let apart = factor_of(i).abs_diff(factor_of(j));
        let shared = loading(i) * loading(j) * 0.93_f64.powi(apart as i32);
        if i == j { 1.0 } else { shared + wobble(i, j) }
    });
    let report = analyse(&model, &names(20, 9), covariance.as_ref(), 523);
    assert_eq!(report.known().expect("there is a maximum").indices.df, 134);
}
