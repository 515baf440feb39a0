//! How a language writes numbers, days and lists: ICU4X, for the locale that its files name.

use std::str::FromStr as _;

use domain::Timestamp;
use icu_calendar::{Date, Gregorian};
use icu_datetime::{FixedCalendarDateTimeFormatter, fieldsets::YMD};
use icu_decimal::{DecimalFormatter, input::Decimal};
use icu_list::{
    ListFormatter,
    options::{ListFormatterOptions, ListLength},
};
use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};

/// The formatters of one locale.
#[derive(Debug)]
pub(crate) struct Formats {
    number: DecimalFormatter,
    cardinal: PluralRules,
    ordinal: PluralRules,
    list: ListFormatter,
    day: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
}

impl Formats {
    /// The formatters of a locale such as `en-001`, with days at a length of CLDR: `medium`
    /// writes `1 Nov 2026` in English, anything else is long.
    pub(crate) fn of(locale: &str, day_length: &str) -> Self {
        let locale: Locale = locale.parse().expect("the tests read the locale of every language");
        let fields = if day_length == "medium" { YMD::medium() } else { YMD::long() };
        let list = ListFormatterOptions::default().with_length(ListLength::Wide);
        let known = "the compiled data falls back to the root locale";
        Self {
            number: DecimalFormatter::try_new((&locale).into(), Default::default()).expect(known),
            cardinal: PluralRules::try_new_cardinal((&locale).into()).expect(known),
            ordinal: PluralRules::try_new_ordinal((&locale).into()).expect(known),
            list: ListFormatter::try_new_and((&locale).into(), list).expect(known),
            day: FixedCalendarDateTimeFormatter::try_new((&locale).into(), fields).expect(known),
        }
    }

    /// A decimal number in plain digits as this locale writes it; kept as it is where it is none
    /// (not a number, infinite).
    pub(crate) fn number(&self, plain: &str) -> String {
        Decimal::from_str(plain)
            .map_or_else(|_| plain.to_owned(), |number| self.number.format(&number).to_string())
    }

    /// The plural category of a number in plain digits, as a cardinal (`2 items`).
    pub(crate) fn cardinal(&self, plain: &str) -> &'static str {
        category(&self.cardinal, plain)
    }

    /// The plural category of a number in plain digits, as an ordinal (`2nd`).
    pub(crate) fn ordinal(&self, plain: &str) -> &'static str {
        category(&self.ordinal, plain)
    }

    /// Texts joined by “and”.
    pub(crate) fn list(&self, parts: &[String]) -> String {
        self.list.format(parts.iter()).to_string()
    }

    /// A calendar day (UTC).
    pub(crate) fn day(&self, at: Timestamp) -> String {
        let (year, month, day) = at.calendar();
        let date = Date::try_new_gregorian(i32::from(year), month, day)
            .expect("a timestamp has a day of the calendar");
        self.day.format(&date).to_string()
    }
}

fn category(rules: &PluralRules, plain: &str) -> &'static str {
    let Ok(number) = Decimal::from_str(plain) else { return "other" };
    match rules.category_for(&number) {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}
