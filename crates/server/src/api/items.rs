//! `/v1/items`: the catalogue.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{Item, ItemId};
use ingest::collect::Rejected;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use shop::ShopError;
use shop::matching::Unlisted;
use utoipa::{IntoParams, ToSchema};
use web::error::{ApiError, ErrorBody};
use web::extract::{Asked, JsonBody, Named};
use web::keys::ShopServer;

use super::batch;
use super::state::Api;

/// Most items of one page.
const MOST_LISTED: usize = 1000;

/// A batch of items: one, a list, or a list under `items`.
#[derive(ToSchema, Deserialize)]
#[serde(untagged)]
#[expect(
    dead_code,
    reason = "describes the body in the documentation; entries are read one by one"
)]
pub(crate) enum ItemBatch {
    /// One item.
    One(Box<Item>),
    /// Several.
    Many(Vec<Item>),
    /// Several, under a name.
    Named {
        /// The items.
        items: Vec<Item>,
    },
}

/// What became of a batch of items.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ItemsPut {
    /// New, or different from before.
    changed: usize,
    /// The same as before.
    unchanged: usize,
    /// Refused, each with its position and cause.
    rejected: Vec<Rejected>,
}

/// One page of the catalogue.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ItemsPage {
    /// Items by id.
    items: Vec<Item>,
    /// Send it as `cursor` for the next page; missing on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Paging {
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// How many, 1 to 1000; 100 where missing.
    limit: Option<usize>,
}

/// List the catalogue
#[utoipa::path(
    get, path = "/v1/items", tag = "catalogue", params(Paging),
    responses((status = 200, body = ItemsPage), (status = 422, body = ErrorBody)),
    security(("server_key" = []))
)]
pub(crate) async fn list(
    State(service): State<Arc<Api>>,
    _: ShopServer,
    Asked(paging): Asked<Paging>,
) -> Result<Json<ItemsPage>, ApiError> {
    let limit = paging.limit.unwrap_or(100);
    if limit == 0 || limit > MOST_LISTED {
        return Err(ApiError::unreadable("limit: ask for 1 to 1000 items"));
    }
    let after = paging.cursor.as_deref().map(read_cursor).transpose()?;
    let page = service.blocking(move |service| {
        let mut items = service.live.shop().state().items_page(after.as_ref(), limit + 1)?;
        let more = items.len() > limit;
        items.truncate(limit);
        let last = items.last().filter(|_| more);
        let next_cursor = last.map(|last| URL_SAFE_NO_PAD.encode(last.id.as_str()));
        let counts = service.live.counts();
        items.retain(|item| counts.entry(&item.id).is_none_or(|entry| counts.offers(entry)));
        Ok(ItemsPage { items, next_cursor })
    });
    page.await.map(Json)
}

fn read_cursor(cursor: &str) -> Result<ItemId, ApiError> {
    let decoded = URL_SAFE_NO_PAD.decode(cursor).ok();
    let id = decoded.and_then(|bytes| String::from_utf8(bytes).ok());
    id.and_then(|id| ItemId::new(id).ok())
        .ok_or_else(|| ApiError::unreadable("cursor: send next_cursor of an earlier page"))
}

/// Ids that only events name.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UnlistedIds {
    /// Those of most events first.
    ids: Vec<Unlisted>,
    /// How many there are in all.
    n_ids: usize,
}

/// How many ids.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Most {
    /// 1 to 1000; 100 where missing.
    limit: Option<usize>,
}

/// List the ids that events name and the catalogue lacks
///
/// What was done with them still teaches, but they are not recommended until the catalogue has
/// them. None where the shop has no catalogue at all.
#[utoipa::path(
    get, path = "/v1/unlisted-items", tag = "catalogue", params(Most),
    responses((status = 200, body = UnlistedIds), (status = 422, body = ErrorBody)),
    security(("server_key" = []))
)]
pub(crate) async fn unlisted(
    State(service): State<Arc<Api>>,
    _: ShopServer,
    Asked(most): Asked<Most>,
) -> Result<Json<UnlistedIds>, ApiError> {
    let limit = most.limit.unwrap_or(100);
    if limit == 0 || limit > MOST_LISTED {
        return Err(ApiError::unreadable("limit: ask for 1 to 1000 ids"));
    }
    let found = service.blocking(move |service| {
        let mut ids = shop::matching::unlisted(service.live.shop())?;
        let n_ids = ids.len();
        ids.truncate(limit);
        Ok(UnlistedIds { ids, n_ids })
    });
    found.await.map(Json)
}

/// Put items into the catalogue
///
/// Items are new or replace what was there under their id; every version is kept. Texts are
/// normalised as an import does: entities decoded, mark-up taken out of descriptions, white space
/// collapsed.
#[utoipa::path(
    put, path = "/v1/items", tag = "catalogue",
    request_body = ItemBatch,
    responses(
        (status = 200, body = ItemsPut),
        (status = 422, description = "Nothing of the batch could be read", body = ErrorBody),
    ),
    security(("server_key" = []))
)]
pub(crate) async fn put_many(
    State(service): State<Arc<Api>>,
    _: ShopServer,
    body: JsonBody<Value>,
) -> Result<Json<ItemsPut>, ApiError> {
    let entries = batch::entries(body.value, "items")?;
    let (items, rejected) = batch::read(entries, check);
    let put = service.blocking(move |service| {
        service.metrics.rejected("items", rejected.len());
        if items.is_empty() {
            return Err(batch::nothing_readable(&rejected));
        }
        let n = items.len();
        let _catalogue = service.catalogue();
        let changed = service.live.collector.put_items(items)?;
        service.metrics.collected("items", changed);
        Ok(ItemsPut { changed, unchanged: n - changed, rejected })
    });
    put.await.map(Json)
}

fn check(item: &Item) -> Result<(), String> {
    match item.price {
        Some(price) if price.minor < 0 => Err("price: is negative".to_owned()),
        _ => Ok(()),
    }
}

/// Read one item
#[utoipa::path(
    get, path = "/v1/items/{id}", tag = "catalogue", params(("id" = String, Path)),
    responses((status = 200, body = Item), (status = 404, body = ErrorBody)),
    security(("server_key" = []))
)]
pub(crate) async fn get(
    State(service): State<Arc<Api>>,
    _: ShopServer,
    Named(id): Named<ItemId>,
) -> Result<Json<Item>, ApiError> {
    let item =
        service.blocking(move |service| Ok(service.live.item(&id).ok_or(ShopError::NoItem(id))?));
    item.await.map(|item| Json(Item::clone(&item)))
}

/// Put one item
///
/// `item_id` may be left out of the body; where it is sent it must be that of the path.
#[utoipa::path(
    put, path = "/v1/items/{id}", tag = "catalogue", params(("id" = String, Path)),
    request_body = Item,
    responses((status = 200, body = Item), (status = 422, body = ErrorBody)),
    security(("server_key" = []))
)]
pub(crate) async fn put(
    State(service): State<Arc<Api>>,
    _: ShopServer,
    Named(id): Named<ItemId>,
    body: JsonBody<Value>,
) -> Result<Json<Item>, ApiError> {
    let item = read_item(body.value, &id)?;
    let put = service.blocking(move |service| {
        let _catalogue = service.catalogue();
        put_one(service, item)
    });
    put.await.map(Json)
}

/// Change one item
///
/// A JSON merge patch (RFC 7396): fields that are sent replace, `null` removes, the rest stays.
#[utoipa::path(
    patch, path = "/v1/items/{id}", tag = "catalogue", params(("id" = String, Path)),
    request_body(content = Object, content_type = "application/merge-patch+json"),
    responses(
        (status = 200, body = Item),
        (status = 404, body = ErrorBody),
        (status = 422, body = ErrorBody),
    ),
    security(("server_key" = []))
)]
pub(crate) async fn patch(
    State(service): State<Arc<Api>>,
    _: ShopServer,
    Named(id): Named<ItemId>,
    body: JsonBody<Value>,
) -> Result<Json<Item>, ApiError> {
    if !body.value.is_object() {
        return Err(ApiError::unreadable("a merge patch is an object"));
    }
    let patched = service.blocking(move |service| {
        let _catalogue = service.catalogue();
        let item = service.live.known_item(&id).ok_or_else(|| ShopError::NoItem(id.clone()))?;
        let mut merged = serde_json::to_value(&*item).expect("an item is plain data");
        merge(&mut merged, body.value);
        put_one(service, read_item(merged, &id)?)
    });
    patched.await.map(Json)
}

/// Take an item out of the catalogue
///
/// Its past versions stay, so that what was said of it can still be verified.
#[utoipa::path(
    delete, path = "/v1/items/{id}", tag = "catalogue", params(("id" = String, Path)),
    responses((status = 204), (status = 404, body = ErrorBody)),
    security(("server_key" = []))
)]
pub(crate) async fn delete(
    State(service): State<Arc<Api>>,
    _: ShopServer,
    Named(id): Named<ItemId>,
) -> Result<StatusCode, ApiError> {
    let deleted = service.blocking(move |service| {
        let _catalogue = service.catalogue();
        Ok(service.live.collector.delete_item(&id)?)
    });
    deleted.await.map(|_| StatusCode::NO_CONTENT)
}

/// Puts an item and gives it back as it is kept: its texts are normalised.
fn put_one(service: &Api, item: Item) -> Result<Item, ApiError> {
    let id = item.id.clone();
    service.live.collector.put_items(vec![item])?;
    let kept = service.live.item(&id).ok_or(ShopError::NoItem(id))?;
    Ok(Item::clone(&kept))
}

fn read_item(mut body: Value, id: &ItemId) -> Result<Item, ApiError> {
    if let Value::Object(fields) = &mut body {
        fields.entry("item_id").or_insert_with(|| Value::String(id.to_string()));
    }
    let item: Item = serde_json::from_value(body).map_err(|error| ApiError::bad_json(&error))?;
    if item.id != *id {
        return Err(ApiError::unreadable("item_id: is not the one of the path"));
    }
    check(&item).map_err(ApiError::unreadable)?;
    Ok(item)
}

/// RFC 7396, section 2.
fn merge(target: &mut Value, patch: Value) {
    let Value::Object(patch) = patch else {
        *target = patch;
        return;
    };
    if !target.is_object() {
        *target = Value::Object(serde_json::Map::new());
    }
    let Value::Object(fields) = target else { return };
    for (name, value) in patch {
        if value.is_null() {
            fields.remove(&name);
        } else {
            merge(fields.entry(name).or_insert(Value::Null), value);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The examples of RFC 7396, appendix A.
    #[test]
    fn merging_does_what_the_standard_says() {
        let cases = [
            (json!({"a":"b"}), json!({"a":"c"}), json!({"a":"c"})),
            (json!({"a":"b"}), json!({"b":"c"}), json!({"a":"b","b":"c"})),
            (json!({"a":"b","b":"c"}), json!({"a":null}), json!({"b":"c"})),
            (json!({"a":["b"]}), json!({"a":"c"}), json!({"a":"c"})),
            (json!({"a":{"b":"c"}}), json!({"a":{"b":"d","c":null}}), json!({"a":{"b":"d"}})),
            (json!({"a":[{"b":"c"}]}), json!({"a":[1]}), json!({"a":[1]})),
            (json!({"e":null}), json!({"a":1}), json!({"e":null,"a":1})),
            (json!({}), json!({"a":{"bb":{"ccc":null}}}), json!({"a":{"bb":{}}})),
        ];
        for (mut target, patch, expected) in cases {
            merge(&mut target, patch);
            assert_eq!(target, expected);
        }
    }
}
