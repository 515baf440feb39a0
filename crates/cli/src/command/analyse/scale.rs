//! `candor analyse scale`: reliability and factor structure of questionnaire scales.

use std::path::PathBuf;

use domain::Statistic;
use serde::Serialize;
use trust::cfa;
use trust::scale::{Reliability, Scale};
use trust::{Analysis, Bootstrap, Request, Responses, ScaleItems, analyse};

use super::table::{Problems, Table};
use crate::show::aligned::{aligned, interval, number, reason};

/// Arguments of `candor analyse scale`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// CSV file with a header, one row per person.
    file: PathBuf,
    /// A scale and its items; repeat for several scales.
    #[arg(long = "scale", required = true, value_name = "NAME=ITEM,ITEM", value_parser = scale_items)]
    scales: Vec<ScaleItems>,
    /// Items worded the other way.
    #[arg(long, value_name = "ITEM,ITEM", value_delimiter = ',')]
    reversed: Vec<String>,
    /// Fit all scales as correlated factors (maximum likelihood).
    #[arg(long)]
    cfa: bool,
    /// Points of the answer scale, 1 to this; an answer outside of it counts as empty and is
    /// reported. Default is what was answered.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(2..))]
    points: Option<u8>,
    /// Resamples behind each interval.
    #[arg(long, value_name = "N", default_value_t = Bootstrap::default().n_resamples)]
    resamples: u32,
    /// Seed of the resamples.
    #[arg(long, value_name = "N", default_value_t = Bootstrap::default().seed)]
    seed: u64,
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
        let is_json = self.json;
        let answer = self.answer(&table)?;
        crate::show::print(is_json, &answer, || answer.text())
    }

    fn answer(self, table: &Table) -> anyhow::Result<Answer> {
        let responses = responses(table, &self.scales, self.points)?;
        let request = Request {
            scales: self.scales,
            reversed: self.reversed,
            points: self.points.map(|points| [1.0, f64::from(points)]),
            cfa: self.cfa,
            bootstrap: Bootstrap {
                n_resamples: self.resamples,
                seed: self.seed,
                ..Bootstrap::default()
            },
        };
        Ok(Answer {
            analysis: analyse(&responses, &request)?,
            n_rows: table.n_rows(),
            problems: table.problems(),
        })
    }
}

/// Only the columns that a scale names, each once.
fn responses(
    table: &Table,
    scales: &[ScaleItems],
    points: Option<u8>,
) -> anyhow::Result<Responses> {
    let mut items: Vec<String> = Vec::new();
    for item in scales.iter().flat_map(|scale| &scale.items) {
        if !items.contains(item) {
            items.push(item.clone());
        }
    }
    // A wrong name first: it is likelier the reason than what a column holds.
    table.check_columns(&items)?;
    let numbers = |item: &String| match points {
        Some(points) => table.numbers_within(item, 1.0..=f64::from(points)),
        None => table.numbers(item),
    };
    let columns: Vec<_> = items.iter().map(numbers).collect::<Result<_, _>>()?;
    let row = |row: usize| columns.iter().map(|column| column[row]).collect();
    let rows = (0..table.n_rows()).map(row).collect();
    Ok(Responses::new(items, rows)?)
}

/// Reads `NAME=ITEM,ITEM`.
fn scale_items(text: &str) -> Result<ScaleItems, String> {
    let hint = || "write NAME=ITEM,ITEM, such as PE=PE1,PE2".to_owned();
    let (name, items) = text.split_once('=').ok_or_else(hint)?;
    let items: Vec<String> = items.split(',').map(|item| item.trim().to_owned()).collect();
    if name.trim().is_empty() || items.iter().any(String::is_empty) {
        return Err(hint());
    }
    Ok(ScaleItems { name: name.trim().to_owned(), items })
}

impl Answer {
    fn text(&self) -> String {
        let mut text = format!("{} rows\n{}\n", self.n_rows, self.problems.text());
        if self.problems.n_missing_cells + self.problems.n_bad_cells > 0
            || self.problems.n_out_of_range_cells > 0
        {
            text +=
                "a scale leaves out who has an empty answer to one of its items: see n below\n\n";
        }
        text += &reliabilities(&self.analysis.scales);
        text.push('\n');
        text += &items(&self.analysis.scales);
        if let Some(cfa) = &self.analysis.cfa {
            text.push('\n');
            text += &factors(cfa);
        }
        text
    }
}

fn cells(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

fn reliabilities(scales: &[Scale]) -> String {
    let mut lines = vec![cells(&["scale", "n", "α", "95 %", "ω", "95 %"])];
    let mut notes = String::new();
    for scale in scales {
        let mut line = vec![scale.name.clone(), scale.n.to_string()];
        for (label, reliability) in [("α", &scale.alpha), ("ω", &scale.omega)] {
            let known: Option<&Reliability> = reliability.known();
            line.push(number(known.map(|r| &r.estimate), 3));
            line.push(interval(known.and_then(|r| r.ci.known()), 3));
            notes += &reason(&format!("{label} of {}", scale.name), reliability);
            let assumes = known.and_then(|r| r.assumes.as_ref());
            notes += &assumes
                .map(|assumes| format!("  {label} of {} assumes {assumes}\n", scale.name))
                .unwrap_or_default();
        }
        lines.push(line);
    }
    aligned(&lines) + &notes
}

fn items(scales: &[Scale]) -> String {
    let mut lines = vec![cells(&["item", "scale", "mean", "sd", "item–total", "α without"])];
    let mut notes = String::new();
    for (scale, item) in scales.iter().flat_map(|scale| scale.items.iter().map(move |i| (scale, i)))
    {
        let sign = if item.reversed { " (reversed)" } else { "" };
        lines.push(vec![
            format!("{}{sign}", item.name),
            scale.name.clone(),
            number(item.mean.known(), 2),
            number(item.sd.known(), 2),
            number(item.item_total.known(), 3),
            number(item.alpha_if_dropped.known(), 3),
        ]);
        let warning = item.warning.as_ref();
        notes += &warning.map(|w| format!("  {}: {w}\n", item.name)).unwrap_or_default();
    }
    aligned(&lines) + &notes
}

fn factors(cfa: &Statistic<cfa::Report>) -> String {
    let Some(report) = cfa.known() else {
        return reason("factor analysis", cfa);
    };
    let indices = &report.indices;
    let mut text = format!("factor analysis, n = {}\n", report.n);
    text += &aligned(&[
        cells(&["χ²", "df", "p", "CFI", "TLI", "RMSEA", "SRMR"]),
        vec![
            format!("{:.3}", indices.chi2),
            indices.df.to_string(),
            p_value(indices.p.known()),
            number(indices.cfi.known(), 4),
            number(indices.tli.known(), 4),
            number(indices.rmsea.known(), 4),
            format!("{:.4}", indices.srmr),
        ],
    ]);
    let mut lines = vec![cells(&["item", "factor", "loading", "se", "standardised", "AVE"])];
    for factor in &report.factors {
        for (i, loading) in factor.loadings.iter().enumerate() {
            let ave = if i == 0 { number(factor.ave.known(), 3) } else { String::new() };
            lines.push(vec![
                loading.item.clone(),
                factor.name.clone(),
                format!("{:.3}", loading.estimate),
                format!("{:.3}", loading.se),
                format!("{:.3}", loading.standardised),
                ave,
            ]);
        }
    }
    let improper = report.improper.iter().map(|what| format!("  improper: {what}\n"));
    text + "\n" + &aligned(&lines) + &improper.collect::<String>()
}

fn p_value(p: Option<&f64>) -> String {
    match p {
        Some(p) if *p < 1e-4 => "< .0001".to_owned(),
        p => number(p, 4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_argument_names_its_items() {
        let scale = scale_items("A=i1, i2").unwrap();
        assert_eq!((scale.name.as_str(), scale.items), ("A", cells(&["i1", "i2"])));
        for bad in ["A", "=i1,i2", "A=i1,,i2", "A="] {
            assert!(scale_items(bad).unwrap_err().contains("NAME=ITEM"), "{bad}");
        }
    }
}
