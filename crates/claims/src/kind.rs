//! The kinds of claims, one row each: the name on the wire, where claims of the kind stand, how
//! they are found, and what they depend on.
//!
//! [`Facts::kind`] is generated from the same rows, so that a kind of facts without a row, or a row
//! without facts, does not compile.

use serde::{Deserialize, Serialize};

use crate::{Facts, Method};

/// What a claim depends on, beside the item that it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Basis {
    /// Nothing else: it reads the same for every shopper and every request.
    Item,
    /// The history or the wishes of the shopper.
    Shopper,
    /// The situation of the request.
    Situation,
    /// The place of the item in the list.
    Placement,
}

macro_rules! kinds {
    (reasons { $($of_reason:tt)+ } answers { $($of_answer:tt)+ }) => {
        kinds!(@define $($of_reason)+ $($of_answer)+);
        kinds!(@const OF_REASONS "The kinds that reasons are made of, in the order of proposal."
            $($of_reason)+);
        kinds!(@const OF_ANSWERS "The kinds that only answers to questions are made of."
            $($of_answer)+);
        kinds!(@pattern ($) $($of_answer)+);
    };
    (@define $($kind:ident $name:literal $method:ident $basis:ident;)+) => {
        /// The kind of a claim.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
        )]
        #[expect(missing_docs, reason = "as in `Facts`")]
        pub enum ClaimKind {
            $(#[serde(rename = $name)] $kind,)+
        }

        impl ClaimKind {
            /// Every kind: those of reasons in the order in which they are proposed, which decides
            /// between claims of equal value; then those of answers.
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            /// The kind's name on the wire.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)+
                }
            }

            /// How claims of the kind are found.
            #[must_use]
            pub const fn method(self) -> Method {
                match self {
                    $(Self::$kind => Method::$method,)+
                }
            }

            /// What claims of the kind depend on.
            #[must_use]
            pub const fn basis(self) -> Basis {
                match self {
                    $(Self::$kind => Basis::$basis,)+
                }
            }
        }

        impl Facts {
            /// The kind of claim that these are the facts of.
            #[must_use]
            pub const fn kind(&self) -> ClaimKind {
                match self {
                    $(Self::$kind { .. } => ClaimKind::$kind,)+
                }
            }
        }
    };
    (@pattern ($d:tt) $($kind:ident $name:literal $method:ident $basis:ident;)+) => {
        /// The pattern of everything that only answers questions, for matches over `Facts` or
        /// `ClaimKind`: `of_answers!(Facts) => …`. A new kind of answers is in it.
        #[macro_export]
        macro_rules! of_answers {
            ($d kinds:ident) => { $($d kinds::$kind { .. })|+ };
        }
    };
    (@const $list:ident $doc:literal $($kind:ident $name:literal $method:ident $basis:ident;)+) => {
        impl ClaimKind {
            #[doc = $doc]
            pub const $list: &[Self] = &[$(Self::$kind),+];
        }
    };
}

kinds! {
    reasons {
        Promoted        "promoted"         Rule            Placement;
        Varied          "varied"           Rule            Placement;
        UnknownShopper  "unknown_shopper"  Rule            Shopper;
        AskedFor        "asked_for"        Rule            Shopper;
        Contributed     "contributed"      Counterfactual  Shopper;
        Flips           "flips"            Counterfactual  Shopper;
        BoughtTogether  "bought_together"  Association     Shopper;
        ViewedThen      "viewed_then"      Association     Shopper;
        SimilarText     "similar_text"     Association     Shopper;
        SharesAttribute "shares_attribute" Rule            Shopper;
        Popular         "popular"          Rule            Item;
        Rated           "rated"            Rule            Item;
        ReviewersSay    "reviewers_say"    Rule            Item;
        Discounted      "discounted"       Rule            Item;
        InContext       "in_context"       Rule            Situation;
        PriceFit        "price_fit"        Rule            Shopper;
        NewArrival      "new_arrival"      Rule            Item;
    }
    answers {
        Barred          "barred"           Rule            Placement;
        Outranked       "outranked"        Rule            Placement;
        WouldBe         "would_be"         Counterfactual  Placement;
        Above           "above"            Rule            Placement;
        Priced          "priced"           Rule            Item;
        Stocked         "stocked"          Rule            Item;
        Described       "described"        Rule            Item;
        Mentions        "mentions"         Rule            Item;
        CostsLess       "costs_less"       Rule            Item;
        Taste           "taste"            Rule            Shopper;
    }
}

impl ClaimKind {
    /// Returns the kind of a name on the wire; `None` where no kind has it.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// Whether reasons are made of claims of this kind.
    #[must_use]
    pub fn is_of_reasons(self) -> bool {
        Self::OF_REASONS.contains(&self)
    }
}

impl std::fmt::Display for ClaimKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests;
