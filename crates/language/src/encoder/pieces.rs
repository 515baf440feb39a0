//! Texts into pieces: SentencePiece's unigram model with its own normalisation (Kudo & Richardson,
//! SentencePiece, EMNLP 2018, and the file's layout as the wheel reads it).

use std::collections::HashMap;

use super::EncoderError;

const UNKNOWN: u32 = 0;
const BEGIN: u32 = 1;
const END: u32 = 2;
/// Stands for a space.
const SPACE: &str = "\u{2581}";

/// A vocabulary and how texts are cut into it.
pub(super) struct Pieces {
    /// Number and score of each piece.
    known: HashMap<String, (u32, f32)>,
    /// Characters of the longest piece.
    longest: usize,
    unknown_score: f32,
    normalisation: Normalisation,
}

impl Pieces {
    pub(super) fn read(model: &[u8]) -> Result<Self, EncoderError> {
        let damaged = || EncoderError::format("sp.model is damaged");
        let mut known = HashMap::new();
        let mut lowest = 0.0f32;
        let mut charsmap: &[u8] = &[];
        let (mut longest, mut n) = (1, 0);
        for (number, value) in fields(model) {
            match number {
                1 => {
                    let piece = fields(value).find(|(number, _)| *number == 1);
                    let Some((_, piece)) = piece else { continue };
                    let piece = std::str::from_utf8(piece).map_err(|_| damaged())?;
                    let score = fields(value).find(|(number, _)| *number == 2);
                    let score = score.and_then(|(_, bytes)| bytes.try_into().ok());
                    let score = score.map_or(0.0, f32::from_le_bytes);
                    lowest = lowest.min(score);
                    longest = longest.max(piece.chars().count());
                    known.insert(piece.to_owned(), (n, score));
                    n += 1;
                }
                3 => charsmap = fields(value).find(|(n, _)| *n == 2).map_or(charsmap, |(_, v)| v),
                _ => {}
            }
        }
        if known.is_empty() {
            return Err(damaged());
        }
        let normalisation = Normalisation::read(charsmap).ok_or_else(damaged)?;
        Ok(Self { known, longest, unknown_score: lowest - 10.0, normalisation })
    }

    /// Numbers of the pieces of a text, between those that begin and end it.
    pub(super) fn ids(&self, text: &str) -> Vec<u32> {
        let normalised = self.normalisation.of(text);
        let mut ids = vec![BEGIN];
        ids.extend(if normalised.is_empty() { vec![UNKNOWN] } else { self.best_cut(&normalised) });
        ids.push(END);
        ids
    }

    /// The cut whose pieces' scores sum to most (Viterbi); of equals, the first one found.
    fn best_cut(&self, text: &str) -> Vec<u32> {
        let starts: Vec<usize> =
            text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let n = starts.len() - 1;
        // Score up to each character, where its last piece starts, and which piece that is.
        let mut best = vec![(f32::NEG_INFINITY, 0, UNKNOWN); n + 1];
        best[0].0 = 0.0;
        for from in 0..n {
            let base = best[from].0;
            let mut known_alone = false;
            for to in from + 1..=n.min(from + self.longest) {
                let Some(&(id, score)) = self.known.get(&text[starts[from]..starts[to]]) else {
                    continue;
                };
                known_alone |= to == from + 1;
                if base + score > best[to].0 {
                    best[to] = (base + score, from, id);
                }
            }
            if !known_alone && base + self.unknown_score > best[from + 1].0 {
                best[from + 1] = (base + self.unknown_score, from, UNKNOWN);
            }
        }
        let mut ids = Vec::new();
        let mut at = n;
        while at > 0 {
            let (_, from, id) = best[at];
            ids.push(id);
            at = from;
        }
        ids.reverse();
        ids
    }
}

/// One spelling per text: a double-array trie of spellings (Yata, darts-clone) and what each is
/// written as.
struct Normalisation {
    units: Vec<u32>,
    written: Vec<u8>,
}

impl Normalisation {
    fn read(charsmap: &[u8]) -> Option<Self> {
        if charsmap.is_empty() {
            return Some(Self { units: Vec::new(), written: Vec::new() });
        }
        let size = u32::from_le_bytes(charsmap.get(..4)?.try_into().ok()?) as usize;
        let trie = charsmap.get(4..4 + size)?;
        let units = trie.as_chunks::<4>().0.iter().map(|b| u32::from_le_bytes(*b)).collect();
        Some(Self { units, written: charsmap[4 + size..].to_vec() })
    }

    /// The text as the vocabulary spells it, spaces marked, one before the first word.
    fn of(&self, text: &str) -> String {
        let mut spelt = String::from(" ");
        let mut rest = text;
        while !rest.is_empty() {
            let (written, n_read) = self.first(rest);
            for c in written.chars() {
                // Spaces in a row are one.
                if c != ' ' || !spelt.ends_with(' ') {
                    spelt.push(c);
                }
            }
            rest = &rest[n_read..];
        }
        let spelt = spelt.trim_end_matches(' ');
        spelt.replace(' ', SPACE)
    }

    /// How the longest known beginning of a text is written, and its length in bytes.
    fn first<'a>(&'a self, text: &'a str) -> (&'a str, usize) {
        let character = text.chars().next().map_or(0, char::len_utf8);
        let as_it_is = (&text[..character], character);
        let Some((n_read, at)) = self.longest_known(text.as_bytes()) else {
            return as_it_is;
        };
        let written = self.written.get(at..).unwrap_or_default();
        let end = written.iter().position(|&byte| byte == 0).unwrap_or(written.len());
        match std::str::from_utf8(&written[..end]) {
            Ok(written) if text.is_char_boundary(n_read) => (written, n_read),
            _ => as_it_is,
        }
    }

    /// Length of the longest spelling that starts a text, and where it is written out.
    fn longest_known(&self, text: &[u8]) -> Option<(usize, usize)> {
        let offset = |unit: u32| ((unit >> 10) << ((unit & 0x200) >> 6)) as usize;
        let mut node = offset(*self.units.first()?);
        let mut found = None;
        for (at, &byte) in text.iter().enumerate() {
            node ^= usize::from(byte);
            let Some(&unit) = self.units.get(node) else { break };
            if unit & 0x8000_00ff != u32::from(byte) {
                break;
            }
            node ^= offset(unit);
            if unit & 0x100 != 0 {
                let value = self.units.get(node).map_or(0, |leaf| leaf & 0x7fff_ffff);
                found = Some((at + 1, value as usize));
            }
        }
        found
    }
}

/// The fields of a protocol buffer's message that hold bytes or four-byte numbers.
fn fields(message: &[u8]) -> impl Iterator<Item = (u64, &[u8])> {
    let mut rest = message;
    std::iter::from_fn(move || {
        loop {
            let tag = varint(&mut rest)?;
            let length = match tag & 7 {
                0 => {
                    varint(&mut rest)?;
                    continue;
                }
                1 => 8,
                2 => usize::try_from(varint(&mut rest)?).ok()?,
                5 => 4,
                _ => return None,
            };
            let (value, after) = rest.split_at_checked(length)?;
            rest = after;
            return Some((tag >> 3, value));
        }
    })
}

fn varint(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0u64;
    for shift in (0..64).step_by(7) {
        let (&byte, after) = rest.split_first()?;
        *rest = after;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}
