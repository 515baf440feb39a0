//! The plain page: one shopper's recent history, what is recommended to them, and why.
//!
//! No script, one style sheet, every text escaped by the template. Shown only where the server
//! runs open, because a browser sends no key.

mod card;
mod circumstances;
mod facts;
mod texts;

use std::sync::Arc;

use app::Request;
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{Html, IntoResponse};
use domain::{EventTime, ItemId, Language, SubjectId, Timestamp};
use serde::Deserialize;

use crate::api::recommendations::recommend;
use crate::error::ApiError;
use crate::extract::Asked;
use crate::service::Service;
use card::Card;
use texts::Texts;

/// Recommendations shown.
const SHOWN: usize = 8;
/// Steps of the history shown.
const REMEMBERED: usize = 12;

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Chosen {
    /// One of the shoppers offered; empty for a visitor.
    shopper: Option<String>,
    /// An id that was typed; goes before `shopper`.
    id: String,
    lang: Option<String>,
}

#[derive(Template)]
#[template(path = "page.html")]
struct Page {
    texts: &'static Texts,
    lang: Language,
    shop: String,
    simulated: bool,
    /// False: keys are set, and the page shows nobody.
    open: bool,
    choices: Vec<Choice>,
    /// Id of the shopper shown; empty for a visitor.
    shopper: String,
    typed: String,
    notice: Option<String>,
    view: Option<View>,
}

/// A shopper that is offered.
struct Choice {
    id: String,
    name: String,
    selected: bool,
}

/// What is shown of one shopper.
struct View {
    history: Vec<Seen>,
    profiled: bool,
    cards: Vec<Card>,
    request_id: String,
    model_version: String,
}

/// One step of the history.
struct Seen {
    title: String,
    kind: &'static str,
    date: Option<String>,
}

/// `GET /style.css`.
pub(crate) async fn style() -> impl IntoResponse {
    let headers =
        [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "max-age=300")];
    (headers, include_str!("../assets/style.css"))
}

/// `GET /`.
pub(crate) async fn show(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
    Asked(chosen): Asked<Chosen>,
) -> Result<Html<String>, ApiError> {
    let lang = language(&service, &headers, &chosen);
    let html = service.blocking(move |service| {
        let page = page(service, &chosen, lang);
        page.render().map_err(|error| ApiError::internal(&error))
    });
    html.await.map(Html)
}

/// The form's language, else the browser's, else the shop's.
fn language(service: &Service, headers: &HeaderMap, chosen: &Chosen) -> Language {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let tags = chosen.lang.as_deref().into_iter().chain(accepted.unwrap_or_default().split(','));
    let read = |tag: &str| tag.split(';').next()?.parse().ok();
    tags.map(read).find_map(|lang| lang).unwrap_or(service.live.config().shop.language)
}

fn page(service: &Service, chosen: &Chosen, lang: Language) -> Page {
    let texts = Texts::of(lang);
    let shop = &service.live.config().shop;
    let samples = &service.options.sample_shoppers;
    let first = samples.first().map(|sample| sample.subject.to_string());
    let typed = chosen.id.trim();
    let shopper = match typed {
        "" => chosen.shopper.clone().or(first).unwrap_or_default(),
        typed => typed.to_owned(),
    };
    let choices = samples.iter().map(|sample| Choice {
        id: sample.subject.to_string(),
        name: sample.name.in_language(lang).to_owned(),
        selected: sample.subject.as_str() == shopper,
    });
    let choices: Vec<_> = choices.collect();
    let offered = choices.iter().any(|choice| choice.selected);
    let open = service.keys.is_open();
    let (view, notice) = match open.then(|| view(service, &shopper, lang)) {
        Some(Ok(view)) => (Some(view), None),
        Some(Err(error)) => (None, Some(format!("{}{}", texts.cannot_show, error.message()))),
        None => (None, None),
    };
    Page {
        texts,
        lang,
        shop: shop.name.clone(),
        simulated: shop.simulated,
        open,
        typed: if offered { String::new() } else { shopper.clone() },
        choices,
        shopper,
        notice,
        view,
    }
}

fn view(service: &Service, shopper: &str, lang: Language) -> Result<View, ApiError> {
    let subject = match shopper {
        "" => None,
        named => Some(SubjectId::new(named).map_err(|error| ApiError::bad_name(&error))?),
    };
    let history = subject.as_ref().map(|subject| history(service, subject, lang)).transpose()?;
    let request = Request { shopper: subject, k: SHOWN, lang: Some(lang), ..Request::default() };
    let answer = recommend(service, &request)?;
    let cards = answer.items.iter().map(|item| Card::of(service, item, lang));
    Ok(View {
        history: history.unwrap_or_default(),
        profiled: answer.profiled,
        cards: cards.collect(),
        request_id: answer.request_id.to_string(),
        model_version: answer.model_version.to_string(),
    })
}

fn history(service: &Service, subject: &SubjectId, lang: Language) -> Result<Vec<Seen>, ApiError> {
    let state = service.live.shop().state();
    let Some(shopper) = state.shopper(subject)? else { return Ok(Vec::new()) };
    let config = &service.live.config().history;
    let events = state.recent(shopper, config.events, state.newest()?)?;
    let steps = app::history::steps(&events, config);
    let seen = steps.into_iter().take(REMEMBERED).map(|step| Seen {
        title: title(service, &step.past.item_id, lang),
        kind: step.past.kind.map_or("", |kind| Texts::of(lang).did(kind)),
        date: step.past.time.and_then(EventTime::instant).map(Timestamp::date),
    });
    Ok(seen.collect())
}

/// What the shop calls an item; its id where it has no title.
fn title(service: &Service, id: &ItemId, lang: Language) -> String {
    let tally = service.live.tally();
    let title = tally.entry(id).map(|entry| entry.item.title.in_language(lang).trim().to_owned());
    title.filter(|title| !title.is_empty()).unwrap_or_else(|| id.to_string())
}
