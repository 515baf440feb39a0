//! The fields of GA4, as the BigQuery export and the Measurement Protocol document them. Fields
//! that are not named here are not read.

use serde::Deserialize;

use crate::text::json::{Part, Scalar};

/// A row of the export, or a body of the protocol: a body has `events`.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Row<'a> {
    #[serde(borrow)]
    pub(super) event_name: Scalar<'a>,
    #[serde(borrow)]
    pub(super) event_timestamp: Scalar<'a>,
    #[serde(borrow)]
    pub(super) event_bundle_sequence_id: Scalar<'a>,
    #[serde(borrow)]
    pub(super) batch_event_index: Scalar<'a>,
    #[serde(borrow)]
    pub(super) event_params: Part<Vec<Parameter<'a>>>,
    #[serde(borrow)]
    pub(super) user_id: Scalar<'a>,
    #[serde(borrow)]
    pub(super) user_pseudo_id: Scalar<'a>,
    #[serde(borrow)]
    pub(super) geo: Part<Geo<'a>>,
    #[serde(borrow)]
    pub(super) device: Part<Device<'a>>,
    #[serde(borrow)]
    pub(super) ecommerce: Part<Ecommerce<'a>>,
    #[serde(borrow)]
    pub(super) items: Part<Vec<ItemFields<'a>>>,
    /// Names the browser in a body of the web.
    #[serde(borrow)]
    pub(super) client_id: Scalar<'a>,
    /// Names the installation in a body of an app.
    #[serde(borrow)]
    pub(super) app_instance_id: Scalar<'a>,
    #[serde(borrow)]
    pub(super) timestamp_micros: Scalar<'a>,
    #[serde(borrow)]
    pub(super) user_location: Part<Location<'a>>,
    #[serde(borrow)]
    pub(super) events: Part<Vec<Message<'a>>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Parameter<'a> {
    #[serde(borrow)]
    pub(super) key: Scalar<'a>,
    #[serde(borrow)]
    pub(super) value: Part<ParameterValue<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ParameterValue<'a> {
    #[serde(borrow)]
    pub(super) string_value: Scalar<'a>,
    #[serde(borrow)]
    pub(super) int_value: Scalar<'a>,
    #[serde(borrow)]
    pub(super) float_value: Scalar<'a>,
    #[serde(borrow)]
    pub(super) double_value: Scalar<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Geo<'a> {
    #[serde(borrow)]
    pub(super) country: Scalar<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Device<'a> {
    #[serde(borrow)]
    pub(super) category: Scalar<'a>,
    #[serde(borrow)]
    pub(super) time_zone_offset_seconds: Scalar<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Ecommerce<'a> {
    #[serde(borrow)]
    pub(super) transaction_id: Scalar<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Location<'a> {
    #[serde(borrow)]
    pub(super) country_id: Scalar<'a>,
}

/// One event of a body.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Message<'a> {
    #[serde(borrow)]
    pub(super) name: Scalar<'a>,
    #[serde(borrow)]
    pub(super) timestamp_micros: Scalar<'a>,
    #[serde(borrow)]
    pub(super) params: Part<Params<'a>>,
}

/// The parameters of an event that mean something here.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Params<'a> {
    #[serde(borrow)]
    pub(super) currency: Scalar<'a>,
    #[serde(borrow)]
    pub(super) value: Scalar<'a>,
    #[serde(borrow)]
    pub(super) transaction_id: Scalar<'a>,
    /// The visit in a body; the export calls it `ga_session_id`.
    #[serde(borrow, alias = "ga_session_id")]
    pub(super) session_id: Scalar<'a>,
    #[serde(borrow)]
    pub(super) item_list_id: Scalar<'a>,
    #[serde(borrow)]
    pub(super) items: Part<Vec<ItemFields<'a>>>,
}

/// A product of an event.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ItemFields<'a> {
    #[serde(borrow)]
    pub(super) item_id: Scalar<'a>,
    #[serde(borrow)]
    pub(super) item_name: Scalar<'a>,
    #[serde(borrow)]
    pub(super) item_brand: Scalar<'a>,
    #[serde(borrow)]
    pub(super) item_category: Scalar<'a>,
    #[serde(borrow)]
    pub(super) item_category2: Scalar<'a>,
    #[serde(borrow)]
    pub(super) item_category3: Scalar<'a>,
    #[serde(borrow)]
    pub(super) item_category4: Scalar<'a>,
    #[serde(borrow)]
    pub(super) item_category5: Scalar<'a>,
    #[serde(borrow)]
    pub(super) item_list_id: Scalar<'a>,
    #[serde(borrow)]
    pub(super) price: Scalar<'a>,
    #[serde(borrow)]
    pub(super) quantity: Scalar<'a>,
}
