//! A score taken apart, and how much of it a set of claims accounts for.

use std::collections::BTreeSet;

use signals::SignalName;

/// One signal's part of one item's score, weights and scales already applied.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The signal.
    pub signal: SignalName,
    /// Contribution of each history position.
    pub by_event: Vec<f64>,
    /// The part that owes nothing to history.
    pub base: f64,
}

/// The whole score of one item.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Contributions {
    /// One entry per signal.
    pub parts: Vec<Part>,
}

/// A cell of the score: a signal at a history position, or its base.
pub type Cell = (SignalName, Option<usize>);

/// The cells of the score that a claim speaks for.
pub type Coverage = BTreeSet<Cell>;

impl Contributions {
    /// The score.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.cells().map(|(_, value)| value).sum()
    }

    /// The sum of everything that speaks for the item.
    #[must_use]
    pub fn positive(&self) -> f64 {
        self.cells().map(|(_, value)| value.max(0.0)).sum()
    }

    /// What all signals together owe to each history position.
    #[must_use]
    pub fn by_event(&self) -> Vec<f64> {
        let n_events = self.parts.iter().map(|p| p.by_event.len()).max().unwrap_or(0);
        (0..n_events)
            .map(|position| self.parts.iter().filter_map(|p| p.by_event.get(position)).sum())
            .collect()
    }

    /// What one signal owes to each history position.
    #[must_use]
    pub fn of_signal(&self, signal: SignalName) -> Option<&Part> {
        self.parts.iter().find(|part| part.signal == signal)
    }

    /// Share of the positive score in these cells, 0 to 1; 0 when nothing speaks for the item.
    #[must_use]
    pub fn share(&self, coverage: &Coverage) -> f64 {
        let positive = self.positive();
        if positive <= 0.0 {
            return 0.0;
        }
        let covered: f64 =
            self.cells().filter(|(c, _)| coverage.contains(c)).map(|(_, v)| v.max(0.0)).sum();
        covered / positive
    }

    /// The cells of these history positions, over all signals.
    #[must_use]
    pub fn cells_of(&self, positions: &[usize]) -> Coverage {
        self.parts
            .iter()
            .flat_map(|part| positions.iter().map(|&position| (part.signal, Some(position))))
            .collect()
    }

    fn cells(&self) -> impl Iterator<Item = (Cell, f64)> {
        self.parts.iter().flat_map(|part| {
            let events = part.by_event.iter().enumerate();
            events
                .map(|(position, &value)| ((part.signal, Some(position)), value))
                .chain([((part.signal, None), part.base)])
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contributions() -> Contributions {
        Contributions {
            parts: vec![
                Part { signal: SignalName::Transition, by_event: vec![0.5, 0.1], base: 0.0 },
                Part { signal: SignalName::Text, by_event: vec![0.2, -0.1], base: 0.0 },
                Part { signal: SignalName::Popularity, by_event: vec![0.0, 0.0], base: 0.2 },
            ],
        }
    }

    #[test]
    fn shares_are_of_what_speaks_for_the_item() {
        let c = contributions();
        assert!((c.total() - 0.9).abs() < 1e-12);
        assert!((c.positive() - 1.0).abs() < 1e-12);
        assert!((c.share(&c.cells_of(&[0])) - 0.7).abs() < 1e-12);
        assert!((c.share(&c.cells_of(&[1])) - 0.1).abs() < 1e-12);
        assert_eq!(Contributions::default().share(&Coverage::new()), 0.0);
    }
}
