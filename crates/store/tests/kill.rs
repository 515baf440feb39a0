//! An acknowledged event survives `kill -9`.
//!
//! The test starts itself again as a child that appends and prints acknowledged events; the
//! parent kills it in the middle of its work, again and again, over the same shop.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use domain::{Event, EventKind, EventTime, IngestId, ItemId, StoredEvent, SubjectId, Timestamp};
use store::{Shop, every};

const FOLDER: &str = "STORE_KILL_TEST_FOLDER";
const ROUND: &str = "STORE_KILL_TEST_ROUND";
const KILLS: u32 = 25;

fn event(key: String, n: i64) -> Event {
    Event {
        subject: SubjectId::new(format!("s{}", n % 5)).unwrap(),
        kind: EventKind::Cart,
        item_id: ItemId::new("i").unwrap(),
        time: EventTime::At(Timestamp(1_700_000_000_000 + n)),
        quantity: 1,
        price: None,
        session: Some(key.clone()), // so that the parent can see which one it is
        request_id: None,
        region: None,
        device: None,
        zone_minutes: None,
        source_key: key,
    }
}

/// The child: appends from four threads until it is killed.
fn append_for_ever(folder: &Path, round: &str) {
    let shop = Shop::open(folder).unwrap();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let shop = &shop;
            scope.spawn(move || {
                for n in 0.. {
                    let batch = (0..3).map(|i| event(format!("{round}-{thread}-{n}-{i}"), n));
                    let acks = shop.state.append_events(batch.collect()).unwrap();
                    let mut out = std::io::stdout().lock();
                    for ack in acks {
                        writeln!(out, "ack {}", ack.event.session.unwrap()).unwrap();
                    }
                    out.flush().unwrap();
                }
            });
        }
    });
}

/// Starts a child, kills it after some acknowledgements, returns all that it had printed.
fn run_and_kill(folder: &Path, round: u32) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["no_acknowledged_event_is_lost_or_doubled", "--exact", "--nocapture"])
        .env(FOLDER, folder)
        .env(ROUND, round.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut acked = Vec::new();
    // A different moment each time: 1 to 50 acknowledgements, spread by a multiplicative hash.
    let enough = 1 + (round.wrapping_mul(2_654_435_761) >> 16) as usize % 50;
    for line in lines {
        // The last line may be cut off by the kill; a prefix of a key is no acknowledgement.
        acked.extend(line.unwrap().split_once("ack ").map(|(_, key)| key.to_owned()));
        if acked.len() == enough {
            child.kill().unwrap(); // SIGKILL; what is in the pipe is read to its end
        }
    }
    child.wait().unwrap();
    acked.retain(|key| key.split('-').filter(|part| !part.is_empty()).count() == 4);
    acked
}

#[test]
fn no_acknowledged_event_is_lost_or_doubled() {
    if let Ok(folder) = std::env::var(FOLDER) {
        return append_for_ever(Path::new(&folder), &std::env::var(ROUND).unwrap());
    }
    let folder = tempfile::tempdir().unwrap();
    let acked: Vec<_> = (0..KILLS).flat_map(|round| run_and_kill(folder.path(), round)).collect();
    assert!(acked.len() >= KILLS as usize);

    let state = Shop::open(folder.path()).unwrap().state;
    let mut found = Vec::new();
    let mut ids = BTreeSet::new();
    let newest = state.newest().unwrap();
    state
        .scan_events(
            newest,
            &mut every(|event: StoredEvent| {
                ids.insert(event.id);
                found.push(event.session.unwrap());
            }),
        )
        .unwrap();
    let distinct: BTreeSet<_> = found.iter().collect();
    assert_eq!(distinct.len(), found.len(), "an event is there twice");
    assert_eq!(ids.len(), found.len(), "an id was made twice");
    assert_eq!(state.counts().unwrap().events as usize, found.len());
    assert!(ids.last().is_none_or(|last| *last <= newest) && !ids.contains(&IngestId::ZERO));
    let lost: Vec<_> = acked.iter().filter(|key| !distinct.contains(key)).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
}
