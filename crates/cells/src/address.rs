//! Reads addresses of pages and images, and the numbers that trade knows products by.

use crate::fault::Fault;

/// The address of a page or an image. One that a browser would run is none.
pub fn address(field: &'static str, raw: &str) -> Result<String, Fault> {
    let text = raw.trim().replace("&amp;", "&");
    let lower = text.to_ascii_lowercase();
    let is_address =
        ["http://", "https://", "//", "/"].iter().any(|begin| lower.starts_with(begin))
            || (!lower.contains(':') && lower.contains('.'));
    if !is_address || text.contains(char::is_whitespace) || text.contains(['<', '>', '"']) {
        return Err(Fault::new(field, raw, "is no address; write it like https://shop.example/1"));
    }
    Ok(text)
}

/// A list of addresses with spaces, commas, bars or semicolons between. A comma may stand within an
/// address: it parts two only before the beginning of the next.
pub fn addresses(raw: &str) -> impl Iterator<Item = &str> {
    let begins: Vec<usize> = raw
        .match_indices("http")
        .map(|(at, _)| at)
        .filter(|&at| {
            raw[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || ",|;".contains(c))
        })
        .collect();
    let ends: Vec<usize> = begins.iter().skip(1).copied().chain([raw.len()]).collect();
    let whole = begins.is_empty().then_some(raw);
    let parts: Vec<&str> = begins.into_iter().zip(ends).map(|(from, to)| &raw[from..to]).collect();
    let separators = |c: char| c.is_whitespace() || ",|;".contains(c);
    parts
        .into_iter()
        .chain(whole)
        .map(move |part| part.trim_matches(separators))
        .filter(|part| !part.is_empty())
}

/// An EAN, UPC, ISBN or another number of trade.
pub fn gtin(field: &'static str, raw: &str) -> Result<String, Fault> {
    let bare = raw.strip_suffix(".0").unwrap_or(raw);
    let digits: String =
        bare.chars().filter(|c| !matches!(c, ' ' | '-' | '\'' | '=' | '"')).collect();
    let is_digit = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let body = digits.strip_suffix(['X', 'x']).filter(|body| body.len() == 9).unwrap_or(&digits);
    if !is_digit(body) || !(1..=14).contains(&digits.len()) {
        return Err(Fault::new(
            field,
            raw,
            "is not the number of a product; write it like 4006381333931",
        ));
    }
    Ok(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_parted_where_the_next_begins() {
        let listed = |raw| addresses(raw).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(
            listed("https://x/1.jpg, https://x/2,3.jpg|http://y/4"),
            ["https://x/1.jpg", "https://x/2,3.jpg", "http://y/4"]
        );
        assert_eq!(listed("/images/1.jpg"), ["/images/1.jpg"]);
        assert_eq!(listed(" "), Vec::<String>::new());
    }

    #[test]
    fn what_a_browser_would_run_is_no_address() {
        for good in ["https://x/1?a=1&amp;b=2", "//x/1.jpg", "/1.jpg", "images/1.jpg"] {
            assert!(address("image", good).is_ok(), "{good}");
        }
        for bad in
            ["javascript:alert(1)", "data:text/html,x", "no image", "\" onerror=x .jpg", "none"]
        {
            assert!(address("image", bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn numbers_of_trade_are_digits() {
        assert_eq!(gtin("gtin", "4006381333931.0").unwrap(), "4006381333931");
        assert_eq!(gtin("gtin", "978-3-16-148410-0").unwrap(), "9783161484100");
        assert_eq!(gtin("gtin", "316148410X").unwrap(), "316148410X");
        for bad in ["4.00638E+12", "abc", "123456789012345"] {
            assert!(gtin("gtin", bad).is_err(), "{bad}");
        }
    }
}
