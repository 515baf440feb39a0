//! Names of arms, models, verdicts and decisions in charts and page.

use domain::Language;
use experimentation::experiment::Verdict;
use experimentation::optimise::TrialState;
use messages::{message, text};
use study::{Arm, Decided, Sought};

pub(super) fn stamp(lang: Language) -> &'static str {
    text!(lang, "study-stamp")
}

pub(super) fn arm(lang: Language, arm: Arm) -> &'static str {
    match arm {
        Arm::ItemKnn => text!(lang, "study-arm-item-knn"),
        Arm::Blend => text!(lang, "study-arm-blend"),
        Arm::Reasons => text!(lang, "study-arm-reasons"),
        Arm::FalseReasons => text!(lang, "study-arm-false-reasons"),
        Arm::Placebo => text!(lang, "study-arm-placebo"),
    }
}

pub(super) fn model(lang: Language, model: &str) -> String {
    let name = match model {
        "item_knn" => "item-kNN",
        "text" => text!(lang, "study-model-text"),
        "transition" => text!(lang, "study-model-transition"),
        "blend" => text!(lang, "study-model-blend"),
        other => other,
    };
    name.to_owned()
}

pub(super) fn sought(lang: Language, sought: Sought) -> &'static str {
    match sought {
        Sought::Trust => text!(lang, "study-trust-score"),
        Sought::Conversion => text!(lang, "study-conversion"),
        Sought::Ctr => text!(lang, "study-clicks-per-item"),
    }
}

pub(super) fn verdict(lang: Language, verdict: &Verdict) -> String {
    match verdict {
        Verdict::Better { why } => format!("{} ({why})", text!(lang, "study-verdict-better")),
        Verdict::Worse { why } => format!("{} ({why})", text!(lang, "study-verdict-worse")),
        Verdict::Harmful { why } => format!("{} ({why})", text!(lang, "study-verdict-harmful")),
        Verdict::OverTrust => text!(lang, "study-verdict-over-trust").to_owned(),
        Verdict::Invalid { why } => format!("{} ({why})", text!(lang, "study-verdict-invalid")),
        Verdict::Undecided { .. } => text!(lang, "study-verdict-undecided").to_owned(),
    }
}

/// Which trial, and what was decided.
pub(super) fn decision(lang: Language, decision: &Decided) -> String {
    let state = match decision.state {
        TrialState::Refused => text!(lang, "study-trial-refused"),
        TrialState::OnTrial => text!(lang, "study-trial-running"),
        TrialState::Promoted => text!(lang, "study-trial-promoted"),
        TrialState::Rejected => text!(lang, "study-trial-rejected"),
        TrialState::Lost => text!(lang, "study-trial-lost"),
        TrialState::RolledBack => text!(lang, "study-trial-rolled-back"),
    };
    match decision.trial {
        0 => state.to_owned(),
        n => message!(lang, "study-trial", n: n, state: state),
    }
}

/// The text at the top of the page.
pub(super) fn warning(lang: Language) -> &'static str {
    text!(lang, "study-warning")
}

pub(super) fn about_accuracy(lang: Language) -> &'static str {
    text!(lang, "study-about-accuracy")
}

pub(super) fn about_recovered(lang: Language) -> &'static str {
    text!(lang, "study-about-recovered")
}

pub(super) fn about_learning(lang: Language) -> &'static str {
    text!(lang, "study-about-learning")
}

pub(super) fn about_errors(lang: Language) -> &'static str {
    text!(lang, "study-about-errors")
}
