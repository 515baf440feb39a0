//! Moments, counts and addresses, as the pages write them.

use domain::Timestamp;

/// A text as part of an address.
pub(super) fn encoded(text: &str) -> String {
    let encoded = askama::filters::urlencode_strict(text).map(|text| text.to_string());
    encoded.unwrap_or_default()
}

/// A moment to the minute, in UTC.
pub(super) fn moment(at: Timestamp) -> String {
    let minutes = at.0.div_euclid(60_000).rem_euclid(24 * 60);
    format!("{} {:02}:{:02} UTC", at.date(), minutes / 60, minutes % 60)
}

/// A count with its thousands apart.
pub(super) fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
