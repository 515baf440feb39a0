//! `candor analyse experiment`: variants compared on one metric.

use std::path::PathBuf;

use domain::Statistic;
use experiments::analyse::Analysis;
use experiments::{Columns, Comparison, Estimate, MetricKind, Settings, analyse};
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
    /// Column of the metric; two for a ratio. All 0 and 1 is a proportion.
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
            metric: numbers(numerator)?,
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
        Ok(Answer {
            analysis: analyse(&columns, &self.metric, &self.control, &settings)?,
            n_rows: table.n_rows(),
            problems: table.problems(),
        })
    }
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
        text += &self.left_out();
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
        text
    }

    fn left_out(&self) -> String {
        let left_out = &self.analysis.left_out;
        let counts = [
            (left_out.rows_without_variant_or_unit, "rows without a variant or unit"),
            (left_out.rows_without_metric, "rows without a value of the metric"),
            (left_out.units_without_metric, "units without a value of the metric"),
            (left_out.units_without_covariate, "units without a covariate"),
            (left_out.units_in_several_variants, "units in several variants"),
        ];
        let lines = counts.into_iter().filter(|(n, _)| *n > 0);
        lines.map(|(n, what)| format!("left out: {n} {what}\n")).collect()
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
