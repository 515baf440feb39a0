//! What could be otherwise, why an item may not be shown, and why nothing is known of a shopper.

use serde::{Deserialize, Serialize};

use domain::{Circumstance, EventKind, HistoryRef, ItemId};

/// One thing that could be otherwise than it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = CounterfactualChange))]
#[serde(rename_all = "snake_case", tag = "change")]
pub enum Change {
    /// These steps of the history are not used; the others keep their distance.
    Without {
        /// The steps.
        history: Vec<HistoryRef>,
    },
    /// The shopper does this now.
    With {
        /// What they do.
        did: EventKind,
        /// With which item.
        item_id: ItemId,
    },
    /// Only prices within these bounds, in major units, both included.
    Price {
        /// At least.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<f64>,
        /// At most.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<f64>,
    },
    /// The request is made in this circumstance.
    In {
        /// The circumstance.
        circumstance: Circumstance,
    },
}

impl Change {
    /// Returns the steps of the history that are left out.
    #[must_use]
    pub fn history(&self) -> &[HistoryRef] {
        match self {
            Self::Without { history } => history,
            Self::With { .. } | Self::Price { .. } | Self::In { .. } => &[],
        }
    }

    /// Returns the item that something is done with.
    #[must_use]
    pub fn item(&self) -> Option<&ItemId> {
        match self {
            Self::With { did: _, item_id } => Some(item_id),
            Self::Without { .. } | Self::Price { .. } | Self::In { .. } => None,
        }
    }
}

/// The rule that keeps an item from being shown, in the order in which they are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Bar {
    /// The shop does not sell it, or not any more.
    NotSold,
    /// It is too new: it joins the ranking at the next training.
    NotRankedYet,
    /// It cannot be bought now.
    OutOfStock,
    /// It is for adults only, and nobody asked for such things.
    Adult,
    /// The request's categories leave it out.
    Category,
    /// The request's brands leave it out.
    Brand,
    /// The request's price bounds leave it out.
    Price,
    /// The request excludes it.
    Excluded,
    /// It is what the page or the cart is about.
    OnThePage,
    /// The shopper bought, rated or dismissed it.
    DealtWith,
    /// The shopper said that they are not interested.
    NotInterested,
    /// The shopper asked for something cheaper in its category.
    AskedForCheaper,
    /// The shopper asked for other brands in its category.
    AskedForOtherBrand,
}

/// Why nothing is known of a shopper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Unknown {
    /// They have no history here yet.
    NoHistory,
    /// They switched profiling off.
    ProfilingOff,
}

/// What one signal adds to the lead of one item over another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Lead {
    /// The signal.
    pub signal: String,
    /// Its part of the difference of the scores; negative where it favours the other.
    pub gap: f64,
}
