//! Short-lived signed shopper tokens: who and until when.
//!
//! A token is a right to act for one shopper and holds nothing secret.

use domain::{SubjectId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::signed::Signer;

/// The purpose that the signing key is derived for, so that a server key signs nothing else by
/// accident.
const PURPOSE: &[u8] = b"candor shopper token v1";

/// Makes and checks tokens.
pub struct Tokens(Signer);

#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    sub: SubjectId,
    /// Milliseconds since 1970.
    exp: Timestamp,
}

/// Why a token is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenRefused {
    /// None was sent.
    Missing,
    /// It was not signed here.
    Forged,
    /// Its time is over.
    Expired,
}

impl Tokens {
    /// With the shop's server key tokens outlive a restart; without one they do not.
    pub fn new(server_key: Option<&str>) -> Self {
        Self(Signer::new(server_key, PURPOSE))
    }

    /// A token for one shopper.
    pub fn sign(&self, subject: &SubjectId, expires: Timestamp) -> String {
        let payload = Payload { sub: subject.clone(), exp: expires };
        let payload = serde_json::to_vec(&payload).expect("a name and a number are plain data");
        self.0.sign(&payload)
    }

    /// For whom a token speaks.
    pub fn verify(&self, token: &str, now: Timestamp) -> Result<SubjectId, TokenRefused> {
        let payload = self.0.open(token).ok_or(TokenRefused::Forged)?;
        let payload: Payload =
            serde_json::from_slice(&payload).map_err(|_| TokenRefused::Forged)?;
        if payload.exp <= now { Err(TokenRefused::Expired) } else { Ok(payload.sub) }
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

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
