//! Lists of words by language, from `data/<language>/*.txt`. A language without a list has none of
//! what the list is for: no listed aspects of reviews, no wording by a language model.

use domain::Language;

include!(concat!(env!("OUT_DIR"), "/data.rs"));

/// A list of a language; `None` where it has none.
pub(crate) fn of(lang: Language, name: &str) -> Option<&'static str> {
    let is_it = |(tag, known, _): &&(&str, &str, &str)| *tag == lang.tag() && *known == name;
    FILES.iter().find(is_it).map(|(_, _, text)| *text)
}

/// The lists of a name in every language that has one.
pub(crate) fn in_every_language(
    name: &str,
) -> impl Iterator<Item = (Language, &'static str)> + use<'_> {
    Language::ALL.into_iter().filter_map(move |lang| Some((lang, of(lang, name)?)))
}

/// The lines of a list in every language that has one, without comments and empty lines.
pub(crate) fn lines(name: &'static str) -> impl Iterator<Item = &'static str> {
    let lines = in_every_language(name).flat_map(|(_, list)| list.lines());
    lines.map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The words of a list that holds several a line.
pub(crate) fn words(name: &'static str) -> impl Iterator<Item = &'static str> {
    lines(name).flat_map(str::split_whitespace)
}
