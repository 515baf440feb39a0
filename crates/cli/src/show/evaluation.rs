//! An evaluation for a terminal, and for programs.

use std::fmt::Write as _;

use evaluation::evaluate::seeds::{MeanSd, spreads};
use evaluation::evaluate::{Evaluated, table};
use serde_json::{Value, json};

/// Tables, comparisons, seeds, and the learned weights.
pub(crate) fn text(evaluated: &Evaluated) -> String {
    let mut text = super::label(evaluated.simulated).to_owned();
    text.push_str(&table(&evaluated.report));
    if evaluated.seeds.len() > 1 {
        text.push_str(&seeds(evaluated));
    }
    text.push_str("\nblend weights, learned on validation:\n");
    for signal in &evaluated.fit.signals {
        let _ = writeln!(text, "  {:?} {:.3}: {}", signal.signal, signal.weight, signal.verdict);
    }
    for note in &evaluated.fit.notes {
        let _ = writeln!(text, "  note: {note}");
    }
    let popularity = &evaluated.fit.constants.popularity;
    let _ = writeln!(text, "  half-life of popularity: {} days", popularity.half_life_days);
    text.push_str("\nbaselines, chosen on validation:\n");
    for (name, constants) in &evaluated.baselines {
        let _ = writeln!(text, "  {name}: {constants}");
    }
    let _ = writeln!(text, "\ndata {}", evaluated.data_fingerprint);
    text
}

fn seeds(evaluated: &Evaluated) -> String {
    let runs = &evaluated.seeds;
    let mut text = format!(
        "\n{} seeds, constants chosen on validation by each; masked, mean ± sd over seeds\n",
        runs.len()
    );
    for spread in spreads(runs) {
        let (hit_rate, ndcg) = (mean_sd(spread.hit_rate_at_10), mean_sd(spread.ndcg_at_10));
        let (model, n) = (spread.model, spread.n_seeds);
        let _ = writeln!(text, "  {model:<24} HR@10 {hit_rate}, NDCG@10 {ndcg} ({n} seeds)");
    }
    for run in runs {
        let Some(gain) = run.gain_of_sequence else { continue };
        let _ = writeln!(
            text,
            "  seed {}: blend above blend_without_sequence {:+.4} ({:+.4} to {:+.4}), p = {:.4}",
            run.seed, gain.difference, gain.ci[0], gain.ci[1], gain.p
        );
    }
    text
}

fn mean_sd(value: MeanSd) -> String {
    let sd = value.sd.map_or(String::new(), |sd| format!(" ± {sd:.4}"));
    format!("{:.4}{sd}", value.mean)
}

/// The report with what was chosen beside it.
pub(crate) fn json(evaluated: &Evaluated) -> serde_json::Result<String> {
    let mut value = serde_json::to_value(&evaluated.report)?;
    if let Value::Object(report) = &mut value {
        report.insert("simulated".to_owned(), json!(evaluated.simulated));
        report.insert("seeds".to_owned(), json!(evaluated.seeds));
        report.insert("over_seeds".to_owned(), json!(spreads(&evaluated.seeds)));
        report.insert("signals".to_owned(), json!(evaluated.fit.signals));
        report.insert("constants".to_owned(), json!(evaluated.fit.constants));
        report.insert("baselines".to_owned(), json!(evaluated.baselines));
        report.insert("data_fingerprint".to_owned(), json!(evaluated.data_fingerprint));
    }
    serde_json::to_string_pretty(&value)
}
