//! Texts that only this server can have written: a payload with an HMAC-SHA256 behind it.
//!
//! `base64url(payload) "." base64url(signature)`. The payload can be read by whoever holds it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Signs for one purpose and knows its own signature.
pub struct Signer {
    key: [u8; 32],
}

impl Signer {
    /// With a secret, what is signed outlives a restart; without one it does not. The key is
    /// derived for the purpose, so that nothing signed for another is ever believed.
    pub fn new(secret: Option<&str>, purpose: &[u8]) -> Self {
        let secret = secret
            .map_or_else(|| rand::random::<[u8; 32]>().to_vec(), |key| key.as_bytes().to_vec());
        Self { key: mac(&secret, purpose).finalize().into_bytes().into() }
    }

    /// The payload with its signature.
    pub fn sign(&self, payload: &[u8]) -> String {
        let signature = mac(&self.key, payload).finalize().into_bytes();
        format!("{}.{}", URL_SAFE_NO_PAD.encode(payload), URL_SAFE_NO_PAD.encode(signature))
    }

    /// The payload, where the signature is ours. It is compared in constant time, before anything
    /// of the payload is believed.
    pub fn open(&self, signed: &str) -> Option<Vec<u8>> {
        let (payload, signature) = signed.split_once('.')?;
        let decode = |part| URL_SAFE_NO_PAD.decode(part).ok();
        let (payload, signature) = (decode(payload)?, decode(signature)?);
        mac(&self.key, &payload).verify_slice(&signature).ok()?;
        Some(payload)
    }
}

fn mac(key: &[u8], message: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(message);
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_signed_for_another_purpose_is_not_believed() {
        let (one, other) = (Signer::new(Some("s"), b"one"), Signer::new(Some("s"), b"other"));
        let signed = one.sign(b"payload");
        assert_eq!(one.open(&signed).as_deref(), Some(&b"payload"[..]));
        assert_eq!(other.open(&signed), None);
    }
}
