//! What a conversation was about: the item that "this" means. In memory only, the last ones only,
//! and never told to another shopper.

use std::sync::{Mutex, PoisonError};

use domain::{ItemId, SubjectId};

/// Name, whose it is, and what "this" means in it.
type Kept = (String, Option<SubjectId>, Option<ItemId>);

/// The conversations that are remembered, the last one last.
#[derive(Debug)]
pub(crate) struct Conversations {
    most: usize,
    kept: Mutex<Vec<Kept>>,
}

impl Conversations {
    pub(crate) fn new(most: usize) -> Self {
        Self { most, kept: Mutex::default() }
    }

    /// The conversation to go on with, and what it was about. A name that is not known, or is
    /// another shopper's, begins a new one.
    pub(crate) fn recall(
        &self,
        name: Option<&str>,
        subject: Option<&SubjectId>,
    ) -> (String, Option<ItemId>) {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let is_it = |known: &&Kept| Some(known.0.as_str()) == name && known.1.as_ref() == subject;
        match kept.iter().find(is_it) {
            Some((name, _, focus)) => (name.clone(), focus.clone()),
            None => (format!("c{}", ulid::Ulid::generate()), None),
        }
    }

    /// Keeps what a conversation is about now; the oldest is forgotten.
    pub(crate) fn remember(&self, name: &str, subject: Option<&SubjectId>, focus: Option<ItemId>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(known, ..)| known != name);
        kept.push((name.to_owned(), subject.cloned(), focus));
        let too_many = kept.len().saturating_sub(self.most);
        kept.drain(..too_many);
    }

    /// Forgets everything, e.g. when somebody is erased.
    pub(crate) fn clear(&self) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conversation_is_its_shoppers_own_and_the_oldest_is_forgotten() {
        let conversations = Conversations::new(2);
        let [ann, ben] = ["ann", "ben"].map(|name| SubjectId::new(name).unwrap());
        let tea = Some(ItemId::new("tea").unwrap());
        let (name, _) = conversations.recall(None, Some(&ann));
        conversations.remember(&name, Some(&ann), tea.clone());
        assert_eq!(conversations.recall(Some(&name), Some(&ann)), (name.clone(), tea));
        assert_eq!(conversations.recall(Some(&name), Some(&ben)).1, None);
        for other in ["x", "y"] {
            conversations.remember(other, Some(&ben), None);
        }
        assert_eq!(conversations.recall(Some(&name), Some(&ann)).1, None);
    }
}
