//! Reviews and ratings of items.

use serde::{Deserialize, Serialize};

use crate::{EventTime, IngestId, Invalid, ItemId, ShopperId, SubjectId};

/// A rating from 1 to 5 in steps of a tenth, kept as tenths so that means are exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rating(u8);

impl Rating {
    /// Reads a rating between 1 and 5.
    ///
    /// # Errors
    /// [`Invalid`] outside that range.
    pub fn new(stars: f64) -> Result<Self, Invalid> {
        if (1.0..=5.0).contains(&stars) {
            Ok(Self((stars * 10.0).round() as u8))
        } else {
            let got = stars.to_string();
            Err(Invalid::new("rating", "is outside 1 to 5", &got, "rescale it to 1–5"))
        }
    }

    /// Tenths of a star, 10–50.
    #[must_use]
    pub fn tenths(self) -> u8 {
        self.0
    }

    /// Stars, 1.0–5.0.
    #[must_use]
    pub fn stars(self) -> f64 {
        f64::from(self.0) / 10.0
    }
}

/// A review as it is sent. Its text is untrusted data.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// Who wrote it.
    pub subject: SubjectId,
    /// About which item.
    pub item_id: ItemId,
    /// When.
    pub time: EventTime,
    /// Stars, where given.
    pub rating: Option<Rating>,
    /// Headline.
    pub title: String,
    /// Body.
    pub text: String,
    /// As for events: unique per shopper.
    pub source_key: String,
}

/// A review as the store gives it back.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredReview {
    /// Time-ordered id made at ingest.
    pub id: IngestId,
    /// Who wrote it.
    pub shopper: ShopperId,
    /// About which item.
    pub item_id: ItemId,
    /// When.
    pub time: EventTime,
    /// Stars, where given.
    pub rating: Option<Rating>,
    /// Headline.
    pub title: String,
    /// Body.
    pub text: String,
}

impl StoredReview {
    /// Headline, a line feed, and text: what the passages of claims count characters in.
    #[must_use]
    pub fn whole(&self) -> String {
        format!("{}\n{}", self.title, self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratings_outside_one_to_five_are_refused() {
        assert_eq!(Rating::new(4.5).unwrap().tenths(), 45);
        for bad in [0.0, 5.1, f64::NAN] {
            assert!(Rating::new(bad).is_err());
        }
    }
}
