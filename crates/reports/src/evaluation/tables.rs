//! The tables of an evaluation.

use charts::{Cell, Table, Unit};
use evaluation::evaluate::seeds::{MeanSd, SeedRun, spreads};
use evaluation::evaluate::{Comparison, Evaluated, Metric, Row, SignalReport};

use super::texts::{Texts, model_name, signal_name};

const FOUR: Unit = Unit::Plain(4);

fn text(text: impl Into<String>) -> Cell {
    Cell::Text(text.into())
}

fn head<const N: usize>(words: [&str; N]) -> Vec<String> {
    words.map(str::to_owned).to_vec()
}

/// The protocol, the data and the seeds of the comparison.
pub(super) fn facts(evaluated: &Evaluated, texts: &Texts) -> Table {
    let (report, fit) = (&evaluated.report, &evaluated.fit);
    let seeds: Vec<String> = evaluated.seeds.iter().map(|run| run.seed.to_string()).collect();
    let rows = [
        (texts.protocol, texts.protocol_name(report.protocol.name()).to_owned()),
        (texts.n_asked, report.n_shoppers.to_string()),
        (texts.n_items, fit.n_items.to_string()),
        (texts.n_events, fit.n_events.to_string()),
        (texts.n_validation, fit.n_validation.to_string()),
        (texts.seeds, seeds.join(", ")),
        (texts.fingerprint, evaluated.data_fingerprint.clone()),
    ];
    let row = |(name, value): (&str, String)| vec![text(name), text(value)];
    Table { head: head([texts.what, texts.value]), rows: rows.into_iter().map(row).collect() }
}

/// Every number of every row, with intervals for the two that people quote.
pub(super) fn numbers(rows: &[Row], texts: &Texts) -> Table {
    let Some(first) = rows.first() else { return Table::default() };
    let n_metrics = first.accuracy.len();
    let mut headings = head([texts.model, texts.seen, "n"]);
    for (metric, _) in &first.accuracy {
        headings.push(metric.name());
        if is_quoted(*metric) {
            headings.push(texts.interval.to_owned());
        }
    }
    headings.extend(first.numbers().into_iter().skip(n_metrics).map(|(name, _)| name));
    let row = |row: &Row| {
        let n = Cell::Number(row.n.to_string());
        let mut cells =
            vec![text(model_name(&row.model, texts.lang())), text(texts.treatment(row.seen)), n];
        for (metric, estimate) in &row.accuracy {
            cells.push(Cell::number(estimate.map(|estimate| estimate.mean), FOUR));
            if is_quoted(*metric) {
                cells.push(Cell::interval(estimate.map(|estimate| estimate.ci), FOUR));
            }
        }
        let lists = row.numbers().into_iter().skip(n_metrics);
        cells.extend(lists.map(|(_, value)| Cell::number(value, Unit::Plain(3))));
        cells
    };
    Table { head: headings, rows: rows.iter().map(row).collect() }
}

fn is_quoted(metric: Metric) -> bool {
    matches!(metric, Metric::HitRate(10) | Metric::Ndcg(10))
}

/// The blend against each other model.
pub(super) fn comparisons(comparisons: &[Comparison], texts: &Texts) -> Table {
    let row = |comparison: &Comparison| {
        let found = comparison.ndcg_at_10;
        vec![
            text(model_name(&comparison.against, texts.lang())),
            Cell::number(Some(found.difference), FOUR),
            Cell::interval(Some(found.ci), FOUR),
            Cell::number(Some(found.p), FOUR),
        ]
    };
    let head = head([texts.against, texts.difference, texts.interval, "p"]);
    Table { head, rows: comparisons.iter().map(row).collect() }
}

/// Mean and deviation over seeds, then the gain of each seed.
pub(super) fn seeds(runs: &[SeedRun], texts: &Texts) -> Table {
    let spread = |spread: evaluation::evaluate::seeds::Spread| {
        vec![
            text(model_name(&spread.model, texts.lang())),
            Cell::Number(spread.n_seeds.to_string()),
            Cell::Number(mean_sd(spread.hit_rate_at_10)),
            Cell::Number(mean_sd(spread.ndcg_at_10)),
            Cell::Missing,
        ]
    };
    let gain = |run: &SeedRun| {
        let found = run.gain_of_sequence?;
        Some(vec![
            text(format!("{} {}", texts.gain_of_seed, run.seed)),
            Cell::Missing,
            Cell::Missing,
            Cell::number(Some(found.difference), FOUR),
            Cell::number(Some(found.p), FOUR),
        ])
    };
    let rows = spreads(runs).into_iter().map(spread).chain(runs.iter().filter_map(gain));
    Table {
        head: head([texts.model, texts.n_seeds, "HR@10", "NDCG@10", "p"]),
        rows: rows.collect(),
    }
}

fn mean_sd(value: MeanSd) -> String {
    let mean = FOUR.text(value.mean);
    value.sd.map_or(mean.clone(), |sd| format!("{mean} ± {}", FOUR.text(sd)))
}

/// Accuracy of each signal alone, its weight, and the reason for the weight.
pub(super) fn verdicts(signals: &[SignalReport], texts: &Texts) -> Table {
    let row = |signal: &SignalReport| {
        vec![
            text(signal_name(signal.signal, texts.lang())),
            Cell::number(Some(f64::from(signal.weight)), Unit::Plain(3)),
            Cell::number(Some(f64::from(signal.alone.hit_rate_at_10)), FOUR),
            Cell::number(Some(f64::from(signal.alone.ndcg_at_10)), FOUR),
            text(signal.verdict.as_str()),
        ]
    };
    let head = head([texts.signal, texts.weight, texts.alone_hr, texts.alone_ndcg, texts.verdict]);
    Table { head, rows: signals.iter().map(row).collect() }
}

/// The fields of constants as they were written down, without the name of their type.
fn fields(constants: &str) -> &str {
    let inside = constants.split_once('{').and_then(|(_, rest)| rest.rsplit_once('}'));
    inside.map_or(constants, |(fields, _)| fields).trim()
}

/// Constants chosen for the baselines.
pub(super) fn baselines(baselines: &[(String, String)], texts: &Texts) -> Table {
    let row = |(name, constants): &(String, String)| {
        vec![text(model_name(name, texts.lang())), text(fields(constants))]
    };
    let head = head([texts.model, texts.constants]);
    Table { head, rows: baselines.iter().map(row).collect() }
}
