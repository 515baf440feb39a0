//! Typed values that messages are given.

use std::borrow::Cow;

use domain::{Money, Timestamp};

/// A value for a place in a message. Each kind is written as the language of the message writes
/// it, wherever it stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument {
    /// A whole number, with separators of thousands: `1,204`.
    Count(u64),
    /// A number with so many digits after the point.
    Decimal(f64, u8),
    /// A share from 0 to 1 as a whole percentage; never 0 % or 100 % for a share that is neither.
    Percent(f64),
    /// An amount with its currency.
    Money(Money),
    /// A calendar day (UTC).
    Date(Timestamp),
    /// A title in the quotation marks of its sort of work.
    Title {
        /// The title; shown shortened.
        text: String,
        /// The sort, a name that the message `format-title` knows.
        sort: &'static str,
    },
    /// Texts joined as by “and”.
    List(Vec<String>),
    /// A text from outside, or from another message. It is data: nothing in it is read as a
    /// placeable, and control characters are taken out.
    Text(String),
    /// A name that chooses a variant. It is never shown.
    Key(Cow<'static, str>),
}

impl Argument {
    /// The uses that this value fits, as [`IntoArgument::FITS`] says of its kind.
    pub(crate) fn fits(&self) -> u8 {
        match self {
            Self::Count(_) | Self::Decimal(..) => 3,
            Self::Percent(_) | Self::Money(_) | Self::Date(_) => 1,
            Self::Title { .. } | Self::Text(_) => 9,
            Self::List(_) => 25,
            Self::Key(_) => 4,
        }
    }
}

/// A number with so many digits after the point.
#[must_use]
pub fn decimal(value: f64, digits: u8) -> Decimal {
    Decimal(value, digits)
}

/// A share from 0 to 1 as a whole percentage.
#[must_use]
pub fn percent(share: f64) -> Percent {
    Percent(share)
}

/// A number with the digits that it has, e.g. a bound that somebody wrote.
#[must_use]
pub fn number(value: f64) -> Decimal {
    let digits = value.to_string().split_once('.').map_or(0, |(_, digits)| digits.len());
    Decimal(value, digits.min(usize::from(u8::MAX)) as u8)
}

/// A name that chooses a variant, e.g. the wire name of an enum's variant.
#[must_use]
pub fn key(name: impl Into<Cow<'static, str>>) -> Key {
    Key(name.into())
}

/// Texts joined as by “and”.
#[must_use]
pub fn list(parts: Vec<String>) -> List {
    List(parts)
}

/// A title in quotation marks.
#[must_use]
pub fn title(text: impl Into<String>, sort: &'static str) -> Title {
    Title(text.into(), sort)
}

/// See [`decimal`] and [`number`].
#[derive(Debug, Clone, Copy)]
pub struct Decimal(f64, u8);
/// See [`percent`].
#[derive(Debug, Clone, Copy)]
pub struct Percent(f64);
/// See [`key`].
#[derive(Debug, Clone)]
pub struct Key(Cow<'static, str>);
/// See [`list`].
#[derive(Debug, Clone)]
pub struct List(Vec<String>);
/// See [`title`].
#[derive(Debug, Clone)]
pub struct Title(String, &'static str);

/// A value that can stand in a message, and for which uses it is fit.
pub trait IntoArgument {
    /// The uses that fit, as bits: shown 1, counted 2, named 4, changed as words are 8,
    /// joined 16.
    const FITS: u8;
    /// The argument.
    fn into_argument(self) -> Argument;
}

/// Makes an argument of a value. Does not compile where the message needs another kind, e.g.
/// chooses a plural by a text.
#[must_use]
pub fn checked<const WANTED: u8, T: IntoArgument>(value: T) -> Argument {
    const {
        assert!(
            WANTED & !T::FITS == 0,
            "the message uses this argument in a way it is not fit for"
        );
    }
    value.into_argument()
}

macro_rules! arguments {
    ($($kind:ty: $fits:literal, |$value:ident| $made:expr;)+) => {
        $(impl IntoArgument for $kind {
            const FITS: u8 = $fits;
            fn into_argument(self) -> Argument {
                let $value = self;
                $made
            }
        })+
    };
}

arguments! {
    u16: 3, |n| Argument::Count(u64::from(n));
    u32: 3, |n| Argument::Count(u64::from(n));
    u64: 3, |n| Argument::Count(n);
    usize: 3, |n| Argument::Count(n as u64);
    Decimal: 3, |number| Argument::Decimal(number.0, number.1);
    Percent: 1, |share| Argument::Percent(share.0);
    Money: 1, |amount| Argument::Money(amount);
    Timestamp: 1, |day| Argument::Date(day);
    Title: 9, |title| Argument::Title { text: title.0, sort: title.1 };
    List: 25, |list| Argument::List(list.0);
    Key: 4, |key| Argument::Key(key.0);
    String: 9, |text| Argument::Text(text);
    &String: 9, |text| Argument::Text(text.clone());
    &str: 9, |text| Argument::Text(text.to_owned());
}

/// Longest title or value quoted in a sentence, in characters.
const MOST_CHARS: usize = 60;

/// A text as it is, or its first 59 characters and “…” where it is longer than 60.
#[must_use]
pub fn shorten(text: &str) -> String {
    if text.chars().count() <= MOST_CHARS {
        return text.to_owned();
    }
    let head: String = text.chars().take(MOST_CHARS - 1).collect();
    format!("{}…", head.trim_end())
}

/// Text from outside without what would change how its surroundings are read: line breaks and
/// other controls become spaces, and marks that turn the direction of writing go.
pub(crate) fn harmless(text: &str) -> Cow<'_, str> {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if !text.contains(|c: char| c.is_control() || turns(c)) {
        return Cow::Borrowed(text);
    }
    let kept = text.chars().filter(|c| !turns(*c));
    Cow::Owned(kept.map(|c| if c.is_control() { ' ' } else { c }).collect())
}
