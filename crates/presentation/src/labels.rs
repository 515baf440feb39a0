//! Names of kinds, strengths, methods and verdicts.

use claims::{ClaimKind, Facts, Method, Strength, Verdict};
use domain::{EventKind, Language};
use messages::{Family, text};

/// What claims of each kind are about.
const KINDS: Family = Family::of("claim-label-");

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
            Facts::Promoted { paid: true, .. } => text!(self.0, "claim-advertisement"),
            other => self.kind(other.kind()),
        }
    }

    /// What claims of a kind are about, by the kind's name on the wire; a general word where a
    /// record or a setting names a kind that there is none of.
    #[must_use]
    pub fn kind_named(self, name: &str) -> &'static str {
        let unknown = || text!(self.0, "claim-unknown");
        ClaimKind::named(name).map_or_else(unknown, |kind| self.kind(kind))
    }

    /// What claims of a kind are about.
    #[must_use]
    pub fn kind(self, kind: ClaimKind) -> &'static str {
        KINDS.text(self.0, kind.name()).unwrap_or_else(|| text!(self.0, "claim-unknown"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_claim_has_a_label_and_none_has_another() {
        let names: Vec<&str> = ClaimKind::ALL.iter().map(|kind| kind.name()).collect();
        assert!(names.iter().all(|name| KINDS.member(name).is_some()));
        assert_eq!(KINDS.members().count(), names.len(), "one for each kind");
    }
}
