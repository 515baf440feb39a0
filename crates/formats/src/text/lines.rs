//! Returns the lines of a text, numbered, without their ends. A line longer than any real row is an
//! error, so that a file without line ends cannot fill the memory.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use encoding_rs::{Encoding, UTF_8};

use crate::{Error, Input};

/// Longest row that is read.
pub(crate) const MAX_ROW_BYTES: usize = MAX_ROW_MIB << 20;
/// The same in MiB.
pub(crate) const MAX_ROW_MIB: usize = 4;

/// The lines of one file.
pub(crate) struct Lines<'a> {
    file: String,
    reader: BufReader<Box<dyn Read + 'a>>,
    encoding: Rc<Cell<&'static Encoding>>,
    line: u64,
    buffer: Vec<u8>,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(input: Input<'a>) -> Self {
        let (file, reader, encoding) = input.into_parts();
        Self {
            file,
            reader: BufReader::with_capacity(64 << 10, reader),
            encoding,
            line: 0,
            buffer: Vec::new(),
        }
    }

    pub(crate) fn file(&self) -> &str {
        &self.file
    }

    pub(crate) fn encoding(&self) -> &'static str {
        self.encoding.get().name()
    }

    /// Returns the number of the line returned last.
    pub(crate) fn number(&self) -> u64 {
        self.line
    }

    /// Returns the next line that is not blank, or why it is not text; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Result<&str, String>>, Error> {
        loop {
            let is_whole = match self.fill() {
                Ok(None) => return Ok(None),
                Ok(Some(is_whole)) => is_whole,
                Err(source) => return Err(self.broken(source)),
            };
            self.line += 1;
            if !is_whole {
                let cause = format!("longer than {MAX_ROW_MIB} MiB; is the file line by line?");
                return Ok(Some(Err(cause)));
            }
            if !self.buffer.trim_ascii().is_empty() {
                break;
            }
        }
        Ok(Some(as_text(&self.buffer, self.encoding.get())))
    }

    /// Reads one line; false when it was too long and its rest was skipped.
    fn fill(&mut self) -> io::Result<Option<bool>> {
        self.buffer.clear();
        let mut limited = (&mut self.reader).take(MAX_ROW_BYTES as u64);
        if limited.read_until(b'\n', &mut self.buffer)? == 0 {
            return Ok(None);
        }
        let is_whole = self.buffer.ends_with(b"\n") || self.buffer.len() < MAX_ROW_BYTES;
        if !is_whole {
            self.reader.skip_until(b'\n')?;
        }
        while self.buffer.last().is_some_and(|b| matches!(b, b'\n' | b'\r')) {
            self.buffer.pop();
        }
        Ok(Some(is_whole))
    }

    fn broken(&self, source: io::Error) -> Error {
        let (file, line) = (self.file.clone(), self.line);
        Error::Read { file, line, source }
    }
}

/// Returns the text of a row, or why it is not text. In a decoded file a replacement character is
/// damage; in a UTF-8 file it is what the sender wrote.
pub(crate) fn as_text<'b>(bytes: &'b [u8], encoding: &'static Encoding) -> Result<&'b str, String> {
    match std::str::from_utf8(bytes) {
        Ok(text) if encoding == UTF_8 || !text.contains('\u{FFFD}') => Ok(text),
        Ok(_) => Err(format!("not valid {}; save the file as UTF-8", encoding.name())),
        Err(_) => Err(NOT_UTF8.to_owned()),
    }
}

/// Cause of rejecting a row whose bytes are no text.
const NOT_UTF8: &str = "not valid UTF-8; save the file as UTF-8 or GB18030";
