//! How sequences are cut into what one pass sees, and a step's windows into shares.

use interactions::ItemIdx;

/// Consecutive events of one sequence: all but the last are inputs, all but the first targets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Window {
    pub(super) sequence: usize,
    pub(super) first: usize,
    /// The last target.
    pub(super) end: usize,
}

impl Window {
    /// Number of targets, and of inputs.
    pub(super) fn n_targets(&self) -> usize {
        self.end - self.first
    }
}

/// Every event but each sequence's first is a target once; inputs reach back at most `max_len`.
/// The newest window of a sequence is full, so that its end is as in serving.
pub(super) fn windows(sequences: &[Vec<ItemIdx>], max_len: usize) -> Vec<Window> {
    let mut windows = Vec::new();
    for (sequence, events) in sequences.iter().enumerate() {
        let mut end = events.len().saturating_sub(1);
        while end > 0 {
            let first = end.saturating_sub(max_len);
            windows.push(Window { sequence, first, end });
            end = first;
        }
    }
    windows
}

/// Consecutive shares of about equally many positions.
pub(super) fn divide(batch: &[Window], n_shares: usize) -> Vec<&[Window]> {
    let n_positions: usize = batch.iter().map(Window::n_targets).sum();
    let mut shares = Vec::with_capacity(n_shares);
    let (mut rest, mut n_before) = (batch, 0);
    for share in 1..=n_shares {
        let goal = n_positions * share / n_shares;
        let taken = rest.iter().take_while(|window| {
            let fits = n_before + window.n_targets() / 2 < goal || share == n_shares;
            if fits {
                n_before += window.n_targets();
            }
            fits
        });
        let (own, others) = rest.split_at(taken.count());
        shares.push(own);
        rest = others;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_but_the_first_is_a_target_once() {
        let sequences = [vec![0; 8], vec![0; 1], vec![], vec![0; 4]];
        let found: Vec<_> =
            windows(&sequences, 3).iter().map(|w| (w.sequence, w.first, w.end)).collect();
        assert_eq!(found, [(0, 4, 7), (0, 1, 4), (0, 0, 1), (3, 0, 3)]);
    }

    #[test]
    fn shares_cover_the_batch_in_order_and_are_about_equal() {
        let lengths = [50, 1, 1, 1, 30, 2, 2, 9, 4];
        let batch: Vec<_> =
            lengths.iter().map(|&end| Window { sequence: 0, first: 0, end }).collect();
        for n_shares in 1..12 {
            let shares = divide(&batch, n_shares);
            assert_eq!(shares.len(), n_shares);
            assert_eq!(shares.concat(), batch);
        }
        let sizes: Vec<usize> =
            divide(&batch, 2).iter().map(|s| s.iter().map(Window::n_targets).sum()).collect();
        assert_eq!(sizes, [50, 50]);
    }
}
