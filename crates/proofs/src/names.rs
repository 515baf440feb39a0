//! Names of persons and orders that hold in one bundle only: keyed hashes under a key that is thrown away.

use std::collections::HashMap;

use domain::ShopperId;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Gives names under one key.
pub(crate) struct Names {
    key: [u8; 32],
    persons: HashMap<ShopperId, String>,
}

impl Names {
    /// Under a key that nobody has seen.
    pub(crate) fn fresh() -> Self {
        let mut key = [0; 32];
        for half in key.chunks_mut(16) {
            half.copy_from_slice(&ulid::Ulid::generate().0.to_be_bytes());
        }
        Self { key, persons: HashMap::new() }
    }

    /// The name of a person.
    pub(crate) fn person(&mut self, shopper: ShopperId) -> String {
        let key = &self.key;
        let name = || hashed(key, "person", &shopper.0.to_be_bytes());
        self.persons.entry(shopper).or_insert_with(name).clone()
    }

    /// The name of an order or visit.
    pub(crate) fn visit(&self, session: &str) -> String {
        hashed(&self.key, "visit", session.as_bytes())
    }
}

fn hashed(key: &[u8], what: &str, name: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(what.as_bytes());
    mac.update(name);
    let hash = mac.finalize().into_bytes();
    hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_has_one_name_in_a_bundle_and_another_in_the_next() {
        let (mut one, mut other) = (Names::fresh(), Names::fresh());
        let name = one.person(ShopperId(1));
        assert_eq!(name, one.person(ShopperId(1)));
        assert_ne!(name, one.person(ShopperId(2)));
        assert_ne!(name, other.person(ShopperId(1)));
        assert_ne!(one.visit("a"), other.visit("a"));
    }
}
