use std::fs::{self, File};
use std::io::Write;
use std::ops::ControlFlow;

use flate2::Compression;
use flate2::write::GzEncoder;
use formats::{Error, Format, Options, Progress, Record, read};

fn count(
    paths: &[std::path::PathBuf],
    format: Format,
) -> Result<(formats::Summary, Progress), Error> {
    let progress = Progress::of_files(paths)?;
    let mut visit = |_| ControlFlow::Continue(());
    let summary = read(format, &Options::default(), paths, &progress, &mut visit)?;
    Ok((summary, progress))
}

fn gz(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn gz_is_known_by_content_and_progress_counts_bytes_on_disk() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("no-suffix");
    fs::write(&path, gz(b"u1 a b\nu2 c\n")).unwrap();
    let (summary, progress) = count(std::slice::from_ref(&path), Format::Sequences).unwrap();
    assert_eq!(summary.events, 3);
    assert_eq!(progress.total(), path.metadata().unwrap().len());
    assert_eq!(progress.consumed(), progress.total());
}

#[test]
fn a_gz_file_that_is_cut_off_is_an_error_and_not_a_short_import() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cut.gz");
    let whole = gz(b"u1 a b\n");
    fs::write(&path, &whole[..whole.len() - 6]).unwrap();
    let error = count(&[path], Format::Sequences).unwrap_err();
    assert!(error.to_string().contains("cut off"), "{error}");
}

#[test]
fn events_and_items_are_told_apart_by_content() {
    let folder = tempfile::tempdir().unwrap();
    let (events, items) = (folder.path().join("x"), folder.path().join("y"));
    fs::write(&events, "u1 1 2\n").unwrap();
    fs::write(&items, "item_id\ttitle\tattributes\n1\tPen\tBic | Office\n2\tInk\tBic | Office\n")
        .unwrap();
    let (summary, progress) = count(&[items, events], Format::Sequences).unwrap();
    assert_eq!((summary.events, summary.items), (2, 2));
    assert_eq!(progress.consumed(), progress.total(), "a first look is not progress");
}

#[test]
fn the_caller_can_stop_at_any_record() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x");
    let mut file = File::create(&path).unwrap();
    for n in 0..1000 {
        writeln!(file, "u{n} a").unwrap();
    }
    let mut seen = 0;
    let mut visit = |outcome| {
        assert!(matches!(outcome, Ok(Record::Event(_))));
        seen += 1;
        if seen == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let paths = [&path, &path];
    let summary =
        read(Format::Sequences, &Options::default(), &paths, &Progress::default(), &mut visit)
            .unwrap();
    assert!(summary.stopped);
    assert_eq!(seen, 3);
}

#[test]
fn a_missing_file_is_named() {
    let error = count(&["/no/such/file".into()], Format::Csv).unwrap_err();
    assert!(error.to_string().contains("/no/such/file"), "{error}");
}

#[test]
fn twenty_rejects_are_kept_and_all_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x");
    fs::write(&path, format!("u1 a\n{}", "bad\n".repeat(50))).unwrap();
    let (summary, _) = count(&[path], Format::Sequences).unwrap();
    assert_eq!((summary.rejected, summary.rejects.len()), (50, 20));
    assert_eq!(summary.rejects[0].line, 2);
}

#[test]
fn a_file_that_cannot_be_read_does_not_cost_the_later_ones() {
    let folder = tempfile::tempdir().unwrap();
    let paths = ["a", "b", "c"].map(|name| folder.path().join(name));
    for (path, text) in paths.iter().zip(["cat,label\nx,1\n", "", "item,title\nA,Pen\n"]) {
        fs::write(path, text).unwrap();
    }
    let (summary, _) = count(&paths, Format::Csv).unwrap();
    assert_eq!((summary.items, summary.failed.len()), (1, 2));
    assert!(summary.failed[0].contains("no column for `item`"), "{:?}", summary.failed);
    assert!(count(&paths[..2], Format::Csv).is_err(), "nothing was read at all");
}
