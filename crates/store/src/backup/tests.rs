//! Copies of a shop that is being written to.

use std::sync::atomic::{AtomicBool, Ordering};

use domain::{Event, EventKind, EventTime, IngestId, ItemId, SubjectId, Timestamp};

use super::*;
use crate::every;

fn event(n: u64) -> Event {
    Event {
        subject: SubjectId::new(format!("s{}", n % 7)).unwrap(),
        kind: EventKind::View,
        item_id: ItemId::new("i").unwrap(),
        time: EventTime::At(Timestamp(1_700_000_000_000 + n as i64)),
        quantity: 1,
        price: None,
        session: None,
        request_id: None,
        region: None,
        device: None,
        zone_minutes: None,
        source_key: n.to_string(),
    }
}

fn events(shop: &Shop) -> Vec<IngestId> {
    let mut ids = Vec::new();
    let all = IngestId(u128::MAX);
    shop.state.replay_events(all, &mut every(|e: domain::StoredEvent| ids.push(e.id))).unwrap();
    ids
}

#[test]
fn a_copy_taken_while_events_come_in_is_the_log_up_to_one_id() {
    let folder = tempfile::tempdir().unwrap();
    let (from, into) = (folder.path().join("shop"), folder.path().join("backup"));
    fs::create_dir(&from).unwrap();
    let shop = Shop::open(&from).unwrap();
    let version = shop.models.new_version();
    shop.models.save(&version, &[("w".to_owned(), vec![1, 2])], serde_json::json!({})).unwrap();
    shop.models.set_current(&version).unwrap();
    fs::write(from.join("candor.toml"), "# settings").unwrap();
    shop.state.append_events((0..500).map(event).collect()).unwrap();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut n = 500;
            while !done.load(Ordering::Relaxed) {
                shop.state.append_events(vec![event(n)]).unwrap();
                n += 1;
            }
        });
        let copied = back_up(&from, &into).unwrap();
        done.store(true, Ordering::Relaxed);
        assert!(copied.files >= 4 && copied.bytes > 10_000, "{copied:?}");
    });
    let copy = Shop::open(&into).unwrap();
    let (copied, all) = (events(&copy), events(&shop));
    assert!(copied.len() >= 500);
    assert_eq!(copied, all[..copied.len()]);
    assert_eq!(copy.state.counts().unwrap().events, copied.len() as u64);
    assert_eq!(copy.models.current().unwrap(), Some(version));
    assert_eq!(fs::read_to_string(into.join("candor.toml")).unwrap(), "# settings");
    assert!(!into.join("lock").exists() && !folder.path().join("backup.partial").exists());
}

#[test]
fn a_shop_that_is_there_is_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let (from, into) = (folder.path().join("shop"), folder.path().join("backup"));
    fs::create_dir(&from).unwrap();
    drop(Shop::open(&from).unwrap());
    back_up(&from, &into).unwrap();
    let again = back_up(&from, &into).unwrap_err().to_string();
    assert!(again.contains("already"), "{again}");
    assert!(restore(&into, &from).is_err());
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    restore(&into, &empty).unwrap();
    assert!(Shop::exists(&empty));
    let nothing = back_up(&folder.path().join("nowhere"), &folder.path().join("x")).unwrap_err();
    assert!(nothing.to_string().contains("no shop"), "{nothing}");
}
