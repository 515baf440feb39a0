//! The texts of the storefront, and which of them to say when.

use domain::{Correction, Language, Unused};
use messages::{message, texts};

texts! {
    "storefront":
    tag, other, other_tag, skip, departments, simulated, open, locked_title, locked, how, docs, you,
    change, choose, visitor, type_id, be, me, cart, lead_known, lead_new, lead_unused, lead_asked,
    lead_off, for_you, seen_lately, no_model, nothing, why, no_reason, not_interested, no_price,
    sold_out, no_items,   all_items, narrower, pages, previous, next, add, save, buy,
    buy_all, buy_rest, total, stays, pieces, remove, details, description, full_title, reviews,
    no_reviews,   goes_with, cart_empty, saved_items, before_you_go, why_title,
    facts, counted, nothing_told, nothing_counted, rests_on, share, from_history, from_place,
    of_place, others, together, asked_part, apart, without_it, leave_out, recomputed, rank_with,
    rank_without, otherwise, without, comma, not_among, in_its_place, one_of_times, and_last,
    without_history, would_stay, would_go, no_single, no_history_used, no_flip, made_of, bar,
    strength, found_by, model, ai, proof, your_word, helpful, wrong, unclear, dont_use,
    dont_use_hint, ask, ask_about, ask_hint, ask_hint_list, earlier, ask_send, asked, list_now,
    can_ask, undo, corrections, no_corrections, taken_back, tastes, no_tastes, not_mine, anew,
    anew_hint, want, more, less, want_of, did_wrong_reason, did_do_not_use, did_gift,
    did_not_interested, did_more, did_less, did_cheaper, did_other_brand, did_set_tags,
    did_stop_profiling, said_undone, said_corrected, back, me_lead, known_as, profiling,
    profiling_on, profiling_off, turn_off, turn_on, history, no_history, said, nothing_said, about,
    take_away, erase, erase_hint, erase_sure, survey_title, survey_ask, survey_go, survey_later,
    survey_lead, words_too_long, survey_none, n_questions, send, from_low, to_high, not_found,
    failed, said_cart, said_uncart, said_wish, said_purchase, said_dismiss, said_helpful,
    said_wrong, said_unclear, said_dont_use, said_left_out, said_alone, said_off, said_on,
    said_erased, said_unsure, did_anew, no_tastes_named, latest, latest_of, latest_rest, not_used,
    was_gift, carry, carry_hint, nothing_kept, said_thanks, said_later, said_no_answers, said_part,
    said_sold_out,
}

impl Texts {
    /// Returns the language that they are in.
    fn lang(&self) -> Language {
        self.tag.parse().expect("the tag of a page is of a language")
    }

    /// Returns how many  in words.
    pub(super) fn n_items(&self, n: usize) -> String {
        message!(self.lang(), "storefront-n-items", n: n)
    }

    /// Returns how many  in words.
    pub(super) fn n_ratings(&self, n: u32) -> String {
        message!(self.lang(), "storefront-n-ratings", n: n)
    }

    /// Returns which page of how many, in words.
    pub(super) fn page_of(&self, page: usize, n_pages: usize) -> String {
        message!(self.lang(), "storefront-page-of", page: page, pages: n_pages)
    }

    /// What to say after something was done; the name comes with the address of the page.
    pub(super) fn after(&self, done: &str) -> Option<&'static str> {
        Some(match done {
            "cart" => self.said_cart,
            "uncart" => self.said_uncart,
            "wish" => self.said_wish,
            "purchase" => self.said_purchase,
            "dismiss" => self.said_dismiss,
            "helpful" => self.said_helpful,
            "wrong" => self.said_wrong,
            "unclear" => self.said_unclear,
            "dont_use" => self.said_dont_use,
            "left_out" => self.said_left_out,
            "wrong_alone" | "dont_use_alone" => self.said_alone,
            "off" => self.said_off,
            "on" => self.said_on,
            "erased" => self.said_erased,
            "unsure" => self.said_unsure,
            "thanks" => self.said_thanks,
            "later" => self.said_later,
            "no_answers" => self.said_no_answers,
            "part" => self.said_part,
            "sold_out" => self.said_sold_out,
            "undone" => self.said_undone,
            "corrected" => self.said_corrected,
            _ => return None,
        })
    }

    /// What a correction does.
    pub(super) fn corrected(&self, correction: &Correction) -> &'static str {
        match correction {
            Correction::WrongReason { .. } => self.did_wrong_reason,
            Correction::DoNotUse { unused: Unused::Everything } => self.did_anew,
            Correction::DoNotUse { .. } => self.did_do_not_use,
            Correction::Gift { .. } => self.did_gift,
            Correction::NotInterested { .. } => self.did_not_interested,
            Correction::More { .. } => self.did_more,
            Correction::Less { .. } => self.did_less,
            Correction::Cheaper { .. } => self.did_cheaper,
            Correction::OtherBrand { .. } => self.did_other_brand,
            Correction::SetTags { .. } => self.did_set_tags,
            Correction::StopProfiling => self.did_stop_profiling,
        }
    }
}
