//! A hash map whose copies share what neither has changed since: a copy costs one pointer, a
//! change after it the few small nodes on the way to its entry.
//!
//! A hash trie (Bagwell, "Ideal Hash Trees", 2001) with leaves of several entries, so that small
//! maps are one short list.

use std::borrow::Borrow;
use std::hash::{BuildHasher, Hash};
use std::sync::Arc;

use rustc_hash::FxBuildHasher;

/// Bits of the hash that choose a branch.
const BITS: u32 = 4;
/// Most entries of a leaf that may still be split.
const LEAF: usize = 16;

/// A map from keys to values.
#[derive(Debug)]
pub(crate) struct Trie<K, V> {
    root: Arc<Node<K, V>>,
}

#[derive(Debug, Clone)]
enum Node<K, V> {
    Leaf(Vec<(K, V)>),
    /// One node for each value of the next bits of the hash.
    Branch(Vec<Arc<Node<K, V>>>),
}

impl<K, V> Default for Trie<K, V> {
    fn default() -> Self {
        Self { root: Arc::default() }
    }
}

impl<K, V> Clone for Trie<K, V> {
    fn clone(&self) -> Self {
        Self { root: Arc::clone(&self.root) }
    }
}

impl<K, V> Default for Node<K, V> {
    fn default() -> Self {
        Self::Leaf(Vec::new())
    }
}

impl<K: Hash + Eq, V> Trie<K, V> {
    pub(crate) fn get<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let (mut node, mut hash) = (&self.root, hash_of(key));
        loop {
            match &**node {
                Node::Leaf(entries) => {
                    return entries
                        .iter()
                        .find(|(known, _)| known.borrow() == key)
                        .map(|(_, value)| value);
                }
                Node::Branch(branches) => node = &branches[next(&mut hash)],
            }
        }
    }

    pub(crate) fn iter(&self) -> Box<dyn Iterator<Item = (&K, &V)> + '_> {
        self.root.iter()
    }
}

impl<K: Hash + Eq + Clone, V: Clone> Trie<K, V> {
    /// The value of a key, made where there is none.
    pub(crate) fn get_or(&mut self, key: &K, make: impl FnOnce() -> V) -> &mut V {
        Arc::make_mut(&mut self.root).get_or(key, hash_of(key), BITS, make)
    }

    pub(crate) fn insert(&mut self, key: &K, value: V) {
        let mut given = Some(value);
        let kept = self.get_or(key, || given.take().expect("a value is made once"));
        if let Some(value) = given {
            *kept = value;
        }
    }

    /// Takes an entry out; nothing is copied where there is none.
    pub(crate) fn remove(&mut self, key: &K) -> Option<V> {
        self.get(key)?;
        let (mut node, mut hash) = (&mut self.root, hash_of(key));
        loop {
            match Arc::make_mut(node) {
                Node::Leaf(entries) => {
                    let at = entries.iter().position(|(known, _)| known == key)?;
                    return Some(entries.swap_remove(at).1);
                }
                Node::Branch(branches) => node = &mut branches[next(&mut hash)],
            }
        }
    }

    /// Changes every value.
    pub(crate) fn for_each_mut(&mut self, change: &mut impl FnMut(&mut V)) {
        Arc::make_mut(&mut self.root).for_each_mut(change);
    }
}

impl<K, V> Node<K, V> {
    fn iter(&self) -> Box<dyn Iterator<Item = (&K, &V)> + '_> {
        match self {
            Self::Leaf(entries) => Box::new(entries.iter().map(|(key, value)| (key, value))),
            Self::Branch(branches) => Box::new(branches.iter().flat_map(|node| node.iter())),
        }
    }
}

impl<K: Hash + Eq + Clone, V: Clone> Node<K, V> {
    /// `hash` is what is left of it here, `depth` the bits that the branches below here may use.
    fn get_or(&mut self, key: &K, mut hash: u64, depth: u32, make: impl FnOnce() -> V) -> &mut V {
        if let Self::Leaf(entries) = self
            && entries.len() >= LEAF
            && depth <= u64::BITS
            && entries.iter().all(|(known, _)| known != key)
        {
            *self = Self::split(std::mem::take(entries), depth);
        }
        match self {
            Self::Leaf(entries) => {
                let at = entries.iter().position(|(known, _)| known == key);
                let at = at.unwrap_or_else(|| {
                    entries.push((key.clone(), make()));
                    entries.len() - 1
                });
                &mut entries[at].1
            }
            Self::Branch(branches) => {
                let branch = &mut branches[next(&mut hash)];
                Arc::make_mut(branch).get_or(key, hash, depth + BITS, make)
            }
        }
    }

    fn split(entries: Vec<(K, V)>, depth: u32) -> Self {
        let mut leaves: Vec<Vec<(K, V)>> = (0..1 << BITS).map(|_| Vec::new()).collect();
        for (key, value) in entries {
            let mut left = hash_of(&key) >> (depth - BITS);
            leaves[next(&mut left)].push((key, value));
        }
        Self::Branch(leaves.into_iter().map(|leaf| Arc::new(Self::Leaf(leaf))).collect())
    }

    fn for_each_mut(&mut self, change: &mut impl FnMut(&mut V)) {
        match self {
            Self::Leaf(entries) => entries.iter_mut().for_each(|(_, value)| change(value)),
            Self::Branch(branches) => {
                branches.iter_mut().for_each(|node| Arc::make_mut(node).for_each_mut(change));
            }
        }
    }
}

fn hash_of(key: &(impl Hash + ?Sized)) -> u64 {
    FxBuildHasher.hash_one(key)
}

/// The branch that the next bits choose.
fn next(hash: &mut u64) -> usize {
    let branch = *hash & ((1 << BITS) - 1);
    *hash >>= BITS;
    branch as usize
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    /// A key whose hash is the same for all: the worst that can come.
    #[derive(Debug, Clone, PartialEq, Eq)]
    struct Alike(u32);

    impl Hash for Alike {
        fn hash<H: std::hash::Hasher>(&self, _: &mut H) {}
    }

    #[test]
    fn keys_with_one_hash_are_told_apart() {
        let mut trie = Trie::default();
        (0..100).for_each(|n| trie.insert(&Alike(n), n));
        assert!((0..100).all(|n| trie.get(&Alike(n)) == Some(&n)));
        assert_eq!(trie.remove(&Alike(7)), Some(7));
        assert_eq!((trie.get(&Alike(7)), trie.iter().count()), (None, 99));
    }

    #[test]
    fn a_copy_shares_what_lies_off_the_way_to_a_change() {
        let mut trie = Trie::default();
        (0..10_000_u32).for_each(|n| trie.insert(&n, n));
        let kept = trie.clone();
        *trie.get_or(&5, || 0) = 0;
        let (Node::Branch(kept), Node::Branch(changed)) = (&*kept.root, &*trie.root) else {
            panic!("ten thousand entries are no leaf");
        };
        let n_copied = kept.iter().zip(changed).filter(|(a, b)| !Arc::ptr_eq(a, b)).count();
        assert_eq!(n_copied, 1);
    }

    proptest! {
        #[test]
        fn a_trie_is_a_map_and_its_copies_stay_as_they_were(
            changes in prop::collection::vec((0_u32..400, 0_u8..4), 0..600),
        ) {
            let (mut trie, mut plain) = (Trie::default(), BTreeMap::new());
            let mut copies = Vec::new();
            for (n, (key, what)) in changes.into_iter().enumerate() {
                if n % 50 == 0 {
                    copies.push((trie.clone(), plain.clone()));
                }
                match what {
                    0 => prop_assert_eq!(trie.remove(&key), plain.remove(&key)),
                    1 => *trie.get_or(&key, || 1) = *plain.entry(key).or_insert(1),
                    _ => {
                        trie.insert(&key, n);
                        plain.insert(key, n);
                    }
                }
            }
            trie.for_each_mut(&mut |value| *value += 1);
            plain.values_mut().for_each(|value| *value += 1);
            for (trie, plain) in copies.iter().chain([&(trie, plain)]) {
                let found: BTreeMap<u32, usize> = trie.iter().map(|(k, v)| (*k, *v)).collect();
                prop_assert_eq!(&found, plain);
                prop_assert!((0..400).all(|key| trie.get(&key) == plain.get(&key)));
            }
        }
    }
}
