//! Reads the bodies of Shopify's webhooks: products, orders, and requests of its privacy rules. The
//! server checks the sender before it reads.
//!
//! Fields as Shopify's Admin API ("Webhooks") documents them.

use cells::fault::Fault;
use cells::values::{Values, Writing};
use domain::item::VARIANT_ID;
use domain::{Currency, EventKind, EventTime, Invalid, Item, ItemId, Money, SubjectId, Text};
use serde_json::Value;

use crate::EventRecord;
use crate::read::commerce::{Occasion, Who};
use crate::text::json::{self, Scalar};

mod bodies;

use bodies::{OrderBody, ProductBody, Variant};

/// Topics of webhooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// `products/create` and `products/update`.
    ProductPut,
    /// `products/delete`.
    ProductDelete,
    /// `orders/create` and `orders/paid`: one purchase, by whichever comes first.
    OrderPlaced,
    /// `orders/cancelled`.
    OrderCancelled,
    /// `customers/data_request`.
    CustomerDataRequest,
    /// `customers/redact`.
    CustomerRedact,
    /// `shop/redact`.
    ShopRedact,
}

impl std::str::FromStr for Topic {
    type Err = Invalid;
    fn from_str(raw: &str) -> Result<Self, Invalid> {
        Ok(match raw.trim() {
            "products/create" | "products/update" => Self::ProductPut,
            "products/delete" => Self::ProductDelete,
            "orders/create" | "orders/paid" => Self::OrderPlaced,
            "orders/cancelled" => Self::OrderCancelled,
            "customers/data_request" => Self::CustomerDataRequest,
            "customers/redact" => Self::CustomerRedact,
            "shop/redact" => Self::ShopRedact,
            _ => {
                let hint = "subscribe products/create, update and delete, orders/create, paid and \
                            cancelled, customers/data_request and redact, and shop/redact";
                return Err(Invalid::new("webhook topic", "is not taken", raw, hint));
            }
        })
    }
}

/// The item of a product body. Its handle names it, as in the product CSV; the ids of product and
/// variants and the SKUs are its variants, so that orders find it. `currency` is the shop's: the
/// body names none.
///
/// # Errors
/// The problem, with the field.
pub fn product(body: &Value, currency: Currency) -> Result<Item, String> {
    let product: ProductBody<'_> = json::of_value(body)?;
    let values = Values::new(Writing::default());
    let kept = |read| values.or_none(read).flatten();
    let number = product.id.owned("id")?;
    let name = product.handle.owned("handle")?.or_else(|| number.clone());
    let name = name.ok_or("has neither `handle` nor `id`; one of them is required")?;
    let variants = values.or_none(product.variants.list("variants")).unwrap_or_default();
    let mut item = Item::bare(ItemId::new(name).map_err(|e| e.to_string())?);
    let text =
        |scalar: &Scalar<'_>, name| kept(scalar.owned(name)).map_or(Text::Missing, Text::from);
    item.title = text(&product.title, "title");
    item.description = text(&product.body_html, "body_html");
    item.brand = text(&product.vendor, "vendor");
    let category = values.or_none(product.category.object("category")).flatten();
    let path = category.and_then(|category| kept(category.full_name.owned("category.full_name")));
    let kind = kept(product.product_type.owned("product_type"));
    item.categories = super::categories(path.as_deref(), kind.as_deref());
    item.price = one_price(variants, currency, &values);
    item.in_stock = Some(is_active(&product, &values) && any_in_stock(variants, &values));
    item.available_since =
        values.or_none(product.published_at.time("published_at", &values)).flatten();
    let image = values.or_none(product.image.object("image")).flatten();
    let listed = values.or_none(product.images.list("images")).unwrap_or_default();
    let addresses: Vec<String> = image
        .into_iter()
        .chain(listed)
        .filter_map(|image| kept(image.src.owned("image.src")))
        .collect();
    (item.image, item.images) = values.images("image.src", addresses.iter().map(String::as_str));
    let barcode =
        variants.first().and_then(|variant| kept(variant.barcode.owned("variants.barcode")));
    item.gtin = values.gtin("variants.barcode", barcode.as_deref());
    item.attributes = attributes(&product, number)?;
    Ok(item)
}

/// The id that a `products/delete` body names.
///
/// # Errors
/// When it names none.
pub fn deleted(body: &Value) -> Result<ItemId, String> {
    let product: ProductBody<'_> = json::of_value(body)?;
    let id = product.id.owned("id")?.ok_or("field `id` is missing; it names the product")?;
    ItemId::new(id).map_err(|e| e.to_string())
}

/// The customer that a body of the privacy topics names.
///
/// # Errors
/// When it names none.
pub fn customer(body: &Value) -> Result<SubjectId, String> {
    let order: OrderBody<'_> = json::of_value(body)?;
    let customer = order.customer.object("customer")?.ok_or("field `customer` is missing")?;
    let id = customer.id.owned("customer.id")?.ok_or("field `customer.id` is missing")?;
    SubjectId::new(id).map_err(|e| e.to_string())
}

/// The purchases (or, of a cancelled order, the refunds) of an order. None for a test order, and
/// for a guest, whom the shop does not know. Each line's item goes by the first of product id, SKU
/// and variant id that `is_known`, else by its product id.
///
/// # Errors
/// The problem, with the field.
pub fn order(
    body: &Value,
    kind: EventKind,
    is_known: &dyn Fn(&ItemId) -> bool,
) -> Result<Vec<EventRecord>, String> {
    let order: OrderBody<'_> = json::of_value(body)?;
    let values = Values::new(Writing::default());
    let customer = match order.customer.object("customer")? {
        Some(customer) => customer.id.owned("customer.id")?,
        None => None,
    };
    let Some(customer) = customer.filter(|_| !order.test.is_true()) else {
        return Ok(Vec::new());
    };
    let id = order.id.owned("id")?.ok_or("field `id` is missing; it names the order")?;
    let time = match kind {
        EventKind::Refund => order.cancelled_at.time("cancelled_at", &values)?,
        _ => order.created_at.time("created_at", &values)?,
    };
    let time = time.ok_or("has no time; `created_at` or `cancelled_at` is missing")?;
    let currency = values.or_none(order.currency.currency("currency", &values)).flatten();
    let currency = currency.unwrap_or(Currency::UNKNOWN);
    let address = order.shipping_address.object("shipping_address")?;
    let occasion = Occasion {
        order: order.name.owned("name")?,
        region: address.map_or(Ok(None), |a| a.country_code.owned("country_code"))?,
        ..Occasion::bare(
            Who::new(Some(&customer), None)?,
            kind,
            EventTime::At(time),
            format!("shopify-{}-{id}", kind.name()),
        )
    };
    let lines = order.line_items.list("line_items")?.iter().enumerate();
    let mut events = Vec::new();
    for (n, line) in lines {
        let product = line.product(currency, is_known, &values);
        let product = product.map_err(|cause| format!("line_items[{n}]: {cause}"))?;
        let Some(product) = product else { continue };
        let is_same = |other: &&EventRecord| other.item_id == product.id;
        let n_before = events.iter().filter(is_same).count();
        let event = occasion.event(n, &product);
        // The order list of the shop names the order the same way.
        let order = occasion.order.as_deref().filter(|_| kind.is_purchase());
        events.push(match order {
            Some(order) => {
                let source_key = cells::orders::key(order, &product.id, n_before);
                EventRecord { source_key, ..event }
            }
            None => event,
        });
    }
    Ok(events)
}

fn text(value: &Scalar<'_>, name: &'static str) -> Result<Text, Fault> {
    Ok(value.text(name)?.map_or(Text::Missing, |text| Text::from(text.into_owned())))
}

fn one_price(variants: &[Variant<'_>], currency: Currency, values: &Values) -> Option<Money> {
    let price = |variant: &Variant<'_>| {
        values.or_none(variant.price.money("variants.price", values, Some(currency))).flatten()
    };
    let first = variants.first().and_then(price).filter(|price| price.minor > 0);
    first.filter(|_| variants.iter().all(|variant| price(variant) == first))
}

fn is_active(product: &ProductBody<'_>, values: &Values) -> bool {
    let status = values.or_none(product.status.text("status")).flatten();
    status.is_none_or(|status| status == "active")
}

fn any_in_stock(variants: &[Variant<'_>], values: &Values) -> bool {
    let can_be_bought = |variant: &Variant<'_>| {
        let policy = values.or_none(variant.inventory_policy.text("inventory_policy")).flatten();
        let stock =
            values.or_none(variant.inventory_quantity.whole("inventory_quantity")).flatten();
        !variant.inventory_management.is_there()
            || policy.as_deref() == Some("continue")
            || stock.is_none_or(|n| n > 0)
    };
    variants.is_empty() || variants.iter().any(can_be_bought)
}

fn attributes(
    product: &ProductBody<'_>,
    number: Option<String>,
) -> Result<std::collections::BTreeMap<String, Vec<Text>>, String> {
    let mut attributes = std::collections::BTreeMap::new();
    let mut ids: Vec<Text> = number.into_iter().map(Text::from).collect();
    for variant in product.variants.list("variants")? {
        let names = [variant.id.owned("variants.id")?, variant.sku.owned("variants.sku")?];
        ids.extend(names.into_iter().flatten().map(Text::from));
    }
    attributes.insert(VARIANT_ID.to_owned(), ids);
    for option in product.options.list("options")? {
        let name = option.name.owned("options.name")?.unwrap_or_default().to_lowercase();
        let values = option.values.list("options.values")?.iter();
        let values: Vec<Text> =
            values.map(|value| text(value, "options.values")).collect::<Result<_, _>>()?;
        if !name.is_empty() && name != "title" {
            attributes.insert(name, values);
        }
    }
    let tags = product.tags.owned("tags")?.unwrap_or_default();
    attributes.insert("tags".to_owned(), super::tags(&tags));
    attributes.retain(|_, values: &mut Vec<Text>| !values.is_empty());
    Ok(attributes)
}
