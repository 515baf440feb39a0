//! Opens a file whatever its wrapping: gz or plain, with or without a byte order mark, UTF-8 or
//! GB18030, and counts the bytes taken from disk. The parsers read the text.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::{Encoding, UTF_8};
use flate2::read::MultiGzDecoder;

use crate::Error;
use crate::encoding::Transcode;

const GZ_MAGIC: [u8; 2] = [0x1F, 0x8B];

/// How far an import has come, in bytes as they lie on disk (compressed where the file is).
///
/// Clones share the count, so that another thread can draw a progress bar.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    consumed: Arc<AtomicU64>,
    total: u64,
}

impl Progress {
    /// Nothing read yet of these files.
    ///
    /// # Errors
    /// [`Error::Open`] when one of them cannot be looked at.
    pub fn of_files<P: AsRef<Path>>(paths: &[P]) -> Result<Self, Error> {
        let sizes = paths.iter().map(|path| {
            let path = path.as_ref();
            let meta = path.metadata().map_err(|source| cannot_open(path, source))?;
            Ok(meta.len())
        });
        Ok(Self { consumed: Arc::default(), total: sizes.sum::<Result<u64, Error>>()? })
    }

    /// Bytes taken from disk so far.
    #[must_use]
    pub fn consumed(&self) -> u64 {
        self.consumed.load(Ordering::Relaxed)
    }

    /// Bytes of all the files together.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.total
    }
}

/// The text of one file.
pub struct Input<'a> {
    name: String,
    reader: Box<dyn Read + 'a>,
    encoding: Rc<Cell<&'static Encoding>>,
}

impl<'a> Input<'a> {
    /// Unwraps any reader; rejects and errors call it `name`.
    ///
    /// # Errors
    /// [`Error::Read`] when not even the first bytes can be read.
    pub fn new(name: impl Into<String>, mut reader: impl Read + 'a) -> Result<Self, Error> {
        let name = name.into();
        let mut head = Vec::new();
        let peeked = (&mut reader).take(2).read_to_end(&mut head);
        if let Err(source) = peeked {
            let (file, line) = (name, 0);
            return Err(Error::Read { file, line, source });
        }
        let is_gz = head == GZ_MAGIC;
        let whole = io::Cursor::new(head).chain(reader);
        let encoding = Rc::new(Cell::new(UTF_8));
        let reader: Box<dyn Read + 'a> = if is_gz {
            Box::new(Transcode::new(MultiGzDecoder::new(whole), Rc::clone(&encoding)))
        } else {
            Box::new(Transcode::new(whole, Rc::clone(&encoding)))
        };
        Ok(Self { name, reader, encoding })
    }

    /// Opens a file and counts its bytes into `progress`.
    ///
    /// # Errors
    /// [`Error::Open`] and [`Error::Read`].
    pub fn open(path: &Path, progress: &Progress) -> Result<Self, Error> {
        let file = File::open(path).map_err(|source| cannot_open(path, source))?;
        let name = path.file_name().unwrap_or(path.as_os_str());
        let consumed = Arc::clone(&progress.consumed);
        Self::new(name.to_string_lossy(), Counted { inner: file, consumed })
    }

    /// Looks at the beginning of the text, which stays to be read.
    pub(crate) fn peeked(mut self) -> Result<Peeked<'a>, Error> {
        let mut head = Vec::new();
        let peeked = (&mut self.reader).take(PEEKED as u64).read_to_end(&mut head);
        if let Err(source) = peeked {
            return Err(Error::Read { file: self.name, line: 0, source });
        }
        self.reader = Box::new(io::Cursor::new(head.clone()).chain(self.reader));
        Ok(Peeked { input: self, head })
    }

    /// Returns the name that rejects and errors use.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Name, text, and where the encoding will be known once the text has been read.
    pub(crate) fn into_parts(self) -> (String, Box<dyn Read + 'a>, Rc<Cell<&'static Encoding>>) {
        (self.name, self.reader, self.encoding)
    }
}

/// Length of the beginning that is looked at, in bytes.
pub(crate) const PEEKED: usize = 64 << 10;

/// A text whose beginning is known.
pub(crate) struct Peeked<'a> {
    pub(crate) input: Input<'a>,
    /// Up to 64 KiB of UTF-8, perhaps cut within a character.
    pub(crate) head: Vec<u8>,
}

impl Peeked<'_> {
    /// Whether the first character that is not blank is this one.
    pub(crate) fn begins_with(&self, first: u8) -> bool {
        self.head.trim_ascii_start().first() == Some(&first)
    }
}

fn cannot_open(path: &Path, source: io::Error) -> Error {
    let path = path.display().to_string();
    Error::Open { path, source }
}

struct Counted<R> {
    inner: R,
    consumed: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.consumed.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}
