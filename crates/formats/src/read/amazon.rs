//! Parses Amazon review data: JSON lines of reviews and of item metadata, in the layouts of 2018
//! and 2023, told apart row by row by their fields. A review gives an event and a review.
//! Helpful votes, images, `details` and related items are not read: nothing downstream uses them.

use domain::EventKind;
use serde_json::{Map, Value};

use crate::output::Output;
use crate::text::identity::RowKeys;
use crate::text::json::{self, kind_of, wrong};
use crate::text::lines::Lines;
use crate::{Error, Input, Record};

mod metadata;
mod reviews;

/// Reads one file. `kind` is the kind of event that a review gives; missing, a verified review is a
/// purchase and any other a rating.
///
/// # Errors
/// [`Error::Read`], [`Error::Empty`], [`Error::NothingReadable`].
pub fn read(
    input: Input<'_>,
    kind: Option<EventKind>,
    output: &mut Output<'_>,
) -> Result<(), Error> {
    let name = input.name().to_owned();
    output.file(&name, |output| {
        let mut lines = Lines::new(input);
        let mut keys = RowKeys::new(output.format());
        let values = output.values();
        while let Some(line) = lines.next()? {
            let mut left_out = Vec::new();
            let outcome = line.and_then(|line| {
                let row = Row::parse(line)?;
                if row.is_review() {
                    return reviews::records(&row, kind, &values, keys.next([line])).map(Vec::from);
                }
                let (item, without) = metadata::item(&row, &values)?;
                left_out = without;
                Ok(vec![Record::Item(item)])
            });
            let number = lines.number();
            left_out.iter().for_each(|what| output.leave_out_at(number, what, ""));
            output.row(lines.number(), outcome)?;
        }
        Ok(lines.encoding())
    })
}

/// One JSON object, with accessors that name a problem in the words of the file.
pub(crate) struct Row(Map<String, Value>);

impl Row {
    fn parse(line: &str) -> Result<Self, String> {
        serde_json::from_str(&json::mended(line)).map(Self).map_err(|e| {
            format!("not a JSON object ({e}); write one object per line, with double quotes")
        })
    }

    fn is_review(&self) -> bool {
        ["reviewerID", "user_id", "overall", "rating"].iter().any(|name| self.0.contains_key(*name))
    }

    /// The first of the named fields that is there and not null.
    fn first<'r>(&'r self, names: &[&'static str]) -> Option<(&'static str, &'r Value)> {
        names
            .iter()
            .filter_map(|&name| self.0.get(name).map(|value| (name, value)))
            .find(|(_, value)| !value.is_null())
    }

    /// A text; missing and null are empty.
    fn text(&self, names: &[&'static str]) -> Result<&str, String> {
        match self.first(names) {
            None => Ok(""),
            Some((_, Value::String(text))) => Ok(text.trim()),
            Some((name, other)) => Err(wrong(name, "a text", kind_of(other))),
        }
    }

    /// Every text of a list or of lists in it; a single text is a list of one.
    fn texts(&self, name: &'static str) -> Result<Vec<&str>, String> {
        let mut found = Vec::new();
        if let Some((_, value)) = self.first(&[name]) {
            collect(name, value, &mut found)?;
        }
        Ok(found)
    }
}

fn collect<'v>(name: &str, value: &'v Value, found: &mut Vec<&'v str>) -> Result<(), String> {
    match value {
        Value::String(text) => {
            let text = text.trim();
            if !text.is_empty() {
                found.push(text);
            }
            Ok(())
        }
        Value::Array(values) => values.iter().try_for_each(|value| collect(name, value, found)),
        other => Err(wrong(name, "a list of texts", kind_of(other))),
    }
}
