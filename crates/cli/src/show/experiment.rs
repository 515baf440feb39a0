//! Results of an experiment, for people.

use std::fmt::Write as _;

use answers::answer::PlantedError;
use domain::Statistic;
use experimentation::experiment::{Definition, MetricResult, Results, Role, Verdict};

use super::aligned::{aligned, interval, number, reason};

/// One line per experiment.
pub(crate) fn list(experiments: &[Definition]) -> String {
    if experiments.is_empty() {
        return "no experiments\n".to_owned();
    }
    let line = |experiment: &Definition| {
        let variants: Vec<_> = experiment.variants.iter().map(|v| v.name.as_str()).collect();
        vec![
            experiment.name.clone(),
            if experiment.stopped { "stopped" } else { "running" }.to_owned(),
            experiment.layer.clone(),
            variants.join(", "),
        ]
    };
    aligned(&experiments.iter().map(line).collect::<Vec<_>>())
}

/// Every metric and the verdicts.
pub(crate) fn text(results: &Results) -> String {
    let mut out = super::label(results.simulated).to_owned();
    let n: Vec<_> = results.n_assigned.iter().map(|(name, n)| format!("{name} {n}")).collect();
    let _ = writeln!(out, "{}: {} shoppers", results.experiment.name, n.join(", "));
    let header = [
        "",
        "treatment",
        "control",
        "difference",
        "at the end",
        "at every look",
        "p",
        "p any time",
    ];
    let mut lines = vec![header.map(str::to_owned).to_vec()];
    for role in [Role::Primary, Role::Guardrail, Role::Exploratory] {
        for metric in results.metrics.iter().filter(|metric| metric.role == role) {
            lines.extend(lines_of(metric));
        }
    }
    out += &aligned(&lines);
    if results.metrics.iter().any(|metric| metric.adjusted_for_before) {
        out += "* the difference is adjusted for what shoppers did before (CUPED), the means are not\n";
    }
    out += &sample_ratio(results);
    out += &chances(results);
    for (variant, sorts) in &results.planted {
        for (what, planted) in sorts {
            let d_prime = planted.detection.known().map(|detection| detection.d_prime);
            let what = match what {
                PlantedError::WrongItem => "wrong items",
                PlantedError::WrongReason => "wrong reasons",
            };
            let _ = writeln!(
                out,
                "{variant}: planted {what} accepted {} of {}, d′ {}",
                planted.trials.wrong_accepted,
                planted.trials.n_wrong,
                number(d_prime.as_ref(), 2)
            );
        }
    }
    for (treatment, verdict) in &results.verdicts {
        let _ = writeln!(out, "{treatment}: {}", verdict_text(verdict));
    }
    for note in &results.notes {
        let _ = writeln!(out, "note: {note}");
    }
    out
}

/// Whether the variants got their shares; every metric knows the same of that.
fn sample_ratio(results: &Results) -> String {
    let first = results.metrics.iter().find_map(|metric| metric.analysis.known());
    let Some(analysis) = first else { return String::new() };
    match analysis.report.srm.known() {
        Some(srm) => format!("planned shares of the variants: p = {:.3}\n", srm.p),
        None => reason("planned shares of the variants", &analysis.report.srm),
    }
}

/// The Bayesian reading of the primary metrics.
fn chances(results: &Results) -> String {
    let primary = results.metrics.iter().filter(|metric| metric.role == Role::Primary);
    let analyses = primary.filter_map(|metric| Some((metric.is_harm, metric.analysis.known()?)));
    let mut text = String::new();
    for (is_harm, analysis) in analyses {
        for comparison in &analysis.report.comparisons {
            let Some(posterior) = comparison.bayesian.known() else { continue };
            // Of a harm, less is better, and what choosing costs is the other way round.
            let [stays, changes] = posterior.risk;
            let (chance, loss, forgone) = match is_harm {
                true => (1.0 - posterior.chance_to_win, stays, changes),
                false => (posterior.chance_to_win, changes, stays),
            };
            let _ = writeln!(
                text,
                "{} {}: chance to be better {chance:.3}; expected relative loss {loss:.4} if \
                 chosen, {forgone:.4} if not",
                analysis.report.metric, comparison.treatment,
            );
        }
    }
    text
}

fn lines_of(metric: &MetricResult) -> Vec<Vec<String>> {
    let Some(analysis) = metric.analysis.known() else { return Vec::new() };
    let role = match metric.role {
        Role::Primary => "primary",
        Role::Guardrail => "guardrail",
        Role::Exploratory => "exploratory",
    };
    let mark = if metric.adjusted_for_before { "*" } else { "" };
    let line = |comparison: &experimentation::experiment::Comparison| {
        let treatment = &comparison.treatment;
        let p = |kept: &std::collections::BTreeMap<String, Statistic<f64>>| {
            number(kept.get(treatment).and_then(Statistic::known), 4)
        };
        let (fixed, sequential) =
            (comparison.absolute.known(), comparison.sequential_absolute.known());
        vec![
            format!("{role} {} {treatment}", analysis.report.metric),
            number(comparison.mean_treatment.known(), 4),
            number(comparison.mean_control.known(), 4),
            number(fixed.map(|estimate| &estimate.estimate), 4) + mark,
            interval(fixed.map(|estimate| &estimate.ci), 4),
            interval(sequential.map(|estimate| &estimate.ci), 4),
            p(&metric.p_at_the_end),
            p(&metric.p_at_any_time),
        ]
    };
    analysis.report.comparisons.iter().map(line).collect()
}

pub(crate) fn verdict_text(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Better { why } => format!("better ({why})"),
        Verdict::Worse { why } => format!("worse ({why})"),
        Verdict::Harmful { why } => format!("harmful ({why})"),
        Verdict::OverTrust => "over-trust: more planted errors are accepted".to_owned(),
        Verdict::Invalid { why } => format!("invalid ({why})"),
        Verdict::Undecided { why } => format!("undecided ({why})"),
    }
}
