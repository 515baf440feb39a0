//! Values as each language writes them, and hostile texts as data.

use domain::{Currency, Language, Money, Timestamp};
use messages::{Messages, decimal, list, message, percent, text, title};

const ZH: Language = Language::Zh;
const EN: Language = Language::En;

fn money(lang: Language, amount: Money) -> String {
    shown(lang, amount)
}

#[test]
fn money_reads_naturally_in_both_languages() {
    let yuan = Money { minor: 129_900, currency: Currency::CNY };
    assert_eq!(money(ZH, yuan), "1,299 元");
    assert_eq!(money(EN, yuan), "¥1,299");
    let pounds = Money { minor: 255, currency: Currency::GBP };
    assert_eq!(money(EN, pounds), "£2.55");
    let other = Money { minor: 1_500, currency: "SEK".parse().unwrap() };
    assert_eq!(money(EN, other), "15 SEK");
    let unknown = Money { minor: 1_550, currency: Currency::UNKNOWN };
    assert_eq!(money(ZH, unknown), "15.50");
}

#[test]
fn ordinals_know_the_teens() {
    let of = |n: u32| message!(EN, "format-ordinal", number: n);
    assert_eq!([1, 2, 3, 11, 112, 1021].map(of).join(" "), "1st 2nd 3rd 11th 112th 1,021st");
}

/// Any value, as it stands in a text of the language.
fn shown(lang: Language, value: impl messages::IntoArgument) -> String {
    Messages::of(lang).show(&value.into_argument())
}

#[test]
fn a_percentage_never_rounds_to_nothing_or_all() {
    let of = |share| shown(EN, percent(share));
    assert_eq!([0.001, 0.999, 1.0, 0.0, 0.625].map(of), ["1%", "99%", "100%", "0%", "63%"]);
}

#[test]
fn numbers_and_days_are_written_as_each_language_does() {
    let day = Timestamp(1_793_491_200_000);
    assert_eq!([shown(EN, day), shown(ZH, day)], ["1 Nov 2026", "2026 年 11 月 1 日"]);
    assert_eq!(shown(EN, 1_204_u32), "1,204");
    assert_eq!(
        [5.25, 3.0, 12_345.67].map(|x| shown(EN, decimal(x, 1))),
        ["5.2", "3.0", "12,345.7"]
    );
    assert_eq!(shown(EN, decimal(f64::NAN, 1)), "NaN");
}

#[test]
fn lists_are_joined_as_people_join_them() {
    let parts = |n: usize| ["a", "b", "c"][..n].iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!([1, 2, 3].map(|n| shown(EN, list(parts(n)))), ["a", "a and b", "a, b and c"]);
    assert_eq!([1, 2, 3].map(|n| shown(ZH, list(parts(n)))), ["a", "a和b", "a、b和c"]);
    assert_eq!(Messages::of(ZH).enumeration(&parts(3)), "a、b、c");
    assert_eq!(Messages::of(EN).enumeration(&parts(0)), "");
}

#[test]
fn a_title_has_the_marks_of_its_sort_once() {
    assert_eq!(shown(EN, title("Tea", "book")), "“Tea”");
    assert_eq!(shown(EN, title("“Tea”", "thing")), "“Tea”");
    assert_eq!(
        [shown(ZH, title("茶经", "book")), shown(ZH, title("《茶经》", "work"))],
        ["《茶经》"; 2]
    );
    assert_eq!(shown(ZH, title("茶壶", "thing")), "“茶壶”");
}

#[test]
fn hostile_text_is_data() {
    let hostile = "{ $n } <b>\u{202e}x\n-y\u{2066}";
    let shown = message!(EN, "format-enumeration", parts: hostile, part: "z");
    assert_eq!(shown, "{ $n } <b>x -y, z");
    assert!(!shown.contains('\u{2068}'), "no isolation marks are added");
}

#[test]
fn a_fixed_text_is_made_once() {
    let first: &'static str = text!(EN, "format-locale");
    assert!(std::ptr::eq(first, text!(EN, "format-locale")));
}
