//! What words mean after what was said before: "the other one", "and the second?", "these two", and
//! a yes to whether something is meant.
//!
//! Refuses to read anything into a first question.

use domain::{ItemId, Language};
use explain::dialogue::{Intent, mentioned};
use language::{Writing, writing};

use super::Question;
use super::memory::Turn;
use super::scene::{Scene, Talk};

/// The words of a question that only points: with one of the others before it, it asks of another
/// item what was asked before.
const POINTING_EN: [&str; 30] = [
    "and", "what", "how", "about", "then", "so", "ok", "same", "for", "the", "a", "one", "item",
    "it", "this", "that", "other", "first", "second", "third", "fourth", "fifth", "sixth",
    "seventh", "eighth", "ninth", "tenth", "last", "number", "please",
];
const POINTING_ZH: &str = "那这个款件另外一二三四五六七八九十第最后还有它呢再和";
const OPENERS: [&str; 4] = ["what about ", "how about ", "same for ", "and for "];
const YES_EN: [&str; 9] = [
    "yes",
    "yes please",
    "confirm",
    "i confirm",
    "do it",
    "go ahead",
    "sure",
    "i'm sure",
    "yes i am sure",
];
const YES_ZH: [&str; 9] = ["是", "是的", "确认", "确定", "对", "好", "好的", "删吧", "没错"];

impl Talk {
    /// The item of the page is what "this" means, unless the conversation went on from it.
    pub(super) fn new(looked_at: Option<&ItemId>, turns: Vec<Turn>) -> Self {
        let spoken_of = turns.iter().rev().find_map(|turn| turn.items.first());
        let is_new = turns.last().is_none_or(|turn| turn.looked_at.as_ref() != looked_at);
        let focus = match is_new {
            true => looked_at.or(spoken_of),
            false => spoken_of.or(looked_at),
        };
        Self { focus: focus.cloned(), turns }
    }

    fn asked_last(&self) -> Option<&Question> {
        self.turns.last()?.question.as_ref()
    }

    /// A typed question; what was not asked whether it is meant, is asked first.
    pub(super) fn meant(&self, ask: &Question) -> Question {
        let awaited = self.asked_last().and_then(Question::confirmed);
        match ask {
            Question::ForgetMe { confirmed: true } if awaited.as_ref() != Some(ask) => {
                Question::ForgetMe { confirmed: false }
            }
            Question::StopProfiling { confirmed: true } if awaited.as_ref() != Some(ask) => {
                Question::StopProfiling { confirmed: false }
            }
            other => other.clone(),
        }
    }

    /// What a yes confirms.
    pub(super) fn confirmed_by(&self, text: &str, lang: Language) -> Option<Question> {
        let awaited = self.asked_last()?.confirmed()?;
        let text = folded(text);
        let yes: &[&str] = match writing(lang) {
            Writing::Words => &YES_EN,
            Writing::Characters => &YES_ZH,
        };
        yes.contains(&text.as_str()).then_some(awaited)
    }

    /// The last two items that were spoken of, in the order they were named.
    pub(super) fn pair(&self) -> Option<(ItemId, ItemId)> {
        let mut later: Option<&ItemId> = None;
        for turn in self.turns.iter().rev() {
            match (later, turn.items.as_slice()) {
                (None, [a, b, ..]) => return Some((a.clone(), b.clone())),
                (None, [a]) => later = Some(a),
                (Some(later), [a, ..]) if a != later => return Some((a.clone(), later.clone())),
                _ => {}
            }
        }
        None
    }

    /// What "the other one" means: of the last two that were spoken of, or of a list of two, the one
    /// that is not "this".
    fn other(&self) -> Option<ItemId> {
        let focus = self.focus.as_ref()?;
        let listed = self.turns.last().map(|turn| turn.list.as_slice());
        let pair = self.pair().or_else(|| match listed {
            Some([a, b]) => Some((a.clone(), b.clone())),
            _ => None,
        });
        let (a, b) = pair?;
        if a == *focus { Some(b) } else { (b == *focus).then_some(a) }
    }
}

impl Scene<'_> {
    /// The list that places are counted in: the one that was answered with last.
    pub(super) fn listed(&self) -> &[ItemId] {
        match self.talk.turns.last() {
            Some(turn) if !turn.list.is_empty() => &turn.list,
            _ => &self.shown,
        }
    }

    /// The item that words point at without naming it.
    pub(super) fn pointed_at(&self, text: &str) -> Option<ItemId> {
        let text = text.to_lowercase();
        let at = |words: &str| {
            let (_, rest) = text.split_once(words)?;
            // "the other brand" is no item.
            let names_more = ["brand", "品牌", "牌子"].iter().any(|more| rest.contains(more));
            (!names_more).then_some(())
        };
        let others = ["the other", "other one", "另一个", "另一款", "另外一个", "另外那个"];
        others.into_iter().find_map(at).and_then(|()| self.talk.other())
    }

    /// What was asked before, asked of another item; `None` for a question of its own.
    pub(super) fn follows_up(&self, intent: Intent, text: &str) -> Option<Question> {
        let before = self.talk.asked_last()?;
        let text = folded(text);
        let is_pointing = match writing(self.lang) {
            Writing::Words => points_en(&text),
            Writing::Characters => points_zh(&text),
        };
        let opener = OPENERS.iter().find_map(|opener| text.strip_prefix(opener));
        let subject = opener.or_else(|| text.strip_suffix('呢'));
        let names_another = intent == Intent::Unknown && subject.is_some();
        if !is_pointing && !names_another {
            return None;
        }
        let said = match is_pointing {
            true => text.as_str(),
            false => subject.unwrap_or_default(),
        };
        let named = self.items(&mentioned(said, self.lang), said).into_iter().next();
        let says_this = is_pointing && !["other", "另"].iter().any(|word| text.contains(word));
        let item = named.or_else(|| says_this.then(|| self.talk.focus.clone()).flatten())?;
        before.of(item)
    }
}

fn points_en(text: &str) -> bool {
    let known =
        |word: &str| POINTING_EN.contains(&word) || word.chars().all(|c| c.is_ascii_digit());
    let goes_on = ["and ", "what about ", "how about ", "same for "];
    goes_on.iter().any(|start| text.starts_with(start)) && text.split(' ').all(known)
}

fn points_zh(text: &str) -> bool {
    let known = |c: char| POINTING_ZH.contains(c) || c.is_ascii_digit();
    let goes_on = text.ends_with('呢') || text.starts_with('那') || text.starts_with('还');
    goes_on && text.chars().filter(|c| !c.is_whitespace()).all(known)
}

/// Lower case, without punctuation.
fn folded(text: &str) -> String {
    let kept = |c: char| if c.is_alphanumeric() || c == '\'' || c == '-' { c } else { ' ' };
    let text: String = text.to_lowercase().replace('’', "'").chars().map(kept).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
