//! A new experiment from a form: one treatment against what is now, with the shoppers it needs to
//! find the smallest change worth finding.

use std::sync::Arc;

use app::SignalName;
use app::experiment::{Aim, Baseline, Change, Definition, Metric, Phrasing, Variant};
use axum::extract::State;
use axum::response::Response;
use domain::ModelVersion;
use serde::Deserialize;

use super::texts::Texts;
use crate::browser::OwnForm;
use crate::console::frame::{Page, act, encoded};
use crate::console::operator::Operator;
use crate::error::ApiError;
use crate::extract::Sent;
use crate::service::{Service, now};

const CONTROL: &str = "control";
const TREATMENT: &str = "treatment";
/// What a choice of a model begins with.
const MODEL: &str = "model:";
/// Signals that can rank alone.
const RANKERS: [(&str, SignalName); 4] = [
    ("transition", SignalName::Transition),
    ("text", SignalName::Text),
    ("sequence", SignalName::Sequence),
    ("popularity", SignalName::Popularity),
];

/// What the form holds.
#[derive(Deserialize)]
pub(crate) struct Form {
    #[serde(default)]
    name: String,
    #[serde(default)]
    hypothesis: String,
    #[serde(default)]
    change: String,
    #[serde(default)]
    primary: String,
    /// The share of shoppers who get the treatment, in per cent.
    #[serde(default)]
    share: String,
    /// The primary metric now, where it is a share, in per cent; empty where not known.
    #[serde(default)]
    baseline: String,
    /// The smallest change worth finding, in per cent of that.
    #[serde(default)]
    smallest: String,
}

/// What a treatment may change: the value of the form and its words.
pub(super) fn changes(service: &Service, texts: &Texts) -> Result<Vec<(String, String)>, ApiError> {
    let mut changes = vec![
        ("no_reasons".to_owned(), texts.no_reasons.to_owned()),
        ("brief".to_owned(), texts.brief.to_owned()),
    ];
    let alone = RANKERS.map(|(name, signal)| {
        (name.to_owned(), format!("{} {}", texts.ranked_by, texts.signal(signal)))
    });
    changes.extend(alone);
    let current = service.live.model().ok().map(|loaded| loaded.version.clone());
    let versions = service.live.shop().models().list().map_err(app::AppError::from)?;
    let others = versions.into_iter().rev().filter(|version| Some(version) != current.as_ref());
    changes.extend(others.map(|v| (format!("{MODEL}{v}"), format!("{} {v}", texts.other_model))));
    Ok(changes)
}

pub(crate) async fn start(
    State(service): State<Arc<Service>>,
    operator: Operator,
    _: OwnForm,
    Sent(form): Sent<Form>,
) -> Response {
    act(&service, operator, Page::Experiments, move |service, _| {
        let definition = form.definition()?;
        let models = definition.variants.iter().filter_map(|variant| variant.change.model.as_ref());
        let kept = service.live.shop().models().list().map_err(app::AppError::from)?;
        if let Some(gone) = models.into_iter().find(|model| !kept.contains(model)) {
            return Err(app::AppError::ModelGone { version: gone.clone() }.into());
        }
        service.live.start_experiment(&definition, now())?;
        Ok(format!("/console/experiments/{}?done=started", encoded(&definition.name)))
    })
    .await
}

impl Form {
    fn definition(&self) -> Result<Definition, ApiError> {
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
        definition.primary = metric.map_or(definition.primary, |metric| vec![metric]);
        if let Some(n) = self.shoppers()? {
            definition.planned_n = n as f64;
        }
        Ok(definition)
    }

    /// How many shoppers it needs, where the form says enough to tell.
    fn shoppers(&self) -> Result<Option<u64>, ApiError> {
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
        match (needed.known(), needed.reason()) {
            (Some(n), _) => Ok(Some(*n)),
            (None, why) => Err(wrong("smallest", why.unwrap_or("no number of shoppers would do"))),
        }
    }
}

fn change(chosen: &str) -> Result<Change, ApiError> {
    let plain = Change::default();
    if let Some(version) = chosen.strip_prefix(MODEL) {
        let version = ModelVersion::new(version).map_err(|error| ApiError::bad_name(&error))?;
        return Ok(Change { model: Some(version), ..plain });
    }
    if RANKERS.iter().any(|(name, _)| *name == chosen) {
        return Ok(Change { ranker: Some(chosen.to_owned()), ..plain });
    }
    match chosen {
        "no_reasons" => Ok(Change { explain: Some(false), ..plain }),
        "brief" => Ok(Change { phrasing: Some(Phrasing::Brief), ..plain }),
        _ => Err(wrong("change", "choose what the treatment changes")),
    }
}

/// A number of per cent, above 0 and below 100; `None` where nothing was typed.
fn percent(field: &'static str, typed: &str) -> Result<Option<f64>, ApiError> {
    let typed = typed.trim().trim_end_matches(['%', '％']).trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let number = typed.parse().ok().filter(|n: &f64| *n > 0.0 && *n < 100.0);
    let number = number.ok_or_else(|| wrong(field, "type a number above 0 and below 100"))?;
    Ok(Some(number))
}

fn wrong(field: &'static str, problem: &str) -> ApiError {
    app::AppError::BadRequest { field, problem: problem.to_owned() }.into()
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
