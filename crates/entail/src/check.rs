//! Whether a proposition follows from one of the claims.
//!
//! Every value and implication that a reading holds is compared with a fact; one that its
//! proposition does not know refuses the reading, so that no phrase of a table is overlooked.

mod counts;
mod history;
mod measured;

use claims::Facts;
use domain::EventKind;

use crate::Situation;
use crate::matching::{Captures, Value};
use crate::numbers::{Number, Share};

/// What the words before say to the words that follow.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Context {
    /// The steps of the history that were last spoken of: what “without them” means.
    pub(crate) prior: Vec<usize>,
    /// The last proposition only told such steps, so that one more joins them.
    pub(crate) joins: bool,
    /// “It” may mean another product than the recommended one here.
    pub(crate) is_other_topic: bool,
    /// The category or brand that was last spoken of.
    pub(crate) category: String,
    /// The other product that was last spoken of.
    pub(crate) other: Option<usize>,
    /// The sentence has said which days its counts are of.
    pub(crate) has_days: bool,
    /// The last proposition.
    pub(crate) last: String,
}

impl Context {
    /// The context after a full stop.
    pub(crate) fn of_next_sentence(&self) -> Self {
        Self { is_other_topic: false, has_days: false, ..self.clone() }
    }
}

/// The claim that a proposition follows from, and the context after it.
pub(crate) fn check(
    proposition: &str,
    captures: &Captures,
    context: &Context,
    situation: &Situation,
) -> Option<(usize, Context)> {
    let said = Said { captures, context, situation };
    if !said.is_known(proposition) || said.has("it") && context.is_other_topic {
        return None;
    }
    // “So” and “because” join nothing but what is not known of the shopper and what follows from it.
    if !said.deeds_beside() || said.has("so") && context.last != proposition {
        return None;
    }
    let follows = |facts: &&Facts| match proposition {
        "did" => history::did(&said, facts),
        "flip" => history::flip(&said, facts),
        "contributed" => history::contributed(&said, facts),
        "unknown" => matches!(facts, Facts::UnknownShopper { because: claims::Unknown::NoHistory }),
        "both" => counts::both(&said, facts),
        "viewed" => counts::viewed(&said, facts),
        "popular" => counts::popular(&said, facts),
        "opinions" => counts::opinions(&said, facts),
        "alike" => counts::alike(&said, facts),
        "similar" => measured::similar(&said, facts),
        "rated" => measured::rated(&said, facts),
        "varied" => measured::varied(&said, facts),
        _ => false,
    };
    let claim = situation.claims.iter().position(|facts| follows(&facts))?;
    Some((claim, said.context_after(proposition)))
}

/// A reading as the checks ask for it.
pub(crate) struct Said<'a> {
    captures: &'a Captures,
    context: &'a Context,
    situation: &'a Situation,
}

/// Names of values and implications that each proposition compares with facts.
const KNOWN: [(&str, &[&str]); 12] = [
    ("did", &["h", "act", "times", "prior"]),
    ("flip", &["h", "act", "prior", "x", "once", "count"]),
    ("contributed", &["h", "act", "prior", "f", "rel", "with", "without", "count", "most", "lift"]),
    ("unknown", &["so"]),
    ("both", &["samex", "n", "of", "x", "f", "rel", "lift", "lrel", "base", "tenth"]),
    ("viewed", &["n", "of", "x", "f", "rel", "samex"]),
    ("popular", &["n", "r", "first", "value", "days", "sofar", "samecat"]),
    ("opinions", &["of", "n", "neg", "all", "aspect", "none"]),
    ("alike", &["k", "n", "all", "value", "brand", "bare", "tail"]),
    ("similar", &["x", "term", "very", "samex"]),
    ("rated", &["m", "n", "rel", "top", "full"]),
    ("varied", &["score", "shown", "up", "here"]),
];

impl Said<'_> {
    fn is_known(&self, proposition: &str) -> bool {
        let beside = ["own", "self", "it", "xact", "xitem"];
        let known = KNOWN.iter().find(|(name, _)| *name == proposition);
        let names = known.map_or(&[] as &[&str], |(_, names)| names);
        self.captures
            .iter()
            .all(|(name, _)| names.contains(&name.as_str()) || beside.contains(&name.as_str()))
    }

    /// Whether a name is among the captures.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.captures.iter().any(|(known, _)| known == name)
    }

    fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s Value> + 's {
        self.captures.iter().filter(move |(known, _)| known == name).map(|(_, value)| value)
    }

    /// Numbers under a name.
    pub(crate) fn numbers(&self, name: &str) -> Vec<Number> {
        let number = |value: &Value| match value {
            Value::Number(number) => Some(*number),
            _ => None,
        };
        self.all(name).filter_map(number).collect()
    }

    /// Whether every number under a name is this count; true where there is none.
    pub(crate) fn counts(&self, name: &str, n: u32) -> bool {
        self.numbers(name).iter().all(|number| number.value == f64::from(n))
    }

    /// Texts under a name: categories, terms, the values of implications.
    pub(crate) fn words(&self, name: &str) -> Vec<&str> {
        self.captures
            .iter()
            .filter(|(known, _)| known == name)
            .filter_map(|(_, value)| match value {
                Value::Words(words) => Some(words.as_str()),
                _ => None,
            })
            .collect()
    }

    /// Products under a name, by their place among the titles, each once.
    pub(crate) fn products(&self, name: &str) -> Vec<usize> {
        let mut products: Vec<usize> = Vec::new();
        for value in self.all(name) {
            if let Value::Product(at) = value
                && !products.contains(at)
            {
                products.push(*at);
            }
        }
        products
    }

    /// Whether the other product is this one: named, or by “both” the one that was last spoken of.
    pub(crate) fn names_other(&self, id: &domain::ItemId) -> bool {
        let before = self.context.other.and_then(|at| self.situation.id(at)) == Some(id);
        match self.has("samex") {
            true => before,
            false => !self.products("x").is_empty() && self.names("x", id),
        }
    }

    /// Whether every product under a name is this one; true where there is none.
    pub(crate) fn names(&self, name: &str, id: &domain::ItemId) -> bool {
        self.products(name).iter().all(|at| self.situation.id(*at) == Some(id))
    }

    /// The steps of the history that are spoken of: named, or those before.
    pub(crate) fn steps(&self) -> Option<Vec<usize>> {
        let named = self.products("h");
        match (self.words("prior").first(), named.is_empty()) {
            (None, false) => Some(named),
            (Some(how), true) => {
                let prior = &self.context.prior;
                let fits = match *how {
                    "one" => prior.len() == 1,
                    "many" => prior.len() > 1,
                    _ => !prior.is_empty(),
                };
                fits.then(|| prior.clone())
            }
            _ => None,
        }
    }

    /// Whether the shopper did so with a product: the deeds of the claims say it.
    pub(crate) fn is_done(&self, at: usize, act: &str) -> bool {
        let Some(id) = self.situation.id(at) else { return false };
        let mut deeds = self.situation.deeds.iter().filter(|deed| deed.item_id == *id);
        deeds.any(|deed| match act {
            "bought" => deed.kind == EventKind::Purchase,
            "rated" => deed.kind == EventKind::Rate,
            "carted" => deed.kind == EventKind::Cart,
            "viewed" => matches!(deed.kind, EventKind::View | EventKind::Click),
            "any" => true,
            _ => false,
        })
    }

    /// “… the cakes you bought” beside another proposition: `xact`, of the products under `x`.
    fn deeds_beside(&self) -> bool {
        self.words("xact").iter().all(|act| {
            let products = self.products("x");
            !products.is_empty() && products.iter().all(|at| self.is_done(*at, act))
        })
    }

    /// Whether a share that is told agrees with the exact one.
    pub(crate) fn shares(&self, exact: f64) -> bool {
        let rel = self.words("rel").first().copied().unwrap_or("exact");
        self.all("f").all(|value| match value {
            Value::Share(share) => agrees(*share, rel, exact),
            _ => false,
        })
    }

    fn context_after(&self, proposition: &str) -> Context {
        let mut after = self.context.clone();
        let steps = self.products("h");
        after.joins = proposition == "did";
        proposition.clone_into(&mut after.last);
        after.has_days |= self.has("days");
        after.other = self.products("x").last().or(steps.last()).copied().or(after.other);
        if !steps.is_empty() {
            if !(self.context.joins && after.joins) {
                after.prior.clear();
            }
            after.prior.extend(
                steps
                    .into_iter()
                    .filter(|at| !self.context.prior.contains(at) || !self.context.joins),
            );
        } else if !matches!(proposition, "did" | "flip" | "contributed") {
            // “Without them” is only said of what was spoken of just before.
            after.prior.clear();
        }
        after.is_other_topic =
            !self.has("own") && !self.has("it") && !self.products("h").is_empty();
        if let Some(category) = self.words("value").first() {
            after.category = (*category).to_owned();
        }
        after
    }
}

/// Per cent are rounded; a fraction without an approximation is exact. The bounds of approximations
/// are stated here and nowhere else: “about” a fraction is within a twentieth of it, “over” up to
/// 15 % more, “just under” up to 8 % less; of per cent, “about” is the rounded value and the others
/// are within one. A neighbouring fraction or per cent is never within them.
fn agrees(told: Share, rel: &str, exact: f64) -> bool {
    let off = exact - told.value;
    let within = |fraction: f64, percent: f64| match told.is_percent {
        true => off.abs() <= percent,
        false => off.abs() <= fraction * told.value,
    };
    let whole = told.value < 1.0 || exact > 1.0 - 1e-9;
    match rel {
        "exact" => whole && within(1e-9, 0.005),
        "about" => whole && within(0.05, 0.005),
        "over" => off > 0.0 && within(0.15, 0.01),
        "under" => off < 0.0 && within(0.08, 0.01),
        _ => false,
    }
}

/// Whether a written number is the exact one, rounded half up to the digits that are written.
pub(crate) fn is_rounded(told: Number, exact: f64) -> bool {
    let half = 0.1f64.powi(i32::try_from(told.decimals).unwrap_or(0)) / 2.0;
    let off = exact - told.value;
    off >= -half - 1e-9 && off < half - 1e-9
}
