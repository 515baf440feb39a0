//! Collections that are cheap to copy: a copy shares with its original whatever neither has changed
//! since. What a snapshot is made of.

mod chunks;
mod trie;

pub(crate) use chunks::Chunks;
pub(crate) use trie::Trie;
