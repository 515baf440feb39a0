//! The cart, what was saved for later, and what goes with both.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::{EventKind, ItemId, Surface};

use super::basket;
use super::frame::{Frame, act, page};
use super::list::{List, Place, list};
use super::visitor::Visitor;
use crate::browser::{OwnForm, after};
use crate::service::Service;
use crate::shown::card::Goods;

/// Items beside the cart.
const BESIDE: usize = 4;
/// Items of the cart that the list is about.
const SEEDS: usize = 5;

#[derive(Template)]
#[template(path = "window/cart.html")]
struct Cart {
    frame: Frame,
    goods: Vec<Goods>,
    saved: Vec<Goods>,
    list: Option<List>,
}

pub(super) async fn show(State(service): State<Arc<Service>>, visitor: Visitor) -> Response {
    page(&service, visitor, |service, visitor, frame| {
        let in_cart = basket::cart(service, visitor)?;
        let saved = basket::wishes(&basket::events(service, visitor)?);
        let seed_items = in_cart.iter().take(SEEDS).cloned().collect();
        let list = list(service, visitor, Place { surface: Surface::Cart, k: BESIDE, seed_items })?;
        let goods = |ids: &[ItemId]| {
            ids.iter().map(|id| Goods::of(service, id, visitor.lang)).collect::<Vec<_>>()
        };
        Ok(Cart { goods: goods(&in_cart), saved: goods(&saved), list, frame })
    })
    .await
}

pub(super) async fn buy(
    State(service): State<Arc<Service>>,
    visitor: Visitor,
    _: OwnForm,
) -> Response {
    act(&service, visitor, |service, visitor| {
        for id in basket::cart(service, visitor)? {
            basket::did(service, &visitor.subject, EventKind::Purchase, &id, None)?;
        }
        Ok(after("/cart", "purchase"))
    })
    .await
}
