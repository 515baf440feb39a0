//! Answers in people's own words, as they are shown. The texts come from strangers: the template
//! escapes them, and nothing is made of them.

use domain::{Language, Timestamp};
use experimentation::trust::{OwnText, OwnWords, WordsSought};
use serde::Deserialize;

use super::texts::Texts;
use crate::format::encoded;

/// Which texts are looked for, by the names of the form.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Fields {
    #[serde(default, rename = "in")]
    lang: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    page: String,
}

/// The texts and the form above them.
pub(super) struct Words {
    pub(super) sought: String,
    pub(super) languages: Vec<Choice>,
    pub(super) n_written: usize,
    pub(super) n_hidden: usize,
    pub(super) n_found: usize,
    pub(super) page: usize,
    pub(super) n_pages: usize,
    /// Where the pages before and behind this one are, where there are such.
    pub(super) previous: Option<String>,
    pub(super) next: Option<String>,
    pub(super) quotes: Vec<Quote>,
}

/// One language to choose.
pub(super) struct Choice {
    pub(super) tag: &'static str,
    pub(super) name: &'static str,
    pub(super) selected: bool,
}

/// One text with what is told of its writer.
pub(super) struct Quote {
    pub(super) text: String,
    pub(super) tag: &'static str,
    pub(super) language: &'static str,
    pub(super) week: Option<String>,
    pub(super) variants: String,
}

impl Fields {
    /// What is asked for; what cannot be read asks for nothing in particular.
    pub(super) fn sought(&self) -> WordsSought {
        WordsSought {
            lang: self.lang.parse().ok(),
            text: self.q.clone(),
            page: self.page.parse().unwrap_or(1),
        }
    }
}

impl Words {
    pub(super) fn of(found: OwnWords, sought: WordsSought, texts: &'static Texts) -> Self {
        let tag = sought.lang.map_or("", Language::tag);
        let at = |page: usize| {
            format!("/console/trust?in={tag}&q={}&page={page}#words", encoded(&sought.text))
        };
        let choice = |lang: Option<Language>| Choice {
            tag: lang.map_or("", Language::tag),
            name: lang.map_or(texts.any_language, Language::own_name),
            selected: lang == sought.lang,
        };
        Self {
            languages: [None].into_iter().chain(Language::ALL.map(Some)).map(choice).collect(),
            n_written: found.n_written,
            n_hidden: found.n_hidden,
            n_found: found.n_found,
            page: found.page,
            n_pages: found.n_pages,
            previous: (found.page > 1).then(|| at(found.page - 1)),
            next: (found.page < found.n_pages).then(|| at(found.page + 1)),
            quotes: found.texts.into_iter().map(Quote::of).collect(),
            sought: sought.text,
        }
    }
}

impl Quote {
    fn of(text: OwnText) -> Self {
        Self {
            text: text.text,
            tag: text.lang.tag(),
            language: text.lang.own_name(),
            week: text.week.map(Timestamp::date),
            variants: text.variants.join(", "),
        }
    }
}
