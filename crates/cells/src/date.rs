//! Reads instants as people and programs write them: ISO 8601, day or month or year first, names of
//! months, the days of spreadsheets, seconds since 1970. A writing whose order of day, month and
//! year is open gives every day that it may mean; `values` decides between them.

use std::str::FromStr;

use domain::{Invalid, Timestamp};
use jiff::civil;

use crate::number::digit;
use crate::verdict::Verdict;

mod clock;
mod names;

use clock::{Clock, Zone};

/// The order of day, month and year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// `31/01/2026`.
    Dmy,
    /// `01/31/2026`.
    Mdy,
    /// `26/01/31`.
    Ymd,
}

impl DateOrder {
    /// Names it, for a report.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Dmy => "the day before the month",
            Self::Mdy => "the month before the day",
            Self::Ymd => "the year first",
        }
    }
}

/// A writing of an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// The instants that it may mean.
    pub readings: Readings,
    /// The zone it names, in minutes ahead of UTC.
    pub zone_minutes: Option<i32>,
}

/// What a writing may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Readings {
    /// One instant.
    One(Timestamp),
    /// A small number, seconds since 1970 at best.
    Counter(Timestamp),
    /// A number that spreadsheets write for a day between 1954 and 2119.
    Serial {
        /// As a day of a spreadsheet.
        day: Timestamp,
        /// As seconds since 1970.
        second: Timestamp,
    },
    /// A day for each order of day, month and year.
    ByOrder(ByOrder),
}

/// The instants by each order; `None` where there is no such day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ByOrder {
    dmy: Option<Timestamp>,
    mdy: Option<Timestamp>,
    ymd: Option<Timestamp>,
    /// The order that such writings have where nothing else tells: points stand after days.
    usual: Option<DateOrder>,
}

impl ByOrder {
    fn by(&self, order: DateOrder) -> Option<Timestamp> {
        match order {
            DateOrder::Dmy => self.dmy,
            DateOrder::Mdy => self.mdy,
            DateOrder::Ymd => self.ymd,
        }
    }

    /// Without the days after `latest`, where one before it is left: `31/01/26` is not in 2031.
    pub fn until(self, latest: Timestamp) -> Self {
        let early = |day: Option<Timestamp>| day.filter(|day| *day <= latest);
        let left = Self {
            dmy: early(self.dmy),
            mdy: early(self.mdy),
            ymd: early(self.ymd),
            usual: self.usual,
        };
        if left.dmy.or(left.mdy).or(left.ymd).is_some() { left } else { self }
    }

    /// The order, where only one gives a day.
    pub fn only(&self) -> Option<DateOrder> {
        let orders = [DateOrder::Dmy, DateOrder::Mdy, DateOrder::Ymd];
        let mut possible = orders.into_iter().filter(|&order| self.by(order).is_some());
        possible.next().filter(|_| possible.next().is_none())
    }

    /// The instant, by what is known of its field.
    pub fn decided(&self, verdict: Verdict<DateOrder>) -> Result<Timestamp, &'static str> {
        let mut days = [self.dmy, self.mdy, self.ymd].into_iter().flatten();
        let first = days.next();
        let same = first.filter(|first| days.all(|day| day == *first));
        let usual = self.usual.and_then(|usual| self.by(usual));
        match verdict {
            Verdict::Is(order) => self.by(order).ok_or(
                "has day, month and year in another order than the rest; write it like the others, or like 2026-01-31",
            ),
            Verdict::Silent => same.or(usual).ok_or(
                "could be two days, and no other cell tells which; say --dates dmy or --dates mdy",
            ),
            Verdict::Mixed => Err(
                "stands among days first and months first; say --dates dmy or --dates mdy, and those of the other order are rejected",
            ),
        }
    }
}

/// Reads an instant; `None` where it is none. Without a zone it is one of UTC.
pub fn moment(raw: &str) -> Option<Moment> {
    let text = raw.trim();
    if text.is_empty() || text.len() > 80 {
        return None;
    }
    if let Some(readings) = number(text) {
        return Some(Moment { readings, zone_minutes: None });
    }
    let is_iso = text.is_ascii()
        && matches!(text.as_bytes(), [_, _, _, _, b'-', ..] | [_, _, _, _, _, _, _, _, b'T', ..]);
    if is_iso && let Ok(time) = Timestamp::parse(text) {
        let zone_minutes = clock::zone_at_end(text);
        return Some(Moment { readings: Readings::One(time), zone_minutes });
    }
    written(&plain(text))
}

/// Numbers: `20260131`, `202601311015`, days of spreadsheets, seconds and their fractions since
/// 1970. A number shortened to `1.7E+09` has lost its last digits and is none.
fn number(text: &str) -> Option<Readings> {
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    if let (8 | 12 | 14, "") = (whole.len(), fraction)
        && let Some(time) = compact(whole)
    {
        return Some(Readings::One(time));
    }
    let value: f64 = format!("{whole}.{fraction}0").parse().ok()?;
    let second = Timestamp::parse(&value.to_string()).ok()?;
    Some(match value {
        20_000.0..80_000.0 => {
            let day = Timestamp::try_from(((value - 25_569.0) * 86_400.0).round() as i64 * 1000);
            day.map_or(Readings::Counter(second), |day| Readings::Serial { day, second })
        }
        ..100_000_000.0 => Readings::Counter(second),
        _ => Readings::One(second),
    })
}

/// `20260131`, with hour and minute, with seconds.
fn compact(digits: &str) -> Option<Timestamp> {
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or("0").parse().ok();
    let year: i16 = digits[..4].parse().ok().filter(|year| (1970..2200).contains(year))?;
    let date = civil::Date::new(year, part(4, 6)?, part(6, 8)?).ok()?;
    let clock =
        Clock { hour: part(8, 10)?, minute: part(10, 12)?, second: part(12, 14)?, nanosecond: 0 };
    instant(date, clock, 0)
}

/// Lower case, with the signs of East Asian dates as ours, and one space between words.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{FEFF}' => {}
            '年' | '년' | '月' | '월' => out.push('-'),
            '日' | '일' | '秒' | '초' => out.push(' '),
            '時' | '时' | '点' | '點' | '시' | '分' | '분' | '：' => out.push(':'),
            '／' => out.push('/'),
            '－' | '‐' | '‑' | '−' => out.push('-'),
            c if digit(c).is_some() => out.extend(digit(c)),
            c if c.is_whitespace() => out.push(' '),
            c => out.extend(c.to_lowercase()),
        }
    }
    for (from, to) in [
        ("上午", " am "),
        ("午前", " am "),
        ("오전", " am "),
        ("下午", " pm "),
        ("午後", " pm "),
        ("오후", " pm "),
    ] {
        out = out.replace(from, to);
    }
    joined(&out)
}

/// Joins `2026- 1- 31` and `2026. 1. 31.`, and parts date and clock at a `t`.
fn joined(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    for (at, &c) in chars.iter().enumerate() {
        let before = chars[..at].iter().rev().find(|c| **c != ' ');
        let next = chars[at + 1..].first();
        let is_digit = |c: Option<&char>| c.is_some_and(char::is_ascii_digit);
        let joins = c == ' '
            && matches!(before, Some('-' | '/' | '.'))
            && is_digit(next)
            && out.trim_end_matches(['-', '/', '.']).ends_with(|c: char| c.is_ascii_digit())
            && !out.contains(':');
        let is_t =
            c == 't' && is_digit(at.checked_sub(1).and_then(|at| chars.get(at))) && is_digit(next);
        match (joins, is_t) {
            (true, _) => {}
            (_, true) => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}

/// The words of a date in any order: the day in numbers or with a name of a month, a clock, a zone.
fn written(text: &str) -> Option<Moment> {
    let mut day = Day::default();
    let (mut clock, mut zone, mut half) = (None, None, None);
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let word = word.trim_end_matches(',');
        if word.is_empty() || word == "-" || word == "," || names::is_filler(word) {
            continue;
        }
        if let Some(found) = clock::half_of_day(word) {
            half = Some(found);
        } else if day.is_whole() && clock.is_none() && Clock::loose(word).is_some() {
            clock = Clock::loose(word);
        } else if word.contains(':') && clock.is_none() {
            let (found, rest) = Clock::read(word)?;
            clock = Some(found);
            match rest {
                "" => {}
                rest if clock::half_of_day(rest).is_some() => half = clock::half_of_day(rest),
                rest => zone = Some(Zone::read(rest)?),
            }
        } else if !day.take(word) {
            if names::is_weekday(word) {
                continue;
            }
            zone = Some(Zone::read(word)?).filter(|_| clock.is_some() && zone.is_none());
            zone.as_ref()?;
        }
    }
    let clock = match (clock, half) {
        (Some(clock), Some(half)) => clock.in_half(half)?,
        (Some(clock), None) => clock,
        (None, None) => Clock::default(),
        (None, Some(_)) => return None,
    };
    let offset = zone.map_or(0, |zone| zone.minutes);
    let readings = day.readings(&|date| instant(date, clock, offset))?;
    Some(Moment {
        readings,
        zone_minutes: zone.and_then(|zone| zone.is_local.then_some(zone.minutes)),
    })
}

fn instant(date: civil::Date, clock: Clock, offset_minutes: i32) -> Option<Timestamp> {
    let time = clock.time()?;
    let civil = date.to_datetime(time).to_zoned_datetime(jiff::tz::TimeZone::UTC).ok()?;
    let ms = civil.timestamp().as_millisecond() - i64::from(offset_minutes) * 60_000;
    Timestamp::try_from(ms).ok()
}

/// The parts of a day as they were met.
#[derive(Default)]
struct Day {
    /// Numbers with their count of digits.
    numbers: Vec<(u16, usize)>,
    /// The month by name, and how many numbers stood before it.
    named: Option<(i8, usize)>,
    /// The sign between numbers.
    separator: Option<char>,
}

impl Day {
    fn is_whole(&self) -> bool {
        self.numbers.len() + usize::from(self.named.is_some()) == 3
    }

    /// Takes a word in; false where it belongs to no day.
    fn take(&mut self, word: &str) -> bool {
        let word = word.trim_matches('.');
        if let (8, true, Ok(all)) = (word.len(), self.numbers.is_empty(), word.parse::<u32>()) {
            let parts = [(all / 10_000, 4), (all / 100 % 100, 2), (all % 100, 2)];
            self.numbers.extend(parts.map(|(n, len)| (n as u16, len)));
            return true;
        }
        let mut taken = Self { numbers: self.numbers.clone(), ..*self };
        let separator = word.chars().find(|c| matches!(c, '/' | '-' | '.'));
        for part in word.split(['/', '-', '.']) {
            let digits = names::without_ordinal(part);
            let number = digits.parse().ok().filter(|_| digits.bytes().all(|b| b.is_ascii_digit()));
            match (number, names::month(part)) {
                (Some(number), _) => taken.numbers.push((number, digits.len())),
                (None, Some(month)) if taken.named.is_none() => {
                    taken.named = Some((month, taken.numbers.len()));
                }
                _ => return false,
            }
        }
        let is_even =
            word.chars().filter(|c| matches!(c, '/' | '-' | '.')).all(|c| Some(c) == separator);
        taken.separator = separator.or(self.separator);
        let fits = taken.numbers.len() + usize::from(taken.named.is_some()) <= 3;
        if fits && is_even {
            *self = taken;
        }
        fits && is_even
    }

    fn readings(&self, at: &dyn Fn(civil::Date) -> Option<Timestamp>) -> Option<Readings> {
        let day = |year: (u16, usize), month: u16, day: u16| {
            let year = match year {
                // Buddhist, Persian and Islamic years are none of ours.
                (year @ 1900..2200, 4) => i16::try_from(year).ok()?,
                (year, 2) if year < 70 => i16::try_from(2000 + year).ok()?,
                (year, 2) => i16::try_from(1900 + year).ok()?,
                _ => return None,
            };
            at(civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?)
        };
        if let Some((month, before)) = self.named {
            let [a, b] = self.numbers[..] else { return None };
            let month = u16::try_from(month).ok()?;
            return Some(match (a.1, b.1, before) {
                (4, ..) => Readings::One(day(a, month, b.0)?),
                (_, 4, _) | (.., 0) => Readings::One(day(b, month, a.0)?),
                _ => Readings::ByOrder(ByOrder {
                    dmy: day(b, month, a.0),
                    mdy: None,
                    ymd: day(a, month, b.0),
                    usual: Some(DateOrder::Dmy),
                })
                .some_day()?,
            });
        }
        let [a, b, c] = self.numbers[..] else { return None };
        if a.1 == 4 {
            return Some(Readings::One(day(a, b.0, c.0)?));
        }
        self.separator?;
        let is_short = c.1 == 2;
        Readings::ByOrder(ByOrder {
            dmy: day(c, b.0, a.0),
            mdy: day(c, a.0, b.0),
            ymd: if is_short { day(a, b.0, c.0) } else { None },
            usual: (self.separator == Some('.')).then_some(DateOrder::Dmy),
        })
        .some_day()
    }
}

impl Readings {
    /// None where no order gives a day.
    fn some_day(self) -> Option<Self> {
        match self {
            Self::ByOrder(ByOrder { dmy: None, mdy: None, ymd: None, .. }) => None,
            some => Some(some),
        }
    }
}

impl FromStr for DateOrder {
    type Err = Invalid;
    fn from_str(raw: &str) -> Result<Self, Invalid> {
        match raw.trim().to_ascii_lowercase().as_str() {
            "dmy" => Ok(Self::Dmy),
            "mdy" => Ok(Self::Mdy),
            "ymd" => Ok(Self::Ymd),
            _ => Err(Invalid::new("order of dates", "is not known", raw, "use dmy, mdy or ymd")),
        }
    }
}

#[cfg(test)]
mod tests;
