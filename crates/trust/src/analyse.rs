//! Analyses the scales of a questionnaire from a table of answers.

use std::collections::BTreeSet;

use domain::Statistic;
use serde::{Deserialize, Serialize};

use crate::responses::covariance;
use crate::scale::{ItemLabel, Scale, scale};
use crate::{Bootstrap, Responses, TrustError, cfa};

/// A requested scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScaleItems {
    /// Its name.
    pub name: String,
    /// Its items, by name.
    pub items: Vec<String>,
}

/// The scales and options of an analysis.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Request {
    /// The scales.
    pub scales: Vec<ScaleItems>,
    /// Items worded the other way.
    pub reversed: Vec<String>,
    /// Lowest and highest possible answer; without it, the lowest and highest given within the
    /// reversed item's scale. Only means depend on it.
    pub points: Option<[f64; 2]>,
    /// Whether to fit all scales together as factors.
    pub cfa: bool,
    /// How to resample for intervals.
    pub bootstrap: Bootstrap,
}

/// The result of an analysis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    /// One per scale asked for.
    pub scales: Vec<Scale>,
    /// The factor analysis, where one was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cfa: Option<Statistic<cfa::Report>>,
}

/// Analyses the scales. Each rests on the people who answered all of its items; the factor
/// analysis on those who answered all items of all scales.
///
/// # Errors
/// [`TrustError`] when the request names items or scales that do not fit the data.
pub fn analyse(responses: &Responses, request: &Request) -> Result<Analysis, TrustError> {
    let columns = check(responses, request)?;
    let responses = turned(responses, request, &columns)?;
    let scales = request.scales.iter().zip(&columns).map(|(asked, columns)| {
        let label = |name: &String| ItemLabel {
            name: name.clone(),
            reversed: request.reversed.contains(name),
        };
        let labels: Vec<_> = asked.items.iter().map(label).collect();
        scale(&asked.name, &labels, &responses.complete(columns), request.bootstrap)
    });
    Ok(Analysis {
        scales: scales.collect(),
        cfa: request.cfa.then(|| factors(&responses, request, &columns)),
    })
}

/// The columns of every scale.
fn check(responses: &Responses, request: &Request) -> Result<Vec<Vec<usize>>, TrustError> {
    if request.scales.is_empty() {
        return Err(TrustError::NoScale);
    }
    let mut names = BTreeSet::new();
    for scale in &request.scales {
        if !names.insert(&scale.name) {
            return Err(TrustError::RepeatedScale(scale.name.clone()));
        }
        let mut items = BTreeSet::new();
        if let Some(item) = scale.items.iter().find(|item| !items.insert(*item)) {
            return Err(TrustError::RepeatedItem { scale: scale.name.clone(), item: item.clone() });
        }
        if items.len() < 2 {
            return Err(TrustError::TooFewItems(scale.name.clone()));
        }
    }
    let is_used = |item: &String| request.scales.iter().any(|scale| scale.items.contains(item));
    if let Some(item) = request.reversed.iter().find(|item| !is_used(item)) {
        return Err(TrustError::ReversedNowhere(item.clone()));
    }
    let columns = |scale: &ScaleItems| scale.items.iter().map(|i| responses.column(i)).collect();
    request.scales.iter().map(columns).collect()
}

/// The answers with reversed items turned around: lowest + highest − answer.
fn turned(
    responses: &Responses,
    request: &Request,
    columns: &[Vec<usize>],
) -> Result<Responses, TrustError> {
    let mut turned = responses.clone();
    for item in request.reversed.iter().collect::<BTreeSet<_>>() {
        let column = responses.column(item)?;
        let scale = columns.iter().find(|scale| scale.contains(&column));
        let [lowest, highest] = request.points.unwrap_or_else(|| {
            let answers = scale.into_iter().flatten().flat_map(|c| responses.answers(*c));
            answers.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], x| {
                [low.min(x), high.max(x)]
            })
        });
        turned.change(column, |answer| lowest + highest - answer);
    }
    Ok(turned)
}

/// All scales as correlated factors over the items of all of them.
fn factors(
    responses: &Responses,
    request: &Request,
    columns: &[Vec<usize>],
) -> Statistic<cfa::Report> {
    let used: Vec<usize> =
        columns.iter().flatten().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let place = |column: &usize| used.binary_search(column).ok();
    let model = cfa::Model {
        n_items: used.len(),
        factors: columns.iter().map(|scale| scale.iter().filter_map(place).collect()).collect(),
    };
    let names = cfa::Names {
        items: used.iter().map(|column| responses.items()[*column].clone()).collect(),
        factors: request.scales.iter().map(|scale| scale.name.clone()).collect(),
    };
    let rows = responses.complete(&used);
    let everyone: Vec<usize> = (0..rows.len()).collect();
    covariance(&rows, &everyone)
        .and_then(|matrix| cfa::analyse(&model, &names, matrix.as_ref(), rows.len() as u64))
}

#[cfg(test)]
mod tests;
