//! Reads the hand-written grammars in `grammar/*.txt`: categories, phrases, and which go together.
//!
//! Responsible for their form; `catalogue` and `reviews` choose from them. Lines of a catalogue
//! file:
//!
//! ```text
//! == key | zh | en                  a wide category; `brands:` under it hold for all of it
//! = key | zh | en | zh noun | en noun    a narrow category
//! price median spread lowest highest     CNY; spread is the standard deviation of the log
//! repeat days      bought again after about that long
//! peak month strength    log-scale swing of demand around the year, highest in that month
//! gift weight      how often it is given (1 where missing)
//! aspects a b c    what its reviews talk about
//! slot: zh ~ en ~ style *price | …       values; `-` is no style, the factor may be missing
//! never a & b, c   zh values that make no sense together
//! > zh ~ en        a title      " zh ~ en    a sentence of a description
//! ```

use std::collections::BTreeMap;

use domain::{Invalid, Text};

use crate::style::Style;

const CATALOGUE: [&str; 10] = [
    include_str!("../grammar/beauty.txt"),
    include_str!("../grammar/home.txt"),
    include_str!("../grammar/kitchen.txt"),
    include_str!("../grammar/electronics.txt"),
    include_str!("../grammar/outdoors.txt"),
    include_str!("../grammar/books.txt"),
    include_str!("../grammar/tea.txt"),
    include_str!("../grammar/baby.txt"),
    include_str!("../grammar/pets.txt"),
    include_str!("../grammar/sports.txt"),
];

/// The same thing said in both languages; may hold `{slot}`s.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) zh: &'static str,
    pub(crate) en: &'static str,
}

impl Phrase {
    pub(crate) fn text(self) -> Text {
        Text::both(self.zh, self.en)
    }
}

/// One value of an attribute, or one brand.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Value {
    pub(crate) phrase: Phrase,
    pub(crate) style: Option<Style>,
    /// Factor on the price.
    pub(crate) price: f64,
}

/// An attribute and the values it takes.
#[derive(Debug, Clone)]
pub(crate) struct Slot {
    pub(crate) name: &'static str,
    pub(crate) values: Vec<Value>,
}

/// Prices of a category, in CNY.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PriceBand {
    pub(crate) median: f64,
    pub(crate) spread: f64,
    pub(crate) lowest: f64,
    pub(crate) highest: f64,
}

/// A narrow category.
#[derive(Debug, Clone)]
pub(crate) struct Narrow {
    pub(crate) key: &'static str,
    pub(crate) top_key: &'static str,
    pub(crate) top: Phrase,
    pub(crate) name: Phrase,
    pub(crate) noun: Phrase,
    pub(crate) price: PriceBand,
    pub(crate) repeat_days: Option<f64>,
    /// Month of highest demand and strength of the swing.
    pub(crate) peak: Option<(f64, f64)>,
    pub(crate) gift: f64,
    pub(crate) aspects: Vec<&'static str>,
    pub(crate) brands: Vec<Value>,
    pub(crate) slots: Vec<Slot>,
    /// Values (zh) that make no sense together.
    pub(crate) never: Vec<(&'static str, &'static str)>,
    pub(crate) titles: Vec<Phrase>,
    pub(crate) sentences: Vec<Phrase>,
}

impl Narrow {
    /// Whether these values, one of each slot, can be one product.
    pub(crate) fn makes_sense(&self, values: &[usize]) -> bool {
        let chosen = || self.slots.iter().zip(values).map(|(slot, v)| slot.values[*v].phrase.zh);
        let has = |zh: &str| chosen().any(|value| value == zh);
        !self.never.iter().any(|(a, b)| has(a) && has(b))
    }

    /// Geometric mean of the price factors of everything that can be chosen, so that the median
    /// of the band is the median of the category.
    pub(crate) fn usual_factor(&self) -> f64 {
        let mean_log = |values: &[Value]| {
            values.iter().map(|v| v.price.ln()).sum::<f64>() / values.len().max(1) as f64
        };
        let slots: f64 = self.slots.iter().map(|slot| mean_log(&slot.values)).sum();
        (slots + mean_log(&self.brands)).exp()
    }
}

/// How one aspect is praised and complained about.
#[derive(Debug, Clone, Default)]
pub(crate) struct AspectPhrases {
    pub(crate) praise: Vec<Phrase>,
    pub(crate) complaint: Vec<Phrase>,
}

/// All grammars of the shop.
#[derive(Debug)]
pub(crate) struct Grammar {
    pub(crate) narrows: Vec<Narrow>,
    /// For each narrow category, the categories that go with it and their shares.
    pub(crate) complements: Vec<Vec<(usize, f64)>>,
    pub(crate) aspects: BTreeMap<&'static str, AspectPhrases>,
    pub(crate) groups: BTreeMap<&'static str, Vec<Phrase>>,
}

impl Grammar {
    /// The grammars that are part of this crate.
    pub(crate) fn embedded() -> Self {
        Self::read().expect("the embedded grammars are read by a test")
    }

    fn read() -> Result<Self, Invalid> {
        let mut narrows = Vec::new();
        for file in CATALOGUE {
            narrows.extend(read_catalogue(file)?);
        }
        let complements = read_complements(include_str!("../grammar/complements.txt"), &narrows)?;
        Ok(Self {
            narrows,
            complements,
            aspects: read_aspects(include_str!("../grammar/aspects.txt"))?,
            groups: read_groups(include_str!("../grammar/reviews.txt"))?,
        })
    }

    /// Position of a narrow category.
    pub(crate) fn narrow_idx(&self, key: &str) -> Option<usize> {
        self.narrows.iter().position(|n| n.key == key)
    }

    /// The texts of a review group, e.g. `closer-good`.
    pub(crate) fn group(&self, name: &str) -> &[Phrase] {
        self.groups.get(name).map_or(&[], Vec::as_slice)
    }
}

fn bad(problem: &'static str, line: &str) -> Invalid {
    Invalid::new("grammar", problem, line, "see the header of src/grammar.rs")
}

fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn phrase(raw: &'static str) -> Result<Phrase, Invalid> {
    match raw.split_once(" ~ ") {
        Some((zh, en)) if !zh.trim().is_empty() && !en.trim().is_empty() => {
            Ok(Phrase { zh: zh.trim(), en: en.trim() })
        }
        _ => Err(bad("has no `zh ~ en`", raw)),
    }
}

fn value(raw: &'static str) -> Result<Value, Invalid> {
    let (words, tail) = raw.rsplit_once(" ~ ").ok_or_else(|| bad("has no style", raw))?;
    let (style, price) = match tail.split_once('*') {
        Some((style, factor)) => (style.trim(), number(factor)?),
        None => (tail.trim(), 1.0),
    };
    let style = match style {
        "-" => None,
        name => Some(Style::named(name).ok_or_else(|| bad("names an unknown style", raw))?),
    };
    Ok(Value { phrase: phrase(words)?, style, price })
}

fn values(raw: &'static str) -> Result<Vec<Value>, Invalid> {
    raw.split(" | ").map(value).collect()
}

fn number(raw: &str) -> Result<f64, Invalid> {
    raw.trim().parse().map_err(|_| bad("is not a number", raw))
}

fn numbers<const N: usize>(raw: &str) -> Result<[f64; N], Invalid> {
    let all: Vec<f64> = raw.split_whitespace().map(number).collect::<Result<_, _>>()?;
    all.try_into().map_err(|_| bad("has the wrong count of numbers", raw))
}

fn fields<const N: usize>(raw: &'static str) -> Result<[&'static str; N], Invalid> {
    let all: Vec<&str> = raw.split('|').map(str::trim).collect();
    all.try_into().map_err(|_| bad("has the wrong count of fields", raw))
}

fn read_catalogue(file: &'static str) -> Result<Vec<Narrow>, Invalid> {
    let mut top = ("", Phrase { zh: "", en: "" });
    let mut top_brands = Vec::new();
    let mut narrows: Vec<Narrow> = Vec::new();
    for line in lines(file) {
        if let Some(rest) = line.strip_prefix("== ") {
            let [key, zh, en] = fields(rest)?;
            top = (key, Phrase { zh, en });
        } else if let Some(rest) = line.strip_prefix("= ") {
            narrows.push(new_narrow(rest, top, &top_brands)?);
        } else if let Some(narrow) = narrows.last_mut() {
            read_narrow_line(narrow, line)?;
        } else if let Some(rest) = line.strip_prefix("brands: ") {
            top_brands = values(rest)?;
        } else {
            return Err(bad("stands before any category", line));
        }
    }
    Ok(narrows)
}

fn new_narrow(
    rest: &'static str,
    (top_key, top): (&'static str, Phrase),
    brands: &[Value],
) -> Result<Narrow, Invalid> {
    let [key, zh, en, noun_zh, noun_en] = fields(rest)?;
    Ok(Narrow {
        key,
        top_key,
        top,
        name: Phrase { zh, en },
        noun: Phrase { zh: noun_zh, en: noun_en },
        price: PriceBand { median: 50.0, spread: 0.3, lowest: 5.0, highest: 500.0 },
        repeat_days: None,
        peak: None,
        gift: 1.0,
        aspects: Vec::new(),
        brands: brands.to_vec(),
        slots: Vec::new(),
        never: Vec::new(),
        titles: Vec::new(),
        sentences: Vec::new(),
    })
}

fn read_narrow_line(narrow: &mut Narrow, line: &'static str) -> Result<(), Invalid> {
    let (word, rest) = line.split_once(' ').ok_or_else(|| bad("is one word", line))?;
    match word {
        "price" => {
            let [median, spread, lowest, highest] = numbers(rest)?;
            narrow.price = PriceBand { median, spread, lowest, highest };
        }
        "repeat" => narrow.repeat_days = Some(number(rest)?),
        "peak" => {
            let [month, strength] = numbers(rest)?;
            narrow.peak = Some((month, strength));
        }
        "gift" => narrow.gift = number(rest)?,
        "aspects" => narrow.aspects = rest.split_whitespace().collect(),
        "never" => {
            let (one, others) = rest.split_once(" & ").ok_or_else(|| bad("has no `&`", line))?;
            narrow.never.extend(others.split(", ").map(|other| (one, other)));
        }
        "brands:" => narrow.brands = values(rest)?,
        ">" => narrow.titles.push(phrase(rest)?),
        "\"" => narrow.sentences.push(phrase(rest)?),
        _ => {
            let name = word.strip_suffix(':').ok_or_else(|| bad("is not understood", line))?;
            let values = values(rest)?;
            narrow.slots.push(Slot { name, values });
        }
    }
    Ok(())
}

fn read_complements(
    file: &'static str,
    narrows: &[Narrow],
) -> Result<Vec<Vec<(usize, f64)>>, Invalid> {
    let find = |key: &str, line| {
        let found = narrows.iter().position(|n| n.key == key.trim());
        found.ok_or_else(|| bad("names an unknown category", line))
    };
    let mut complements = vec![Vec::new(); narrows.len()];
    for line in lines(file) {
        let (from, rest) = line.split_once('>').ok_or_else(|| bad("has no `>`", line))?;
        for edge in rest.split(',') {
            let (to, share) = edge
                .trim()
                .rsplit_once(' ')
                .ok_or_else(|| bad("has an edge without a share", line))?;
            complements[find(from, line)?].push((find(to, line)?, number(share)?));
        }
    }
    Ok(complements)
}

fn read_aspects(file: &'static str) -> Result<BTreeMap<&'static str, AspectPhrases>, Invalid> {
    let mut aspects = BTreeMap::new();
    let mut current = "";
    for line in lines(file) {
        let (mark, rest) = line.split_once(' ').ok_or_else(|| bad("is one word", line))?;
        if mark == "=" {
            current = rest;
            continue;
        }
        let aspect: &mut AspectPhrases = aspects.entry(current).or_default();
        match mark {
            "+" => aspect.praise.push(phrase(rest)?),
            "-" => aspect.complaint.push(phrase(rest)?),
            _ => return Err(bad("is neither praise nor complaint", line)),
        }
    }
    Ok(aspects)
}

fn read_groups(file: &'static str) -> Result<BTreeMap<&'static str, Vec<Phrase>>, Invalid> {
    let mut groups: BTreeMap<&str, Vec<Phrase>> = BTreeMap::new();
    let mut current = "";
    for line in lines(file) {
        match line.split_once(' ') {
            Some(("=", name)) => current = name,
            Some(("\"", rest)) => groups.entry(current).or_default().push(phrase(rest)?),
            _ => return Err(bad("is neither a group nor a text", line)),
        }
    }
    Ok(groups)
}

#[cfg(test)]
mod tests;
