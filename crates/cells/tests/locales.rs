//! The law of the readers: what ICU writes for a locale comes back equal, or is refused with a cause;
//! never another number, never another day. And a list of locales that must be read.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use cells::values::{Values, Writing};
use domain::Timestamp;
use icu_calendar::{Date, Gregorian};
use icu_datetime::fieldsets::YMD;
use icu_datetime::{DateTimeFormatter, FixedCalendarDateTimeFormatter};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_locale_core::Locale;
use proptest::prelude::*;

/// Locales that shops export in, of every script and calendar that ICU writes.
const LOCALES: [&str; 56] = [
    "en",
    "en-GB",
    "en-IN",
    "en-ZA",
    "de",
    "de-AT",
    "de-CH",
    "fr",
    "fr-CA",
    "fr-CH",
    "es",
    "es-MX",
    "es-AR",
    "pt",
    "pt-PT",
    "it",
    "it-CH",
    "nl",
    "sv",
    "da",
    "nb",
    "fi",
    "is",
    "pl",
    "cs",
    "sk",
    "hu",
    "ro",
    "bg",
    "hr",
    "sl",
    "sr",
    "el",
    "tr",
    "ru",
    "uk",
    "kk",
    "lt",
    "lv",
    "et",
    "he",
    "ar-EG",
    "ar-SA",
    "fa",
    "hi",
    "mr-u-nu-deva",
    "bn",
    "ta",
    "th",
    "vi",
    "id",
    "ms",
    "ja",
    "ko",
    "zh",
    "zh-TW",
];

fn locale(name: &str) -> Locale {
    name.parse().unwrap()
}

/// Reads cells as those of one column of a file: it is surveyed first.
fn column<T>(cells: &[String], read: impl Fn(&Values, &str) -> T) -> Vec<T> {
    let survey = Values::surveying(Writing::default());
    cells.iter().for_each(|cell| drop(read(&survey, cell)));
    let evidence = Arc::new(survey.into_evidence());
    let values = Values::with_survey(Writing::default(), move || evidence);
    cells.iter().map(|cell| read(&values, cell)).collect()
}

fn numbers_written(name: &str, plain: &[String]) -> Vec<String> {
    let formatter = DecimalFormatter::try_new((&locale(name)).into(), Default::default()).unwrap();
    let write = |plain: &String| formatter.format(&plain.parse::<Decimal>().unwrap()).to_string();
    plain.iter().map(write).collect()
}

#[derive(Debug, Clone, Copy)]
enum Length {
    Short,
    Medium,
    Long,
}

const LENGTHS: [Length; 3] = [Length::Short, Length::Medium, Length::Long];

impl Length {
    fn fields(self) -> YMD {
        match self {
            Self::Short => YMD::short(),
            Self::Medium => YMD::medium(),
            Self::Long => YMD::long(),
        }
    }
}

type Day = (i32, u8, u8);

fn day_written(name: &str, length: Length, (year, month, day): Day) -> String {
    let (locale, date) = (locale(name), Date::try_new_gregorian(year, month, day).unwrap());
    let formatter: FixedCalendarDateTimeFormatter<Gregorian, YMD> =
        FixedCalendarDateTimeFormatter::try_new((&locale).into(), length.fields()).unwrap();
    formatter.format(&date).to_string()
}

fn day_of(time: Timestamp) -> Day {
    let (year, month, day) = time.calendar();
    (i32::from(year), month, day)
}

fn days() -> impl Strategy<Value = Vec<Day>> {
    proptest::collection::vec((2000_i32..2030, 1_u8..=12, 1_u8..=28), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_column_of_numbers_of_any_locale_comes_back_or_is_refused(
        name in proptest::sample::select(&LOCALES[..]),
        numbers in proptest::collection::vec((0_u64..10_000_000, "|\\.[0-9]{1,4}", any::<bool>()), 1..8),
    ) {
        let plain: Vec<String> = numbers
            .iter()
            .map(|(whole, fraction, is_less)| format!("{}{whole}{fraction}", if *is_less { "-" } else { "" }))
            .collect();
        let written = numbers_written(name, &plain);
        let read = column(&written, |values, cell| values.number("price", cell));
        for ((plain, written), read) in plain.iter().zip(&written).zip(read) {
            let meant: f64 = plain.parse().unwrap();
            prop_assert!(read.clone().is_err() || read.clone().ok() == Some(meant), "{name}: {written} is {plain}, read as {read:?}");
        }
    }

    #[test]
    fn a_column_of_days_of_any_locale_comes_back_or_is_refused(
        name in proptest::sample::select(&LOCALES[..]),
        length in proptest::sample::select(&LENGTHS[..]),
        days in days(),
    ) {
        let written: Vec<String> = days.iter().map(|day| day_written(name, length, *day)).collect();
        let read = column(&written, |values, cell| values.time("time", cell));
        for ((day, written), read) in days.iter().zip(&written).zip(read) {
            let told = read.clone().ok().map(day_of);
            prop_assert!(told.is_none_or(|told| told == *day), "{name}: {written:?} is {day:?}, read as {told:?} in {:?}", days);
        }
    }

    /// Years of the Buddhist, Persian and Islamic calendars are not taken for ours.
    #[test]
    fn a_day_of_the_locales_own_calendar_comes_back_or_is_refused(
        name in proptest::sample::select(&LOCALES[..]),
        length in proptest::sample::select(&[Length::Medium, Length::Long][..]),
        day in (2000_i32..2030, 1_u8..=12, 1_u8..=28),
    ) {
        let date = Date::try_new_iso(day.0, day.1, day.2).unwrap();
        let formatter = DateTimeFormatter::try_new((&locale(name)).into(), length.fields()).unwrap();
        let written = vec![formatter.format(&date).to_string()];
        let told = column(&written, |values, cell| values.time("time", cell))[0].clone().ok().map(day_of);
        prop_assert!(told.is_none_or(|told| told == day), "{name}: {written:?} is {day:?}, read as {told:?}");
    }
}

#[test]
fn numbers_of_every_locale_are_read() {
    let plain = ["1234567.89", "12.5", "-3.25", "1299"].map(str::to_owned);
    let mut refused = Vec::new();
    for name in LOCALES {
        let written = numbers_written(name, &plain);
        let read = column(&written, |values, cell| values.number("price", cell));
        let wrong = written.iter().zip(read).filter(|(_, read)| read.is_err());
        refused.extend(wrong.map(|(written, _)| format!("{name}: {written}")));
    }
    assert!(refused.is_empty(), "{refused:?}");
}

#[test]
fn no_day_of_any_locale_is_read_as_another() {
    for name in LOCALES {
        for (length, month) in
            LENGTHS.into_iter().flat_map(|length| (1..=12).map(move |m| (length, m)))
        {
            let day = (2026, month, 23);
            let written = vec![day_written(name, length, day)];
            let told = column(&written, |values, cell| values.time("time", cell))[0]
                .clone()
                .ok()
                .map(day_of);
            assert!(told.is_none_or(|told| told == day), "{name}: {written:?} is read as {told:?}");
        }
    }
}

#[test]
fn days_with_names_of_months_are_read_in_the_languages_of_shops() {
    let mut refused = Vec::new();
    for name in LOCALES.into_iter().filter(|name| !NAMELESS.contains(name)) {
        for (length, month) in
            [Length::Medium, Length::Long].into_iter().flat_map(|l| (1..=12).map(move |m| (l, m)))
        {
            let day = (2026, month, 23);
            let written = vec![day_written(name, length, day)];
            let is_two =
                TWO_MONTHS.iter().any(|word| written[0].split(' ').any(|part| part == *word));
            let read = column(&written, |values, cell| values.time("time", cell));
            if read[0].clone().ok().map(day_of) != Some(day) && !is_two {
                refused.push(format!("{name}: {}", written[0]));
            }
        }
    }
    assert!(refused.is_empty(), "{} refused: {refused:#?}", refused.len());
}

/// Names that are different months in neighbouring languages: their days are refused by name.
const TWO_MONTHS: [&str; 7] = ["lip", "lip.", "srp", "lis", "lis.", "listopada", "srp."];

/// Locales whose names of months are not known: their days are refused by name.
const NAMELESS: [&str; 8] = ["kk", "hi", "mr-u-nu-deva", "bn", "ta", "th", "vi", "fa"];
