//! Simple values of JSON objects, whatever type the sender chose for them: exporters write numbers
//! as texts and ids as numbers. A value of a wrong type is named by its field, not by a column of
//! the line. The parsers know the fields.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use cells::fault::Fault;
use cells::truth;
use cells::value::{self, present};
use cells::values::Values;
use domain::{Currency, Money, Timestamp};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

/// One value: a text, a number, true or false. Of anything else its kind is kept.
#[derive(Debug, Clone, Default)]
pub(crate) enum Scalar<'a> {
    #[default]
    Missing,
    Text(Cow<'a, str>),
    Whole(i64),
    Fraction(f64),
    Truth(bool),
    Other(&'static str),
}

impl<'a> Scalar<'a> {
    /// Whether there is a value.
    pub(crate) fn is_there(&self) -> bool {
        match self {
            Self::Missing => false,
            Self::Text(text) => present(text).is_some(),
            _ => true,
        }
    }

    /// A text; a number is the text of its digits. Blank texts and words for nothing are none.
    pub(crate) fn text(&self, name: &'static str) -> Result<Option<Cow<'_, str>>, Fault> {
        match self {
            Self::Missing => Ok(None),
            Self::Text(text) => Ok(present(text).map(Cow::Borrowed)),
            Self::Whole(number) => Ok(Some(Cow::Owned(number.to_string()))),
            Self::Fraction(number) => Ok(Some(Cow::Owned(number.to_string()))),
            Self::Truth(_) | Self::Other(_) => Err(self.wrong(name, "a text")),
        }
    }

    /// As [`Scalar::text`], owned.
    pub(crate) fn owned(&self, name: &'static str) -> Result<Option<String>, Fault> {
        Ok(self.text(name)?.map(Cow::into_owned))
    }

    /// A whole number.
    pub(crate) fn whole(&self, name: &'static str) -> Result<Option<i64>, Fault> {
        let text = self.text(name).map_err(|_| self.wrong(name, "a whole number"))?;
        let number = |text: Cow<'_, str>| {
            let wrong = || Fault::new(name, &text, "is not a whole number; write it like 6");
            text.parse().map_err(|_| wrong())
        };
        text.map(number).transpose()
    }

    /// A finite number.
    pub(crate) fn number(&self, name: &'static str, values: &Values) -> Result<Option<f64>, Fault> {
        match self {
            Self::Whole(number) => Ok(Some(*number as f64)),
            Self::Fraction(number) => Ok(Some(*number)),
            _ => {
                let raw = self.text(name).map_err(|_| self.wrong(name, "a number"))?;
                raw.map(|raw| values.number(name, &raw)).transpose()
            }
        }
    }

    /// Whether it says yes; `None` where it says nothing.
    pub(crate) fn truth(&self, name: &'static str) -> Result<Option<bool>, Fault> {
        if let Self::Truth(truth) = self {
            return Ok(Some(*truth));
        }
        let raw = self.text(name)?;
        raw.map(|raw| truth::of(name, &raw)).transpose()
    }

    /// Whether it says yes.
    pub(crate) fn is_true(&self) -> bool {
        self.truth("").is_ok_and(|truth| truth == Some(true))
    }

    /// How many.
    pub(crate) fn quantity(
        &self,
        name: &'static str,
        values: &Values,
    ) -> Result<Option<i64>, Fault> {
        let raw = self.text(name).map_err(|_| self.wrong(name, "a whole number"))?;
        raw.map(|raw| match self {
            Self::Text(_) => values.quantity(name, &raw),
            _ => value::quantity(name, &raw),
        })
        .transpose()
    }

    /// Reads an amount of money; `own` is the currency that stands beside it. A number has a point
    /// before its decimals, whatever the texts of the file have.
    pub(crate) fn money(
        &self,
        name: &'static str,
        values: &Values,
        own: Option<Currency>,
    ) -> Result<Option<Money>, Fault> {
        let raw = self.text(name).map_err(|_| self.wrong(name, "a number"))?;
        raw.map(|raw| match self {
            Self::Text(_) => values.money(name, &raw, own),
            _ => values.plain_money(name, &raw, own),
        })
        .transpose()
    }

    /// A currency.
    pub(crate) fn currency(
        &self,
        name: &'static str,
        values: &Values,
    ) -> Result<Option<Currency>, Fault> {
        self.text(name)?.map(|code| values.currency(name, &code)).transpose()
    }

    /// An instant, as a number since 1970 or as a text.
    pub(crate) fn time(
        &self,
        name: &'static str,
        values: &Values,
    ) -> Result<Option<Timestamp>, Fault> {
        let raw = self.text(name).map_err(|_| self.wrong(name, "a time"))?;
        raw.map(|raw| values.time(name, &raw)).transpose()
    }

    fn wrong(&self, name: &'static str, wanted: &str) -> Fault {
        Fault::of_type(name, wanted, self.kind())
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Missing => "null",
            Self::Text(_) => "a text",
            Self::Whole(_) | Self::Fraction(_) => "a number",
            Self::Truth(_) => "true or false",
            Self::Other(what) => what,
        }
    }
}

/// A field that should hold a `T`: an object or a list, as its type says.
#[derive(Debug, Default)]
pub(crate) enum Part<T> {
    #[default]
    Missing,
    Here(T),
    Other(&'static str),
}

impl<T> Part<T> {
    /// The object.
    pub(crate) fn object(&self, name: &'static str) -> Result<Option<&T>, Fault> {
        match self {
            Self::Missing => Ok(None),
            Self::Here(part) => Ok(Some(part)),
            Self::Other(what) => Err(Fault::of_type(name, "an object", what)),
        }
    }
}

impl<T> Part<Vec<T>> {
    /// The list; a missing one is empty.
    pub(crate) fn list(&self, name: &'static str) -> Result<&[T], Fault> {
        match self {
            Self::Missing => Ok(&[]),
            Self::Here(list) => Ok(list),
            Self::Other(what) => Err(Fault::of_type(name, "a list", what)),
        }
    }
}

/// Returns the object that a line holds. A list is an error, though it could be read by position.
pub(crate) fn object<'a, T: Deserialize<'a>>(line: &'a str) -> Result<T, String> {
    let hint = "write one object per line, with double quotes";
    if !line.trim_start().starts_with('{') {
        return Err(format!("not a JSON object; {hint}"));
    }
    serde_json::from_str(line).map_err(|e| format!("not a JSON object ({e}); {hint}"))
}

/// The text without commas that stand before a closing bracket or at the end, and with line ends and
/// other control characters within texts escaped: none of them is a reason to lose a line. Commas
/// within texts stay.
pub(crate) fn mended(text: &str) -> Cow<'_, str> {
    let may_have_one =
        [",}", ", }", ",]", ", ]", ",\n", ",\r"].iter().any(|mark| text.contains(mark));
    let has_control = || text.trim_end().bytes().any(|b| b < b' ');
    if !may_have_one && !has_control() && !text.trim_end().ends_with(',') {
        return Cow::Borrowed(text);
    }
    let (mut out, mut in_text, mut is_escaped) = (String::with_capacity(text.len()), false, false);
    for (at, c) in text.char_indices() {
        if c == ',' && !in_text && text[at + 1..].trim_start().starts_with(['}', ']']) {
            continue;
        }
        in_text ^= c == '"' && !is_escaped;
        is_escaped = c == '\\' && in_text && !is_escaped;
        match c {
            '\n' if in_text => out.push_str("\\n"),
            '\t' if in_text => out.push_str("\\t"),
            '\r' if in_text => {}
            c if in_text && c < ' ' => out.push(' '),
            c => out.push(c),
        }
    }
    let end = out.trim_end().trim_end_matches(',').len();
    out.truncate(end);
    Cow::Owned(out)
}

/// The object that a parsed value is.
pub(crate) fn of_value<'a, T: Deserialize<'a>>(value: &'a Value) -> Result<T, String> {
    if !value.is_object() {
        return Err(format!("must be an object, not {}", kind_of(value)));
    }
    T::deserialize(value).map_err(|e| format!("not an object of the expected shape ({e})"))
}

/// Describes the kind of a value in words.
pub(crate) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// Returns the cause of rejection for a field of a wrong type.
pub(crate) fn wrong(name: &str, wanted: &str, got: &str) -> String {
    format!("field `{name}` must be {wanted}, not {got}")
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Whole(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Scalar<'de>, E> {
        Ok(i64::try_from(number).map_or(Scalar::Fraction(number as f64), Scalar::Whole))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Fraction(number))
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Truth(truth))
    }

    fn visit_unit<E>(self) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Missing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Scalar<'de>, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Scalar::Other("a list"))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar<'de>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Scalar::Other("an object"))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Scalar<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

/// Reads an object or a list into a `T`, and anything simple into a word for what it is.
struct PartVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for PartVisitor<T> {
    type Value = Part<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or a list")
    }

    fn visit_str<E>(self, _: &str) -> Result<Part<T>, E> {
        Ok(Part::Other("a text"))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Part<T>, E> {
        Ok(Part::Other("a number"))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Part<T>, E> {
        Ok(Part::Other("a number"))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Part<T>, E> {
        Ok(Part::Other("a number"))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Part<T>, E> {
        Ok(Part::Other("true or false"))
    }

    fn visit_unit<E>(self) -> Result<Part<T>, E> {
        Ok(Part::Missing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Part<T>, A::Error> {
        let deserializer = serde::de::value::SeqAccessDeserializer::new(seq);
        T::deserialize(deserializer).map(Part::Here)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Part<T>, A::Error> {
        let deserializer = serde::de::value::MapAccessDeserializer::new(map);
        T::deserialize(deserializer).map(Part::Here)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Part<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PartVisitor(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize)]
    struct Sample<'a> {
        #[serde(borrow, default)]
        id: Scalar<'a>,
        #[serde(default)]
        list: Part<Vec<i64>>,
    }

    #[test]
    fn an_id_may_be_a_number_and_a_number_a_text() {
        let sample: Sample<'_> = object(r#"{"id": 17850, "list": [1, 2]}"#).unwrap();
        assert_eq!(sample.id.text("id").unwrap().unwrap(), "17850");
        assert_eq!(sample.list.list("list").unwrap(), [1, 2].as_slice());
        let sample: Sample<'_> = object(r#"{"id": "42"}"#).unwrap();
        assert_eq!(sample.id.whole("id").unwrap(), Some(42));
    }

    #[test]
    fn a_comma_too_many_is_taken_out_and_texts_are_left_alone() {
        for (text, expected) in [
            (r#"{"a": 1,}"#, r#"{"a": 1}"#),
            (r#"{"a": [1, 2, ], "b": ",}"},"#, r#"{"a": [1, 2 ], "b": ",}"}"#),
            (r#"{"a": "x\\",}"#, r#"{"a": "x\\"}"#),
            (r#"{"a": "\",}"}"#, r#"{"a": "\",}"}"#),
            (r#"{"a": 1}"#, r#"{"a": 1}"#),
            ("{\"a\":\n\"x\r\ny\tz\"}", "{\"a\":\n\"x\\ny\\tz\"}"),
        ] {
            assert_eq!(mended(text), expected);
        }
    }

    #[test]
    fn a_wrong_type_names_its_field_and_what_it_is() {
        let sample: Sample<'_> = object(r#"{"id": {"a": [1]}, "list": "x"}"#).unwrap();
        let cause = sample.id.text("id").unwrap_err().to_string();
        assert_eq!(cause, "field `id` must be a text, not an object");
        let cause = sample.list.list("list").unwrap_err().to_string();
        assert_eq!(cause, "field `list` must be a list, not a text");
    }
}
