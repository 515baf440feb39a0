//! Reductions and sums of vectors. Each adds in one fixed order, in lanes that the compiler can
//! keep in a register.

use crate::Scalar;

/// Lanes that a reduction is split into, so that it vectorises and still adds in a fixed order.
const LANES: usize = 16;

/// The dot product of two vectors of one length.
#[inline(always)]
pub fn dot<T: Scalar>(left: &[T], right: &[T]) -> T {
    let mut lanes = [T::default(); LANES];
    let (left_parts, left_rest) = left.as_chunks::<LANES>();
    let (right_parts, right_rest) = right.as_chunks::<LANES>();
    for (l, r) in left_parts.iter().zip(right_parts) {
        for i in 0..LANES {
            lanes[i] += l[i] * r[i];
        }
    }
    let mut total = T::default();
    for lane in lanes {
        total += lane;
    }
    for (l, r) in left_rest.iter().zip(right_rest) {
        total += *l * *r;
    }
    total
}

/// The sum of all values.
#[inline(always)]
pub fn sum<T: Scalar>(values: &[T]) -> T {
    let mut lanes = [T::default(); LANES];
    let (parts, rest) = values.as_chunks::<LANES>();
    for part in parts {
        for i in 0..LANES {
            lanes[i] += part[i];
        }
    }
    let mut total = T::default();
    for value in lanes.iter().chain(rest) {
        total += *value;
    }
    total
}

/// The largest value; [`Scalar::LOWEST`] of none.
#[inline(always)]
pub fn largest<T: Scalar>(values: &[T]) -> T {
    let mut lanes = [T::LOWEST; LANES];
    let (parts, rest) = values.as_chunks::<LANES>();
    for part in parts {
        for i in 0..LANES {
            lanes[i] = lanes[i].larger(part[i]);
        }
    }
    let all = lanes.iter().chain(rest);
    all.fold(T::LOWEST, |best, value| best.larger(*value))
}

/// `into += factor · values`.
#[inline(always)]
pub fn add_scaled<T: Scalar>(into: &mut [T], values: &[T], factor: T) {
    for (target, value) in into.iter_mut().zip(values) {
        *target += factor * *value;
    }
}
