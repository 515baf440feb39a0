//! Asking back, in words or with the buttons of the last answer.

use std::sync::Arc;

use answers::Request;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::{ItemId, Language};
use presentation::card::Goods;
use serde::Deserialize;
use serving::dialogue::{AskRequest, Asked as Answered, Exchange, LONGEST_QUESTION, Question};
use web::browser::OwnForm;
use web::error::ApiError;
use web::extract::{Asked, Sent};
use web::now;

use crate::frame::Frame;
use crate::interactions::led_from;
use crate::respond::page;
use crate::state::Storefront;
use crate::visitor::Visitor;

/// Items of a list that are shown with an answer.
const SHOWN: usize = 8;

#[derive(Template)]
#[template(path = "ask.html")]
struct Page {
    frame: Frame,
    /// The item that "this" means.
    about: Option<Goods>,
    conversation: String,
    /// The answer that led here.
    from: String,
    longest: usize,
    /// Earlier questions and answers, the latest last.
    earlier: Vec<Exchange>,
    answer: Option<Reply>,
}

/// An answer.
struct Reply {
    question: String,
    /// The words beside the facts.
    note: String,
    /// The sentences that state facts.
    sentences: Vec<String>,
    /// A page that says more, and what it is called.
    more: Option<(&'static str, &'static str)>,
    items: Vec<Goods>,
    actions: Vec<Button>,
    can_ask: Vec<String>,
}

/// Something that can be done next.
struct Button {
    label: String,
    /// The typed question, as it is sent back.
    ask: String,
}

/// The item that the questions are about.
#[derive(Deserialize)]
pub(super) struct About {
    #[serde(default)]
    item: Option<ItemId>,
    /// The conversation to go on with.
    #[serde(default)]
    conversation: String,
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
    State(service): State<Arc<Storefront>>,
    visitor: Visitor,
    Asked(about): Asked<About>,
) -> Response {
    page(&service, visitor, move |service, visitor, frame| {
        Ok(Page {
            about: about.item.map(|id| Goods::of(&service.live, &id, visitor.lang)),
            earlier: service.live.dialogue.said(&about.conversation, &visitor.subject, now()),
            conversation: about.conversation,
            from: String::new(),
            longest: LONGEST_QUESTION,
            answer: None,
            frame,
        })
    })
    .await
}

pub(super) async fn answer(
    State(service): State<Arc<Storefront>>,
    visitor: Visitor,
    _: OwnForm,
    Sent(words): Sent<Words>,
) -> Response {
    page(&service, visitor, move |service, visitor, mut frame| {
        let item_id = ItemId::new(&words.item).ok();
        let typed = |raw: &str| {
            serde_json::from_str::<Question>(raw).map_err(|error| ApiError::bad_json(&error))
        };
        let is_typed = !words.ask.is_empty();
        // A link may be older than an erasure, or another visitor's.
        let from = led_from(&words.from);
        let speaks = |id| service.live.feedback.may_speak_of(id, &visitor.subject);
        let may_speak = from.as_ref().map(speaks).transpose()?;
        let request_id = from.filter(|_| may_speak == Some(true));
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
        let earlier = service.live.dialogue.said(&words.conversation, &visitor.subject, now());
        let answered = service.live.ask(&request, now())?;
        // Behind a form there is only what was said to go back to.
        frame.here = here(&answered.conversation, item_id.as_ref());
        Ok(Page {
            earlier,
            from: words.from,
            about: item_id.map(|id| Goods::of(&service.live, &id, visitor.lang)),
            conversation: answered.conversation.clone(),
            longest: LONGEST_QUESTION,
            answer: Some(reply(service, visitor, &frame, words.question, answered)),
            frame,
        })
    })
    .await
}

/// Where a conversation can be read again.
fn here(conversation: &str, item: Option<&ItemId>) -> String {
    let plain = |id: &&ItemId| {
        id.as_str().bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    };
    let item = item.filter(plain).map_or(String::new(), |id| format!("&item={id}"));
    format!("/ask?conversation={conversation}{item}")
}

fn reply(
    service: &Storefront,
    visitor: &Visitor,
    frame: &Frame,
    question: String,
    answered: Answered,
) -> Reply {
    let items = answered.items.iter().take(SHOWN);
    let items = items.map(|id| Goods::of(&service.live, id, visitor.lang));
    let actions = answered.actions.into_iter().map(|action| Button {
        label: action.label,
        ask: serde_json::to_string(&action.ask).expect("a question is plain data"),
    });
    let sentences: Vec<String> = answered.sentences.into_iter().map(|one| one.text).collect();
    let facts = sentences.join(if answered.lang == Language::En { " " } else { "" });
    let note = answered.text.strip_suffix(&facts).unwrap_or(&answered.text).trim().to_owned();
    let more = match answered.understood {
        Some(Question::HowItWorks) => Some(("/transparency", frame.texts.how)),
        Some(Question::MyData | Question::WhatYouKnow | Question::ForgetMe { .. }) => {
            Some(("/me", frame.texts.me))
        }
        _ => None,
    };
    Reply {
        question,
        note,
        sentences,
        more,
        items: items.collect(),
        actions: actions.collect(),
        can_ask: answered.can_ask,
    }
}
