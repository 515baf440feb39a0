//! What can go wrong on the way in or out, and what to do about it.

use formats::WriteError;
use shop::ShopError;

use crate::gone::Gone;
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
    /// Files that are to be the whole catalogue list nothing.
    #[error(
        "the files list no item, so they cannot be the complete catalogue; leave --complete out for events"
    )]
    NoItems,
    /// More items would be retired than may be without a question.
    #[error(
        "{} of {} known items are not in the files ({}), {}so nothing was retired; what is in the \
         files was imported. If they really list everything that is sold, import again with \
         --complete --yes",
        gone.items.n,
        gone.items.of,
        examples(gone),
        unreadable(gone)
    )]
    TooManyGone {
        /// What would have been retired.
        gone: Box<Gone>,
    },
    /// Somebody was erased while the files were read.
    #[error(
        "a shopper was erased while the files were read, so the rest was not loaded: import them \
         again; what is there already adds nothing"
    )]
    Overtaken,
    /// Something could not be handed out.
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl From<store::StoreError> for IngestError {
    fn from(error: store::StoreError) -> Self {
        Self::Shop(error.into())
    }
}

fn examples(gone: &Gone) -> String {
    let ids: Vec<&str> = gone.examples.iter().map(domain::ItemId::as_str).collect();
    format!("e.g. {}", ids.join(", "))
}

fn unreadable(gone: &Gone) -> String {
    match gone.n_unreadable {
        0 => String::new(),
        n => format!("and {n} rows could not be read, "),
    }
}
