//! The trust score: four dimensions and their mean, 0 to 100, from questionnaire answers only.
//!
//! Groups small enough to recognise someone in are hidden, also where their scores could be worked
//! out from the others.

use std::collections::{BTreeMap, BTreeSet};

use domain::Statistic;
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, StudentsT};

/// The dimensions of trust.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// It helps me.
    Usefulness,
    /// It is right, and the same tomorrow.
    Reliability,
    /// It does not harm me or give me away.
    Safety,
    /// It treats shoppers and sellers evenly.
    Fairness,
}

impl Dimension {
    /// Every dimension, in the order shown.
    pub const ALL: [Self; 4] = [Self::Usefulness, Self::Reliability, Self::Safety, Self::Fairness];
}

/// The dimension and direction of one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The dimension it belongs to.
    pub dimension: Dimension,
    /// Whether agreement means distrust.
    pub reversed: bool,
}

/// One person's answers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Respondent {
    /// The group to break down by: variant, period, segment.
    pub group: Option<String>,
    /// One per question, 1 to the number of points; `None` is left open.
    pub answers: Vec<Option<f64>>,
}

/// Rules of scoring.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rules {
    /// Points of the answer scale.
    pub n_points: u8,
    /// Groups with fewer people are not shown.
    pub min_group: usize,
    /// 1 − level of the intervals.
    pub alpha: f64,
}

impl Default for Rules {
    fn default() -> Self {
        Self { n_points: 7, min_group: 10, alpha: 0.05 }
    }
}

/// A mean score with its t-interval.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// People it rests on.
    pub n: u64,
    /// 0 to 100.
    pub estimate: f64,
    /// Lower and upper end, within 0 to 100.
    pub ci: Statistic<[f64; 2]>,
}

/// The scores of some people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scores {
    /// By dimension.
    pub dimensions: BTreeMap<Dimension, Statistic<Score>>,
    /// Mean of the four, of people who have all four.
    pub overall: Statistic<Score>,
}

/// Everyone's scores, and those of each group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrustScores {
    /// Everyone.
    pub everyone: Scores,
    /// By group; a hidden group keeps its name and says why.
    pub groups: BTreeMap<String, Statistic<Scores>>,
    /// Answers off the scale, left out.
    pub n_answers_off_scale: u64,
}

/// Scores of one person, as far as enough was answered.
type Person = BTreeMap<Dimension, f64>;

/// Scores everyone.
///
/// Answers x of 1..=k become (x − 1) / (k − 1) · 100, turned around where the question is reversed.
/// A person has a dimension if they answered at least half of its questions.
///
/// ```
/// use trust::score::{Dimension, Question, Respondent, Rules, scores};
/// let question = Question { dimension: Dimension::Safety, reversed: false };
/// let answers = [4.0, 5.5, 7.0, 2.5, 4.6];
/// let people = answers.map(|x| Respondent { group: None, answers: vec![Some(x)] });
/// let rules = Rules { min_group: 5, ..Rules::default() };
/// let scores = scores(&[question], &people, rules);
/// let safety = scores.everyone.dimensions[&Dimension::Safety].known().unwrap();
/// assert!((safety.estimate - 62.0).abs() < 1e-9);
/// // scipy: t.interval(.95, 4, mean, sem) of 50, 75, 100, 25, 60
/// let [low, high] = safety.ci.known().unwrap();
/// assert!((low - 27.266682830880278).abs() < 1e-6 && (high - 96.73331716911972).abs() < 1e-6);
/// ```
#[must_use]
pub fn scores(questions: &[Question], people: &[Respondent], rules: Rules) -> TrustScores {
    let mut n_answers_off_scale = 0;
    let mut by_group: BTreeMap<Option<String>, Vec<Person>> = BTreeMap::new();
    for respondent in people {
        let person = person(questions, respondent, rules, &mut n_answers_off_scale);
        if !person.is_empty() {
            by_group.entry(respondent.group.clone()).or_default().push(person);
        }
    }
    let everyone: Vec<&Person> = by_group.values().flatten().collect();
    TrustScores {
        groups: groups(&by_group, rules),
        everyone: Measure::score(|measure| mean(&measure.of_all(everyone.iter().copied()), rules)),
        n_answers_off_scale,
    }
}

/// The scored quantity: one dimension, or all of them together.
#[derive(Debug, Clone, Copy)]
struct Measure(Option<Dimension>);

impl Measure {
    fn of(self, person: &Person) -> Option<f64> {
        match self.0 {
            Some(dimension) => person.get(&dimension).copied(),
            None => {
                let is_complete = person.len() == Dimension::ALL.len();
                is_complete.then(|| person.values().sum::<f64>() / person.len() as f64)
            }
        }
    }

    fn of_all<'a>(self, people: impl IntoIterator<Item = &'a Person>) -> Vec<f64> {
        people.into_iter().filter_map(|person| self.of(person)).collect()
    }

    fn score(of: impl Fn(Self) -> Statistic<Score>) -> Scores {
        let dimensions = Dimension::ALL.map(|dimension| (dimension, of(Self(Some(dimension)))));
        Scores { dimensions: dimensions.into(), overall: of(Self(None)) }
    }
}

/// The scores of each group that has a name; unknown where none of them may be shown.
fn groups(
    by_group: &BTreeMap<Option<String>, Vec<Person>>,
    rules: Rules,
) -> BTreeMap<String, Statistic<Scores>> {
    let scored = by_group.iter().filter_map(|(name, people)| Some((name.as_ref()?, people)));
    let score = |(name, people): (&String, &Vec<Person>)| {
        let scores = Measure::score(|measure| {
            match hidden(by_group, measure, rules.min_group).contains(name) {
                true => Statistic::unknown(too_few(rules)),
                false => mean(&measure.of_all(people), rules),
            }
        });
        let shows = scores.overall.known().is_some()
            || scores.dimensions.values().any(|score| score.known().is_some());
        let scores =
            if shows { Statistic::Known(scores) } else { Statistic::unknown(too_few(rules)) };
        (name.clone(), scores)
    };
    scored.map(score).collect()
}

/// One person's score, 0 to 100: the mean of their four dimensions; `None` where one of them was
/// not answered far enough. For comparing groups of people, never for showing anyone's own.
#[must_use]
pub fn overall(questions: &[Question], answers: &[Option<f64>], rules: Rules) -> Option<f64> {
    let respondent = Respondent { group: None, answers: answers.to_vec() };
    let person = person(questions, &respondent, rules, &mut 0);
    Measure(None).of(&person)
}

fn person(
    questions: &[Question],
    respondent: &Respondent,
    rules: Rules,
    n_off_scale: &mut u64,
) -> Person {
    let mut answered: BTreeMap<Dimension, (usize, f64)> = BTreeMap::new();
    for (question, answer) in questions.iter().zip(&respondent.answers) {
        let Some(answer) = *answer else { continue };
        match points(answer, question.reversed, rules.n_points) {
            Some(points) => {
                let (n, sum) = answered.entry(question.dimension).or_default();
                *n += 1;
                *sum += points;
            }
            None => *n_off_scale += 1,
        }
    }
    let asked = |dimension| questions.iter().filter(|q| q.dimension == dimension).count();
    answered
        .into_iter()
        .filter(|(dimension, (n, _))| 2 * n >= asked(*dimension))
        .map(|(dimension, (n, sum))| (dimension, sum / n as f64))
        .collect()
}

/// 0 to 100; `None` off the scale.
fn points(answer: f64, is_reversed: bool, n_points: u8) -> Option<f64> {
    let top = f64::from(n_points);
    if n_points < 2 || !(1.0..=top).contains(&answer) {
        return None;
    }
    let points = (answer - 1.0) / (top - 1.0) * 100.0;
    Some(if is_reversed { 100.0 - points } else { points })
}

/// Groups in which too few answered, and, while those who are in no shown group are together too
/// few as well, the next larger ones: otherwise they are everyone minus the shown ones.
fn hidden(
    by_group: &BTreeMap<Option<String>, Vec<Person>>,
    measure: Measure,
    min_group: usize,
) -> BTreeSet<String> {
    let size = |people: &Vec<Person>| measure.of_all(people).len();
    let mut n_hidden = by_group.get(&None).map_or(0, size);
    let named = by_group.iter().filter_map(|(name, people)| Some((size(people), name.as_ref()?)));
    let mut by_size: Vec<(usize, &String)> = named.collect();
    by_size.sort();
    let mut hidden = BTreeSet::new();
    for (n, name) in by_size {
        let is_needed = n_hidden > 0 && n_hidden < min_group;
        if n >= min_group && !is_needed {
            break;
        }
        n_hidden += n;
        hidden.insert(name.clone());
    }
    hidden
}

fn too_few(rules: Rules) -> String {
    format!("hidden, so that no group of fewer than {} people can be told apart", rules.min_group)
}

fn mean(scores: &[f64], rules: Rules) -> Statistic<Score> {
    if scores.len() < rules.min_group.max(1) {
        return Statistic::unknown(too_few(rules));
    }
    let n = scores.len() as f64;
    let estimate = scores.iter().sum::<f64>() / n;
    Statistic::Known(Score {
        n: scores.len() as u64,
        estimate,
        ci: interval(scores, estimate, rules.alpha),
    })
}

fn interval(scores: &[f64], mean: f64, alpha: f64) -> Statistic<[f64; 2]> {
    let n = scores.len() as f64;
    let squares: f64 = scores.iter().map(|score| (score - mean).powi(2)).sum();
    if scores.len() < 2 || squares <= 0.0 {
        return Statistic::unknown("everyone answered alike");
    }
    if !(alpha > 0.0 && alpha < 1.0) {
        return Statistic::unknown("alpha must lie between 0 and 1");
    }
    let se = (squares / (n - 1.0) / n).sqrt();
    let critical = StudentsT::new(0.0, 1.0, n - 1.0).map(|t| t.inverse_cdf(1.0 - alpha / 2.0));
    let half_width = se * critical.unwrap_or(f64::INFINITY);
    Statistic::Known([(mean - half_width).max(0.0), (mean + half_width).min(100.0)])
}

#[cfg(test)]
mod tests;
