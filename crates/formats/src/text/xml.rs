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
    /// Begun while the one before it was still open.
    begun: Option<Entry>,
}

/// An entry: the line it begins on, its fields, and whether something in it is never closed.
pub(crate) struct Closed {
    pub(crate) line: u64,
    pub(crate) fields: Vec<Field>,
    pub(crate) is_broken: bool,
}

impl<'a> Entries<'a> {
    /// Elements of these local names are entries, wherever they stand.
    pub(crate) fn new(input: Input<'a>, names: &'static [&'static str]) -> Self {
        let (file, reader, encoding) = input.into_parts();
        let mut reader = Reader::from_reader(BufReader::with_capacity(64 << 10, reader));
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        // An element that is never closed costs its entry what stands behind it, and not the feed.
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        Self { file, reader, encoding, names, line: 1, buffer: Vec::new(), begun: None }
    }

    pub(crate) fn encoding(&self) -> &'static str {
        self.encoding.get().name()
    }

    /// The next entry; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Closed>, Error> {
        let mut entry: Option<Entry> = self.begun.take();
        loop {
            self.buffer.clear();
            let event = match self.reader.read_event_into(&mut self.buffer) {
                Ok(event) => event,
                Err(problem) => return Err(malformed(&self.file, self.line, &problem.to_string())),
            };
            let begins = self.line;
            self.line += event.bytes().filter(|&b| b == b'\n').count() as u64;
            let is_name = |name: &str| self.names.contains(&name);
            let begins_one =
                matches!(&event, Event::Start(tag) if is_name(tag.local_name().as_ref()));
            let ends_one = matches!(&event, Event::End(tag) if is_name(tag.local_name().as_ref()));
            if begins_one && let Some(open) = entry.take() {
                self.begun = Some(Entry::new(begins));
                return Ok(Some(open.broken()));
            }
            let mut is_closed = false;
            match (event, &mut entry) {
                (Event::Eof, None) => return Ok(None),
                (Event::Eof, Some(open)) => {
                    return Err(malformed(&self.file, open.line, "this entry is never closed"));
                }
                (Event::Start(_), None) if begins_one => entry = Some(Entry::new(begins)),
                (Event::Start(tag), Some(open)) => open.start(&tag),
                (Event::Empty(tag), Some(open)) => open.empty(&tag),
                (Event::Text(text), Some(open)) => open.text(&text.xml10_content()),
                (Event::CData(text), Some(open)) => open.text(&text.xml10_content()),
                (Event::GeneralRef(reference), Some(open)) => open.reference(&reference),
                (Event::End(_), Some(open)) if ends_one => {
                    is_closed = true;
                    open.end_all();
                }
                (Event::End(tag), Some(open)) => open.end(tag.name().as_ref()),
                _ => {}
            }
            if is_closed {
                return Ok(entry.map(Entry::closed));
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
    /// Names of the elements that are open, outermost first: the first is a field.
    names: Vec<String>,
    /// Text of the field that is open.
    text: String,
    size: usize,
    is_broken: bool,
}

impl Entry {
    fn new(line: u64) -> Self {
        let (fields, names, text) = (Vec::new(), Vec::new(), String::new());
        Self { line, fields, names, text, size: 0, is_broken: false }
    }

    fn closed(self) -> Closed {
        Closed { line: self.line, fields: self.fields, is_broken: self.is_broken }
    }

    /// What there is of an entry that the next one cuts off.
    fn broken(mut self) -> Closed {
        self.end_all();
        Closed { is_broken: true, ..self.closed() }
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        self.names.push(tag.name().as_ref().to_owned());
    }

    /// Atom writes `<link href="…"/>`.
    fn empty(&mut self, tag: &BytesStart<'_>) {
        if self.names.is_empty()
            && let Ok(Some(href)) = tag.try_get_attribute("href")
            && let Ok(value) = href.normalized_value(quick_xml::XmlVersion::Implicit1_0)
        {
            self.size += value.len();
            self.fields.push((tag.name().as_ref().to_owned(), value.into_owned()));
        }
    }

    /// Only the field's own text: elements within it hold other facts.
    fn text(&mut self, text: &str) {
        if self.names.len() == 1 {
            self.size += text.len();
            self.text.push_str(text);
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

    /// Closes an element and what is open within it; an end of nothing that is open is passed over.
    fn end(&mut self, name: &str) {
        match self.names.iter().rposition(|open| open == name) {
            Some(0) => {
                self.is_broken |= self.names.len() > 1;
                self.end_field();
            }
            Some(at) => {
                self.is_broken |= self.names.len() > at + 1;
                self.names.truncate(at);
            }
            None => self.is_broken = true,
        }
    }

    /// Closes whatever is open at the end of the entry.
    fn end_all(&mut self) {
        if !self.names.is_empty() {
            self.is_broken = true;
            self.end_field();
        }
    }

    fn end_field(&mut self) {
        let name = self.names.drain(..).next().unwrap_or_default();
        self.size += name.len();
        self.fields.push((name, std::mem::take(&mut self.text)));
    }
}
