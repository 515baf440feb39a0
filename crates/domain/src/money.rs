//! Amounts of money: whole minor units and a currency. Never a float in storage or comparison.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::Invalid;

/// An ISO 4217 currency code: three upper-case letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    /// Renminbi.
    pub const CNY: Self = Self(*b"CNY");
    /// US dollar.
    pub const USD: Self = Self(*b"USD");
    /// Pound sterling.
    pub const GBP: Self = Self(*b"GBP");
    /// Euro.
    pub const EUR: Self = Self(*b"EUR");
    /// No currency is known (ISO 4217 `XXX`): the amount is told without one.
    pub const UNKNOWN: Self = Self(*b"XXX");

    /// The code, e.g. `CNY`.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a currency is three ASCII letters")
    }

    /// Decimal places of the minor unit (ISO 4217): 2 for most, 0 for JPY and others, 3 for KWD.
    #[must_use]
    pub fn decimals(self) -> u32 {
        match &self.0 {
            b"JPY" | b"KRW" | b"VND" | b"CLP" | b"ISK" | b"XAF" | b"XOF" | b"PYG" | b"UGX"
            | b"BIF" | b"DJF" | b"GNF" | b"KMF" | b"RWF" | b"UYI" | b"VUV" | b"XPF" => 0,
            b"BHD" | b"KWD" | b"OMR" | b"JOD" | b"TND" | b"IQD" | b"LYD" => 3,
            _ => 2,
        }
    }
}

impl FromStr for Currency {
    type Err = Invalid;
    fn from_str(raw: &str) -> Result<Self, Invalid> {
        let upper = raw.trim().to_ascii_uppercase();
        match <[u8; 3]>::try_from(upper.as_bytes()) {
            Ok(code) if code.iter().all(u8::is_ascii_uppercase) => Ok(Self(code)),
            _ => Err(Invalid::new(
                "currency",
                "is not an ISO 4217 code",
                raw,
                "use three letters such as CNY or USD",
            )),
        }
    }
}

impl TryFrom<String> for Currency {
    type Error = Invalid;
    fn try_from(raw: String) -> Result<Self, Invalid> {
        raw.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An amount in minor units (fen, cents) of one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// Minor units: 1999 is 19.99 in a currency of two decimals.
    pub minor: i64,
    /// The currency.
    pub currency: Currency,
}

impl Money {
    /// Reads a plain decimal such as `15.00` or `-0.5`; exact, no rounding through floats. Other
    /// writings, such as `1.299,00` and `$5`, are read by `cells`: here they are refused, because
    /// a comma may group or stand before the decimals.
    ///
    /// Digits beyond the currency's minor unit are rounded half away from zero, as tills do.
    ///
    /// # Errors
    /// [`Invalid`] when the text is not a finite plain decimal.
    pub fn parse(raw: &str, currency: Currency) -> Result<Self, Invalid> {
        let problem = |p| Invalid::new("price", p, raw, "write it like 15.00");
        let cleaned = raw.trim();
        let (negative, digits) = match cleaned.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, cleaned),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.len() + fraction.len() == 0 || !all_digits(whole) || !all_digits(fraction) {
            return Err(problem("is not a decimal number"));
        }
        let scale = 10_i64.pow(currency.decimals());
        let whole: i64 = if whole.is_empty() {
            0
        } else {
            whole.parse().map_err(|_| problem("is too large"))?
        };
        let mut minor = whole.checked_mul(scale).ok_or_else(|| problem("is too large"))?;
        let mut place = scale / 10;
        for digit in fraction.bytes().map(|b| i64::from(b - b'0')) {
            if place == 0 {
                minor += i64::from(digit >= 5);
                break;
            }
            minor = minor.checked_add(digit * place).ok_or_else(|| problem("is too large"))?;
            place /= 10;
        }
        Ok(Self { minor: if negative { -minor } else { minor }, currency })
    }

    /// The amount in major units, for arithmetic that may be approximate.
    #[must_use]
    pub fn major(self) -> f64 {
        self.minor as f64 / 10_f64.powi(self.currency.decimals() as i32)
    }

    /// The plain decimal, e.g. `19.99`.
    #[must_use]
    pub fn decimal(self) -> String {
        let decimals = self.currency.decimals() as usize;
        let sign = if self.minor < 0 { "-" } else { "" };
        let digits = format!("{:0width$}", self.minor.unsigned_abs(), width = decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        if decimals == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }
}

impl fmt::Display for Money {
    /// `19.99 USD`, the form of product feeds.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.decimal(), self.currency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_exact_to_the_minor_unit() {
        let minor = |raw| Money::parse(raw, Currency::USD).map(|m| m.minor);
        assert_eq!(minor("15"), Ok(1500));
        assert_eq!(minor("1299.5"), Ok(129_950));
        assert_eq!(minor("0.29"), Ok(29));
        assert_eq!(minor(".295"), Ok(30));
        assert_eq!(minor("-2.005"), Ok(-201));
        assert_eq!(Money::parse("1200", "JPY".parse().unwrap()).unwrap().minor, 1200);
        for bad in [
            "",
            "-",
            "12,50",
            "1,299.5",
            "$5",
            "1e9",
            "NaN",
            "12.3.4",
            "free",
            "99999999999999999999",
        ] {
            assert!(minor(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn money_prints_as_feeds_write_it() {
        assert_eq!(Money { minor: 5, currency: Currency::CNY }.to_string(), "0.05 CNY");
        assert_eq!(Money { minor: -1999, currency: Currency::USD }.to_string(), "-19.99 USD");
    }

    proptest::proptest! {
        #[test]
        fn printing_then_parsing_gives_the_same_amount(minor in -1_000_000_000_i64..1_000_000_000) {
            let money = Money { minor, currency: Currency::CNY };
            proptest::prop_assert_eq!(Money::parse(&money.decimal(), Currency::CNY), Ok(money));
        }
    }
}
