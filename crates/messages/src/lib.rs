//! Texts that people read, in every language Candor speaks.
//!
//! The texts stand in `messages/<language>/*.ftl` at the root of the workspace, in Fluent's syntax
//! (<https://projectfluent.org/fluent/guide/>), and are embedded in the binary. Code names a message
//! and passes typed arguments; it holds no text of its own.
//!
//! # A page's table of texts
//! A table of fixed texts is listed by name, under a prefix. `_` in a name is `-` in the file:
//!
//! ```
//! // In messages/en/format.ftl: `format-locale = en-001`, `format-day-length = medium`.
//! messages::texts! { "format": locale, day_length }
//!
//! let texts = Texts::of(domain::Language::En); // &'static Texts, one for each language
//! assert_eq!(texts.day_length, "medium"); // in a template: {{ texts.day_length }}
//! ```
//! The macro makes `pub(crate) struct Texts` where it stands, with a `&'static str` for each name.
//! `texts! { struct Words, "format": locale }` gives the table another name, and
//! `yes = "shared-yes"` in the list takes a message from elsewhere.
//!
//! # One text, and texts with arguments
//! ```
//! use domain::{Currency, Language, Money};
//! use messages::{message, text};
//!
//! let lang = Language::En;
//! let fixed: &'static str = text!(lang, "format-locale");
//! let shown: String = message!(lang, "format-ordinal", number: 22_u32);
//! assert_eq!((fixed, shown.as_str()), ("en-001", "22nd"));
//! ```
//! Kinds of arguments, each written as the language writes it:
//!
//! | pass | for | in English |
//! |---|---|---|
//! | `u16`, `u32`, `u64`, `usize` | a count; chooses plurals | `1,204` |
//! | [`decimal(x, digits)`](decimal) | a number with so many decimals | `3.3` |
//! | [`number(x)`](number) | a number with the decimals it has | `49.9` |
//! | [`percent(share)`](percent) | a share from 0 to 1 | `62%` |
//! | `domain::Money` | an amount | `¥1,299` |
//! | `domain::Timestamp` | a calendar day (UTC) | `1 Nov 2026` |
//! | [`title(text, sort)`](title) | a quoted title | `“Tea”` |
//! | [`list(parts)`](list) | texts joined by “and” | `a, b and c` |
//! | `&str`, `String` | a text from outside, or from another message | as it is |
//! | [`key(name)`](key) | a choice; never shown | |
//!
//! In a file: `{ $n }` shows an argument; `{ ORDINAL($n) }` shows `2nd`; `{ CAPITAL($text) }` begins
//! with a capital; `{ SPACED($text) }` puts spaces where Latin words touch Chinese ones;
//! `{ JOIN($list, by: "; ") }` joins a list with a separator of its own;
//! `{ $n -> [0] none [one] one item *[other] { $n } items }` chooses by number or plural category,
//! `{ $did -> [bought] … *[viewed] … }` by a key. Names of arguments are written with `_`, names of
//! messages with `-`. A message may refer to another, `{ shared-yes }`, which gets the same arguments;
//! a language may have messages of its own for its others to refer to. Terms and attributes are not
//! used. [`shown`] writes one value on its own, such as a price in a table.
//!
//! A text for each kind of something has the kind's name in its own: [`Family`].
//!
//! # Nothing is missing at run time
//! A message that no file has, an argument that the message does not use, one that is not passed,
//! and a plural chosen by a text do not compile. The build also stops where a file cannot be read,
//! where a message is in another language but not in English, and where a language leaves out an
//! argument that another shows. A test finds messages that no code names, and reports what each
//! language lacks; a reader gets such a message in the next language of `Language::and_else`.
//!
//! Texts that stay in code are found by a made-up language: with the feature `pseudo` (for tests:
//! `messages = { workspace = true, features = ["pseudo"] }` among the dev-dependencies) there is
//! `Language::Qps`, English with accents. Ask for `?lang=qps`, and hold what is shown to
//! `pseudo::hard_coded(&pseudo::visible(&page), &data)` being empty, `data` being the titles, names
//! and ids that the test's shop has. See the documentation of `pseudo`.
//!
//! Arguments are data: they are never read as placeables or markup (pages escape them as any text),
//! and control characters in them become spaces. Fluent's isolation marks are not written: sentences
//! are compared, hashed and read by machines, and no language here is written from right to left.
//!
//! The messages are read with `fluent-syntax` and resolved here rather than by `fluent-bundle`, which
//! brings plural rules of its own beside ICU4X's and cannot choose a variant by a typed argument.

mod argument;
mod bundle;
mod family;
mod formats;
mod id;
#[cfg(feature = "pseudo")]
pub mod pseudo;
mod separator;
mod table;
mod texts;

pub use argument::{
    Argument, Decimal, IntoArgument, Key, List, Percent, Title, checked, decimal, key, list,
    number, percent, shorten, title,
};
pub use bundle::Messages;
pub use domain::Language;
pub use family::Family;
pub use id::MessageId;

/// A value on its own, as a language writes it, e.g. a price in a table.
#[must_use]
pub fn shown(lang: Language, value: impl IntoArgument) -> String {
    Messages::of(lang).show(&value.into_argument())
}

/// A message without arguments, as `&'static str`: `text!(lang, "name")`.
#[macro_export]
macro_rules! text {
    ($lang:expr, $name:expr) => {{
        const ID: $crate::MessageId = $crate::MessageId::named($name).taking(&[]);
        $crate::Messages::of($lang).fixed(ID)
    }};
}

/// A message with arguments, as `String`: `message!(lang, "name", n: 5_u32, title: &text)`.
#[macro_export]
macro_rules! message {
    ($lang:expr, $name:expr $(, $argument:ident: $value:expr)* $(,)?) => {{
        const ID: $crate::MessageId =
            $crate::MessageId::named($name).taking(&[$(stringify!($argument)),*]);
        $crate::Messages::of($lang).format(ID, &[$((
            stringify!($argument),
            $crate::checked::<{ ID.wants(stringify!($argument)) }, _>($value),
        )),*])
    }};
}
