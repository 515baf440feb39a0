//! An import into a shop in service, and an erasure that comes in between.

use std::sync::mpsc::channel;
use std::time::Duration;

use feeds::{FeedOptions, Imports, Origin, RunState, Wanted};
use ingest::import::Format;

use super::small_shop::{now, shopper};
use super::watched::watched;

/// Only a test that fails waits so long.
const AT_MOST: Duration = Duration::from_secs(600);

#[test]
fn somebody_erased_while_a_file_goes_in_stays_erased() {
    let (shop, watch) = watched();
    let (erased, stays) = (shopper(0), shopper(1));
    let path = shop.shop().folder().join("night.csv");
    let row = |who: &str, n: usize| format!("{who},item-{n},view,2026-01-{:02}T10:00:00Z\n", n + 1);
    let rows =
        [&erased, &stays].map(|who| (0..9).map(|n| row(who.as_str(), n)).collect::<String>());
    std::fs::write(&path, format!("shopper,item,kind,time\n{}{}", rows[0], rows[1])).unwrap();

    // The names that are erased were read; the first slice is not written yet.
    let ((arrived, arrives), (goes_on, told)) = (channel(), channel::<()>());
    let mut is_first = true;
    watch.guard(move |name| {
        if name == "load" && std::mem::take(&mut is_first) {
            arrived.send(()).unwrap();
            told.recv().unwrap();
        }
        Ok(())
    });
    let imports = Imports::new(shop.shared(), now);
    let wanted = Wanted {
        origin: Origin::Pushed,
        feed: None,
        format: Some(Format::Csv),
        paths: vec![path],
        options: FeedOptions::default(),
        spooled: Vec::new(),
    };
    let run = imports.start(wanted).unwrap();
    arrives.recv_timeout(AT_MOST).unwrap();
    shop.erase(&erased).unwrap();
    goes_on.send(()).unwrap();

    let run = imports.wait(&run.id, AT_MOST).unwrap().unwrap();
    assert_eq!(run.state, RunState::Done, "{run:?}");
    let report = run.report.unwrap();
    assert_eq!((&report["erased"], &report["loaded"]["events"]["fresh"]), (&9.into(), &9.into()));
    assert_eq!(shop.shop().state().shopper(&erased).unwrap(), None);
    assert!(shop.shop().state().shopper(&stays).unwrap().is_some());
    assert_eq!(shop.counts().as_of(), shop.shop().state().newest().unwrap());
}
