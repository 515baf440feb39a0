//! A training's report.

use std::fmt::Write as _;

use training::Trained;

pub(crate) fn text(trained: &Trained) -> String {
    let report = &trained.report;
    let mut out = String::new();
    let _ = writeln!(
        out,
        "model {} from {} items, {} shoppers, {} events",
        trained.version, report.n_items, report.n_shoppers, report.n_events
    );
    let _ = writeln!(
        out,
        "on validation ({} shoppers): blend HR@10 {:.4}, NDCG@10 {:.4}; {} settings tried{}",
        report.n_validation,
        report.blend.hit_rate_at_10,
        report.blend.ndcg_at_10,
        report.n_trials,
        if report.cut_short { ", ended by the time budget" } else { "" }
    );
    if !report.signals.is_empty() {
        let _ = writeln!(out, "\n{:12} {:>8} {:>8} {:>8}", "signal", "HR@10", "NDCG@10", "weight");
    }
    for signal in &report.signals {
        let _ = writeln!(
            out,
            "{:12} {:>8.4} {:>8.4} {:>8.3}  {}",
            format!("{:?}", signal.signal).to_lowercase(),
            signal.alone.hit_rate_at_10,
            signal.alone.ndcg_at_10,
            signal.weight,
            signal.verdict
        );
    }
    if let Some(sequence) = &report.sequence {
        let (epochs, best) = (sequence.epochs.len(), sequence.best_epoch);
        let seconds: f64 = sequence.epochs.iter().map(|epoch| epoch.training_s).sum();
        let _ = writeln!(
            out,
            "Transformer: {epochs} epochs in {seconds:.1} s, best on validation after {best}"
        );
    }
    if let Some(matching) = &trained.matching {
        out.push_str(&super::matching::text(matching));
    }
    for note in &report.notes {
        let _ = writeln!(out, "note: {note}");
    }
    out
}
