//! One long work at a time: a training or an evaluation takes every core there is.

use std::sync::{Arc, Mutex, PoisonError};

use crate::error::ApiError;

/// What takes long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    Training,
    Evaluation,
}

/// Who works.
#[derive(Default)]
pub(crate) struct Work(Arc<Mutex<Option<What>>>);

/// The right to work, until it is dropped.
pub(crate) struct Claim(Arc<Mutex<Option<What>>>);

impl Work {
    /// The right to work, unless somebody does.
    pub(crate) fn claim(&self, what: What) -> Result<Claim, ApiError> {
        let mut busy = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match *busy {
            Some(What::Training) => Err(ApiError::already_training()),
            Some(What::Evaluation) => Err(ApiError::already_evaluating()),
            None => {
                *busy = Some(what);
                Ok(Claim(Arc::clone(&self.0)))
            }
        }
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_works_is_alone_until_they_are_done() {
        let work = Work::default();
        let claim = work.claim(What::Evaluation).ok().unwrap();
        for what in [What::Training, What::Evaluation] {
            assert!(work.claim(what).is_err(), "{what:?}");
        }
        drop(claim);
        assert!(work.claim(What::Training).is_ok());
    }
}
