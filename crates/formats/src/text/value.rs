//! Reads single values the way files write them: numbers, times, identifiers, lists.
//! Nothing is guessed: a value that could mean two things is a cause to reject its row.

use domain::{SubjectId, Timestamp};

/// Returns a value, unless it is blank or one of the words that exporters write for "nothing".
pub(crate) fn present(raw: &str) -> Option<&str> {
    let text = raw.trim();
    let is_nothing = ["", "null", "nan", "none", "\\n", "n/a"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word));
    (!is_nothing).then_some(text)
}

/// A shopper id; `17850.0`, which spreadsheets make of 17850, is 17850.
pub(crate) fn subject(raw: &str) -> Result<SubjectId, String> {
    let whole = raw
        .strip_suffix(".0")
        .filter(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()));
    SubjectId::new(whole.unwrap_or(raw)).map_err(|e| e.to_string())
}

/// A whole number; `6.0` is 6.
pub(crate) fn quantity(raw: &str) -> Result<i64, String> {
    let whole = raw.split_once('.').map_or(raw, |(whole, fraction)| {
        if fraction.bytes().all(|b| b == b'0') { whole } else { raw }
    });
    whole
        .parse()
        .ok()
        .filter(|n: &i64| n.unsigned_abs() <= u64::from(u32::MAX))
        .ok_or_else(|| format!("quantity {:?} is not a whole number; write it like 6", short(raw)))
}

/// A finite number.
pub(crate) fn number(what: &str, raw: &str) -> Result<f64, String> {
    raw.parse()
        .ok()
        .filter(|n: &f64| n.is_finite())
        .ok_or_else(|| format!("{what} {:?} is not a number; write it like 4.5", short(raw)))
}

/// An instant in any form [`Timestamp::parse`] knows, and also `20101201`, `2010/12/01 08:26` and
/// `2019-10-01 00:00:00 UTC`. Dates that begin with a day or a month are errors: 3/4/2011 can mean
/// two days.
pub(crate) fn time(raw: &str) -> Result<Timestamp, String> {
    let text = raw.strip_suffix(" UTC").unwrap_or(raw);
    let compact = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    let parsed = if compact {
        Timestamp::parse(&format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]))
    } else if text.as_bytes().get(4) == Some(&b'/') {
        Timestamp::parse(&text.replace('/', "-"))
    } else {
        Timestamp::parse(text)
    };
    parsed.map_err(|_| {
        format!("time {:?} is not understood; write it like 2010-12-01 08:26:00 or as seconds since 1970", short(raw))
    })
}

/// The zone that an instant such as `2026-06-01T08:30:00+08:00` names, in minutes ahead of UTC.
pub(crate) fn zone_minutes(raw: &str) -> Option<i32> {
    let at = raw.len().checked_sub(6)?;
    let (clock, zone) = raw.is_char_boundary(at).then(|| raw.split_at(at))?;
    let sign = match zone.as_bytes()[0] {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, minutes) = zone[1..].split_once(':')?;
    let (hours, minutes): (u8, u8) = (hours.parse().ok()?, minutes.parse().ok()?);
    let is_zone = clock.contains(':') && hours <= 14 && minutes < 60;
    is_zone.then_some(sign * (i32::from(hours) * 60 + i32::from(minutes)))
}

/// At most 80 characters of a value, for a cause.
pub(crate) fn short(raw: &str) -> String {
    raw.chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spreadsheet_spellings_of_numbers_are_understood() {
        assert_eq!(subject("17850.0").unwrap().as_str(), "17850");
        assert_eq!(subject("v1.0").unwrap().as_str(), "v1.0");
        assert_eq!(quantity("-6.0"), Ok(-6));
        for bad in ["6.5", "six", "", "99999999999"] {
            assert!(quantity(bad).is_err(), "{bad}");
        }
        assert_eq!(present(" NaN "), None);
    }

    #[test]
    fn a_date_that_could_be_two_days_is_refused() {
        let first = time("2010-12-01 08:26:00").unwrap();
        assert_eq!(time("2010/12/01 08:26:00"), Ok(first));
        assert_eq!(time("2010-12-01 08:26:00 UTC"), Ok(first));
        assert_eq!(time("20101201").unwrap().date(), "2010-12-01");
        let cause = time("3/4/2011 8:26").unwrap_err();
        assert!(cause.contains("write it like"), "{cause}");
    }

    #[test]
    fn a_zone_is_read_only_after_a_clock() {
        assert_eq!(zone_minutes("2026-06-01T08:30:00+08:00"), Some(480));
        assert_eq!(zone_minutes("2026-06-01T08:30:00-03:30"), Some(-210));
        for none in ["2026-06-01", "1291191960", "口红口红口红", "x+99:99"] {
            assert_eq!(zone_minutes(none), None, "{none}");
        }
    }
}
