//! Splits rows of delimited text into cells: quotes around a cell may hold delimiters, line ends
//! and doubled quotes; within a cell that begins otherwise they are letters.

use csv::StringRecord;
use encoding_rs::Encoding;

use crate::text::lines::as_text;

/// Splits a row without quotes.
pub(crate) fn split_plain(text: &str, delimiter: u8, record: &mut StringRecord) {
    text.split(char::from(delimiter)).for_each(|cell| record.push_field(cell));
}

/// Where the splitter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Bare,
    Quoted,
    /// Behind a quote that may close the cell.
    Quote,
}

/// The cells of one row, as far as it was fed.
pub(crate) struct Cells {
    delimiter: u8,
    state: State,
    bytes: Vec<u8>,
    /// Where each cell but the last ends.
    ends: Vec<usize>,
    is_odd: bool,
}

impl Cells {
    pub(crate) fn new(delimiter: u8) -> Self {
        Self { delimiter, state: State::Start, bytes: Vec::new(), ends: Vec::new(), is_odd: false }
    }

    /// Takes more of the row.
    pub(crate) fn feed(&mut self, text: &[u8]) {
        for &byte in text {
            self.state = match (self.state, byte) {
                (State::Start, b'"') => State::Quoted,
                (State::Quoted, b'"') => State::Quote,
                (State::Quoted, _) => {
                    self.bytes.push(byte);
                    State::Quoted
                }
                (State::Quote, b'"') => {
                    self.bytes.push(byte);
                    State::Quoted
                }
                (_, byte) if byte == self.delimiter => {
                    self.ends.push(self.bytes.len());
                    State::Start
                }
                (state, _) => {
                    self.is_odd |= state == State::Quote && !byte.is_ascii_whitespace();
                    self.bytes.push(byte);
                    State::Bare
                }
            };
        }
    }

    /// Whether a quote is open.
    pub(crate) fn is_open(&self) -> bool {
        self.state == State::Quoted
    }

    /// Whether something stood behind a closing quote that is no delimiter.
    pub(crate) fn is_odd(&self) -> bool {
        self.is_odd
    }

    /// The cells; why they are not text.
    pub(crate) fn finish(
        &self,
        encoding: &'static Encoding,
        record: &mut StringRecord,
    ) -> Result<(), String> {
        let text = as_text(&self.bytes, encoding)?;
        let mut begins = 0;
        for &end in self.ends.iter().chain([&self.bytes.len()]) {
            // Delimiters are ASCII, so that no cell ends within a letter.
            record.push_field(text.get(begins..end).unwrap_or_default());
            begins = end;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(row: &str) -> Vec<String> {
        let (mut cells, mut record) = (Cells::new(b','), StringRecord::new());
        cells.feed(row.as_bytes());
        cells.finish(encoding_rs::UTF_8, &mut record).unwrap();
        record.iter().map(str::to_owned).collect()
    }

    #[test]
    fn quotes_hold_delimiters_line_ends_and_doubled_quotes() {
        assert_eq!(cells("1,\"a, b\",\"say \"\"hi\"\"\",x"), ["1", "a, b", "say \"hi\"", "x"]);
        assert_eq!(cells("\"two\nlines\",\"\",口红"), ["two\nlines", "", "口红"]);
        assert_eq!(cells("5\" nail,b\"c\""), ["5\" nail", "b\"c\""]);
    }

    proptest::proptest! {
        #[test]
        fn rows_of_a_writer_come_back(row in proptest::collection::vec("[a,\"\n口]{0,4}", 1..5)) {
            let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
            writer.write_record(&row).unwrap();
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            proptest::prop_assert_eq!(cells(text.strip_suffix('\n').unwrap()), row);
        }
    }
}
