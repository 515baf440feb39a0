//! Which of the two languages a text is in, by the share of its letters that are Han characters.
//! Words are not looked at: titles are too short for that.

use domain::Language;

/// A text with at least this share of Han letters is Chinese. A Chinese title full of Latin
/// brand and model names still has more than a fifth; an English one with a Chinese brand less.
const CHINESE_FROM: f32 = 0.2;

/// The language of a text; `None` when it has no letter at all.
///
/// ```
/// use domain::Language;
/// assert_eq!(language::detect("SK-II 神仙水 护肤精华露"), Some(Language::Zh));
/// assert_eq!(language::detect("Nail polish, red (红)"), Some(Language::En));
/// assert_eq!(language::detect("30 ★"), None);
/// ```
#[must_use]
pub fn detect(text: &str) -> Option<Language> {
    han_share(text).map(|share| match share >= CHINESE_FROM {
        true => Language::Zh,
        false => Language::En,
    })
}

/// Han characters among all letters, 0 to 1; `None` when there is no letter.
#[must_use]
pub fn han_share(text: &str) -> Option<f32> {
    let letters = text.chars().filter(|c| c.is_alphabetic());
    let (n_letters, n_han) =
        letters.fold((0u32, 0u32), |(all, han), c| (all + 1, han + u32::from(is_han(c))));
    (n_letters > 0).then(|| n_han as f32 / n_letters as f32)
}

/// Whether a character is a Han ideograph of the blocks that shops use.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{2ebef}')
        || c == '々'
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
    fn without_letters_there_is_no_language() {
        assert_eq!(han_share("123 !"), None);
        assert_eq!(han_share("口红ab"), Some(0.5));
    }
}
