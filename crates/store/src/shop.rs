//! A shop's folder and its parts.

use std::path::Path;

use crate::{MemoryState, Models, Reports, SqliteState, State, StoreError};

/// Everything kept about one shop.
pub struct Shop {
    /// Events, items, reviews, answers.
    pub state: Box<dyn State>,
    /// Trained models.
    pub models: Models,
    /// Reports of evaluations on held-out events.
    pub evaluations: Reports,
}

impl Shop {
    /// Whether there is a shop in this folder.
    #[must_use]
    pub fn exists(folder: &Path) -> bool {
        folder.join("state.db").is_file()
    }

    /// Opens `<folder>/state.db` and `<folder>/models`, making what is missing.
    ///
    /// # Errors
    /// [`StoreError::Folder`] when the folder cannot be made, and those of [`SqliteState::open`].
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let models = Models::open(&folder.join("models"))?;
        let state = Box::new(SqliteState::open(&folder.join("state.db"))?);
        Ok(Self { state, models, evaluations: evaluations_in(folder) })
    }

    /// Opens a shop whose state is in memory only; its models lie in `<folder>/models`. The
    /// same writes in the same order give the same numbers of shoppers, so that a study repeats.
    ///
    /// # Errors
    /// [`StoreError::Folder`] when the folder cannot be made.
    pub fn in_memory(folder: &Path) -> Result<Self, StoreError> {
        let models = Models::open(&folder.join("models"))?;
        let state = Box::new(MemoryState::new());
        Ok(Self { state, models, evaluations: evaluations_in(folder) })
    }
}

fn evaluations_in(folder: &Path) -> Reports {
    Reports::new(folder.join("evaluations"))
}
