//! Items that mean the like, by sentence vectors that an encoder made of their texts.
//!
//! Responsible for the nearest items of each, so that scoring walks a short row per event and a
//! score stays a sum over events. Texts are encoded by `language`.

use std::sync::Arc;

use nearest::{Nearest, NearestError};
use rayon::prelude::*;

use crate::sparse::SparseRows;

/// Items kept per item.
const N_ALIKE: usize = 200;
/// Up to here every pair is compared: seconds for ten thousand items, minutes for this many.
const MOST_COMPARED: usize = 50_000;

/// Cosines of each item's vector with those of its nearest items, itself among them; rows of items
/// without a vector are empty. `None` where none has one. Shape: (n_items, n_items).
///
/// The mean over the catalogue is taken off first: what all items of a shop have in common says
/// nothing of two of them (Mu, Viswanath: All-but-the-Top, ICLR 2018).
///
/// # Errors
/// [`NearestError`] where vectors are not numbers or not of one length.
pub(crate) fn alike(
    vectors: &[Option<Arc<[f32]>>],
) -> Result<Option<Arc<SparseRows>>, NearestError> {
    let Some(width) = vectors.iter().flatten().map(|vector| vector.len()).next() else {
        return Ok(None);
    };
    if let Some(other) = vectors.iter().flatten().find(|vector| vector.len() != width) {
        return Err(NearestError::Shape { n_values: other.len(), width });
    }
    let centred = centred(vectors, width);
    let nearest = Nearest::exact_up_to(MOST_COMPARED, &centred, width)?;
    let row = |(vector, query): (&Option<Arc<[f32]>>, &[f32])| -> Vec<(u32, f32)> {
        if vector.is_none() {
            return Vec::new();
        }
        let found = nearest.top(query, N_ALIKE, |item| vectors[item as usize].is_none());
        let alike = found.into_iter().filter(|found| found.score > 0.0);
        let mut row: Vec<(u32, f32)> =
            alike.map(|found| (found.item, found.score.min(1.0))).collect();
        row.sort_unstable_by_key(|&(item, _)| item);
        row
    };
    let rows: Vec<_> = vectors.par_iter().zip(centred.par_chunks_exact(width)).map(row).collect();
    Ok(Some(Arc::new(SparseRows::from_rows(vectors.len(), &rows))))
}

/// Vectors without their mean, each of length 1 (or 0); row-major (items, width).
fn centred(vectors: &[Option<Arc<[f32]>>], width: usize) -> Vec<f32> {
    let mut mean = vec![0.0_f64; width];
    for vector in vectors.iter().flatten() {
        mean.iter_mut().zip(&**vector).for_each(|(sum, value)| *sum += f64::from(*value));
    }
    let n = vectors.iter().flatten().count() as f64;
    let mut centred = vec![0.0; vectors.len() * width];
    for (vector, row) in vectors.iter().zip(centred.chunks_exact_mut(width)) {
        let Some(vector) = vector else { continue };
        for ((value, sum), to) in vector.iter().zip(&mean).zip(&mut *row) {
            *to = (f64::from(*value) - sum / n) as f32;
        }
        let length = row.iter().map(|value| value * value).sum::<f32>().sqrt();
        if length > 1e-6 {
            row.iter_mut().for_each(|value| *value /= length);
        }
    }
    centred
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vector(values: [f32; 3]) -> Option<Arc<[f32]>> {
        Some(values.into())
    }

    #[test]
    fn what_all_items_share_makes_none_alike() {
        // Two pairs that differ in the first number only, far from the origin in the last.
        let vectors =
            [[1.0, 0.0, 9.0], [0.9, 0.1, 9.0], [-1.0, 0.0, 9.0], [-0.9, -0.1, 9.0]].map(vector);
        let rows = alike(&vectors).unwrap().unwrap();
        assert_eq!(rows.row(0).0, [0, 1]);
        assert_eq!(rows.row(3).0, [2, 3]);
        assert!((rows.value(0, 0) - 1.0).abs() < 1e-6 && rows.value(0, 1) > 0.9);
    }

    #[test]
    fn items_without_a_vector_are_like_nothing() {
        let vectors = [vector([1.0, 0.0, 0.0]), None, vector([0.0, 1.0, 0.0])];
        let rows = alike(&vectors).unwrap().unwrap();
        assert!(rows.row(1).0.is_empty());
        assert!((0..3).all(|item| rows.value(item, 1) == 0.0));
        assert!(alike(&[None, None]).unwrap().is_none());
    }

    #[test]
    fn vectors_of_two_encoders_are_refused() {
        let vectors = [vector([1.0, 0.0, 0.0]), Some([1.0, 0.0].into())];
        assert!(matches!(alike(&vectors), Err(NearestError::Shape { n_values: 2, width: 3 })));
        let not_a_number = [vector([f32::NAN, 0.0, 0.0]), vector([1.0, 0.0, 0.0])];
        assert!(alike(&not_a_number).is_err());
    }
}
