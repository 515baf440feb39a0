//! One item: what the shop says of it, what others say, what can be done with it, and what goes
//! beside it.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::{EventKind, EventTime, ItemId, Language, Surface, Timestamp};
use messages::text;
use presentation::card::Goods;
use presentation::labels::Labels;
use serde::Deserialize;
use shop::ShopError;
use web::error::ApiError;
use web::extract::{Asked, Named};

use crate::frame::Frame;
use crate::interactions;
use crate::list::{List, Place, list};
use crate::respond::page;
use crate::state::Storefront;
use crate::visitor::Visitor;

/// Items beside it.
const BESIDE: usize = 4;
/// Newest reviews shown.
const REVIEWS: usize = 6;

/// Which answer led here.
#[derive(Deserialize)]
pub(super) struct Led {
    #[serde(default)]
    from: String,
}

#[derive(Template)]
#[template(path = "product.html")]
struct Product {
    frame: Frame,
    goods: Goods,
    from: String,
    description: String,
    /// From wide to narrow.
    categories: Vec<String>,
    details: Vec<(String, String)>,
    /// Mean stars, and how many ratings.
    rated: Option<(String, String)>,
    reviews: Vec<Shown>,
    list: Option<List>,
}

/// A review as it is shown.
struct Shown {
    stars: Option<String>,
    title: String,
    text: String,
    date: Option<String>,
    /// The language that it is written in, where it can be told.
    lang: Option<&'static str>,
}

pub(super) async fn show(
    State(service): State<Arc<Storefront>>,
    visitor: Visitor,
    Named(id): Named<ItemId>,
    Asked(led): Asked<Led>,
) -> Response {
    page(&service, visitor, move |service, visitor, frame| {
        let item = service.live.item(&id).ok_or_else(|| ShopError::NoItem(id.clone()))?;
        // A link that did not come from here must not speak for anybody.
        if visitor.looks && visitor.is_known_here() {
            let from = interactions::led_from(&led.from);
            let kind = if from.is_some() { EventKind::Click } else { EventKind::View };
            let done = interactions::Interaction { kind, item_id: &id, quantity: 1, from };
            interactions::did(service, &visitor.subject, done)?;
        }
        let lang = visitor.lang;
        let place = Place { surface: Surface::Product, k: BESIDE, seed_items: vec![id.clone()] };
        let list = list(service, visitor, place)?;
        let ratings = service.live.counts().ratings(&id);
        Ok(Product {
            goods: Goods::of(&service.live, &id, lang),
            from: led.from,
            description: item.description.in_language(lang).trim().to_owned(),
            categories: item.categories.iter().map(|c| c.in_language(lang).to_owned()).collect(),
            details: details(&item, lang),
            rated: ratings
                .mean()
                .map(|mean| (format!("{mean:.1}"), frame.texts.n_ratings(ratings.n))),
            reviews: reviews(service, &id)?,
            list,
            frame,
        })
    })
    .await
}

fn details(item: &domain::Item, lang: Language) -> Vec<(String, String)> {
    let joint = text!(lang, "storefront-comma");
    let described = item.described_by().map(|(name, values)| {
        let values: Vec<_> = values.iter().map(|value| value.in_language(lang)).collect();
        (Labels(lang).attribute(name), values.join(joint))
    });
    described.collect()
}

fn reviews(service: &Storefront, id: &ItemId) -> Result<Vec<Shown>, ApiError> {
    let state = service.live.shop().state();
    let found = state.item_reviews(id, state.newest()?, REVIEWS)?;
    let shown = found.into_iter().map(|review| Shown {
        lang: language::detect(&review.text).map(Language::tag),
        stars: review.rating.map(|rating| format!("{:.1}", rating.stars())),
        title: review.title,
        text: review.text,
        date: EventTime::instant(review.time).map(Timestamp::date),
    });
    Ok(shown.collect())
}
