//! Batches of events in whoever's shape: our own, GA4's Measurement Protocol, Segment's calls.

use domain::{Event, EventKind, EventTime, Review, SubjectId, Timestamp};
use formats::wire::{Arrival, Shape};
use formats::{EventRecord, Record};
use serde_json::Value;

use super::native::{MOST_AHEAD_MS, NativeEvent, Rejected};

/// How visitors' names begin; see `formats`.
const VISITOR: &str = "anonymous:";

/// A visitor found to be a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The name the visitor's events are kept under.
    pub visitor: SubjectId,
    /// The person.
    pub person: SubjectId,
}

/// What was read of a batch.
#[derive(Debug, Default)]
pub struct Batch {
    /// What shoppers did.
    pub events: Vec<Event>,
    /// What they said.
    pub reviews: Vec<Review>,
    /// Who they were found to be.
    pub identities: Vec<Identity>,
    /// What could not be read, with its position and cause.
    pub rejected: Vec<Rejected>,
    /// Values that events go without, with the position of the event and the cause.
    pub left_out: Vec<Rejected>,
}

impl Batch {
    /// Whether anything of it can be taken in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.events.is_empty() && self.reviews.is_empty() && self.identities.is_empty()
    }

    /// Makes the batch speak of nobody but `own`: whoever is only a visitor is them. Nobody is
    /// identified, since a visitor's history could be somebody else's.
    ///
    /// # Errors
    /// The name of another person that the batch speaks of.
    pub fn speak_for(&mut self, own: &SubjectId) -> Result<(), SubjectId> {
        let of_events = self.events.iter_mut().map(|event| &mut event.subject);
        for subject in of_events.chain(self.reviews.iter_mut().map(|review| &mut review.subject)) {
            if subject.as_str().starts_with(VISITOR) {
                subject.clone_from(own);
            } else if subject != own {
                return Err(subject.clone());
            }
        }
        let named = self.identities.drain(..).map(|identity| identity.person);
        named.into_iter().find(|person| person != own).map_or(Ok(()), Err)
    }
}

/// Reads a batch. `name` may name the entry at a position whose sender did not; without a name it
/// is unlike any other, because two looks at one item are two events.
#[must_use]
pub fn read_batch(
    entries: Vec<Value>,
    name: &dyn Fn(usize) -> Option<String>,
    now: Timestamp,
) -> Batch {
    let mut batch = Batch::default();
    for (index, entry) in entries.into_iter().enumerate() {
        let read = match Shape::of(&entry) {
            Some(shape) => {
                let unique = || format!("api:{}", ulid::Ulid::generate());
                let name = name(index).unwrap_or_else(unique);
                foreign(shape, &entry, &name, now, &mut batch).map(|unread| {
                    let rejected = unread.into_iter().map(|message| Rejected { index, message });
                    batch.rejected.extend(rejected);
                })
            }
            None => NativeEvent::read(entry, now).map(|(event, left_out)| {
                batch.events.push(event);
                let left_out = left_out.into_iter().map(|message| Rejected { index, message });
                batch.left_out.extend(left_out);
            }),
        };
        batch.rejected.extend(read.err().map(|message| Rejected { index, message }));
    }
    batch
}

/// All of an entry that can be read, as from a file; returns the causes of the rest. An entry that
/// is sent again names its events as before, so that none counts twice.
fn foreign(
    shape: Shape,
    entry: &Value,
    name: &str,
    now: Timestamp,
    batch: &mut Batch,
) -> Result<Vec<String>, String> {
    let mut read = Batch::default();
    let body = shape.records(entry, &Arrival { at: Some(now), name })?;
    for record in body.records {
        match record {
            Record::Event(record) => read.events.push(event(record, now)?),
            Record::Review(review) => read.reviews.push(review),
            Record::Identity { visitor, person } => {
                read.identities.push(Identity { visitor, person });
            }
            // The catalogue has its own ways in; events only mention products.
            Record::Item(_) | Record::Part(_) | Record::Mention(_) => {}
        }
    }
    batch.events.extend(read.events);
    batch.reviews.extend(read.reviews);
    batch.identities.extend(read.identities);
    Ok(body.unread)
}

/// The event of a record that was sent just now.
pub(super) fn event(record: EventRecord, now: Timestamp) -> Result<Event, String> {
    let subject = record.subject.ok_or("names nobody; send an id of the person or the visitor")?;
    // Tags send all sorts of numbers with a view; it is one all the same.
    let is_sale = matches!(record.kind, EventKind::Purchase | EventKind::Refund);
    let quantity = u32::try_from(record.quantity).ok().filter(|n| *n > 0);
    let quantity = quantity.or_else(|| (!is_sale).then_some(1));
    if record.time.instant().is_some_and(|at| at.0 > now.0 + MOST_AHEAD_MS) {
        return Err("time: lies in the future; check the sender's clock".to_owned());
    }
    if is_sale && record.price.is_some_and(|price| price.minor < 0) {
        return Err("price: is negative".to_owned());
    }
    Ok(Event {
        subject,
        kind: record.kind,
        item_id: record.item_id,
        time: EventTime::from_key(record.time.key()),
        quantity: quantity.ok_or("quantity: must be at least 1")?,
        price: record.price.filter(|price| price.minor > 0),
        session: record.session.or(record.order),
        request_id: record.request_id,
        region: record.region,
        device: record.device,
        zone_minutes: record.zone_minutes,
        source_key: record.source_key,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NOW: Timestamp = Timestamp(1_790_000_000_000);

    fn read(entries: &Value) -> Batch {
        let entries = entries.as_array().unwrap().clone();
        read_batch(entries, &|index| Some(format!("entry-{index}")), NOW)
    }

    fn viewed(person: Option<&str>) -> Value {
        json!({"type": "track", "event": "Product Viewed", "userId": person, "anonymousId": "v",
            "messageId": "m", "properties": {"product_id": "1"}})
    }

    #[test]
    fn one_batch_may_mix_shapes_and_what_is_wrong_keeps_its_position() {
        let ours = json!({"shopper": "ann", "kind": "view", "item_id": "1"});
        let body = json!({"client_id": "v", "events": [{"name": "view_item", "params": {"items": [{"item_id": "2"}]}}]});
        let wrong =
            json!({"type": "track", "event": "Product Viewed", "userId": "a", "properties": {}});
        let batch = read(&json!([ours, viewed(None), wrong, body]));
        let items: Vec<_> = batch.events.iter().map(|event| event.item_id.as_str()).collect();
        assert_eq!(items, ["1", "1", "2"]);
        assert_eq!(batch.rejected[0].index, 2);
        assert_eq!(batch.events[1].time, EventTime::At(NOW), "no time is told: it is now");
        assert!(batch.events[2].source_key.starts_with("entry-3"));
    }

    #[test]
    fn a_body_with_one_wrong_event_gives_the_others_and_names_it() {
        let body = json!({"client_id": "v", "events": [
            {"name": "view_item", "params": {"items": [{"item_id": "2"}]}},
            {"name": "view_item", "params": {"items": [{"price": 1}]}}]});
        let batch = read(&json!([body]));
        assert_eq!(batch.events.len(), 1);
        assert!(batch.rejected[0].message.contains("events[1]"), "{:?}", batch.rejected);
    }

    #[test]
    fn a_token_speaks_for_its_shopper_and_claims_no_visitors_history() {
        let own = SubjectId::new("ann").unwrap();
        let mut batch = read(&json!([viewed(None), viewed(Some("ann"))]));
        assert_eq!(batch.identities.len(), 1);
        assert_eq!(batch.speak_for(&own), Ok(()));
        assert!(batch.identities.is_empty());
        assert!(batch.events.iter().all(|event| event.subject == own));
        let mut other = read(&json!([viewed(Some("bob"))]));
        assert_eq!(other.speak_for(&own), Err(SubjectId::new("bob").unwrap()));
        let mut told = read(&json!([{"type": "identify", "userId": "bob", "anonymousId": "v"}]));
        assert_eq!(told.speak_for(&own), Err(SubjectId::new("bob").unwrap()));
    }

    #[test]
    fn what_lies_in_the_future_or_names_nobody_is_refused() {
        let mut late = viewed(Some("ann"));
        late["timestamp"] = json!("2100-01-01T00:00:00Z");
        let mut nobody = viewed(None);
        nobody["anonymousId"] = Value::Null;
        let batch = read(&json!([late, nobody]));
        assert!(batch.rejected[0].message.contains("future"));
        assert!(batch.rejected[1].message.contains("names nobody"));
    }
}
