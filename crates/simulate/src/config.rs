//! Configuration of a simulated shop. Nothing else decides it: same configuration, same shop.

use domain::{Invalid, Timestamp};
use serde::{Deserialize, Serialize};

/// The size and the seed of a simulated shop.
///
/// Documented bounds: up to 10,000 items, 20,000 shoppers and 1,000,000 events, `now` between 2000
/// and 2100. [`ShopConfig::check`] tells whether a configuration is within them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ShopConfig {
    /// Decides every random draw.
    pub seed: u64,
    /// Shoppers, the named ones included.
    pub n_shoppers: usize,
    /// Products.
    pub n_items: usize,
    /// Events to aim for. Reached within a few per cent where shoppers are fewer than events:
    /// every shopper but the brand new one does something.
    pub n_events: usize,
    /// The end of the recorded time, 180 days after its beginning.
    pub now: Timestamp,
    /// Share of purchases that are reviewed, 0–1.
    pub review_rate: f64,
    /// Share of reviews whose text attacks its reader (markup, instructions to a model), 0–1.
    pub hostile_rate: f64,
}

impl Default for ShopConfig {
    fn default() -> Self {
        Self {
            seed: 20_261_101,
            n_shoppers: 3_000,
            n_items: 600,
            n_events: 70_000,
            now: Timestamp(1_793_491_200_000), // 2026-11-01T00:00:00Z
            review_rate: 0.4,
            hostile_rate: 0.03,
        }
    }
}

impl ShopConfig {
    /// Days of behaviour before `now`.
    pub const N_DAYS: usize = 180;

    /// Checks the documented bounds, for configurations that come from outside.
    ///
    /// # Errors
    /// [`Invalid`] naming the first value out of bounds.
    pub fn check(&self) -> Result<(), Invalid> {
        let at_most = |what, n: usize, most: usize, hint| {
            if n <= most {
                return Ok(());
            }
            Err(Invalid::new(what, "is too large", &n.to_string(), hint))
        };
        at_most("n_items", self.n_items, 10_000, "use at most 10000")?;
        at_most("n_shoppers", self.n_shoppers, 20_000, "use at most 20000")?;
        at_most("n_events", self.n_events, 1_000_000, "use at most 1000000")?;
        for (what, share) in
            [("review_rate", self.review_rate), ("hostile_rate", self.hostile_rate)]
        {
            if !(0.0..=1.0).contains(&share) {
                let got = share.to_string();
                return Err(Invalid::new(what, "is not a share", &got, "use 0 to 1"));
            }
        }
        let (from, to) = (946_684_800_000, 4_102_444_800_000); // 2000-01-01, 2100-01-01
        if !(from..=to).contains(&self.now.0) {
            let got = self.now.0.to_string();
            return Err(Invalid::new("now", "is out of range", &got, "use 2000 to 2100"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_within_its_own_bounds_and_ends_in_november() {
        let config = ShopConfig::default();
        assert_eq!(config.check(), Ok(()));
        assert_eq!(config.now, Timestamp::parse("2026-11-01T00:00:00Z").unwrap());
    }

    #[test]
    fn a_value_out_of_bounds_is_named() {
        let too_many = ShopConfig { n_items: 10_001, ..ShopConfig::default() };
        assert_eq!(too_many.check().unwrap_err().what, "n_items");
        let no_share = ShopConfig { review_rate: f64::NAN, ..ShopConfig::default() };
        assert_eq!(no_share.check().unwrap_err().what, "review_rate");
    }
}
