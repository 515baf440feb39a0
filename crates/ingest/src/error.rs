//! What can go wrong on the way in or out, and what to do about it.

use formats::WriteError;
use shop::ShopError;

use crate::prepare::PrepareError;

/// Data could not be taken in or handed out.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// The shop says no.
    #[error(transparent)]
    Shop(#[from] ShopError),
    /// Files could not be prepared for import.
    #[error(transparent)]
    Prepare(#[from] PrepareError),
    /// Something could not be handed out.
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl From<store::StoreError> for IngestError {
    fn from(error: store::StoreError) -> Self {
        Self::Shop(error.into())
    }
}
