//! The explorer: what any shopper would be shown, why, and what it would be without some of their
//! history. Nothing here is recorded or counts as shown.

mod texts;

use std::collections::BTreeMap;
use std::sync::Arc;

use answers::Request;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::{EventTime, IngestId, ItemId, Language, SubjectId, Surface, Timestamp};
use presentation::card::{Card, Goods};
use presentation::labels::Labels;
use serving::dialogue::{Explored, PastStep};
use web::error::ApiError;
use web::extract::Asked;

use crate::frame::{Frame, Page};
use crate::operator::Operator;
use crate::respond::page;
use crate::state::Console;
use texts::Texts;

#[derive(Template)]
#[template(path = "recommendations.html")]
struct Explorer {
    frame: Frame,
    texts: &'static Texts,
    asked: Form,
    /// Missing before the first training.
    found: Option<Found>,
}

/// The values of the form.
struct Form {
    shopper: String,
    item: String,
    k: usize,
    surfaces: Vec<Choice>,
    languages: Vec<Choice>,
    samples: Vec<Choice>,
    /// The language of reasons, which need not be the page's.
    tag: &'static str,
}

/// One thing to choose.
struct Choice {
    value: String,
    name: String,
    selected: bool,
}

/// The answer for the shopper of the form.
struct Found {
    cards: Vec<Card>,
    profiled: bool,
    warnings: Vec<String>,
    history: Vec<Past>,
    what_if: Option<WhatIf>,
}

/// A step of the history, to be left out or not.
struct Past {
    event_id: String,
    goods: Goods,
    kind: &'static str,
    date: Option<String>,
    used: bool,
    kept: bool,
}

/// The list with and without.
enum WhatIf {
    Rows(Vec<Row>),
    /// The two ways to work it out do not agree.
    Unknown,
}

/// A place of either list.
struct Row {
    goods: Goods,
    before: Option<usize>,
    after: Option<usize>,
}

/// The request, by the names of the form. An event of the history that the page showed comes
/// as `had_ID`, and as `use_ID` too while it is ticked.
type Fields = BTreeMap<String, String>;

fn field<'f>(fields: &'f Fields, name: &str) -> &'f str {
    fields.get(name).map_or("", |value| value.trim())
}

pub(super) async fn show(
    State(service): State<Arc<Console>>,
    operator: Operator,
    Asked(fields): Asked<Fields>,
) -> Response {
    page(&service, operator, Page::Recommendations, move |service, operator, frame| {
        let lang = operator.lang;
        let texts = Texts::of(lang);
        let request = request(&fields, lang)?;
        let without = left_out(&fields);
        let explored = match service.live.dialogue.explore(&request, &without) {
            Ok(explored) => Some(explored),
            Err(shop::ShopError::NoModel) => None,
            Err(error) => return Err(error.into()),
        };
        let found = explored.map(|explored| found(service, &explored, &without, lang));
        Ok(Explorer { asked: form(service, &request, texts, lang), texts, found, frame })
    })
    .await
}

fn request(fields: &Fields, lang: Language) -> Result<Request, ApiError> {
    let bad = |error: domain::Invalid| ApiError::bad_name(&error);
    let shopper = match field(fields, "shopper") {
        "" => None,
        named => Some(SubjectId::new(named).map_err(bad)?),
    };
    let seed_items = match field(fields, "item") {
        "" => Vec::new(),
        named => vec![ItemId::new(named).map_err(bad)?],
    };
    let surface = serde_json::from_value(field(fields, "surface").into()).unwrap_or_default();
    let k = field(fields, "k").parse().unwrap_or(Request::default().k);
    let lang = field(fields, "in").parse().unwrap_or(lang);
    Ok(Request { surface, shopper, seed_items, k, lang: Some(lang), ..Request::default() })
}

fn left_out(fields: &Fields) -> Vec<IngestId> {
    let had = fields.keys().filter_map(|name| name.strip_prefix("had_"));
    let unticked = had.filter(|id| !fields.contains_key(&format!("use_{id}")));
    unticked.filter_map(|id| id.parse().ok()).collect()
}

fn form(service: &Console, request: &Request, texts: &Texts, lang: Language) -> Form {
    let shopper = request.shopper.as_ref().map(ToString::to_string).unwrap_or_default();
    let surface = |(surface, name): (Surface, &str)| Choice {
        value: wire(surface),
        name: name.to_owned(),
        selected: surface == request.surface,
    };
    let language = |(tag, name): (Language, &str)| Choice {
        value: tag.tag().to_owned(),
        name: name.to_owned(),
        selected: request.lang == Some(tag),
    };
    let samples = service.sample_shoppers.iter().map(|sample| Choice {
        value: sample.subject.to_string(),
        name: sample.name.in_language(lang).to_owned(),
        selected: false,
    });
    Form {
        shopper,
        item: request.seed_items.first().map(ToString::to_string).unwrap_or_default(),
        k: request.k,
        surfaces: texts.surfaces().map(surface).into(),
        languages: Language::ALL.map(|lang| language((lang, lang.own_name()))).into(),
        samples: samples.collect(),
        tag: request.lang.unwrap_or(lang).tag(),
    }
}

fn wire(surface: Surface) -> String {
    let name = serde_json::to_value(surface).ok();
    name.as_ref().and_then(|name| name.as_str()).unwrap_or_default().to_owned()
}

fn found(service: &Console, explored: &Explored, without: &[IngestId], lang: Language) -> Found {
    let answer = &explored.answer;
    let past = |step: &PastStep| Past {
        event_id: step.event_id.to_string(),
        goods: Goods::of(&service.live, &step.item_id, lang),
        kind: step.kind.map(|kind| Labels(lang).did(kind)).unwrap_or_default(),
        date: step.time.and_then(EventTime::instant).map(Timestamp::date),
        used: step.used,
        kept: !without.contains(&step.event_id),
    };
    Found {
        cards: answer.items.iter().map(|item| Card::of(&service.live, item, lang)).collect(),
        profiled: answer.profiled,
        warnings: answer.warnings.clone(),
        history: explored.history.iter().map(past).collect(),
        what_if: (!without.is_empty()).then(|| what_if(service, explored, lang)),
    }
}

fn what_if(service: &Console, explored: &Explored, lang: Language) -> WhatIf {
    let Some(after) = &explored.instead else { return WhatIf::Unknown };
    let before: Vec<&ItemId> = explored.answer.items.iter().map(|item| &item.item_id).collect();
    let gone = before.iter().copied().filter(|id| !after.contains(id));
    let row = |id: &ItemId| Row {
        goods: Goods::of(&service.live, id, lang),
        before: before.iter().position(|known| *known == id).map(|at| at + 1),
        after: after.iter().position(|known| known == id).map(|at| at + 1),
    };
    WhatIf::Rows(after.iter().chain(gone).map(row).collect())
}
