//! Assignment of shoppers to variants: a pure function of a shopper's id and the plan.
//!
//! Layers are independent of each other; experiments of one layer exclude each other; a holdout
//! sees no experiment at all. A plan in which a shopper could be in two experiments of a layer is
//! an error. Nothing is stored: the same plan gives the same answer on every machine.

use serde::{Deserialize, Serialize};

use crate::ExperimentError;

/// Every layer is cut into this many buckets; shares are whole numbers of them.
pub const N_BUCKETS: u16 = 10_000;

/// All running experiments.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Plan {
    /// Separates this plan's hashes from those of any other; changing it reshuffles everyone.
    pub salt: String,
    /// Buckets (of 10,000) of shoppers who are in no experiment.
    #[serde(default)]
    pub holdout: u16,
    /// Independent layers.
    pub layers: Vec<Layer>,
}

/// Experiments that exclude each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Layer {
    /// Unique; salts the layer's buckets.
    pub name: String,
    /// The experiments; their buckets do not overlap.
    pub experiments: Vec<Experiment>,
}

/// One experiment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Experiment {
    /// Unique in the plan; salts the choice of variant.
    pub name: String,
    /// First bucket of the layer that takes part. Explicit, so that another experiment's end moves
    /// nobody.
    pub from: u16,
    /// First bucket after them, at most 10,000.
    pub to: u16,
    /// The variants, the control among them.
    pub variants: Vec<Variant>,
}

/// One arm.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    /// Its name in results.
    pub name: String,
    /// Its share, relative to the other weights.
    pub weight: f64,
}

/// The assignment of one shopper in one layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assignment<'a> {
    /// The experiment.
    pub experiment: &'a str,
    /// The variant.
    pub variant: &'a str,
}

impl Plan {
    /// Checks names, buckets and weights; call it once, when the plan is loaded.
    ///
    /// # Errors
    /// The first [`ExperimentError`] found.
    pub fn validate(&self) -> Result<(), ExperimentError> {
        if self.holdout >= N_BUCKETS {
            return Err(ExperimentError::Holdout(self.holdout));
        }
        let layers = self.layers.iter();
        let names = layers.flat_map(|layer| {
            let experiments = layer.experiments.iter().map(|e| e.name.as_str());
            std::iter::once(layer.name.as_str()).chain(experiments)
        });
        let mut seen = std::collections::BTreeSet::new();
        for name in names {
            if !seen.insert(name) {
                return Err(ExperimentError::DuplicateName(name.to_owned()));
            }
        }
        self.layers.iter().try_for_each(Layer::validate)
    }

    /// Assigns a shopper: at most one variant per layer, none if held out.
    #[must_use]
    pub fn assign(&self, shopper: &str) -> Vec<Assignment<'_>> {
        if self.is_held_out(shopper) {
            return Vec::new();
        }
        let layers = self.layers.iter();
        layers.filter_map(|layer| self.assign_in(layer, shopper)).collect()
    }

    /// Whether the shopper is kept out of every experiment.
    #[must_use]
    pub fn is_held_out(&self, shopper: &str) -> bool {
        bucket(&[&self.salt, "holdout"], shopper) < self.holdout
    }

    fn assign_in<'a>(&'a self, layer: &'a Layer, shopper: &str) -> Option<Assignment<'a>> {
        let bucket = bucket(&[&self.salt, "layer", &layer.name], shopper);
        let mut experiments = layer.experiments.iter();
        let experiment = experiments.find(|e| (e.from..e.to).contains(&bucket))?;
        let position = position(&[&self.salt, "variant", &experiment.name], shopper);
        Some(Assignment {
            experiment: &experiment.name,
            variant: &experiment.variant_at(position)?.name,
        })
    }
}

impl Layer {
    fn validate(&self) -> Result<(), ExperimentError> {
        self.experiments.iter().try_for_each(Experiment::validate)?;
        let mut by_bucket: Vec<_> = self.experiments.iter().collect();
        by_bucket.sort_by_key(|experiment| experiment.from);
        match by_bucket.windows(2).find(|pair| pair[1].from < pair[0].to) {
            None => Ok(()),
            Some(pair) => Err(ExperimentError::Overlap {
                layer: self.name.clone(),
                first: pair[0].name.clone(),
                second: pair[1].name.clone(),
            }),
        }
    }
}

impl Experiment {
    fn validate(&self) -> Result<(), ExperimentError> {
        if self.from >= self.to || self.to > N_BUCKETS {
            return Err(ExperimentError::Buckets(self.name.clone()));
        }
        let weights = || self.variants.iter().map(|variant| variant.weight);
        if weights().any(|w| !(w.is_finite() && w >= 0.0)) || weights().sum::<f64>() <= 0.0 {
            return Err(ExperimentError::Weights(self.name.clone()));
        }
        Ok(())
    }

    /// The variant whose stretch of [0, 1), as long as its share, holds `position`.
    fn variant_at(&self, position: f64) -> Option<&Variant> {
        let total: f64 = self.variants.iter().map(|variant| variant.weight).sum();
        let mut end = 0.0;
        let mut reachable = self.variants.iter().filter(|v| v.weight > 0.0);
        let last = reachable.clone().next_back();
        reachable
            .find(|variant| {
                end += variant.weight / total;
                position < end
            })
            .or(last)
    }
}

/// A shopper's bucket, 0 to 9,999.
fn bucket(salts: &[&str], shopper: &str) -> u16 {
    (position(salts, shopper) * f64::from(N_BUCKETS)) as u16
}

/// A shopper's place in [0, 1) under these salts.
///
/// FNV-1a (64 bit) over the UTF-8 bytes of every salt and then the shopper's id, each followed by
/// the byte 0x1f; then MurmurHash3's 64-bit finaliser, because FNV alone leaves the high bits of
/// similar ids close together; then the upper 53 bits over 2⁵³. This never changes: a change
/// would move shoppers between variants in the middle of an experiment.
///
/// ```
/// // Recomputed by hand in another language.
/// let place = experiments::assignment::position(&["2026", "variant", "reasons"], "42");
/// assert!((place - 0.11486982835657666).abs() < 1e-15);
/// ```
#[must_use]
pub fn position(salts: &[&str], shopper: &str) -> f64 {
    let texts = salts.iter().copied().chain(std::iter::once(shopper));
    let bytes = texts.flat_map(|text| text.bytes().chain(std::iter::once(0x1f)));
    let fnv = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mut mixed = fnv;
    mixed = (mixed ^ (mixed >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    mixed = (mixed ^ (mixed >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    mixed ^= mixed >> 33;
    (mixed >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests;
