//! Our own export, read again.

use domain::{EventKind, EventTime, Text, Timestamp};
use formats::{Format, Options};

use crate::{Given, given};

fn read(text: &str) -> Given {
    given(Format::Candor, &Options::default(), text.as_bytes())
}

#[test]
fn every_field_of_an_event_comes_back() {
    let given = read(
        "{\"event_id\":\"01A\",\"shopper\":\"7\",\"kind\":\"purchase\",\"item_id\":\"tea\",\
         \"time\":\"2026-06-01T08:30:00Z\",\"quantity\":2,\"price\":19.9,\"currency\":\"CNY\",\
         \"session\":\"s\",\"request_id\":\"r\",\"region\":\"GB\",\"device\":\"phone\",\
         \"zone_minutes\":480}\n\
         {\"event_id\":\"01B\",\"shopper\":\"7\",\"kind\":\"view\",\"item_id\":\"tea\",\"place\":3}\n",
    );
    assert!(given.rejects.is_empty(), "{:?}", given.rejects);
    let [full, bare] = &given.events[..] else { panic!("{:?}", given.events) };
    assert_eq!((full.kind, full.quantity), (EventKind::Purchase, 2));
    assert_eq!(full.time, EventTime::At(Timestamp(1_780_302_600_000)));
    assert_eq!(full.price.map(domain::Money::major), Some(19.9));
    let texts = [&full.session, &full.region, &full.device].map(|text| text.as_deref());
    assert_eq!(texts, [Some("s"), Some("GB"), Some("phone")]);
    assert_eq!(full.zone_minutes, Some(480));
    assert_eq!(full.request_id.as_ref().map(ToString::to_string).as_deref(), Some("r"));
    assert_eq!((bare.time, bare.quantity), (EventTime::Ordinal(3), 1));
    assert_eq!(given.keys(), ["01A", "01B"]);
}

#[test]
fn an_item_is_read_as_it_is_put() {
    let given = read(
        "{\"item_id\":\"cup\",\"title\":{\"zh\":\"杯子\",\"en\":\"Cup\"},\"in_stock\":false}\n",
    );
    assert_eq!(given.items[0].title, Text::both("杯子", "Cup"));
    assert_eq!(given.items[0].in_stock, Some(false));
}

#[test]
fn what_is_missing_or_of_a_wrong_type_is_named() {
    let event = "\"event_id\":\"1\",\"shopper\":\"a\",\"item_id\":\"b\"";
    let of = |rest: &str| read(&format!("{{{event},{rest}}}\n")).only_cause().to_owned();
    assert!(of("\"kind\":\"view\"").contains("`time` and `place`"));
    assert!(of("\"kind\":\"stare\",\"place\":1").contains("field `kind`"));
    assert!(of("\"place\":1").contains("`kind` is missing"));
    let odd = read(&format!("{{{event},\"kind\":\"view\",\"place\":1,\"session\":[1]}}\n"));
    assert_eq!(odd.events.len(), 1);
    assert!(odd.left_out().contains("`session` must be a text, not a list"), "{}", odd.left_out());
    assert!(read("{\"title\":\"no id\"}\n").only_cause().contains("item_id"));
    assert!(read("[1]\n").only_cause().contains("one object per line"));
}
