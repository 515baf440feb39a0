//! Claims as plain facts: a label and the numbers, for whoever wants more than sentences.

use app::Live;
use claims::{Change, Claim, Facts, Field, Verdict};
use domain::{Circumstance, Concept, HistoryRef, ItemId, Language, Text, Timestamp};
use explain::{Arguments, Naming};
use messages::{Argument, Family, IntoArgument};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{circumstances, labels::Labels, signals, title};

/// The facts of each kind that reasons are made of.
const FACTS: Family = Family::of("claim-fact-");

/// One claim.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Fact {
    /// What it is about.
    pub label: &'static str,
    /// Its facts.
    pub detail: String,
    /// What its checker found, in words.
    pub verdict: &'static str,
    /// Whether it was verified.
    pub verified: bool,
}

/// A claim in a language.
#[must_use]
pub fn of(live: &Live, claim: &Claim, lang: Language) -> Fact {
    let quote = |id: &ItemId| format!("“{}”", shortened(&title(live, id, lang)));
    let labels = Labels(lang);
    Fact {
        label: labels.claim(&claim.facts),
        detail: detail(&claim.facts, &Plain { lang, quote: &quote }),
        verdict: labels.verdict(claim.verdict),
        verified: claim.verdict == Verdict::Verified,
    }
}

/// Characters of a title that are quoted.
const LONGEST_QUOTED: usize = 60;

/// A title that does not bury the facts beside it.
fn shortened(title: &str) -> String {
    match title.char_indices().nth(LONGEST_QUOTED) {
        Some((end, _)) => format!("{}…", title[..end].trim_end()),
        None => title.to_owned(),
    }
}

/// The facts of a claim in a line. Kinds that answer questions stand in no list, and their
/// sentences hold all their facts: they have their name alone.
fn detail(facts: &Facts, naming: &Plain<'_>) -> String {
    let kind = facts.kind().name();
    let written = FACTS.format(naming.lang, kind, &explain::arguments(facts, naming));
    written.unwrap_or_else(|| kind.to_owned())
}

/// How lists of facts name what they speak of: as the catalogue does, to the last digit.
struct Plain<'q> {
    lang: Language,
    quote: &'q dyn Fn(&ItemId) -> String,
}

impl Naming for Plain<'_> {
    fn item(&self, item: &ItemId) -> Argument {
        (self.quote)(item).into_argument()
    }

    fn history(&self, history: &[HistoryRef]) -> Argument {
        Argument::List(history.iter().map(|past| (self.quote)(&past.item_id)).collect())
    }

    fn changes(&self, _: &[Change]) -> Argument {
        // Only answers suppose that something were otherwise.
        Argument::List(Vec::new())
    }

    fn text(&self, text: &Text) -> String {
        text.in_language(self.lang).to_owned()
    }

    fn words(&self, words: &[String]) -> Argument {
        Argument::List(words.to_vec())
    }

    fn concept(&self, concept: &Concept) -> String {
        concept.value().to_owned()
    }

    fn attribute(&self, name: &str) -> String {
        Labels(self.lang).attribute(name)
    }

    fn field(&self, field: &Field) -> String {
        match field {
            Field::Named(name) => self.attribute(name),
            Field::Title | Field::Brand | Field::Category | Field::Description => String::new(),
        }
    }

    fn circumstance(&self, circumstance: &Circumstance) -> Arguments {
        vec![("circumstance", circumstances::name(circumstance, self.lang).into_argument())]
    }

    fn signal(&self, signal: &str) -> String {
        signals::label(signal, self.lang).to_owned()
    }

    fn score(&self, score: f64) -> Argument {
        format!("{score:+.2}").into_argument()
    }

    fn day(&self, time: Timestamp) -> Argument {
        time.date().into_argument()
    }
}

#[cfg(test)]
mod tests {
    use claims::{ClaimKind, sample::Sample};

    use super::*;

    #[test]
    fn every_kind_of_reasons_has_a_line_of_facts_in_every_language() {
        let quote = |id: &ItemId| id.to_string();
        for lang in Language::ALL {
            let naming = Plain { lang, quote: &quote };
            for &kind in ClaimKind::OF_REASONS {
                let detail = detail(&Sample::default().facts(kind), &naming);
                assert!(!detail.is_empty() && detail != kind.name(), "{kind} in {lang:?}");
            }
        }
        let kinds = || ClaimKind::OF_REASONS.iter().map(|kind| kind.name().replace('_', "-"));
        assert!(FACTS.members().all(|name| kinds().any(|kind| kind == name)), "of no kind");
    }
}
