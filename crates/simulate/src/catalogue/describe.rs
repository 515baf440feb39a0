//! Titles and descriptions of one product, in both languages from the same choice.

use domain::{Language, Text};

use super::Choice;
use crate::chance::Chance;
use crate::grammar::{Narrow, Phrase};
use crate::phrasing::{capitalised, fill, title_case};

/// The shop's texts about one product.
pub(crate) struct Described {
    pub(crate) title: Text,
    pub(crate) description: Text,
}

/// Writes a title and two or three sentences.
pub(crate) fn describe(narrow: &Narrow, choice: &Choice, chance: &mut Chance) -> Described {
    let title = *chance.pick(&narrow.titles);
    let n_sentences = 2 + usize::from(chance.hit(0.5));
    let mut kept = chance.distinct(narrow.sentences.len(), n_sentences);
    kept.sort_unstable();
    let sentences: Vec<Phrase> = kept.into_iter().map(|i| narrow.sentences[i]).collect();
    Described {
        title: Text::both(
            filled(narrow, choice, title, Language::Zh),
            title_case(&filled(narrow, choice, title, Language::En)),
        ),
        description: Text::both(
            join(narrow, choice, &sentences, Language::Zh),
            join(narrow, choice, &sentences, Language::En),
        ),
    }
}

fn join(narrow: &Narrow, choice: &Choice, sentences: &[Phrase], language: Language) -> String {
    let filled = sentences.iter().map(|s| filled(narrow, choice, *s, language));
    match language {
        Language::Zh => filled.collect(),
        Language::En => filled.map(|s| capitalised(&s)).collect::<Vec<_>>().join(" "),
    }
}

fn filled(narrow: &Narrow, choice: &Choice, phrase: Phrase, language: Language) -> String {
    let said = |phrase: Phrase| match language {
        Language::Zh => phrase.zh,
        Language::En => phrase.en,
    };
    fill(said(phrase), |name| {
        if name == "brand" {
            return Some(said(narrow.brands[choice.0].phrase));
        }
        let (slot, v) = narrow.slots.iter().zip(&choice.1).find(|(s, _)| s.name == name)?;
        Some(said(slot.values[*v].phrase))
    })
}
