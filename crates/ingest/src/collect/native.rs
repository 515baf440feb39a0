//! Candor's own event shape, as `POST /v1/events` takes it.

use answers::request::session_subject;
use domain::{
    Currency, Event, EventKind, EventTime, ItemId, Money, RequestId, SubjectId, Timestamp,
};
use serde::{Deserialize, Serialize};

/// An event is refused when its clock is this far ahead of the server's.
pub(super) const MOST_AHEAD_MS: i64 = domain::time::DAY_MS;

/// One event on the wire.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NativeEvent {
    /// Who, in the shop's words. This or `session` is required.
    #[serde(default)]
    pub shopper: Option<SubjectId>,
    /// The visit; names a visitor who is not known otherwise.
    #[serde(default)]
    pub session: Option<String>,
    /// What they did.
    pub kind: EventKind,
    /// With which item.
    pub item_id: ItemId,
    /// When: RFC 3339, or milliseconds or seconds since 1970; now where missing.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub time: Option<serde_json::Value>,
    /// How many; 1 where missing.
    #[serde(default)]
    pub quantity: Option<u32>,
    /// What one cost, in major units, e.g. 19.9; needs `currency`.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<f64>))]
    pub price: Option<serde_json::Number>,
    /// Currency of the price.
    #[serde(default)]
    pub currency: Option<Currency>,
    /// The recommendation it follows from.
    #[serde(default)]
    pub request_id: Option<RequestId>,
    /// Country or region code.
    #[serde(default)]
    pub region: Option<String>,
    /// Class of device.
    #[serde(default)]
    pub device: Option<String>,
    /// Minutes that the shopper's clock is ahead of UTC.
    #[serde(default)]
    pub zone_minutes: Option<i32>,
    /// The number of the order, of a purchase: whatever else tells of the order adds nothing.
    #[serde(default)]
    pub order: Option<String>,
    /// The sender's id of this event: a retry with the same id adds nothing.
    #[serde(default)]
    pub message_id: Option<String>,
}

/// An event that was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rejected {
    /// Its position in the batch, from 0.
    pub index: usize,
    /// What is wrong, with the field, and what would be right.
    pub message: String,
}

impl NativeEvent {
    /// The event, and what it goes without.
    pub(super) fn read(
        value: serde_json::Value,
        now: Timestamp,
    ) -> Result<(Event, Vec<String>), String> {
        let native: Self = serde_json::from_value(value).map_err(|e| e.to_string())?;
        native.into_event(now)
    }

    fn into_event(self, now: Timestamp) -> Result<(Event, Vec<String>), String> {
        let is_sale = matches!(self.kind, EventKind::Purchase | EventKind::Refund);
        let mut left_out = Vec::new();
        let time = self.time(now)?;
        let price = self.price(&mut left_out)?;
        let subject = match (&self.shopper, &self.session) {
            (Some(shopper), _) => shopper.clone(),
            (None, Some(session)) => session_subject(session).map_err(|e| e.to_string())?,
            (None, None) => return Err("shopper: send shopper or session".to_owned()),
        };
        if self.quantity == Some(0) {
            const PROBLEM: &str = "quantity: must be at least 1";
            if is_sale {
                return Err(PROBLEM.to_owned());
            }
            // Tags send all sorts of numbers with a view; it is one all the same.
            left_out.push(PROBLEM.to_owned());
        }
        let event = Event {
            source_key: self.source_key(time),
            subject,
            kind: self.kind,
            item_id: self.item_id,
            time: EventTime::At(time),
            quantity: self.quantity.unwrap_or(1).max(1),
            price,
            session: self.session.or(self.order),
            request_id: self.request_id,
            region: self.region,
            device: self.device,
            zone_minutes: self.zone_minutes,
        };
        Ok((event, left_out))
    }

    fn time(&self, now: Timestamp) -> Result<Timestamp, String> {
        let time = match &self.time {
            None | Some(serde_json::Value::Null) => return Ok(now),
            Some(serde_json::Value::String(text)) => Timestamp::parse(text),
            Some(other) => Timestamp::parse(&other.to_string()),
        };
        let time = time.map_err(|e| format!("time: {e}"))?;
        if time.0 > now.0 + MOST_AHEAD_MS {
            return Err(format!(
                "time: {} lies in the future; check the sender's clock",
                time.date()
            ));
        }
        Ok(time)
    }

    /// A price that cannot be read costs itself, and not the event: as in a file.
    fn price(&self, left_out: &mut Vec<String>) -> Result<Option<Money>, String> {
        let Some(price) = &self.price else {
            return Ok(None);
        };
        let Some(currency) = self.currency else {
            left_out.push("price: has no currency; send a code such as CNY".to_owned());
            return Ok(None);
        };
        let money = match Money::parse(&price.to_string(), currency) {
            Ok(money) => money,
            Err(problem) => {
                left_out.push(format!("price: {problem}"));
                return Ok(None);
            }
        };
        match (money.minor, self.kind) {
            (1.., _) => Ok(Some(money)),
            (i64::MIN..=-1, EventKind::Purchase | EventKind::Refund) => {
                Err("price: is negative".to_owned())
            }
            _ => {
                left_out.push("price: of 0 or less is none".to_owned());
                Ok(None)
            }
        }
    }

    /// Of a purchase its place in its order; the sender's id; else the content where it has its own time; else unique, because two
    /// looks at one item are two events.
    fn source_key(&self, time: Timestamp) -> String {
        if let Some(order) = self.order.as_deref().filter(|_| self.kind.is_purchase()) {
            return formats::wire::order_key(order, &self.item_id);
        }
        match (&self.message_id, &self.time) {
            (Some(id), _) => format!("message:{id}"),
            (None, Some(_)) => format!("api:{}:{}:{}", self.kind.name(), self.item_id, time.0),
            (None, None) => format!("api:{}", ulid::Ulid::generate()),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NOW: Timestamp = Timestamp(1_790_000_000_000);

    fn read(value: serde_json::Value) -> Result<Event, String> {
        NativeEvent::read(value, NOW).map(|(event, _)| event)
    }

    #[test]
    fn an_optional_part_that_cannot_be_read_costs_itself_and_is_told() {
        let view =
            json!({"shopper": "a", "kind": "view", "item_id": "1", "price": 5, "quantity": 0});
        let (event, left_out) = NativeEvent::read(view, NOW).unwrap();
        assert_eq!((event.price, event.quantity), (None, 1));
        assert!(
            left_out[0].contains("currency") && left_out[1].contains("quantity"),
            "{left_out:?}"
        );
        let cart =
            json!({"shopper": "a", "kind": "cart", "item_id": "1", "price": -1, "currency": "EUR"});
        assert_eq!(NativeEvent::read(cart, NOW).unwrap().1.len(), 1);
    }

    #[test]
    fn a_purchase_of_an_order_is_that_of_its_order_list() {
        let told = json!({"shopper": "a", "kind": "purchase", "item_id": "1", "order": "1001", "message_id": "m"});
        assert_eq!(read(told).unwrap().source_key, "order:1001:1");
    }

    #[test]
    fn a_plain_click_needs_three_fields() {
        let event = read(json!({"shopper": "ann", "kind": "click", "item_id": "1"})).unwrap();
        assert_eq!((event.time, event.quantity), (EventTime::At(NOW), 1));
        let visitor = read(json!({"session": "s1", "kind": "view", "item_id": "1"})).unwrap();
        assert_eq!(visitor.subject.as_str(), "session:s1");
    }

    #[test]
    fn each_wrong_field_is_named() {
        let wrong = [
            (json!({"kind": "view", "item_id": "1"}), "shopper"),
            (json!({"shopper": "a", "kind": "teleport", "item_id": "1"}), "teleport"),
            (json!({"shopper": "a", "kind": "view", "item_id": " "}), "item id"),
            (json!({"shopper": "a", "kind": "view", "item_id": "1", "time": "soon"}), "time"),
            (json!({"shopper": "a", "kind": "view", "item_id": "1", "time": 4e12}), "future"),
            (
                json!({"shopper": "a", "kind": "purchase", "item_id": "1", "price": -5, "currency": "EUR"}),
                "negative",
            ),
            (
                json!({"shopper": "a", "kind": "purchase", "item_id": "1", "quantity": 0}),
                "quantity",
            ),
            (json!({"shopper": "a", "kind": "view", "item_id": "1", "itme": 0}), "itme"),
            (json!(7), "invalid type"),
        ];
        for (value, expected) in wrong {
            let message = read(value).unwrap_err();
            assert!(message.contains(expected), "{message} should name {expected}");
        }
    }

    #[test]
    fn a_retry_with_a_message_id_has_the_same_key() {
        let event = json!({"shopper": "a", "kind": "view", "item_id": "1", "message_id": "m1"});
        assert_eq!(read(event.clone()).unwrap().source_key, read(event).unwrap().source_key);
        let anonymous = json!({"shopper": "a", "kind": "view", "item_id": "1"});
        assert_ne!(
            read(anonymous.clone()).unwrap().source_key,
            read(anonymous).unwrap().source_key
        );
    }
}
