//! The messages of one language, parsed once. Its children write a message and the values in it.

mod values;
mod writer;

use std::{borrow::Cow, collections::HashMap, sync::OnceLock};

use domain::Language;
use fluent_syntax::ast::{Entry, Pattern, PatternElement};

use crate::{Argument, MessageId, formats::Formats, table::FILES};
use writer::Writer;

/// The messages of one language.
#[derive(Debug)]
pub struct Messages {
    lang: Language,
    /// By number of the message; missing where the language's files do not have it.
    patterns: Vec<Option<Pattern<&'static str>>>,
    /// Messages of this language alone, which only its other messages refer to.
    helpers: HashMap<&'static str, Pattern<&'static str>>,
    /// The texts of messages without arguments, made when first asked for.
    fixed: Vec<OnceLock<String>>,
    formats: Formats,
}

impl Messages {
    /// The messages of a language, read when first asked for.
    #[must_use]
    pub fn of(lang: Language) -> &'static Self {
        static LOADED: [OnceLock<Messages>; Language::COUNT] =
            [const { OnceLock::new() }; Language::COUNT];
        LOADED[lang.index()].get_or_init(|| Self::read(lang))
    }

    fn read(lang: Language) -> Self {
        let mut patterns = vec![None; MessageId::all().len()];
        let mut helpers = HashMap::new();
        let source = if is_made_up(lang) { Language::En } else { lang };
        let of_tag = FILES.iter().find(|(tag, _)| *tag == source.tag());
        for file in of_tag.iter().flat_map(|(_, files)| files.iter().copied()) {
            let resource = fluent_syntax::parser::parse_runtime(file);
            let resource = resource.expect("the build reads every message file");
            for entry in resource.body {
                if let Entry::Message(message) = entry {
                    match (MessageId::find(message.id.name), message.value) {
                        (Some(id), value) => patterns[id.index()] = value,
                        (None, Some(value)) => {
                            helpers.insert(message.id.name, value);
                        }
                        (None, None) => {}
                    }
                }
            }
        }
        let setting = |id: MessageId, else_: &'static str| {
            let text = patterns[id.index()].as_ref().and_then(only_text);
            text.unwrap_or(else_)
        };
        let locale = setting(const { MessageId::named("format-locale") }, lang.tag());
        let day_length = setting(const { MessageId::named("format-day-length") }, "medium");
        let formats = Formats::of(locale, day_length);
        let fixed = patterns.iter().map(|_| OnceLock::new()).collect();
        Self { lang, patterns, helpers, fixed, formats }
    }

    /// The language of the reader.
    #[must_use]
    pub fn lang(&self) -> Language {
        self.lang
    }

    /// The language whose files write a message for this reader: their own, or the next one that
    /// has it in the order that [`Language::and_else`] declares.
    #[must_use]
    pub fn written_in(&self, id: MessageId) -> Language {
        let has = |lang: &Language| Self::of(*lang).patterns[id.index()].is_some();
        if self.patterns[id.index()].is_some() {
            return self.lang;
        }
        self.lang.and_else().find(has).expect("English has every message")
    }

    /// A message without arguments. Called by [`text!`](crate::text), which checks that it has
    /// none.
    #[must_use]
    pub fn fixed(&'static self, id: MessageId) -> &'static str {
        self.fixed[id.index()].get_or_init(|| self.format(id, &[]))
    }

    /// A message with its arguments. Called by [`message!`](crate::message), which checks them.
    #[must_use]
    pub fn format(&self, id: MessageId, arguments: &[(&str, Argument)]) -> String {
        if is_made_up(self.lang) && id.name().ends_with("-tag") {
            // The tag of a language is no word; pages are marked with it.
            return self.lang.tag().to_owned();
        }
        let written = self.written(id, arguments);
        let is_marked = is_made_up(self.lang) && written.contains(char::is_alphabetic);
        if is_marked { format!("⟦{written}⟧") } else { written }
    }

    fn written(&self, id: MessageId, arguments: &[(&str, Argument)]) -> String {
        let host = Self::of(self.written_in(id));
        let mut written = String::new();
        Writer { host, arguments, text: &mut written, is_gap_due: false }.message(id);
        written
    }

    /// Text around a title of a sort, so that marks it already has are not doubled.
    fn marks(&self, sort: &'static str) -> (String, String) {
        const BETWEEN: char = '\u{fffc}';
        let empty = [
            ("title", Argument::Text(BETWEEN.to_string())),
            ("sort", Argument::Key(Cow::Borrowed(sort))),
        ];
        let marked = self.written(const { MessageId::named("format-title") }, &empty);
        let (open, close) = marked.split_once(BETWEEN).unwrap_or_default();
        (open.to_owned(), close.to_owned())
    }
}

/// Whether a language is the tests' made-up one.
fn is_made_up(lang: Language) -> bool {
    !Language::ALL.contains(&lang)
}

/// A text of a message file as it is shown: accented in the tests' made-up language.
fn as_shown(lang: Language, text: &str) -> Cow<'_, str> {
    #[cfg(feature = "pseudo")]
    if is_made_up(lang) {
        return Cow::Owned(crate::pseudo::accented(text));
    }
    let _ = lang;
    Cow::Borrowed(text)
}

/// The text of a pattern that is nothing else.
fn only_text(pattern: &Pattern<&'static str>) -> Option<&'static str> {
    match pattern.elements.as_slice() {
        [PatternElement::TextElement { value }] => Some(value),
        _ => None,
    }
}
