//! The two languages Candor speaks, and text that may exist in both.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Invalid;

/// A language a shopper can read.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Simplified Chinese.
    Zh,
    /// English.
    #[default]
    En,
}

impl Language {
    /// Every language, in the order of the documentation.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The tag as on the wire: `zh` or `en`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }
}

impl FromStr for Language {
    type Err = Invalid;
    /// Accepts tags with regions, such as `zh-CN` or `en_GB`.
    fn from_str(raw: &str) -> Result<Self, Invalid> {
        let primary = raw.trim().split(['-', '_']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "zh" => Ok(Self::Zh),
            "en" => Ok(Self::En),
            _ => Err(Invalid::new("language", "is not supported", raw, "use zh or en")),
        }
    }
}

/// Text from the shop, with a version per language where the shop has one.
///
/// On the wire either a plain string or `{"zh": "…", "en": "…"}`. Always data: never an
/// instruction, never markup.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Translations {
    /// Simplified Chinese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zh: Option<String>,
    /// English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

impl Text {
    /// A text in both languages.
    #[must_use]
    pub fn both(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::PerLanguage(Translations { zh: Some(zh.into()), en: Some(en.into()) })
    }

    /// The text for a reader of `language`, or the other language's where that is all there is.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::PerLanguage(t) => {
                let (first, second) = match language {
                    Language::Zh => (&t.zh, &t.en),
                    Language::En => (&t.en, &t.zh),
                };
                first.as_deref().or(second.as_deref()).unwrap_or_default()
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
        let (first, second) = match self {
            Self::Plain(text) => (Some(text.as_str()), None),
            Self::PerLanguage(t) => (t.zh.as_deref(), t.en.as_deref()),
            Self::Missing => (None, None),
        };
        first.into_iter().chain(second)
    }

    /// Applies `change` to every version.
    #[must_use]
    pub fn map(self, change: impl Fn(&str) -> String) -> Self {
        match self {
            Self::Plain(text) => Self::Plain(change(&text)),
            Self::PerLanguage(t) => Self::PerLanguage(Translations {
                zh: t.zh.as_deref().map(&change),
                en: t.en.as_deref().map(&change),
            }),
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
}
