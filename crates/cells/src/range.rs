//! Recognises prices that are several: `9.99 – 12.99`, `from 19.90`, `99元起`. An item has one price,
//! and a reason must not name one that the next size does not have: such a cell is left out by name.

use crate::currency::amount;
use crate::number::numeral;

/// Words before a lowest price, in lower case.
const FROM: [&str; 32] = [
    "from", "starting", "starts", "as", "ab", "von", "dès", "des", "de", "à", "a", "desde", "da",
    "partire", "partir", "vanaf", "od", "от", "fra", "från", "alkaen", "ból", "dla", "min", "min.",
    "从", "低至", "自", "από", "από:", "최저", "最低",
];

/// Words behind a lowest price.
const UP: [&str; 10] = ["起", "〜", "～", "~", "から", "부터", "-tól", "-től", "up", "alkaen"];

/// Words between two ends.
const TO: [&str; 14] =
    ["to", "bis", "à", "a", "hasta", "until", "til", "till", "tot", "do", "до", "至", "到", "から"];

/// Why a cell of several prices has none; `None` where it is no such cell.
pub(crate) fn problem(raw: &str) -> Option<&'static str> {
    let lower = raw.trim().to_lowercase();
    if is_span(&lower) {
        return Some("is a range of prices, and an item has one; send the price of each variant");
    }
    is_beginning(&lower)
        .then_some("is where prices begin, and an item has one; send the price of each variant")
}

fn is_span(text: &str) -> bool {
    let by_sign = ['-', '–', '—', '~', '～', '〜', '…', '/', '至', '到'].into_iter().any(|sign| {
        let mut places = text.match_indices(sign);
        places.any(|(at, sign)| are_amounts(&text[..at], &text[at + sign.len()..]))
    });
    by_sign
        || TO.iter().any(|word| {
            let word = format!(" {word} ");
            text.split_once(&word).is_some_and(|(low, high)| are_amounts(low, high))
        })
}

fn is_beginning(text: &str) -> bool {
    let without = |text: &str| {
        let words = text.split_whitespace().skip_while(|word| FROM.contains(word));
        words.collect::<Vec<_>>().join(" ")
    };
    let behind = UP.iter().find_map(|word| text.strip_suffix(word));
    let plus = text.strip_suffix('+');
    let rest = without(text);
    // Chinese writes no space between the word and the amount.
    let glued =
        FROM.iter().filter(|word| !word.is_ascii()).find_map(|word| text.strip_prefix(word));
    (rest != text && is_amount(&rest))
        || behind.or(plus).or(glued).is_some_and(is_amount)
        || (text.ends_with("and up") && is_amount(text.trim_end_matches("and up")))
}

fn are_amounts(low: &str, high: &str) -> bool {
    is_amount(low) && is_amount(high)
}

fn is_amount(text: &str) -> bool {
    let text = text.trim();
    amount(text).is_ok_and(|parts| {
        parts.number.starts_with(|c: char| c.is_numeric()) && numeral(&parts.number).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_prices_are_told_from_one() {
        for range in [
            "9,99-12,99",
            "9.99 – 12.99 EUR",
            "€9 to €12",
            "$ 9 - $ 12",
            "99元至199元",
            "9~12",
            "1.299,00 € bis 1.499,00 €",
        ] {
            assert!(problem(range).is_some_and(|why| why.contains("range")), "{range}");
        }
        for from in [
            "from 19.90",
            "ab 12,50 €",
            "à partir de 9 €",
            "desde 9,90",
            "99元起",
            "¥99起",
            "低至9.9元",
            "od 49 zł",
            "1,980円～",
            "19.90+",
        ] {
            assert!(problem(from).is_some_and(|why| why.contains("begin")), "{from}");
        }
        for other in [
            "on request",
            "12.50",
            "-5.00",
            "15%",
            "5 € / kg",
            "12,50-",
            "1.099,-",
            "2026-01-31x",
            "",
        ] {
            assert_eq!(problem(other), None, "{other}");
        }
    }
}
