//! The columns of a recorded answer, which answers and the links of the audit chain both read.

use domain::{IngestId, ModelVersion, RequestId, ShopperId};
use rusqlite::Row;

use super::connection::Doing;
use crate::{Answer, AnswerRecord, StoreError};

/// The columns, in the order that [`read`] takes them.
pub(super) const COLUMNS: &str = "id, request_id, shopper_id, as_of, model_version, payload";

/// Reads a row of [`COLUMNS`].
pub(super) fn read(row: &Row<'_>) -> Result<Answer, StoreError> {
    let corrupt = |problem: domain::Invalid| StoreError::Corrupt {
        what: "answer",
        detail: problem.to_string(),
    };
    let request_id: String = row.get(1).doing("read an answer")?;
    let model_version: String = row.get(4).doing("read an answer")?;
    let shopper: Option<i64> = row.get(2).doing("read an answer")?;
    Ok(Answer {
        id: IngestId::from_bytes(row.get(0).doing("read an answer")?),
        record: AnswerRecord {
            request_id: RequestId::new(request_id).map_err(corrupt)?,
            shopper: shopper.map(ShopperId),
            as_of: IngestId::from_bytes(row.get(3).doing("read an answer")?),
            model_version: ModelVersion::new(model_version).map_err(corrupt)?,
            payload: row.get(5).doing("read an answer")?,
        },
    })
}
