//! Sentences about the place of an item in the list.

use super::{Sentence, judge};
use crate::report::Part;
use crate::sentences::readings;

/// The rank by score alone, which the model says.
fn by_score(s: &Sentence<'_>) -> Part {
    let told = s.ordinal("by_score");
    let what = "rank by score alone";
    match &s.recount.bundle.model {
        None => Part::model(what, s.text("by_score"), "not run again", told.is_some()),
        Some(model) => match model.rank_by_score.get(s.item()) {
            Some(rank) => Part::model(what, s.text("by_score"), rank, told == Some((*rank).into())),
            None => Part::model(what, s.text("by_score"), "none", false),
        },
    }
}

pub(super) fn by_hand(s: &Sentence<'_>) -> Vec<Part> {
    let paid = s.reading.message == "paid_place";
    let mut placed = s.recount.bundle.by_hand.iter().filter(|placed| placed.item_id == *s.item());
    let found = placed.next().map(|placed| placed.paid);
    let shown = match found {
        Some(true) => "paid for",
        Some(false) => "by the shop",
        None => "not by hand",
    };
    let told = if paid { "paid for" } else { "by the shop" };
    vec![Part::rows("placed", told, shown, found == Some(paid)), by_score(s)]
}

pub(super) fn varied(s: &Sentence<'_>) -> Vec<Part> {
    let is_higher = s.ordinal("by_score") > Some(s.shown.rank.into());
    vec![
        Part::rows("shown higher than by score", s.text("by_score"), s.shown.rank, is_higher),
        by_score(s),
    ]
}

pub(super) fn weak(s: &Sentence<'_>) -> Vec<Part> {
    let small = Part::model("a small part of the score", "so", "not run again", true);
    if s.reading.message == "weak" {
        return vec![small];
    }
    let is_flip = |text: &&String| {
        readings(text, s.recount.lang()).first().is_some_and(|reading| reading.message == "flips")
    };
    let flips = s.shown.sentences.iter().filter(is_flip);
    let mut verdicts = flips.map(|text| judge(text, s.shown, s.recount).verdict);
    let decides = verdicts.any(super::Verdict::is_good);
    vec![small, Part::rows("decides whether it is here", true, decides, decides)]
}
