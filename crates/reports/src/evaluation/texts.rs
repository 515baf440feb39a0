//! The texts of the page. Names of metrics are the same in every language.

use ::signals::SignalName;
use domain::Language;
use evaluation::evaluate::{BLEND, NOT_UPDATED, Seen, Segment, UPDATED, WITHOUT_SEQUENCE};
use messages::{text, texts};
use presentation::signals;

texts! {
    "report-evaluation":
    tag, title, simulated, lead, what, value, compared, protocol, n_asked, n_items, n_events,
    n_validation, seeds, fingerprint, accuracy, accuracy_figure, accuracy_description, ours,
    baselines, all_numbers, model, seen, masked, unmasked, interval, comparisons, against,
    difference, over_seeds, over_seeds_lead, n_seeds, gain_of_seed, trade_offs, trade_off_figure,
    coverage, diversity, novelty, parts, n_shoppers, weights, weights_figure, weights_description,
    signal, weight, alone_hr, alone_ndcg, verdict, learning_figure, learning_description, seconds,
    on_validation, again, command, chosen, constants,
}

impl Texts {
    /// The language that they are in.
    pub(super) fn lang(&self) -> Language {
        self.tag.parse().expect("the tag of a page is of a language")
    }

    pub(super) fn treatment(&self, seen: Seen) -> &'static str {
        match seen {
            Seen::Masked => self.masked,
            Seen::Unmasked => self.unmasked,
        }
    }

    pub(super) fn protocol_name(&self, name: &'static str) -> &'static str {
        let lang = self.lang();
        match name {
            "leave-one-out" => text!(lang, "report-evaluation-protocol-leave-one-out"),
            "shopper" => text!(lang, "report-evaluation-protocol-shopper"),
            "time" => text!(lang, "report-evaluation-protocol-time"),
            other => other,
        }
    }

    pub(super) fn segment(&self, segment: Segment) -> &'static str {
        let lang = self.lang();
        match segment {
            Segment::HistoryUpTo5 => text!(lang, "report-evaluation-history-up-to-5"),
            Segment::History6To10 => text!(lang, "report-evaluation-history-6-to-10"),
            Segment::History11To20 => text!(lang, "report-evaluation-history-11-to-20"),
            Segment::HistoryOver20 => text!(lang, "report-evaluation-history-over-20"),
            Segment::ColdItem => text!(lang, "report-evaluation-cold-item"),
            Segment::ColdShopper => text!(lang, "report-evaluation-cold-shopper"),
        }
    }
}

/// The name of a signal in reports.
pub(super) fn signal_name(signal: SignalName, lang: Language) -> String {
    model_name(&format!("{signal:?}").to_lowercase(), lang)
}

/// What a model of a report is called; baselines by their own names.
pub(crate) fn model_name(name: &str, lang: Language) -> String {
    let name = match name {
        BLEND => text!(lang, "report-evaluation-model-blend"),
        WITHOUT_SEQUENCE => text!(lang, "report-evaluation-model-without-sequence"),
        NOT_UPDATED => text!(lang, "report-evaluation-model-not-updated"),
        UPDATED => text!(lang, "report-evaluation-model-updated"),
        "served" => text!(lang, "report-evaluation-model-served"),
        "popularity_all_time" => text!(lang, "report-evaluation-model-popularity-all-time"),
        "popularity_7_days" => text!(lang, "report-evaluation-model-popularity-7-days"),
        "item_knn" => "item-kNN",
        "ease" => "EASE",
        "als" => "ALS",
        signal => return signals::label(signal, lang).to_owned(),
    };
    name.to_owned()
}
