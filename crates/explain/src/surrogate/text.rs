//! A tree in words: questions and answers, indented.

use std::fmt::Write as _;

use domain::Language;

use super::{Node, Split, Surrogate};

/// The tree as indented text, with its fidelity first.
#[must_use]
pub fn text(surrogate: &Surrogate, lang: Language) -> String {
    let fidelity = &surrogate.fidelity;
    let (overlap, tau) = (100.0 * fidelity.top_10_overlap, fidelity.kendall_tau);
    let n = fidelity.n_shoppers;
    let mut text = match lang {
        Language::Zh => format!(
            "简化的决策树：与模型的前 10 件平均有 {overlap:.0}% 相同，排序相关系数 τ 为 {tau:.2}（在 {n} \
             位未参与拟合的顾客上测得）。叶子上的数字是与该顾客最高分之比。\n"
        ),
        Language::En => format!(
            "A simplified decision tree: on average {overlap:.0}% of the model's first 10 items are \
             in its own, Kendall's τ is {tau:.2} (measured on {n} shoppers it was not fitted on). \
             Leaves give the score relative to the shopper's best.\n"
        ),
    };
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
    let (if_so, if_not) = match lang {
        Language::Zh => ("是", "否"),
        Language::En => ("yes", "no"),
    };
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
    match lang {
        Language::Zh => format!("{meaning} ≤ {}？", short(at_most)),
        Language::En => format!("{meaning} ≤ {}?", short(at_most)),
    }
}

/// What a leaf says.
pub(super) fn leaf(node: &Node, lang: Language) -> String {
    let (score, share) = (100.0 * node.mean, 100.0 * node.share);
    match lang {
        Language::Zh => format!("最高分的 {score:.0}%（占所看商品的 {share:.0}%）"),
        Language::En => format!("{score:.0}% of the best score ({share:.0}% of items seen)"),
    }
}

fn short(value: f32) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
