//! How strong a reason is: the share of the positive score that its claims account for.

use claims::Strength;

use crate::ExplainConfig;

/// `strong` from `strong_share` (default 60 %), `moderate` from `moderate_share` (default 30 %),
/// `weak` below.
#[must_use]
pub fn strength(share: f64, config: &ExplainConfig) -> Strength {
    if share >= config.strong_share {
        Strength::Strong
    } else if share >= config.moderate_share {
        Strength::Moderate
    } else {
        Strength::Weak
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strength_grows_with_the_share_accounted_for() {
        let config = ExplainConfig::default();
        let of = |share| strength(share, &config);
        assert_eq!(
            [of(0.0), of(0.3), of(0.6)],
            [Strength::Weak, Strength::Moderate, Strength::Strong]
        );
    }
}
