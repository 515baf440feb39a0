//! Items and reviews.

use super::*;

pub(super) fn reviews_are_kept_once_and_listed_newest_first(state: &dyn State) {
    let batch = vec![review("a", "i", "很好"), review("b", "i", "bad"), review("a", "j", "so-so")];
    let acks = state.append_reviews(batch.clone()).unwrap();
    let again = state.append_reviews(batch).unwrap();
    assert!(acks.iter().zip(&again).all(|(a, b)| a.fresh && !b.fresh && a.id == b.id));
    let of_item = |as_of, limit| state.item_reviews(&item_id("i"), as_of, limit).unwrap();
    let texts: Vec<_> = of_item(FAR, 9).into_iter().map(|r| r.text).collect();
    assert_eq!(texts, ["bad", "很好"]);
    assert_eq!(of_item(FAR, 1)[0].rating, Some(Rating::new(4.5).unwrap()));
    assert_eq!(of_item(acks[0].id, 9).len(), 1);
    let mut ids = Vec::new();
    state.scan_reviews(acks[1].id, &mut every(|r: StoredReview| ids.push(r.id))).unwrap();
    assert_eq!(ids, [acks[0].id, acks[1].id]);
    assert_eq!(state.counts().unwrap().reviews, 3);
}

pub(super) fn reviews_read_in_late_are_listed_by_when_they_were_written(state: &dyn State) {
    let written = |who: &str, day: i64| {
        let time = EventTime::At(Timestamp(NOON + day * domain::time::DAY_MS));
        Review { time, ..review(who, "i", who) }
    };
    let batch = ["c", "a", "b", "b2"].map(|who| written(who, i64::from(who.as_bytes()[0])));
    state.append_reviews(batch.to_vec()).unwrap();
    let listed = |limit| -> Vec<String> {
        let reviews = state.item_reviews(&item_id("i"), FAR, limit).unwrap();
        reviews.into_iter().map(|review| review.text).collect()
    };
    assert_eq!(listed(9), ["c", "b2", "b", "a"], "of one moment the newest id is first");
    assert_eq!(listed(2), ["c", "b2"]);
}

pub(super) fn an_unchanged_item_makes_no_new_version(state: &dyn State) {
    let first = state.put_items(vec![priced("i", "10")]).unwrap()[0];
    let same = state.put_items(vec![priced("i", "10")]).unwrap()[0];
    let changed = state.put_items(vec![priced("i", "11")]).unwrap()[0];
    assert_eq!((same.version, same.fresh), (first.version, false));
    assert!(changed.fresh && changed.version > first.version);
    assert_eq!(state.counts().unwrap().items, 1);
}

pub(super) fn a_price_is_known_as_of_any_id(state: &dyn State) {
    let before = state.append_events(vec![event("a", "i", 0, "k")]).unwrap()[0].id;
    let cheap = state.put_items(vec![priced("i", "10")]).unwrap()[0].version;
    let dear = state.put_items(vec![priced("i", "12")]).unwrap()[0].version;
    let gone = state.delete_item(&item_id("i")).unwrap().unwrap();
    assert_eq!(state.delete_item(&item_id("i")).unwrap(), Some(gone));
    let back = state.put_items(vec![priced("i", "12")]).unwrap()[0];
    assert!(back.fresh);
    let price = |as_of| {
        let stored = state.item(&item_id("i"), as_of).unwrap()?;
        Some(stored.item.map(|item| item.price.unwrap().minor))
    };
    assert_eq!(price(before), None);
    assert_eq!(price(cheap), Some(Some(1000)));
    assert_eq!(price(dear), Some(Some(1200)));
    assert_eq!(price(gone), Some(None));
    assert_eq!(price(FAR), Some(Some(1200)));
    let mut versions = Vec::new();
    state
        .scan_items(
            gone,
            &mut every(|(_, stored): (ItemId, StoredItem)| versions.push(stored.version)),
        )
        .unwrap();
    assert_eq!(versions, [cheap, dear, gone]);
}

pub(super) fn items_are_paged_without_the_deleted(state: &dyn State) {
    let names = ["d", "a", "c", "e", "b"];
    state.put_items(names.iter().map(|name| priced(name, "1")).collect()).unwrap();
    state.put_items(vec![priced("e", "2")]).unwrap();
    state.delete_item(&item_id("c")).unwrap();
    let page = |after: Option<&str>, limit| -> Vec<String> {
        let items = state.items_page(after.map(item_id).as_ref(), limit).unwrap();
        items.iter().map(|item| item.id.to_string()).collect()
    };
    assert_eq!(page(None, 2), ["a", "b"]);
    assert_eq!(page(Some("b"), 2), ["d", "e"]);
    assert!(page(Some("e"), 2).is_empty());
    assert_eq!(state.counts().unwrap().items, 4);
    let last = state.items_page(Some(&item_id("d")), 1).unwrap().remove(0);
    assert_eq!(last.price.unwrap().minor, 200);
}

pub(super) fn a_list_of_some_facts_leaves_the_others(state: &dyn State) {
    use domain::{Fact, PartialItem};
    let part = |name: &str, price: Option<&str>| {
        let item = price.map_or_else(|| Item::bare(item_id(name)), |price| priced(name, price));
        HistoryRow::Part(PartialItem { item, says: [Fact::Price].into_iter().collect() })
    };
    let mut titled = priced("i", "10");
    titled.title = domain::Text::from("Pen");
    state.put_items(vec![titled.clone(), priced("gone", "1")]).unwrap();
    state.delete_item(&item_id("gone")).unwrap();
    let rows = [part("i", Some("11")), part("gone", Some("2")), part("new", None)];
    let report = state.load_history(&mut rows.into_iter(), &mut |_| ()).unwrap();
    assert_eq!((report.items.fresh, report.items.known), (2, 1));
    let now = |name| state.item(&item_id(name), FAR).unwrap().unwrap().item;
    assert_eq!(now("i"), Some(Item { price: priced("i", "11").price, ..titled }));
    assert_eq!((now("gone"), now("new")), (None, Some(Item::bare(item_id("new")))));
}

pub(super) fn many_items_are_deleted_at_once(state: &dyn State) {
    state.put_items(["a", "b", "c"].map(|name| priced(name, "1")).to_vec()).unwrap();
    state.delete_items(&["a", "c", "unknown"].map(item_id)).unwrap();
    let left: Vec<_> = state.items_page(None, 9).unwrap().into_iter().map(|item| item.id).collect();
    assert_eq!(left, [item_id("b")]);
    assert_eq!(state.counts().unwrap().items, 1);
}
