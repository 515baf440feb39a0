//! The paths of the store that have a budget: reading a history, acknowledging events, loading.

use domain::{Event, EventKind, EventTime, ItemId, SubjectId, Timestamp};
use store::{HistoryRow, SqliteState, State};

fn main() {
    divan::main();
}

const N_SHOPPERS: usize = 2_000;
const N_LOADED: usize = 200_000;

/// The n-th event of a log in which shoppers come in no order.
fn event(n: usize) -> Event {
    let mixed = n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
    Event {
        subject: SubjectId::new(format!("shopper-{}", mixed % N_SHOPPERS)).expect("a plain name"),
        kind: EventKind::View,
        item_id: ItemId::new(format!("B00{:07}", mixed % 12_101)).expect("a plain name"),
        time: EventTime::At(Timestamp(1_600_000_000_000 + n as i64 * 1000)),
        quantity: 1,
        price: None,
        session: None,
        request_id: None,
        region: None,
        device: None,
        zone_minutes: None,
        source_key: format!("bench:{n}"),
    }
}

fn empty() -> (tempfile::TempDir, SqliteState) {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let state = SqliteState::open(&folder.path().join("state.db")).expect("a new shop opens");
    (folder, state)
}

fn load(state: &SqliteState) {
    let mut rows = (0..N_LOADED).map(|n| HistoryRow::Event(event(n)));
    state.load_history(&mut rows, &mut |_| ()).expect("the history loads");
}

#[divan::bench]
fn recent_100(bencher: divan::Bencher<'_, '_>) {
    let (_folder, state) = empty();
    load(&state);
    let newest = state.newest().expect("readable");
    let shoppers: Vec<_> = (0..N_SHOPPERS)
        .filter_map(|n| {
            let subject = SubjectId::new(format!("shopper-{n}")).expect("a plain name");
            state.shopper(&subject).expect("readable")
        })
        .collect();
    let mut next = 0;
    bencher.bench_local(|| {
        next = (next + 7919) % shoppers.len();
        state.recent(shoppers[next], 100, newest).expect("readable")
    });
}

#[divan::bench(args = [1, 100, 1000])]
fn append(bencher: divan::Bencher<'_, '_>, batch: usize) {
    let (_folder, state) = empty();
    let mut n = 0;
    bencher.counter(divan::counter::ItemsCount::new(batch)).bench_local(|| {
        let events = (n..n + batch).map(event).collect();
        n += batch;
        state.append_events(events).expect("writable")
    });
}

/// Recording an answer of some thirty claims, with its link of the audit chain.
#[divan::bench]
fn record_answer(bencher: divan::Bencher<'_, '_>) {
    let (_folder, state) = empty();
    let mut n = 0;
    bencher.bench_local(|| {
        n += 1;
        let record = store::AnswerRecord {
            request_id: domain::RequestId::new(format!("r{n}")).expect("a plain name"),
            shopper: None,
            as_of: domain::IngestId(n),
            model_version: domain::ModelVersion::new("m1").expect("a plain name"),
            payload: "x".repeat(20_000),
        };
        state.record_answer(&record).expect("writable")
    });
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn load_200k(bencher: divan::Bencher<'_, '_>) {
    bencher
        .counter(divan::counter::ItemsCount::new(N_LOADED))
        .with_inputs(empty)
        .bench_local_values(|(folder, state)| {
            load(&state);
            (folder, state)
        });
}
