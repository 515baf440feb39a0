//! Gives out the entries of an XML document, each as its fields, with a limit on the size of each.
//! The document is never held as a whole, references out of it are not followed, and its own
//! entities are not expanded.

use std::io::BufReader;
use std::io::Read;
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::text::lines::{MAX_ROW_BYTES, MAX_ROW_MIB};
use crate::{Error, Input};

/// A field of an entry: its name with the prefix, as in `g:price`, and its text.
pub(crate) type Field = (String, String);

/// The entries of one document.
pub(crate) struct Entries<'a> {
    file: String,
    reader: Reader<BufReader<Box<dyn Read + 'a>>>,
    encoding: Rc<std::cell::Cell<&'static encoding_rs::Encoding>>,
    names: &'static [&'static str],
    line: u64,
    buffer: Vec<u8>,
}

impl<'a> Entries<'a> {
    /// Elements of these local names are entries, wherever they stand.
    pub(crate) fn new(input: Input<'a>, names: &'static [&'static str]) -> Self {
        let (file, reader, encoding) = input.into_parts();
        let mut reader = Reader::from_reader(BufReader::with_capacity(64 << 10, reader));
        reader.config_mut().allow_dangling_amp = true;
        Self { file, reader, encoding, names, line: 1, buffer: Vec::new() }
    }

    pub(crate) fn encoding(&self) -> &'static str {
        self.encoding.get().name()
    }

    /// The next entry with the line it begins on; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<(u64, Vec<Field>)>, Error> {
        let mut entry: Option<Entry> = None;
        loop {
            self.buffer.clear();
            let event = match self.reader.read_event_into(&mut self.buffer) {
                Ok(event) => event,
                Err(problem) => return Err(malformed(&self.file, self.line, &problem.to_string())),
            };
            let begins = self.line;
            self.line += event.bytes().filter(|&b| b == b'\n').count() as u64;
            let mut is_closed = false;
            match (event, &mut entry) {
                (Event::Eof, None) => return Ok(None),
                (Event::Eof, Some(open)) => {
                    return Err(malformed(&self.file, open.line, "this entry is never closed"));
                }
                (Event::Start(tag), None) if self.names.contains(&tag.local_name().as_ref()) => {
                    entry = Some(Entry::new(begins));
                }
                (Event::Start(tag), Some(open)) => open.start(&tag),
                (Event::Empty(tag), Some(open)) => open.empty(&tag),
                (Event::Text(text), Some(open)) => open.text(&text.xml10_content()),
                (Event::CData(text), Some(open)) => open.text(&text.xml10_content()),
                (Event::GeneralRef(reference), Some(open)) => open.reference(&reference),
                (Event::End(_), Some(open)) => is_closed = open.end(),
                _ => {}
            }
            if is_closed {
                return Ok(entry.map(|closed| (closed.line, closed.fields)));
            }
            if entry.as_ref().is_some_and(|open| open.size > MAX_ROW_BYTES) {
                let (file, line, limit_mib) = (self.file.clone(), begins, MAX_ROW_MIB);
                return Err(Error::RowTooLong { file, line, limit_mib });
            }
        }
    }
}

fn malformed(file: &str, line: u64, problem: &str) -> Error {
    Error::Malformed { file: file.to_owned(), line, problem: problem.to_owned() }
}

/// An entry that is not closed yet.
struct Entry {
    line: u64,
    fields: Vec<Field>,
    depth: usize,
    open: Field,
    size: usize,
}

impl Entry {
    fn new(line: u64) -> Self {
        Self { line, fields: Vec::new(), depth: 0, open: Field::default(), size: 0 }
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        self.depth += 1;
        if self.depth == 1 {
            self.open = (tag.name().as_ref().to_owned(), String::new());
        }
    }

    /// Atom writes `<link href="…"/>`.
    fn empty(&mut self, tag: &BytesStart<'_>) {
        if self.depth == 0
            && let Ok(Some(href)) = tag.try_get_attribute("href")
            && let Ok(value) = href.normalized_value(quick_xml::XmlVersion::Implicit1_0)
        {
            self.size += value.len();
            self.fields.push((tag.name().as_ref().to_owned(), value.into_owned()));
        }
    }

    /// Only the field's own text: elements within it hold other facts.
    fn text(&mut self, text: &str) {
        if self.depth == 1 {
            self.size += text.len();
            self.open.1.push_str(text);
        }
    }

    fn reference(&mut self, reference: &BytesRef<'_>) {
        let name = reference.xml10_content();
        match (reference.resolve_char_ref(), quick_xml::escape::resolve_predefined_entity(&name)) {
            (Ok(Some(c)), _) => self.text(c.encode_utf8(&mut [0; 4])),
            (_, Some(known)) => self.text(known),
            // HTML's names are decoded with the rest of the text later.
            _ => self.text(&format!("&{name};")),
        }
    }

    /// Closes the innermost element; true when it was the entry.
    fn end(&mut self) -> bool {
        if self.depth == 1 {
            self.size += self.open.0.len();
            self.fields.push(std::mem::take(&mut self.open));
        }
        let is_entry = self.depth == 0;
        self.depth = self.depth.saturating_sub(1);
        is_entry
    }
}
