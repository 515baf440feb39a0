//! `candor analyse experiment`: variants compared on one metric.

use std::collections::HashMap;
use std::path::PathBuf;

use anyhow::{anyhow, ensure};
use domain::Statistic;
use experiments::analyse::{Analysis, LeftOut};
use experiments::{Columns, Comparison, Estimate, ExperimentError, MetricKind, Settings, analyse};
use serde::Serialize;

use super::table::{Problems, Table};
use crate::show::aligned::{aligned, interval, number, reason};

/// Arguments of `candor analyse experiment`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// CSV file with a header.
    file: PathBuf,
    /// Column of the variant.
    #[arg(long, value_name = "COLUMN")]
    variant: String,
    /// The variant to compare the others with.
    #[arg(long, value_name = "NAME")]
    control: String,
    /// Column of the metric; two for a ratio. All 0 and 1 (or yes and no) is a proportion.
    #[arg(long, value_name = "COLUMN[/COLUMN]")]
    metric: String,
    /// Column that says who a row belongs to; its rows are added up. Without it a row is a unit.
    #[arg(long, value_name = "COLUMN")]
    unit: Option<String>,
    /// Column known from before the experiment, to reduce variance (CUPED).
    #[arg(long, value_name = "COLUMN")]
    covariate: Option<String>,
    /// Level of the tests.
    #[arg(long, value_name = "LEVEL", default_value_t = Settings::default().alpha)]
    alpha: f64,
    /// Units of both arms near which the sequential interval shall be narrowest.
    #[arg(long, value_name = "N", default_value_t = Settings::default().planned_n)]
    planned: f64,
    /// Planned share of a variant; repeat for each. Default is equal shares.
    #[arg(long = "share", value_name = "NAME=WEIGHT", value_parser = share)]
    shares: Vec<(String, f64)>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Answer {
    #[serde(flatten)]
    analysis: Analysis,
    n_rows: usize,
    problems: Problems,
    /// The first unit that is in several variants.
    #[serde(skip_serializing_if = "Option::is_none")]
    first_in_several: Option<InSeveral>,
}

/// A unit that is in several variants, and the line where that shows.
#[derive(Serialize)]
struct InSeveral {
    unit: String,
    line: u64,
}

impl Arguments {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let table = Table::read(&self.file)?;
        let answer = self.answer(&table)?;
        crate::show::print(self.json, &answer, || answer.text())
    }

    fn answer(&self, table: &Table) -> anyhow::Result<Answer> {
        let (numerator, denominator) = metric(table, &self.metric);
        let numbers = |name: &str| table.numbers(name);
        let columns = Columns {
            variant: table.texts(&self.variant)?,
            metric: table.numbers_or_flags(numerator)?,
            denominator: denominator.map(numbers).transpose()?,
            unit: self.unit.as_deref().map(|name| table.texts(name)).transpose()?,
            covariate: self.covariate.as_deref().map(numbers).transpose()?,
        };
        let settings = Settings {
            alpha: self.alpha,
            planned_n: self.planned,
            weights: self.shares.clone(),
            ..Settings::default()
        };
        let (problems, first_in_several) = (table.problems(), first_in_several(table, &columns));
        let left_out = LeftOut::of(&columns)?;
        let why = || {
            let several = first_in_several.as_ref();
            format!("{}{}", problems.text(), left_out_text(&left_out, several))
        };
        let analysis = analyse(&columns, &self.metric, &self.control, &settings);
        let analysis = analysis.map_err(|error| anyhow!("{}", explained(&error, &why())))?;
        let n_units = |c: &Comparison| c.n_control + c.n_treatment;
        ensure!(
            analysis.report.comparisons.iter().any(|comparison| n_units(comparison) > 0),
            "no unit has a value of {}\n{}",
            self.metric,
            why()
        );
        Ok(Answer { analysis, n_rows: table.n_rows(), problems, first_in_several })
    }
}

/// An error, with what was left out and what to do about it.
fn explained(error: &ExperimentError, why: &str) -> String {
    let hint = match error {
        ExperimentError::NoUnits => {
            "--variant names the column of the variant; with --unit, each unit must be in one \
             variant alone"
        }
        ExperimentError::NoControl { .. } => "--control takes one of the variants as it is written",
        _ => "",
    };
    let lines = [error.to_string().as_str(), why.trim_end(), hint].map(str::to_owned);
    lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The first row whose unit was in another variant before.
fn first_in_several(table: &Table, columns: &Columns) -> Option<InSeveral> {
    let mut variant_of: HashMap<&str, &str> = HashMap::new();
    let rows = columns.unit.as_ref()?.iter().zip(&columns.variant).enumerate();
    let mut known = rows
        .filter_map(|(row, (unit, variant))| Some((row, unit.as_deref()?, variant.as_deref()?)));
    let found =
        known.find(|(_, unit, variant)| *variant_of.entry(unit).or_insert(variant) != *variant);
    found.map(|(row, unit, _)| InSeveral { unit: unit.to_owned(), line: table.line(row) })
}

/// The units left out, one line per reason; empty where there are none.
fn left_out_text(left_out: &LeftOut, several: Option<&InSeveral>) -> String {
    let first = several.map_or_else(String::new, |first| {
        format!(" (the first is {:?}, line {})", first.unit, first.line)
    });
    let several = format!("units in several variants{first}");
    let counts = [
        (left_out.rows_without_variant_or_unit, "rows without a variant or unit"),
        (left_out.rows_without_metric, "rows without a value of the metric"),
        (left_out.units_without_metric, "units without a value of the metric"),
        (left_out.units_without_covariate, "units without a covariate"),
        (left_out.units_in_several_variants, several.as_str()),
    ];
    let lines = counts.into_iter().filter(|(n, _)| *n > 0);
    lines.map(|(n, what)| format!("left out: {n} {what}\n")).collect()
}

/// Numerator and denominator of `a/b`, unless a column has that very name.
fn metric<'a>(table: &Table, text: &'a str) -> (&'a str, Option<&'a str>) {
    if table.has(text) {
        return (text, None);
    }
    match text.split_once('/') {
        Some((numerator, denominator)) => (numerator.trim(), Some(denominator.trim())),
        None => (text, None),
    }
}

/// Reads `NAME=WEIGHT`.
fn share(text: &str) -> Result<(String, f64), String> {
    let hint = || "write NAME=WEIGHT with a weight above zero, such as control=50".to_owned();
    let (name, weight) = text.rsplit_once('=').ok_or_else(hint)?;
    let weight: f64 = weight.trim().parse().map_err(|_| hint())?;
    if weight > 0.0 && weight.is_finite() {
        Ok((name.trim().to_owned(), weight))
    } else {
        Err(hint())
    }
}

impl Answer {
    fn text(&self) -> String {
        let report = &self.analysis.report;
        let mut text = format!("{} rows\n{}", self.n_rows, self.problems.text());
        text += &left_out_text(&self.analysis.left_out, self.first_in_several.as_ref());
        let kind = match report.kind {
            MetricKind::Mean => "mean per unit",
            MetricKind::Proportion => "share of units",
            MetricKind::Ratio => "ratio of sums",
        };
        text += &format!("\n{} ({kind})\n", report.metric);
        match report.srm.known() {
            Some(srm) if srm.p < 0.001 => {
                text += &format!(
                    "sample ratio mismatch (p = {:.2e}): the arms did not get their planned \
                     shares; find out why before believing anything below\n",
                    srm.p
                );
            }
            Some(srm) => text += &format!("sample ratio as planned (p = {:.3})\n", srm.p),
            None => text += &reason("sample ratio", &report.srm),
        }
        for comparison in &report.comparisons {
            text.push('\n');
            text += &compared(comparison, report.alpha);
        }
        if self.analysis.theta.is_some() {
            text += "\ndifferences are adjusted by the covariate (CUPED); means are as observed\n";
        }
        text
    }
}

fn compared(comparison: &Comparison, alpha: f64) -> String {
    let level = format!("{} %", (1.0 - alpha) * 100.0);
    let header = ["", "estimate", "se", level.as_str(), "p"];
    let mut lines = vec![header.map(str::to_owned).to_vec()];
    let mut reasons = String::new();
    for (label, estimate) in [
        ("absolute", &comparison.absolute),
        ("relative", &comparison.relative),
        ("relative, at every look", &comparison.sequential),
        ("absolute, at every look", &comparison.sequential_absolute),
    ] {
        lines.push(line(label, estimate));
        reasons += &reason(label, estimate);
    }
    let mean = |mean: &Statistic<f64>| number(mean.known(), 5);
    let mut text = format!(
        "{} (n = {}, {}) against {} (n = {}, {})\n",
        comparison.treatment,
        comparison.n_treatment,
        mean(&comparison.mean_treatment),
        comparison.control,
        comparison.n_control,
        mean(&comparison.mean_control),
    );
    text += &aligned(&lines);
    if let Some(posterior) = comparison.bayesian.known() {
        let [control, treatment] = posterior.risk;
        text += &format!(
            "chance to win {:.3}; relative loss expected if {} is chosen {treatment:.5}, if {} {control:.5}\n",
            posterior.chance_to_win, comparison.treatment, comparison.control,
        );
    }
    text + &reasons
}

fn line(label: &str, estimate: &Statistic<Estimate>) -> Vec<String> {
    let known = estimate.known();
    vec![
        label.to_owned(),
        number(known.map(|e| &e.estimate), 5),
        number(known.map(|e| &e.se), 5),
        interval(known.map(|e| &e.ci), 5),
        number(known.map(|e| &e.p), 5),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slash_means_a_ratio_unless_a_column_is_called_so() {
        let plain = Table::parse(b"clicks,views\n1,2\n").unwrap();
        assert_eq!(metric(&plain, "clicks/views"), ("clicks", Some("views")));
        let odd = Table::parse(b"clicks/views\n1\n").unwrap();
        assert_eq!(metric(&odd, "clicks/views"), ("clicks/views", None));
    }

    #[test]
    fn a_share_is_a_name_and_a_weight() {
        assert_eq!(share("a=b=9"), Ok(("a=b".to_owned(), 9.0)));
        for bad in ["a", "a=x", "a=0", "a=-1", "a=inf"] {
            assert!(share(bad).is_err(), "{bad}");
        }
    }
}
