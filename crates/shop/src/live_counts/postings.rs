//! Sorted lists of shoppers whose copies share what neither has changed since. A short list is one
//! block of memory; a long one is cut into runs, so that a change copies one run.

use std::cmp::Ordering;
use std::sync::Arc;

/// Most elements of a run, and of a list that is not cut into runs.
const RUN: usize = 256;

/// What a list holds at most once of each shopper.
pub(super) trait OfShopper: Copy {
    /// The shopper's number.
    fn shopper(&self) -> u32;
}

impl OfShopper for u32 {
    fn shopper(&self) -> u32 {
        *self
    }
}

/// A list, sorted by shopper.
#[derive(Debug, Clone)]
pub(super) enum Postings<T> {
    Few(Vec<T>),
    Many(Arc<Runs<T>>),
}

/// Runs in order, none of them empty.
#[derive(Debug, Clone)]
pub(super) struct Runs<T> {
    len: usize,
    runs: Vec<Arc<Vec<T>>>,
}

impl<T> Default for Postings<T> {
    fn default() -> Self {
        Self::Few(Vec::new())
    }
}

impl<T: OfShopper> Postings<T> {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Few(list) => list.len(),
            Self::Many(many) => many.len,
        }
    }

    /// The runs in order.
    fn runs(&self) -> impl Iterator<Item = &[T]> {
        let (few, many): (Option<&[T]>, &[Arc<Vec<T>>]) = match self {
            Self::Few(list) => (Some(list), &[]),
            Self::Many(many) => (None, &many.runs),
        };
        few.into_iter().chain(many.iter().map(|run| &run[..]))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.runs().flatten()
    }

    /// Adds an element, or lets `merge` change the shopper's own; true where it was added.
    pub(super) fn put(&mut self, element: T, merge: impl FnOnce(&mut T)) -> bool {
        if let Self::Few(list) = self
            && list.len() >= RUN
            && find(list, element.shopper()).is_err()
        {
            let (len, runs) = (list.len(), vec![Arc::new(std::mem::take(list))]);
            *self = Self::Many(Arc::new(Runs { len, runs }));
        }
        match self {
            Self::Few(list) => put(list, element, merge),
            Self::Many(many) => Arc::make_mut(many).put(element, merge),
        }
    }

    /// Takes a shopper's element out; nothing is copied where there is none.
    pub(super) fn remove(&mut self, shopper: u32) -> Option<T> {
        match self {
            Self::Few(list) => find(list, shopper).ok().map(|at| list.remove(at)),
            Self::Many(many) => {
                let run = many.run_of(shopper);
                let at = find(many.runs.get(run)?, shopper).ok()?;
                let many = Arc::make_mut(many);
                let removed = Arc::make_mut(&mut many.runs[run]).remove(at);
                if many.runs[run].is_empty() {
                    many.runs.remove(run);
                }
                many.len -= 1;
                if many.len == 0 {
                    *self = Self::default();
                }
                Some(removed)
            }
        }
    }

    /// Shoppers of both lists for whom `holds`.
    pub(super) fn count_both(&self, other: &Self, holds: impl Fn(&T, &T) -> bool) -> u32 {
        let (mut lefts, mut rights) = (self.runs(), other.runs());
        let (mut left, mut right): (&[T], &[T]) = (&[], &[]);
        let mut n = 0;
        loop {
            while left.is_empty() {
                let Some(next) = lefts.next() else { return n };
                left = next;
            }
            while right.is_empty() {
                let Some(next) = rights.next() else { return n };
                right = next;
            }
            let (mut l, mut r) = (0, 0);
            while l < left.len() && r < right.len() {
                match left[l].shopper().cmp(&right[r].shopper()) {
                    Ordering::Less => l += 1,
                    Ordering::Greater => r += 1,
                    Ordering::Equal => {
                        n += u32::from(holds(&left[l], &right[r]));
                        (l, r) = (l + 1, r + 1);
                    }
                }
            }
            (left, right) = (&left[l..], &right[r..]);
        }
    }
}

impl<T: OfShopper> Runs<T> {
    /// The run that a shopper's element belongs into: the first that ends at or after it.
    fn run_of(&self, shopper: u32) -> usize {
        self.runs.partition_point(|run| run.last().is_some_and(|last| last.shopper() < shopper))
    }

    fn put(&mut self, element: T, merge: impl FnOnce(&mut T)) -> bool {
        let at = self.run_of(element.shopper()).min(self.runs.len() - 1);
        let run = Arc::make_mut(&mut self.runs[at]);
        let is_new = put(run, element, merge);
        self.len += usize::from(is_new);
        if run.len() > RUN {
            let later = run.split_off(RUN / 2);
            self.runs.insert(at + 1, Arc::new(later));
        }
        is_new
    }
}

fn find<T: OfShopper>(list: &[T], shopper: u32) -> Result<usize, usize> {
    list.binary_search_by_key(&shopper, OfShopper::shopper)
}

fn put<T: OfShopper>(list: &mut Vec<T>, element: T, merge: impl FnOnce(&mut T)) -> bool {
    let found = find(list, element.shopper());
    match found {
        Ok(at) => merge(&mut list[at]),
        Err(at) => list.insert(at, element),
    }
    found.is_err()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_change_of_a_long_list_copies_one_run() {
        let mut list = Postings::default();
        (0..10_000).for_each(|n| {
            list.put(2 * n, |_| {});
        });
        let kept = list.clone();
        list.put(5_001, |_| {});
        let (Postings::Many(kept), Postings::Many(changed)) = (&kept, &list) else {
            panic!("ten thousand are many");
        };
        let shared = |run: &&Arc<Vec<u32>>| kept.runs.iter().any(|other| Arc::ptr_eq(run, other));
        let n_copied = changed.runs.iter().filter(|run| !shared(run)).count();
        assert!(n_copied <= 2 && changed.runs.len() > 40, "{n_copied} of {}", changed.runs.len());
    }

    proptest! {
        #[test]
        fn a_list_is_a_sorted_set_and_its_copies_stay_as_they_were(
            changes in prop::collection::vec((0_u32..2_000, 0_u8..4), 0..1_500),
        ) {
            let (mut list, mut plain) = (Postings::default(), BTreeSet::new());
            let mut copies = Vec::new();
            for (n, (shopper, what)) in changes.into_iter().enumerate() {
                if n % 100 == 0 {
                    copies.push((list.clone(), plain.clone()));
                }
                if what == 0 {
                    let removed = list.remove(shopper);
                    prop_assert_eq!(removed, plain.take(&shopper));
                } else {
                    prop_assert_eq!(list.put(shopper, |_| {}), plain.insert(shopper));
                }
            }
            copies.push((list, plain));
            for (list, plain) in &copies {
                prop_assert_eq!(list.len(), plain.len());
                prop_assert!(list.iter().eq(plain));
            }
            let [(a, plain_a), .., (b, plain_b)] = &copies[..] else { return Ok(()) };
            let odd = |x: &u32, _: &u32| x % 2 == 1;
            let n_odd = plain_a.intersection(plain_b).filter(|x| **x % 2 == 1).count();
            prop_assert_eq!(a.count_both(b, odd) as usize, n_odd);
        }
    }
}
