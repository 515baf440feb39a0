//! Parses the v2 e-commerce calls of Segment and RudderStack, and the same events as PostHog wraps
//! them; one call or one batch a line. `messageId` makes a retry the same event, and a call that
//! names visitor and person joins them. Calls that are about no product are rejected.
//!
//! Fields as the "Segment Spec: V2 Ecommerce Events" and PostHog's capture API document them.

use cells::fault::Fault;
use cells::path;
use cells::value::item_id;
use cells::values::Values;
use domain::{Currency, EventKind, EventTime, Rating, Review, Timestamp};
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
        let mut stream = Stream::of_orders(output.orders());
        let values = output.values();
        while let Some(line) = lines.next()? {
            let mut left_out = Vec::new();
            let outcome = line.and_then(|line| {
                let mended = json::mended(line);
                let call: Call<'_> = json::object(&mended)?;
                let name = if call.has_own_name() { String::new() } else { keys.next([line]) };
                let arrival = Arrival { at: None, name: &name };
                let mut reader =
                    Reader { values: &values, stream: &mut stream, left_out: &mut left_out };
                reader.calls(&call, &arrival)
            });
            let number = lines.number();
            left_out.iter().for_each(|what| output.leave_out_at(number, what, ""));
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
pub(crate) fn body_records(
    body: &Value,
    arrival: &Arrival<'_>,
    values: &Values,
) -> Result<Vec<Record>, String> {
    let mut stream = Stream::default();
    let mut reader = Reader { values, stream: &mut stream, left_out: &mut Vec::new() };
    reader.calls(&json::of_value(body)?, arrival)
}

/// What is kept from call to call.
struct Reader<'s> {
    values: &'s Values,
    stream: &'s mut Stream,
    left_out: &'s mut Vec<String>,
}

impl Reader<'_> {
    /// A batch with one call that cannot be read gives the others.
    fn calls(&mut self, call: &Call<'_>, arrival: &Arrival<'_>) -> Result<Vec<Record>, String> {
        if matches!(call.batch, Part::Missing) {
            return self.single(call, arrival);
        }
        let (mut records, mut n_read, mut first) = (Vec::new(), 0, None);
        for (place, call) in call.batch.list("batch")?.iter().enumerate() {
            let name = format!("{}-{place}", arrival.name);
            let arrival = Arrival { name: &name, ..*arrival };
            match self.single(call, &arrival) {
                Ok(of_call) => {
                    n_read += 1;
                    records.extend(of_call);
                }
                Err(cause) => {
                    let cause = format!("batch[{place}]: {cause}");
                    self.values.leave_out(Fault::of_part("batch", &cause));
                    first.get_or_insert(cause);
                }
            }
        }
        match first {
            Some(cause) if n_read == 0 => Err(cause),
            _ => Ok(records),
        }
    }

    fn single(&mut self, call: &Call<'_>, arrival: &Arrival<'_>) -> Result<Vec<Record>, String> {
        let properties = call.properties.object("properties")?;
        let who = who(call, properties)?;
        let name = call.event.owned("event")?.unwrap_or_default();
        let Some(kind) = commerce::kind(&name).filter(|_| call.is_track()) else {
            let what =
                if name.is_empty() { call.kind.owned("type")?.unwrap_or_default() } else { name };
            self.left_out.push(format!("calls `{what}`, which are about no product"));
            return Ok(self.stream.identity(&who).into_iter().collect());
        };
        let properties =
            properties.ok_or("field `properties` is missing; it holds the products")?;
        let values = self.values;
        let products = products(properties, kind, values)?;
        if products.is_empty() {
            self.left_out.push(format!("calls `{name}` without products"));
            return Ok(self.stream.identity(&who).into_iter().collect());
        }
        let time = when(call, arrival, values)?;
        let kept = |read| values.or_none(read).flatten();
        let order = kept(properties.order_id.owned("properties.order_id"));
        let key = match call.own_name()? {
            Some(id) => format!("message:{id}"),
            None => arrival.name.to_owned(),
        };
        let list = kept(properties.list_id.owned("properties.list_id"));
        let context = values.or_none(call.context.object("context")).flatten();
        let occasion = Occasion {
            order,
            session: context.and_then(|c| kept(c.session_id.owned("context.sessionId"))),
            request_id: list.as_deref().and_then(commerce::our_answer),
            region: context.and_then(|c| kept(c.region())),
            device: context.and_then(|c| kept(c.device())),
            zone_minutes: call.zone_minutes(),
            ..Occasion::bare(who, kind, EventTime::At(time), key)
        };
        let mut records = self.stream.occasion(&occasion, &products, self.left_out);
        if kind == EventKind::Rate {
            records.extend(review(properties, &occasion, &products[0], values));
        }
        Ok(records)
    }
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

fn when(call: &Call<'_>, arrival: &Arrival<'_>, values: &Values) -> Result<Timestamp, String> {
    let told = [
        (&call.timestamp, "timestamp"),
        (&call.original_timestamp, "originalTimestamp"),
        (&call.sent_at, "sentAt"),
        (&call.received_at, "receivedAt"),
    ];
    let mut unread = Vec::new();
    for (time, name) in told {
        match time.time(name, values) {
            Ok(Some(time)) => {
                unread.into_iter().for_each(|fault| values.leave_out(fault));
                return Ok(time);
            }
            Ok(None) => {}
            Err(fault) => unread.push(fault),
        }
    }
    let missing = || "has no time; give `timestamp` as in 2026-06-01T08:30:00Z".to_owned();
    match (arrival.at, unread.first()) {
        (Some(at), _) => {
            unread.into_iter().for_each(|fault| values.leave_out(fault));
            Ok(at)
        }
        (None, first) => Err(first.map_or_else(missing, ToString::to_string)),
    }
}

/// The products of a list or an order, or else the one that the properties themselves name.
fn products(
    properties: &Properties<'_>,
    kind: EventKind,
    values: &Values,
) -> Result<Vec<Product>, String> {
    let currency = properties.currency.currency("properties.currency", values);
    let currency = values.or_none(currency).flatten();
    let listed = properties.products.list("properties.products")?;
    let is_single = listed.is_empty() && properties.product.is_named();
    if is_single {
        return Ok(vec![product(&properties.product, currency, values)?]);
    }
    if listed.is_empty() && !matches!(kind, EventKind::Refund | EventKind::Exposure) {
        return Err("names no product; give `product_id` or `products`".to_owned());
    }
    let (mut products, mut first) = (Vec::new(), None);
    for (place, fields) in listed.iter().enumerate() {
        match product(fields, currency, values) {
            Ok(product) => products.push(product),
            Err(cause) => {
                let cause = format!("products[{place}]: {cause}");
                values.leave_out(Fault::of_part("products", &cause));
                first.get_or_insert(cause);
            }
        }
    }
    match first {
        Some(cause) if products.is_empty() => Err(cause),
        _ => Ok(products),
    }
}

fn product(
    fields: &ProductFields<'_>,
    currency: Option<Currency>,
    values: &Values,
) -> Result<Product, String> {
    let kept = |read| values.or_none(read).flatten();
    let id = match fields.product_id.text("product_id")? {
        Some(id) => Some(id),
        None => fields.sku.text("sku")?,
    };
    let id = id.ok_or("has neither `product_id` nor `sku`; one of them is required")?;
    let category = kept(fields.category.owned("category")).unwrap_or_default();
    let quantity = values.or_none(fields.quantity.quantity("quantity", values)).flatten();
    Ok(Product {
        title: kept(fields.name.owned("name")),
        brand: kept(fields.brand.owned("brand")),
        categories: path::names(&category, &['>', '/']),
        quantity: quantity.unwrap_or(1),
        url: values.url("url", kept(fields.url.owned("url")).as_deref()),
        image: values.url("image_url", kept(fields.image_url.owned("image_url")).as_deref()),
        price: commerce::price("price", &fields.price, currency, values),
        ..Product::bare(item_id("product_id", &id)?)
    })
}

/// Reads a `Product Reviewed` call; the rating must be 1–5.
fn review(
    properties: &Properties<'_>,
    occasion: &Occasion,
    product: &Product,
    values: &Values,
) -> Option<Record> {
    const FIELD: &str = "properties.rating";
    let subject = occasion.who.subject()?;
    let stars = values.or_none(properties.rating.number(FIELD, values)).flatten();
    let rating =
        stars.map(|stars| Rating::new(stars).map_err(|invalid| Fault::of(FIELD, &invalid)));
    let text = values.or_none(properties.review_body.owned("properties.review_body")).flatten();
    Some(Record::Review(Review {
        subject,
        item_id: product.id.clone(),
        time: occasion.time,
        rating: rating.and_then(|rating| values.or_none(rating)),
        title: String::new(),
        text: text.unwrap_or_default(),
        source_key: occasion.key.clone(),
    }))
}
