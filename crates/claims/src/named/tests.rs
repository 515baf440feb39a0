use domain::{IngestId, ItemId};

use super::*;
use crate::{ClaimKind, sample::Sample};

const ITEM: &str = "an-item-named";
const TEXT: &str = "a text said";
const EVENT: IngestId = IngestId(0x1234_5678_9abc);
const PEOPLE: u32 = 7_654_321;

/// Marks that stand nowhere else, so that finding one on the wire means that the fact is told.
fn marked() -> Sample {
    Sample { item: ITEM, event: EVENT, text: TEXT, people: PEOPLE }
}

/// What goes over the wire of a kind, with nothing asked of the code under test.
fn wire(kind: ClaimKind) -> String {
    serde_json::to_string(&marked().facts(kind)).unwrap()
}

#[test]
fn every_field_on_the_wire_is_a_slot_and_every_slot_a_field() {
    for &kind in ClaimKind::ALL {
        let facts = Sample::default().facts(kind);
        let wire = serde_json::to_value(&facts).unwrap();
        assert_eq!(wire["kind"], kind.name());
        let fields: Vec<&str> =
            wire["facts"].as_object().unwrap().keys().map(String::as_str).collect();
        let flat = |slot: &Slot<'_>| match slot.name {
            "circumstance" => vec!["context", "value"],
            name => vec![name],
        };
        let mut slots: Vec<&str> = facts.slots().iter().flat_map(flat).collect();
        slots.sort_unstable();
        assert_eq!(slots, fields, "{kind}");
    }
}

#[test]
fn an_item_on_the_wire_is_an_item_named() {
    let item = ItemId::new(ITEM).unwrap();
    for &kind in ClaimKind::ALL {
        let told = wire(kind).matches(ITEM).count();
        let facts = marked().facts(kind);
        let named = facts.items_named();
        assert_eq!(named.len(), told, "{kind}: {named:?}");
        assert!(named.iter().all(|named| **named == item), "{kind}");
    }
}

#[test]
fn a_text_on_the_wire_is_a_text_named() {
    for &kind in ClaimKind::ALL {
        let told = wire(kind).matches(TEXT).count();
        let facts = marked().facts(kind);
        assert_eq!(facts.texts_named(), vec![TEXT; told], "{kind}");
    }
}

#[test]
fn an_event_on_the_wire_is_history_rested_on() {
    let event = serde_json::to_string(&EVENT).unwrap();
    for &kind in ClaimKind::ALL {
        let told = wire(kind).matches(&event).count();
        let facts = marked().facts(kind);
        let rested: Vec<_> = facts.history().iter().filter_map(|past| past.event_id).collect();
        assert_eq!(rested, vec![EVENT; told], "{kind}");
    }
}

#[test]
fn a_number_of_people_on_the_wire_is_people_counted() {
    for &kind in ClaimKind::ALL {
        let told = wire(kind).matches(&PEOPLE.to_string()).count();
        let facts = marked().facts(kind);
        let counted: Vec<u32> = facts.people_counted().iter().map(|people| people.n).collect();
        assert_eq!(counted, vec![PEOPLE; told], "{kind}");
    }
}

#[test]
fn every_whole_number_that_is_not_of_people_is_known_not_to_be() {
    // Parts of what is counted, lengths, ranks and days. A new field belongs here or is `People`.
    let of_nobody = [
        "days",
        "k",
        "n_matching",
        "n_negative",
        "n_positive",
        "n_prices",
        "n_recent",
        "other_rank",
        "rank",
        "rank_by_score",
        "rank_now",
        "rank_shown",
        "rank_then",
        "rank_with",
        "rank_without",
        "since",
    ];
    for &kind in ClaimKind::ALL {
        let wire = serde_json::to_value(marked().facts(kind)).unwrap();
        for (name, value) in wire["facts"].as_object().unwrap() {
            let is_of_people = value == PEOPLE;
            let known = !value.is_u64() || is_of_people != of_nobody.contains(&name.as_str());
            assert!(known, "{kind}: say whether {name} counts people");
        }
    }
}
