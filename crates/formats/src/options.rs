//! Facts that the caller knows about files and the files do not say, and which format uses which.

use cells::values::Writing;
use domain::{Currency, EventKind, Timestamp};

pub use cells::date::DateOrder;
pub use cells::evidence::Surveyed;
pub use cells::number::Decimal;
pub use cells::rating::RatingScale;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_the_format_would_ignore_is_refused() {
        let options = Options { currency: Some(Currency::GBP), ..Options::default() };
        assert!(options.check(Format::Csv).is_ok());
        let refused = options.check(Format::Sequences).unwrap_err();
        assert!(refused.to_string().contains("currency"), "{refused}");
    }
}
