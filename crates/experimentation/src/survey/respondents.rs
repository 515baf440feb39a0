//! Everyone who was asked, with their answers, ready to be scored.

use std::collections::BTreeMap;

use domain::{IngestId, ShopperId, Timestamp};
use store::{StoredSurvey, every};
use trust::score::{Question, Rules, overall};
use trust::{Construct, Questionnaire};

use super::{Asked, asked};
use shop::{Shop, ShopError};

/// Everyone who was asked.
#[derive(Debug, Default)]
pub struct Respondents {
    /// Each questionnaire that was answered and read, oldest first.
    pub people: Vec<Person>,
    /// Questionnaires that were put.
    pub n_asked: u64,
    /// Of these, answered at least in part.
    pub n_answered: u64,
    /// Left out, because the attention check was missed.
    pub n_unread: u64,
    /// Left out, because what was kept of the questionnaire cannot be read or its version is not
    /// known.
    pub n_unreadable: u64,
    latest: BTreeMap<ShopperId, usize>,
}

/// One answered questionnaire.
#[derive(Debug)]
pub struct Person {
    /// The questionnaire's ingest id.
    pub id: IngestId,
    /// When it was put.
    pub at: Timestamp,
    /// What was asked.
    pub asked: Asked,
    /// Item and answer.
    pub answers: Vec<(String, u8)>,
    /// Trust score, 0 to 100, where all four dimensions were answered far enough.
    pub trust: Option<f64>,
    /// Mean answer to the satisfaction items.
    pub satisfaction: Option<f64>,
}

impl Respondents {
    /// Reads every questionnaire.
    pub fn read(shop: &Shop) -> Result<Self, ShopError> {
        let mut read = Self::default();
        shop.state().scan_surveys(&mut every(|survey: StoredSurvey| {
            read.n_asked += 1;
            let asked = asked(&survey).ok();
            let known = asked.and_then(|a| Some((Questionnaire::version(&a.version)?, a)));
            let Some((questionnaire, asked)) = known else {
                read.n_unreadable += 1;
                return;
            };
            if survey.answers.is_empty() {
                return;
            }
            read.n_answered += 1;
            if !questionnaire.was_read(&survey.answers) {
                read.n_unread += 1;
                return;
            }
            let (questions, row) = scored_row(questionnaire, &survey.answers);
            let rules = Rules { n_points: questionnaire.n_points, ..Rules::default() };
            read.latest.insert(survey.shopper, read.people.len());
            read.people.push(Person {
                id: survey.id,
                at: survey.at,
                trust: overall(&questions, &row, rules),
                satisfaction: questionnaire.mean(Construct::Satisfaction, &survey.answers),
                answers: survey.answers,
                asked,
            });
        }))?;
        Ok(read)
    }

    /// Each person's latest answers.
    pub fn latest(&self) -> impl Iterator<Item = &Person> {
        self.latest.values().map(|at| &self.people[*at])
    }

    /// A shopper's latest answers, if they were asked after `since`.
    pub fn latest_since(&self, shopper: ShopperId, since: IngestId) -> Option<&Person> {
        let person = &self.people[*self.latest.get(&shopper)?];
        (person.id > since).then_some(person)
    }
}

/// The scored questions and a row of answers to them.
pub fn scored_row(
    questionnaire: &Questionnaire,
    answers: &[(String, u8)],
) -> (Vec<Question>, Vec<Option<f64>>) {
    let given = |id: &str| {
        let found = answers.iter().find(|(answered, _)| answered == id);
        found.map(|(_, value)| f64::from(*value))
    };
    questionnaire.scored().into_iter().map(|(item, question)| (question, given(&item.id))).unzip()
}
