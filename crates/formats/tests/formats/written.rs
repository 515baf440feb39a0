//! Written files can be read by others, and by us.

use formats::write::{Cell, Kind, Row, Writer, recbole};
use formats::{Format, Layout, Options};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::RowAccessor;
use serde::Serialize;

use crate::given;

#[derive(Serialize)]
struct Sold {
    name: Option<String>,
    n: i64,
    price: Option<f64>,
    is_new: bool,
    at: Option<i64>,
}

impl Row for Sold {
    const COLUMNS: &'static [(&'static str, Kind)] = &[
        ("name", Kind::Text),
        ("n", Kind::Whole),
        ("price", Kind::Real),
        ("is_new", Kind::Truth),
        ("at", Kind::Instant),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::text(self.name.clone()),
            Cell::Whole(self.n),
            self.price.map_or(Cell::Missing, Cell::Real),
            Cell::Truth(self.is_new),
            self.at.map_or(Cell::Missing, Cell::Instant),
        ]
    }
}

fn rows() -> [Sold; 2] {
    [
        Sold {
            name: Some("口红, \"A\"".into()),
            n: -3,
            price: Some(19.9),
            is_new: true,
            at: Some(1_704_153_600_000),
        },
        Sold { name: None, n: 1 << 60, price: None, is_new: false, at: None },
    ]
}

fn written(layout: Layout) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = Writer::new::<Sold>(layout, &mut bytes).unwrap();
    rows().iter().for_each(|row| writer.row(row).unwrap());
    writer.finish().unwrap();
    bytes
}

#[test]
fn json_lines_and_csv_say_what_the_rows_say() {
    let lines = String::from_utf8(written(Layout::JsonLines)).unwrap();
    assert_eq!(lines.lines().count(), 2);
    let first: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!((&first["name"], &first["price"]), (&"口红, \"A\"".into(), &19.9.into()));
    let csv = String::from_utf8(written(Layout::Csv)).unwrap();
    assert_eq!(
        csv,
        "name,n,price,is_new,at\n\"口红, \"\"A\"\"\",-3,19.9,true,2024-01-02T00:00:00Z\n,1152921504606846976,,false,\n"
    );
}

#[test]
fn parquet_is_read_back_with_types_and_nothing_where_there_was_nothing() {
    let reader = SerializedFileReader::new(bytes::Bytes::from(written(Layout::Parquet))).unwrap();
    let schema = format!("{:?}", reader.metadata().file_metadata().schema());
    assert!(schema.contains("String") && schema.contains("Timestamp"), "{schema}");
    let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].get_string(0).unwrap(), "口红, \"A\"");
    assert_eq!((rows[0].get_long(1).unwrap(), rows[0].get_double(2).unwrap()), (-3, 19.9));
    assert_eq!(
        (rows[0].get_bool(3).unwrap(), rows[0].get_timestamp_millis(4).unwrap()),
        (true, 1_704_153_600_000)
    );
    assert!(rows[1].get_string(0).is_err() && rows[1].get_double(2).is_err());
    assert_eq!(rows[1].get_long(1).unwrap(), 1 << 60);
}

#[test]
fn more_rows_than_one_group_holds_are_all_there() {
    let mut bytes = Vec::new();
    let mut writer = Writer::new::<Sold>(Layout::Parquet, &mut bytes).unwrap();
    for n in 0..50_001 {
        writer.row(&Sold { name: None, n, price: None, is_new: false, at: None }).unwrap();
    }
    writer.finish().unwrap();
    let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
    assert_eq!(reader.num_row_groups(), 2);
    assert_eq!(reader.metadata().file_metadata().num_rows(), 50_001);
}

#[test]
fn atomic_files_come_back_as_they_were_written() {
    let (mut inter, mut items) = (Vec::new(), Vec::new());
    let mut out = recbole::Interactions::new(&mut inter).unwrap();
    out.row("u1", "a\tb", 1_704_153_600.5, "view").unwrap();
    out.row("u1", "c", 7.0, "purchase").unwrap();
    out.finish().unwrap();
    let mut out = recbole::Items::new(&mut items).unwrap();
    out.row("c", "Tea\ncup", "Acme", &["Home", "Tea and coffee"]).unwrap();
    out.finish().unwrap();
    let events = given(Format::Recbole, &Options::default(), &inter).events;
    assert_eq!((events[0].item_id.as_str(), events[1].item_id.as_str()), ("a b", "c"));
    assert_eq!(events[0].time.instant().unwrap().0, 1_704_153_600_500);
    let items = given(Format::Recbole, &Options::default(), &items).items;
    assert_eq!(items[0].title, "Tea cup".into());
    assert_eq!(items[0].categories, ["Home", "Tea_and_coffee"].map(domain::Text::from));
}
