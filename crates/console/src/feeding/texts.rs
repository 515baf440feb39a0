//! The words of the page of feeds and imports.

use feeds::Outcome;
use messages::texts;

texts! {
    "console-feeds":
    lead, asks, feeds, no_feeds, feed, every, looked, next,
    never, looking, outcome, unchanged, imported, asked, unfetched,
    refused, failed_times, pull_now, confirm, dismiss, confirm_about, running,
    origin, command, pushed, pulled, state, done, failed,
    match_share, match_events, match_ids, guess, import_again, retired, held_back,
    kept, gone, imports, no_imports, when, source, rows,
    fresh, known, rejected, without, refused_rows, quoted, quoted_of,
    missing_shopper, non_product_code, cancelled_order, zero_quantity, negative_quantity, non_positive_price, future_time,
    no_currency, shopper_attributes,
}

impl Texts {
    /// What came of a look at a source.
    pub(super) fn of_outcome(&self, outcome: Outcome) -> &'static str {
        match outcome {
            Outcome::Unchanged => self.unchanged,
            Outcome::Imported => self.imported,
            Outcome::Asked => self.asked,
            Outcome::Unfetched => self.unfetched,
            Outcome::Refused => self.refused,
        }
    }

    /// Where an import came from; empty where that is not on record.
    pub(super) fn origin_name(&self, origin: &str) -> &'static str {
        match origin {
            "command" => self.command,
            "pushed" => self.pushed,
            "pulled" => self.pulled,
            _ => "",
        }
    }

    /// How an import ended.
    pub(super) fn state_name(&self, state: &str) -> &'static str {
        match state {
            "asked" => self.asks,
            "failed" => self.failed,
            _ => self.done,
        }
    }

    /// What was done with items that were not in the files.
    pub(super) fn done_with(&self, done: &str) -> &'static str {
        match done {
            "retired" => self.retired,
            "held_back" => self.held_back,
            "asked" => self.asked,
            _ => self.kept,
        }
    }

    /// What a rule of cleaning dropped or an import left out, in words, where it has any.
    pub(super) fn left_out(&self, name: &str) -> Option<&'static str> {
        Some(match name {
            "missing_shopper" => self.missing_shopper,
            "non_product_code" => self.non_product_code,
            "cancelled_order" => self.cancelled_order,
            "zero_quantity" => self.zero_quantity,
            "negative_quantity" => self.negative_quantity,
            "non_positive_price" => self.non_positive_price,
            "future_time" => self.future_time,
            "prices without a currency" | "`price` has no currency; send a code such as CNY" => {
                self.no_currency
            }
            "shopper_attributes" => self.shopper_attributes,
            _ => return None,
        })
    }
}
