//! A simulated study as text.

use std::fmt::Write as _;
use std::path::Path;

use study::{Arm, Study};

use super::aligned::aligned;
use super::experiment::verdict_text;

/// The study in short; the rest is in its files.
pub(crate) fn text(study: &Study, folder: &Path) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "SIMULATED: {} days, {} shoppers, {} items, {} events, {} lists (seed {})",
        study.n_days, study.n_shoppers, study.n_items, study.n_events, study.n_answers, study.seed
    );
    let head = ["arm", "trust", "known", "true utility per visit", "verdict"];
    let mut lines = vec![head.map(str::to_owned).to_vec()];
    lines.extend(Arm::ALL.map(|arm| line(study, arm)));
    out += &aligned(&lines);
    let n_redraws: usize = study.recovered.iter().map(|one| one.n_redraws).sum();
    let held = study.recovered.iter().map(|one| one.coverage * one.n_redraws as f64);
    let coverage = 100.0 * held.sum::<f64>() / n_redraws.max(1) as f64;
    let _ = writeln!(
        out,
        "95 % intervals held the known effect in {coverage:.1} % of {n_redraws} redraws"
    );
    if let Some(found) = study.learning.later.visit.difference.known() {
        let [low, high] = found.ci;
        let _ = writeln!(
            out,
            "the loop, after the first month: {:+.3} true utility per visit ({low:+.3} to {high:+.3})",
            found.estimate
        );
    }
    let _ = writeln!(out, "{}", folder.join("study.html").display());
    out
}

fn line(study: &Study, arm: Arm) -> Vec<String> {
    let trust = &study.trust[&arm];
    let score = trust.score.known().map_or("–".to_owned(), |score| match score.ci.known() {
        Some([low, high]) => format!("{:.1} ({low:.1} to {high:.1})", score.estimate),
        None => format!("{:.1}", score.estimate),
    });
    let verdict = study.verdicts.get(&arm).map_or("control".to_owned(), verdict_text);
    let value = study.value[&arm];
    vec![
        arm.name().to_owned(),
        score,
        format!("{:.1}", trust.truth + 0.0),
        // A sum of nothing is a zero below zero.
        format!("{:.3}", value + 0.0),
        verdict,
    ]
}
