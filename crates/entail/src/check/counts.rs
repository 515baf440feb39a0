//! Counts of people and of products.

use claims::{Attribute, Facts, PairCounts, PopularScope, Window};

use super::{Said, is_rounded};

/// “11 of the 35 who bought X bought this as well, 2.6 times as many as chance would bring”.
pub(crate) fn both(said: &Said<'_>, facts: &Facts) -> bool {
    let Facts::BoughtTogether(pair) = facts else { return false };
    let lift = said.numbers("lift").iter().all(|told| match said.words("lrel").first() {
        Some(&"over") => pair.lift > told.value && pair.lift < told.value + 0.1,
        _ => is_rounded(*told, pair.lift),
    });
    let tenth = !said.has("tenth") || pair.lift > 10.0;
    lift && tenth && of_pair(said, pair)
}

/// “53 of the 224 who looked at X looked at this afterwards”.
pub(crate) fn viewed(said: &Said<'_>, facts: &Facts) -> bool {
    let Facts::ViewedThen(pair) = facts else { return false };
    of_pair(said, pair)
}

/// A share is of those of the other product, or with `base` of this one's.
fn of_pair(said: &Said<'_>, pair: &PairCounts) -> bool {
    let is_own = said.has("base");
    let of = if is_own { pair.n_item } else { pair.n_other };
    said.names_other(&pair.other)
        && matches!(pair.window, Window::AllTime)
        && said.counts("n", pair.n_both)
        && said.counts("of", of)
        && said.shares(f64::from(pair.n_both) / f64::from(of))
}

/// “Second in Wipes by buyers, with eleven so far”.
pub(crate) fn popular(said: &Said<'_>, facts: &Facts) -> bool {
    let Facts::Popular { buyers, window, rank, scope } = facts else { return false };
    let PopularScope::Category { category } = scope else { return false };
    let category = category.in_language(said.situation.lang);
    let in_window = match window {
        Window::AllTime => !said.has("days"),
        Window::Days { days, .. } => {
            !said.has("sofar")
                && (said.has("days") || said.context.has_days)
                && said.counts("days", *days)
        }
    };
    let ranked = said.has("r") || said.has("first");
    let placed = said.has("value") || said.has("samecat") && said.context.category == category;
    (said.has("n") || ranked)
        && in_window
        && (!ranked || placed)
        && said.counts("n", *buyers)
        && said.counts("r", *rank)
        && (!said.has("first") || *rank == 1)
        && said.words("value").iter().all(|value| *value == category)
}

/// “Of ten reviewers bringing up the gift, nine are positive and one is not”.
pub(crate) fn opinions(said: &Said<'_>, facts: &Facts) -> bool {
    let Facts::ReviewersSay(opinions) = facts else { return false };
    let aspect = opinions.aspect.in_language(said.situation.lang);
    let all = opinions.n_positive == opinions.n_reviewers && opinions.n_negative == 0;
    !said.words("aspect").is_empty()
        && said.words("aspect").iter().all(|told| *told == aspect)
        && said.counts("of", opinions.n_reviewers)
        && said.counts("n", opinions.n_positive)
        && said.counts("neg", opinions.n_negative)
        && (!said.has("all") || all)
        && (!said.has("none") || opinions.n_negative == 0)
}

/// “3 of your last 10 items are wipes, and so is this”.
pub(crate) fn alike(said: &Said<'_>, facts: &Facts) -> bool {
    let Facts::SharesAttribute { attribute, value, n_matching, n_recent } = facts else {
        return false;
    };
    let value = value.in_language(said.situation.lang);
    let of_all = said.has("all") || said.has("bare");
    let is_brand = matches!(attribute, Attribute::Brand);
    // “And so is this”, just after the products of the history.
    if said.has("tail") && (said.context.last != "alike" || said.context.category != value) {
        return false;
    }
    let is_told = ["all", "bare", "k", "tail"].iter().any(|name| said.has(name));
    is_told
        && !matches!(attribute, Attribute::Named(_))
        && (said.has("tail") || is_brand == said.has("brand"))
        && said.words("value").iter().all(|told| *told == value)
        && said.counts("k", *n_matching)
        && said.counts("n", *n_recent)
        && (!of_all || n_matching == n_recent)
}
