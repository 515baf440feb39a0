//! Names of kinds, strengths, methods and verdicts.

use claims::{ClaimKind, Facts, Method, Strength, Verdict};
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
        explain::phrase::attribute_name(name, self.0)
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

    /// What claims of a kind are about, by the kind's name on the wire; a general word where a
    /// record or a setting names a kind that there is none of.
    #[must_use]
    pub fn kind_named(self, name: &str) -> &'static str {
        let unknown = || text!(self.0, "label-claim-unknown");
        ClaimKind::named(name).map_or_else(unknown, |kind| self.kind(kind))
    }

    /// What claims of a kind are about.
    #[must_use]
    pub fn kind(self, kind: ClaimKind) -> &'static str {
        let lang = self.0;
        match kind {
            ClaimKind::Contributed => text!(lang, "label-claim-contributed"),
            ClaimKind::Flips => text!(lang, "label-claim-flips"),
            ClaimKind::BoughtTogether => text!(lang, "label-claim-bought-together"),
            ClaimKind::ViewedThen => text!(lang, "label-claim-viewed-then"),
            ClaimKind::SharesAttribute => text!(lang, "label-claim-shares-attribute"),
            ClaimKind::SimilarText => text!(lang, "label-claim-similar-text"),
            ClaimKind::Popular => text!(lang, "label-claim-popular"),
            ClaimKind::PriceFit => text!(lang, "label-claim-price-fit"),
            ClaimKind::Rated => text!(lang, "label-claim-rated"),
            ClaimKind::ReviewersSay => text!(lang, "label-claim-reviewers-say"),
            ClaimKind::Discounted => text!(lang, "label-claim-discounted"),
            ClaimKind::InContext => text!(lang, "label-claim-in-context"),
            ClaimKind::NewArrival => text!(lang, "label-claim-new-arrival"),
            ClaimKind::Varied => text!(lang, "label-claim-varied"),
            ClaimKind::UnknownShopper => text!(lang, "label-claim-unknown-shopper"),
            ClaimKind::AskedFor => text!(lang, "label-claim-asked-for"),
            ClaimKind::Barred => text!(lang, "label-claim-barred"),
            ClaimKind::Outranked => text!(lang, "label-claim-outranked"),
            ClaimKind::WouldBe => text!(lang, "label-claim-would-be"),
            ClaimKind::Above => text!(lang, "label-claim-above"),
            ClaimKind::Priced => text!(lang, "label-claim-priced"),
            ClaimKind::Stocked => text!(lang, "label-claim-stocked"),
            ClaimKind::Described => text!(lang, "label-claim-described"),
            ClaimKind::Mentions => text!(lang, "label-claim-mentions"),
            ClaimKind::CostsLess => text!(lang, "label-claim-costs-less"),
            ClaimKind::Taste => text!(lang, "label-claim-taste"),
            ClaimKind::Promoted => text!(lang, "label-claim-promoted"),
        }
    }
}
