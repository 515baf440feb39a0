//! Reading a row back from its wire form, in the order in which it was written.

use std::fmt;

use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::Row;
use crate::Metric;
use crate::bootstrap::Estimate;
use crate::lists::ListQuality;

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Flat)
    }
}

struct Flat;

impl<'de> Visitor<'de> for Flat {
    type Value = Row;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a row of an evaluation: model, seen, n, and a key per number")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Row, M::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry::<String, Value>()? {
            entries.push(entry);
        }
        row(&entries).map_err(M::Error::custom)
    }
}

fn row(entries: &[(String, Value)]) -> Result<Row, String> {
    let metrics = entries.iter().filter_map(|(name, mean)| Some((Metric::named(name)?, mean)));
    let accuracy = metrics.map(|(metric, mean)| Ok((metric, estimate(entries, metric, mean)?)));
    let length = entries.iter().find_map(|(name, _)| name.strip_prefix("coverage@"));
    let list_length = length.and_then(|k| k.parse().ok()).ok_or("coverage@k is missing")?;
    let of_lists = |name: &str| number(entry(entries, &format!("{name}@{list_length}"))?);
    Ok(Row {
        model: typed(entries, "model")?,
        seen: typed(entries, "seen")?,
        n: typed(entries, "n")?,
        accuracy: accuracy.collect::<Result<_, String>>()?,
        list_length,
        lists: ListQuality {
            coverage: of_lists("coverage")?,
            gini: of_lists("gini")?,
            popularity: of_lists("popularity")?,
            popularity_percentile: of_lists("popularity_percentile")?,
            diversity: of_lists("diversity")?,
            novelty: of_lists("novelty")?,
        },
    })
}

/// A mean with the interval that stands under a key of its own.
fn estimate(
    entries: &[(String, Value)],
    metric: Metric,
    mean: &Value,
) -> Result<Option<Estimate>, String> {
    let Some(mean) = number(mean)? else { return Ok(None) };
    let ci = typed(entries, &format!("{}_ci", metric.name()))?;
    Ok(Some(Estimate { mean, ci }))
}

fn entry<'e>(entries: &'e [(String, Value)], name: &str) -> Result<&'e Value, String> {
    let found = entries.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value).ok_or_else(|| format!("{name} is missing"))
}

fn typed<T: for<'de> Deserialize<'de>>(
    entries: &[(String, Value)],
    name: &str,
) -> Result<T, String> {
    T::deserialize(entry(entries, name)?).map_err(|problem| format!("{name}: {problem}"))
}

fn number(value: &Value) -> Result<Option<f64>, String> {
    Option::deserialize(value).map_err(|problem| problem.to_string())
}
