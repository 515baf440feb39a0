//! The messages of one language, parsed once, and how a message becomes a text.

use std::{borrow::Cow, collections::HashMap, sync::OnceLock};

use domain::Language;
use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey,
};

use crate::{
    Argument, MessageId,
    argument::{harmless, shorten},
    formats::Formats,
    separator::separator,
    table::FILES,
};

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

/// Writes one message in its language.
struct Writer<'w> {
    host: &'static Messages,
    arguments: &'w [(&'w str, Argument)],
    text: &'w mut String,
    /// Whether a space is due before the next letter or digit.
    is_gap_due: bool,
}

impl Writer<'_> {
    fn push(&mut self, text: &str) {
        let Some(first) = text.chars().next() else { return };
        if std::mem::take(&mut self.is_gap_due) && first.is_alphanumeric() {
            self.text.push(' ');
        }
        self.text.push_str(text);
    }

    /// A text whose Latin letters and digits stand apart from letters around it: ` Teaware `, but
    /// `茶具`, and no space before a comma.
    fn push_spaced(&mut self, text: &str) {
        let is_latin = |end: Option<char>| end.is_some_and(|c| c.is_ascii_graphic());
        let follows_letter = self.text.chars().next_back().is_some_and(char::is_alphanumeric);
        self.is_gap_due |= follows_letter && is_latin(text.chars().next());
        self.push(text);
        self.is_gap_due = is_latin(text.chars().next_back());
    }

    fn message(&mut self, id: MessageId) {
        match &self.host.patterns[id.index()] {
            Some(pattern) => self.pattern(pattern),
            // A message that refers to one its own language lacks.
            None => self.push(&self.host.written(id, self.arguments)),
        }
    }

    fn pattern(&mut self, pattern: &'static Pattern<&'static str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => {
                    self.push(&as_shown(self.host.lang, value));
                }
                PatternElement::Placeable { expression } => self.expression(expression),
            }
        }
    }

    fn expression(&mut self, expression: &'static Expression<&'static str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                let chosen = self.chosen(selector, variants);
                self.pattern(&chosen.value);
            }
        }
    }

    fn inline(&mut self, inline: &'static InlineExpression<&'static str>) {
        match inline {
            InlineExpression::StringLiteral { value } => {
                let read = fluent_syntax::unicode::unescape_unicode_to_string(value);
                self.push(&read);
            }
            InlineExpression::NumberLiteral { value } => self.push(value),
            InlineExpression::VariableReference { id } => {
                let shown = self.argument(id.name).map(|argument| self.host.show(argument));
                self.push(&shown.unwrap_or_default());
            }
            InlineExpression::FunctionReference { id, arguments } => {
                let passed = arguments.positional.first().and_then(variable);
                let Some(argument) = passed.and_then(|name| self.argument(name)) else { return };
                let shown = match id.name {
                    "ORDINAL" => self.host.ordinal(argument),
                    "CAPITAL" => capital(&self.host.show(argument)),
                    "SPACED" => return self.push_spaced(&self.host.show(argument)),
                    "JOIN" => joined(argument, separator(arguments).unwrap_or_default()),
                    _ => separated(&self.host.show(argument)),
                };
                self.push(&shown);
            }
            InlineExpression::MessageReference { id, .. } => {
                if let Some(helper) = self.host.helpers.get(id.name) {
                    self.pattern(helper);
                } else if let Some(id) = MessageId::find(id.name) {
                    self.message(id);
                }
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::TermReference { .. } => {}
        }
    }

    fn argument(&self, name: &str) -> Option<&Argument> {
        self.arguments.iter().find(|(known, _)| *known == name).map(|(_, argument)| argument)
    }

    /// The variant for a value: by name, by exact number, by plural category, else the default.
    fn chosen<'m>(
        &self,
        selector: &'m InlineExpression<&'static str>,
        variants: &'m [Variant<&'static str>],
    ) -> &'m Variant<&'static str> {
        let (name, is_ordinal) = match selector {
            InlineExpression::FunctionReference { arguments, .. } => {
                (arguments.positional.first().and_then(variable), true)
            }
            other => (variable(other), false),
        };
        let value = name.and_then(|name| self.argument(name));
        let by_name = |wanted: &str| {
            variants
                .iter()
                .find(|v| matches!(v.key, VariantKey::Identifier { name } if name == wanted))
        };
        let by_number = |wanted: &str| {
            variants
                .iter()
                .find(|v| matches!(v.key, VariantKey::NumberLiteral { value } if value == wanted))
        };
        let found = match value {
            Some(Argument::Key(key)) => by_name(key),
            Some(Argument::Count(_) | Argument::Decimal(..)) => {
                let plain = value.map(plain).unwrap_or_default();
                let formats = &self.host.formats;
                let category =
                    if is_ordinal { formats.ordinal(&plain) } else { formats.cardinal(&plain) };
                by_number(&plain).or_else(|| by_name(category))
            }
            _ => None,
        };
        let default = || variants.iter().find(|variant| variant.default);
        found.or_else(default).expect("the parser wants a default among the variants")
    }
}

impl Messages {
    /// A value as this language writes it, on its own.
    #[must_use]
    pub fn show(&self, argument: &Argument) -> String {
        match argument {
            Argument::Count(_) | Argument::Decimal(..) => self.formats.number(&plain(argument)),
            Argument::Percent(share) => {
                let number = self.formats.number(&whole_percent(*share));
                let id = const { MessageId::named("format-percent").taking(&["number"]) };
                self.written(id, &[("number", Argument::Text(number))])
            }
            Argument::Money(amount) => {
                let decimal = amount.decimal();
                let decimal = match decimal.split_once('.') {
                    Some((whole, cents)) if cents.bytes().all(|digit| digit == b'0') => whole,
                    _ => &decimal,
                };
                let currency = amount.currency.code().to_owned();
                let passed = [
                    ("amount", Argument::Text(self.formats.number(decimal))),
                    ("currency", Argument::Key(Cow::Owned(currency))),
                ];
                let id = const { MessageId::named("format-money").taking(&["amount", "currency"]) };
                self.written(id, &passed)
            }
            Argument::Date(at) => {
                let day = as_shown(self.lang, &self.formats.day(*at)).into_owned();
                let day = Argument::Text(day);
                let id = const { MessageId::named("format-day").taking(&["day"]) };
                self.written(id, &[("day", day)])
            }
            Argument::Title { text, sort } => {
                let (open, close) = self.marks(sort);
                let bare = text.strip_prefix(&*open).and_then(|rest| rest.strip_suffix(&*close));
                format!("{open}{}{close}", shorten(&harmless(bare.unwrap_or(text))))
            }
            Argument::List(parts) => {
                let parts: Vec<String> =
                    parts.iter().map(|part| harmless(part).into_owned()).collect();
                self.list(&parts)
            }
            Argument::Text(text) => harmless(text).into_owned(),
            Argument::Key(name) => name.to_string(),
        }
    }

    /// Texts joined as by “and”. The parts may be data, so that only what stands between them is a
    /// text of the language.
    fn list(&self, parts: &[String]) -> String {
        if !is_made_up(self.lang) {
            return self.formats.list(parts);
        }
        const FIRST: u32 = 0xe000;
        let mark = |at: usize| char::from_u32(FIRST + at as u32).unwrap_or('?').to_string();
        let marks: Vec<String> = (0..parts.len()).map(mark).collect();
        let joined = as_shown(self.lang, &self.formats.list(&marks)).into_owned();
        marks.iter().zip(parts).fold(joined, |joined, (mark, part)| joined.replace(mark, part))
    }

    fn ordinal(&self, number: &Argument) -> String {
        let id = const { MessageId::named("format-ordinal").taking(&["number"]) };
        self.written(id, &[("number", number.clone())])
    }
}

fn variable<'m>(expression: &'m InlineExpression<&'static str>) -> Option<&'m str> {
    match expression {
        InlineExpression::VariableReference { id } => Some(id.name),
        _ => None,
    }
}

/// A number in plain ASCII digits, by which variants are chosen.
fn plain(number: &Argument) -> String {
    match number {
        Argument::Count(n) => n.to_string(),
        Argument::Decimal(value, digits) => format!("{value:.*}", usize::from(*digits)),
        _ => String::new(),
    }
}

/// A share in whole hundredths; never 0 or 100 where it is neither.
fn whole_percent(share: f64) -> String {
    let percent = (share * 100.0).round();
    if percent <= 0.0 && share > 0.0 {
        "1".to_owned()
    } else if percent >= 100.0 && share < 1.0 {
        "99".to_owned()
    } else {
        format!("{percent:.0}")
    }
}

/// With its first letter as at the start of a sentence.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The texts of a list with a separator of the message's own between them.
fn joined(list: &Argument, separator: &str) -> String {
    let Argument::List(parts) = list else { return String::new() };
    let parts: Vec<Cow<'_, str>> = parts.iter().map(|part| harmless(part)).collect();
    parts.join(separator)
}

/// With a space between Latin letters or digits and other characters: `2026 年`.
fn separated(text: &str) -> String {
    let mut apart = String::with_capacity(text.len());
    let mut before: Option<char> = None;
    for c in text.chars() {
        let is_edge =
            before.is_some_and(|b| b.is_ascii_alphanumeric() != c.is_ascii_alphanumeric());
        let is_open = before.is_some_and(char::is_whitespace) || c.is_whitespace();
        if is_edge && !is_open {
            apart.push(' ');
        }
        apart.push(c);
        before = Some(c);
    }
    apart
}
