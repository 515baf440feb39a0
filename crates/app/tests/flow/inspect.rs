//! What every answer must satisfy, checked from its wire form alone, and how live counts differ.

use std::collections::BTreeSet;

use answers::{Answer, AnsweredItem};
use claims::{Claim, Facts, Reason, Verdict, Window};
use domain::{ItemId, Language, Timestamp};
use explain::Relation;
use serde_json::Value;
use shop::live_counts::LiveCounts;

/// All claims of an answer.
pub(super) fn claims(answer: &Answer) -> impl Iterator<Item = &Claim> {
    answer.items.iter().flat_map(|item| &item.reasons).flat_map(|reason| &reason.claims)
}

/// All texts of an answer.
pub(super) fn texts(answer: &Answer) -> impl Iterator<Item = &str> {
    answer.items.iter().flat_map(|item| &item.reasons).map(|reason| reason.text.as_str())
}

/// The items, in order.
pub(super) fn item_ids(answer: &Answer) -> Vec<ItemId> {
    answer.items.iter().map(|item| item.item_id.clone()).collect()
}

/// The answer on the wire, without what is new each time.
pub(super) fn repeatable(answer: &Answer) -> Value {
    let wire = serde_json::to_string(answer).unwrap();
    serde_json::from_str(&wire.replace(answer.request_id.as_str(), "<request>")).unwrap()
}

/// What is wrong with an answer, whatever was asked; empty when nothing is.
pub(super) fn faults(answer: &Answer) -> Vec<String> {
    let mut faults = Vec::new();
    let ranks: Vec<u32> = answer.items.iter().map(|item| item.rank).collect();
    if ranks != (1..=answer.items.len() as u32).collect::<Vec<_>>() {
        faults.push(format!("ranks are {ranks:?}"));
    }
    if item_ids(answer).iter().collect::<BTreeSet<_>>().len() != answer.items.len() {
        faults.push("an item is there twice".to_owned());
    }
    faults.extend(answer.items.iter().flat_map(|item| item_faults(item, answer)));
    faults
}

fn item_faults(item: &AnsweredItem, answer: &Answer) -> Vec<String> {
    let mut faults = Vec::new();
    let sum: f64 = item.signals.values().sum();
    if (sum - item.score).abs() > 1e-5 * (1.0 + item.score.abs()) {
        faults.push(format!("signals sum to {sum}, the score is {}", item.score));
    }
    let admitted = answer.warnings.iter().any(|w| w.contains("no reason that could be verified"));
    if item.reasons.len() > 1 || (item.reasons.is_empty() && !admitted) {
        faults.push(format!("{} has {} reasons", item.item_id, item.reasons.len()));
    }
    for reason in &item.reasons {
        for claim in &reason.claims {
            let at_home = claim.item_id == item.item_id
                && claim.as_of == answer.as_of
                && claim.model_version == answer.model_version;
            if claim.verdict != Verdict::Verified || !at_home {
                faults.push(format!("{claim:?}"));
            }
        }
        faults.extend(sentence_faults(reason));
    }
    faults
}

fn sentence_faults(reason: &Reason) -> Vec<String> {
    let mut faults = Vec::new();
    let separator = if reason.lang == Language::En { " " } else { "" };
    let sentences: Vec<&str> = reason.sentences.iter().map(|s| s.text.as_str()).collect();
    if reason.text.is_empty() || sentences.join(separator) != reason.text {
        faults.push(format!("the text is not its sentences: {}", reason.text));
    }
    for sentence in &reason.sentences {
        let cited: Vec<&Claim> =
            reason.claims.iter().filter(|c| sentence.claim_ids.contains(&c.claim_id)).collect();
        if cited.is_empty() || cited.len() != sentence.claim_ids.len() {
            faults.push(format!("cites {:?}: {}", sentence.claim_ids, sentence.text));
        }
        let allowed: BTreeSet<String> = cited.iter().flat_map(|c| tellable(&c.facts)).collect();
        let told = numbers_in(&without_quotes(&sentence.text));
        for number in told.into_iter().filter(|number| !allowed.contains(number)) {
            faults.push(format!("{number} is no fact of {cited:?}: {}", sentence.text));
        }
    }
    faults
}

/// Titles and shared terms are quoted; digits in them are the shop's.
fn without_quotes(text: &str) -> String {
    let mut depth = 0;
    text.chars()
        .filter(|c| {
            depth += i32::from(matches!(c, '“' | '《'));
            let outside = depth == 0;
            depth -= i32::from(matches!(c, '”' | '》'));
            outside
        })
        .collect()
}

/// Runs of digits with what belongs to them: `1,299.5` is `1299.5`.
fn numbers_in(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let is_digit = |i: usize| chars.get(i).is_some_and(char::is_ascii_digit);
    let mut numbers = vec![String::new()];
    for (i, c) in chars.iter().enumerate() {
        let joins = i > 0 && is_digit(i - 1) && is_digit(i + 1);
        match c {
            c if c.is_ascii_digit() => numbers.last_mut().unwrap().push(*c),
            '.' if joins => numbers.last_mut().unwrap().push('.'),
            ',' if joins => {}
            _ => numbers.push(String::new()),
        }
    }
    numbers.retain(|number| !number.is_empty());
    numbers
}

/// Every way in which the facts of a claim may be told as a number.
fn tellable(facts: &Facts) -> Vec<String> {
    let wire = serde_json::to_value(facts).unwrap();
    let mut numbers = Vec::new();
    collect_numbers("", &wire["facts"], &mut numbers);
    if matches!(facts, Facts::Rated { .. }) {
        numbers.push("5".to_owned()); // the scale
    }
    numbers
}

fn collect_numbers(key: &str, value: &Value, numbers: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(key, value)| collect_numbers(key, value, numbers));
        }
        Value::Array(values) => {
            values.iter().for_each(|value| collect_numbers(key, value, numbers));
        }
        Value::String(text) => numbers.extend(numbers_in(text)),
        Value::Number(number) => numbers.extend(renderings(key, number.as_f64().unwrap())),
        Value::Bool(_) | Value::Null => {}
    }
}

fn renderings(key: &str, number: f64) -> Vec<String> {
    match key {
        "minor" => vec![format!("{:.2}", number / 100.0), format!("{}", number / 100.0)],
        // Never 0 % or 100 % of what is neither.
        "share" if number < 1.0 => {
            vec![format!("{:.0}", (number * 100.0).round().clamp(1.0, 99.0))]
        }
        "share" => vec!["100".to_owned()],
        "mean" | "lift" => vec![format!("{number:.1}")],
        "since" => {
            let (year, month, day) = Timestamp(number as i64).calendar();
            vec![year.to_string(), month.to_string(), day.to_string()]
        }
        _ => vec![number.to_string()],
    }
}

/// Where live counts differ, item by item and pair by pair.
pub(super) fn differences(a: &LiveCounts, b: &LiveCounts) -> Vec<String> {
    let items: BTreeSet<&ItemId> =
        a.entries().chain(b.entries()).map(|entry| &entry.item.id).collect();
    let window = Window::Days { days: 30, until: a.latest().unwrap() };
    let mut differences = Vec::new();
    let mut compare = |what: &dyn Fn() -> String, count: &dyn Fn(&LiveCounts) -> u64| {
        if count(a) != count(b) {
            differences.push(format!("{}: {} and {}", what(), count(a), count(b)));
        }
    };
    for relation in [Relation::Bought, Relation::Viewed] {
        compare(&|| format!("{relation:?}"), &|t| u64::from(t.n_active(relation)));
        for item in &items {
            let one = || format!("{relation:?} {item}");
            compare(&one, &|t| u64::from(t.shoppers_of(item, relation)));
            for other in items.iter().step_by(7) {
                let both = || format!("{relation:?} {item} {other}");
                compare(&both, &|t| u64::from(t.shoppers_of_both(item, other, relation)));
                compare(&both, &|t| u64::from(t.shoppers_then(item, other, relation)));
            }
        }
    }
    for item in &items {
        compare(&|| format!("ratings of {item}"), &|t| t.ratings(item).tenths);
        let recent = |t: &LiveCounts| t.entry(item).map_or(0, |entry| t.buyers(entry, window));
        compare(&|| format!("recent buyers of {item}"), &|t| u64::from(recent(t)));
    }
    compare(&|| "latest".to_owned(), &|t| t.latest().unwrap().0 as u64);
    differences
}
