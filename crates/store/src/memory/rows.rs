//! Rows in order of their keys.

use std::collections::BTreeMap;

/// Removes the rows that do not match; returns how many.
pub(super) fn drop_where<K: Ord, V>(
    map: &mut BTreeMap<K, V>,
    gone: impl Fn(&K, &V) -> bool,
) -> u64 {
    let before = map.len();
    map.retain(|key, value| !gone(key, value));
    (before - map.len()) as u64
}
