//! The fields of a claim's facts as arguments of its messages, by their names on the wire.
//!
//! What a field is ([`claims::Value`]) decides which arguments it becomes, so that a new kind of
//! claim needs no code here. Names of items, texts and the like differ from one place to another:
//! whoever makes the arguments passes a [`Naming`].

use claims::{Attribute, Facts, Lead, PopularScope, Slot, Unknown, Value, Window};
use domain::{Circumstance, Concept, HistoryRef, ItemId, Text, Timestamp};
use messages::{Argument, IntoArgument, decimal, key, percent};

use super::names::{bar_key, field_key};

/// Arguments of a message, by name.
pub type Arguments = Vec<(&'static str, Argument)>;

/// How one place names what facts speak of.
pub trait Naming {
    /// An item.
    fn item(&self, item: &ItemId) -> Argument;
    /// Steps of a history.
    fn history(&self, history: &[HistoryRef]) -> Argument;
    /// What a counterfactual changes.
    fn changes(&self, changes: &[claims::Change]) -> Argument;
    /// A text of the catalogue.
    fn text(&self, text: &Text) -> String;
    /// Words of the catalogue.
    fn words(&self, words: &[String]) -> Argument;
    /// What a shopper likes or asked for.
    fn concept(&self, concept: &Concept) -> String;
    /// An attribute of the shop's own.
    fn attribute(&self, name: &str) -> String;
    /// A field of the catalogue.
    fn field(&self, field: &claims::Field) -> String;
    /// A circumstance: its kind, its value, and a region's name.
    fn circumstance(&self, circumstance: &Circumstance) -> Arguments;
    /// The signal that does most for a difference, in words.
    fn signal(&self, signal: &str) -> String;
    /// A difference of scores.
    fn score(&self, score: f64) -> Argument;
    /// A calendar day.
    fn day(&self, time: Timestamp) -> Argument;
}

/// The arguments that facts are to the messages of their kind: `kind`, and those of every field.
#[must_use]
pub fn arguments(facts: &Facts, naming: &dyn Naming) -> Arguments {
    let mut arguments = vec![("kind", key(facts.kind().name()).into_argument())];
    arguments.extend(facts.slots().into_iter().flat_map(|slot| of_slot(slot, naming)));
    arguments
}

fn of_slot(Slot { name, value }: Slot<'_>, naming: &dyn Naming) -> Arguments {
    let of = |value: Argument| vec![(name, value)];
    match value {
        Value::Item(item) => of(naming.item(item)),
        Value::History(history) => {
            vec![(name, naming.history(history)), ("n_steps", history.len().into_argument())]
        }
        Value::Changes(changes) => of(naming.changes(changes)),
        Value::Text(text) => of(naming.text(text).into_argument()),
        Value::Texts(texts) => {
            let all = texts.iter().map(|text| naming.text(text)).collect();
            vec![(name, Argument::List(all)), ("n_values", texts.len().into_argument())]
        }
        Value::Words(words) => of(naming.words(words)),
        Value::Concept(concept) => of(naming.concept(concept).into_argument()),
        Value::Attribute(attribute) => of_attribute(attribute, naming),
        Value::Field(field) => {
            let sort = key(field_key(field)).into_argument();
            vec![("field", sort), ("field_name", naming.field(field).into_argument())]
        }
        Value::Scope(scope) => of_scope(scope, naming),
        Value::People(people) => of(people.n.into_argument()),
        Value::Count(n) | Value::RankShown(n) => of(n.into_argument()),
        // 0 is no rank.
        Value::Rank(rank) => of(rank.unwrap_or(0).into_argument()),
        Value::Share(share) => of(percent(share).into_argument()),
        Value::Cosine(cosine) => of(decimal(cosine, 2).into_argument()),
        Value::Ratio(ratio) => of(decimal(ratio, 1).into_argument()),
        Value::Stars(stars) => of(decimal(stars, 1).into_argument()),
        Value::Score(score) => of(naming.score(score)),
        Value::Leads(leads) => of_leads(leads, naming),
        Value::Money(Some(amount)) => of(amount.into_argument()),
        Value::Money(None) => of("".into_argument()),
        Value::Time(time) => of(naming.day(time)),
        Value::Window(window) => of_window(window),
        Value::Circumstance(circumstance) => naming.circumstance(circumstance),
        Value::Bar(bar) => of(key(bar_key(bar)).into_argument()),
        Value::Unknown(because) => of(key(unknown_key(because)).into_argument()),
        Value::Flag(holds) => of(yes_or_no(holds)),
        // Shown beside a sentence, never in it.
        Value::Passages(_) => Vec::new(),
    }
}

/// Whether something holds, as messages choose by it.
pub(super) fn yes_or_no(holds: bool) -> Argument {
    key(if holds { "yes" } else { "no" }).into_argument()
}

/// `attribute`, and the `name` of one of the shop's own.
fn of_attribute(attribute: &Attribute, naming: &dyn Naming) -> Arguments {
    let (sort, name) = match attribute {
        Attribute::Brand => ("brand", String::new()),
        Attribute::Category => ("category", String::new()),
        Attribute::Named(name) => ("named", naming.attribute(name)),
    };
    vec![("attribute", key(sort).into_argument()), ("name", name.into_argument())]
}

/// `scope`, and its `category` where it is one.
fn of_scope(scope: &PopularScope, naming: &dyn Naming) -> Arguments {
    let (sort, category) = match scope {
        PopularScope::Shop => ("shop", String::new()),
        PopularScope::Category { category } => ("category", naming.text(category)),
    };
    vec![("scope", key(sort).into_argument()), ("category", category.into_argument())]
}

/// `window`, and its `days` where it has a length.
fn of_window(window: Window) -> Arguments {
    let (sort, days) = match window {
        Window::AllTime => ("all_time", 0),
        Window::Days { days, .. } => ("days", days),
    };
    vec![("window", key(sort).into_argument()), ("days", days.into_argument())]
}

/// The `signal` that does most, and its `gap`; `has_lead` says whether one does anything.
fn of_leads(leads: &[Lead], naming: &dyn Naming) -> Arguments {
    let lead = leads.first().filter(|lead| lead.gap > 0.0);
    let signal = lead.map_or_else(String::new, |lead| naming.signal(&lead.signal));
    vec![
        ("has_lead", yes_or_no(lead.is_some())),
        ("signal", signal.into_argument()),
        ("gap", naming.score(lead.map_or(0.0, |lead| lead.gap))),
    ]
}

fn unknown_key(because: Unknown) -> &'static str {
    match because {
        Unknown::NoHistory => "no_history",
        Unknown::ProfilingOff => "profiling_off",
    }
}
