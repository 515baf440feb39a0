//! The public page of how this shop recommends: `/transparency`, made from the settings and the model
//! in use, in both languages. The console shows the same.

mod texts;

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use charts::{About, Axis, Bar, Bars, Chart, Unit};
use domain::Language;

use crate::api::transparency::{self, Transparency};
use crate::browser::{self, html};
use crate::error::ApiError;
use crate::keys;
use crate::service::Service;
use texts::Texts;

#[derive(Template)]
#[template(path = "how.html")]
struct Page {
    tag: &'static str,
    other_tag: &'static str,
    other: &'static str,
    shop: String,
    simulated: Option<&'static str>,
    /// Whether the shop window shows whoever looks a shopper.
    has_window: bool,
    how: How,
}

/// How this shop recommends, in one language.
#[derive(Template)]
#[template(path = "how_main.html")]
pub(crate) struct How {
    texts: &'static Texts,
    model: Option<String>,
    principles: Vec<String>,
    signals: Vec<Signal>,
    weights: Option<String>,
    weights_about: &'static str,
    /// What each kind of behaviour counts.
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

/// The public page.
pub(crate) fn routes() -> Router<Arc<Service>> {
    Router::new().route("/transparency", get(show))
}

async fn show(State(service): State<Arc<Service>>, headers: HeaderMap, uri: Uri) -> Response {
    let made = service.blocking(move |service| {
        let shop = &service.live.config().shop;
        let (lang, _) = browser::language(&headers, &uri, shop.language);
        let texts = Texts::of(lang);
        let page = Page {
            tag: texts.tag,
            other_tag: texts.other_tag,
            other: texts.other,
            shop: shop.name.clone(),
            simulated: shop.simulated.then_some(texts.simulated),
            has_window: !keys::any(&service.options.settings),
            how: How::of(service, lang)?,
        };
        Ok(html(&page))
    });
    made.await.unwrap_or_else(IntoResponse::into_response)
}

impl How {
    pub(crate) fn of(service: &Service, lang: Language) -> Result<Self, ApiError> {
        let texts = Texts::of(lang);
        let told: Transparency = transparency::show(service)?;
        let in_lang = |text: &domain::Text| text.in_language(lang).to_owned();
        let number = |value: f32| Unit::Plain(3).text(f64::from(value));
        let signals = told.signals.iter().map(|signal| Signal {
            name: transparency::label(&wire(signal.signal), lang).to_owned(),
            meaning: in_lang(&signal.meaning),
            weight: number(signal.weight),
        });
        let bars = told.signals.iter().map(|signal| Bar {
            label: transparency::label(&wire(signal.signal), lang).to_owned(),
            value: Some(f64::from(signal.weight)),
            interval: None,
            colour: 0,
        });
        let bars: Vec<Bar> = bars.collect();
        let blend = told.constants.as_ref().map_or(&[][..], |constants| &constants.blend.0);
        let weights_about = match transparency::are_starting(blend, service) {
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
        let labels = crate::shown::labels::Labels(lang);
        let behaviour = domain::EventKind::ALL
            .into_iter()
            .map(|kind| (labels.did(kind).to_owned(), told.history.weight(kind)))
            .filter(|(_, weight)| *weight > 0.0);
        let explain = &told.thresholds;
        let percent = |share: f64| Unit::Percent(0).text(share);
        Ok(Self {
            model: told.model_version.as_ref().map(ToString::to_string),
            principles: told.principles.iter().map(in_lang).collect(),
            signals: signals.collect(),
            weights: figure,
            weights_about,
            behaviour: behaviour.map(|(name, weight)| (name, number(weight))).collect(),
            thresholds: vec![
                (texts.steps, told.history.steps.to_string()),
                (texts.min_buyers, explain.min_buyers.to_string()),
                (texts.strong, percent(explain.strong_share)),
                (texts.moderate, percent(explain.moderate_share)),
                (texts.sensitive, explain.sensitive_categories.len().to_string()),
            ],
            texts,
        })
    }
}

fn wire(signal: app::SignalName) -> String {
    let name = serde_json::to_value(signal).ok();
    name.as_ref().and_then(|name| name.as_str()).unwrap_or_default().to_owned()
}
