//! A report as plain text for a terminal: aligned columns, the best of each marked.

use super::{Comparison, EvaluationReport, Metric, PairedDifference, Row, Seen};

/// Marks the best number of a column.
const BEST: char = '*';

/// The report as aligned text: first accuracy, then what the lists are like, then segments. The
/// best of each column among masked, and among unmasked, rows is marked with `*`; a column that has
/// no better or worse (popularity) is not marked, and a number that cannot be computed is `–`.
/// Assumes names of models in letters of single width.
#[must_use]
pub fn table(report: &EvaluationReport) -> String {
    let heading = format!(
        "{}: {} shoppers, all items ranked; {BEST} = best of its column; ± = half the 95 % interval\n",
        report.protocol.name(),
        report.n_shoppers
    );
    let mut blocks = vec![heading + &accuracy(&report.rows), lists(&report.rows)];
    blocks.extend(comparisons(&report.comparisons));
    for part in &report.segments {
        let (title, n_shoppers) = (part.segment.title(), part.n_shoppers);
        blocks.push(format!("{title}: {n_shoppers} shoppers\n{}", accuracy(&part.rows)));
    }
    blocks.join("\n")
}

/// The differences line by line; nothing where nothing was compared.
fn comparisons(comparisons: &[Comparison]) -> Option<String> {
    let first = comparisons.first()?;
    let width = comparisons.iter().map(|c| c.against.chars().count()).max().unwrap_or(0);
    let mut text = format!("{}: masked NDCG@10 above that of …, paired bootstrap\n", first.model);
    for Comparison {
        against,
        ndcg_at_10: PairedDifference { difference, ci: [low, high], p },
        ..
    } in comparisons
    {
        text += &format!(
            "  {against:<width$}  {difference:+.4} ({low:+.4} to {high:+.4}), p = {p:.4}\n"
        );
    }
    Some(text)
}

/// Which way a column is better.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Better {
    Higher,
    Lower,
    Neither,
}

/// One column of numbers, aligned with the rows.
struct Column {
    title: String,
    better: Better,
    values: Vec<Option<f64>>,
    texts: Vec<String>,
}

fn accuracy(rows: &[Row]) -> String {
    let metrics = rows.first().map_or(&[][..], |row| &row.accuracy);
    let columns = metrics.iter().flat_map(|&(metric, _)| {
        let values = rows.iter().map(|row| Some(row.estimate(metric)?.mean)).collect();
        let mean = Column::new(&metric.name(), Better::Higher, values, 4);
        [Some(mean), interval(rows, metric)].into_iter().flatten()
    });
    aligned(rows, columns.collect())
}

/// Half the interval's width, beside the metrics people quote.
fn interval(rows: &[Row], metric: Metric) -> Option<Column> {
    if !matches!(metric, Metric::HitRate(10) | Metric::Ndcg(10)) {
        return None;
    }
    let half = |row: &Row| row.estimate(metric).map(|e| (e.ci[1] - e.ci[0]) / 2.0);
    Some(Column::new("±", Better::Neither, rows.iter().map(half).collect(), 4))
}

fn lists(rows: &[Row]) -> String {
    let numbers: Vec<_> = rows.iter().map(Row::numbers).collect();
    let n_metrics = rows.first().map_or(0, |row| row.accuracy.len());
    let names = numbers.first().map_or(&[][..], |first| &first[n_metrics..]);
    let columns = names.iter().enumerate().map(|(i, (name, _))| {
        let values = numbers.iter().map(|row| row[n_metrics + i].1).collect();
        let (better, decimals) = match name.split('@').next() {
            Some("coverage" | "diversity") => (Better::Higher, 3),
            Some("gini") => (Better::Lower, 3),
            Some("popularity") => (Better::Neither, 1),
            _ => (Better::Neither, 3),
        };
        let title = name.replace("popularity_percentile", "percentile");
        Column::new(&title, better, values, decimals)
    });
    aligned(rows, columns.collect())
}

impl Column {
    fn new(title: &str, better: Better, values: Vec<Option<f64>>, decimals: usize) -> Self {
        let text = |value: &Option<f64>| match value {
            Some(value) => format!("{value:.decimals$}"),
            None => "–".to_owned(),
        };
        Self { title: title.to_owned(), better, texts: values.iter().map(text).collect(), values }
    }

    /// Marks what reads the same as the best among rows of the same treatment, if there is
    /// anything to beat.
    fn marked(mut self, rows: &[Row]) -> Self {
        let sign = match self.better {
            Better::Higher => 1.0,
            Better::Lower => -1.0,
            Better::Neither => 0.0,
        };
        for seen in Seen::ALL {
            let of_seen: Vec<usize> = (0..rows.len()).filter(|&i| rows[i].seen == seen).collect();
            let known = of_seen.iter().filter(|&&i| self.values[i].is_some());
            let value = |i: usize| sign * self.values[i].unwrap_or(f64::NAN);
            let best = known.max_by(|&&a, &&b| value(a).total_cmp(&value(b)));
            let best_text = best.map(|&i| self.texts[i].clone());
            let is_beaten = |&i: &usize| best_text.as_ref() != Some(&self.texts[i]);
            let has_winner = of_seen.len() == 1 || of_seen.iter().any(is_beaten);
            for &i in &of_seen {
                let is_best =
                    sign != 0.0 && has_winner && best_text.as_ref() == Some(&self.texts[i]);
                self.texts[i].push(if is_best { BEST } else { ' ' });
            }
        }
        self
    }

    fn width(&self) -> usize {
        let texts = self.texts.iter().chain([&self.title]);
        texts.map(|text| text.chars().count()).max().unwrap_or(0)
    }
}

fn aligned(rows: &[Row], columns: Vec<Column>) -> String {
    let columns: Vec<Column> = columns.into_iter().map(|column| column.marked(rows)).collect();
    let names = rows.iter().map(|row| row.model.chars().count());
    let name_width = names.max().unwrap_or(0).max("model".len());
    let line = |model: &str, seen: &str, n: &str, cells: Vec<&str>| {
        let mut line = format!("{model:<name_width$}  {seen:<8}  {n:>7}");
        for (column, cell) in columns.iter().zip(cells) {
            line += &format!("  {cell:>width$}", width = column.width());
        }
        line.trim_end().to_owned() + "\n"
    };
    let titles: Vec<String> = columns.iter().map(|column| column.title.clone() + " ").collect();
    let mut text = line("model", "seen", "n", titles.iter().map(String::as_str).collect());
    for (i, row) in rows.iter().enumerate() {
        let cells = columns.iter().map(|column| column.texts[i].as_str());
        text += &line(&row.model, row.seen.name(), &row.n.to_string(), cells.collect());
    }
    text
}

#[cfg(test)]
mod tests;
