use std::sync::mpsc::{Receiver, Sender, channel};

use super::*;

/// Longer than any machine takes; nothing waits that long unless something is wrong.
const LONG: Duration = Duration::from_secs(60);

fn mark(n: u128) -> Mark {
    Mark { newest: IngestId(n), model: None }
}

fn looker(at: i64, patience: Duration) -> Looker {
    Looker { now: Timestamp(at), patience }
}

fn known<T: std::fmt::Debug>(look: Result<Look<T>, ShopError>) -> Known<T> {
    match look.unwrap() {
        Look::Known(known) => known,
        other @ Look::Reading(_) => panic!("{other:?}"),
    }
}

/// Holds a reading up: it says that it began, and ends when it is told to.
struct Hold {
    begun: Receiver<()>,
    go: Sender<()>,
}

type Held = Box<dyn FnOnce(Option<Arc<u8>>, &Counter) -> Result<u8, ShopError> + Send>;

fn held(figures: u8) -> (Held, Hold) {
    let ((go, wait), (tell, begun)) = (channel::<()>(), channel());
    let read = move |_: Option<Arc<u8>>, counter: &Counter| {
        counter.expect(2);
        counter.add_one();
        tell.send(()).unwrap();
        wait.recv().unwrap();
        Ok(figures)
    };
    (Box::new(read), Hold { begun, go })
}

fn never<T>(_: Option<Arc<T>>, _: &Counter) -> Result<T, ShopError> {
    panic!("it was read twice")
}

#[test]
fn the_same_is_read_once_however_many_look() {
    let reading = Arc::<Reading<u8>>::default();
    let (read, hold) = held(7);
    let first = reading.look(&mark(1), looker(10, Duration::ZERO), read).unwrap();
    assert!(matches!(first, Look::Reading(_)), "{first:?}");
    hold.begun.recv().unwrap();
    let meanwhile = reading.look(&mark(1), looker(11, Duration::ZERO), never).unwrap();
    assert_eq!(meanwhile, Look::Reading(HowFar { n_done: 1, n: Some(2) }));
    std::thread::scope(|scope| {
        let look = || known(reading.look(&mark(1), looker(12, LONG), never));
        let waiting: Vec<_> = (0..8).map(|_| scope.spawn(look)).collect();
        hold.go.send(()).unwrap();
        for looked in waiting {
            let looked = looked.join().unwrap();
            assert_eq!((*looked.figures, looked.at, looked.newer), (7, Timestamp(10), None));
        }
    });
    assert_eq!(reading.n_begun(), 1);
}

#[test]
fn what_is_known_is_shown_with_its_moment_while_newer_is_read() {
    let reading = Arc::<Reading<u8>>::default();
    known(reading.look(&mark(1), looker(10, LONG), |_, _| Ok(1)));
    let (read, hold) = held(2);
    let before = known(reading.look(&mark(2), looker(20, Duration::ZERO), read));
    assert_eq!((*before.figures, before.at), (1, Timestamp(10)));
    assert!(before.newer.is_some());
    hold.begun.recv().unwrap();
    hold.go.send(()).unwrap();
    let after = known(reading.look(&mark(2), looker(21, LONG), never));
    assert_eq!((*after.figures, after.at, after.newer), (2, Timestamp(20), None));
}

#[test]
fn a_reading_goes_on_from_the_figures_of_before() {
    let reading = Arc::<Reading<u8>>::default();
    known(reading.look(&mark(1), looker(1, LONG), |before, _| Ok(before.map_or(1, |n| *n + 1))));
    let look =
        reading.look(&mark(2), looker(2, LONG), |before, _| Ok(before.map_or(1, |n| *n + 1)));
    assert_eq!(*known(look).figures, 2);
}

#[test]
fn nothing_read_before_everything_was_forgotten_is_kept() {
    let reading = Arc::<Reading<u8>>::default();
    let (read, hold) = held(1);
    reading.look(&mark(1), looker(1, Duration::ZERO), read).unwrap();
    hold.begun.recv().unwrap();
    reading.forget();
    hold.go.send(()).unwrap();
    // Whoever waits for the one that was begun before sees nothing of it.
    let waited = reading.look(&mark(1), looker(2, LONG), |before, _| {
        assert_eq!(before, None);
        Ok(2)
    });
    let seen = match waited.unwrap() {
        Look::Reading(_) => known(reading.look(&mark(1), looker(3, LONG), |_, _| Ok(2))),
        Look::Known(seen) => seen,
    };
    assert_eq!(*seen.figures, 2);
}

#[test]
fn a_reading_that_failed_or_broke_off_says_so_once_and_is_tried_again() {
    let reading = Arc::<Reading<u8>>::default();
    let failed = reading.look(&mark(1), looker(1, LONG), |_, _| Err(ShopError::NoModel));
    assert!(matches!(failed, Err(ShopError::NoModel)), "{failed:?}");
    let broken = reading.look(&mark(1), looker(1, LONG), never);
    assert!(matches!(broken, Err(ShopError::Unread { .. })), "{broken:?}");
    assert_eq!(*known(reading.look(&mark(1), looker(1, LONG), |_, _| Ok(3))).figures, 3);
    assert_eq!(reading.n_begun(), 3);
}
