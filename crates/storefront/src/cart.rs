//! The cart, what was saved for later, and what goes with both.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::{Currency, EventKind, ItemId, Money, Surface};
use explain::phrase::money;
use presentation::card::Goods;
use web::browser::{OwnForm, after};

use crate::frame::Frame;
use crate::interactions::{self, Interaction};
use crate::list::{List, Place, list};
use crate::respond::{act, page};
use crate::state::Storefront;
use crate::visitor::Visitor;

/// Items beside the cart.
const BESIDE: usize = 4;
/// Items of the cart that the list is about.
const SEEDS: usize = 5;

#[derive(Template)]
#[template(path = "cart.html")]
struct Cart {
    frame: Frame,
    lines: Vec<Line>,
    /// The sum of the items that can be bought, by currency.
    totals: Vec<String>,
    n_sold_out: usize,
    saved: Vec<Goods>,
    list: Option<List>,
}

/// Some of one item.
struct Line {
    goods: Goods,
    quantity: u32,
}

pub(super) async fn show(State(service): State<Arc<Storefront>>, visitor: Visitor) -> Response {
    page(&service, visitor, |service, visitor, frame| {
        let in_cart = interactions::cart(service, visitor)?;
        let mut saved = interactions::saved(&interactions::events(service, visitor)?);
        saved.retain(|id| in_cart.iter().all(|(held, _)| held != id));
        let seed_items = in_cart.iter().take(SEEDS).map(|(id, _)| id.clone()).collect();
        let list = list(service, visitor, Place { surface: Surface::Cart, k: BESIDE, seed_items })?;
        let goods = |id: &ItemId| Goods::of(&service.live, id, visitor.lang);
        let lines =
            in_cart.iter().map(|(id, quantity)| Line { goods: goods(id), quantity: *quantity });
        let lines: Vec<Line> = lines.collect();
        let totals = totals(service, &in_cart);
        Ok(Cart {
            n_sold_out: lines.iter().filter(|line| !line.goods.in_stock).count(),
            lines,
            totals: totals.into_iter().map(|total| money(total, visitor.lang)).collect(),
            saved: saved.iter().map(goods).collect(),
            list,
            frame,
        })
    })
    .await
}

/// The sum of what can be bought and has a price.
fn totals(service: &Storefront, in_cart: &[(ItemId, u32)]) -> Vec<Money> {
    let mut sums: BTreeMap<String, (Currency, i64)> = BTreeMap::new();
    for (id, quantity) in in_cart {
        let item = service.live.item(id).filter(|item| item.can_be_bought());
        let Some(price) = item.and_then(|item| item.price) else { continue };
        let sum = sums.entry(price.currency.to_string()).or_insert((price.currency, 0));
        sum.1 = sum.1.saturating_add(price.minor.saturating_mul(i64::from(*quantity)));
    }
    sums.into_values().map(|(currency, minor)| Money { minor, currency }).collect()
}

pub(super) async fn buy(
    State(service): State<Arc<Storefront>>,
    visitor: Visitor,
    _: OwnForm,
) -> Response {
    act(&service, visitor, |service, visitor| {
        let in_cart = interactions::cart(service, visitor)?;
        let can_be_bought = |id: &ItemId| service.live.item(id).is_some_and(|i| i.can_be_bought());
        let (bought, left): (Vec<_>, Vec<_>) =
            in_cart.into_iter().partition(|(id, _)| can_be_bought(id));
        for (item_id, quantity) in &bought {
            let kind = EventKind::Purchase;
            let done = Interaction { kind, item_id, quantity: *quantity, from: None };
            interactions::did(service, &visitor.subject, done)?;
        }
        let done = match (bought.is_empty(), left.is_empty()) {
            (true, false) => "sold_out",
            (false, false) => "part",
            (_, true) => "purchase",
        };
        Ok(after("/cart", done))
    })
    .await
}
