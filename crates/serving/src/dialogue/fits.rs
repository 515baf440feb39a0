//! Which items of a list fit a need: those whose own words or reviewers speak of every part of it.
//! Refuses to guess: what neither the catalogue nor a verified count of reviews says, fits nothing.

use claims::Facts;
use domain::{ItemId, Language};
use explain::{Evidence, asked};
use language::{Writing, writing};

use super::scene::{Draft, MOST_CLAIMS, Scene};

/// What stands before a need, the surest first.
const BEFORE_EN: [&[&str]; 3] = [
    &[
        "good for",
        "suitable for",
        "suited to",
        "suited for",
        "right for",
        "work for",
        "works for",
        "work with",
        "works with",
        "would suit",
        "suits",
        "suit",
        "fits",
        "fit",
        "made of",
    ],
    &["come in", "comes in", "for"],
    &["are", "is", "in", "with"],
];
/// Words that name no part of a need.
const EMPTY_EN: [&str; 46] = [
    "a", "an", "the", "my", "our", "your", "his", "her", "their", "some", "any", "one", "ones",
    "these", "those", "them", "this", "that", "it", "of", "to", "in", "on", "and", "or", "with",
    "which", "what", "would", "should", "could", "can", "best", "better", "most", "very", "really",
    "well", "who", "has", "have", "under", "below", "please", "there", "here",
];
const BEFORE_ZH: [&str; 7] = ["适合", "能用在", "能用于", "可以用在", "用于", "配得上", "有没有"];
const AFTER_ZH: [&str; 8] = ["用哪", "选哪", "的话", "哪个", "哪款", "哪一", "哪些", "有哪"];

/// The parts of the need that a question names.
pub(super) fn needed(text: &str, lang: Language) -> Vec<String> {
    let text = text.to_lowercase();
    match writing(lang) {
        Writing::Words => needed_en(&text),
        Writing::Characters => needed_zh(&text),
    }
}

fn needed_en(text: &str) -> Vec<String> {
    let kept = |c: char| if c.is_alphanumeric() || "-.'%".contains(c) { c } else { ' ' };
    let text: String = text.chars().map(kept).collect();
    let words: Vec<&str> =
        text.split_whitespace().map(|word| word.trim_matches(['.', '\''])).collect();
    let text = format!(" {} ", words.join(" "));
    let after = |before: &&&str| {
        let marked = format!(" {before} ");
        text.rfind(&marked).map(|at| text[at + marked.len() - 1..].to_owned())
    };
    let need = BEFORE_EN.iter().find_map(|sort| sort.iter().find_map(|before| after(&before)));
    let need = need.unwrap_or(text);
    let says = |word: &&str| {
        !EMPTY_EN.contains(word) && (word.len() > 1 || word.chars().all(char::is_numeric))
    };
    let priced = is_priced(&need);
    let number = |word: &str| word.chars().all(|c| c.is_ascii_digit() || c == '.');
    need.split_whitespace()
        .filter(says)
        .filter(|word| !(priced && number(word)))
        .map(str::to_owned)
        .collect()
}

fn needed_zh(text: &str) -> Vec<String> {
    let before = BEFORE_ZH.iter().find_map(|before| text.split_once(before).map(|(_, need)| need));
    let need = before.unwrap_or_else(|| {
        AFTER_ZH
            .iter()
            .find_map(|after| text.split_once(after))
            .map_or(text, |(need, rest)| if need.is_empty() { rest } else { need })
    });
    let cut = |c: char| !c.is_alphanumeric() || "的和、".contains(c);
    let frame = ["吗", "呢", "使用", "用", "这些", "这里面", "里面", "哪个", "哪款", "是", "好"];
    let trimmed = |part: &str| {
        let mut part = part;
        while let Some(shorter) = frame
            .iter()
            .find_map(|frame| part.strip_suffix(frame).or_else(|| part.strip_prefix(frame)))
        {
            part = shorter;
        }
        part.to_owned()
    };
    let parts = need.split(cut).map(trimmed).filter(|part| !part.is_empty());
    parts.filter(|part| !is_priced(part)).collect()
}

/// What is asked of "it" ("is it waterproof", 它防水吗), or which of its attributes is; `None` where
/// no thing in particular is asked for.
pub(super) fn asked_for(text: &str, lang: Language) -> Option<String> {
    let text = text.to_lowercase();
    let word = match writing(lang) {
        Writing::Words => asked_for_en(&text),
        Writing::Characters => asked_for_zh(&text),
    };
    word.filter(|word| word.chars().count() > 1)
}

/// Words that stand before what is asked of an item, and name no part of it.
const OPENING_EN: [&str; 20] = [
    "have", "has", "come", "comes", "also", "be", "get", "made", "used", "got", "contain",
    "contains", "include", "includes", "too", "usually", "actually", "still", "item", "product",
];

fn asked_for_en(text: &str) -> Option<String> {
    let kept = |c: char| if c.is_alphanumeric() || "-'".contains(c) { c } else { ' ' };
    let text: String = text.replace('’', "'").chars().map(kept).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    let says = |word: &&&str| !EMPTY_EN.contains(word) && !OPENING_EN.contains(word);
    let of = |words: &[&str]| {
        let told: Vec<&str> = words.iter().filter(says).copied().collect();
        (!told.is_empty()).then(|| told.join(" "))
    };
    match words.as_slice() {
        [
            "is" | "does" | "can" | "has" | "will" | "could" | "would" | "are",
            "it" | "this" | "that",
            rest @ ..,
        ] => of(rest),
        // “what colour is it”
        ["what" | "which", asked, "is" | "does" | "has", ..] => of(&[asked]),
        ["how", asked, "is", ..] if *asked != "much" => of(&[asked]),
        _ => None,
    }
}

const OPENING_ZH: [&str; 12] = [
    "可不可以",
    "能不能",
    "是不是",
    "有没有",
    "可以",
    "是否",
    "能够",
    "会不会",
    "能",
    "是",
    "有",
    "会",
];
const CLOSING_ZH: [&str; 6] = ["的吗", "吗", "么", "呢", "不", "的"];
/// Attributes that are asked for with other words than their name.
const ASKED_ZH: [&str; 12] = [
    "颜色", "尺寸", "尺码", "材质", "材料", "重量", "容量", "产地", "功率", "口味", "包装", "型号",
];

fn asked_for_zh(text: &str) -> Option<String> {
    if let Some(named) = ASKED_ZH.iter().find(|named| text.contains(*named)) {
        return Some((*named).to_owned());
    }
    let points = ["这一件", "这一个", "这个", "这款", "这件", "它"];
    let mut rest = points.iter().find_map(|word| text.split_once(word).map(|(_, rest)| rest))?;
    rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
    if !CLOSING_ZH[1..4].iter().any(|closing| rest.ends_with(closing)) {
        return None;
    }
    while let Some(shorter) = CLOSING_ZH.iter().find_map(|closing| rest.strip_suffix(closing)) {
        rest = shorter;
    }
    rest = OPENING_ZH.iter().find_map(|opening| rest.strip_prefix(opening)).unwrap_or(rest);
    Some(rest.to_owned())
}

fn is_priced(text: &str) -> bool {
    ["under", "below", "up to", "at most", "less than", "以下", "以内", "不超过"]
        .iter()
        .any(|word| text.contains(word))
}

/// Other spellings of a part of a need: `13-inch` as `13 inch`, `13in` and `13"`.
fn spellings(word: &str) -> Vec<String> {
    let mut spellings = vec![word.to_owned()];
    if word.contains('-') {
        spellings.push(word.replace('-', " "));
    }
    let inches = word.strip_suffix("inches").or_else(|| word.strip_suffix("inch"));
    let inches = inches.or_else(|| word.strip_suffix("英寸")).or_else(|| word.strip_suffix('寸'));
    if let Some(size) =
        inches.map(|size| size.trim_end_matches('-')).filter(|size| !size.is_empty())
    {
        let units = ["-inch", " inch", " inches", "\"", "英寸", "寸"];
        spellings.extend(units.map(|unit| format!("{size}{unit}")));
    }
    spellings
}

impl Scene<'_> {
    /// The items of the last list that fit, each with what says so; none where nothing does.
    pub(super) fn which_fits(&self, words: &[String], at_most: Option<f64>) -> Draft {
        let affordable = |id: &&ItemId| {
            at_most.is_none_or(|most| {
                let price = self.evidence.item(id).and_then(|item| item.price);
                price.is_some_and(|price| price.major() <= most)
            })
        };
        let mut draft = Draft::default();
        let mut fitting = Vec::new();
        for id in self.listed().iter().filter(affordable) {
            let says: Option<Vec<Facts>> = words.iter().map(|word| self.says(id, word)).collect();
            let priced = at_most.and_then(|_| asked::priced(id, self.evidence));
            let Some(says) = says else { continue };
            let facts = says.into_iter().chain(priced).map(|facts| (id.clone(), facts));
            let facts: Vec<(ItemId, Facts)> = facts.collect();
            // An item is named only where all that speaks for it is told.
            let is_told = self.verified(facts.clone()).len() == facts.len();
            if is_told && draft.facts.len() + facts.len() <= MOST_CLAIMS {
                draft.facts.extend(facts);
                fitting.push(id.clone());
            }
        }
        draft.items = (!fitting.is_empty()).then_some(fitting);
        draft
    }

    /// What says a word of an item: its own texts, or a count of reviewers who speak of it and
    /// praise it no less than they find fault.
    pub(super) fn says(&self, id: &ItemId, word: &str) -> Option<Facts> {
        let spellings = spellings(word);
        let own = spellings.iter().find_map(|word| asked::mentions(id, word, self.evidence));
        own.or_else(|| {
            let speaks = |opinions: &claims::Opinions| {
                let of_it = |name: &str| {
                    spellings.iter().any(|word| domain::correction::has_word(name, word))
                };
                opinions.n_positive >= opinions.n_negative && opinions.aspect.versions().any(of_it)
            };
            self.evidence.opinions(id).into_iter().find(speaks).map(Facts::ReviewersSay)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_need_is_what_follows_the_words_that_ask_for_it() {
        for (question, need) in [
            ("which of these fits a 13-inch laptop?", vec!["13-inch", "laptop"]),
            ("which one is good for dry skin", vec!["dry", "skin"]),
            ("which of these would work for oily hair", vec!["oily", "hair"]),
            ("any of these in red", vec!["red"]),
        ] {
            assert_eq!(needed(question, Language::En), need, "{question}");
        }
        for (question, need) in [
            ("哪个适合干性皮肤？", vec!["干性皮肤"]),
            ("油性头发用哪个", vec!["油性头发"]),
            ("哪些是羊毛的", vec!["羊毛"]),
        ] {
            assert_eq!(needed(question, Language::Zh), need, "{question}");
        }
    }

    #[test]
    fn what_is_asked_of_it_is_found() {
        for (question, lang, asked) in [
            ("Is it waterproof?", Language::En, Some("waterproof")),
            ("does this have a lid", Language::En, Some("lid")),
            ("what colour is it?", Language::En, Some("colour")),
            ("tell me about it", Language::En, None),
            ("它防水吗？", Language::Zh, Some("防水")),
            ("这个是纯棉的吗", Language::Zh, Some("纯棉")),
            ("它是什么颜色", Language::Zh, Some("颜色")),
            ("介绍一下它", Language::Zh, None),
        ] {
            assert_eq!(asked_for(question, lang).as_deref(), asked, "{question}");
        }
    }

    #[test]
    fn a_size_is_known_in_its_other_spellings() {
        assert!(spellings("13-inch").contains(&"13\"".to_owned()));
        assert!(spellings("13-inch").contains(&"13 inch".to_owned()));
        assert_eq!(spellings("wool"), ["wool"]);
    }
}
