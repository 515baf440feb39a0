//! Experiments: assignment of shoppers to variants, and statistics of their difference.
//!
//! Responsible for assignment and for every statistic of a comparison: summary statistics in,
//! estimates with intervals out, without I/O or a clock. No result is a NaN: a statistic that
//! cannot be computed is [`Statistic::Unknown`](domain::Statistic) with its reason.

pub mod assignment;

pub mod summary;

pub mod clustered;
pub mod proportion;
pub mod ratio;

pub mod cuped;

pub mod effect;

pub mod welch;

pub mod sequential;

pub mod bayesian;

pub mod multiple;
pub mod power;
pub mod srm;

pub mod bandit;

pub mod analyse;
pub mod compare;
pub mod looks;

mod distribution;

pub use analyse::{Columns, analyse};
pub use assignment::{Assignment, Plan};
pub use compare::{Arm, Comparison, MetricKind, Report, Settings, compare};
pub use effect::{Effect, Estimate, Scale};
pub use summary::{Moments, PairSummary, Summary};

/// Why an experiment cannot be set up or analysed, and what to do.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ExperimentError {
    /// Two experiments of one layer would see the same shopper.
    #[error(
        "experiments {first} and {second} overlap in layer {layer}; give them separate buckets or \
         separate layers"
    )]
    Overlap {
        /// The layer.
        layer: String,
        /// The experiment that was there first.
        first: String,
        /// The one that overlaps it.
        second: String,
    },
    /// Buckets that are empty or beyond the layer.
    #[error("experiment {0} has no buckets within 0..10000; give it a range such as 0..5000")]
    Buckets(String),
    /// A holdout larger than everyone.
    #[error("the holdout takes {0} of 10000 buckets; use less than 10000")]
    Holdout(u16),
    /// Weights that cannot be shares.
    #[error(
        "experiment {0} needs at least one variant, and weights of which none is negative and \
             one is positive"
    )]
    Weights(String),
    /// A name used twice.
    #[error("the name {0} is used twice; names salt the hash, so each must be unique")]
    DuplicateName(String),
    /// Nothing is left to compare.
    #[error("no unit can be compared: every row was left out, or there is none")]
    NoUnits,
    /// The control is not in the data.
    #[error("no unit has the control variant {control:?}; the variants are {found}")]
    NoControl {
        /// The name asked for.
        control: String,
        /// The names found.
        found: String,
    },
    /// Only one variant.
    #[error("there is nothing to compare {0:?} with; the data need a second variant")]
    NoTreatment(String),
    /// A level outside (0, 1), or a planned size that is not positive.
    #[error("{name} is {value}; it must be {allowed}")]
    Setting {
        /// Which setting.
        name: &'static str,
        /// The value given.
        value: f64,
        /// The values allowed.
        allowed: &'static str,
    },
    /// Columns of different lengths.
    #[error("the {0} column has another length than the variant column; every row needs both")]
    Ragged(&'static str),
}
