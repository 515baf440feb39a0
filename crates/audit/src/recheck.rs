//! One delivered answer verified again, claim by claim.

use claims::Verdict;
use domain::{ClaimId, IngestId, RequestId};

use super::{AuditReport, chain};
use shop::{Shop, ShopError};

/// What came of verifying one answer again.
#[derive(Debug, Clone, PartialEq)]
pub struct Rechecked {
    /// Everything that the audit says of it.
    pub report: AuditReport,
    /// Its claims, in the order of the answer; none where the answer cannot be verified at all, and
    /// the report says why.
    pub claims: Vec<RecheckedClaim>,
}

/// One claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecheckedClaim {
    /// Which.
    pub claim_id: ClaimId,
    /// What its checker says now.
    pub verdict: Verdict,
}

/// Verifies one recorded answer again, from the raw log.
///
/// # Errors
/// [`ShopError::NoAnswer`], or what the store says.
pub fn recheck(shop: &Shop, request_id: &RequestId) -> Result<Rechecked, ShopError> {
    let answer = shop.state().answer(request_id)?;
    let answer = answer.ok_or_else(|| ShopError::NoAnswer(request_id.clone()))?;
    let range = (IngestId(answer.id.0 - 1), answer.id);
    let (mut report, mut claims) = (AuditReport::default(), Vec::new());
    crate::audit_each(shop, vec![answer], &mut report, &mut |claim, verdict| {
        claims.push(RecheckedClaim { claim_id: claim.claim_id.clone(), verdict });
    })?;
    chain::verify(shop, range, &mut report)?;
    Ok(Rechecked { report, claims })
}
