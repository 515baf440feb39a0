//! The bytes of a CSV file: gzip, the separator, and quotes that are never closed.

use std::io::Read;

pub(super) fn texts(record: &csv::ByteRecord) -> Vec<String> {
    let cells = record.iter().map(|cell| String::from_utf8_lossy(cell));
    cells.map(|cell| cell.trim().to_owned()).collect()
}

pub(super) fn unzipped(bytes: Vec<u8>) -> std::io::Result<Vec<u8>> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes);
    }
    let mut plain = Vec::new();
    flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut plain)?;
    Ok(plain)
}

pub(super) fn separator(bytes: &[u8]) -> u8 {
    let header = bytes.split(|byte| *byte == b'\n').next().unwrap_or(bytes);
    let count = |separator: u8| header.iter().filter(|byte| **byte == separator).count();
    // The comma wins a tie.
    [b';', b'\t', b','].into_iter().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}

/// Whether a row is what is left of the file, taken for one cell by a quote that is never closed.
pub(super) fn reaches_the_end(record: &csv::ByteRecord, bytes: &[u8]) -> bool {
    let n_breaks = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == b'\n').count();
    let begin = record.position().map_or(0, |position| position.byte() as usize);
    let rest = bytes.get(begin..).unwrap_or_default();
    let n_quotes = rest.iter().filter(|byte| **byte == b'"').count();
    let n_inside = record.iter().map(n_breaks).sum::<usize>();
    n_quotes % 2 == 1 && n_inside > 0 && n_inside >= n_breaks(rest)
}
