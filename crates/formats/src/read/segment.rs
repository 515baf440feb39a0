//! Parses the v2 e-commerce calls of Segment and RudderStack, and the same events as PostHog wraps
//! them; one call or one batch a line. `messageId` makes a retry the same event, and a call that
//! names visitor and person joins them. Calls that are about no product are rejected.
//!
//! Fields as the "Segment Spec: V2 Ecommerce Events" and PostHog's capture API document them.

use domain::{Currency, EventKind, EventTime, ItemId, Rating, Review, Timestamp};
use serde_json::Value;

use super::commerce::{self, Arrival, Occasion, Product, Stream, Who};
use crate::output::Output;
use crate::text::identity::RowKeys;
use crate::text::json::{self, Part};
use crate::text::lines::Lines;
use crate::{Error, Input, Record};

mod fields;

use fields::{Call, ProductFields, Properties};

/// Reads one file.
///
/// # Errors
/// [`Error::Read`], [`Error::Empty`], [`Error::NothingReadable`].
pub fn read(input: Input<'_>, output: &mut Output<'_>) -> Result<(), Error> {
    let name = input.name().to_owned();
    output.file(&name, |output| {
        let mut lines = Lines::new(input);
        let mut keys = RowKeys::new(output.format());
        let mut stream = Stream::default();
        while let Some(line) = lines.next()? {
            let mut left_out = Vec::new();
            let outcome = line.and_then(|line| {
                let call: Call<'_> = json::object(line)?;
                let name = if call.has_own_name() { String::new() } else { keys.next([line]) };
                let arrival = Arrival { at: None, name: &name };
                call_records(&call, &arrival, &mut stream, &mut left_out)
            });
            left_out.iter().for_each(|what| output.leave_out(what));
            output.row(lines.number(), outcome)?;
        }
        stream.mentions().try_for_each(|mention| output.record(mention))?;
        Ok(lines.encoding())
    })
}

/// The records of a call or a batch that was sent rather than filed.
///
/// # Errors
/// The problem, with the field.
pub(crate) fn body_records(body: &Value, arrival: &Arrival<'_>) -> Result<Vec<Record>, String> {
    call_records(&json::of_value(body)?, arrival, &mut Stream::default(), &mut Vec::new())
}

fn call_records(
    call: &Call<'_>,
    arrival: &Arrival<'_>,
    stream: &mut Stream,
    left_out: &mut Vec<String>,
) -> Result<Vec<Record>, String> {
    if matches!(call.batch, Part::Missing) {
        return single(call, arrival, stream, left_out);
    }
    let mut records = Vec::new();
    for (place, call) in call.batch.list("batch")?.iter().enumerate() {
        let name = format!("{}-{place}", arrival.name);
        let arrival = Arrival { name: &name, ..*arrival };
        let of_call = single(call, &arrival, stream, left_out)
            .map_err(|cause| format!("batch[{place}]: {cause}"))?;
        records.extend(of_call);
    }
    Ok(records)
}

fn single(
    call: &Call<'_>,
    arrival: &Arrival<'_>,
    stream: &mut Stream,
    left_out: &mut Vec<String>,
) -> Result<Vec<Record>, String> {
    let properties = call.properties.object("properties")?;
    let who = who(call, properties)?;
    let name = call.event.owned("event")?.unwrap_or_default();
    let Some(kind) = commerce::kind(&name).filter(|_| call.is_track()) else {
        let what =
            if name.is_empty() { call.kind.owned("type")?.unwrap_or_default() } else { name };
        left_out.push(format!("calls `{what}`, which are about no product"));
        return Ok(stream.identity(&who).into_iter().collect());
    };
    let properties = properties.ok_or("field `properties` is missing; it holds the products")?;
    let products = products(properties, kind, left_out)?;
    if products.is_empty() {
        left_out.push(format!("calls `{name}` without products"));
        return Ok(stream.identity(&who).into_iter().collect());
    }
    let time = when(call, arrival)?;
    let order = properties.order_id.owned("properties.order_id")?;
    let key = match (call.own_name()?, &order) {
        (_, Some(order)) if kind.is_purchase() => format!("order-{order}"),
        (Some(id), _) => format!("message:{id}"),
        (None, _) => arrival.name.to_owned(),
    };
    let list = properties.list_id.owned("properties.list_id")?;
    let context = call.context.object("context")?;
    let occasion = Occasion {
        order,
        session: context.map_or(Ok(None), |c| c.session_id.owned("context.sessionId"))?,
        request_id: list.as_deref().and_then(commerce::our_answer),
        region: context.map_or(Ok(None), fields::Context::region)?,
        device: context.map_or(Ok(None), fields::Context::device)?,
        zone_minutes: call.zone_minutes(),
        ..Occasion::bare(who, kind, EventTime::At(time), key)
    };
    let mut records = stream.occasion(&occasion, &products);
    if kind == EventKind::Rate {
        records.extend(review(properties, &occasion, &products[0])?);
    }
    Ok(records)
}

fn who(call: &Call<'_>, properties: Option<&Properties<'_>>) -> Result<Who, String> {
    let person = call.user_id.text("userId")?;
    let visitor = call.anonymous_id.text("anonymousId")?;
    let posthog = call.distinct_id.text("distinct_id")?;
    let Some(distinct) = posthog else {
        return Who::new(person.as_deref(), visitor.as_deref());
    };
    // PostHog has one name for both; `$identify` tells which visitor the person was before.
    let before = properties.map_or(Ok(None), |p| p.anon_distinct_id.text("$anon_distinct_id"))?;
    let is_person = before.is_some() || properties.is_some_and(|p| p.is_identified.is_true());
    match is_person {
        true => Who::new(Some(&distinct), before.as_deref()),
        false => Who::new(None, Some(&distinct)),
    }
}

fn when(call: &Call<'_>, arrival: &Arrival<'_>) -> Result<Timestamp, String> {
    let told = [
        (&call.timestamp, "timestamp"),
        (&call.original_timestamp, "originalTimestamp"),
        (&call.sent_at, "sentAt"),
        (&call.received_at, "receivedAt"),
    ];
    for (time, name) in told {
        if let Some(time) = time.time(name)? {
            return Ok(time);
        }
    }
    arrival.at.ok_or_else(|| "has no time; give `timestamp` as in 2026-06-01T08:30:00Z".to_owned())
}

/// The products of a list or an order, or else the one that the properties themselves name.
fn products(
    properties: &Properties<'_>,
    kind: EventKind,
    left_out: &mut Vec<String>,
) -> Result<Vec<Product>, String> {
    let currency = properties.currency.currency("properties.currency")?;
    let listed = properties.products.list("properties.products")?;
    if currency.is_none() && listed.iter().chain([&properties.product]).any(|p| p.price.is_there())
    {
        left_out.push("prices without a currency".to_owned());
    }
    let is_single = listed.is_empty() && properties.product.is_named();
    if is_single {
        return Ok(vec![product(&properties.product, currency)?]);
    }
    if listed.is_empty() && !matches!(kind, EventKind::Refund | EventKind::Exposure) {
        return Err("names no product; give `product_id` or `products`".to_owned());
    }
    let read = |(place, fields): (usize, &ProductFields<'_>)| {
        product(fields, currency).map_err(|cause| format!("products[{place}]: {cause}"))
    };
    listed.iter().enumerate().map(read).collect()
}

fn product(fields: &ProductFields<'_>, currency: Option<Currency>) -> Result<Product, String> {
    let id = match fields.product_id.text("product_id")? {
        Some(id) => Some(id),
        None => fields.sku.text("sku")?,
    };
    let id = id.ok_or("has neither `product_id` nor `sku`; one of them is required")?;
    let category = fields.category.text("category")?.unwrap_or_default();
    let path = category.split(['>', '/']).map(str::trim).filter(|name| !name.is_empty());
    Ok(Product {
        title: fields.name.owned("name")?,
        brand: fields.brand.owned("brand")?,
        categories: path.map(str::to_owned).collect(),
        quantity: fields.quantity.quantity("quantity")?.unwrap_or(1),
        price: commerce::price_in(currency, |currency| fields.price.money("price", currency))?,
        ..Product::bare(ItemId::new(&id).map_err(|e| e.to_string())?)
    })
}

/// Reads a `Product Reviewed` call; the rating must be 1–5.
fn review(
    properties: &Properties<'_>,
    occasion: &Occasion,
    product: &Product,
) -> Result<Option<Record>, String> {
    let Some(subject) = occasion.who.subject() else {
        return Ok(None);
    };
    let stars = properties.rating.number("properties.rating")?;
    let rating = stars.map(Rating::new).transpose().map_err(|e| e.to_string())?;
    Ok(Some(Record::Review(Review {
        subject,
        item_id: product.id.clone(),
        time: occasion.time,
        rating,
        title: String::new(),
        text: properties.review_body.owned("properties.review_body")?.unwrap_or_default(),
        source_key: occasion.key.clone(),
    })))
}
