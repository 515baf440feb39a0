//! Errors of a whole file, each with its remedy. Single rows are [`crate::Reject`]s instead.

use std::io;

use crate::Format;

/// Errors that stop an import.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file is not there or may not be read.
    #[error("cannot open {path}: {source}; check the path and its permissions")]
    Open {
        /// As the caller wrote it.
        path: String,
        /// The system's error.
        source: io::Error,
    },
    /// Reading broke off.
    #[error(
        "{file}: cannot read on after line {line}: {source}; if it is a gz file it may be cut off: fetch it again"
    )]
    Read {
        /// Name of the file.
        file: String,
        /// The last line that was read.
        line: u64,
        /// The error of the system or the decompressor.
        source: io::Error,
    },
    /// The file is empty.
    #[error("{file}: holds no rows; check that the export wrote something")]
    Empty {
        /// Name of the file.
        file: String,
    },
    /// Not one row could be read.
    #[error("{file}: none of its {rows} rows can be read as {format}:\n{causes}\n{format} is {}", format.description())]
    NothingReadable {
        /// Name of the file.
        file: String,
        /// How many rows there were.
        rows: u64,
        /// The format they were read as.
        format: Format,
        /// The first causes, one a line.
        causes: String,
    },
    /// A necessary column was not found.
    #[error("{file}: no column for `{field}`; the file has {found}; map one, e.g. {field}=COLUMN")]
    MissingColumn {
        /// Name of the file.
        file: String,
        /// The meaning of the missing column.
        field: &'static str,
        /// The columns of the file.
        found: String,
    },
    /// A column was mapped that is not there.
    #[error("{file}: `{field}` is mapped to `{column}`, but the file has {found}")]
    UnknownColumn {
        /// Name of the file.
        file: String,
        /// The meaning that the column was mapped to.
        field: &'static str,
        /// The column as mapped.
        column: String,
        /// The columns of the file.
        found: String,
    },
    /// A header that cannot be understood.
    #[error("{file}: header: {problem}; {hint}")]
    Header {
        /// Name of the file.
        file: String,
        /// The problem.
        problem: String,
        /// The remedy.
        hint: &'static str,
    },
    /// One row is longer than any real row.
    #[error(
        "{file}: the row that begins on line {line} is longer than {limit_mib} MiB; look for a quote that is never closed"
    )]
    RowTooLong {
        /// Name of the file.
        file: String,
        /// Its first line.
        line: u64,
        /// The longest row that is read.
        limit_mib: usize,
    },
    /// The document is not well-formed.
    #[error(
        "{file}: line {line}: not well-formed: {problem}; what stands before it was read; mend the document and read it again"
    )]
    Malformed {
        /// Name of the file.
        file: String,
        /// Where.
        line: u64,
        /// The problem.
        problem: String,
    },
    /// An option that means nothing for the format.
    #[error("option `{option}` means nothing for {format}; leave it out")]
    UnusedOption {
        /// Its name.
        option: &'static str,
        /// The format.
        format: Format,
    },
}
