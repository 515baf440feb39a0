//! Reads ratings on the scale that a shop lets people give them.

use std::str::FromStr;

use domain::{Invalid, Rating};

/// The lowest and the highest rating a shop lets people give.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RatingScale {
    lowest: f64,
    highest: f64,
}

impl RatingScale {
    /// The lowest and the highest number; 1 and 5 without a scale.
    pub fn ends(scale: Option<Self>) -> (f64, f64) {
        scale.map_or((1.0, 5.0), |scale| (scale.lowest, scale.highest))
    }

    /// Reads a rating on this scale as 1–5, linearly; without a scale the rating must be 1–5.
    ///
    /// # Errors
    /// [`Invalid`] outside the scale.
    pub fn rating(scale: Option<Self>, stars: f64) -> Result<Rating, Invalid> {
        let Some(Self { lowest, highest }) = scale else {
            return Rating::new(stars);
        };
        if (lowest..=highest).contains(&stars) {
            return Rating::new(1.0 + 4.0 * (stars - lowest) / (highest - lowest));
        }
        let hint = "give the scale that the file uses, such as 0-10";
        Err(Invalid::new("rating", "is outside the given scale", &stars.to_string(), hint))
    }
}

impl FromStr for RatingScale {
    type Err = Invalid;
    fn from_str(raw: &str) -> Result<Self, Invalid> {
        let ends = raw.split_once('-').and_then(|(low, high)| {
            let (low, high) = (low.trim().parse().ok()?, high.trim().parse().ok()?);
            Some((low, high))
        });
        match ends {
            Some((lowest, highest)) if lowest < highest && f64::is_finite(highest - lowest) => {
                Ok(Self { lowest, highest })
            }
            _ => Err(Invalid::new(
                "rating scale",
                "is not two rising numbers",
                raw,
                "write it like 0-10",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratings_on_another_scale_are_rescaled_only_when_told() {
        let scale: RatingScale = "0-10".parse().unwrap();
        assert_eq!(RatingScale::rating(Some(scale), 10.0).unwrap().stars(), 5.0);
        assert_eq!(RatingScale::rating(Some(scale), 0.0).unwrap().stars(), 1.0);
        assert_eq!(RatingScale::rating(Some(scale), 5.0).unwrap().stars(), 3.0);
        assert!(RatingScale::rating(Some(scale), 11.0).is_err());
        assert!(RatingScale::rating(None, 10.0).is_err());
        for bad in ["10", "5-1", "1-1", "a-b", "0-inf"] {
            assert!(bad.parse::<RatingScale>().is_err(), "{bad}");
        }
    }
}
