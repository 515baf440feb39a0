//! When to look at a source again: after its interval, a little later so that many shops do not ask
//! at once, and ever later while it fails.

use std::time::Duration;

use domain::Timestamp;
use sha2::{Digest, Sha256};

/// The wait after the first failure.
const FIRST_WAIT: Duration = Duration::from_secs(60);
/// A source that fails is asked at least so often, where its interval is shorter.
const LONGEST_WAIT: Duration = Duration::from_secs(3600);
/// Share of the interval that the look may be late.
const JITTER: f64 = 0.1;

/// The moment of the next look of the source `name`, looked at `now`, after `n_failed` failures in a
/// row.
pub(crate) fn next(name: &str, now: Timestamp, every: Duration, n_failed: u32) -> Timestamp {
    let wait = match n_failed {
        0 => every.mul_f64(1.0 + JITTER * chance(name, now)),
        n => {
            let doubled = FIRST_WAIT.saturating_mul(1 << (n - 1).min(16));
            doubled.min(every.max(LONGEST_WAIT))
        }
    };
    Timestamp(now.0.saturating_add(i64::try_from(wait.as_millis()).unwrap_or(i64::MAX)))
}

/// From 0 to 1, by name and moment: the same look has the same lateness.
fn chance(name: &str, now: Timestamp) -> f64 {
    let hash = Sha256::new().chain_update(name).chain_update(now.0.to_le_bytes()).finalize();
    f64::from(u16::from_le_bytes([hash[0], hash[1]])) / f64::from(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    fn wait_s(every: Duration, n_failed: u32, now: i64) -> i64 {
        (next("main", Timestamp(now), every, n_failed).0 - now) / 1000
    }

    #[test]
    fn a_look_is_late_by_a_tenth_at_most_and_not_always_by_the_same() {
        let waits: Vec<i64> = (0..50).map(|n| wait_s(HOUR, 0, n * 7_777_777)).collect();
        assert!(waits.iter().all(|wait| (3600..=3960).contains(wait)), "{waits:?}");
        assert!(waits.iter().any(|wait| *wait != waits[0]));
    }

    #[test]
    fn a_source_that_fails_is_asked_ever_more_seldom() {
        let waits: Vec<i64> = (1..9).map(|n| wait_s(HOUR, n, 0)).collect();
        assert_eq!(waits, [60, 120, 240, 480, 960, 1920, 3600, 3600]);
        assert_eq!(wait_s(Duration::from_secs(10), 20, 0), 3600);
        assert_eq!(wait_s(24 * HOUR, 40, 0), 24 * 3600);
    }
}
