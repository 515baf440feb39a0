//! The words of the page of data.

use messages::texts;

texts! {
    "console-data":
    lead, events, shoppers, items, reviews, last_event, last_taken_in, erased, never, day, by_day,
    by_day_about, no_days, imports, no_imports, when, source, rows, fresh, known, rejected, without,
    refused_rows, quoted, quoted_of, missing_shopper, non_product_code, cancelled_order,
    zero_quantity, negative_quantity, non_positive_price, future_time, no_currency,
    shopper_attributes,
}

impl Texts {
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
