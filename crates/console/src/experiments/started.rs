//! A new experiment from a form: one treatment against what is now, with the shoppers it needs to
//! find the smallest change worth finding.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use domain::{Language, ModelVersion};
use experimentation::experiment::{Aim, Baseline, Change, Definition, Metric, Phrasing, Variant};
use presentation::signals::name as signal_name;
use serde::Deserialize;
use shop::ShopError;
use signals::SignalName;
use web::browser::OwnForm;
use web::error::ApiError;
use web::extract::Sent;
use web::now;

use super::layers::OWN_LAYER;
use super::problems::{BAD_CHANGE, BAD_NUMBER, BAD_SMALLEST};
use super::texts::Texts;
use crate::format::encoded;
use crate::frame::Page;
use crate::operator::Operator;
use crate::respond::act_or_again;
use crate::state::Console;

const CONTROL: &str = "control";
const TREATMENT: &str = "treatment";
/// The prefix of a choice of a model.
const MODEL: &str = "model:";
/// Signals that can rank alone.
const RANKERS: [SignalName; 4] =
    [SignalName::Transition, SignalName::Text, SignalName::Sequence, SignalName::Popularity];

/// The values of the form.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Form {
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    pub(super) hypothesis: String,
    #[serde(default)]
    pub(super) change: String,
    #[serde(default)]
    pub(super) primary: String,
    /// The layer; [`OWN_LAYER`] for one of its own.
    #[serde(default)]
    pub(super) layer: String,
    /// The share of shoppers who get the treatment, in per cent.
    #[serde(default)]
    pub(super) share: String,
    /// The primary metric now, where it is a share, in per cent; empty where not known.
    #[serde(default)]
    pub(super) baseline: String,
    /// The smallest change worth finding, in per cent of that.
    #[serde(default)]
    pub(super) smallest: String,
}

impl Default for Form {
    fn default() -> Self {
        Self {
            name: String::new(),
            hypothesis: String::new(),
            change: String::new(),
            primary: String::new(),
            layer: String::new(),
            share: "50".to_owned(),
            baseline: String::new(),
            smallest: "10".to_owned(),
        }
    }
}

/// Why nothing was started.
pub(super) struct Refused {
    /// The field of the form as it is labelled.
    pub(super) field: Option<&'static str>,
    pub(super) problem: String,
    /// Whether the problem is told in English, whatever the page is in.
    pub(super) is_english: bool,
}

impl Refused {
    /// An error by its field of the form; what the form itself finds is told in the page's words.
    fn of(error: &ShopError, texts: &Texts) -> Self {
        match error {
            ShopError::BadRequest { field, problem } => {
                let known = texts.problem_with(problem);
                let (problem, is_english) = match known {
                    Some(words) => (words.to_owned(), false),
                    None => (problem.clone(), true),
                };
                Self { field: texts.field(field), problem, is_english }
            }
            // Of what the form makes, only an overlap can be refused here.
            ShopError::Experiment(_) => {
                let (field, problem) = (Some(texts.layer), texts.bad_layer.to_owned());
                Self { field, problem, is_english: false }
            }
            other => Self { field: None, problem: other.to_string(), is_english: true },
        }
    }
}

/// Changes that a treatment may make: the value of the form and its words.
pub(super) fn changes(
    service: &Console,
    texts: &Texts,
    lang: Language,
) -> Result<Vec<(String, String)>, ApiError> {
    let mut changes = vec![
        ("no_reasons".to_owned(), texts.no_reasons.to_owned()),
        ("brief".to_owned(), texts.brief.to_owned()),
    ];
    let alone = RANKERS.map(|signal| {
        let name = signal.name();
        (name.to_owned(), format!("{} {}", texts.ranked_by, signal_name(name, lang)))
    });
    changes.extend(alone);
    let current = service.live.model().ok().map(|loaded| loaded.version.clone());
    let versions = service.live.shop().models().list().map_err(shop::ShopError::from)?;
    let others = versions.into_iter().rev().filter(|version| Some(version) != current.as_ref());
    changes.extend(others.map(|v| (format!("{MODEL}{v}"), format!("{} {v}", texts.other_model))));
    Ok(changes)
}

pub(crate) async fn start(
    State(service): State<Arc<Console>>,
    operator: Operator,
    _: OwnForm,
    Sent(form): Sent<Form>,
) -> Response {
    let sent = form.clone();
    let again = move |service: &Console, operator: &Operator, frame, error: &ShopError| {
        let refused = Refused::of(error, Texts::of(operator.lang));
        super::Experiments::of(service, operator, frame, sent, Some(refused))
    };
    let work = move |service: &Console| {
        let definition = form.definition()?;
        let models = definition.variants.iter().filter_map(|variant| variant.change.model.as_ref());
        let kept = service.live.shop().models().list()?;
        if let Some(gone) = models.into_iter().find(|model| !kept.contains(model)) {
            return Err(ShopError::ModelGone { version: gone.clone() });
        }
        service.live.start_experiment(&definition, now())?;
        Ok(format!("/console/experiments/{}?done=started", encoded(&definition.name)))
    };
    act_or_again(&service, operator, Page::Experiments, work, again).await
}

impl Form {
    fn definition(&self) -> Result<Definition, ShopError> {
        let share = percent("share", &self.share)?.unwrap_or(50.0);
        let variant =
            |name: &str, weight: f64, change| Variant { name: name.to_owned(), weight, change };
        let variants = vec![
            variant(CONTROL, 100.0 - share, Change::default()),
            variant(TREATMENT, share, change(self.change.trim())?),
        ];
        let metric = Metric::ALL.into_iter().find(|metric| metric.name() == self.primary.trim());
        let mut definition = Definition {
            hypothesis: self.hypothesis.trim().to_owned(),
            ..Definition::new(self.name.trim(), CONTROL, variants)
        };
        match self.layer.trim() {
            "" => {}
            // Layers and experiments have no name in common.
            OWN_LAYER => definition.layer = format!("{}-layer", definition.name),
            layer => layer.clone_into(&mut definition.layer),
        }
        definition.primary = metric.map_or(definition.primary, |metric| vec![metric]);
        if let Some(n) = self.shoppers()? {
            definition.planned_n = n as f64;
        }
        Ok(definition)
    }

    /// How many shoppers it needs, where the form says enough to tell.
    fn shoppers(&self) -> Result<Option<u64>, ShopError> {
        let (now, smallest) =
            (percent("baseline", &self.baseline)?, percent("smallest", &self.smallest)?);
        let (Some(now), Some(smallest)) = (now, smallest) else { return Ok(None) };
        let aim = Aim {
            baseline: Baseline::Share(now / 100.0),
            smallest: smallest / 100.0,
            n_variants: 2,
            alpha: 0.05,
        };
        let needed = aim.shoppers();
        match needed.known() {
            Some(n) => Ok(Some(*n)),
            None => Err(wrong("smallest", BAD_SMALLEST)),
        }
    }
}

fn change(chosen: &str) -> Result<Change, ShopError> {
    let plain = Change::default();
    if let Some(version) = chosen.strip_prefix(MODEL) {
        let version =
            ModelVersion::new(version).map_err(|error| wrong("change", &error.to_string()))?;
        return Ok(Change { model: Some(version), ..plain });
    }
    if RANKERS.iter().any(|signal| signal.name() == chosen) {
        return Ok(Change { ranker: Some(chosen.to_owned()), ..plain });
    }
    match chosen {
        "no_reasons" => Ok(Change { explain: Some(false), ..plain }),
        "brief" => Ok(Change { phrasing: Some(Phrasing::Brief), ..plain }),
        _ => Err(wrong("change", BAD_CHANGE)),
    }
}

/// A number of per cent, above 0 and below 100; `None` where nothing was typed.
fn percent(field: &'static str, typed: &str) -> Result<Option<f64>, ShopError> {
    let typed = typed.trim().trim_end_matches(['%', '％']).trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let number = typed.parse().ok().filter(|n: &f64| *n > 0.0 && *n < 100.0);
    let number = number.ok_or_else(|| wrong(field, BAD_NUMBER))?;
    Ok(Some(number))
}

fn wrong(field: &'static str, problem: &str) -> ShopError {
    ShopError::BadRequest { field, problem: problem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> Form {
        Form {
            name: " shorter ".to_owned(),
            hypothesis: String::new(),
            change: "brief".to_owned(),
            primary: "conversion".to_owned(),
            layer: String::new(),
            share: "20".to_owned(),
            baseline: "10".to_owned(),
            smallest: "20 %".to_owned(),
        }
    }

    #[test]
    fn a_form_becomes_an_experiment_with_the_shoppers_it_needs() {
        let definition = form().definition().unwrap();
        assert_eq!(definition.name, "shorter");
        let weights: Vec<f64> = definition.variants.iter().map(|v| v.weight).collect();
        assert_eq!((weights, definition.planned_n), (vec![80.0, 20.0], 7678.0));
        assert_eq!(definition.layer, "main");
        let own = Form { layer: OWN_LAYER.to_owned(), ..form() }.definition().unwrap();
        assert_eq!(own.layer, "shorter-layer");
        let unplanned = Form { baseline: String::new(), ..form() };
        assert!(unplanned.definition().unwrap().planned_n > 0.0);
    }

    #[test]
    fn what_makes_no_sense_is_refused_with_its_field() {
        let refused = |form: Form| form.definition().unwrap_err().to_string();
        assert!(refused(Form { change: "everything".to_owned(), ..form() }).contains("change"));
        for typed in ["0", "100", "-3", "many", "NaN", "inf"] {
            assert!(
                refused(Form { share: typed.to_owned(), ..form() }).contains("share"),
                "{typed}"
            );
        }
        let too_much = Form { baseline: "80".to_owned(), smallest: "50".to_owned(), ..form() };
        assert!(refused(too_much).contains("smallest"));
    }
}
