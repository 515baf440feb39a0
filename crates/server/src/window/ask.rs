//! Asking back, in words or with the buttons of the last answer.

use std::sync::Arc;

use app::Request;
use app::ask::{AskRequest, Asked as Answered, LONGEST_QUESTION, Question};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::{IngestId, ItemId};
use serde::Deserialize;

use super::frame::{Frame, page};
use super::visitor::Visitor;
use crate::browser::OwnForm;
use crate::error::ApiError;
use crate::extract::{Asked, Sent};
use crate::service::{Service, now};
use crate::shown::card::Goods;

/// Items of a list that are shown with an answer.
const SHOWN: usize = 8;

#[derive(Template)]
#[template(path = "window/ask.html")]
struct Page {
    frame: Frame,
    /// The item that "this" means.
    about: Option<Goods>,
    conversation: String,
    /// The answer that led here.
    from: String,
    longest: usize,
    answer: Option<Told>,
}

/// An answer.
struct Told {
    question: String,
    text: String,
    items: Vec<Goods>,
    actions: Vec<Button>,
    can_ask: Vec<String>,
    /// A correction that was made, to take it back.
    made: Option<IngestId>,
}

/// Something that can be done next.
struct Button {
    label: String,
    /// The typed question, as it is sent back.
    ask: String,
}

/// What is asked about.
#[derive(Deserialize)]
pub(super) struct About {
    #[serde(default)]
    item: Option<ItemId>,
}

/// A question.
#[derive(Deserialize)]
pub(super) struct Words {
    #[serde(default)]
    question: String,
    /// A typed question of a button.
    #[serde(default)]
    ask: String,
    #[serde(default)]
    item: String,
    #[serde(default)]
    conversation: String,
    /// The answer that led here.
    #[serde(default)]
    from: String,
}

pub(super) async fn show(
    State(service): State<Arc<Service>>,
    visitor: Visitor,
    Asked(about): Asked<About>,
) -> Response {
    page(&service, visitor, move |service, visitor, frame| {
        Ok(Page {
            about: about.item.map(|id| Goods::of(service, &id, visitor.lang)),
            conversation: String::new(),
            from: String::new(),
            longest: LONGEST_QUESTION,
            answer: None,
            frame,
        })
    })
    .await
}

pub(super) async fn answer(
    State(service): State<Arc<Service>>,
    visitor: Visitor,
    _: OwnForm,
    Sent(words): Sent<Words>,
) -> Response {
    page(&service, visitor, move |service, visitor, mut frame| {
        // There is nothing to go back to behind a form.
        frame.here = "/ask".to_owned();
        let item_id = ItemId::new(&words.item).ok();
        let typed = |raw: &str| {
            serde_json::from_str::<Question>(raw).map_err(|error| ApiError::bad_json(&error))
        };
        let is_typed = !words.ask.is_empty();
        // A link may be older than an erasure, or another visitor's.
        let led_from = super::from(&words.from);
        let request_id = led_from.filter(|id| service.live.may_speak_of(id, &visitor.subject));
        let request = AskRequest {
            shopper: None,
            ask: is_typed.then(|| typed(&words.ask)).transpose()?,
            question: (!is_typed).then(|| words.question.clone()),
            item_id: item_id.clone(),
            request_id,
            conversation: Some(words.conversation.clone()).filter(|name| !name.is_empty()),
            lang: Some(visitor.lang),
            list: Request {
                shopper: Some(visitor.subject.clone()),
                k: SHOWN,
                lang: Some(visitor.lang),
                ..Request::default()
            },
        };
        let answered = service.live.ask(&request, now())?;
        Ok(Page {
            from: words.from,
            about: item_id.map(|id| Goods::of(service, &id, visitor.lang)),
            conversation: answered.conversation.clone(),
            longest: LONGEST_QUESTION,
            answer: Some(told(service, visitor, words.question, answered)),
            frame,
        })
    })
    .await
}

fn told(service: &Service, visitor: &Visitor, question: String, answered: Answered) -> Told {
    let items = answered.items.iter().take(SHOWN);
    let items = items.map(|id| Goods::of(service, id, visitor.lang));
    let actions = answered.actions.into_iter().map(|action| Button {
        label: action.label,
        ask: serde_json::to_string(&action.ask).expect("a question is plain data"),
    });
    let effect = answered.effect.filter(|effect| !effect.taken_back);
    Told {
        question,
        text: answered.text,
        items: items.collect(),
        actions: actions.collect(),
        can_ask: answered.can_ask,
        made: effect.map(|effect| effect.correction_id),
    }
}
