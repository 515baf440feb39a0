//! Names of kinds, strengths, methods and verdicts.

use claims::{Facts, Method, Strength, Verdict};
use domain::{EventKind, Language};
use messages::text;

/// The names in one language.
#[derive(Debug, Clone, Copy)]
pub struct Labels(
    /// The language.
    pub Language,
);

impl Labels {
    /// The name of an attribute of an item; the shop's own name where no other is known.
    #[must_use]
    pub fn attribute(self, name: &str) -> String {
        app::attribute_name(name, self.0)
    }

    /// The name of a kind of event.
    #[must_use]
    pub fn did(self, kind: EventKind) -> &'static str {
        let lang = self.0;
        match kind {
            EventKind::View => text!(lang, "label-did-view"),
            EventKind::Click => text!(lang, "label-did-click"),
            EventKind::Cart => text!(lang, "label-did-cart"),
            EventKind::Uncart => text!(lang, "label-did-uncart"),
            EventKind::Wish => text!(lang, "label-did-wish"),
            EventKind::Purchase => text!(lang, "label-did-purchase"),
            EventKind::Refund => text!(lang, "label-did-refund"),
            EventKind::Rate => text!(lang, "label-did-rate"),
            EventKind::Dismiss => text!(lang, "label-did-dismiss"),
            EventKind::Exposure => text!(lang, "label-did-exposure"),
        }
    }

    /// How much a reason explains.
    #[must_use]
    pub fn strength(self, strength: Strength) -> &'static str {
        let lang = self.0;
        match strength {
            Strength::Weak => text!(lang, "label-strength-weak"),
            Strength::Moderate => text!(lang, "label-strength-moderate"),
            Strength::Strong => text!(lang, "label-strength-strong"),
        }
    }

    /// How a reason was found.
    #[must_use]
    pub fn method(self, method: Method) -> &'static str {
        let lang = self.0;
        match method {
            Method::Rule => text!(lang, "label-method-rule"),
            Method::Association => text!(lang, "label-method-association"),
            Method::Counterfactual => text!(lang, "label-method-counterfactual"),
            Method::Surrogate => text!(lang, "label-method-surrogate"),
            Method::Llm => text!(lang, "label-method-llm"),
        }
    }

    /// The name of a verdict.
    #[must_use]
    pub fn verdict(self, verdict: Verdict) -> &'static str {
        let lang = self.0;
        match verdict {
            Verdict::Verified => text!(lang, "label-verdict-verified"),
            Verdict::Refuted => text!(lang, "label-verdict-refuted"),
            Verdict::Unsupported => text!(lang, "label-verdict-unsupported"),
        }
    }

    /// The name of a claim's kind; an advertisement has its own.
    #[must_use]
    pub fn claim(self, facts: &Facts) -> &'static str {
        match facts {
            Facts::Promoted { paid: true, .. } => text!(self.0, "label-claim-advertisement"),
            other => self.kind(other.kind()),
        }
    }

    /// The name of a kind of claim, by its name on the wire.
    #[must_use]
    pub fn kind(self, kind: &str) -> &'static str {
        let lang = self.0;
        match kind {
            "contributed" => text!(lang, "label-claim-contributed"),
            "flips" => text!(lang, "label-claim-flips"),
            "bought_together" => text!(lang, "label-claim-bought-together"),
            "viewed_then" => text!(lang, "label-claim-viewed-then"),
            "shares_attribute" => text!(lang, "label-claim-shares-attribute"),
            "similar_text" => text!(lang, "label-claim-similar-text"),
            "popular" => text!(lang, "label-claim-popular"),
            "price_fit" => text!(lang, "label-claim-price-fit"),
            "rated" => text!(lang, "label-claim-rated"),
            "reviewers_say" => text!(lang, "label-claim-reviewers-say"),
            "discounted" => text!(lang, "label-claim-discounted"),
            "in_context" => text!(lang, "label-claim-in-context"),
            "new_arrival" => text!(lang, "label-claim-new-arrival"),
            "varied" => text!(lang, "label-claim-varied"),
            "unknown_shopper" => text!(lang, "label-claim-unknown-shopper"),
            "asked_for" => text!(lang, "label-claim-asked-for"),
            "barred" => text!(lang, "label-claim-barred"),
            "outranked" => text!(lang, "label-claim-outranked"),
            "would_be" => text!(lang, "label-claim-would-be"),
            "above" => text!(lang, "label-claim-above"),
            "priced" => text!(lang, "label-claim-priced"),
            "stocked" => text!(lang, "label-claim-stocked"),
            "described" => text!(lang, "label-claim-described"),
            "mentions" => text!(lang, "label-claim-mentions"),
            "costs_less" => text!(lang, "label-claim-costs-less"),
            "taste" => text!(lang, "label-claim-taste"),
            "promoted" => text!(lang, "label-claim-promoted"),
            _ => text!(lang, "label-claim-unknown"),
        }
    }
}
