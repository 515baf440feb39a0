//! The words of one review: an opening, one to three aspects, a closing.

use domain::Language;

use super::said;
use crate::catalogue::ItemTruth;
use crate::chance::{Chance, logistic};
use crate::grammar::{Grammar, Phrase};
use crate::phrasing::{capitalised, fill};

/// Content and tone of a review.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Brief {
    pub(crate) language: Language,
    pub(crate) stars: f64,
    pub(crate) gift: bool,
    pub(crate) again: bool,
}

impl Brief {
    /// `good`, `middling` or `bad`: the suffix of the text groups.
    fn mood(self) -> &'static str {
        match self.stars {
            s if s >= 4.0 => "good",
            s if s >= 3.0 => "middling",
            _ => "bad",
        }
    }
}

/// One thing said about one aspect.
#[derive(Debug, Clone, Copy)]
struct Remark {
    phrase: Phrase,
    praise: bool,
}

/// Headline and body; the body may be empty, as many are.
pub(crate) fn compose(
    grammar: &Grammar,
    item: &ItemTruth,
    brief: Brief,
    chance: &mut Chance,
) -> (String, String) {
    let title = *chance.pick(grammar.group(&format!("title-{}", brief.mood())));
    let title = said(title, brief.language).to_owned();
    if chance.hit(0.08) {
        return (title, String::new());
    }
    let opener = opener(grammar, item, brief, chance);
    let remarks = remarks(grammar, item, brief, chance);
    let closer = closer(grammar, &remarks, brief, chance);
    let body = match brief.language {
        Language::Zh => chinese(opener, &remarks, closer, brief.stars),
        Language::En => english(opener, &remarks, closer),
    };
    let noun = said(grammar.narrows[item.narrow].noun, brief.language);
    (title, fill(&body, |name| (name == "noun").then_some(noun)))
}

fn opener(
    grammar: &Grammar,
    item: &ItemTruth,
    brief: Brief,
    chance: &mut Chance,
) -> Option<Phrase> {
    let consumable = grammar.narrows[item.narrow].repeat_days.is_some();
    let group = if brief.gift {
        "opener-gift"
    } else if brief.again && consumable && brief.stars >= 3.0 {
        "opener-repeat"
    } else if chance.hit(0.45) {
        "opener"
    } else {
        return None;
    };
    Some(*chance.pick(grammar.group(group)))
}

/// Chooses one to three aspects, each praised or not by the stars and by its true quality; the
/// aspects that explain the stars come first.
fn remarks(grammar: &Grammar, item: &ItemTruth, brief: Brief, chance: &mut Chance) -> Vec<Remark> {
    let narrow = &grammar.narrows[item.narrow];
    let n = 1 + chance.geometric(0.8).min(2);
    let mut remarks: Vec<Remark> = chance
        .distinct(narrow.aspects.len(), n)
        .into_iter()
        .enumerate()
        .filter_map(|(place, i)| {
            let phrases = grammar.aspects.get(narrow.aspects[i])?;
            let odds = 1.6 * (brief.stars - 3.0) + 0.8 * item.aspect_quality[i];
            let praise = match brief.mood() {
                "good" if place == 0 => true,
                "bad" if place == 0 => false,
                _ => chance.hit(logistic(odds)),
            };
            let choices = if praise { &phrases.praise } else { &phrases.complaint };
            let phrase = *chance.pick(choices);
            Some(Remark { phrase, praise })
        })
        .collect();
    let praise_first = brief.stars >= 3.0;
    remarks.sort_by_key(|remark| remark.praise != praise_first);
    remarks
}

fn closer(
    grammar: &Grammar,
    remarks: &[Remark],
    brief: Brief,
    chance: &mut Chance,
) -> Option<Phrase> {
    let mixed = remarks.iter().any(|r| r.praise) && remarks.iter().any(|r| !r.praise);
    let mood = match brief.mood() {
        "good" if mixed => "middling",
        mood => mood,
    };
    let group = grammar.group(match mood {
        "good" => "closer-good",
        "bad" => "closer-bad",
        _ => "closer-middling",
    });
    chance.hit(0.4).then(|| *chance.pick(group))
}

fn chinese(
    opener: Option<Phrase>,
    remarks: &[Remark],
    closer: Option<Phrase>,
    stars: f64,
) -> String {
    let mut text = opener.map(|o| o.zh.to_owned() + "，").unwrap_or_default();
    for (i, remark) in remarks.iter().enumerate() {
        if i > 0 {
            let turns = remark.praise != remarks[i - 1].praise;
            text.push_str(if turns { "，不过" } else { "，" });
        }
        text.push_str(remark.phrase.zh);
    }
    text.push_str(if stars >= 5.0 && closer.is_none() { "！" } else { "。" });
    if let Some(closer) = closer {
        text.extend([closer.zh, "。"]);
    }
    text
}

fn english(opener: Option<Phrase>, remarks: &[Remark], closer: Option<Phrase>) -> String {
    let mut text = opener.map(|o| o.en.to_owned() + ". ").unwrap_or_default();
    for (i, remark) in remarks.iter().enumerate() {
        let clause = remark.phrase.en;
        match i {
            0 => text.push_str(&capitalised(clause)),
            _ if remark.praise != remarks[i - 1].praise => text.extend([", but ", clause]),
            _ => text.extend([". ", &capitalised(clause)]),
        }
    }
    text.push('.');
    if let Some(closer) = closer {
        text.extend([" ", closer.en, "."]);
    }
    text
}
