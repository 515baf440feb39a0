//! Decodes a byte stream to UTF-8, looking no further than one chunk ahead.
//!
//! Plain ASCII passes until the first other byte; the chunk from there decides between UTF-8 and
//! GB18030. Only those two (and UTF-16 with a mark) are recognised: bytes of another encoding pass
//! unchanged, and the rows that are not UTF-8 are rejected one by one.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use encoding_rs::{Decoder, Encoding, GB18030, UTF_8};

const CHUNK: usize = 64 << 10;

enum Stage {
    Start,
    Ascii,
    Utf8,
    Decoding(Decoder),
    Done,
}

/// A reader of UTF-8 over a reader of anything.
pub(crate) struct Transcode<R> {
    inner: R,
    stage: Stage,
    found: Rc<Cell<&'static Encoding>>,
    chunk: Vec<u8>,
    ready: Vec<u8>,
    given: usize,
}

impl<R: Read> Transcode<R> {
    pub(crate) fn new(inner: R, found: Rc<Cell<&'static Encoding>>) -> Self {
        Self { inner, stage: Stage::Start, found, chunk: Vec::new(), ready: Vec::new(), given: 0 }
    }

    fn refill(&mut self) -> io::Result<()> {
        self.ready.clear();
        self.given = 0;
        while self.ready.is_empty() && !matches!(self.stage, Stage::Done) {
            self.chunk.clear();
            let n = (&mut self.inner).take(CHUNK as u64).read_to_end(&mut self.chunk)?;
            self.advance(n == 0);
        }
        Ok(())
    }

    /// Moves the chunk, decoded, to `ready`.
    fn advance(&mut self, is_last: bool) {
        if matches!(self.stage, Stage::Start) {
            self.stage = self.after_mark();
        }
        if matches!(self.stage, Stage::Ascii)
            && let Some(at) = self.chunk.iter().position(|b| !b.is_ascii())
        {
            self.stage = self.settle(detect(&self.chunk[at..]));
        }
        match &mut self.stage {
            Stage::Decoding(decoder) => decode(decoder, &self.chunk, is_last, &mut self.ready),
            _ => std::mem::swap(&mut self.ready, &mut self.chunk),
        }
        if is_last {
            self.stage = Stage::Done;
        }
    }

    fn after_mark(&mut self) -> Stage {
        match Encoding::for_bom(&self.chunk) {
            Some((encoding, length)) => {
                self.chunk.drain(..length);
                self.settle(encoding)
            }
            None => Stage::Ascii,
        }
    }

    fn settle(&self, encoding: &'static Encoding) -> Stage {
        self.found.set(encoding);
        if encoding == UTF_8 {
            Stage::Utf8
        } else {
            Stage::Decoding(encoding.new_decoder_without_bom_handling())
        }
    }
}

impl<R: Read> Read for Transcode<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given == self.ready.len() {
            self.refill()?;
        }
        let n = (&self.ready[self.given..]).read(buffer)?;
        self.given += n;
        Ok(n)
    }
}

fn decode(decoder: &mut Decoder, chunk: &[u8], is_last: bool, ready: &mut Vec<u8>) {
    let room = decoder
        .max_utf8_buffer_length(chunk.len())
        .expect("a chunk of 64 KiB decodes to less than the address space");
    ready.resize(room, 0);
    let (_, _, written, _) = decoder.decode_to_utf8(chunk, ready, is_last);
    ready.truncate(written);
}

/// Tells UTF-8 from GB18030 by a sample that begins with a byte beyond ASCII.
///
/// UTF-8 when well-formed characters outnumber broken places four to one, so that one damaged row
/// does not turn a file. Otherwise GB18030 when at least four in five of its double bytes lie in
/// the plane of GB 2312, where nearly all real text is; Western single-byte encodings fail that,
/// because their accented letters are followed by plain ones.
pub(crate) fn detect(sample: &[u8]) -> &'static Encoding {
    let (mut n_good, mut n_broken) = (0_usize, 0_usize);
    for piece in sample.utf8_chunks() {
        n_good += piece.valid().chars().filter(|c| !c.is_ascii()).count();
        n_broken += usize::from(!piece.invalid().is_empty());
    }
    let (n_common, n_rare) = double_bytes(sample);
    if n_broken <= n_good / 4 || n_common < 4 * n_rare.max(1) { UTF_8 } else { GB18030 }
}

/// How many double bytes lie inside and outside the plane of GB 2312.
fn double_bytes(sample: &[u8]) -> (usize, usize) {
    let (mut n_common, mut n_rare, mut at) = (0, 0, 0);
    while at + 1 < sample.len() {
        if sample[at].is_ascii() {
            at += 1;
            continue;
        }
        match (sample[at] >= 0xA1, sample[at + 1] >= 0xA1) {
            (true, true) => n_common += 1,
            _ => n_rare += 1,
        }
        at += 2;
    }
    (n_common, n_rare)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(bytes: &[u8]) -> (Vec<u8>, &'static Encoding) {
        let found = Rc::new(Cell::new(UTF_8));
        let mut text = Vec::new();
        Transcode::new(bytes, Rc::clone(&found)).read_to_end(&mut text).unwrap();
        (text, found.get())
    }

    #[test]
    fn gb18030_is_read_even_when_it_begins_far_into_the_file() {
        let text = format!("{}\n口红,护肤品,手机壳\n", "plain,ascii\n".repeat(20_000));
        let (bytes, _, _) = GB18030.encode(&text);
        let (read, encoding) = read_all(&bytes);
        assert_eq!(encoding, GB18030);
        assert_eq!(String::from_utf8(read).unwrap(), text);
    }

    #[test]
    fn utf8_with_one_damaged_row_stays_utf8() {
        let mut bytes = "口红,护肤品,手机壳,面膜\n".as_bytes().to_vec();
        bytes.extend(b"\xFFbroken\n");
        assert_eq!(read_all(&bytes), (bytes.clone(), UTF_8));
    }

    #[test]
    fn western_single_bytes_are_not_taken_for_chinese() {
        let latin = b"caf\xE9 cr\xE8me br\xFBl\xE9e \xA310 na\xEFve";
        assert_eq!(detect(&latin[3..]), UTF_8);
    }

    #[test]
    fn marks_are_removed_and_utf16_is_understood() {
        assert_eq!(read_all(b"\xEF\xBB\xBFid").0, b"id");
        let utf16: Vec<u8> = [0xFF, 0xFE, b'i', 0, b'd', 0].to_vec();
        assert_eq!(read_all(&utf16).0, b"id");
    }
}
