//! Makes every line end a line feed, also the one that a file may lack at its very end, so that
//! rows can be counted in lines. (The `csv` crate counts the line feed of CR LF to the next row.)

use std::io::{self, Read};

/// A reader whose lines all end in a line feed.
pub(crate) struct LineFeeds<R> {
    inner: R,
    last: u8,
    /// The last byte read was a carriage return, already given out as a line feed.
    after_return: bool,
}

impl<R: Read> LineFeeds<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self { inner, last: b'\n', after_return: false }
    }

    /// Rewrites what was read in place; how much of it is left.
    fn rewrite(&mut self, read: &mut [u8]) -> usize {
        if !self.after_return && !read.contains(&b'\r') {
            return read.len();
        }
        let mut kept = 0;
        for at in 0..read.len() {
            let byte = read[at];
            let is_second_half = byte == b'\n' && self.after_return;
            self.after_return = byte == b'\r';
            if !is_second_half {
                read[kept] = if byte == b'\r' { b'\n' } else { byte };
                kept += 1;
            }
        }
        kept
    }
}

impl<R: Read> Read for LineFeeds<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let n = self.inner.read(buffer)?;
            if n == 0 {
                let lacks_one = self.last != b'\n' && !buffer.is_empty();
                return Ok(if lacks_one {
                    (self.last, buffer[0]) = (b'\n', b'\n');
                    1
                } else {
                    0
                });
            }
            let kept = self.rewrite(&mut buffer[..n]);
            if kept > 0 {
                self.last = buffer[kept - 1];
                return Ok(kept);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(text: &str, chunk: usize) -> String {
        let (mut reader, mut out) = (LineFeeds::new(text.as_bytes()), Vec::new());
        let mut buffer = vec![0; chunk];
        loop {
            match reader.read(&mut buffer).unwrap() {
                0 => return String::from_utf8(out).unwrap(),
                n => out.extend_from_slice(&buffer[..n]),
            }
        }
    }

    proptest! {
        #[test]
        fn lines_stay_and_all_end_in_a_line_feed(text in "[a\r\n]{0,12}", chunk in 1_usize..4) {
            let mut expected = text.replace("\r\n", "\n").replace('\r', "\n");
            if !expected.is_empty() && !expected.ends_with('\n') {
                expected.push('\n');
            }
            prop_assert_eq!(told(&text, chunk), expected);
        }
    }
}
