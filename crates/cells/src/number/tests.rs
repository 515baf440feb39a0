//! One table of writings, and a law: whatever a locale writes comes back or is said to be unclear.

use proptest::prelude::*;

use super::*;

fn clear(raw: &str) -> Option<String> {
    match numeral(raw)? {
        Numeral::Clear(number, _) => Some(number),
        Numeral::Either { point, comma } => Some(format!("{point} or {comma}")),
    }
}

#[test]
fn numbers_of_many_countries_are_read() {
    for (raw, number) in [
        ("15", "15"),
        ("0012", "0012"),
        ("12,50", "12.50"),
        ("12.5", "12.5"),
        ("1.299,00", "1299.00"),
        ("1,299.00", "1299.00"),
        ("2 499,00", "2499.00"),
        ("2\u{a0}499,00", "2499.00"),
        ("2\u{202f}499", "2499"),
        ("1'299.50", "1299.50"),
        ("1’299’000", "1299000"),
        ("1.299.000", "1299000"),
        ("1,299,000", "1299000"),
        ("12,34,567.80", "1234567.80"),
        ("1,00,000", "100000"),
        ("1234.567", "1234.567"),
        ("1234,567", "1234.567"),
        ("0.299", "0.299"),
        ("0,299", "0.299"),
        (",5", "0.5"),
        (".295", "0.295"),
        ("1.299,-", "1299"),
        ("1299.-", "1299"),
        ("49,--", "49"),
        ("-12,50", "-12.50"),
        ("−12.50", "-12.50"),
        ("12,50-", "-12.50"),
        ("(12.50)", "-12.50"),
        ("+3", "3"),
        ("١٢٫٥٠", "12.50"),
        ("١٬٢٩٩", "1299"),
        ("１，２９９．００", "1299.00"),
        ("१२३", "123"),
        ("1.299", "1.299 or 1299"),
        ("1,299", "1299 or 1.299"),
        ("-12.000", "-12.000 or -12000"),
    ] {
        assert_eq!(clear(raw).as_deref(), Some(number), "{raw}");
    }
}

#[test]
fn what_is_no_number_is_none() {
    for raw in [
        "",
        "-",
        ".",
        ",",
        "free",
        "12.3.4",
        "1e9",
        "NaN",
        "1,29,00",
        "1.29,00",
        "12 50",
        "1 2",
        "1.299,00.5",
        "12-15",
        "12.50 - 19",
        "--5",
        "1..5",
        "1,,5",
        "12:50",
        "$5",
        "1_000",
        "1.2345.678",
        "99999999999999999999999999999999999999999999999",
    ] {
        assert_eq!(numeral(raw), None, "{raw}");
    }
}

/// Writes whole digits in groups.
fn grouped(digits: &str, separator: &str, is_indian: bool) -> String {
    let mut out = Vec::new();
    let mut rest = digits;
    let mut size = 3;
    while rest.len() > size {
        let (head, tail) = rest.split_at(rest.len() - size);
        out.push(tail);
        rest = head;
        size = if is_indian { 2 } else { 3 };
    }
    out.push(rest);
    out.reverse();
    out.join(separator)
}

fn same(a: &str, b: &str) -> bool {
    a.parse::<f64>().ok() == b.parse::<f64>().ok()
}

proptest! {
    #[test]
    fn every_locales_writing_comes_back_or_is_unclear(
        whole in 0_u64..1_000_000_000,
        fraction in proptest::option::of("[0-9]{1,4}"),
        locale in prop_oneof![
            Just((",", ".")), Just((".", ",")), Just((" ", ",")), Just(("\u{a0}", ",")),
            Just(("\u{202f}", ",")), Just(("'", ".")), Just(("’", ".")), Just((" ", ".")),
            Just(("", ".")), Just(("", ",")), Just(("٬", "٫")), Just(("，", "．")),
        ],
        is_indian in any::<bool>(),
        sign in prop_oneof![Just(("", "")), Just(("-", "")), Just(("−", "")), Just(("", "-")), Just(("(", ")"))],
    ) {
        let (group, decimal) = locale;
        let digits = whole.to_string();
        let written = if group.is_empty() { digits.clone() } else { grouped(&digits, group, is_indian) };
        let tail = fraction.as_ref().map(|f| format!("{decimal}{f}")).unwrap_or_default();
        let raw = format!("{}{written}{tail}{}", sign.0, sign.1);
        let minus = if sign == ("", "") { "" } else { "-" };
        let meant = format!("{minus}{digits}{}", fraction.map(|f| format!(".{f}")).unwrap_or_default());
        match numeral(&raw) {
            Some(Numeral::Clear(number, _)) => prop_assert!(same(&number, &meant), "{raw}: {number}"),
            Some(Numeral::Either { point, comma }) => {
                prop_assert!(same(&point, &meant) || same(&comma, &meant), "{raw}");
            }
            None => prop_assert!(false, "{raw} was not read"),
        }
    }

    #[test]
    fn any_text_is_a_finite_number_or_none(raw in "\\PC{0,24}") {
        if let Some(Numeral::Clear(number, _)) = numeral(&raw) {
            prop_assert!(number.parse::<f64>().is_ok_and(f64::is_finite), "{raw}: {number}");
        }
    }
}
