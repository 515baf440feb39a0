//! Names of things. Text identifiers come from the shop and are checked; numbers are made here.

use std::{fmt, str::FromStr, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::Invalid;

/// Longest identifier a shop may send, in bytes.
pub const MAX_ID_BYTES: usize = 256;

fn checked(what: &'static str, raw: &str) -> Result<Arc<str>, Invalid> {
    let trimmed = raw.trim();
    if trimmed.is_empty() {
        return Err(Invalid::new(what, "is empty", raw, "send a non-empty identifier"));
    }
    if trimmed.len() > MAX_ID_BYTES {
        return Err(Invalid::new(what, "is too long", raw, "use at most 256 bytes"));
    }
    if trimmed.chars().any(char::is_control) {
        return Err(Invalid::new(what, "has control characters", raw, "remove them"));
    }
    Ok(Arc::from(trimmed))
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident, $what:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Arc<str>);

        impl $name {
            /// Reads an identifier: trimmed, 1 to 256 bytes, no control characters.
            ///
            /// # Errors
            /// [`Invalid`] when the text cannot be an identifier.
            pub fn new(raw: impl AsRef<str>) -> Result<Self, Invalid> {
                checked($what, raw.as_ref()).map(Self)
            }

            /// The identifier as the shop wrote it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = Invalid;
            fn try_from(raw: String) -> Result<Self, Invalid> {
                Self::new(raw)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0.to_string()
            }
        }

        impl FromStr for $name {
            type Err = Invalid;
            fn from_str(raw: &str) -> Result<Self, Invalid> {
                Self::new(raw)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text_id!(
    /// A product as the shop's feed names it.
    ItemId,
    "item id"
);
text_id!(
    /// A person as the shop names them (`ext_id`); the store's `subject` table is the only place
    /// that links it to a [`ShopperId`].
    SubjectId,
    "shopper id"
);
text_id!(
    /// A trained model: `m` and a time-ordered ULID.
    ModelVersion,
    "model version"
);
text_id!(
    /// One delivered answer.
    RequestId,
    "request id"
);
text_id!(
    /// One claim inside one answer, e.g. `c3-1`.
    ClaimId,
    "claim id"
);
text_id!(
    /// One reason inside one answer: request id, a dot, the rank of the item.
    ReasonId,
    "reason id"
);
text_id!(
    /// One questionnaire put to one shopper.
    SurveyId,
    "survey id"
);

/// A shopper inside Candor: a random number that says nothing about the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ShopperId(pub i64);

/// The server-made, time-ordered id (a ULID) of everything that was ever taken in.
///
/// `as_of` of a claim is one of these: what had been ingested, never what a sender's clock said.
#[derive(
    Debug, Default, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct IngestId(pub u128);

impl IngestId {
    /// Before anything was ingested.
    pub const ZERO: Self = Self(0);

    /// Sixteen bytes, big end first, so that byte order is time order.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 16] {
        self.0.to_be_bytes()
    }

    /// The inverse of [`IngestId::to_bytes`].
    #[must_use]
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(u128::from_be_bytes(bytes))
    }

    /// The first id that could be made at an instant: whatever is below it was made before.
    #[must_use]
    pub fn first_at(instant: crate::Timestamp) -> Self {
        Self(ulid::Ulid::from_parts(instant.0.max(0).unsigned_abs(), 0).0)
    }

    /// When it was made, in milliseconds since 1970.
    #[must_use]
    pub fn made_at_ms(self) -> u64 {
        ulid::Ulid(self.0).timestamp_ms()
    }
}

impl fmt::Display for IngestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        ulid::Ulid(self.0).fmt(f)
    }
}

impl FromStr for IngestId {
    type Err = Invalid;
    fn from_str(raw: &str) -> Result<Self, Invalid> {
        ulid::Ulid::from_string(raw)
            .map(|ulid| Self(ulid.0))
            .map_err(|_| Invalid::new("ingest id", "is not a ULID", raw, "send 26 characters"))
    }
}

impl TryFrom<String> for IngestId {
    type Error = Invalid;
    fn try_from(raw: String) -> Result<Self, Invalid> {
        raw.parse()
    }
}

impl From<IngestId> for String {
    fn from(id: IngestId) -> Self {
        id.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_id_is_trimmed_and_never_empty() {
        assert_eq!(ItemId::new(" B00 ").unwrap().as_str(), "B00");
        assert!(ItemId::new(" \t").is_err());
        assert!(ItemId::new("a\u{0}b").is_err());
        assert!(ItemId::new("x".repeat(257)).is_err());
    }

    #[test]
    fn ingest_ids_sort_by_bytes_as_by_number() {
        let (early, late) = (IngestId(5), IngestId(1 << 90));
        assert!(early < late && early.to_bytes() < late.to_bytes());
        assert_eq!(late.to_string().parse::<IngestId>().unwrap(), late);
    }
}
