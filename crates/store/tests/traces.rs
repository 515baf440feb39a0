//! Traces of an erasure on disk, and other properties of a shop's files.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::path::Path;

use domain::{
    Event, EventKind, EventTime, Item, ItemId, Preferences, Review, StoredEvent, SubjectId,
    SurveyId, Timestamp,
};
use store::{
    HistoryRow, ImportRecord, Observations, Shop, SqliteState, State, StoreError, Survey,
    SurveyAnswers, every,
};

fn subject(name: &str) -> SubjectId {
    SubjectId::new(name).unwrap()
}

fn event(who: &str, n: usize) -> Event {
    Event {
        subject: subject(who),
        kind: EventKind::View,
        item_id: ItemId::new(format!("item-{}", n % 17)).unwrap(),
        time: EventTime::At(Timestamp(1_700_000_000_000 + (n as i64 * 7919) % 10_007)),
        quantity: 1,
        price: None,
        session: Some(format!("visit of {who}")),
        request_id: None,
        region: None,
        device: None,
        zone_minutes: None,
        source_key: format!("{who}/{n}"),
    }
}

fn review(who: &str, text: &str) -> Review {
    Review {
        subject: subject(who),
        item_id: ItemId::new("item-1").unwrap(),
        time: EventTime::At(Timestamp(1_700_000_000_000)),
        rating: None,
        title: format!("headline of {who}"),
        text: text.repeat(3),
        source_key: format!("{who}/{text}"),
    }
}

/// How often a text lies in the files of a shop, log and index of the log included.
fn traces(folder: &Path, text: &str) -> usize {
    let files = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path());
    let bytes = files.filter(|f| f.is_file()).map(|f| std::fs::read(f).unwrap());
    let needle = text.as_bytes();
    bytes.map(|b| b.windows(needle.len()).filter(|w| *w == needle).count()).sum()
}

/// Grows the tables in an order that splits pages, so that copies of moved rows lie about.
fn fill(state: &dyn State) {
    for round in 0..40 {
        let names: Vec<_> =
            (0..25).map(|n| format!("someone-{}", (n * 40 + round) * 7919 % 1000)).collect();
        let events = names.iter().flat_map(|name| (0..3).map(|n| event(name, n + round)));
        let mut batch: Vec<_> = events.collect();
        batch.push(event("Erika Mustermann", round));
        state.append_events(batch).unwrap();
        let reviews = names.iter().map(|name| review(name, &format!("opinion {round}")));
        state.append_reviews(reviews.collect()).unwrap();
        state
            .append_reviews(vec![review("Erika Mustermann", &format!("my secret {round}"))])
            .unwrap();
    }
}

fn write_words(state: &dyn State, who: &str, words: &str) {
    let survey_id = SurveyId::new(format!("survey of {who}")).unwrap();
    let shopper = state.shopper_or_new(&subject(who)).unwrap();
    let body = "{}".to_owned();
    let put = Survey { survey_id: survey_id.clone(), shopper, at: Timestamp(0), body };
    state.open_survey(&put, Timestamp(-1)).unwrap();
    let given = SurveyAnswers { words: Some(words.to_owned()), ..SurveyAnswers::default() };
    assert!(state.answer_survey(&survey_id, &given, Timestamp(0)).unwrap());
}

#[test]
fn an_erased_shopper_leaves_no_byte_on_disk() {
    let folder = tempfile::tempdir().unwrap();
    let shop = Shop::open(folder.path()).unwrap();
    fill(shop.state.as_ref());
    let rejected = ImportRecord {
        at: Timestamp(0),
        source: "reviews.csv".to_owned(),
        report: "{}".to_owned(),
        rejects: Some("line 3: Erika Mustermann,?".to_owned()),
        run: None,
    };
    shop.state.record_import(&rejected).unwrap();
    write_words(shop.state.as_ref(), "Erika Mustermann", "what I wish for");
    write_words(shop.state.as_ref(), "visitor", "what I saw as a visitor");
    shop.state.join(&subject("visitor"), &subject("Erika Mustermann")).unwrap().unwrap();
    write_words(shop.state.as_ref(), "someone-1", "what somebody else wishes for");
    let words = [
        "Erika Mustermann",
        "my secret",
        "visit of Erika",
        "what I wish for",
        "what I saw as a visitor",
    ];
    assert!(words.iter().all(|word| traces(folder.path(), word) > 0));

    let erased = shop.state.erase(&subject("Erika Mustermann")).unwrap().unwrap();

    assert!(erased.wiped);
    assert_eq!(words.map(|word| traces(folder.path(), word)), [0; 5]);
    for kept in ["opinion 39", "what somebody else wishes for"] {
        assert!(traces(folder.path(), kept) > 0, "the others keep theirs");
    }
}

/// One row in some thousands leaves a copy where a page was split, so this takes many shoppers.
#[test]
fn many_erased_shoppers_leave_no_byte_where_pages_were_split() {
    let folder = tempfile::tempdir().unwrap();
    let state = Shop::open(folder.path()).unwrap().state;
    let name = |n: usize| match n % 4 {
        0 => format!("{:03}-erika-{n}", n * 7919 % 1000),
        _ => format!("{:03}-someone-{n}", n * 7919 % 1000),
    };
    for batch in 0..8 {
        let numbers = batch * 1000..(batch + 1) * 1000;
        let events = numbers.flat_map(|n| (0..3).map(move |k| event(&name(n), n * 3 + k)));
        state.append_events(events.collect()).unwrap();
    }
    assert!(traces(folder.path(), "-erika-") > 2000);

    std::thread::scope(|scope| {
        for thread in 0..50 {
            let state = &state;
            scope.spawn(move || {
                for n in (thread * 4..8000).step_by(200) {
                    assert!(state.erase(&subject(&name(n))).unwrap().is_some());
                }
            });
        }
    });

    assert_eq!(traces(folder.path(), "-erika-"), 0);
    assert_eq!(state.counts().unwrap().shoppers, 6000);
}

#[test]
fn a_long_read_delays_the_wipe_and_the_next_open_finishes_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.db");
    let state = SqliteState::open(&file).unwrap();
    fill(&state);
    let mut wiped = None;
    state
        .scan_events(
            state.newest().unwrap(),
            &mut every(|_: StoredEvent| {
                wiped.get_or_insert_with(|| {
                    state.erase(&subject("Erika Mustermann")).unwrap().unwrap().wiped
                });
            }),
        )
        .unwrap();
    assert_eq!(wiped, Some(false), "the scan still holds the old pages");
    assert!(traces(folder.path(), "my secret") > 0);
    drop(state);
    // Nobody waits here for the writer's next try: erasing again asks for one at once.
    let state = SqliteState::open(&file).unwrap();
    state.append_events(vec![event("passer-by", 1)]).unwrap();
    let erased = state.erase(&subject("passer-by")).unwrap().unwrap();
    assert!(erased.wiped);
    assert_eq!(traces(folder.path(), "Erika Mustermann"), 0);
    assert_eq!(traces(folder.path(), "my secret"), 0);
}

#[test]
fn a_shop_of_a_newer_version_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.db");
    drop(SqliteState::open(&file).unwrap());
    let db = rusqlite::Connection::open(&file).unwrap();
    db.pragma_update(None, "user_version", 99).unwrap();
    drop(db);
    let refused = SqliteState::open(&file).err().unwrap();
    assert!(matches!(refused, StoreError::NewerSchema { found: 99, .. }));
    assert!(refused.to_string().contains("newer"), "{refused}");
}

#[test]
fn a_shop_from_before_there_were_own_words_opens_and_takes_them() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.db");
    let db = rusqlite::Connection::open(&file).unwrap();
    for migration in [
        include_str!("../migrations/0001_state.sql"),
        include_str!("../migrations/0002_chain.sql"),
        include_str!("../migrations/0003_observed.sql"),
        include_str!("../migrations/0004_joined.sql"),
        include_str!("../migrations/0005_correction.sql"),
    ] {
        db.execute_batch(migration).unwrap();
    }
    db.pragma_update(None, "user_version", 5).unwrap();
    db.execute_batch(
        "INSERT INTO survey VALUES ('s1', 7, zeroblob(16), 0, '{}');
         INSERT INTO survey_answer VALUES ('s1', 'u1', 7, 5, 0);",
    )
    .unwrap();
    drop(db);
    let state = SqliteState::open(&file).unwrap();
    let id = SurveyId::new("s1").unwrap();
    let kept = state.survey(&id).unwrap().unwrap();
    assert_eq!((kept.answers, kept.words), (vec![("u1".to_owned(), 5)], None));
    let given = SurveyAnswers { words: Some("at last".to_owned()), ..SurveyAnswers::default() };
    assert!(state.answer_survey(&id, &given, Timestamp(0)).unwrap());
    assert_eq!(state.survey(&id).unwrap().unwrap().words.as_deref(), Some("at last"));
}

#[test]
fn a_file_that_is_no_database_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.db");
    std::fs::write(&file, "id,price\n1,2\n".repeat(500)).unwrap();
    let refused = SqliteState::open(&file).err().unwrap();
    assert!(matches!(refused, StoreError::Backend { .. }), "{refused}");
}

#[test]
fn everything_is_there_after_reopening_and_ids_go_on_rising() {
    let folder = tempfile::tempdir().unwrap();
    let open = || Shop::open(folder.path()).unwrap().state;
    let first = open().append_events(vec![event("a", 1)]).unwrap().remove(0);
    let reopened = open();
    assert_eq!(reopened.newest().unwrap(), first.id);
    assert_eq!(reopened.recent(first.shopper, 1, first.id).unwrap(), [first.event]);
    assert!(reopened.append_events(vec![event("a", 2)]).unwrap()[0].id > first.id);
}

#[test]
fn two_servers_on_one_shop_make_ids_in_one_order() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.db");
    let open = || SqliteState::open(&file).unwrap();
    let (one, other) = (open(), open());
    let made = std::thread::scope(|scope| {
        let write = |state: &SqliteState, who: &str| {
            let mut ids = Vec::new();
            for n in 0..60 {
                let before = state.newest().unwrap();
                let id = state.append_events(vec![event(who, n)]).unwrap()[0].id;
                assert!(id > before, "an id below what was already visible");
                ids.push(id);
            }
            ids
        };
        let first = scope.spawn(move || write(&one, "a"));
        let second = scope.spawn(move || write(&other, "b"));
        [first.join().unwrap(), second.join().unwrap()].concat()
    });
    let distinct: std::collections::BTreeSet<_> = made.iter().collect();
    assert_eq!(distinct.len(), 120);
    assert_eq!(open().counts().unwrap().events, 120);
}

#[test]
fn a_failed_write_undoes_nothing_but_itself() {
    let folder = tempfile::tempdir().unwrap();
    let state = Shop::open(folder.path()).unwrap().state;
    let gone = domain::ShopperId(12);
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let state = &state;
            scope.spawn(move || {
                for n in 0..20 {
                    let refused = state.set_preferences(gone, &Preferences::default());
                    assert!(matches!(refused, Err(StoreError::ShopperGone)));
                    let who = format!("thread {thread}");
                    assert!(state.append_events(vec![event(&who, n)]).unwrap()[0].fresh);
                }
            });
        }
    });
    assert_eq!(state.counts().unwrap().events, 80);
}

#[test]
fn a_load_of_several_slices_is_whole_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    let state = Shop::open(folder.path()).unwrap().state;
    let n_rows = 45_000;
    let rows = || (0..n_rows).map(|n| HistoryRow::Event(event(&format!("s{}", n % 900), n)));
    let mut stored = Vec::new();
    let report = state.load_history(&mut rows(), &mut |at| stored.push(at.stored)).unwrap();
    assert_eq!(report.events.fresh, n_rows as u64);
    assert_eq!(state.counts().unwrap().events, n_rows as u64);
    assert_eq!(stored.last(), Some(&(n_rows as u64)));
    assert!(stored.iter().filter(|n| **n > 0).count() >= 3, "slices: {stored:?}");
    let shopper = state.shopper(&subject("s7")).unwrap().unwrap();
    let newest = state.newest().unwrap();
    assert_eq!(state.recent(shopper, 99, newest).unwrap().len(), 50);
    state.put_items(vec![Item::bare(ItemId::new("i").unwrap())]).unwrap();
    let again = state.load_history(&mut rows(), &mut |_| ()).unwrap();
    assert_eq!((again.events.fresh, again.events.known), (0, n_rows as u64));
}
