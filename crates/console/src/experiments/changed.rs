//! The changes and shares of an experiment's variants, in words.

use charts::Unit;
use domain::Language;
use experimentation::experiment::{Change, Definition, Phrasing};
use presentation::{labels::Labels, signals::name as signal_name};
use signals::SignalName;

use super::texts::Texts;

/// The variants with the shares that were planned for them.
pub(super) fn shares(definition: &Definition) -> Vec<(String, String)> {
    let whole: f64 = definition.variants.iter().map(|variant| variant.weight).sum();
    let share = |weight: f64| Unit::Percent(0).text(weight / whole.max(f64::MIN_POSITIVE));
    let shares = definition.variants.iter().map(|v| (v.name.clone(), share(v.weight)));
    shares.collect()
}

/// The change of a variant, in words.
pub(super) fn described(change: &Change, texts: &Texts, lang: Language) -> String {
    let mut all = Vec::new();
    match change.ranker.as_deref() {
        None => {}
        Some("blend") => all.push(texts.by_blend.to_owned()),
        Some(name) => all.push(format!("{} {}", texts.ranked_by, signal_name(name, lang))),
    }
    if !change.weights.is_empty() {
        let weight = |(name, weight): (&SignalName, &f32)| {
            format!(
                "{} {}",
                signal_name(name.name(), lang),
                Unit::Plain(2).text(f64::from(*weight))
            )
        };
        let weights: Vec<_> = change.weights.iter().map(weight).collect();
        all.push(format!("{} {}", texts.by_weights, weights.join(", ")));
    }
    if !change.kinds.is_empty() {
        let kinds: Vec<_> = change.kinds.iter().map(|kind| Labels(lang).kind_named(kind)).collect();
        all.push(format!("{} {}", texts.only_kinds, kinds.join(", ")));
    }
    all.extend(change.phrasing.map(|phrasing| match phrasing {
        Phrasing::Full => texts.full.to_owned(),
        Phrasing::Brief => texts.brief.to_owned(),
    }));
    all.extend(change.explain.map(|explain| match explain {
        true => texts.reasons.to_owned(),
        false => texts.no_reasons.to_owned(),
    }));
    all.extend(change.model.iter().map(|model| format!("{} {model}", texts.other_model)));
    if all.is_empty() {
        return texts.changes_nothing.to_owned();
    }
    all.join(" · ")
}
