//! Tells the language of a text by the share of its letters in each script: kana, Han, others.
//! Words are not looked at: titles are too short for that.

use domain::Language;

/// A text with at least this share of Han letters is Chinese. A Chinese title full of Latin
/// brand and model names still has more than a fifth; an English one with a Chinese brand less.
const CHINESE_FROM: f32 = 0.2;

/// A text with at least this share of kana is Japanese. A Chinese title may borrow a single の; a
/// Japanese one spells its endings and its loan words in kana.
const JAPANESE_FROM: f32 = 0.15;

/// The language of a text; `None` when it has no letter at all.
///
/// ```
/// use domain::Language;
/// assert_eq!(language::detect("SK-II 神仙水 护肤精华露"), Some(Language::Zh));
/// assert_eq!(language::detect("Nail polish, red (红)"), Some(Language::En));
/// assert_eq!(language::detect("有機コーヒー豆 200g"), Some(Language::Ja));
/// assert_eq!(language::detect("30 ★"), None);
/// ```
#[must_use]
pub fn detect(text: &str) -> Option<Language> {
    let kana = share_of(text, |c| is_hiragana(c) || is_katakana(c))?;
    let han = han_share(text)?;
    Some(match () {
        () if kana >= JAPANESE_FROM => Language::Ja,
        () if han >= CHINESE_FROM => Language::Zh,
        () => Language::En,
    })
}

/// Han characters among all letters, 0 to 1; `None` when there is no letter.
#[must_use]
pub fn han_share(text: &str) -> Option<f32> {
    share_of(text, is_han)
}

fn share_of(text: &str, is_meant: impl Fn(char) -> bool) -> Option<f32> {
    let letters = text.chars().filter(|c| c.is_alphabetic());
    let (n_letters, n_meant) =
        letters.fold((0u32, 0u32), |(all, meant), c| (all + 1, meant + u32::from(is_meant(c))));
    (n_letters > 0).then(|| n_meant as f32 / n_letters as f32)
}

/// Whether a character is a Han ideograph of the blocks that shops use.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{2ebef}')
        || c == '々'
}

/// Whether a character is of the Japanese script for endings and particles.
pub(crate) fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{309f}')
}

/// Whether a character is of the Japanese script for loan words, its mark of length included.
pub(crate) fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_foreign_names_do_not_change_the_language() {
        assert_eq!(detect("Estee Lauder 雅诗兰黛小棕瓶精华"), Some(Language::Zh));
        assert_eq!(
            detect("Herbal toothpaste 云南白药, mint flavour, pack of two"),
            Some(Language::En)
        );
    }

    #[test]
    fn a_borrowed_particle_does_not_make_a_chinese_title_japanese() {
        assert_eq!(detect("优の良品 手工牛轧糖 原味"), Some(Language::Zh));
        assert_eq!(detect("やさしい石けん"), Some(Language::Ja));
    }

    #[test]
    fn without_letters_there_is_no_language() {
        assert_eq!(han_share("123 !"), None);
        assert_eq!(han_share("口红ab"), Some(0.5));
    }
}
