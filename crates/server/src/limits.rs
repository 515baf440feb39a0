//! How often each key may ask: one token bucket per key.
//!
//! A bucket holds up to `burst` and fills by `requests_per_second`; each request takes one.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use app::config::ServeConfig;
use web::keys::{BadSetting, Caller};

/// One bucket per kind of caller; there is one key of each kind.
pub(crate) struct Limits {
    per_second: f64,
    burst: f64,
    buckets: [Mutex<Option<Bucket>>; 5],
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    left: f64,
    at: Instant,
}

impl Limits {
    pub(crate) fn new(settings: &ServeConfig) -> Result<Self, BadSetting> {
        let rates =
            [("requests_per_second", settings.requests_per_second), ("burst", settings.burst)];
        if let Some((setting, _)) = rates.into_iter().find(|(_, rate)| *rate == 0) {
            let problem = "must be at least 1".to_owned();
            return Err(BadSetting { setting, problem });
        }
        Ok(Self {
            per_second: f64::from(settings.requests_per_second),
            burst: f64::from(settings.burst),
            buckets: Default::default(),
        })
    }

    /// Takes one request out of the caller's bucket.
    ///
    /// # Errors
    /// Whole seconds, at least one, until there is one again.
    pub(crate) fn take(&self, caller: &Caller, now: Instant) -> Result<(), u64> {
        let bucket = match caller {
            Caller::Open => 0,
            Caller::Admin => 1,
            Caller::Server => 2,
            Caller::Publishable(_) => 3,
            Caller::Nobody { .. } => 4,
        };
        let mut bucket = self.buckets[bucket].lock().unwrap_or_else(PoisonError::into_inner);
        let before = bucket.unwrap_or(Bucket { left: self.burst, at: now });
        let passed_s = now.saturating_duration_since(before.at).as_secs_f64();
        let left = (before.left + passed_s * self.per_second).min(self.burst);
        let taken = left >= 1.0;
        *bucket = Some(Bucket { left: if taken { left - 1.0 } else { left }, at: now });
        if taken { Ok(()) } else { Err(((1.0 - left) / self.per_second).ceil().max(1.0) as u64) }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn limits(per_second: f64, burst: f64) -> Limits {
        Limits { per_second, burst, buckets: Default::default() }
    }

    #[test]
    fn a_bucket_empties_and_fills_again() {
        let (limits, start) = (limits(2.0, 3.0), Instant::now());
        let taken = |at| limits.take(&Caller::Server, at);
        assert_eq!([taken(start), taken(start), taken(start), taken(start)][2..], [Ok(()), Err(1)]);
        let later = start + Duration::from_millis(500);
        assert_eq!([taken(later), taken(later)], [Ok(()), Err(1)]);
    }

    #[test]
    fn one_key_does_not_use_up_anothers() {
        let (limits, start) = (limits(0.1, 1.0), Instant::now());
        assert_eq!(limits.take(&Caller::Server, start), Ok(()));
        assert_eq!(limits.take(&Caller::Server, start), Err(10));
        assert_eq!(limits.take(&Caller::Admin, start), Ok(()));
    }
}
