//! The words of the pages of experiments.

use domain::Language;
use experimentation::conclusion::Ending;
use experimentation::experiment::{Metric, Role, Verdict};
use messages::{Family, texts};

use super::problems::{BAD_CHANGE, BAD_NUMBER, BAD_SMALLEST};

texts! {
    "console-experiments":
    lead, running, none_running, past, name, hypothesis, variants, primary, look, new, change,
    no_reasons, brief, ranked_by, other_model, share, baseline, smallest, start, start_about,
    happened, nothing_happened, when, what, why, because, started, stopped, ended_stopped,
    ended_kept, ended_promoted, assigned, planned, shares_fine, shares_broken, shares_unknown,
    nothing_yet, against, differences_about, more_is_better, more_is_worse, metric, role, control,
    treatment, interval, p, chance, primary_role, guardrail, exploratory, primary_about,
    guardrail_about, exploratory_about, end, ending, stop, keep, promote, end_go, has_ended, better,
    worse, harmful, over_trust, invalid, undecided, back, in_force, in_force_about, look_or_end, take_back, taken_back,
    in_force_since, running_since, since_settings, changes, changes_nothing, by_blend, by_weights,
    only_kinds, full, reasons, planned_share, layer, layer_main, layer_own, layer_taken,
    layer_about, uncomputed, decides_about, absolute, relative, points, share_points, in_shares,
    why_unmoved, why_trust, why_mismatch, problem, bad_number, bad_change, bad_smallest, bad_layer,
}

/// The name of each metric.
const METRICS: Family = Family::of("console-metric-");

/// Returns the name of a metric.
pub(super) fn metric_name(metric: Metric, lang: Language) -> &'static str {
    METRICS.text(lang, metric.name()).unwrap_or("–")
}

/// Why a verdict is what it is.
pub(super) enum Why {
    /// In the language of the page.
    Message(String),
    /// In the words of the analysis, which are English.
    English(String),
}

impl Texts {
    /// What a metric is there for, in a word.
    pub(super) fn role(&self, role: Role) -> &'static str {
        match role {
            Role::Primary => self.primary_role,
            Role::Guardrail => self.guardrail,
            Role::Exploratory => self.exploratory,
        }
    }

    /// The same in a sentence.
    pub(super) fn role_about(&self, role: Role) -> &'static str {
        match role {
            Role::Primary => self.primary_about,
            Role::Guardrail => self.guardrail_about,
            Role::Exploratory => self.exploratory_about,
        }
    }

    /// A verdict, and why.
    pub(super) fn verdict(&self, verdict: &Verdict, lang: Language) -> (&'static str, Why) {
        match verdict {
            Verdict::Better { why } => (self.better, self.why(why, lang)),
            Verdict::Worse { why } => (self.worse, self.why(why, lang)),
            Verdict::Harmful { why } => (self.harmful, self.why(why, lang)),
            Verdict::OverTrust => (self.over_trust, Why::Message(String::new())),
            Verdict::Invalid { why } => (self.invalid, self.why(why, lang)),
            Verdict::Undecided { why } => (self.undecided, self.why(why, lang)),
        }
    }

    /// What the analysis says is made of a few sentences; any other stays as it is.
    fn why(&self, why: &str, lang: Language) -> Why {
        let moved = |names: &str| {
            let named = |name| METRICS.text(lang, name).unwrap_or("–");
            let names: Vec<_> = names.split(", ").map(named).collect();
            names.join(" · ")
        };
        let told = if let Some(names) = why.strip_prefix("better: ") {
            format!("{} · {}", self.better, moved(names))
        } else if let Some(names) = why.strip_prefix("worse: ") {
            format!("{} · {}", self.worse, moved(names))
        } else if let Some(p) = why.strip_prefix("sample ratio mismatch, p = ") {
            format!("{} {p}", self.why_mismatch)
        } else if why.starts_with("no primary metric has moved") {
            self.why_unmoved.to_owned()
        } else if why.starts_with("trust only wins when acceptance") {
            self.why_trust.to_owned()
        } else {
            return Why::English(why.to_owned());
        };
        Why::Message(told)
    }

    /// What a field of the form is called on it.
    pub(super) fn field(&self, field: &str) -> Option<&'static str> {
        Some(match field {
            "name" => self.name,
            "change" => self.change,
            "primary" => self.primary,
            "layer" => self.layer,
            "share" => self.share,
            "baseline" => self.baseline,
            "smallest" => self.smallest,
            _ => return None,
        })
    }

    /// A problem that the form finds by itself, in words.
    pub(super) fn problem_with(&self, problem: &str) -> Option<&'static str> {
        match problem {
            BAD_NUMBER => Some(self.bad_number),
            BAD_CHANGE => Some(self.bad_change),
            BAD_SMALLEST => Some(self.bad_smallest),
            _ => None,
        }
    }

    /// How an experiment ended, and the variant that everybody got.
    pub(super) fn ending(&self, ending: &Ending) -> (&'static str, String) {
        match ending {
            Ending::Stop => (self.ended_stopped, String::new()),
            Ending::Keep => (self.ended_kept, String::new()),
            Ending::Promote { variant } => (self.ended_promoted, variant.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_metric_has_a_name_and_no_other_has_one() {
        assert!(Metric::ALL.iter().all(|metric| METRICS.member(metric.name()).is_some()));
        assert_eq!(METRICS.members().count(), Metric::ALL.len());
    }
}
