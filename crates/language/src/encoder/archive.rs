//! Members of zip archives (wheels and npz), and the arrays of npy files in them.
//! Layouts: PKWARE's APPNOTE 6.3; numpy's format description, version 1.0.

use std::io::Read;

use flate2::read::DeflateDecoder;

use super::EncoderError;

/// Largest member that is unpacked.
const MOST_BYTES: u64 = 256 << 20;

/// The bytes of a member.
pub(super) fn member(zip: &[u8], name: &str) -> Result<Vec<u8>, EncoderError> {
    let gone = || EncoderError::format(format!("it has no {name}"));
    let mut at = directory(zip).ok_or_else(|| EncoderError::format("it is no zip archive"))?;
    while zip.get(at..at + 4) == Some(b"PK\x01\x02") {
        let length = |of| u16_at(zip, at + of).map(usize::from);
        let (name_len, extra, comment) = (
            length(28).ok_or_else(gone)?,
            length(30).ok_or_else(gone)?,
            length(32).ok_or_else(gone)?,
        );
        if zip.get(at + 46..at + 46 + name_len) == Some(name.as_bytes()) {
            return unpack(zip, at)
                .ok_or_else(|| EncoderError::format(format!("{name} is damaged")));
        }
        at += 46 + name_len + extra + comment;
    }
    Err(gone())
}

/// Where the list of members starts.
fn directory(zip: &[u8]) -> Option<usize> {
    let end = zip.windows(4).rposition(|window| window == b"PK\x05\x06")?;
    u32_at(zip, end + 16).map(|at| at as usize)
}

fn unpack(zip: &[u8], entry: usize) -> Option<Vec<u8>> {
    let method = u16_at(zip, entry + 10)?;
    let n_packed = u32_at(zip, entry + 20)? as usize;
    let local = u32_at(zip, entry + 42)? as usize;
    let head = 30 + usize::from(u16_at(zip, local + 26)?) + usize::from(u16_at(zip, local + 28)?);
    let packed = zip.get(local + head..local + head + n_packed)?;
    match method {
        0 => Some(packed.to_vec()),
        8 => {
            let mut bytes = Vec::new();
            DeflateDecoder::new(packed).take(MOST_BYTES).read_to_end(&mut bytes).ok()?;
            Some(bytes)
        }
        _ => None,
    }
}

/// An array of an npz file in row order, as 32-bit floats; `n` values are expected.
pub(super) fn floats(npz: &[u8], name: &str, n: usize) -> Result<Vec<f32>, EncoderError> {
    let (kind, data) = npy(npz, name)?;
    let values: Vec<f32> = match kind.as_str() {
        "<f4" => data.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect(),
        "<f8" => data.as_chunks::<8>().0.iter().map(|b| f64::from_le_bytes(*b) as f32).collect(),
        other => return Err(EncoderError::format(format!("{name} holds {other}, not floats"))),
    };
    if values.len() == n {
        Ok(values)
    } else {
        let problem = format!("{name} holds {} values, not {n}", values.len());
        Err(EncoderError::format(problem))
    }
}

/// An array of bytes of an npz file.
pub(super) fn bytes(npz: &[u8], name: &str, n: usize) -> Result<Vec<u8>, EncoderError> {
    let (kind, data) = npy(npz, name)?;
    if kind == "|u1" && data.len() == n {
        Ok(data)
    } else {
        Err(EncoderError::format(format!("{name} is no array of {n} bytes")))
    }
}

/// Kind of the values, and the values.
fn npy(npz: &[u8], name: &str) -> Result<(String, Vec<u8>), EncoderError> {
    let file = member(npz, &format!("{name}.npy"))?;
    let damaged = || EncoderError::format(format!("{name}.npy is damaged"));
    let head_len = usize::from(u16_at(&file, 8).ok_or_else(damaged)?);
    let head = file.get(10..10 + head_len).ok_or_else(damaged)?;
    let head = std::str::from_utf8(head).map_err(|_| damaged())?;
    let kind = head.split("'descr': '").nth(1).and_then(|rest| rest.split('\'').next());
    let by_rows = head.contains("'fortran_order': False");
    let kind = kind.filter(|_| by_rows).ok_or_else(damaged)?.to_owned();
    Ok((kind, file[10 + head_len..].to_vec()))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}
