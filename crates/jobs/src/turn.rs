//! One long work at a time: a training or an evaluation takes every core there is.

use std::sync::{Arc, Mutex, PoisonError};

use crate::JobError;

/// The two kinds of long work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    Training,
    Evaluation,
}

/// The kind that runs now, if any.
#[derive(Default)]
pub(crate) struct Turn(Arc<Mutex<Option<What>>>);

/// The right to work, until it is dropped.
pub(crate) struct Claim(Arc<Mutex<Option<What>>>);

impl Turn {
    /// The right to work, unless somebody does.
    pub(crate) fn claim(&self, what: What) -> Result<Claim, JobError> {
        let mut busy = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match *busy {
            Some(What::Training) => Err(JobError::Training),
            Some(What::Evaluation) => Err(JobError::Evaluation),
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
        let turn = Turn::default();
        let claim = turn.claim(What::Evaluation).ok().unwrap();
        for what in [What::Training, What::Evaluation] {
            assert!(turn.claim(what).is_err(), "{what:?}");
        }
        drop(claim);
        assert!(turn.claim(What::Training).is_ok());
    }
}
