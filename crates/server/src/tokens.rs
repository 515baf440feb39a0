//! Short-lived signed shopper tokens: HMAC-SHA256 over who and until when.
//!
//! `base64url(payload) "." base64url(signature)`. A token is a right to act for one shopper and
//! holds nothing secret.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{SubjectId, Timestamp};
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// What the signing key is derived for, so that a server key signs nothing else by accident.
const PURPOSE: &[u8] = b"candor shopper token v1";

/// Makes and checks tokens.
pub(crate) struct Tokens {
    signing_key: [u8; 32],
}

#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    sub: SubjectId,
    /// Milliseconds since 1970.
    exp: Timestamp,
}

/// Why a token is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenRefused {
    Missing,
    Forged,
    Expired,
}

impl Tokens {
    /// With the shop's server key tokens outlive a restart; without one they do not.
    pub(crate) fn new(server_key: Option<&str>) -> Self {
        let secret = server_key
            .map_or_else(|| rand::random::<[u8; 32]>().to_vec(), |key| key.as_bytes().to_vec());
        let signing_key = mac(&secret, PURPOSE).finalize().into_bytes().into();
        Self { signing_key }
    }

    /// A token for one shopper.
    pub(crate) fn sign(&self, subject: &SubjectId, expires: Timestamp) -> String {
        let payload = Payload { sub: subject.clone(), exp: expires };
        let payload = serde_json::to_vec(&payload).expect("a name and a number are plain data");
        let signature = mac(&self.signing_key, &payload).finalize().into_bytes();
        format!("{}.{}", URL_SAFE_NO_PAD.encode(payload), URL_SAFE_NO_PAD.encode(signature))
    }

    /// For whom a token speaks. The signature is compared in constant time, before anything of
    /// the payload is believed.
    pub(crate) fn verify(&self, token: &str, now: Timestamp) -> Result<SubjectId, TokenRefused> {
        let decode = |part| URL_SAFE_NO_PAD.decode(part).map_err(|_| TokenRefused::Forged);
        let (payload, signature) = token.split_once('.').ok_or(TokenRefused::Forged)?;
        let (payload, signature) = (decode(payload)?, decode(signature)?);
        let expected = mac(&self.signing_key, &payload);
        expected.verify_slice(&signature).map_err(|_| TokenRefused::Forged)?;
        let payload: Payload =
            serde_json::from_slice(&payload).map_err(|_| TokenRefused::Forged)?;
        if payload.exp <= now { Err(TokenRefused::Expired) } else { Ok(payload.sub) }
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

    const NOW: Timestamp = Timestamp(1_790_000_000_000);
    const LATER: Timestamp = Timestamp(NOW.0 + 1);

    fn ann() -> SubjectId {
        SubjectId::new("ann").unwrap()
    }

    #[test]
    fn a_token_speaks_for_its_shopper_until_it_expires() {
        let tokens = Tokens::new(Some("secret"));
        let token = tokens.sign(&ann(), LATER);
        assert_eq!(tokens.verify(&token, NOW), Ok(ann()));
        assert_eq!(tokens.verify(&token, LATER), Err(TokenRefused::Expired));
        assert_eq!(Tokens::new(Some("secret")).verify(&token, NOW), Ok(ann()));
    }

    #[test]
    fn a_token_of_another_key_or_with_another_name_is_forged() {
        let tokens = Tokens::new(Some("secret"));
        let token = tokens.sign(&ann(), LATER);
        assert_eq!(Tokens::new(Some("other")).verify(&token, NOW), Err(TokenRefused::Forged));
        assert_eq!(Tokens::new(None).verify(&token, NOW), Err(TokenRefused::Forged));
        let (_, signature) = token.split_once('.').unwrap();
        let bob = URL_SAFE_NO_PAD.encode(format!(r#"{{"sub":"bob","exp":{}}}"#, LATER.0));
        assert_eq!(tokens.verify(&format!("{bob}.{signature}"), NOW), Err(TokenRefused::Forged));
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_a_token_by_chance(text in "[A-Za-z0-9_.-]{0,120}") {
            let refused = Tokens::new(Some("secret")).verify(&text, NOW);
            proptest::prop_assert_eq!(refused, Err(TokenRefused::Forged));
        }
    }
}
