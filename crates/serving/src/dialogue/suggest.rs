//! What can be asked of the list in sight: whole questions, one each, about its own items. Each is
//! read again before it is offered, so that pressing it asks what it says.

use domain::{Concept, Correction, EventKind};
use explain::Evidence;
use messages::{message, text};
use shop::ShopError;

use super::Question;
use super::scene::{Scene, Talk};

/// Most questions that are offered.
const MOST_OFFERED: usize = 7;

impl Scene<'_> {
    /// Questions that are understood as they stand.
    pub(super) fn can_ask(&self) -> Result<Vec<String>, ShopError> {
        let fresh = Scene { shown: self.shown.clone(), talk: Talk::default(), ..*self };
        let mut read = Vec::new();
        for (text, wanted) in self.offered()? {
            let intent = explain::dialogue::understand(&text, self.lang);
            if read.len() < MOST_OFFERED && fresh.question(intent, &text)?.as_ref() == Some(&wanted)
            {
                read.push(text);
            }
        }
        Ok(read)
    }

    fn offered(&self) -> Result<Vec<(String, Question)>, ShopError> {
        let lang = self.lang;
        let mut offered = Vec::new();
        if let Some(first) = self.shown.first() {
            let item = first.clone();
            offered.push((
                text!(lang, "suggest-why").to_owned(),
                Question::Why { item: item.clone() },
            ));
            if self.evidence.item(first).is_some_and(|item| item.price.is_some()) {
                offered.push((
                    text!(lang, "suggest-price").to_owned(),
                    Question::Price { item: item.clone() },
                ));
            }
            if !self.verified(self.reviews(first)).is_empty() {
                offered
                    .push((text!(lang, "suggest-reviews").to_owned(), Question::Reviews { item }));
            }
        }
        if let [first, second, ..] = self.shown.as_slice() {
            let items = vec![first.clone(), second.clone()];
            offered.push((text!(lang, "suggest-compare").to_owned(), Question::Compare { items }));
        }
        offered.extend(self.offered_less());
        if self.evidence.history().iter().any(|past| past.kind == Some(EventKind::Purchase)) {
            let text = text!(lang, "suggest-without-last-purchase").to_owned();
            let intent = explain::dialogue::understand(&text, self.lang);
            offered.extend(self.question(intent, &text)?.map(|question| (text, question)));
        }
        offered.push((text!(lang, "suggest-what-you-know").to_owned(), Question::WhatYouKnow));
        offered.push((text!(lang, "suggest-how-it-works").to_owned(), Question::HowItWorks));
        Ok(offered)
    }

    /// Less of what the first item is.
    fn offered_less(&self) -> Option<(String, Question)> {
        let concept = self.concept_of(self.shown.first()?)?;
        let name = self.called(&concept);
        let text = message!(self.lang, "suggest-less", concept: &name);
        // The catalogue's name in this language is what will be read.
        let concept = match self.known_concept(&text)? {
            found @ Concept::Category(_) if found.value() == name => found,
            _ => return None,
        };
        Some((text, Question::Correct { correction: Correction::Less { concept } }))
    }
}
