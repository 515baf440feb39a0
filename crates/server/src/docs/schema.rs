//! JSON schemas in a few words: what kind of value, and which fields.

use serde_json::Value;

use super::{entries, list, text};

/// The kind of value that is expected, e.g. `list of` [`Item`].
pub(super) struct Kind {
    /// Words before the name.
    pub(super) before: String,
    /// A plain type, or the name of a schema.
    pub(super) name: String,
    /// Whether the name is that of a schema on the page.
    pub(super) linked: bool,
}

/// One field or parameter.
pub(super) struct Field {
    /// Dotted below the first level.
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) required: bool,
    pub(super) about: String,
}

/// The parts of a named type.
pub(super) enum Shape {
    /// A single value.
    One(Kind),
    /// One of these values.
    Values(Vec<String>),
    /// These fields.
    Fields(Vec<Field>),
    /// Any of these.
    Choice(Vec<Variant>),
}

/// One of several shapes.
pub(super) struct Variant {
    pub(super) about: String,
    pub(super) kind: Option<Kind>,
    pub(super) fields: Vec<Field>,
}

impl Kind {
    pub(super) fn of(schema: &Value) -> Self {
        if let Some(reference) = schema["$ref"].as_str() {
            let name = reference.rsplit('/').next().unwrap_or(reference).to_owned();
            return Self { before: String::new(), name, linked: true };
        }
        if let Some(only) = only_choice(schema) {
            return Self::of(only);
        }
        if schema["type"] == "array" {
            let Self { before, name, linked } = Self::of(&schema["items"]);
            return Self { before: format!("list of {before}"), name, linked };
        }
        let plain = |name: String| Self { before: String::new(), name, linked: false };
        let values: Vec<String> = list(&schema["enum"]).map(text).collect();
        if !values.is_empty() {
            return plain(values.join(" | "));
        }
        match &schema["type"] {
            Value::String(name) => plain(name.clone()),
            Value::Array(names) => {
                let names = names.iter().filter(|name| *name != "null").map(text);
                plain(names.collect::<Vec<_>>().join(" or "))
            }
            _ => plain("any JSON value".to_owned()),
        }
    }
}

/// The schema behind `oneOf: [null, X]`, which is how optional fields are written.
fn only_choice(schema: &Value) -> Option<&Value> {
    let choices = ["oneOf", "anyOf", "allOf"].into_iter().flat_map(|word| list(&schema[word]));
    let real: Vec<&Value> = choices.filter(|choice| choice["type"] != "null").collect();
    if let [only] = real[..] { Some(only) } else { None }
}

impl Field {
    pub(super) fn of_parameter(parameter: &Value) -> Self {
        Self {
            name: text(&parameter["name"]),
            kind: Kind::of(&parameter["schema"]),
            required: parameter["required"] == true,
            about: text(&parameter["description"]),
        }
    }
}

impl Shape {
    pub(super) fn of(schema: &Value) -> Self {
        let choices: Vec<&Value> = list(&schema["oneOf"]).chain(list(&schema["anyOf"])).collect();
        if !choices.is_empty() {
            return Self::Choice(choices.into_iter().map(Variant::of).collect());
        }
        let values: Vec<String> = list(&schema["enum"]).map(text).collect();
        let fields = fields("", schema);
        match (values.is_empty(), fields.is_empty()) {
            (false, _) => Self::Values(values),
            (true, false) => Self::Fields(fields),
            (true, true) => Self::One(Kind::of(schema)),
        }
    }
}

impl Variant {
    fn of(schema: &Value) -> Self {
        let fields = fields("", schema);
        let kind = fields.is_empty().then(|| Kind::of(schema));
        Self { about: text(&schema["description"]), kind, fields }
    }
}

/// The fields of an object, those of nested objects with dotted names, and those of every part
/// of an `allOf`.
fn fields(prefix: &str, schema: &Value) -> Vec<Field> {
    let mut found = Vec::new();
    for part in list(&schema["allOf"]) {
        match part["$ref"].as_str() {
            Some(_) => found.push(Field {
                name: format!("{prefix}…"),
                kind: Kind::of(part),
                required: true,
                about: "its fields stand here".to_owned(),
            }),
            None => found.extend(fields(prefix, part)),
        }
    }
    for (property_name, property) in entries(&schema["properties"]) {
        let name = format!("{prefix}{property_name}");
        let nested = fields(&format!("{name}."), property);
        if nested.is_empty() || property["properties"].is_null() {
            found.push(Field {
                kind: Kind::of(property),
                required: list(&schema["required"]).any(|field| field == property_name),
                about: text(&property["description"]),
                name,
            });
        } else {
            found.extend(nested);
        }
    }
    found
}
