//! Ratings, places and likeness.

use claims::Facts;

use super::{Said, is_rounded};

/// “4.9 out of 5 over 10 ratings”. `5.0` is only said of exactly 5.
pub(crate) fn rated(said: &Said<'_>, facts: &Facts) -> bool {
    let Facts::Rated { mean, n } = facts else { return false };
    let rel = said.words("rel").first().copied().unwrap_or("about");
    let is_full = (*mean - 5.0).abs() < 1e-9;
    let told = said.numbers("m").iter().all(|told| {
        let full = told.value < 5.0 || is_full;
        let side = match rel {
            "under" => *mean < told.value && told.value - mean <= 0.05 + 1e-9,
            "over" => *mean > told.value && mean - told.value <= 0.05 + 1e-9,
            _ => true,
        };
        full && side && (told.decimals > 0 || is_full) && is_rounded(*told, *mean)
    });
    (said.has("m") || said.has("n") || said.has("full"))
        && told
        && said.counts("n", *n)
        && said.counts("top", 5)
        && (!said.has("full") || is_full)
}

/// “Here for variety: by score alone it comes 13th”.
pub(crate) fn varied(said: &Said<'_>, facts: &Facts) -> bool {
    let Facts::Varied { rank_by_score, rank_shown } = facts else { return false };
    let up = rank_by_score.saturating_sub(*rank_shown);
    let is_told = ["score", "shown", "here"].iter().any(|name| said.has(name));
    is_told
        && rank_shown < rank_by_score
        && said.counts("score", *rank_by_score)
        && said.counts("shown", *rank_shown)
        && said.counts("up", up)
}

/// “It reads much like X: both say ‘tin’”.
pub(crate) fn similar(said: &Said<'_>, facts: &Facts) -> bool {
    let Facts::SimilarText { other, shared_terms, similarity } = facts else { return false };
    let shared = |term: &&str| shared_terms.iter().any(|known| known.as_str() == *term);
    let close = !said.has("very") || *similarity >= 0.8;
    close && said.names_other(other) && said.words("term").iter().all(shared)
}
