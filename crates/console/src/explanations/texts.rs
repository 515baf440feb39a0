//! The words of the page of explanations.

use domain::FeedbackKind;
use messages::texts;

texts! {
    "console-explanations":
    lead, none_yet, n_answers, n_unreadable, n_reasons, with_reason, n_claims, verified, worded, kinds, kind,
    languages, language, in_language, feedback, said, no_feedback, counted, number, words, no_words,
    breaker, closed, open, trying, fallback, accepted, refused, today, tree, tree_lead, tree_make,
    tree_no_model, tree_hidden, tree_none, tree_least, tree_fidelity, tree_text, search,
    search_label, search_go, nothing_yet, as_of, made_of, nothing_found, when, request, goods, rank,
    strength, look, exposed, opened, helpful, wrong, unclear, dont_use, follow_up,
    opted_out, delivered, verify, verify_lead, all_hold, not_all_hold, after_erasure, now, then,
    model, variant, no_reason, back,
}

impl Texts {
    /// What was said or done about a reason, in words.
    pub(super) fn feedback_kind(&self, kind: FeedbackKind) -> &'static str {
        match kind {
            FeedbackKind::Exposed => self.exposed,
            FeedbackKind::Opened => self.opened,
            FeedbackKind::Helpful => self.helpful,
            FeedbackKind::Wrong => self.wrong,
            FeedbackKind::Unclear => self.unclear,
            FeedbackKind::DontUse => self.dont_use,
            FeedbackKind::FollowUp => self.follow_up,
            FeedbackKind::OptedOut => self.opted_out,
        }
    }
}
