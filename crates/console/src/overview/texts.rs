//! The words of the overview.

use messages::texts;

texts! {
    "console-overview":
    lead, items, shoppers, latest, model, no_model, never, accuracy, accuracy_title, accuracy_about,
    tested_title, tested_about, ours_legend, baseline_legend, measured, protocol, leave_one_out,
    by_shopper, by_time, asked, seed, model_then, full_report, damaged, blend, blend_legend,
    alone_legend, signal, no_accuracy, evaluate_hint, satisfaction, satisfaction_title,
    satisfaction_about, satisfied, neutral, dissatisfied, answer, people, few_answers, survey_hint,
    trust, trust_title, trust_about, usefulness, reliability, safety, fairness, overall, dimension,
    score, conversion, conversion_title, conversion_about, experiment, choose, day, bought,
    everybody, no_conversion,
}

impl Texts {
    /// How events were held out, in words.
    pub(super) fn protocol_name(&self, name: &str) -> &'static str {
        match name {
            "shopper" => self.by_shopper,
            "time" => self.by_time,
            _ => self.leave_one_out,
        }
    }
}
