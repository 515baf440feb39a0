//! Receives a file of any size: on disk as it comes, within limits of size and of silence.

use std::fs::File;
use std::io::Write;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::StatusCode;
use feeds::Spooled;
use sha2::{Digest, Sha256};
use web::error::ApiError;

use crate::api::state::Api;

/// Bytes that are gathered before they are written.
const CHUNK: usize = 1 << 20;

/// A file that arrived whole.
#[derive(Debug)]
pub(crate) struct Received {
    pub(crate) spooled: Spooled,
    pub(crate) sha256: String,
}

/// Writes a body to the folder of incoming files. Nothing stays of one that breaks off.
pub(crate) async fn spool(
    service: &Arc<Api>,
    name: &str,
    mut body: Body,
) -> Result<Received, ApiError> {
    let limit = service.settings.feed_limit_bytes;
    let silence = Duration::from_secs(service.settings.timeout_seconds);
    let name = name.to_owned();
    let begun = service.blocking(move |service| {
        service.feeds.spool().begin(&name).map_err(|error| ApiError::internal(&error))
    });
    let (spooled, mut file) = begun.await?;
    let (mut hash, mut bytes, mut waiting) = (Sha256::new(), 0_u64, Vec::new());
    while let Some(chunk) = next(&mut body, silence).await? {
        bytes += chunk.len() as u64;
        if bytes > limit {
            let message = format!("the file is larger than serve.feed_limit_bytes ({limit})");
            let hint = "send it gzipped or in parts, or raise the limit";
            return Err(ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", message, hint));
        }
        hash.update(&chunk);
        waiting.extend_from_slice(&chunk);
        if waiting.len() >= CHUNK {
            file = write(service, file, std::mem::take(&mut waiting)).await?;
        }
    }
    write(service, file, waiting).await?;
    if bytes == 0 {
        let hint = "send the file itself as the body, e.g. curl -T feed.xml";
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Err(ApiError::new(status, "empty_file", "the file is empty", hint));
    }
    let sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Received { spooled, sha256 })
}

/// The next bytes; `None` at the end.
async fn next(body: &mut Body, silence: Duration) -> Result<Option<Bytes>, ApiError> {
    loop {
        let frame = std::future::poll_fn(|context| Pin::new(&mut *body).poll_frame(context));
        let frame = tokio::time::timeout(silence, frame).await;
        let frame = frame.map_err(|_| broken("nothing arrived for too long"))?;
        match frame {
            None => return Ok(None),
            Some(Err(_)) => return Err(broken("the body did not arrive whole")),
            // Trailers say nothing that is asked.
            Some(Ok(frame)) => {
                if let Ok(data) = frame.into_data() {
                    return Ok(Some(data));
                }
            }
        }
    }
}

async fn write(service: &Arc<Api>, mut file: File, bytes: Vec<u8>) -> Result<File, ApiError> {
    let written = service.blocking(move |_| {
        file.write_all(&bytes).map_err(|error| ApiError::internal(&error))?;
        Ok(file)
    });
    written.await
}

fn broken(message: &str) -> ApiError {
    ApiError::new(StatusCode::BAD_REQUEST, "broken_body", message, "send it again")
}
