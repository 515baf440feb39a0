//! One scale: its items, and how reliably they measure together.

use domain::Statistic;
use faer::{Mat, MatRef};
use serde::{Deserialize, Serialize};

use crate::Bootstrap;
use crate::alpha::alpha;
use crate::omega::{omega, omega_of_resample};
use crate::responses::covariance;

/// Everything about one scale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    /// Its name.
    pub name: String,
    /// People who answered every item.
    pub n: u64,
    /// Cronbach's α.
    pub alpha: Statistic<Reliability>,
    /// McDonald's ω.
    pub omega: Statistic<Reliability>,
    /// Its items, reversed ones as if worded the other way.
    pub items: Vec<Item>,
}

/// A reliability with its bootstrap interval.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reliability {
    /// The reliability.
    pub estimate: f64,
    /// Percentile bootstrap interval.
    pub ci: Statistic<[f64; 2]>,
    /// Assumption that the estimate rests on, where it needed one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assumes: Option<String>,
}

/// One item within its scale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Its name.
    pub name: String,
    /// Whether its answers were turned around.
    pub reversed: bool,
    /// Mean.
    pub mean: Statistic<f64>,
    /// Standard deviation (divisor n − 1).
    pub sd: Statistic<f64>,
    /// Correlation with the sum of the other items.
    pub item_total: Statistic<f64>,
    /// α of the scale without it.
    pub alpha_if_dropped: Statistic<f64>,
    /// A finding that needs a look.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warning: Option<String>,
}

/// Name and direction of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemLabel {
    /// Its name.
    pub name: String,
    /// Whether its answers were turned around.
    pub reversed: bool,
}

/// Analyses complete rows, one column per label, reversed items already turned around.
///
/// ```
/// use trust::{Bootstrap, scale::{ItemLabel, scale}};
/// let rows: Vec<Vec<f64>> = [[1, 2, 2], [3, 3, 4], [5, 4, 5], [2, 2, 1], [4, 5, 4], [3, 2, 3]]
///     .map(|row| row.map(f64::from).to_vec())
///     .to_vec();
/// let labels = ["a", "b", "c"].map(|name| ItemLabel { name: name.into(), reversed: false });
/// let scale = scale("s", &labels, &rows, Bootstrap::default());
/// // pingouin.cronbach_alpha; numpy: corrcoef(x[:, 1], x.sum(1) - x[:, 1])
/// assert!((scale.alpha.known().unwrap().estimate - 0.9220489977728284).abs() < 1e-12);
/// assert!((scale.items[1].item_total.known().unwrap() - 0.7942929481958454).abs() < 1e-12);
/// assert!((scale.items[1].alpha_if_dropped.known().unwrap() - 0.9270386266094419).abs() < 1e-12);
/// assert!((scale.items[2].sd.known().unwrap() - 1.4719601443879746).abs() < 1e-12);
/// ```
#[must_use]
pub fn scale(name: &str, labels: &[ItemLabel], rows: &[Vec<f64>], bootstrap: Bootstrap) -> Scale {
    let everyone: Vec<usize> = (0..rows.len()).collect();
    let covariances = covariance(rows, &everyone);
    let interval = |statistic: fn(MatRef<'_, f64>) -> Option<f64>| {
        bootstrap
            .interval(rows.len(), |sample| statistic(covariance(rows, sample).known()?.as_ref()))
    };
    let alpha_estimate = covariances.clone().and_then(|matrix| alpha(matrix.as_ref()));
    let omega_estimate = covariances.clone().and_then(|matrix| omega(matrix.as_ref()));
    let equal_loadings = (labels.len() == 2)
        .then(|| "equal loadings, because two items do not identify a factor".to_owned());
    let items = labels.iter().enumerate().map(|(column, label)| {
        let answers: Vec<f64> = rows.iter().map(|row| row[column]).collect();
        item(label, &answers, column, &covariances)
    });
    Scale {
        name: name.to_owned(),
        n: rows.len() as u64,
        alpha: alpha_estimate.map(|estimate| Reliability {
            estimate,
            ci: interval(|matrix| alpha(matrix).known().copied()),
            assumes: None,
        }),
        omega: omega_estimate.map(|estimate| Reliability {
            estimate,
            ci: interval(omega_of_resample),
            assumes: equal_loadings,
        }),
        items: items.collect(),
    }
}

fn item(
    label: &ItemLabel,
    answers: &[f64],
    column: usize,
    covariances: &Statistic<Mat<f64>>,
) -> Item {
    let n = answers.len() as f64;
    let mean = Statistic::finite(answers.iter().sum::<f64>() / n, "nobody answered every item");
    let variance = covariances.clone().map(|matrix| matrix[(column, column)]);
    let of_scale = |statistic: fn(MatRef<'_, f64>, usize) -> Statistic<f64>| {
        covariances.clone().and_then(|matrix| statistic(matrix.as_ref(), column))
    };
    let item_total = of_scale(item_total);
    let warning = item_total
        .known()
        .filter(|correlation| **correlation < 0.0)
        .map(|_| "it goes against the other items; is it worded the other way?".to_owned());
    Item {
        name: label.name.clone(),
        reversed: label.reversed,
        mean,
        sd: variance.map(|variance| (variance * n / (n - 1.0)).sqrt()),
        item_total,
        alpha_if_dropped: of_scale(alpha_without),
        warning,
    }
}

/// Correlation of an item with the sum of the others.
fn item_total(covariance: MatRef<'_, f64>, item: usize) -> Statistic<f64> {
    let n_items = covariance.nrows();
    let others = || (0..n_items).filter(|other| *other != item);
    let with_rest: f64 = others().map(|other| covariance[(item, other)]).sum();
    let rest: f64 = others().flat_map(|i| others().map(move |j| covariance[(i, j)])).sum();
    let scale = (covariance[(item, item)] * rest).sqrt();
    Statistic::finite(with_rest / scale, "the item or the sum of the others does not vary")
}

fn alpha_without(covariance: MatRef<'_, f64>, item: usize) -> Statistic<f64> {
    let kept: Vec<usize> = (0..covariance.nrows()).filter(|other| *other != item).collect();
    let rest = Mat::from_fn(kept.len(), kept.len(), |i, j| covariance[(kept[i], kept[j])]);
    alpha(rest.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(n: usize) -> Vec<ItemLabel> {
        let label = |i: usize| ItemLabel { name: format!("i{i}"), reversed: false };
        (0..n).map(label).collect()
    }

    #[test]
    fn an_item_worded_the_other_way_is_pointed_out() {
        let rows: Vec<_> = (0..20)
            .map(|i| {
                let x = f64::from(i % 7);
                vec![x, x + f64::from(i % 2), -x]
            })
            .collect();
        let scale = scale("s", &labels(3), &rows, Bootstrap::default());
        assert!(scale.items[2].warning.as_deref().unwrap().contains("the other way"));
        assert_eq!(scale.items[0].warning, None);
    }

    #[test]
    fn nobody_and_nothing_but_equal_answers_are_reasons() {
        let empty = scale("s", &labels(3), &[], Bootstrap::default());
        assert_eq!(empty.alpha.reason(), Some("nobody answered every item"));
        let still = scale("s", &labels(3), &vec![vec![4.0; 3]; 9], Bootstrap::default());
        assert_eq!(still.alpha.reason(), Some("everyone answered alike"));
        assert!(still.omega.known().is_none());
        let wire = serde_json::to_string(&[empty, still]).unwrap();
        assert!(!wire.contains("null"), "{wire}");
    }

    #[test]
    fn two_items_say_what_their_omega_assumes() {
        let rows: Vec<_> =
            (0..30).map(|i| vec![f64::from(i % 5), f64::from(i % 3 + i % 5)]).collect();
        let scale = scale("s", &labels(2), &rows, Bootstrap::default());
        let (alpha, omega) = (scale.alpha.known().unwrap(), scale.omega.known().unwrap());
        assert_eq!(alpha.estimate, omega.estimate);
        assert!(omega.assumes.as_deref().unwrap().contains("equal loadings"));
        let [low, high] = *alpha.ci.known().unwrap();
        assert!(low < alpha.estimate && alpha.estimate < high);
    }
}
