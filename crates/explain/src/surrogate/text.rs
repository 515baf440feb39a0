//! A tree in words: questions and answers, indented.

use std::fmt::Write as _;

use domain::Language;
use messages::{decimal, message, text};

use super::{Node, Split, Surrogate};

/// The tree as indented text, with its fidelity first.
#[must_use]
pub fn text(surrogate: &Surrogate, lang: Language) -> String {
    let fidelity = &surrogate.fidelity;
    let mut text = message!(
        lang,
        "tree-fidelity",
        overlap: decimal(100.0 * fidelity.top_10_overlap, 0),
        tau: decimal(fidelity.kendall_tau, 2),
        n: fidelity.n_shoppers,
    );
    text.push('\n');
    branch(surrogate, 0, 0, lang, &mut text);
    text
}

fn branch(surrogate: &Surrogate, at: usize, depth: usize, lang: Language, text: &mut String) {
    let node = &surrogate.tree.nodes[at];
    let indent = "  ".repeat(depth);
    let Some(Split { yes, no, .. }) = node.split else {
        let _ = writeln!(text, "{indent}→ {}", leaf(node, lang));
        return;
    };
    let (if_so, if_not) = (text!(lang, "tree-yes"), text!(lang, "tree-no"));
    let _ = writeln!(text, "{indent}{}", question(surrogate, at, lang));
    let _ = writeln!(text, "{indent}{if_so}:");
    branch(surrogate, yes, depth + 1, lang, text);
    let _ = writeln!(text, "{indent}{if_not}:");
    branch(surrogate, no, depth + 1, lang, text);
}

/// The question of an inner node.
pub(super) fn question(surrogate: &Surrogate, at: usize, lang: Language) -> String {
    let Some(Split { feature, at_most, .. }) = surrogate.tree.nodes[at].split else {
        return String::new();
    };
    let meaning = surrogate.features[feature].meaning.in_language(lang);
    message!(lang, "tree-question", meaning: meaning, at_most: short(at_most))
}

/// What a leaf says.
pub(super) fn leaf(node: &Node, lang: Language) -> String {
    let (score, share) = (in_hundred(node.mean), in_hundred(node.share));
    message!(lang, "tree-leaf", score: score, share: share)
}

fn in_hundred(share: f32) -> messages::Decimal {
    decimal(f64::from(100.0 * share), 0)
}

fn short(value: f32) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
