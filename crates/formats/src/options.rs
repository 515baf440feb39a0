//! Facts that the caller knows about files and the files do not say, and which format uses which.

use std::str::FromStr;

use cells::values::Writing;
use domain::{Currency, EventKind, Invalid, Rating, Timestamp};

pub use cells::date::DateOrder;
pub use cells::evidence::Surveyed;
pub use cells::number::Decimal;

use crate::{ColumnMap, Error, Format};

/// Facts that the caller knows about the files and the files do not say.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Kind of event where its row does not say. Missing: `rate` where the rows hold ratings, else
    /// `purchase`.
    pub kind: Option<EventKind>,
    /// Which column is which; only for `csv`.
    pub columns: ColumnMap,
    /// Delimiter; only for `csv`. Missing: the commonest of `, ; tab |` in the header.
    pub delimiter: Option<u8>,
    /// The currency of prices whose row names none; only for tables and feeds.
    pub currency: Option<Currency>,
    /// The scale of ratings that are not 1–5; only for `csv` and `recbole`.
    pub rating_scale: Option<RatingScale>,
    /// The clock that sales with dates are judged by; only for feeds. Missing: no such sale is on.
    pub now: Option<Timestamp>,
    /// The mark before decimals, for numbers such as `1.299`. Missing: as the rest of the file
    /// shows, and where nothing shows it such a number is left out.
    pub decimal: Option<Decimal>,
    /// The order of day, month and year, for dates such as `02/01/2026`. Missing: as the rest of
    /// the file shows, and where nothing shows it such a date is not read.
    pub dates: Option<DateOrder>,
    /// What earlier readings of the files showed, shared by clones.
    pub surveyed: Surveyed,
}

impl Options {
    /// What of it is about the writing of single values.
    pub(crate) fn writing(&self) -> Writing {
        let Self { decimal, dates, currency, now, .. } = *self;
        Writing { decimal, dates, currency, now }
    }

    /// Checks that the format uses every option, so that none is silently ignored.
    ///
    /// # Errors
    /// [`Error::UnusedOption`].
    pub fn check(&self, format: Format) -> Result<(), Error> {
        let csv = format == Format::Csv;
        let prices = csv || format.is_catalogue();
        let rates = csv || format == Format::Recbole;
        let unused = [
            ("map", !self.columns.is_empty() && !csv),
            ("delimiter", self.delimiter.is_some() && !prices),
            ("currency", self.currency.is_some() && !prices),
            ("rating-scale", self.rating_scale.is_some() && !rates),
            ("decimal", self.decimal.is_some() && format == Format::Sequences),
            ("dates", self.dates.is_some() && format == Format::Sequences),
        ];
        match unused.into_iter().find(|&(_, is_unused)| is_unused) {
            Some((option, _)) => Err(Error::UnusedOption { option, format }),
            None => Ok(()),
        }
    }
}

/// The lowest and the highest rating a shop lets people give.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RatingScale {
    lowest: f64,
    highest: f64,
}

impl RatingScale {
    /// The lowest and the highest number; 1 and 5 without a scale.
    pub(crate) fn ends(scale: Option<Self>) -> (f64, f64) {
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

    #[test]
    fn an_option_the_format_would_ignore_is_refused() {
        let options = Options { currency: Some(Currency::GBP), ..Options::default() };
        assert!(options.check(Format::Csv).is_ok());
        let refused = options.check(Format::Sequences).unwrap_err();
        assert!(refused.to_string().contains("currency"), "{refused}");
    }
}
