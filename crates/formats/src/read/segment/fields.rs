//! The fields of a call, in the words of Segment (camel case) and PostHog (snake case). Fields that
//! are not named here are not read.

use cells::date;
use cells::fault::Fault;
use serde::Deserialize;

use crate::read::commerce;
use crate::text::json::{Part, Scalar};

/// A call, or a batch of calls.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Call<'a> {
    #[serde(borrow, rename = "type")]
    pub(super) kind: Scalar<'a>,
    #[serde(borrow)]
    pub(super) event: Scalar<'a>,
    #[serde(borrow, alias = "user_id")]
    pub(super) user_id: Scalar<'a>,
    #[serde(borrow, alias = "anonymous_id")]
    pub(super) anonymous_id: Scalar<'a>,
    #[serde(borrow, alias = "message_id")]
    pub(super) message_id: Scalar<'a>,
    #[serde(borrow)]
    pub(super) timestamp: Scalar<'a>,
    #[serde(borrow, alias = "original_timestamp")]
    pub(super) original_timestamp: Scalar<'a>,
    #[serde(borrow, alias = "sent_at")]
    pub(super) sent_at: Scalar<'a>,
    #[serde(borrow, alias = "received_at")]
    pub(super) received_at: Scalar<'a>,
    #[serde(borrow)]
    pub(super) context: Part<Context<'a>>,
    #[serde(borrow)]
    pub(super) properties: Part<Properties<'a>>,
    #[serde(borrow)]
    pub(super) batch: Part<Vec<Call<'a>>>,
    /// PostHog: visitor or person.
    #[serde(borrow, rename = "distinct_id")]
    pub(super) distinct_id: Scalar<'a>,
    /// PostHog's counterpart of Segment's `messageId`.
    #[serde(borrow)]
    pub(super) uuid: Scalar<'a>,
}

impl Call<'_> {
    /// Other types than `track` name no event of a shop; PostHog's calls have no type.
    pub(super) fn is_track(&self) -> bool {
        match &self.kind {
            Scalar::Text(kind) => matches!(kind.trim(), "track" | "capture" | ""),
            _ => true,
        }
    }

    /// Whether the sender gave it an id.
    pub(super) fn has_own_name(&self) -> bool {
        self.message_id.is_there() || self.uuid.is_there()
    }

    /// The sender's id of it.
    pub(super) fn own_name(&self) -> Result<Option<String>, Fault> {
        match self.message_id.owned("messageId")? {
            Some(id) => Ok(Some(id)),
            None => self.uuid.owned("uuid"),
        }
    }

    /// The zone that the sender's own clock names.
    pub(super) fn zone_minutes(&self) -> Option<i32> {
        let clocks = [&self.timestamp, &self.original_timestamp];
        clocks.into_iter().find_map(|clock| match clock {
            Scalar::Text(text) => date::moment(text).and_then(|moment| moment.zone_minutes),
            _ => None,
        })
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Context<'a> {
    #[serde(borrow, rename = "sessionId")]
    pub(super) session_id: Scalar<'a>,
    #[serde(borrow)]
    pub(super) location: Part<Location<'a>>,
    #[serde(borrow)]
    pub(super) device: Part<Device<'a>>,
}

impl Context<'_> {
    pub(super) fn region(&self) -> Result<Option<String>, Fault> {
        let location = self.location.object("context.location")?;
        location.map_or(Ok(None), |l| l.country.owned("context.location.country"))
    }

    pub(super) fn device(&self) -> Result<Option<String>, Fault> {
        let device = self.device.object("context.device")?;
        let kind = device.map_or(Ok(None), |d| d.kind.owned("context.device.type"))?;
        Ok(kind.as_deref().map(commerce::device))
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Location<'a> {
    #[serde(borrow)]
    pub(super) country: Scalar<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Device<'a> {
    #[serde(borrow, rename = "type")]
    pub(super) kind: Scalar<'a>,
}

/// The products of a call: a list, or one product among its own fields.
#[derive(Default, Deserialize)]
#[serde(default, from = "Flat<'a>", bound(deserialize = "'de: 'a"))]
pub(super) struct Properties<'a> {
    pub(super) order_id: Scalar<'a>,
    pub(super) list_id: Scalar<'a>,
    pub(super) currency: Scalar<'a>,
    pub(super) rating: Scalar<'a>,
    pub(super) review_body: Scalar<'a>,
    pub(super) anon_distinct_id: Scalar<'a>,
    pub(super) is_identified: Scalar<'a>,
    pub(super) products: Part<Vec<ProductFields<'a>>>,
    pub(super) product: ProductFields<'a>,
}

/// The same as it is written: one object.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Flat<'a> {
    #[serde(borrow, alias = "orderId")]
    order_id: Scalar<'a>,
    #[serde(borrow)]
    list_id: Scalar<'a>,
    #[serde(borrow)]
    currency: Scalar<'a>,
    #[serde(borrow)]
    rating: Scalar<'a>,
    #[serde(borrow)]
    review_body: Scalar<'a>,
    #[serde(borrow, rename = "$anon_distinct_id")]
    anon_distinct_id: Scalar<'a>,
    #[serde(borrow, rename = "$is_identified")]
    is_identified: Scalar<'a>,
    #[serde(borrow)]
    products: Part<Vec<ProductFields<'a>>>,
    #[serde(borrow)]
    product_id: Scalar<'a>,
    #[serde(borrow)]
    sku: Scalar<'a>,
    #[serde(borrow)]
    name: Scalar<'a>,
    #[serde(borrow)]
    brand: Scalar<'a>,
    #[serde(borrow)]
    category: Scalar<'a>,
    #[serde(borrow)]
    price: Scalar<'a>,
    #[serde(borrow)]
    quantity: Scalar<'a>,
    #[serde(borrow)]
    url: Scalar<'a>,
    #[serde(borrow)]
    image_url: Scalar<'a>,
}

impl<'a> From<Flat<'a>> for Properties<'a> {
    fn from(flat: Flat<'a>) -> Self {
        Self {
            order_id: flat.order_id,
            list_id: flat.list_id,
            currency: flat.currency,
            rating: flat.rating,
            review_body: flat.review_body,
            anon_distinct_id: flat.anon_distinct_id,
            is_identified: flat.is_identified,
            products: flat.products,
            product: ProductFields {
                product_id: flat.product_id,
                sku: flat.sku,
                name: flat.name,
                brand: flat.brand,
                category: flat.category,
                price: flat.price,
                quantity: flat.quantity,
                url: flat.url,
                image_url: flat.image_url,
            },
        }
    }
}

/// A product of a call.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ProductFields<'a> {
    #[serde(borrow, alias = "productId")]
    pub(super) product_id: Scalar<'a>,
    #[serde(borrow)]
    pub(super) sku: Scalar<'a>,
    #[serde(borrow)]
    pub(super) name: Scalar<'a>,
    #[serde(borrow)]
    pub(super) brand: Scalar<'a>,
    #[serde(borrow)]
    pub(super) category: Scalar<'a>,
    #[serde(borrow)]
    pub(super) price: Scalar<'a>,
    #[serde(borrow)]
    pub(super) quantity: Scalar<'a>,
    #[serde(borrow)]
    pub(super) url: Scalar<'a>,
    #[serde(borrow)]
    pub(super) image_url: Scalar<'a>,
}

impl ProductFields<'_> {
    /// Whether it names a product.
    pub(super) fn is_named(&self) -> bool {
        self.product_id.is_there() || self.sku.is_there()
    }
}
