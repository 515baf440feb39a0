//! The words of the page of trust.

use domain::Language;
use experimentation::trust::Construct;
use messages::texts;

texts! {
    "console-trust":
    lead, questionnaire, asked, answered, unread, unreadable, unreadable_answers, readable, version, few_answers, survey_hint, overall_about,
    beside, beside_about, construct_name, mean_answer, understanding, satisfaction, trusting,
    distrust, by_variant, variant, by_month, month, score, consistency, consistency_about,
    dimension, people, usefulness, reliability, safety, fairness, own_words, own_words_about,
    own_words_none, own_words_not_found, own_words_hidden, contains, language, any_language,
    search_go, found, week_of, page, page_of, previous, next, behaviour, what,
    share, interval, counts, follow_through, opened, helpful, corrections, asked_back, dismissed,
    returned, opted_out, over_trust, over_trust_about, seeded_errors_off, seeded_errors_none, accepted, d_prime,
    audits, audits_about, audits_go, verified, calibrated, yes, no, unknown, leaks, enough_shoppers,
    opted_out_unused, own_history, not_sensitive, must_hold, looked_at, failed, exposure, brands,
    group, brand, of_catalogue, of_buyers, of_shown, head, middle, tail, gaps, compared, gap, of,
    points, followed, corrected, claims, strong, new_people, known_people,
}

impl Texts {
    /// A dimension in words.
    pub(super) fn dimension(&self, name: &str) -> &'static str {
        match name {
            "usefulness" => self.usefulness,
            "reliability" => self.reliability,
            "safety" => self.safety,
            "fairness" => self.fairness,
            _ => self.dimension,
        }
    }

    /// What is asked about beside the score, in words.
    pub(super) fn construct(&self, construct: Construct) -> &'static str {
        match construct {
            Construct::Usefulness => self.usefulness,
            Construct::Reliability => self.reliability,
            Construct::Safety => self.safety,
            Construct::Fairness => self.fairness,
            Construct::Transparency => self.understanding,
            Construct::Satisfaction => self.satisfaction,
            Construct::Trust => self.trusting,
            Construct::Distrust => self.distrust,
            Construct::Attention => self.unread,
        }
    }

    /// What a leak test looks at, in words.
    pub(super) fn check(&self, name: &'static str) -> &'static str {
        match name {
            "no count speaks of fewer shoppers than allowed" => self.enough_shoppers,
            "nothing of the history of somebody who opted out" => self.opted_out_unused,
            "a reason rests on nobody else's history" => self.own_history,
            "no sensitive category is named" => self.not_sensitive,
            "every recorded answer can be read" => self.readable,
            other => other,
        }
    }

    /// What is compared between groups, in words.
    pub(super) fn measure(&self, name: &'static str) -> &'static str {
        match name {
            "followed of what came into view" => self.followed,
            "corrected of the reasons in view" => self.corrected,
            "claims per item" => self.claims,
            "strong reasons of all items" => self.strong,
            other => other,
        }
    }

    /// A group of shoppers, in words.
    pub(super) fn group_of(&self, name: &'static str) -> &'static str {
        match name {
            "new" => self.new_people,
            "known" => self.known_people,
            other => other.parse().map_or(other, Language::own_name),
        }
    }

    /// Items of like popularity, in words.
    pub(super) fn bucket(&self, name: &str) -> &'static str {
        match name {
            "head" => self.head,
            "tail" => self.tail,
            _ => self.middle,
        }
    }
}
