//! What Shopify's webhooks ask: products in and out, orders, and the flow of its privacy rules.
//! Refuses to check who sent them: the server does.

use domain::{Currency, EventKind, ItemId, SubjectId, Timestamp};
use formats::read::shopify::webhook;
use serde::Serialize;
use serde_json::Value;
use shop::ShopError;

use super::{Collector, foreign};

pub use formats::read::shopify::webhook::Topic;

/// What became of a webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum WebhookOutcome {
    /// Items that changed.
    Items {
        /// How many.
        changed: usize,
    },
    /// Events of an order.
    Events {
        /// Taken in now.
        accepted: usize,
        /// Taken in before.
        known: usize,
    },
    /// A customer may have what is kept about them: the shop hands it over from there.
    Export {
        /// Where an administrator or the shop's server gets it; `None`: nothing is kept.
        path: Option<String>,
    },
    /// A customer was erased.
    Erased {
        /// False where nothing was kept about them.
        found: bool,
    },
    /// The whole shop is to be erased. That is done by removing its folder, which no request may.
    EraseShop,
}

/// Erases a shopper for good.
pub type Erase<'a> = dyn Fn(&SubjectId) -> Result<(), ShopError> + 'a;

impl Collector {
    /// Does what a webhook asks. `currency` is the shop's; `erase` removes a shopper for good.
    ///
    /// # Errors
    /// [`ShopError::BadRequest`] with the field, or what the store says.
    pub fn take_webhook(
        &self,
        topic: Topic,
        body: &Value,
        currency: Currency,
        now: Timestamp,
        erase: &Erase<'_>,
    ) -> Result<WebhookOutcome, ShopError> {
        match topic {
            Topic::ProductPut => {
                let item = webhook::product(body, currency).map_err(bad)?;
                Ok(WebhookOutcome::Items { changed: self.put_items(vec![item])? })
            }
            Topic::ProductDelete => self.delete_product(&webhook::deleted(body).map_err(bad)?),
            Topic::OrderPlaced => self.take_order(body, EventKind::Purchase, now),
            Topic::OrderCancelled => self.take_order(body, EventKind::Refund, now),
            Topic::CustomerDataRequest => {
                let subject = webhook::customer(body).map_err(bad)?;
                let known = self.shop.shop().state().shopper(&subject)?;
                let path = known.map(|_| format!("/v1/shoppers/{subject}/export"));
                Ok(WebhookOutcome::Export { path })
            }
            Topic::CustomerRedact => match erase(&webhook::customer(body).map_err(bad)?) {
                Ok(_) => Ok(WebhookOutcome::Erased { found: true }),
                Err(ShopError::NoShopper(_)) => Ok(WebhookOutcome::Erased { found: false }),
                Err(error) => Err(error),
            },
            Topic::ShopRedact => Ok(WebhookOutcome::EraseShop),
        }
    }

    fn delete_product(&self, number: &ItemId) -> Result<WebhookOutcome, ShopError> {
        let id = self.shop.counts().item_of(number.clone());
        match self.delete_item(&id) {
            Ok(_) => Ok(WebhookOutcome::Items { changed: 1 }),
            Err(ShopError::NoItem(_)) => Ok(WebhookOutcome::Items { changed: 0 }),
            Err(error) => Err(error),
        }
    }

    fn take_order(
        &self,
        body: &Value,
        kind: EventKind,
        now: Timestamp,
    ) -> Result<WebhookOutcome, ShopError> {
        let is_known = |id: &ItemId| {
            let item = self.shop.counts().item_of(id.clone());
            self.shop.item(&item).is_some()
        };
        let records = webhook::order(body, kind, &is_known).map_err(bad)?;
        let events = records.into_iter().map(|record| foreign::event(record, now));
        let acks = self.collect(events.collect::<Result<_, _>>().map_err(bad)?)?;
        let accepted = acks.iter().filter(|ack| ack.fresh).count();
        Ok(WebhookOutcome::Events { accepted, known: acks.len() - accepted })
    }
}

fn bad(problem: String) -> ShopError {
    ShopError::BadRequest { field: "webhook", problem }
}
