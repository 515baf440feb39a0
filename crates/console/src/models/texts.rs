//! The words of the page of models.

use experimentation::optimise::TrialState;
use messages::texts;

texts! {
    "console-models":
    lead, train, train_now, train_about, running, words, constants, sequence, learning, refit,
    sequence_refit, beginning, failed, weights, weights_about, signal, weight, models, none,
    version, trained, events, items, data, in_use, promote, why, roll_back, roll_back_about,
    roll_back_go, decisions, no_decisions, when, what, from_to, against, weights_starting,
    use_other, use_other_about, model, watch, watch_done, damaged, nothing_chosen, brought_up,
    dropped, because, refused, on_trial, promoted, rejected, lost, rolled_back, baselines, asking,
    evaluate, evaluate_about, evaluate_now, evaluating, unmeasured, protocol, leave_one_out,
    by_shopper, by_time, no_evaluations, report_of,
}

impl Texts {
    /// What a training is at, in words.
    pub(super) fn stage(&self, stage: &str) -> &'static str {
        match stage {
            "words" => self.words,
            "constants" => self.constants,
            "sequence" => self.sequence,
            "weights" => self.learning,
            "refit" => self.refit,
            "sequence_refit" => self.sequence_refit,
            "baselines" => self.baselines,
            "asking" => self.asking,
            _ => self.beginning,
        }
    }

    /// How events were held out, in words.
    pub(super) fn protocol_name(&self, name: &str) -> &'static str {
        match name {
            "shopper" => self.by_shopper,
            "time" => self.by_time,
            _ => self.leave_one_out,
        }
    }

    /// A note of a training in words, where there are any for it.
    pub(super) fn note(&self, note: &str) -> Option<String> {
        if let Some(counts) = note.strip_prefix("nothing was chosen: ") {
            let is_digit = |c: char| c.is_ascii_digit();
            let numbers = counts.split(|c| !is_digit(c)).filter(|part| !part.is_empty());
            let numbers: Vec<_> = numbers.take(2).collect();
            return Some(format!("{} {}", self.nothing_chosen, numbers.join(" / ")));
        }
        if note.starts_with("brought up to date") {
            return Some(self.brought_up.to_owned());
        }
        note.starts_with("the Transformer had learned from a shopper")
            .then(|| self.dropped.to_owned())
    }

    /// A decision about a model, in words.
    pub(super) fn state(&self, state: TrialState) -> &'static str {
        match state {
            TrialState::Refused => self.refused,
            TrialState::OnTrial => self.on_trial,
            TrialState::Promoted => self.promoted,
            TrialState::Rejected => self.rejected,
            TrialState::Lost => self.lost,
            TrialState::RolledBack => self.rolled_back,
        }
    }
}
