//! Splits: what a model may learn from, and what it is asked afterwards.
//!
//! Responsible for three protocols that never let training see an answer. Data without times
//! cannot be split by time, and no shopper is sampled or dropped silently.

use domain::Timestamp;
use interactions::{Context, History, Interaction, Interactions, ItemIdx, Mark};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use crate::EvaluationError;

/// How data was split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Protocol {
    /// The last event of each shopper is the test, the one before it the validation.
    LeaveOneOut,
    /// Some shoppers are trained on, others are asked for their last event.
    #[serde(rename = "shopper")]
    ByShopper,
    /// Training before one instant, tests after another.
    #[serde(rename = "time")]
    ByTime,
}

impl Protocol {
    /// The name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::LeaveOneOut => "leave-one-out",
            Self::ByShopper => "shopper",
            Self::ByTime => "time",
        }
    }
}

/// One question: given this history, which item came next?
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Position of the shopper's sequence in the data that was split.
    pub shopper_idx: usize,
    /// Everything that may be known, oldest first. May be empty for a cold shopper.
    pub history: Vec<Interaction>,
    /// The item that came next.
    pub target: ItemIdx,
    /// The situation in which it came: what a request would have said.
    pub context: Context,
}

impl Case {
    /// The last `n` events as a ranker sees them: newest first, with behaviour weights and marks.
    #[must_use]
    pub fn recent(&self, n: usize) -> History {
        let marks = Mark::of_sequence(&self.history).into_iter().rev();
        let newest_first = self.history.iter().rev().zip(marks).take(n);
        History::marked(newest_first.map(|(event, mark)| (event.item, event.weight, mark)))
    }
}

/// Data in three parts, the first also joined with the second.
#[derive(Debug, Clone)]
pub struct Split {
    /// How it was split.
    pub protocol: Protocol,
    /// The data that models learn from. `sequences[shopper_idx]` is what is left of that shopper, possibly
    /// nothing, so that positions mean the same in all parts.
    pub train: Interactions,
    /// `train` and what happened until the test: what the final model is fitted on, once constants
    /// were chosen on validation. Aligned as `train`.
    pub before_test: Interactions,
    /// For choosing constants: at most one case per shopper.
    pub validation: Vec<Case>,
    /// For the numbers that are reported: at most one case per shopper.
    pub test: Vec<Case>,
    /// Whether training saw each item.
    is_trained: Vec<bool>,
}

impl Split {
    /// Joins parts that someone else has made.
    #[must_use]
    pub fn new(
        protocol: Protocol,
        train: Interactions,
        before_test: Interactions,
        validation: Vec<Case>,
        test: Vec<Case>,
    ) -> Self {
        let mut is_trained = vec![false; train.n_items];
        for event in train.sequences.iter().flatten() {
            is_trained[event.item as usize] = true;
        }
        Self { protocol, train, before_test, validation, test, is_trained }
    }

    /// Whether `train` never saw the item that is asked for.
    #[must_use]
    pub fn item_is_cold(&self, case: &Case) -> bool {
        !self.is_trained[case.target as usize]
    }

    /// Whether `train` never saw the shopper who is asked. They may still have a history.
    #[must_use]
    pub fn shopper_is_cold(&self, case: &Case) -> bool {
        let sequence = self.train.sequences.get(case.shopper_idx);
        sequence.is_none_or(Vec::is_empty)
    }
}

/// The case that asks for event `at` of a sequence.
fn case_at(shopper_idx: usize, sequence: &[Interaction], at: usize) -> Case {
    let Interaction { item: target, context, .. } = sequence[at];
    Case { shopper_idx, history: sequence[..at].to_vec(), target, context }
}

/// Last event = test (its history holds the validation event), the one before = validation, the
/// rest = training. Sequences shorter than three events only train.
///
/// The protocol of Kang and McAuley, "Self-attentive sequential recommendation" (ICDM 2018), so
/// that numbers compare with published ones. Its known flaw: training sees events of other shoppers
/// that happened after a test event; report [`by_time`] beside it where there are times.
#[must_use]
pub fn leave_one_out(data: &Interactions) -> Split {
    let (mut train, mut before_test) = (untrained(data), untrained(data));
    let (mut validation, mut test) = (Vec::new(), Vec::new());
    for (shopper_idx, sequence) in data.sequences.iter().enumerate() {
        let n = sequence.len();
        let (n_train, n_before_test) = if n < 3 { (n, n) } else { (n - 2, n - 1) };
        train.sequences.push(sequence[..n_train].to_vec());
        before_test.sequences.push(sequence[..n_before_test].to_vec());
        if n >= 3 {
            validation.push(case_at(shopper_idx, sequence, n - 2));
            test.push(case_at(shopper_idx, sequence, n - 1));
        }
    }
    Split::new(Protocol::LeaveOneOut, train, before_test, validation, test)
}

/// The same catalogue without anyone's events.
fn untrained(data: &Interactions) -> Interactions {
    Interactions {
        n_items: data.n_items,
        sequences: Vec::with_capacity(data.sequences.len()),
        regions: data.regions.clone(),
    }
}

/// Parts of shoppers for training, validation and test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    /// Parts for training.
    pub train: u32,
    /// Parts for validation.
    pub validation: u32,
    /// Parts for test.
    pub test: u32,
}

impl Default for Ratio {
    fn default() -> Self {
        Self { train: 8, validation: 1, test: 1 }
    }
}

/// Draws shoppers into three parts; those of validation and test are asked for their last event
/// and are never trained on, so every one of their cases is a cold shopper with a history.
///
/// Sequences of one event cannot be asked and only train. Counts are the ratio's, rounded down for
/// validation and test.
///
/// # Errors
/// [`EvaluationError::Ratio`] when nothing would be left to train on.
pub fn by_shopper(data: &Interactions, ratio: Ratio, seed: u64) -> Result<Split, EvaluationError> {
    let Ratio { train, validation, test } = ratio;
    if train == 0 {
        return Err(EvaluationError::Ratio { train, validation, test });
    }
    let mut askable: Vec<usize> =
        (0..data.sequences.len()).filter(|&shopper| data.sequences[shopper].len() >= 2).collect();
    askable.shuffle(&mut ChaCha8Rng::seed_from_u64(seed));
    let total = u64::from(train) + u64::from(validation) + u64::from(test);
    let share = |parts: u32| (askable.len() as u64 * u64::from(parts) / total) as usize;
    let (for_validation, others) = askable.split_at(share(validation));
    let for_test = &others[..share(test)];

    let mut before_test = data.clone();
    let test = take_out(data, for_test, &mut before_test);
    let mut train = before_test.clone();
    let validation = take_out(data, for_validation, &mut train);
    Ok(Split::new(Protocol::ByShopper, train, before_test, validation, test))
}

/// Empties the training sequences of these shoppers and asks each for the last event.
fn take_out(data: &Interactions, shoppers: &[usize], train: &mut Interactions) -> Vec<Case> {
    let mut shoppers = shoppers.to_vec();
    shoppers.sort_unstable();
    let ask = |&shopper_idx: &usize| {
        let sequence = &data.sequences[shopper_idx];
        case_at(shopper_idx, sequence, sequence.len() - 1)
    };
    for &shopper in &shoppers {
        train.sequences[shopper].clear();
    }
    shoppers.iter().map(ask).collect()
}

/// Where a split by time cuts, as shares of all events.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fractions {
    /// Share of events before validation.
    pub train_end: f64,
    /// Share of events before test.
    pub validation_end: f64,
}

impl Default for Fractions {
    fn default() -> Self {
        Self { train_end: 0.8, validation_end: 0.9 }
    }
}

/// Cuts everyone's events at the same two instants: training before the first, validation
/// between, test from the second on. Training never sees the future of anyone.
///
/// A case is each shopper's **first** event in the period, with everything before it as history:
/// one case per shopper, so that cases are independent and heavy shoppers do not dominate.
/// (Asking for every event would weigh a shopper by activity and needs clustered intervals.)
/// Events of one instant stay together on the later side. Cold items and cold shoppers stay in and
/// are told apart by [`Split::item_is_cold`] and [`Split::shopper_is_cold`].
///
/// # Errors
/// [`EvaluationError::NoTimes`] when an event has only its place in an order,
/// [`EvaluationError::Fractions`] when the fractions do not rise between 0 and 1.
pub fn by_time(data: &Interactions, fractions: Fractions) -> Result<Split, EvaluationError> {
    let Fractions { train_end, validation_end } = fractions;
    if !(0.0 < train_end && train_end < validation_end && validation_end < 1.0) {
        return Err(EvaluationError::Fractions { train_end, validation_end });
    }
    let times = instants(data)?;
    let mut sorted: Vec<Timestamp> = times.iter().flatten().copied().collect();
    sorted.sort_unstable();
    let cut = |fraction: f64| sorted.get((sorted.len() as f64 * fraction) as usize).copied();
    let (first, second) = (cut(train_end), cut(validation_end));
    let (mut train, mut before_test) = (untrained(data), untrained(data));
    let (mut validation, mut test) = (Vec::new(), Vec::new());
    for (shopper_idx, sequence) in data.sequences.iter().enumerate() {
        // Sequences are oldest first, so each period is a run of them.
        let n_before = |cut: Option<Timestamp>| {
            times[shopper_idx].partition_point(|&time| cut.is_some_and(|cut| time < cut))
        };
        let (validation_from, test_from) = (n_before(first), n_before(second));
        train.sequences.push(sequence[..validation_from].to_vec());
        before_test.sequences.push(sequence[..test_from].to_vec());
        if validation_from < test_from {
            validation.push(case_at(shopper_idx, sequence, validation_from));
        }
        if test_from < sequence.len() {
            test.push(case_at(shopper_idx, sequence, test_from));
        }
    }
    Ok(Split::new(Protocol::ByTime, train, before_test, validation, test))
}

/// The instant of every event, aligned with `sequences`.
fn instants(data: &Interactions) -> Result<Vec<Vec<Timestamp>>, EvaluationError> {
    let of_event = |sequence: usize, event: usize, interaction: &Interaction| {
        let instant = interaction.time.instant();
        instant.ok_or(EvaluationError::NoTimes { sequence, event })
    };
    let of_sequence = |(sequence, events): (usize, &Vec<Interaction>)| {
        let events = events.iter().enumerate();
        events.map(|(event, interaction)| of_event(sequence, event, interaction)).collect()
    };
    data.sequences.iter().enumerate().map(of_sequence).collect()
}

#[cfg(test)]
mod tests;
