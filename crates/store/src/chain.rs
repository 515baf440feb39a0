//! The audit chain: one link per recorded answer, a chain per day, each day tied to the one before.
//!
//! A link commits to an answer by a salted hash. Erasing a shopper removes answer and salt, after
//! which the commitment tells nothing about either, and the chain still holds. This file defines
//! the hashed bytes; the audit walks the chain and judges it.

use domain::IngestId;
use domain::time::DAY_MS;
use sha2::{Digest, Sha256};

use crate::Answer;

/// A SHA-256.
pub type Hash = [u8; 32];

/// Salt of a commitment.
pub type Salt = [u8; 16];

/// The value before the first link of all.
pub const BEFORE_THE_FIRST: Hash = [0; 32];

/// One link of the chain, as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// Id of the answer it stands for; links are in the order of these.
    pub answer_id: IngestId,
    /// The result of [`commitment`] when the answer was recorded.
    pub commitment: Hash,
    /// The result of [`link`] then.
    pub link: Hash,
    /// The erasure that removed the answer.
    pub erased_by: Option<IngestId>,
}

/// A link and the answer that it commits to, where that is still stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chained {
    /// The link; missing for an answer that was never chained.
    pub link: Option<Link>,
    /// The answer and its salt; missing after an erasure.
    pub answer: Option<(Answer, Option<Salt>)>,
}

/// Returns the days since 1970 (UTC), which name the chain that an answer belongs to.
#[must_use]
pub fn day_of(answer: IngestId) -> u64 {
    answer.made_at_ms() / DAY_MS.unsigned_abs()
}

/// Commits to every field of an answer: SHA-256 of the salt and of each field after its length.
#[must_use]
pub fn commitment(salt: &Salt, answer: &Answer) -> Hash {
    let record = &answer.record;
    let shopper = record.shopper.map_or([0; 9], |shopper| {
        let mut bytes = [1; 9];
        bytes[1..].copy_from_slice(&shopper.0.to_be_bytes());
        bytes
    });
    let fields: [&[u8]; 6] = [
        &answer.id.to_bytes(),
        record.request_id.as_str().as_bytes(),
        &shopper,
        &record.as_of.to_bytes(),
        record.model_version.as_str().as_bytes(),
        record.payload.as_bytes(),
    ];
    let mut hash = Sha256::new_with_prefix(salt);
    for field in fields {
        hash.update((field.len() as u64).to_be_bytes());
        hash.update(field);
    }
    hash.finalize().into()
}

/// Ties a commitment to the link before it. The first link of a day follows the last of the day
/// before, so that no day can be left out either.
#[must_use]
pub fn link(before: &Hash, answer: IngestId, commitment: &Hash) -> Hash {
    let mut hash = Sha256::new_with_prefix(before);
    hash.update(day_of(answer).to_be_bytes());
    hash.update(commitment);
    hash.finalize().into()
}

/// Returns a fresh salt and the link that an answer gets after `before`.
pub(crate) fn forge(before: &Hash, answer: &Answer) -> (Salt, Link) {
    let salt: Salt = rand::random();
    let commitment = commitment(&salt, answer);
    let link = link(before, answer.id, &commitment);
    (salt, Link { answer_id: answer.id, commitment, link, erased_by: None })
}

#[cfg(test)]
mod tests {
    use domain::{ModelVersion, RequestId, ShopperId};

    use super::*;
    use crate::AnswerRecord;

    fn answer() -> Answer {
        let record = AnswerRecord {
            request_id: RequestId::new("r1").unwrap(),
            shopper: Some(ShopperId(7)),
            as_of: IngestId(5),
            model_version: ModelVersion::new("m1").unwrap(),
            payload: "{}".to_owned(),
        };
        Answer { id: IngestId(1 << 100), record }
    }

    #[test]
    fn a_commitment_covers_every_field_and_the_salt() {
        let salt = [3; 16];
        let honest = commitment(&salt, &answer());
        let mut altered = vec![answer(); 6];
        altered[0].id = IngestId(9);
        altered[1].record.request_id = RequestId::new("r2").unwrap();
        altered[2].record.shopper = None;
        altered[3].record.as_of = IngestId(6);
        altered[4].record.model_version = ModelVersion::new("m2").unwrap();
        altered[5].record.payload = "{ }".to_owned();
        for (field, answer) in altered.iter().enumerate() {
            assert_ne!(commitment(&salt, answer), honest, "field {field}");
        }
        assert_ne!(commitment(&[4; 16], &answer()), honest);
    }

    /// The bytes as another program would hash them: `printf '…' | xxd -r -p | sha256sum`.
    #[test]
    fn a_link_is_the_hash_of_the_one_before_the_day_and_the_commitment() {
        let id = IngestId(u128::from(3 * DAY_MS.unsigned_abs()) << 80);
        let mut bytes = vec![0; 32];
        bytes.extend([0, 0, 0, 0, 0, 0, 0, 3]);
        bytes.extend([5; 32]);
        let expected: Hash = Sha256::digest(&bytes).into();
        assert_eq!(link(&BEFORE_THE_FIRST, id, &[5; 32]), expected);
    }
}
