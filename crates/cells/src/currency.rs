//! Parts a cell of money into its amount and the currency it names, before or behind: by a code, a
//! sign or a word. A sign that several currencies share names them all.

use std::sync::LazyLock;

use domain::Currency;
use rustc_hash::{FxHashMap, FxHashSet};

/// The codes of ISO 4217 that people pay with.
const CODES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN \
     BZD CAD CDF CHF CLF CLP CNH CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD \
     GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP \
     LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK \
     PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND \
     TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF XXX YER ZAR ZMW ZWL";

/// Currencies that people write as `$`.
const DOLLARS: &str = "USD CAD AUD NZD MXN SGD HKD TWD ARS CLP COP UYU DOP CUP BBD BMD BND BSD BZD CVE FJD GYD JMD KYD \
     LRD MOP NAD NIO SBD SRD TTD XCD ZWL";

/// Signs and words in lower case without spaces, each with the currencies it may mean.
const NAMES: [(&str, &str); 106] = [
    ("€", "EUR"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("$", DOLLARS),
    ("＄", DOLLARS),
    ("us$", "USD"),
    ("usd$", "USD"),
    ("u$s", "USD"),
    ("$us", "USD"),
    ("dollar", DOLLARS),
    ("dollars", DOLLARS),
    ("c$", "CAD"),
    ("ca$", "CAD"),
    ("can$", "CAD"),
    ("$ca", "CAD"),
    ("a$", "AUD"),
    ("au$", "AUD"),
    ("nz$", "NZD"),
    ("hk$", "HKD"),
    ("nt$", "TWD"),
    ("s$", "SGD"),
    ("sg$", "SGD"),
    ("mx$", "MXN"),
    ("mex$", "MXN"),
    ("r$", "BRL"),
    ("£", "GBP EGP LBP GIP SHP FKP SYP SDG"),
    ("￡", "GBP"),
    ("¥", "CNY JPY"),
    ("￥", "CNY JPY"),
    ("cn¥", "CNY"),
    ("jp¥", "JPY"),
    ("元", "CNY TWD HKD MOP"),
    ("圆", "CNY"),
    ("人民币", "CNY"),
    ("rmb", "CNY"),
    ("円", "JPY"),
    ("日元", "JPY"),
    ("yen", "JPY"),
    ("₹", "INR"),
    ("rs", "INR PKR LKR NPR MUR SCR"),
    ("₨", "INR PKR LKR NPR MUR SCR"),
    ("₩", "KRW KPW"),
    ("￦", "KRW"),
    ("원", "KRW"),
    ("₽", "RUB"),
    ("руб", "RUB"),
    ("р", "RUB"),
    ("rub", "RUB"),
    ("₺", "TRY"),
    ("tl", "TRY"),
    ("₴", "UAH"),
    ("грн", "UAH"),
    ("₫", "VND"),
    ("đ", "VND"),
    ("vnđ", "VND"),
    ("₪", "ILS"),
    ("nis", "ILS"),
    ("฿", "THB"),
    ("₦", "NGN"),
    ("₱", "PHP CUP"),
    ("₡", "CRC SVC"),
    ("₵", "GHS"),
    ("₸", "KZT"),
    ("₾", "GEL"),
    ("₼", "AZN"),
    ("₲", "PYG"),
    ("₭", "LAK"),
    ("₮", "MNT"),
    ("৳", "BDT"),
    ("tk", "BDT"),
    ("zł", "PLN"),
    ("zl", "PLN"),
    ("kč", "CZK"),
    ("kc", "CZK"),
    ("ft", "HUF"),
    ("lei", "RON MDL"),
    ("leu", "RON MDL"),
    ("лв", "BGN"),
    ("lv", "BGN"),
    ("kr", "SEK NOK DKK ISK"),
    ("fr", "CHF"),
    ("sfr", "CHF"),
    ("francs", "CHF XAF XOF XPF"),
    ("fcfa", "XOF XAF"),
    ("cfa", "XOF XAF"),
    ("rm", "MYR"),
    ("rp", "IDR"),
    ("r", "ZAR"),
    ("s/", "PEN"),
    ("bs", "BOB VES VED"),
    ("q", "GTQ"),
    ("ksh", "KES"),
    ("dh", "AED MAD"),
    ("dhs", "AED MAD"),
    ("د.إ", "AED"),
    ("درهم", "AED MAD"),
    ("ر.س", "SAR"),
    ("ريال", "SAR QAR OMR YER IRR"),
    ("﷼", "SAR QAR OMR YER IRR"),
    ("sr", "SAR"),
    ("د.ك", "KWD"),
    ("kd", "KWD"),
    ("د.ت", "TND"),
    ("dt", "TND"),
    ("ج.م", "EGP"),
    ("le", "EGP"),
];

/// The currencies of each code in upper case, and of each sign and word in lower case.
static CURRENCIES: LazyLock<FxHashMap<&str, &str>> =
    LazyLock::new(|| CODES.split(' ').map(|code| (code, code)).chain(NAMES).collect());

/// The first letters of signs and words.
static BEGINNINGS: LazyLock<FxHashSet<char>> =
    LazyLock::new(|| NAMES.iter().filter_map(|(name, _)| name.chars().next()).collect());

/// The currencies that a cell may mean; never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named(&'static str);

impl Named {
    /// The currencies of a sign, a word or a code.
    pub fn of(word: &str) -> Option<Self> {
        let plain: String = word.chars().filter(|c| !c.is_whitespace() && !is_mark(*c)).collect();
        let plain = plain.trim_end_matches('.');
        let is_code = plain.len() == 3 && plain.bytes().all(|b| b.is_ascii_alphabetic());
        let code = is_code.then(|| CURRENCIES.get(plain.to_ascii_uppercase().as_str())).flatten();
        if let Some(code) = code {
            return Some(Self(code));
        }
        CURRENCIES.get(plain.to_lowercase().as_str()).map(|codes| Self(codes))
    }

    /// Whether the word may stand for a currency.
    #[must_use]
    pub fn may_be(self, currency: Currency) -> bool {
        self.0.split(' ').any(|code| code == currency.code())
    }

    /// The currency, where only one is meant.
    pub fn only(self) -> Option<Currency> {
        (self.0.len() == 3).then(|| self.0.parse().ok()).flatten()
    }

    /// Whichever of two names says more, where they agree.
    fn and(self, other: Self) -> Option<Self> {
        let (fewer, more) =
            if self.0.len() <= other.0.len() { (self, other) } else { (other, self) };
        fewer.0.split(' ').all(|code| more.0.contains(code)).then_some(fewer)
    }
}

/// A cell in parts: the amount as it is written, and the currency.
#[derive(Debug, PartialEq, Eq)]
pub struct Amount {
    /// Its digits, as written.
    pub number: String,
    /// The currency that stands beside them.
    pub named: Option<Named>,
}

/// Parts a cell; the cause where a word in it is no currency.
pub fn amount(raw: &str) -> Result<Amount, &'static str> {
    const UNKNOWN: &str = "is not an amount of money; write it like 15.00";
    let is_digit = |c: char| c.is_numeric();
    let first = raw.find(is_digit).ok_or(UNKNOWN)?;
    let last = raw.rfind(is_digit).ok_or(UNKNOWN)?;
    let last = last + raw[last..].chars().next().map_or(0, char::len_utf8);
    let (before, digits, behind) = (&raw[..first], &raw[first..last], &raw[last..]);
    let (left, before) = leading(before);
    let (right, behind) = trailing(behind);
    let named = |word: String| match word.is_empty() {
        true => Ok(None),
        false => Named::of(&word).map(Some).ok_or(UNKNOWN),
    };
    let named = match (named(before)?, named(behind)?) {
        (Some(a), Some(b)) => Some(a.and(b).ok_or("names two currencies; name one")?),
        (one, None) | (None, one) => one,
    };
    Ok(Amount { number: format!("{left}{digits}{right}"), named })
}

/// Parts what stands before the digits into what is of the number, such as `-`, and the currency.
fn leading(before: &str) -> (String, String) {
    let is_name =
        |c: char| !matches!(c, '(' | '+') && !is_minus(c) && !c.is_whitespace() && !is_mark(c);
    let name: String = before.chars().filter(|&c| is_name(c)).collect();
    let sign = before.chars().filter(|&c| matches!(c, '(' | '+') || is_minus(c));
    let mut of_number: String = sign.collect();
    // `.5` is half of one; in `Rs.5` the point ends the word.
    match name.as_str() {
        "." | "," => (of_number + &name, String::new()),
        name => {
            let half = name.strip_suffix([',', '.']);
            let half = half.filter(|rest| {
                before.ends_with([',', '.'])
                    && !rest.ends_with(|c: char| c.is_alphabetic() || c == '/')
            });
            if half.is_some() {
                of_number.push_str(&name[name.len() - 1..]);
            }
            (of_number, half.unwrap_or(name).to_owned())
        }
    }
}

/// Parts what stands behind the digits, such as `,-`, `-` or `)`, from the currency.
fn trailing(behind: &str) -> (String, String) {
    let name_at = behind.find(|c: char| c.is_alphabetic() || is_sign(c)).unwrap_or(behind.len());
    let (of_number, name) = behind.split_at(name_at);
    let is_name = |c: char| !is_minus(c) && c != ')' && !c.is_whitespace();
    let tail = name.chars().filter(|&c| c == ')' || is_minus(c));
    let of_number = of_number.chars().filter(|c| !c.is_whitespace()).chain(tail).collect();
    (of_number, name.chars().filter(|&c| is_name(c)).collect())
}

fn is_minus(c: char) -> bool {
    matches!(c, '-' | '−' | '–' | '—' | '－' | '﹣' | '‐' | '‑')
}

fn is_sign(c: char) -> bool {
    BEGINNINGS.contains(&c)
}

/// Marks of direction, which Arabic and Hebrew exports put around amounts.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parted(raw: &str) -> Option<(String, String)> {
        let Amount { number, named } = amount(raw).ok()?;
        Some((
            number,
            named.map_or(String::new(), |named| named.0.split(' ').next().unwrap().to_owned()),
        ))
    }

    #[test]
    fn a_currency_is_named_on_either_side_by_code_sign_or_word() {
        for (raw, number, currency) in [
            ("12.50", "12.50", ""),
            ("12,50 EUR", "12,50", "EUR"),
            ("usd 12.50", "12.50", "USD"),
            ("12.50USD", "12.50", "USD"),
            ("€ 1.299,-", "1.299,-", "EUR"),
            ("1.299,- kr.", "1.299,-", "SEK"),
            ("-$12.50", "-12.50", "USD"),
            ("$-12.50", "-12.50", "USD"),
            ("($12.50)", "(12.50)", "USD"),
            ("12,50-€", "12,50-", "EUR"),
            ("12,50 €-", "12,50-", "EUR"),
            ("Rs. 1,299", "1,299", "INR"),
            ("Rs.1,299", "1,299", "INR"),
            ("R$ 1.299,00", "1.299,00", "BRL"),
            ("¥1200", "1200", "CNY"),
            ("1200円", "1200", "JPY"),
            ("US$ 5 USD", "5", "USD"),
            ("12,50 zł", "12,50", "PLN"),
            ("S/. 20.00", "20.00", "PEN"),
            ("CHF 1'299.–", "1'299.–", "CHF"),
            ("٢٥٫٥٠ ر.س", "٢٥٫٥٠", "SAR"),
            ("\u{200f}25.50 د.إ.\u{200f}", "25.50", "AED"),
            ("$.50", ".50", "USD"),
            (".50", ".50", ""),
            ("1 299,00 €", "1 299,00", "EUR"),
        ] {
            let expected = Some((number.to_owned(), currency.to_owned()));
            assert_eq!(parted(raw), expected, "{raw}");
        }
    }

    #[test]
    fn a_word_that_is_no_currency_is_refused() {
        for raw in ["free", "ab 12,50 €", "12.50 pcs", "from $5", "€5 $6", "5 € / kg", "", "EUR"]
        {
            let read = amount(raw).ok().and_then(|a| crate::number::numeral(&a.number));
            assert_eq!(read, None, "{raw}");
        }
    }
}
