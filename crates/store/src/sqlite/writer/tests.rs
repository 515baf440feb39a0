use super::*;
use crate::sqlite::connection::for_writing;
use crate::sqlite::imports;

fn import() -> crate::ImportRecord {
    crate::ImportRecord {
        at: domain::Timestamp(0),
        source: "a.csv".to_owned(),
        report: "{}".to_owned(),
        rejects: None,
        run: None,
    }
}

#[test]
fn a_write_that_fails_half_way_leaves_nothing_and_hurts_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.db");
    let writer = Writer::start(for_writing(&file).unwrap()).unwrap();
    std::thread::scope(|scope| {
        for n in 0..20 {
            let writer = &writer;
            scope.spawn(move || {
                let done = writer.write(move |tx| {
                    imports::record(tx, &import())?;
                    tx.counts.events += 1;
                    tx.next_id();
                    if n % 2 == 0 { Ok(()) } else { Err(StoreError::ShopperGone) }
                });
                assert_eq!(done.is_ok(), n % 2 == 0);
            });
        }
    });
    drop(writer);
    let db = for_writing(&file).unwrap();
    assert_eq!(imports::list(&db, 99).unwrap().len(), 10);
    assert_eq!(counts(&db).unwrap().events, 10);
}
