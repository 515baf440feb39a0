//! The errors of splitting data and of fitting baselines, each with its remedy.

/// An error of splitting data or fitting a baseline.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum EvaluationError {
    /// Events know their order only.
    #[error(
        "event {event} of sequence {sequence} has no time, only its place in an order; import events with times, or use a protocol that needs none (leave-one-out, by shopper)"
    )]
    NoTimes {
        /// Position of the sequence.
        sequence: usize,
        /// Position of the event in it.
        event: usize,
    },
    /// Fractions that do not cut events into three parts.
    #[error(
        "fractions {train_end} and {validation_end} do not cut time into three parts; they must rise and lie between 0 and 1, e.g. 0.8 and 0.9"
    )]
    Fractions {
        /// Share of events before validation.
        train_end: f64,
        /// Share of events before test.
        validation_end: f64,
    },
    /// A ratio without training shoppers.
    #[error(
        "ratio {train}:{validation}:{test} leaves nothing to train on; the first number must be at least 1, e.g. 8:1:1"
    )]
    Ratio {
        /// Parts for training.
        train: u32,
        /// Parts for validation.
        validation: u32,
        /// Parts for test.
        test: u32,
    },
    /// A closed-form model that would not fit into memory.
    #[error(
        "{model} needs a table of {n_items} × {n_items} numbers ({gib:.1} GiB); it is limited to {limit} items: leave it out, or use item_knn"
    )]
    TooManyItems {
        /// The baseline.
        model: &'static str,
        /// Items there are.
        n_items: usize,
        /// Items it takes.
        limit: usize,
        /// Memory it would take at its peak.
        gib: f64,
    },
    /// A constant out of its range.
    #[error("{setting} of {model} is {found}; it must be {expected}")]
    BadConstant {
        /// The baseline.
        model: &'static str,
        /// Name of the constant.
        setting: &'static str,
        /// Its value.
        found: f64,
        /// The values it may have.
        expected: &'static str,
    },
    /// A matrix that cannot be factored.
    #[error("{model} could not solve its equations; raise its regularisation")]
    Unsolvable {
        /// The baseline.
        model: &'static str,
    },
    /// Nothing to choose from, or nothing to choose on.
    #[error("{what}; constants are chosen by trying at least one value on at least one case")]
    NothingToChoose {
        /// `the grid is empty` or `there are no validation cases`.
        what: &'static str,
    },
}
