//! The number type the Transformer is written over: `f32` to run, `f64` to check gradients.
//!
//! Exponentials are polynomials without fused multiply-add, so that every processor gives the
//! same bits and the compiler can vectorise them.

use faer::traits::RealField;

/// A real number with the few functions the model needs.
pub trait Scalar: RealField + Copy + Default + Send + Sync + 'static {
    /// Stands for minus infinity in a softmax: its exponential is (next to) nothing.
    const LOWEST: Self;

    /// Conversion from a stored value.
    fn of(value: f32) -> Self;

    /// Conversion to a reported value.
    fn to_f64(self) -> f64;

    /// e to the power of `self`, for arguments up to 88.
    fn exponential(self) -> Self;

    /// Natural logarithm.
    fn logarithm(self) -> Self;

    /// Square root.
    fn root(self) -> Self;

    /// The larger of two numbers.
    #[inline(always)]
    fn larger(self, other: Self) -> Self {
        if other > self { other } else { self }
    }
}

impl Scalar for f32 {
    const LOWEST: Self = -1e30;

    fn of(value: f32) -> Self {
        value
    }

    fn to_f64(self) -> f64 {
        f64::from(self)
    }

    /// Cody–Waite reduction and the degree-6 polynomial of Cephes' `expf`; relative error below
    /// 2e-7. Arguments below −87 give e^−87.
    #[inline(always)]
    fn exponential(self) -> Self {
        const SHIFT: f32 = 12_582_912.0; // 1.5 · 2^23: adding it rounds to an integer
        let x = if self > -87.0 { self } else { -87.0 };
        let shifted = x * std::f32::consts::LOG2_E + SHIFT;
        let n = shifted - SHIFT;
        let r = x - n * 0.693_359_4 - n * -2.121_944_4e-4;
        let mut p = 1.987_569_1e-4;
        p = p * r + 1.398_2e-3;
        p = p * r + 8.333_452e-3;
        p = p * r + 4.166_579_6e-2;
        p = p * r + 1.666_666_5e-1;
        p = p * r + 0.5;
        let power = shifted.to_bits().wrapping_sub(SHIFT.to_bits());
        let two_to_n = f32::from_bits(power.wrapping_add(127) << 23);
        (p * r * r + r + 1.0) * two_to_n
    }

    fn logarithm(self) -> Self {
        self.ln()
    }

    #[inline(always)]
    fn root(self) -> Self {
        self.sqrt()
    }
}

impl Scalar for f64 {
    const LOWEST: Self = -1e30;

    fn of(value: f32) -> Self {
        f64::from(value)
    }

    fn to_f64(self) -> f64 {
        self
    }

    #[inline(always)]
    fn exponential(self) -> Self {
        self.exp()
    }

    fn logarithm(self) -> Self {
        self.ln()
    }

    #[inline(always)]
    fn root(self) -> Self {
        self.sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_polynomial_exponential_is_exact_to_single_precision() {
        for step in 0..=175_000 {
            let x = -87.0 + step as f32 * 0.001;
            let exact = f64::from(x).exp();
            let relative = (f64::from(x.exponential()) - exact).abs() / exact;
            assert!(relative < 2e-7, "exp({x}) is off by {relative}");
        }
        assert!(f32::LOWEST.exponential() < 1e-37);
    }
}
