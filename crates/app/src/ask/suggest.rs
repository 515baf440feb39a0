//! What can be asked of the list in sight: whole questions, one each, about its own items. Each is
//! read again before it is offered, so that pressing it asks what it says.

use domain::{Concept, Correction, EventKind, Language};
use explain::Evidence;

use super::{Question, Scene, Talk, words::pick};
use crate::AppError;

/// Most questions that are offered.
const MOST_OFFERED: usize = 7;

impl Scene<'_> {
    /// Questions that are understood as they stand.
    pub(super) fn can_ask(&self) -> Result<Vec<String>, AppError> {
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

    fn offered(&self) -> Result<Vec<(String, Question)>, AppError> {
        let say = |zh: &str, en: &str| pick(self.lang, zh, en);
        let mut offered = Vec::new();
        if let Some(first) = self.shown.first() {
            let item = first.clone();
            offered.push((
                say("为什么推荐第一个？", "Why the first one?"),
                Question::Why { item: item.clone() },
            ));
            if self.witness.item(first).is_some_and(|item| item.price.is_some()) {
                offered.push((
                    say("第一个多少钱？", "How much does the first one cost?"),
                    Question::Price { item: item.clone() },
                ));
            }
            if !self.verified(self.reviews(first)).is_empty() {
                offered.push((
                    say("第一个的评价怎么样？", "What do reviews say about the first one?"),
                    Question::Reviews { item },
                ));
            }
        }
        if let [first, second, ..] = self.shown.as_slice() {
            let items = vec![first.clone(), second.clone()];
            offered.push((say("比较前两个", "Compare the first two"), Question::Compare { items }));
        }
        offered.extend(self.offered_less());
        if self.witness.history().iter().any(|past| past.kind == Some(EventKind::Purchase)) {
            let text =
                say("去掉上次购买会推荐什么", "What would you recommend without my last purchase?");
            let intent = explain::dialogue::understand(&text, self.lang);
            offered.extend(self.question(intent, &text)?.map(|question| (text, question)));
        }
        offered.push((
            say("你知道我什么？", "What data do you have about me?"),
            Question::WhatYouKnow,
        ));
        offered.push((
            say("你们是怎么推荐的？", "How do you make recommendations?"),
            Question::HowItWorks,
        ));
        Ok(offered)
    }

    /// Less of what the first item is.
    fn offered_less(&self) -> Option<(String, Question)> {
        let concept = self.concept_of(self.shown.first()?)?;
        let name = self.called(&concept);
        let text = match self.lang {
            Language::Zh => format!("少推荐一些{name}"),
            Language::En => format!("Show me less of {name}"),
        };
        // The catalogue's name in this language is what will be read.
        let concept = match self.known_concept(&text)? {
            found @ Concept::Category(_) if found.value() == name => found,
            _ => return None,
        };
        Some((text, Question::Correct { correction: Correction::Less { concept } }))
    }
}
