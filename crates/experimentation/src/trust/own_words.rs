//! In their own words: what people wrote at the end of the questionnaire, as far as it may be shown.
//!
//! Responsible for showing nobody alone: a text is shown only where enough people answered in its
//! language and enough in its segment, and nothing stands beside it that fewer than that share.
//! Refuses to count words for anything, and to hand them to anyone but whoever reads them: no score
//! and no language model sees them.

use crate::survey::SurveyConfig;
use std::collections::BTreeSet;

use domain::{IngestId, Language, ShopperId, Timestamp};
use store::{StoredSurvey, every};

use crate::survey::{Asked, asked};
use shop::{Shop, ShopError};

/// Texts on one page.
const PER_PAGE: usize = 20;

/// Which texts are looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordsSought {
    /// The language they were asked in; any where missing.
    pub lang: Option<Language>,
    /// What they contain, in whatever case; empty for all.
    pub text: String,
    /// The page, from 1; the nearest one there is.
    pub page: usize,
}

/// What was written and may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnWords {
    /// Texts that are kept.
    pub n_written: usize,
    /// Those of them that are not shown, because too few people answered in their language or
    /// segment. They are not searched either.
    pub n_hidden: usize,
    /// Answered questionnaires that cannot be read any more; texts of them are in no other count.
    pub n_unreadable: usize,
    /// Texts that were looked for and found.
    pub n_found: usize,
    /// This page, from 1.
    pub page: usize,
    /// Pages of what was found, at least one.
    pub n_pages: usize,
    /// The texts of this page, newest first.
    pub texts: Vec<OwnText>,
}

/// One text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnText {
    /// As it was kept. Written by a stranger: to be escaped wherever it is shown.
    pub text: String,
    /// The language it was asked in.
    pub lang: Language,
    /// The Monday of the week of asking, where enough people answered in that week and language.
    pub week: Option<Timestamp>,
    /// Experiments and variants, as `experiment/variant`; empty where too few people share them all
    /// beside what else is shown.
    pub variants: Vec<String>,
}

/// Somebody who answered, in ticks or in words.
struct Answerer {
    id: IngestId,
    shopper: ShopperId,
    week: Timestamp,
    asked: Asked,
    words: Option<String>,
}

/// Everybody who answered, and how many have to be alike.
struct Crowd {
    everybody: Vec<Answerer>,
    n_unreadable: usize,
    min_group: usize,
}

/// What people wrote in their own words, newest first.
///
/// # Errors
/// What the store says.
pub fn own_words(shop: &Shop, sought: &WordsSought) -> Result<OwnWords, ShopError> {
    let crowd = Crowd::read(shop)?;
    let n_written = crowd.everybody.iter().filter(|one| one.words.is_some()).count();
    let mut shown = crowd.shown();
    let n_hidden = n_written - shown.len();
    let text = sought.text.trim().to_lowercase();
    shown.retain(|(one, words)| {
        let is_asked_for = sought.lang.is_none_or(|lang| lang == one.asked.lang);
        is_asked_for && words.to_lowercase().contains(&text)
    });
    let n_pages = shown.len().div_ceil(PER_PAGE).max(1);
    let page = sought.page.clamp(1, n_pages);
    let of_page = shown.iter().skip((page - 1) * PER_PAGE).take(PER_PAGE);
    let texts = of_page.map(|(one, words)| crowd.text_of(one, words)).collect();
    let (n_unreadable, n_found) = (crowd.n_unreadable, shown.len());
    Ok(OwnWords { n_written, n_hidden, n_unreadable, n_found, page, n_pages, texts })
}

impl Crowd {
    fn read(shop: &Shop) -> Result<Self, ShopError> {
        let (mut everybody, mut n_unreadable) = (Vec::new(), 0);
        shop.state().scan_surveys(&mut every(|survey: StoredSurvey| {
            let has_answered = !survey.answers.is_empty() || survey.words.is_some();
            if !has_answered {
                return;
            }
            let Ok(asked) = asked(&survey) else {
                n_unreadable += 1;
                return;
            };
            let (id, shopper, week) = (survey.id, survey.shopper, survey.at.week());
            everybody.push(Answerer { id, shopper, week, asked, words: survey.words });
        }))?;
        everybody.sort_by_key(|one| std::cmp::Reverse(one.id));
        Ok(Self { everybody, n_unreadable, min_group: shop.config::<SurveyConfig>().min_group })
    }

    /// Whether enough people are alike in something.
    fn are_enough(&self, alike: impl Fn(&Answerer) -> bool) -> bool {
        let alike = self.everybody.iter().filter(|one| alike(one));
        alike.map(|one| one.shopper).collect::<BTreeSet<_>>().len() >= self.min_group
    }

    /// The texts that may be shown, newest first.
    fn shown(&self) -> Vec<(&Answerer, &str)> {
        let languages: BTreeSet<_> = self.everybody.iter().map(|one| one.asked.lang).collect();
        let segments: BTreeSet<_> = self.everybody.iter().map(|one| &one.asked.segment).collect();
        let is_large = |lang: &Language| self.are_enough(|one| one.asked.lang == *lang);
        let languages: BTreeSet<_> = languages.into_iter().filter(is_large).collect();
        let is_large = |segment: &&String| self.are_enough(|one| one.asked.segment == **segment);
        let segments: BTreeSet<_> = segments.into_iter().filter(is_large).collect();
        let may_be_shown =
            |asked: &Asked| languages.contains(&asked.lang) && segments.contains(&asked.segment);
        let shown = self.everybody.iter().filter(|one| may_be_shown(&one.asked));
        shown.filter_map(|one| Some((one, one.words.as_deref()?))).collect()
    }

    /// A text with as much beside it as enough people share: the week first, then the variants.
    fn text_of(&self, one: &Answerer, words: &str) -> OwnText {
        let lang = one.asked.lang;
        let of_week = |other: &Answerer| other.asked.lang == lang && other.week == one.week;
        let has_week = self.are_enough(of_week);
        let has_variants = self.are_enough(|other| {
            let beside = other.asked.lang == lang && (!has_week || other.week == one.week);
            beside && other.asked.variants == one.asked.variants
        });
        let variants = one.asked.variants.iter().filter(|_| has_variants);
        OwnText {
            text: words.to_owned(),
            lang,
            week: has_week.then_some(one.week),
            variants: variants.map(|(name, variant)| format!("{name}/{variant}")).collect(),
        }
    }
}
