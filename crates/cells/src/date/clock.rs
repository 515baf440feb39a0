//! Clocks and zones as they stand beside a date.

use jiff::civil;

/// A time of day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hour: i8,
    pub(super) minute: i8,
    pub(super) second: i8,
    pub(super) nanosecond: i32,
}

/// Before or after noon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    Am,
    Pm,
}

/// `am` or `pm`, with or without points.
pub(super) fn half_of_day(word: &str) -> Option<Half> {
    let letters: String = word.chars().filter(|c| *c != '.').collect();
    match letters.as_str() {
        "am" | "a" => Some(Half::Am),
        "pm" | "p" => Some(Half::Pm),
        _ => None,
    }
}

impl Clock {
    /// Reads `9:05`, `09:05:59`, `09:05:59.123`; returns what stands behind.
    pub(super) fn read(word: &str) -> Option<(Self, &str)> {
        let (hour, rest) = digits(word)?;
        let (minute, mut rest) = digits(rest.strip_prefix(':')?)?;
        let mut clock = Self { hour: short(hour)?, minute: short(minute)?, ..Self::default() };
        if let Some(after) = rest.strip_prefix(':') {
            if let Some((second, after)) = digits(after) {
                clock.second = short(second)?;
                rest = after;
            } else {
                rest = after; // `10:30:` is what is left of hour and minute in Chinese
            }
            if let Some((fraction, after)) = rest.strip_prefix(['.', ',']).and_then(digits) {
                let nanos: String = fraction.chars().chain("000000000".chars()).take(9).collect();
                clock.nanosecond = nanos.parse().ok()?;
                rest = after;
            }
        }
        clock.time()?;
        Some((clock, rest))
    }

    /// Reads `10.30`, `10h30`, `10h` and `1030h`: only behind a whole date, since they look like one.
    pub(super) fn loose(word: &str) -> Option<Self> {
        let (hour, rest) = digits(word)?;
        let (minute, rest) = match rest.chars().next()? {
            '.' | 'h' if rest.len() > 1 => digits(&rest[1..])?,
            'h' => ("0", ""),
            _ => return None,
        };
        let (second, rest) = rest.strip_prefix('.').and_then(digits).unwrap_or(("0", rest));
        let is_whole = matches!(rest, "" | "h" | "m" | "min");
        let clock = Self {
            hour: short(hour)?,
            minute: short(minute)?,
            second: short(second)?,
            nanosecond: 0,
        };
        clock.time().filter(|_| is_whole).map(|_| clock)
    }

    /// The clock of twenty-four hours.
    pub(super) fn in_half(self, half: Half) -> Option<Self> {
        let hour = match (self.hour, half) {
            (12, Half::Am) => 0,
            (12, Half::Pm) => 12,
            (1..=11, Half::Am) => self.hour,
            (1..=11, Half::Pm) => self.hour + 12,
            _ => return None,
        };
        Some(Self { hour, ..self })
    }

    pub(super) fn time(self) -> Option<civil::Time> {
        let second = self.second.min(59); // a leap second
        (self.second <= 60)
            .then(|| civil::Time::new(self.hour, self.minute, second, self.nanosecond).ok())?
    }
}

fn digits(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

fn short(digits: &str) -> Option<i8> {
    (digits.len() <= 2).then(|| digits.parse().ok())?
}

/// A zone beside a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Zone {
    /// Ahead of UTC.
    pub(super) minutes: i32,
    /// Whether it says where the writer is; UTC does not.
    pub(super) is_local: bool,
}

/// Abbreviations that mean one zone, as RFC 2822 and Europe use them.
const ABBREVIATIONS: [(&str, i32); 18] = [
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("wet", 0),
    ("west", 60),
    ("cet", 60),
    ("cest", 120),
    ("mez", 60),
    ("mesz", 120),
    ("eet", 120),
    ("eest", 180),
    ("msk", 180),
    ("jst", 540),
];

impl Zone {
    /// Reads `z`, `utc`, `gmt+2`, `+02:00`, `-0500`, `cest`.
    pub(super) fn read(word: &str) -> Option<Self> {
        let word = word.split('[').next().unwrap_or(word).trim_matches(['(', ')']);
        if matches!(word, "z" | "utc" | "gmt" | "ut") {
            return Some(Self { minutes: 0, is_local: false });
        }
        if let Some((_, minutes)) = ABBREVIATIONS.iter().find(|(name, _)| *name == word) {
            return Some(Self { minutes: *minutes, is_local: true });
        }
        let offset = word.strip_prefix("utc").or(word.strip_prefix("gmt")).unwrap_or(word);
        let sign = match offset.chars().next()? {
            '+' => 1,
            '-' => -1,
            _ => return None,
        };
        let (hours, minutes) = match offset[1..].split_once(':') {
            Some(parts) => parts,
            None if offset.len() > 3 => offset[1..].split_at_checked(offset.len() - 3)?,
            None => (&offset[1..], "0"),
        };
        let (hours, minutes) = (i32::from(short(hours)?), i32::from(short(minutes)?));
        let is_zone = (0..=14).contains(&hours) && (0..60).contains(&minutes);
        is_zone.then_some(Self { minutes: sign * (hours * 60 + minutes), is_local: true })
    }
}

/// The zone that `2026-06-01T08:30:00+08:00` ends in, in minutes ahead of UTC.
pub(super) fn zone_at_end(text: &str) -> Option<i32> {
    let clock = text.find(':')?;
    let text = text.split('[').next().unwrap_or(text);
    let at = text.rfind(['+', '-']).filter(|at| *at > clock)?;
    Zone::read(&text[at..].to_ascii_lowercase()).map(|zone| zone.minutes)
}
