//! A round of the loop, for people.

use std::fmt::Write as _;

use experimentation::optimise::{Decision, Optimised};

use super::aligned::{aligned, number};

pub(crate) fn text(optimised: &Optimised) -> String {
    let mut out = super::label(optimised.simulated).to_owned();
    let learned = &optimised.learned;
    let _ = writeln!(out, "styles of reasons, learned from {} answers", learned.n_answers);
    if optimised.n_unreadable > 0 {
        let n = optimised.n_unreadable;
        let _ = writeln!(out, "{n} answers cannot be read and taught nothing: see `candor audit`");
    }
    let header = ["", "believed worth", "from the uniform share", "n"].map(str::to_owned).to_vec();
    let line = |(style, belief): (&String, &experimentation::optimise::Belief)| {
        let worth = learned.worth.get(style).and_then(|worth| worth.known());
        vec![
            format!("  {style}"),
            number(Some(&belief.mean), 3),
            number(worth.map(|moments| &moments.mean), 3),
            belief.n.to_string(),
        ]
    };
    let lines: Vec<_> =
        std::iter::once(header).chain(learned.policy.overall.iter().map(line)).collect();
    out += &aligned(&lines);
    match &optimised.trial.decision {
        Some(decision) => out += &self::decision(decision),
        None => {
            let _ = writeln!(out, "models: {}", optimised.trial.why);
        }
    }
    out
}

/// One line per decision.
pub(crate) fn decision(decision: &Decision) -> String {
    let state = match serde_json::to_value(decision.state) {
        Ok(serde_json::Value::String(state)) => state.replace('_', " "),
        _ => String::new(),
    };
    format!("model {} {state}: {}\n", decision.challenger, decision.why)
}
