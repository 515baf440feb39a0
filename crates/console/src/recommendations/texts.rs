//! The words of the explorer.

use domain::Surface;
use messages::texts;

texts! {
    "console-recommendations":
    lead, shopper, surface, item, k, language, show, home, category, product,
    cart_page, message, no_model, list, nothing, not_profiled, no_reason, no_price, made_of, facts,
    history, history_hint, no_history, unused, what_if, try_it, before, after, goods, gone, new,
    unknown_if,
}

impl Texts {
    /// Where a list can stand, in words.
    pub(super) fn surfaces(&self) -> [(Surface, &'static str); 5] {
        [
            (Surface::Home, self.home),
            (Surface::Category, self.category),
            (Surface::Product, self.product),
            (Surface::Cart, self.cart_page),
            (Surface::Message, self.message),
        ]
    }
}
