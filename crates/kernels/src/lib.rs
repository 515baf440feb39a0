//! Kernels: the products, reductions and layer functions that models are computed with, each in the
//! fastest form measured here and with the same bits on every run.
//!
//! Matrix products go through [`matrix::mm`], which leaves the choice of instructions to faer;
//! loops are compiled for several instruction sets and dispatched by pulp. Everything is generic
//! over [`Scalar`]: `f32` to run, `f64` to check gradients.

pub mod layers;
pub mod matrix;
pub mod peak;
pub mod scalar;
pub mod vector;

pub use peak::gemm_peak;
pub use scalar::Scalar;
pub use vector::dot;
