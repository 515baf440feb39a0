//! For any bytes: no parser panics, and every row is either accepted or rejected.

use formats::{Format, Options};
use proptest::prelude::*;

use crate::given;

/// Bytes that are not gz and bear no mark, so that lines can be counted independently.
fn plain_bytes() -> impl Strategy<Value = Vec<u8>> {
    let words = prop_oneof![
        Just(b"\n".to_vec()),
        Just(b"\r\n".to_vec()),
        Just(b"\t".to_vec()),
        Just(b",".to_vec()),
        Just(b" ".to_vec()),
        Just(b"u1".to_vec()),
        Just(b"4".to_vec()),
        Just(b"1500000000".to_vec()),
        Just(b"\"".to_vec()),
        Just("口红".as_bytes().to_vec()),
        Just(b"{\"asin\":\"A\"}".to_vec()),
        Just(b"{\"event_name\":\"purchase\",\"items\":[{\"item_id\":1}]}".to_vec()),
        Just(b"{\"event\":\"Product Viewed\",\"properties\":{\"sku\":\"a\"}}".to_vec()),
        Just(b"{\"@type\":\"Product\",\"sku\":1,\"offers\":[{\"price\":1}]}".to_vec()),
        Just(b"<rss><item><g:id>1</g:id>&amp;".to_vec()),
        Just(b"<![CDATA[".to_vec()),
        Just(b"</item>".to_vec()),
        Just(b"id\titem_group_id\tprice\n".to_vec()),
        Just(b"Handle,Title,Variant SKU,Variant Price\n".to_vec()),
        Just(b"ID,Type,SKU,Name,Parent\n".to_vec()),
        Just(b"timestamp,visitorid,event,itemid\n".to_vec()),
        Just(b"1,2,3,pv,1511544070".to_vec()),
        proptest::collection::vec(any::<u8>(), 0..6),
    ];
    proptest::collection::vec(words, 0..40)
        .prop_map(|words| [b"x".to_vec(), words.concat()].concat())
}

fn n_lines(bytes: &[u8]) -> u64 {
    let lines = bytes.split(|&b| b == b'\n').filter(|line| !line.trim_ascii().is_empty());
    lines.count() as u64
}

/// GB18030 and UTF-16 keep the line feed a byte of its own, so lines are the same lines decoded,
/// unless a damaged sequence swallows one: the law is checked on files taken for UTF-8.
fn is_utf8(given: &crate::Given) -> bool {
    given.summary.encodings.get("file").is_none_or(|encoding| encoding == "UTF-8")
}

fn check_rows(given: &crate::Given, n_rows: u64) -> Result<(), TestCaseError> {
    prop_assert_eq!(given.summary.rows, n_rows);
    prop_assert_eq!(given.summary.accepted + given.summary.rejected, n_rows);
    prop_assert_eq!(given.rejects.len() as u64, given.summary.rejected);
    Ok(())
}

proptest! {
    #[test]
    fn any_bytes_never_panic_in_any_format(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for format in Format::ALL {
            given(format, &Options::default(), &bytes);
        }
    }

    #[test]
    fn bytes_that_look_like_a_format_never_panic_in_any(bytes in plain_bytes()) {
        for format in Format::ALL {
            given(format, &Options::default(), &bytes[1..]);
        }
    }

    #[test]
    fn every_line_of_event_streams_is_accepted_or_rejected(bytes in plain_bytes()) {
        for format in [Format::Ga4, Format::Segment] {
            let given = given(format, &Options::default(), &bytes);
            prop_assume!(is_utf8(&given));
            check_rows(&given, n_lines(&bytes))?;
        }
    }

    #[test]
    fn every_line_of_sequences_is_accepted_or_rejected(bytes in plain_bytes()) {
        let given = given(Format::Sequences, &Options::default(), &bytes);
        prop_assume!(is_utf8(&given));
        check_rows(&given, n_lines(&bytes))?;
    }

    #[test]
    fn every_line_of_json_is_accepted_or_rejected(bytes in plain_bytes()) {
        let given = given(Format::AmazonReviews, &Options::default(), &bytes);
        prop_assume!(is_utf8(&given));
        check_rows(&given, n_lines(&bytes))?;
    }

    #[test]
    fn every_line_of_atomic_files_is_accepted_or_rejected(bytes in plain_bytes()) {
        let text = [b"user_id:token\titem_id:token\trating:float\n".to_vec(), bytes].concat();
        let given = given(Format::Recbole, &Options::default(), &text);
        prop_assume!(is_utf8(&given));
        check_rows(&given, n_lines(&text) - 1)?;
    }

    #[test]
    fn every_row_of_a_table_is_accepted_or_rejected(bytes in plain_bytes()) {
        let text = [b"user,item,time\n".to_vec(), bytes].concat();
        let given = given(Format::Csv, &Options::default(), &text);
        prop_assume!(is_utf8(&given));
        check_rows(&given, given.summary.rows)?;
        let lines = text.split(|b| matches!(b, b'\r' | b'\n')).filter(|line| !line.is_empty());
        prop_assert!(given.summary.rows < lines.count() as u64, "no line is read twice");
    }
}
