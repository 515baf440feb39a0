//! The same list for everyone: what most shoppers took, ever or of late.
//!
//! The baseline of Ji et al., "A re-visit of the popularity baseline in recommender systems"
//! (SIGIR 2020), who show that the recent window is the harder one to beat. The signal of the same
//! name decays with time and can explain itself; this one is deliberately plain.

use domain::Timestamp;
use domain::time::DAY_MS;
use interactions::{Interaction, Interactions, Query};
use metrics::{EvaluationError, Ranker};

/// Scores an item by its training events.
#[derive(Debug, Clone, PartialEq)]
pub struct Popularity {
    name: String,
    scores: Vec<f32>,
}

impl Popularity {
    /// Counts all training events.
    #[must_use]
    pub fn of_all_time(train: &Interactions) -> Self {
        Self { name: "popularity_all_time".to_owned(), scores: counts(train, |_| true) }
    }

    /// Counts training events of the last `n_days` before the newest one. Items without any follow
    /// in the order of all time.
    ///
    /// # Errors
    /// [`EvaluationError::NoTimes`] when an event has only its place in an order.
    pub fn of_last_days(train: &Interactions, n_days: u32) -> Result<Self, EvaluationError> {
        let newest = newest(train)?;
        let from = Timestamp(newest.0 - i64::from(n_days) * DAY_MS);
        let is_recent = |event: &Interaction| event.time.instant().is_some_and(|at| at > from);
        let (recent, ever) = (counts(train, is_recent), counts(train, |_| true));
        let total = ever.iter().sum::<f32>() + 1.0;
        Ok(Self {
            name: format!("popularity_{n_days}_days"),
            scores: recent.iter().zip(&ever).map(|(r, e)| r + e / total).collect(),
        })
    }
}

/// The newest instant of training; 1970 when there is no event.
fn newest(train: &Interactions) -> Result<Timestamp, EvaluationError> {
    let mut newest = Timestamp(0);
    for (sequence, events) in train.sequences.iter().enumerate() {
        for (event, interaction) in events.iter().enumerate() {
            let instant = interaction.time.instant();
            let instant = instant.ok_or(EvaluationError::NoTimes { sequence, event })?;
            newest = newest.max(instant);
        }
    }
    Ok(newest)
}

fn counts(train: &Interactions, is_counted: impl Fn(&Interaction) -> bool) -> Vec<f32> {
    let mut counts = vec![0.0; train.n_items];
    let events = train.sequences.iter().flatten();
    for event in events.filter(|event| is_counted(event)) {
        counts[event.item as usize] += 1.0;
    }
    counts
}

impl Ranker for Popularity {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn score(&self, _: Query<'_>, scores: &mut Vec<f32>) {
        scores.clone_from(&self.scores);
    }
}

#[cfg(test)]
mod tests {
    use domain::EventTime;
    use interactions::History;

    use super::*;
    use crate::sample::{assert_close, four_by_four};

    fn scored(ranker: &Popularity) -> Vec<f32> {
        let mut scores = Vec::new();
        ranker.score(Query::of(&History::default()), &mut scores);
        scores
    }

    #[test]
    fn all_events_count_repeats_included() {
        let scores = scored(&Popularity::of_all_time(&four_by_four()));
        assert_close(&scores, &[3.0, 3.0, 3.0, 1.0], 1e-9);
    }

    #[test]
    fn of_late_only_the_last_days_count_and_the_rest_follow_by_all_time() {
        let mut train = four_by_four();
        for (day, event) in (0..).zip(train.sequences.iter_mut().flatten()) {
            event.time = EventTime::At(Timestamp(1_600_000_000_000 + day * DAY_MS));
        }
        // Events on days 0–9 are 1 0 | 0 1 2 0 | 2 1 | 2 3; the last two days hold 2 and 3.
        let ranker = Popularity::of_last_days(&train, 2).unwrap();
        assert_eq!(ranker.name(), "popularity_2_days");
        let expected = [3.0 / 11.0, 3.0 / 11.0, 1.0 + 3.0 / 11.0, 1.0 + 1.0 / 11.0];
        assert_close(&scored(&ranker), &expected, 1e-6);
    }

    #[test]
    fn last_days_need_times() {
        assert!(Popularity::of_last_days(&four_by_four(), 7).is_err());
    }
}
