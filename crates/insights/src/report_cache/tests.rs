use std::sync::mpsc::{Receiver, Sender, channel};

use super::*;

/// Longer than any machine takes; nothing waits that long unless something is wrong.
const LONG: Duration = Duration::from_secs(60);

fn key(n: u128) -> CacheKey {
    CacheKey { newest: IngestId(n), model: None }
}

fn lookup(at: i64, patience: Duration) -> Lookup {
    Lookup { now: Timestamp(at), patience }
}

fn known<T: std::fmt::Debug>(found: Result<Report<T>, ShopError>) -> Ready<T> {
    match found.unwrap() {
        Report::Ready(known) => known,
        other @ Report::Pending(_) => panic!("{other:?}"),
    }
}

/// Holds a reading up: it says that it began, and ends when it is told to.
struct Hold {
    begun: Receiver<()>,
    go: Sender<()>,
}

type Held = Box<dyn FnOnce(Option<Arc<u8>>, &Counter) -> Result<u8, ShopError> + Send>;

fn held(value: u8) -> (Held, Hold) {
    let ((go, wait), (tell, begun)) = (channel::<()>(), channel());
    let compute = move |_: Option<Arc<u8>>, counter: &Counter| {
        counter.expect(2);
        counter.add_one();
        tell.send(()).unwrap();
        wait.recv().unwrap();
        Ok(value)
    };
    (Box::new(compute), Hold { begun, go })
}

fn never<T>(_: Option<Arc<T>>, _: &Counter) -> Result<T, ShopError> {
    panic!("it was compute twice")
}

#[test]
fn the_same_is_read_once_however_many_look() {
    let report = Arc::<CachedReport<u8>>::default();
    let (compute, hold) = held(7);
    let first = report.get(&key(1), lookup(10, Duration::ZERO), compute).unwrap();
    assert!(matches!(first, Report::Pending(_)), "{first:?}");
    hold.begun.recv().unwrap();
    let meanwhile = report.get(&key(1), lookup(11, Duration::ZERO), never).unwrap();
    assert_eq!(meanwhile, Report::Pending(Progress { n_done: 1, n: Some(2) }));
    std::thread::scope(|scope| {
        let get = || known(report.get(&key(1), lookup(12, LONG), never));
        let waiting: Vec<_> = (0..8).map(|_| scope.spawn(get)).collect();
        hold.go.send(()).unwrap();
        for looked in waiting {
            let looked = looked.join().unwrap();
            assert_eq!((*looked.value, looked.at, looked.newer), (7, Timestamp(10), None));
        }
    });
    assert_eq!(report.n_begun(), 1);
}

#[test]
fn what_is_known_is_shown_with_its_moment_while_newer_is_read() {
    let report = Arc::<CachedReport<u8>>::default();
    known(report.get(&key(1), lookup(10, LONG), |_, _| Ok(1)));
    let (compute, hold) = held(2);
    let before = known(report.get(&key(2), lookup(20, Duration::ZERO), compute));
    assert_eq!((*before.value, before.at), (1, Timestamp(10)));
    assert!(before.newer.is_some());
    hold.begun.recv().unwrap();
    hold.go.send(()).unwrap();
    let after = known(report.get(&key(2), lookup(21, LONG), never));
    assert_eq!((*after.value, after.at, after.newer), (2, Timestamp(20), None));
}

#[test]
fn a_reading_goes_on_from_the_figures_of_before() {
    let report = Arc::<CachedReport<u8>>::default();
    known(report.get(&key(1), lookup(1, LONG), |before, _| Ok(before.map_or(1, |n| *n + 1))));
    let get = report.get(&key(2), lookup(2, LONG), |before, _| Ok(before.map_or(1, |n| *n + 1)));
    assert_eq!(*known(get).value, 2);
}

#[test]
fn nothing_read_before_everything_was_forgotten_is_kept() {
    let report = Arc::<CachedReport<u8>>::default();
    let (compute, hold) = held(1);
    report.get(&key(1), lookup(1, Duration::ZERO), compute).unwrap();
    hold.begun.recv().unwrap();
    report.forget();
    hold.go.send(()).unwrap();
    // Whoever waits for the one that was begun before sees nothing of it.
    let waited = report.get(&key(1), lookup(2, LONG), |before, _| {
        assert_eq!(before, None);
        Ok(2)
    });
    let seen = match waited.unwrap() {
        Report::Pending(_) => known(report.get(&key(1), lookup(3, LONG), |_, _| Ok(2))),
        Report::Ready(seen) => seen,
    };
    assert_eq!(*seen.value, 2);
}

#[test]
fn a_reading_that_failed_or_broke_off_says_so_once_and_is_tried_again() {
    let report = Arc::<CachedReport<u8>>::default();
    let failed = report.get(&key(1), lookup(1, LONG), |_, _| Err(ShopError::NoModel));
    assert!(matches!(failed, Err(ShopError::NoModel)), "{failed:?}");
    let broken = report.get(&key(1), lookup(1, LONG), never);
    assert!(matches!(broken, Err(ShopError::Unread { .. })), "{broken:?}");
    assert_eq!(*known(report.get(&key(1), lookup(1, LONG), |_, _| Ok(3))).value, 3);
    assert_eq!(report.n_begun(), 3);
}
