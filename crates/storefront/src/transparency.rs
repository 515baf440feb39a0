//! The public page of how this shop recommends: `/transparency`, made from the settings and the model
//! in use, in both languages. The console shows the same.

mod texts;

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use presentation::transparency::TransparencyPage;
use web::blocking;
use web::browser::{self, html};

use crate::state::Storefront;
use texts::Texts;

#[derive(Template)]
#[template(path = "transparency.html")]
struct Page {
    tag: &'static str,
    other_tag: &'static str,
    other: &'static str,
    shop: String,
    simulated: Option<&'static str>,
    /// Whether the storefront shows whoever looks a shopper.
    has_window: bool,
    how: TransparencyPage,
    texts: &'static Texts,
}

/// `GET /transparency`.
pub(crate) async fn show(
    State(service): State<Arc<Storefront>>,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    let made = blocking(&service, move |service| {
        let shop = &service.live.config().shop;
        let (lang, _) = browser::language(&headers, &uri, shop.language);
        let texts = Texts::of(lang);
        let page = Page {
            tag: texts.tag,
            other_tag: texts.other_tag,
            other: texts.other,
            shop: shop.name.clone(),
            simulated: shop.simulated.then_some(texts.simulated),
            has_window: service.is_open,
            how: TransparencyPage::of(&service.live, lang)?,
            texts,
        };
        Ok(html(&page))
    });
    made.await.unwrap_or_else(IntoResponse::into_response)
}
