//! A vector whose copies share what neither has changed since: a copy costs one pointer, a change
//! after it one chunk and a pointer per chunk.

use std::sync::Arc;

/// Elements of a chunk: what a change copies at most.
const CHUNK: usize = 256;

/// A vector in shared chunks; all but the last hold [`CHUNK`] elements.
#[derive(Debug)]
pub(crate) struct Chunks<T> {
    chunks: Arc<Vec<Arc<Vec<T>>>>,
    len: usize,
}

impl<T> Default for Chunks<T> {
    fn default() -> Self {
        Self { chunks: Arc::default(), len: 0 }
    }
}

impl<T> Clone for Chunks<T> {
    fn clone(&self) -> Self {
        Self { chunks: Arc::clone(&self.chunks), len: self.len }
    }
}

impl<T> Chunks<T> {
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// The element at a position.
    ///
    /// # Panics
    /// Where the position is not below the length.
    pub(crate) fn get(&self, at: usize) -> &T {
        &self.chunks[at / CHUNK][at % CHUNK]
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> + Clone {
        self.chunks.iter().flat_map(|chunk| chunk.iter())
    }
}

impl<T: Clone> Chunks<T> {
    /// As [`Chunks::get`], for changing it.
    pub(crate) fn get_mut(&mut self, at: usize) -> &mut T {
        let chunk = &mut Arc::make_mut(&mut self.chunks)[at / CHUNK];
        &mut Arc::make_mut(chunk)[at % CHUNK]
    }

    pub(crate) fn push(&mut self, element: T) {
        let chunks = Arc::make_mut(&mut self.chunks);
        if self.len.is_multiple_of(CHUNK) {
            chunks.push(Arc::default());
        }
        let last = chunks.last_mut().expect("a chunk was made for this element");
        Arc::make_mut(last).push(element);
        self.len += 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_copy_shares_every_chunk_but_the_changed_one() {
        let mut kept = Chunks::default();
        (0..3 * CHUNK).for_each(|n| kept.push(n));
        let mut changed = kept.clone();
        *changed.get_mut(CHUNK) = 7;
        let shared = kept.chunks.iter().zip(changed.chunks.iter()).map(|(a, b)| Arc::ptr_eq(a, b));
        assert_eq!(shared.collect::<Vec<_>>(), [true, false, true]);
        assert_eq!((*kept.get(CHUNK), *changed.get(CHUNK)), (CHUNK, 7));
    }

    proptest! {
        #[test]
        fn a_copy_keeps_what_it_was_copied_from(
            n in 0_usize..3 * CHUNK,
            changes in prop::collection::vec((0_usize..3 * CHUNK, 0_u8..9), 0..40),
        ) {
            let mut chunks = Chunks::default();
            let mut plain = Vec::new();
            (0..n).for_each(|_| chunks.push(0));
            plain.resize(n, 0);
            let mut copies = Vec::new();
            for (at, value) in changes {
                copies.push((chunks.clone(), plain.clone()));
                if at < plain.len() {
                    *chunks.get_mut(at) = value;
                    plain[at] = value;
                } else {
                    chunks.push(value);
                    plain.push(value);
                }
            }
            for (chunks, plain) in copies.iter().chain([&(chunks, plain)]) {
                prop_assert_eq!(chunks.len(), plain.len());
                prop_assert!(chunks.iter().eq(plain));
                prop_assert!((0..plain.len()).all(|at| *chunks.get(at) == plain[at]));
            }
        }
    }
}
