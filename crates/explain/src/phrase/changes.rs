//! What a counterfactual supposes to be otherwise, in words: “if we did not count …”.

use claims::Change;
use domain::Language;
use messages::{key, list, message, number};

use super::{
    format::{shorten, titled},
    names::CircumstanceKeys,
    steps::{interaction_key, uncounted},
};
use crate::Evidence;

/// One change as a condition.
pub(super) fn condition(change: &Change, lang: Language, evidence: &dyn Evidence) -> String {
    match change {
        Change::Without { history } => {
            let mut causes: Vec<String> = Vec::new();
            for cause in history.iter().map(|past| uncounted(past, lang, evidence)) {
                // Done several times, it is named once.
                if !causes.contains(&cause) {
                    causes.push(cause);
                }
            }
            message!(lang, "answer-if-without", causes: list(causes))
        }
        Change::With { did, item_id } => message!(
            lang,
            "answer-if-with",
            did: key(interaction_key(*did)),
            item: titled(item_id, lang, evidence),
        ),
        Change::Price { min, max } => {
            let bounds = match (min, max) {
                (Some(_), Some(_)) => "between",
                (Some(_), None) => "from",
                (None, Some(_)) => "up-to",
                (None, None) => "any",
            };
            message!(
                lang,
                "answer-if-price",
                bounds: key(bounds),
                min: number(min.unwrap_or_default()),
                max: number(max.unwrap_or_default()),
            )
        }
        Change::In { circumstance } => {
            let CircumstanceKeys { value, region, .. } = CircumstanceKeys::of(circumstance);
            let region = shorten(region);
            message!(lang, "answer-if-circumstance", value: key(value), region: region)
        }
    }
}
