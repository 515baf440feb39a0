//! Reads the sets and puts their situations together. What the shopper did stands in the grammar's
//! own sentences of a situation only.

use claims::Facts;
use domain::{EventKind, ItemId, Language, Text};
use entail::{Deed, Product, Situation};
use serde_json::Value;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../language/tests/wordings");

/// Half of a set.
#[derive(Clone, Copy)]
pub(crate) enum Half {
    /// To develop with.
    Dev,
    /// For the figure only.
    HeldOut,
}

/// A text and the facts it is judged by.
pub(crate) struct Wording {
    /// Its id.
    pub(crate) id: String,
    /// The text.
    pub(crate) text: String,
    /// The facts.
    pub(crate) situation: Situation,
}

/// The texts of a set in a language.
pub(crate) fn wordings(set: &str, half: Half, lang: Language) -> Vec<Wording> {
    let half = match half {
        Half::Dev => "dev",
        Half::HeldOut => "held-out",
    };
    let situations = lines("situations.jsonl");
    let code = if lang == Language::En { "en" } else { "zh" };
    let of_lang = |row: &Value| row["lang"] == code;
    let wording = |row: &Value| {
        let known = situations.iter().find(|known| known["id"] == row["situation"]).unwrap();
        Wording {
            id: string(&row["id"]),
            text: string(&row["text"]),
            situation: situation(known, lang),
        }
    };
    lines(&format!("{set}.{half}.jsonl")).iter().filter(|row| of_lang(row)).map(wording).collect()
}

fn lines(name: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(format!("{FOLDER}/{name}")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn string(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn situation(row: &Value, lang: Language) -> Situation {
    let product = |id: &str, title: &Value| Product {
        id: ItemId::new(id).unwrap(),
        title: serde_json::from_value::<Text>(title.clone()).unwrap().in_language(lang).to_owned(),
    };
    let titles = row["titles"].as_object().unwrap();
    let claims = row["claims"].as_array().unwrap();
    let claims: Vec<Facts> =
        claims.iter().map(|claim| serde_json::from_value(claim.clone()).unwrap()).collect();
    let english = |(id, title): (&String, &Value)| {
        let title: Text = serde_json::from_value(title.clone()).unwrap();
        (ItemId::new(id).unwrap(), title.in_language(Language::En).to_owned())
    };
    let names: Vec<(ItemId, String)> = titles.iter().map(english).collect();
    Situation {
        lang,
        own: product(row["item_id"].as_str().unwrap(), &row["title"]),
        others: titles.iter().map(|(id, title)| product(id, title)).collect(),
        claims,
        deeds: deeds(row["en"].as_str().unwrap(), &names),
    }
}

/// `you bought “X” (one of the times)`.
fn deeds(sentences: &str, names: &[(ItemId, String)]) -> Vec<Deed> {
    let verbs = [
        ("you bought “", EventKind::Purchase),
        ("and bought “", EventKind::Purchase),
        ("you rated “", EventKind::Rate),
        ("you put into your cart “", EventKind::Cart),
        ("you looked at “", EventKind::View),
    ];
    let mut deeds = Vec::new();
    for (verb, kind) in verbs {
        for part in sentences.split(verb).skip(1) {
            let (title, rest) = part.split_once('”').unwrap();
            let title = title.trim_end_matches('…');
            let item_id = names.iter().find(|(_, name)| name.starts_with(title));
            let one_of_several = rest.starts_with(" (one of the times)");
            let item_id = item_id.unwrap_or_else(|| panic!("{title} is named")).0.clone();
            deeds.push(Deed { item_id, kind, one_of_several });
        }
    }
    deeds
}
