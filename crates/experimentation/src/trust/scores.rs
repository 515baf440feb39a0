//! The questionnaire's side: scores by dimension, by variant, by month and by segment, and the
//! constructs that stand beside the score.

use crate::survey::SurveyConfig;
use std::collections::BTreeMap;

use domain::Statistic;
use experiments::Moments;
use serde::Serialize;
use trust::score::{Respondent, Rules, Scores, TrustScores, scores};
use trust::{Bootstrap, Construct, Questionnaire, Request, Responses, ScaleItems};

use crate::survey::{Person, Respondents, scored_row};
use shop::{Shop, ShopError};

/// What shoppers answered.
#[derive(Debug, Clone, Serialize)]
pub struct Questionnaired {
    /// The version that is scored; answers to others are in `n_other_versions`.
    pub version: String,
    /// Questionnaires that were put.
    pub n_asked: u64,
    /// Those answered, in part or in full.
    pub n_answered: u64,
    /// Those left out because the attention check was missed.
    pub n_unread: u64,
    /// Those that were put but cannot be read or scored any more, and count nowhere else.
    #[serde(skip_serializing_if = "super::behaviour::is_zero")]
    pub n_unreadable: u64,
    /// Those that answered another version.
    pub n_other_versions: u64,
    /// Scores of each person's latest answers, 0 to 100.
    pub scores: Scores,
    /// The same by experiment and variant.
    pub by_variant: BTreeMap<String, Statistic<Scores>>,
    /// By month of asking; here every answered questionnaire counts in its month.
    pub by_month: BTreeMap<String, Statistic<Scores>>,
    /// By how much was known of the shopper: new, some, many.
    pub by_segment: BTreeMap<String, Statistic<Scores>>,
    /// By language.
    pub by_language: BTreeMap<String, Statistic<Scores>>,
    /// Constructs beside the score, each a mean answer of 1 to the number of points.
    pub beside: BTreeMap<Construct, Statistic<Beside>>,
    /// How consistently each dimension was answered.
    pub scales: Statistic<trust::Analysis>,
}

/// A construct that is in no score.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Beside {
    /// People it rests on.
    pub n: u64,
    /// Mean answer.
    pub mean: f64,
    /// 95 % interval.
    pub ci: [f64; 2],
}

/// Scores the questionnaires that were answered.
///
/// # Errors
/// What the store says.
pub fn questionnaired(shop: &Shop) -> Result<Questionnaired, ShopError> {
    let read = Respondents::read(shop)?;
    let questionnaire = Questionnaire::current();
    let rules = Rules {
        n_points: questionnaire.n_points,
        min_group: shop.config::<SurveyConfig>().min_group,
        ..Rules::default()
    };
    let is_current = |person: &&Person| person.asked.version == questionnaire.version;
    let latest: Vec<&Person> = read.latest().filter(is_current).collect();
    let every: Vec<&Person> = read.people.iter().filter(is_current).collect();
    let by = |people: &[&Person], group: &dyn Fn(&Person) -> Option<String>| {
        scored(questionnaire, people, group, rules)
    };
    let experiments: std::collections::BTreeSet<&String> =
        latest.iter().flat_map(|person| person.asked.variants.keys()).collect();
    let by_variant = experiments.into_iter().flat_map(|experiment| {
        let named = |person: &Person| {
            let variant = person.asked.variants.get(experiment)?;
            Some(format!("{experiment}/{variant}"))
        };
        by(&latest, &named).groups
    });
    let by_variant = by_variant.collect();
    Ok(Questionnaired {
        version: questionnaire.version.clone(),
        n_asked: read.n_asked,
        n_answered: read.n_answered,
        n_unread: read.n_unread,
        n_unreadable: read.n_unreadable,
        n_other_versions: (read.people.len() - every.len()) as u64,
        scores: by(&latest, &|_| None).everyone,
        by_variant,
        by_month: by(&every, &|p| p.at.date().get(..7).map(str::to_owned)).groups,
        by_segment: by(&latest, &|p| Some(p.asked.segment.clone())).groups,
        by_language: by(&latest, &|p| Some(p.asked.lang.tag().to_owned())).groups,
        beside: Construct::BESIDE
            .map(|construct| (construct, beside(questionnaire, construct, &latest, rules)))
            .into(),
        scales: scales(questionnaire, &latest, rules),
    })
}

fn scored(
    questionnaire: &Questionnaire,
    people: &[&Person],
    group: &dyn Fn(&Person) -> Option<String>,
    rules: Rules,
) -> TrustScores {
    let (questions, _) = scored_row(questionnaire, &[]);
    let respondent = |person: &&Person| Respondent {
        group: group(person),
        answers: scored_row(questionnaire, &person.answers).1,
    };
    let respondents: Vec<_> = people.iter().map(respondent).collect();
    scores(&questions, &respondents, rules)
}

fn beside(
    questionnaire: &Questionnaire,
    construct: Construct,
    people: &[&Person],
    rules: Rules,
) -> Statistic<Beside> {
    let answers = people.iter().filter_map(|p| questionnaire.mean(construct, &p.answers));
    let answers: Vec<f64> = answers.collect();
    if answers.len() < rules.min_group {
        return Statistic::unknown(format!("fewer than {} people answered", rules.min_group));
    }
    Moments::of(&answers).map(|moments| {
        let half_width = 1.96 * moments.squared_error().sqrt();
        let ci = [moments.mean - half_width, moments.mean + half_width];
        Beside { n: moments.n, mean: moments.mean, ci }
    })
}

/// Reliability of each dimension, once enough people answered all of it.
fn scales(
    questionnaire: &Questionnaire,
    people: &[&Person],
    rules: Rules,
) -> Statistic<trust::Analysis> {
    if people.len() < rules.min_group {
        return Statistic::unknown(format!("fewer than {} people answered", rules.min_group));
    }
    let scored = questionnaire.scored();
    let items: Vec<String> = scored.iter().map(|(item, _)| item.id.clone()).collect();
    let rows = people.iter().map(|person| scored_row(questionnaire, &person.answers).1);
    let scale = |dimension| ScaleItems {
        name: format!("{dimension:?}").to_lowercase(),
        items: scored
            .iter()
            .filter(|(_, question)| question.dimension == dimension)
            .map(|(item, _)| item.id.clone())
            .collect(),
    };
    let request = Request {
        scales: trust::score::Dimension::ALL.map(scale).into(),
        reversed: scored.iter().filter(|(_, q)| q.reversed).map(|(i, _)| i.id.clone()).collect(),
        points: Some([1.0, f64::from(questionnaire.n_points)]),
        cfa: false,
        bootstrap: Bootstrap::default(),
    };
    let analysed = Responses::new(items, rows.collect())
        .and_then(|responses| trust::analyse(&responses, &request));
    match analysed {
        Ok(analysis) => Statistic::Known(analysis),
        Err(problem) => Statistic::unknown(problem.to_string()),
    }
}
