//! One sentence for each claim: the message of its kind, with the fields of its facts.

use claims::{Change, Claim, Facts, Field, Opinions, Unknown};
use domain::{Circumstance, Concept, HistoryRef, ItemId, Language, Text, Timestamp};
use messages::{Argument, Family, IntoArgument, decimal, key, list};

use super::{
    Sides,
    changes::condition,
    fields::{Arguments, Naming, arguments, yes_or_no},
    format::{aspect, named, shorten, terms_in, titled, value},
    goods::Goods,
    names::{CircumstanceKeys, field_name, signal_words},
    steps::{causes, counted},
};
use crate::Evidence;

/// The sentence of each kind.
const SENTENCES: Family = Family::of("claim-sentence-");

/// One sentence that states one claim.
pub(super) fn sentence(claim: &Claim, lang: Language, evidence: &dyn Evidence) -> String {
    let words = Words { item: &claim.item_id, lang, evidence };
    let mut passed = words.beyond_fields(&claim.facts);
    passed.push(("item", words.item(&claim.item_id)));
    passed.extend(arguments(&claim.facts, &words));
    let written = SENTENCES.format(lang, claim.facts.kind().name(), &passed);
    written.expect("a test holds that every kind has a sentence")
}

/// How sentences name what facts speak of.
struct Words<'w> {
    /// The item of the claim.
    item: &'w ItemId,
    lang: Language,
    evidence: &'w dyn Evidence,
}

impl Naming for Words<'_> {
    fn item(&self, item: &ItemId) -> Argument {
        titled(item, self.lang, self.evidence).into_argument()
    }

    fn history(&self, history: &[HistoryRef]) -> Argument {
        Argument::List(causes(history, self.lang, self.evidence))
    }

    fn changes(&self, changes: &[Change]) -> Argument {
        let conditions = changes.iter().map(|change| condition(change, self.lang, self.evidence));
        Argument::List(conditions.collect())
    }

    fn text(&self, text: &Text) -> String {
        value(text, self.lang)
    }

    fn words(&self, words: &[String]) -> Argument {
        list(terms_in(self.lang, words)).into_argument()
    }

    fn concept(&self, concept: &Concept) -> String {
        named(concept, self.item, self.lang, self.evidence)
    }

    fn attribute(&self, name: &str) -> String {
        name.to_owned()
    }

    fn field(&self, field: &Field) -> String {
        field_name(field, self.lang)
    }

    fn circumstance(&self, circumstance: &Circumstance) -> Arguments {
        let CircumstanceKeys { context, value, region } = CircumstanceKeys::of(circumstance);
        vec![
            ("context", key(context).into_argument()),
            ("value", key(value).into_argument()),
            ("region", shorten(region).into_argument()),
        ]
    }

    fn signal(&self, signal: &str) -> String {
        signal_words(signal, self.lang)
    }

    fn score(&self, score: f64) -> Argument {
        decimal(score, 3).into_argument()
    }

    fn day(&self, time: Timestamp) -> Argument {
        time.into_argument()
    }
}

impl Words<'_> {
    /// What some kinds choose their words by, beyond what their fields say. They come before the
    /// fields, and so replace one of the same name.
    ///
    /// Most kinds need nothing here, so a new one may be left out: a message that uses more than
    /// the fields of its kind fails every test that writes it.
    fn beyond_fields(&self, facts: &Facts) -> Arguments {
        let chosen = |name, by: &'static str| vec![(name, key(by).into_argument())];
        match facts {
            Facts::Contributed { history, .. } => chosen("basis", self.basis_of(history)),
            Facts::Flips { history, .. } => {
                let counted = counted(history, self.lang, self.evidence);
                vec![("history", Argument::List(counted))]
            }
            Facts::SharesAttribute { n_matching, n_recent, .. } => {
                chosen("extent", extent(*n_matching, *n_recent))
            }
            Facts::ReviewersSay(opinions) => {
                let mut passed = chosen("sides", sides(opinions));
                passed.push(("aspect", aspect(&opinions.aspect, self.lang).into_argument()));
                passed
            }
            Facts::UnknownShopper { because } => chosen("basis", basis(*because, self.evidence)),
            Facts::AskedFor { by, .. } => chosen("wish", if *by < 0.0 { "less" } else { "more" }),
            Facts::Outranked { margin, .. } => {
                chosen("by", if *margin < 0.0 { "variety" } else { "score" })
            }
            Facts::WouldBe { rank_now, rank_then, .. } => {
                chosen("outcome", outcome(*rank_now, *rank_then))
            }
            Facts::Priced { price } => vec![("has_price", yes_or_no(price.is_some()))],
            _ => Vec::new(),
        }
    }

    /// What a history is called when it is referred to: records, or the sort of item on the page.
    fn basis_of(&self, history: &[HistoryRef]) -> &'static str {
        match history {
            [only] if only.event_id.is_none() => {
                Goods::of(self.evidence.item(&only.item_id).as_deref()).key()
            }
            [_] => "record",
            _ => "records",
        }
    }
}

/// How many of the recent items share something: the last one, all, or some.
pub(super) fn extent(n_matching: u32, n_recent: u32) -> &'static str {
    match (n_matching, n_recent) {
        (1, 1) => "last",
        (n, of) if n == of => "all",
        _ => "some",
    }
}

fn sides(opinions: &Opinions) -> &'static str {
    let Opinions { n_reviewers, n_positive, .. } = *opinions;
    match Sides::of(opinions) {
        Sides::Praise if n_positive == n_reviewers && n_reviewers > 1 => "all",
        Sides::Praise => "praise",
        Sides::Both => "both",
        Sides::FaultsFirst if n_positive == 0 => "faults",
        Sides::FaultsFirst => "faults-first",
    }
}

/// On which basis an unknown shopper is given something: the page, nothing, or nothing because
/// profiling is switched off.
pub(super) fn basis(because: Unknown, evidence: &dyn Evidence) -> &'static str {
    match because {
        Unknown::NoHistory if evidence.history().iter().any(|past| past.event_id.is_none()) => {
            "page"
        }
        Unknown::NoHistory => "nothing",
        Unknown::ProfilingOff => "off",
    }
}

fn outcome(now: Option<u32>, then: Option<u32>) -> &'static str {
    match (now, then) {
        (None, Some(_)) => "enters",
        (Some(_), None) => "leaves",
        (Some(now), Some(then)) if now == then => "stays",
        (Some(_), Some(_)) => "moves",
        (None, None) => "out",
    }
}
