//! The body of the page of transparency, the same in the shop and in the console.

use app::Live;
use askama::Template;
use charts::{About, Axis, Bar, Bars, Chart, Unit};
use domain::Language;
use shop::ShopError;

use super::texts::Texts;
use super::{are_starting, document};
use crate::labels::Labels;
use crate::signals::label;

/// How this shop recommends, in one language.
#[derive(Template)]
#[template(path = "transparency.html")]
pub struct TransparencyPage {
    texts: &'static Texts,
    model: Option<String>,
    principles: Vec<String>,
    signals: Vec<Signal>,
    weights: Option<String>,
    weights_about: &'static str,
    /// The weight of each kind of event.
    behaviour: Vec<(String, String)>,
    /// From how much evidence something may be claimed.
    thresholds: Vec<(&'static str, String)>,
}

/// One signal.
struct Signal {
    name: String,
    meaning: String,
    weight: String,
}

impl TransparencyPage {
    /// The page of the shop as it is set and trained now.
    ///
    /// # Errors
    /// [`ShopError`] where the store cannot be read.
    pub fn of(live: &Live, lang: Language) -> Result<Self, ShopError> {
        let texts = Texts::of(lang);
        let about = document(live)?;
        let in_lang = |text: &domain::Text| text.in_language(lang).to_owned();
        let number = |value: f32| Unit::Plain(3).text(f64::from(value));
        let signals = about.signals.iter().map(|signal| Signal {
            name: label(&wire(signal.signal), lang).to_owned(),
            meaning: in_lang(&signal.meaning),
            weight: number(signal.weight),
        });
        let bars = about.signals.iter().map(|signal| Bar {
            label: label(&wire(signal.signal), lang).to_owned(),
            value: Some(f64::from(signal.weight)),
            interval: None,
            colour: 0,
        });
        let bars: Vec<Bar> = bars.collect();
        let blend = about.constants.as_ref().map_or(&[][..], |constants| &constants.blend.0);
        let weights_about = match are_starting(blend, live) {
            true => texts.weights_starting,
            false => texts.weights_about,
        };
        let figure = (!bars.is_empty()).then(|| {
            let chart = Bars {
                about: About::new(texts.weights, weights_about, lang),
                names: texts.signal.to_owned(),
                axis: Axis::new(texts.weight, Unit::Plain(3)),
                bars,
            };
            chart.figure()
        });
        let labels = Labels(lang);
        let behaviour = domain::EventKind::ALL
            .into_iter()
            .map(|kind| (labels.did(kind).to_owned(), about.history.weight(kind)))
            .filter(|(_, weight)| *weight > 0.0);
        let explain = &about.thresholds;
        let percent = |share: f64| Unit::Percent(0).text(share);
        Ok(Self {
            model: about.model_version.as_ref().map(ToString::to_string),
            principles: about.principles.iter().map(in_lang).collect(),
            signals: signals.collect(),
            weights: figure,
            weights_about,
            behaviour: behaviour.map(|(name, weight)| (name, number(weight))).collect(),
            thresholds: vec![
                (texts.steps, about.history.steps.to_string()),
                (texts.min_buyers, explain.min_buyers.to_string()),
                (texts.strong, percent(explain.strong_share)),
                (texts.moderate, percent(explain.moderate_share)),
                (texts.sensitive, explain.sensitive_categories.len().to_string()),
            ],
            texts,
        })
    }
}

fn wire(signal: signals::SignalName) -> String {
    let name = serde_json::to_value(signal).ok();
    name.as_ref().and_then(|name| name.as_str()).unwrap_or_default().to_owned()
}
