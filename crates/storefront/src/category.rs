//! A category at any level, or the whole shop: what stands in it, and its narrower ones.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use presentation::card::Goods;
use serde::Deserialize;
use web::error::ApiError;
use web::extract::Asked;

use crate::frame::Frame;
use crate::respond::page;
use crate::shelves::{Department, PER_PAGE};
use crate::state::Storefront;
use crate::visitor::Visitor;

/// Which category, everything where none is named, and which page of it, from 1.
#[derive(Deserialize)]
pub(super) struct Which {
    #[serde(rename = "in", default)]
    name: String,
    #[serde(default)]
    page: Option<usize>,
}

#[derive(Template)]
#[template(path = "category.html")]
struct Category {
    frame: Frame,
    /// As the address names it.
    name: String,
    title: String,
    /// How many items, in words.
    count: String,
    /// Which page of how many, in words.
    pages: String,
    narrower: Vec<Department>,
    goods: Vec<Goods>,
    page: usize,
    n_pages: usize,
}

pub(super) async fn show(
    State(service): State<Arc<Storefront>>,
    visitor: Visitor,
    Asked(which): Asked<Which>,
) -> Response {
    page(&service, visitor, move |service, visitor, frame| {
        let page = which.page.unwrap_or(1).max(1);
        let named = Some(&*which.name).filter(|name| !name.is_empty());
        let found =
            service.shelves.shelf(&service.live, named, page.saturating_sub(1).min(1_000_000));
        let shelf = found.ok_or_else(|| ApiError::no_category(frame.texts.no_items))?;
        let goods = shelf.items.iter().map(|id| Goods::of(&service.live, id, visitor.lang));
        let title = match &shelf.name {
            Some(name) => name.in_language(visitor.lang),
            None => frame.texts.all_items,
        };
        let n_pages = shelf.n_items.div_ceil(PER_PAGE).max(1);
        Ok(Category {
            title: title.to_owned(),
            name: which.name,
            count: frame.texts.n_items(shelf.n_items),
            pages: frame.texts.page_of(page, n_pages),
            narrower: shelf.narrower,
            goods: goods.collect(),
            page,
            n_pages,
            frame,
        })
    })
    .await
}
