//! `candor analyse summaries`: arms of which only n, mean and variance are known, look by look.

use std::collections::HashMap;
use std::path::PathBuf;

use anyhow::ensure;
use experiments::looks::{Known, Looks};
use experiments::{Comparison, Settings};
use serde::Serialize;

use super::table::{Problems, Table};
use crate::show::aligned::{aligned, interval, number, reason};

/// Columns that say which rows belong together, where `--group` does not.
const GROUPS: [&str; 3] = ["experiment_id", "variant_id", "metric_id"];
/// The column that says which look came first, where `--order` does not.
const ORDER: &str = "time_since_start";
/// How far beyond the planned number of units the sequence has become needlessly wide.
const FAR: f64 = 10.0;

/// Arguments of `candor analyse summaries`. Columns are called as in the ASOS data set.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  candor analyse summaries looks.csv.gz --planned 1000000
  candor analyse summaries arms.csv --n-control n0 --n-treatment n1 --mean-control m0 \\
    --mean-treatment m1 --variance-control v0 --variance-treatment v1")]
pub(crate) struct Arguments {
    /// CSV file with a header, one row per look
    file: PathBuf,
    /// Columns whose values tell one comparison from another [default: experiment_id, variant_id
    /// and metric_id, as far as there are such columns]
    #[arg(long, value_name = "COLUMN,COLUMN", value_delimiter = ',')]
    group: Vec<String>,
    /// Column of numbers that says which look came first [default: time_since_start, where there is
    /// such a column; else as in the file]
    #[arg(long, value_name = "COLUMN")]
    order: Option<String>,
    /// Column of the control's units
    #[arg(long, value_name = "COLUMN", default_value = "count_c")]
    n_control: String,
    /// Column of the treatment's units
    #[arg(long, value_name = "COLUMN", default_value = "count_t")]
    n_treatment: String,
    /// Column of the control's mean
    #[arg(long, value_name = "COLUMN", default_value = "mean_c")]
    mean_control: String,
    /// Column of the treatment's mean
    #[arg(long, value_name = "COLUMN", default_value = "mean_t")]
    mean_treatment: String,
    /// Column of the control's variance between units (divisor n − 1)
    #[arg(long, value_name = "COLUMN", default_value = "variance_c")]
    variance_control: String,
    /// Column of the treatment's variance between units
    #[arg(long, value_name = "COLUMN", default_value = "variance_t")]
    variance_treatment: String,
    /// Level of the tests
    #[arg(long, value_name = "LEVEL", default_value_t = Settings::default().alpha)]
    alpha: f64,
    /// Units of both arms near which the sequential interval shall be narrowest
    #[arg(long, value_name = "N", default_value_t = Settings::default().planned_n)]
    planned: f64,
    /// Print every look, not the last alone
    #[arg(long)]
    every: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Answer {
    n_rows: usize,
    alpha: f64,
    planned_n: f64,
    groups: Vec<Group>,
    /// Rows without a number in one of the columns used.
    n_incomplete_rows: u64,
    problems: Problems,
    #[serde(skip)]
    every: bool,
}

/// The result of the rows that belong together.
#[derive(Serialize)]
struct Group {
    /// The values of the columns that tell it from others.
    group: Vec<String>,
    /// The column value that each look was ordered by; empty where the order is the file's.
    at: Vec<f64>,
    #[serde(flatten)]
    found: Looks,
}

/// One row that can be used.
struct Row {
    at: Option<f64>,
    look: [Known; 2],
}

/// Rows by the values that tell their group from others.
#[derive(Default)]
struct Grouped {
    groups: Vec<(Vec<String>, Vec<Row>)>,
    n_incomplete: u64,
}

/// The columns of one arm.
struct Arm {
    n: Vec<Option<f64>>,
    mean: Vec<Option<f64>>,
    variance: Vec<Option<f64>>,
}

impl Arm {
    fn read(table: &Table, [n, mean, variance]: [&String; 3]) -> anyhow::Result<Self> {
        Ok(Self {
            n: table.numbers_within(n, 0.0..=1e15)?,
            mean: table.numbers(mean)?,
            variance: table.numbers_within(variance, 0.0..=f64::MAX)?,
        })
    }

    fn known(&self, row: usize) -> Option<Known> {
        let n = self.n[row]?.round() as u64;
        Some(Known { n, mean: self.mean[row]?, variance: self.variance[row]? })
    }
}

impl Arguments {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let table = Table::read(&self.file)?;
        let answer = self.answer(&table)?;
        crate::show::print(self.json, &answer, || answer.text())
    }

    fn answer(&self, table: &Table) -> anyhow::Result<Answer> {
        let settings =
            Settings { alpha: self.alpha, planned_n: self.planned, ..Settings::default() };
        let Grouped { groups: rows, n_incomplete: n_incomplete_rows } = self.rows(table)?;
        let problems = table.problems();
        ensure!(
            !rows.is_empty(),
            "no row has n, mean and variance of both arms and says which group it belongs to\n{}",
            problems.text()
        );
        let groups = rows.into_iter().map(|(group, mut rows)| {
            // Looks of the same moment stay as in the file.
            rows.sort_by(|a, b| a.at.partial_cmp(&b.at).unwrap_or(std::cmp::Ordering::Equal));
            let looks: Vec<_> = rows.iter().map(|row| row.look).collect();
            let at = rows.iter().filter_map(|row| row.at).collect();
            Ok(Group { group, at, found: Looks::of(&looks, &settings)? })
        });
        Ok(Answer {
            n_rows: table.n_rows(),
            alpha: self.alpha,
            planned_n: self.planned,
            groups: groups.collect::<anyhow::Result<_>>()?,
            n_incomplete_rows,
            problems,
            every: self.every,
        })
    }

    /// Rows by group, in order of first appearance, and how many say too little.
    fn rows(&self, table: &Table) -> anyhow::Result<Grouped> {
        let of_group = self.group_columns(table);
        let texts = of_group.iter().map(|name| table.texts(name));
        let texts = texts.collect::<anyhow::Result<Vec<_>>>()?;
        let order = self.order.as_deref().or_else(|| table.has(ORDER).then_some(ORDER));
        let order = order.map(|name| table.numbers(name)).transpose()?;
        let control =
            Arm::read(table, [&self.n_control, &self.mean_control, &self.variance_control])?;
        let treatment =
            Arm::read(table, [&self.n_treatment, &self.mean_treatment, &self.variance_treatment])?;
        let complete = |row: usize| {
            let group = texts.iter().map(|column| column[row].clone());
            let group = group.collect::<Option<Vec<String>>>()?;
            let at = match &order {
                Some(order) => Some(order[row]?),
                None => None,
            };
            Some((group, Row { at, look: [control.known(row)?, treatment.known(row)?] }))
        };
        let mut grouped = Grouped::default();
        let mut place = HashMap::new();
        for row in 0..table.n_rows() {
            let Some((group, row)) = complete(row) else {
                grouped.n_incomplete += 1;
                continue;
            };
            let next = grouped.groups.len();
            let at = *place.entry(group.clone()).or_insert(next);
            if at == next {
                grouped.groups.push((group, Vec::new()));
            }
            grouped.groups[at].1.push(row);
        }
        Ok(grouped)
    }

    fn group_columns(&self, table: &Table) -> Vec<String> {
        if !self.group.is_empty() {
            return self.group.iter().map(|name| name.trim().to_owned()).collect();
        }
        GROUPS.into_iter().filter(|name| table.has(name)).map(str::to_owned).collect()
    }
}

impl Answer {
    fn text(&self) -> String {
        let mut text = format!("{} rows\n{}", self.n_rows, self.problems.text());
        if self.n_incomplete_rows > 0 {
            text += &format!("left out: {} rows that say too little\n", self.n_incomplete_rows);
        }
        let level = format!("{} %", (1.0 - self.alpha) * 100.0);
        let (each, always) = (format!("{level}, one look"), format!("{level}, every look"));
        let head = [
            "group",
            "look",
            "n",
            "control",
            "treatment",
            "difference",
            &each,
            "p",
            &always,
            "relative",
            &always,
            "first excludes zero",
        ];
        let mut lines = vec![head.map(str::to_owned).to_vec()];
        let mut reasons = String::new();
        for group in &self.groups {
            let n_looks = group.found.looks.len();
            let shown = if self.every { 0..n_looks } else { n_looks - 1..n_looks };
            for look in shown {
                lines.push(group.line(look));
            }
            let last = group.found.last();
            reasons += &last
                .map(|last| reason(&group.name(), &last.sequential_absolute))
                .unwrap_or_default();
        }
        text += &format!("\n{}{reasons}", aligned(&lines));
        text + &self.notes()
    }

    fn notes(&self) -> String {
        let excluding = |group: &&Group| group.found.first_excluding_zero.is_some();
        let n = self.groups.iter().filter(excluding).count();
        let mut notes = format!("zero was excluded at some look in {n} of {}\n", self.groups.len());
        let n_units = |look: &Comparison| look.n_control + look.n_treatment;
        let most = self.groups.iter().filter_map(|g| g.found.last()).map(n_units).max();
        if let Some(most) = most.filter(|most| *most as f64 > FAR * self.planned_n) {
            notes += &format!(
                "the intervals for every look are narrowest near {} units, and there are up to \
                 {most}: an experiment of this size is planned with e.g. --planned {most}\n",
                self.planned_n
            );
        }
        notes
    }
}

/// Four digits; what is less than they can show is said to be.
fn p_value(p: Option<f64>) -> String {
    match p {
        Some(p) if p < 1e-4 => "<0.0001".to_owned(),
        other => number(other.as_ref(), 4),
    }
}

impl Group {
    fn name(&self) -> String {
        if self.group.is_empty() { "all".to_owned() } else { self.group.join(" ") }
    }

    /// The name of a look: the value it was ordered by, or its number.
    fn at(&self, look: usize) -> String {
        self.at.get(look).map_or_else(|| (look + 1).to_string(), |at| format!("{at:.1}"))
    }

    fn line(&self, look: usize) -> Vec<String> {
        let compared = &self.found.looks[look];
        let (fixed, always) = (compared.absolute.known(), compared.sequential_absolute.known());
        let relative = compared.sequential.known();
        let first = self.found.first_excluding_zero;
        vec![
            self.name(),
            self.at(look),
            (compared.n_control + compared.n_treatment).to_string(),
            number(compared.mean_control.known(), 5),
            number(compared.mean_treatment.known(), 5),
            number(fixed.map(|found| &found.estimate), 5),
            interval(fixed.map(|found| &found.ci), 5),
            p_value(fixed.map(|found| found.p)),
            interval(always.map(|found| &found.ci), 5),
            number(relative.map(|found| &found.estimate), 4),
            interval(relative.map(|found| &found.ci), 4),
            first.map_or_else(|| "–".to_owned(), |first| self.at(first)),
        ]
    }
}
