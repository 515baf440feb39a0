//! The storefront: the shop as a shopper meets it, with a reason beside everything recommended; the
//! widget for pages of other shops; and the public page of transparency.
//!
//! Server-rendered, no script, every text escaped by the templates; interactions here are events and
//! feedback like any other. Shown only where the server runs open, because a browser sends no key.
//! Computes nothing: every list and every reason comes from `serving`.

mod state;

mod frame;
mod locked;
mod shelves;
mod texts;
mod visitor;

mod error_page;
mod respond;

mod actions;
mod art;
mod assets;
mod interactions;
mod list;

mod ask;
mod cart;
mod category;
mod corrections;
mod home;
mod my_data;
mod product;
mod survey;
mod why;

mod transparency;
mod widget;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

pub use state::Storefront;

/// Erases a shopper, which takes as long as fitting the model again.
pub const ERASE: &str = "/me/erase";

/// The pages and what they load; whatever has no other route is answered here, too.
pub fn routes(storefront: Arc<Storefront>) -> Router {
    Router::new()
        .route("/", get(home::show))
        .route("/category", get(category::show))
        .route("/item/{id}", get(product::show))
        .route("/cart", get(cart::show).post(cart::buy))
        .route("/why/{reason}", get(why::show).post(why::say))
        .route("/me", get(my_data::show))
        .route("/me/profiling", post(my_data::switch))
        .route("/me/undo", post(corrections::undo))
        .route("/me/wish", post(corrections::wish))
        .route("/ask", get(ask::show).post(ask::answer))
        .route(ERASE, post(my_data::erase))
        .route("/survey", get(survey::show).post(survey::answer))
        .route("/survey/later", get(survey::later))
        .route("/visit", post(actions::visit))
        .route("/do", post(actions::do_something))
        .route("/language", get(actions::read_in))
        .route("/art/{id}", get(art::show))
        .route("/favicon.svg", get(assets::favicon))
        .route("/style.css", get(assets::style))
        .route("/shop.css", get(assets::shop_style))
        .merge(widget::routes())
        .route("/transparency", get(transparency::show))
        .fallback(respond::lost)
        .with_state(storefront)
}
