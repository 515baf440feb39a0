//! The languages Candor speaks, and text that may exist in several of them.

use std::{fmt, str::FromStr};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, MapAccess, Visitor},
};

use crate::Invalid;

/// Makes [`Language`] of a list: name, tag on the wire, what its speakers call it, and the languages
/// its readers are given next where a text is missing in it. With the feature `pseudo` there is also
/// a made-up language for tests, which no list of languages names.
macro_rules! languages {
    (
        #[doc = $first_doc:literal]
        $first:ident: $first_tag:tt, $first_own:literal, else [$($first_next:ident),*];
        $(
            #[doc = $doc:literal]
            $(#[$meta:meta])*
            $name:ident: $tag:tt, $own:literal, else [$($next:ident),*];
        )*
    ) => {
        /// A language a shopper can read.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
        )]
        pub enum Language {
            #[doc = $first_doc]
            #[serde(rename = $first_tag)]
            $first,
            $(
                #[doc = $doc]
                $(#[$meta])*
                #[serde(rename = $tag)]
                $name,
            )*
            /// English with accents, by which tests find texts that no message file has.
            #[cfg(feature = "pseudo")]
            #[serde(rename = "qps")]
            Qps,
        }

        impl Language {
            /// Every language, in the order of the documentation.
            pub const ALL: [Self; [$first_tag, $($tag),*].len()] =
                [Self::$first, $(Self::$name),*];

            /// The tag as on the wire, e.g. `en`.
            #[must_use]
            pub fn tag(self) -> &'static str {
                match self {
                    Self::$first => $first_tag,
                    $(Self::$name => $tag,)*
                    #[cfg(feature = "pseudo")]
                    Self::Qps => "qps",
                }
            }

            /// What its speakers call it, e.g. `English`.
            #[must_use]
            pub fn own_name(self) -> &'static str {
                match self {
                    Self::$first => $first_own,
                    $(Self::$name => $own,)*
                    #[cfg(feature = "pseudo")]
                    Self::Qps => "qps",
                }
            }

            /// What the documentation of the wire calls it.
            #[cfg(feature = "openapi")]
            fn documented(self) -> &'static str {
                match self {
                    Self::$first => $first_doc.trim_ascii(),
                    $(Self::$name => $doc.trim_ascii(),)*
                    #[cfg(feature = "pseudo")]
                    Self::Qps => "",
                }
            }

            fn declared_next(self) -> &'static [Self] {
                match self {
                    Self::$first => &[$(Self::$first_next),*],
                    $(Self::$name => &[$(Self::$next),*],)*
                    #[cfg(feature = "pseudo")]
                    Self::Qps => &[Self::En],
                }
            }
        }

        /// What to write instead of a language that is not supported.
        const SUPPORTED: &str = concat!("use ", $first_tag $(, " or ", $tag)*);
    };
}

languages! {
    /// Simplified Chinese.
    Zh: "zh", "中文", else [En];
    /// English.
    #[default]
    En: "en", "English", else [Zh];
    /// Japanese.
    Ja: "ja", "日本語", else [En, Zh];
}

#[cfg(feature = "pseudo")]
const MADE_UP: Option<Language> = Some(Language::Qps);
#[cfg(not(feature = "pseudo"))]
const MADE_UP: Option<Language> = None;

impl Language {
    /// How many there are, for tables by [`Language::index`].
    pub const COUNT: usize = Self::ALL.len() + MADE_UP.is_some() as usize;

    /// Its place among all languages, from 0.
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The languages that its readers are given where a text is missing in it, best first: the
    /// declared ones, then the others in the order of the documentation.
    pub fn and_else(self) -> impl Iterator<Item = Self> {
        let declared = self.declared_next();
        let others = Self::ALL.into_iter();
        let others = others.filter(move |other| *other != self && !declared.contains(other));
        declared.iter().copied().chain(others)
    }
}

impl FromStr for Language {
    type Err = Invalid;
    /// Accepts tags with regions, such as `zh-CN` or `en_GB`.
    fn from_str(raw: &str) -> Result<Self, Invalid> {
        let primary = raw.trim().split(['-', '_']).next().unwrap_or_default();
        let named = |lang: &Self| lang.tag().eq_ignore_ascii_case(primary);
        let found = Self::ALL.into_iter().chain(MADE_UP).find(named);
        found.ok_or_else(|| Invalid::new("language", "is not supported", raw, SUPPORTED))
    }
}

/// Text from the shop, with a version per language where the shop has one.
///
/// On the wire either a plain string or `{"zh": "…", "en": "…"}`. Always data: never an
/// instruction, never markup.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Text {
    /// One text, whatever language it is in.
    Plain(String),
    /// A text per language; at least one is present.
    PerLanguage(Translations),
    /// No text at all.
    #[default]
    Missing,
}

/// The same text in each language the shop wrote it in.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Translations(Vec<(Language, String)>);

impl Translations {
    /// The version in a language.
    #[must_use]
    pub fn get(&self, lang: Language) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == lang).map(|(_, text)| text.as_str())
    }

    /// Adds a version, or replaces it.
    pub fn insert(&mut self, lang: Language, text: impl Into<String>) {
        self.0.retain(|(known, _)| *known != lang);
        let at = self.0.partition_point(|(known, _)| *known < lang);
        self.0.insert(at, (lang, text.into()));
    }
}

impl FromIterator<(Language, String)> for Translations {
    fn from_iter<I: IntoIterator<Item = (Language, String)>>(versions: I) -> Self {
        let mut translations = Self::default();
        for (lang, text) in versions {
            translations.insert(lang, text);
        }
        translations
    }
}

impl Serialize for Translations {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(lang, text)| (lang, text)))
    }
}

impl<'de> Deserialize<'de> for Text {
    /// Reads a string, an object by language, or null. By hand, so that the error names the
    /// languages there are.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reading;
        impl<'de> Visitor<'de> for Reading {
            type Value = Text;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, or an object with a text for each language")
            }
            fn visit_str<E>(self, text: &str) -> Result<Text, E> {
                Ok(Text::Plain(text.to_owned()))
            }
            fn visit_string<E>(self, text: String) -> Result<Text, E> {
                Ok(Text::Plain(text))
            }
            fn visit_unit<E>(self) -> Result<Text, E> {
                Ok(Text::Missing)
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
                let mut translations = Translations::default();
                while let Some((lang, text)) = map.next_entry::<Language, Option<String>>()? {
                    if translations.get(lang).is_some() {
                        return Err(de::Error::duplicate_field(lang.tag()));
                    }
                    if let Some(text) = text {
                        translations.insert(lang, text);
                    }
                }
                Ok(Text::PerLanguage(translations))
            }
        }
        deserializer.deserialize_any(Reading)
    }
}

#[cfg(feature = "openapi")]
mod schema {
    use utoipa::openapi::{
        ObjectBuilder, RefOr, Type,
        schema::{AdditionalProperties, Schema, SchemaType},
    };

    use super::{Language, Translations};

    impl utoipa::PartialSchema for Language {
        fn schema() -> RefOr<Schema> {
            ObjectBuilder::new()
                .schema_type(Type::String)
                .enum_values(Some(Language::ALL.map(Language::tag)))
                .description(Some("A language a shopper can read."))
                .into()
        }
    }

    impl utoipa::ToSchema for Language {}

    impl utoipa::PartialSchema for Translations {
        fn schema() -> RefOr<Schema> {
            let mut object = ObjectBuilder::new()
                .description(Some("The same text in each language the shop wrote it in."))
                .additional_properties(Some(AdditionalProperties::FreeForm(false)));
            for lang in Language::ALL {
                let text = ObjectBuilder::new()
                    .schema_type(SchemaType::Array(vec![Type::String, Type::Null]))
                    .description(Some(lang.documented()));
                object = object.property(lang.tag(), text);
            }
            object.into()
        }
    }

    impl utoipa::ToSchema for Translations {}
}

impl Text {
    /// A text in Chinese and English.
    #[must_use]
    pub fn both(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::PerLanguage(Translations(vec![(Language::Zh, zh.into()), (Language::En, en.into())]))
    }

    /// Returns the text that `text_in` gives for each language there is.
    #[must_use]
    pub fn in_every(text_in: impl Fn(Language) -> String) -> Self {
        let languages = Language::ALL.into_iter().chain(MADE_UP);
        let texts = languages.map(|lang| (lang, text_in(lang)));
        Self::PerLanguage(texts.collect())
    }

    /// The text for a reader of `language`, or the next one's that there is in the order of
    /// [`Language::and_else`].
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::PerLanguage(t) => {
                let next = || language.and_else().find_map(|other| t.get(other));
                t.get(language).or_else(next).unwrap_or_default()
            }
            Self::Missing => "",
        }
    }

    /// True when no language has any text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.versions().all(|text| text.trim().is_empty())
    }

    /// Every version of the text, for indexing.
    pub fn versions(&self) -> impl Iterator<Item = &str> {
        let (plain, translated): (_, &[(Language, String)]) = match self {
            Self::Plain(text) => (Some(text.as_str()), &[]),
            Self::PerLanguage(t) => (None, &t.0),
            Self::Missing => (None, &[]),
        };
        plain.into_iter().chain(translated.iter().map(|(_, text)| text.as_str()))
    }

    /// Applies `change` to every version.
    #[must_use]
    pub fn map(self, change: impl Fn(&str) -> String) -> Self {
        match self {
            Self::Plain(text) => Self::Plain(change(&text)),
            Self::PerLanguage(t) => {
                let changed = t.0.iter().map(|(lang, text)| (*lang, change(text)));
                Self::PerLanguage(changed.collect())
            }
            Self::Missing => Self::Missing,
        }
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::Plain(text.to_owned())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::Plain(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_gets_their_language_or_the_only_one() {
        let both = Text::both("口红", "Lipstick");
        assert_eq!(both.in_language(Language::Zh), "口红");
        let only: Text = serde_json::from_str(r#"{"zh":"口红"}"#).unwrap();
        assert_eq!(only.in_language(Language::En), "口红");
        let plain: Text = serde_json::from_str(r#""Lipstick""#).unwrap();
        assert_eq!(plain, Text::from("Lipstick"));
    }

    #[test]
    fn language_tags_may_carry_a_region() {
        assert_eq!("zh-CN".parse::<Language>().unwrap(), Language::Zh);
        assert!("fr".parse::<Language>().is_err());
    }

    #[test]
    fn an_unknown_language_is_told_which_there_are() {
        let error = serde_json::from_str::<Text>(r#"{"fr":"Rouge"}"#).unwrap_err().to_string();
        let listed = Language::ALL.iter().all(|lang| error.contains(lang.tag()));
        assert!(listed && error.contains("fr"), "{error}");
        let error = "fr".parse::<Language>().unwrap_err();
        assert!(Language::ALL.iter().all(|lang| error.hint.contains(lang.tag())), "{error}");
    }

    #[test]
    fn texts_keep_their_wire_form() {
        for wire in
            [r#""Lipstick""#, r#"{"zh":"口红","en":"Lipstick"}"#, r#"{"en":"Lipstick"}"#, "null"]
        {
            let text: Text = serde_json::from_str(wire).unwrap();
            assert_eq!(serde_json::to_string(&text).unwrap(), wire);
        }
        let reversed: Text = serde_json::from_str(r#"{"en":"Lipstick","zh":"口红"}"#).unwrap();
        assert_eq!(reversed, Text::both("口红", "Lipstick"));
        let without: Text = serde_json::from_str(r#"{"en":null,"zh":"口红"}"#).unwrap();
        assert_eq!(without.versions().collect::<Vec<_>>(), ["口红"]);
    }
}
