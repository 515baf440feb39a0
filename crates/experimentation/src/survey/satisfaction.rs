//! How satisfied people are, as three shares.

use serde::Serialize;

/// How satisfied those are who were asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Satisfaction {
    /// People who answered.
    pub n: u64,
    /// Of those: a mean answer of 5 or more of 7.
    pub satisfied: u64,
    /// Between 3 and 5.
    pub neutral: u64,
    /// 3 or less.
    pub dissatisfied: u64,
}

impl Satisfaction {
    /// Counts somebody by their mean answer, 1 to 7.
    pub fn count(&mut self, mean: f64) {
        self.n += 1;
        match mean {
            mean if mean >= 5.0 => self.satisfied += 1,
            mean if mean > 3.0 => self.neutral += 1,
            _ => self.dissatisfied += 1,
        }
    }
}
