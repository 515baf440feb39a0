//! Taobao's and RetailRocket's logs.

use domain::{EventKind, EventTime, Timestamp};
use formats::{Error, Format, Options};

use crate::{Given, given};

fn taobao(text: &str) -> Given {
    given(Format::Taobao, &Options::default(), text.as_bytes())
}

fn retailrocket(text: &str) -> Given {
    given(Format::Retailrocket, &Options::default(), text.as_bytes())
}

#[test]
fn taobaos_behaviours_have_their_meaning_and_categories_are_told_once() {
    let given = taobao(
        "1,2268318,2520377,pv,1511544070\r\n1,2268318,2520377,cart,1511561733\r\n\
         1,2268318,2520377,fav,1511572885\r\n2,2268318,2520377,buy,1511593493\r\n",
    );
    let kinds: Vec<_> = given.events.iter().map(|e| e.kind).collect();
    assert_eq!(kinds, [EventKind::View, EventKind::Cart, EventKind::Wish, EventKind::Purchase]);
    assert_eq!(given.events[0].time, EventTime::At(Timestamp(1_511_544_070_000)));
    assert_eq!(given.events[0].zone_minutes, Some(480));
    assert_eq!(given.mentions.len(), 1);
    assert_eq!(given.mentions[0].categories, ["2520377".into()]);
}

#[test]
fn a_repeated_line_is_the_same_event() {
    let given = taobao("1,2,3,pv,1511544070\n1,2,3,pv,1511544070\n1,2,3,buy,1511544070\n");
    let keys = given.keys();
    assert_eq!(keys[0], keys[1]);
    assert_ne!(keys[0], keys[2]);
}

#[test]
fn lines_that_are_none_are_rejected_with_what_would_be_right() {
    for (line, expected) in [
        ("1,2,3,pv", "has 4 fields; write user,item,category,behaviour,seconds"),
        ("1,2,3,stare,1511544070", "there are pv, buy, cart and fav"),
        ("1,2,3,pv,soon", "time"),
        ("1,,3,pv,1511544070", "item id"),
        (",2,3,pv,1511544070", "shopper id"),
    ] {
        let given = taobao(&format!("1,2,3,pv,1511544070\n{line}\n"));
        assert!(given.only_cause().contains(expected), "{}", given.only_cause());
        assert_eq!(given.rejects[0].line, 2);
    }
}

#[test]
fn retailrockets_events_have_their_meaning() {
    let given = retailrocket(
        "timestamp,visitorid,event,itemid,transactionid\n1433221332117,257597,view,355908,\n\
         1433224214164,992329,addtocart,248676,\n1433222276276,599528,transaction,356475,4000\n",
    );
    let kinds: Vec<_> = given.events.iter().map(|e| e.kind).collect();
    assert_eq!(kinds, [EventKind::View, EventKind::Cart, EventKind::Purchase]);
    assert_eq!(given.events[2].order.as_deref(), Some("4000"));
    assert_eq!(given.events[0].time, EventTime::At(Timestamp(1_433_221_332_117)));
}

#[test]
fn other_tables_and_broken_rows_are_refused() {
    let properties = retailrocket("timestamp,itemid,property,value\n1,2,3,4\n");
    assert!(matches!(properties.error, Some(Error::Header { .. })));
    let header = "timestamp,visitorid,event,itemid,transactionid\n1,1,view,1,\n";
    for (row, expected) in [
        ("2,1,ponder,1,", "there are view, addtocart and transaction"),
        ("2,1,view,,", "field `itemid` is missing"),
        ("now,1,view,1,", "time"),
    ] {
        let given = retailrocket(&format!("{header}{row}\n"));
        assert!(given.only_cause().contains(expected), "{}", given.only_cause());
    }
}
