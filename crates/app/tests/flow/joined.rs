//! Visitors who are found to be people, and variants that are found to be items.

use std::path::PathBuf;

use app::Live;
use domain::{Event, EventKind, IngestId, ItemId, SubjectId};
use explain::Relation;
use ingest::collect::Identity;
use ingest::import::{Format, ImportReport, Options, Progress};
use ingest::prepare::Source;
use shop::{Access, Shop};

use super::small_shop::{catalogue, empty, event, item_id, request_of, shopper, subject, trained};

fn identity(visitor: &SubjectId, person: &SubjectId) -> Identity {
    Identity { visitor: visitor.clone(), person: person.clone() }
}

/// The visitor buys what the person bought too, and something else.
fn purchases(visitor: &SubjectId, items: &[ItemId]) -> Vec<Event> {
    let bought = |(n, item): (usize, &ItemId)| {
        event(visitor, EventKind::Purchase, item, &format!("visit-{n}"))
    };
    items.iter().enumerate().map(bought).collect()
}

fn buyers_of(shop: &Live) -> Vec<u32> {
    let counts = shop.counts();
    let items = catalogue(shop);
    items.iter().map(|item| counts.shoppers_of(&item.id, Relation::Bought)).collect()
}

#[test]
fn an_identified_visitor_counts_once_live_after_a_restart_and_in_the_audit() {
    let shop = trained();
    let (visitor, person) = (subject("anonymous:v"), shopper(3));
    let items: Vec<ItemId> = catalogue(&shop).into_iter().take(6).map(|item| item.id).collect();
    shop.collector.collect(purchases(&visitor, &items)).unwrap();
    shop.collector.collect(purchases(&person, &items[..3])).unwrap();
    let before = shop.counts().n_shoppers();
    shop.recommender.recommend(&request_of(&visitor)).unwrap();
    shop.recommender.recommend(&request_of(&person)).unwrap();

    assert_eq!(shop.collector.identify(&[identity(&visitor, &person)]).unwrap(), 1);
    assert_eq!(shop.collector.identify(&[identity(&visitor, &person)]).unwrap(), 0);
    assert_eq!(shop.counts().n_shoppers(), before - 1);
    let answer = shop.recommender.recommend(&request_of(&visitor)).unwrap();
    assert!(answer.profiled, "the visitor's name is one of the person's");
    let shown: Vec<_> = answer.items.iter().map(|item| &item.item_id).collect();
    assert!(
        items.iter().all(|bought| !shown.contains(&bought)),
        "what the visitor bought is bought"
    );
    shop.recommender.recommend(&request_of(&person)).unwrap();

    let report = audit::audit(shop.shop()).unwrap();
    assert!(report.is_clean(), "{report:?}");
    assert!(report.n_verified > 0 && report.n_verified == report.n_claims);
    let (live, n_active) = (buyers_of(&shop), shop.counts().n_active(Relation::Bought));
    let shop = shop.reopened();
    assert_eq!(buyers_of(&shop), live, "a recount finds the same");
    assert_eq!(shop.counts().n_active(Relation::Bought), n_active);
    assert_eq!(shop.counts().n_shoppers(), before - 1);
}

#[test]
fn erasing_a_person_leaves_nothing_of_their_visits() {
    let shop = trained();
    let (visitor, person) = (subject("anonymous:v"), subject("ann"));
    let items: Vec<ItemId> = catalogue(&shop).into_iter().take(3).map(|item| item.id).collect();
    let before = buyers_of(&shop);
    shop.collector.collect(purchases(&visitor, &items)).unwrap();
    shop.collector.collect(purchases(&person, &items)).unwrap();
    shop.collector.identify(&[identity(&visitor, &person)]).unwrap();
    let erased = shop.erase(&person).unwrap();
    assert_eq!(erased.removed.events, 6);
    assert_eq!(buyers_of(&shop), before);
    assert_eq!(shop.shop().state().shopper(&visitor).unwrap(), None);
}

const FEED: &str = "\
id\titem_group_id\ttitle\tdescription\tprice\tsize\tavailability
s-1\tshirt\tLinen shirt\t<p>Light &amp; cool</p>\t20.00 CNY\tS\tin_stock
s-2\tshirt\tLinen shirt\t\t20.00 CNY\tM\tin_stock
mug\t\tBig mug\t\t5.00 CNY\t\tin_stock
";

const LOG: &str = r#"
{"event_name":"view_item","event_timestamp":"1790000000000000","user_pseudo_id":"v","items":[{"item_id":"s-1","item_name":"SHIRT!"}]}
{"event_name":"purchase","event_timestamp":"1790000100000000","user_pseudo_id":"v","user_id":"ann","ecommerce":{"transaction_id":"T"},"items":[{"item_id":"s-2","item_name":"SHIRT!"},{"item_id":"cap","item_name":"Cap"}]}
{"event_name":"view_item_list","event_timestamp":"1790000200000000","user_id":"ann","items":[{"item_id":"mug"},{"item_id":"cap"}]}
"#;

fn import(shop: &Shop, format: Format, text: &str) -> ImportReport {
    let path: PathBuf = shop.folder().join(format.name());
    std::fs::write(&path, text).unwrap();
    let source = Source { format, options: Options::default(), paths: vec![path] };
    ingest::import::import(
        shop,
        &source,
        domain::Timestamp(1_800_000_000_000),
        &Progress::default(),
        &mut |_| {},
    )
    .unwrap()
}

#[test]
fn events_of_variants_are_of_their_item_and_mentions_never_replace_the_feed() {
    let folder = empty();
    let shop = app::open(folder.path(), Access::Create).unwrap();
    import(&shop, Format::Merchant, FEED);
    let report = import(&shop, Format::Ga4, LOG);
    assert_eq!((report.loaded.events.fresh, report.loaded.joins.fresh), (5, 1));
    let item = |id: &str| shop.state().item(&item_id(id), IngestId(u128::MAX)).unwrap();
    let shirt = item("shirt").unwrap().item.unwrap();
    assert_eq!((shirt.title, shirt.description), ("Linen shirt".into(), "Light & cool".into()));
    assert_eq!(item("s-1"), None, "a variant is no item of its own");
    assert_eq!(item("cap").unwrap().item.unwrap().title, "Cap".into());

    let ann = shop.state().shopper(&subject("ann")).unwrap().unwrap();
    let history = shop.state().recent(ann, 9, IngestId(u128::MAX)).unwrap();
    let seen: Vec<_> = history.iter().map(|e| (e.item_id.as_str(), e.kind)).collect();
    let bought = EventKind::Purchase;
    assert_eq!(seen, [("cap", bought), ("shirt", bought), ("shirt", EventKind::View)]);
    let again = import(&shop, Format::Ga4, LOG);
    assert_eq!((again.loaded.events.fresh, again.loaded.joins.fresh), (0, 0));
}

#[test]
fn rows_of_orders_never_replace_the_feed_and_keep_what_only_they_tell_up_to_date() {
    let folder = empty();
    let shop = app::open(folder.path(), Access::Create).unwrap();
    import(&shop, Format::Merchant, FEED);
    let orders = |day: u32, price: &str| {
        format!(
            "shopper,item,time,title,price,currency\nann,shirt,2026-06-{day:02},SHIRT!,1,CNY\nann,cap,2026-06-{day:02},Cap,{price},CNY\n"
        )
    };
    import(&shop, Format::Csv, &orders(1, "7"));
    import(&shop, Format::Csv, &orders(2, "8").replace("Cap", ""));
    let item = |id: &str| shop.state().item(&item_id(id), IngestId(u128::MAX)).unwrap().unwrap();
    let (shirt, cap) = (item("shirt").item.unwrap(), item("cap").item.unwrap());
    assert_eq!((shirt.title, shirt.price.unwrap().minor), ("Linen shirt".into(), 2000));
    assert_eq!((cap.title, cap.price.unwrap().minor), ("Cap".into(), 800));
    shop.state().delete_item(&item_id("cap")).unwrap();
    import(&shop, Format::Csv, &orders(3, "9"));
    assert_eq!(item("cap").item, None, "what was taken out stays out");
}

#[test]
fn while_serving_a_variant_is_its_item_as_long_as_the_catalogue_says_so() {
    let folder = empty();
    let shop = app::open(folder.path(), Access::Create).unwrap();
    import(&shop, Format::Merchant, FEED);
    let live = Live::new(shop).unwrap();
    let buy = |key: &str| {
        let who = subject("ann");
        let events = vec![event(&who, EventKind::Purchase, &item_id("s-2"), key)];
        live.collector.collect(events).unwrap().remove(0).event.item_id
    };
    assert_eq!(buy("1"), item_id("shirt"));
    let mut shirt = (*live.item(&item_id("shirt")).unwrap()).clone();
    shirt.attributes.remove("variant_id");
    live.collector.put_items(vec![shirt]).unwrap();
    assert_eq!(buy("2"), item_id("s-2"));
}
