//! Bodies of events as others send them, told by their shape: Measurement Protocol bodies and
//! export rows of GA4, and calls or batches of Segment, RudderStack and PostHog. The collector of
//! events reads our own shape.

use cells::values::{Values, Writing};
use serde_json::Value;

pub use crate::read::commerce::Arrival;

use crate::Record;
use crate::read::{ga4, segment};

/// The key of the first line of an order with an item, whatever tells of it.
#[must_use]
pub fn order_key(order: &str, item: &domain::ItemId) -> String {
    cells::orders::key(order.trim(), item, 0)
}

/// The shape of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A body of GA4's Measurement Protocol, or a row of its export.
    Ga4,
    /// A call or a batch of Segment, RudderStack or PostHog.
    Segment,
}

impl Shape {
    /// Returns the shape of a body; `None` for our own, and for unknown ones.
    #[must_use]
    pub fn of(body: &Value) -> Option<Self> {
        let names_events = |list: &Value| {
            list.as_array()
                .is_some_and(|events| events.iter().any(|event| event["name"].is_string()))
        };
        let fields = body.as_object()?;
        let has = |name: &str| fields.contains_key(name);
        let is_call = has("type") && (has("userId") || has("anonymousId"));
        match () {
            () if names_events(&body["events"]) || has("event_name") => Some(Self::Ga4),
            () if body["batch"].is_array() || body["event"].is_string() || is_call => {
                Some(Self::Segment)
            }
            () => None,
        }
    }

    /// Reads a body of this shape. `arrival` replaces times and names that it lacks.
    ///
    /// # Errors
    /// The problem, with the field.
    pub fn records(self, body: &Value, arrival: &Arrival<'_>) -> Result<Read, String> {
        let values = Values::new(Writing::default());
        let records = match self {
            Self::Ga4 => ga4::body_records(body, arrival, &values),
            Self::Segment => segment::body_records(body, arrival, &values),
        }?;
        let faults = values.take_faults();
        let unread =
            faults.iter().filter(|fault| fault.is_part()).map(|fault| fault.got().to_owned());
        Ok(Read { records, unread: unread.collect() })
    }
}

/// What was read of a body.
#[derive(Debug, Default)]
pub struct Read {
    /// Its records.
    pub records: Vec<Record>,
    /// The events, calls and products of it that could not be read, each with its place and cause.
    pub unread: Vec<String>,
}

#[cfg(test)]
mod tests {
    use domain::Timestamp;
    use serde_json::json;

    use super::*;

    #[test]
    fn each_shape_is_told_from_ours() {
        let ga4 = json!({"client_id": "1", "events": [{"name": "purchase", "params": {}}]});
        let row = json!({"event_name": "purchase", "event_timestamp": "1", "items": []});
        assert_eq!([Shape::of(&ga4), Shape::of(&row)], [Some(Shape::Ga4); 2]);
        for call in [
            json!({"type": "track", "event": "Product Viewed", "userId": "a", "properties": {}}),
            json!({"type": "identify", "userId": "a", "anonymousId": "b"}),
            json!({"batch": [{"type": "track"}]}),
            json!({"event": "Product Viewed", "distinct_id": "a"}),
        ] {
            assert_eq!(Shape::of(&call), Some(Shape::Segment), "{call}");
        }
        let ours = json!({"shopper": "a", "kind": "view", "item_id": "1"});
        for other in [ours.clone(), json!({"events": [ours]}), json!([1]), json!("x"), json!({})] {
            assert_eq!(Shape::of(&other), None, "{other}");
        }
    }

    #[test]
    fn what_a_body_does_not_say_its_arrival_does() {
        let body = json!({"client_id": "1", "events": [{"name": "view_item", "params": {"items": [{"item_id": "a"}]}}]});
        let arrival = Arrival { at: Some(Timestamp(1_790_000_000_000)), name: "only-this" };
        let records = Shape::Ga4.records(&body, &arrival).unwrap().records;
        let event = records.iter().find_map(|record| match record {
            Record::Event(event) => Some(event),
            _ => None,
        });
        let event = event.unwrap();
        assert_eq!(event.time.instant(), Some(Timestamp(1_790_000_000_000)));
        assert!(event.source_key.starts_with("only-this"));
    }
}
