//! How simulated shoppers fill in the questionnaire. Refuses to decide who is asked: the shop does.

use simulate::mind::Scale;
use simulate::{Attitudes, Mind};
use trust::{Construct, Questionnaire};

/// A tick for every item of the questionnaire.
pub(crate) fn ticks(mind: &mut Mind) -> Vec<(String, u8)> {
    let questionnaire = Questionnaire::current();
    let attitudes = mind.attitudes();
    let mut tick = |item: &trust::SurveyItem| {
        let scale = Scale { n_points: questionnaire.n_points, reversed: item.reversed };
        let expected = item.expected.filter(|_| mind.reads_questions());
        expected.unwrap_or_else(|| mind.answer(level(&attitudes, item.construct), scale))
    };
    questionnaire.items.iter().map(|item| (item.id.clone(), tick(item))).collect()
}

/// The attitude that a construct asks for.
pub(crate) fn level(attitudes: &Attitudes, construct: Construct) -> f64 {
    match construct {
        Construct::Usefulness => attitudes.usefulness,
        Construct::Reliability => attitudes.reliability,
        Construct::Safety => attitudes.safety,
        Construct::Fairness => attitudes.fairness,
        Construct::Transparency => attitudes.transparency,
        Construct::Satisfaction => attitudes.satisfaction,
        Construct::Trust => attitudes.trust,
        Construct::Distrust => attitudes.distrust,
        Construct::Attention => 0.5,
    }
}
