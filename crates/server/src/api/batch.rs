//! Batches: one thing, a list, or a list under a name; each entry is read on its own.

use ingest::collect::Rejected;
use serde::de::DeserializeOwned;
use serde_json::Value;
use web::error::ApiError;

/// The entries of a batch. `name` is the field that may hold the list, e.g. `events`.
pub(super) fn entries(body: Value, name: &str) -> Result<Vec<Value>, ApiError> {
    let entries = match body {
        Value::Array(entries) => entries,
        Value::Object(mut object) if object.contains_key(name) => match object.remove(name) {
            Some(Value::Array(entries)) if object.is_empty() => entries,
            Some(Value::Array(_)) => {
                return Err(ApiError::unreadable(format!("beside {name} nothing is expected")));
            }
            _ => return Err(ApiError::unreadable(format!("{name}: must be a list"))),
        },
        one @ Value::Object(_) => vec![one],
        _ => return Err(ApiError::unreadable("send an object or a list of objects")),
    };
    if entries.is_empty() { Err(ApiError::unreadable("the list is empty")) } else { Ok(entries) }
}

/// Reads each entry: what can be read, and what cannot with its position and cause.
pub(super) fn read<T: DeserializeOwned>(
    entries: Vec<Value>,
    check: impl Fn(&T) -> Result<(), String>,
) -> (Vec<T>, Vec<Rejected>) {
    let (mut good, mut rejected) = (Vec::new(), Vec::new());
    for (index, entry) in entries.into_iter().enumerate() {
        let read = serde_json::from_value::<T>(entry).map_err(|error| error.to_string());
        match read.and_then(|found| check(&found).map(|()| found)) {
            Ok(found) => good.push(found),
            Err(message) => rejected.push(Rejected { index, message }),
        }
    }
    (good, rejected)
}

/// The error of a batch of which nothing could be read.
pub(super) fn nothing_readable(rejected: &[Rejected]) -> ApiError {
    let first = rejected.first().map_or("", |first| first.message.as_str());
    let n = rejected.len();
    ApiError::unreadable(format!("none of the {n} entries could be read; the first: {first}"))
}
