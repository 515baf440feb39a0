//! The words of the pages of experiments.

use experimentation::conclusion::Ending;
use experimentation::experiment::{Metric, Role, Verdict};
use messages::texts;

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
    worse, harmful, over_trust, invalid, undecided, ctr, conversion, revenue, follow_through,
    satisfaction, trust, opt_out, returns, wrong_reasons, dismissals, back, in_force, in_force_about, look_or_end, take_back, taken_back,
    in_force_since, running_since, since_settings, changes, changes_nothing, by_blend, by_weights,
    only_kinds, full, reasons, planned_share, layer, layer_main, layer_own, layer_taken,
    layer_about, uncomputed, decides_about, absolute, relative, points, share_points, in_shares,
    why_unmoved, why_trust, why_mismatch, problem, bad_number, bad_change, bad_smallest, bad_layer,
}

/// Why a verdict is what it is.
pub(super) enum Why {
    /// In the language of the page.
    Message(String),
    /// In the words of the analysis, which are English.
    English(String),
}

impl Texts {
    /// A metric in words.
    pub(super) fn metric(&self, metric: Metric) -> &'static str {
        match metric {
            Metric::Ctr => self.ctr,
            Metric::Conversion => self.conversion,
            Metric::Revenue => self.revenue,
            Metric::FollowThrough => self.follow_through,
            Metric::Satisfaction => self.satisfaction,
            Metric::Trust => self.trust,
            Metric::OptOut => self.opt_out,
            Metric::Returns => self.returns,
            Metric::WrongReasons => self.wrong_reasons,
            Metric::Dismissals => self.dismissals,
        }
    }

    /// The same by the metric's name.
    pub(super) fn metric_named(&self, name: &str) -> &'static str {
        let metric = Metric::ALL.into_iter().find(|metric| metric.name() == name);
        metric.map_or("–", |metric| self.metric(metric))
    }

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
    pub(super) fn verdict(&self, verdict: &Verdict) -> (&'static str, Why) {
        match verdict {
            Verdict::Better { why } => (self.better, self.why(why)),
            Verdict::Worse { why } => (self.worse, self.why(why)),
            Verdict::Harmful { why } => (self.harmful, self.why(why)),
            Verdict::OverTrust => (self.over_trust, Why::Message(String::new())),
            Verdict::Invalid { why } => (self.invalid, self.why(why)),
            Verdict::Undecided { why } => (self.undecided, self.why(why)),
        }
    }

    /// What the analysis says is made of a few sentences; any other stays as it is.
    fn why(&self, why: &str) -> Why {
        let moved = |names: &str| {
            let names: Vec<_> = names.split(", ").map(|name| self.metric_named(name)).collect();
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
