//! Prices as shops set them: in the category's band, ending in a charm figure.

use domain::{Currency, Money};

use crate::chance::Chance;
use crate::grammar::PriceBand;

/// Draws a price of `factor` times the median, with half of the band's spread left to chance.
pub(crate) fn draw(band: &PriceBand, factor: f64, chance: &mut Chance) -> Money {
    let raw = band.median * factor * (0.5 * band.spread * chance.normal()).exp();
    let ending = chance.unit();
    let set = charm(raw.clamp(band.lowest, band.highest), ending);
    let fen = |yuan: f64| (yuan * 100.0).round() as i64;
    Money { minor: set.clamp(fen(band.lowest), fen(band.highest)), currency: Currency::CNY }
}

/// The nearest price with a charm ending, in fen: 8.90, 59.90, 168.00, 1,299.00.
fn charm(yuan: f64, ending: f64) -> i64 {
    let whole = yuan.round() as i64;
    match whole {
        ..20 => (whole - 1).max(1) * 100 + if ending < 0.7 { 90 } else { 80 },
        20..200 if ending < 0.55 => nearest_ending_in(whole, 9) * 100 + 90,
        20..200 => nearest_ending_in(whole, if ending < 0.85 { 9 } else { 8 }) * 100,
        200..1000 => nearest_ending_in(whole, if ending < 0.8 { 9 } else { 8 }) * 100,
        _ => ((whole + 51) / 100 * 100 - 1) * 100,
    }
}

fn nearest_ending_in(whole: i64, digit: i64) -> i64 {
    (whole - digit + 5).div_euclid(10) * 10 + digit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_end_as_on_a_price_tag() {
        for (yuan, ending, fen) in [
            (9.2, 0.1, 890),
            (57.0, 0.1, 5_990),
            (57.0, 0.6, 5_900),
            (167.0, 0.9, 16_800),
            (301.0, 0.1, 29_900),
            (1_260.0, 0.1, 129_900),
        ] {
            assert_eq!(charm(yuan, ending), fen, "{yuan}");
        }
    }
}
