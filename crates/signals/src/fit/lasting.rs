//! Which circumstances help later, too.
//!
//! A season that was seen once is told apart from a fashion of that season only by what comes
//! after. So circumstances are chosen on a period that lies after everything they were counted on,
//! and have to raise NDCG@10 again in the period after that. Choosing on one period alone was
//! tried: on a shop with a year of data the blend then lost to popularity in the months that
//! followed. Only the data given for fitting are looked at.

use domain::CircumstanceKind;

use crate::selection::gain_later;
use crate::text::ItemTerms;
use crate::validation::{Case, Validation};
use crate::{
    Constants, Context, ContextSignal, HoldOut, ItemIdx, Popularity, Signal, SignalsConfig,
    TextSignal, TrainingData, Transition,
};

/// Share of all events in the two periods, where nothing else is configured.
const SHARE: f64 = 0.2;
/// With fewer cases in a period it says nothing.
const MIN_CASES: usize = 100;

/// The circumstances that help, and the sentence of the report about them.
pub(super) struct Lasting {
    pub(super) kinds: Vec<CircumstanceKind>,
    pub(super) note: Option<String>,
}

/// The kinds of circumstances that make held-out items likelier in both periods and whose signal
/// raises NDCG@10 in the later one. All of those configured where events have no times: what they
/// know, a region or a device, does not change with the calendar.
pub(super) fn kinds(
    data: &TrainingData,
    terms: &ItemTerms,
    constants: &Constants,
    config: &SignalsConfig,
) -> Lasting {
    let share = match config.hold_out {
        HoldOut::Time { share } => share,
        HoldOut::LastItem => SHARE,
    };
    let events = &data.interactions;
    if ContextSignal::fit(events, &data.texts, &constants.context).circumstances().is_empty() {
        return Lasting { kinds: constants.context.kinds.clone(), note: None };
    }
    let mut periods = Validation::by_time(events, share, config.history_length, config.seed);
    if periods.cases.is_empty() {
        return Lasting { kinds: constants.context.kinds.clone(), note: None };
    }
    periods.cases.sort_by_key(|case| case.time);
    judge(&periods, data, terms, constants)
}

fn judge(
    periods: &Validation,
    data: &TrainingData,
    terms: &ItemTerms,
    constants: &Constants,
) -> Lasting {
    let (earlier, later) = halves(&periods.cases);
    if earlier.len().min(later.len()) < MIN_CASES {
        let note = format!(
            "context: no weight; {} and {} shoppers came in the two last periods, {MIN_CASES} are \
             needed to tell whether circumstances help",
            earlier.len(),
            later.len()
        );
        return Lasting { kinds: Vec::new(), note: Some(note) };
    }
    let training = &periods.training;
    let all = ContextSignal::fit(training, &data.texts, &constants.context);
    let useful_later = all.useful_kinds(&asked(later), training);
    let mut kinds = all.useful_kinds(&asked(earlier), training);
    kinds.retain(|kind| useful_later.contains(kind));
    if kinds.is_empty() {
        let note = "context: no weight; no circumstance made items likelier in both of the two \
                    last periods";
        return Lasting { kinds, note: Some(note.to_owned()) };
    }
    let chosen = crate::context::ContextConstants { kinds, ..constants.context.clone() };
    let context = ContextSignal::fit(training, &data.texts, &chosen);
    let transition = Transition::fit(training, &constants.transition);
    let text = TextSignal::from_terms(terms, &constants.text);
    let popularity = Popularity::fit(training, &constants.popularity);
    let signals: [&dyn Signal; 4] = [&transition, &text, &popularity, &context];
    let gain = gain_later(earlier, later, data.items.len(), &signals);
    let measured =
        format!("NDCG@10 in the later of two periods {:+.4} ± {:.4}", gain.mean, gain.error);
    match gain.is_noise() {
        true => Lasting {
            kinds: Vec::new(),
            note: Some(format!("context: no weight; {measured}, noise")),
        },
        false => Lasting { kinds: chosen.kinds, note: Some(format!("context: {measured}")) },
    }
}

/// Cases in time order, cut in the middle; those of the instant in the middle come later.
fn halves(cases: &[Case]) -> (&[Case], &[Case]) {
    let middle = cases[cases.len() / 2].time;
    cases.split_at(cases.partition_point(|case| case.time < middle))
}

fn asked(cases: &[Case]) -> Vec<(Context, ItemIdx)> {
    cases.iter().map(|case| (case.context, case.target)).collect()
}

#[cfg(test)]
mod tests;
