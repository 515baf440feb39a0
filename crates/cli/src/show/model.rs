//! The explanation of a model, for a terminal.

use std::fmt::Write as _;

use domain::Language;
use insights::model_explanation::ModelExplanation;

/// Signals, transitions, terms, and the tree or why there is none.
pub(crate) fn text(explained: &ModelExplanation, lang: Language) -> String {
    let mut text = super::label(explained.simulated).to_owned();
    let _ = writeln!(
        text,
        "model {}\n\nsignals: weight, share of the score of what is recommended",
        explained.model_version
    );
    for signal in &explained.signals {
        let share = signal.share.as_ref().map_or("–".to_owned(), |share| {
            format!(
                "{:.1} % (95 %: {:.1} to {:.1})",
                100.0 * share.mean,
                100.0 * share.ci[0],
                100.0 * share.ci[1]
            )
        });
        let name = format!("{:?}", signal.signal).to_lowercase();
        let _ = writeln!(text, "  {name:<12} {:>8.3}  {share}", signal.weight);
    }
    text.push_str("\nstrongest transitions\n");
    for pair in &explained.transitions {
        let [from, to] = &pair.titles;
        let title = |text: &domain::Text, id: &domain::ItemId| match text.in_language(lang) {
            "" => id.to_string(),
            title => title.chars().take(48).collect(),
        };
        let (from, to) = (title(from, &pair.from), title(to, &pair.to));
        let _ = writeln!(
            text,
            "  {:.2}  {from} → {to}  ({} shoppers of both)",
            pair.strength, pair.n_both
        );
    }
    text.push_str("\nwords that make items of a category alike\n");
    for category in &explained.terms {
        let name = category.category.in_language(lang);
        let _ =
            writeln!(text, "  {name} ({} items): {}", category.n_items, category.terms.join(", "));
    }
    text.push('\n');
    match (explained.tree_text(lang), &explained.fidelity) {
        (Some(tree), _) => text.push_str(&tree),
        (None, Some(fidelity)) => {
            let _ = writeln!(
                text,
                "no simplified tree: one was fitted, but it finds {:.0} % of the model's first ten (τ {:.2}); \
                 the bar is {:.0} %",
                100.0 * fidelity.top_10_overlap,
                fidelity.kendall_tau,
                100.0 * explained.least_overlap
            );
        }
        (None, None) => {
            text.push_str("no simplified tree: too few shoppers to fit and measure one\n");
        }
    }
    text
}
