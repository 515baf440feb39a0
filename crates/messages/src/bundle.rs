//! The messages of one language, parsed once, and how a message becomes a text.

use std::{borrow::Cow, sync::OnceLock};

use domain::Language;
use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey,
};

use crate::{Argument, MessageId, argument::harmless, formats::Formats, table::FILES};

/// The messages of one language.
#[derive(Debug)]
pub struct Messages {
    lang: Language,
    /// By number of the message; missing where the language's files do not have it.
    patterns: Vec<Option<Pattern<&'static str>>>,
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
        let of_tag = FILES.iter().find(|(tag, _)| *tag == lang.tag());
        for file in of_tag.iter().flat_map(|(_, files)| files.iter().copied()) {
            let resource = fluent_syntax::parser::parse_runtime(file);
            let resource = resource.expect("the build reads every message file");
            for entry in resource.body {
                if let Entry::Message(message) = entry {
                    let id = MessageId::find(message.id.name).expect("the build lists every one");
                    patterns[id.index()] = message.value;
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
        Self { lang, patterns, fixed, formats }
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
        let host = Self::of(self.written_in(id));
        let mut written = String::new();
        Writer { host, arguments, text: &mut written }.message(id);
        written
    }

    /// Texts one after another, without an “and” before the last: `a, b, c`.
    #[must_use]
    pub fn enumeration(&self, parts: &[String]) -> String {
        let id = const { MessageId::named("format-enumeration").taking(&["parts", "part"]) };
        let more = |parts: String, part: &String| {
            let passed = [("parts", Argument::Text(parts)), ("part", Argument::Text(part.clone()))];
            self.format(id, &passed)
        };
        let (first, rest) = parts
            .split_first()
            .map_or((String::new(), parts), |(first, rest)| (harmless(first).into_owned(), rest));
        rest.iter().fold(first, more)
    }

    /// Text around a title of a sort, so that marks it already has are not doubled.
    fn marks(&self, sort: &'static str) -> (String, String) {
        const BETWEEN: char = '\u{fffc}';
        let empty = [
            ("title", Argument::Text(BETWEEN.to_string())),
            ("sort", Argument::Key(Cow::Borrowed(sort))),
        ];
        let marked = self.format(const { MessageId::named("format-title") }, &empty);
        let (open, close) = marked.split_once(BETWEEN).unwrap_or_default();
        (open.to_owned(), close.to_owned())
    }
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
}

impl Writer<'_> {
    fn message(&mut self, id: MessageId) {
        match &self.host.patterns[id.index()] {
            Some(pattern) => self.pattern(pattern),
            // A message that refers to one its own language lacks.
            None => self.text.push_str(&self.host.format(id, self.arguments)),
        }
    }

    fn pattern(&mut self, pattern: &'static Pattern<&'static str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.text.push_str(value),
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
                self.text.push_str(&read);
            }
            InlineExpression::NumberLiteral { value } => self.text.push_str(value),
            InlineExpression::VariableReference { id } => {
                let shown = self.argument(id.name).map(|argument| self.host.show(argument));
                self.text.push_str(&shown.unwrap_or_default());
            }
            InlineExpression::FunctionReference { id, arguments } => {
                let passed = arguments.positional.first().and_then(variable);
                let Some(argument) = passed.and_then(|name| self.argument(name)) else { return };
                let shown = match id.name {
                    "ORDINAL" => self.host.ordinal(argument),
                    "CAPITAL" => capital(&self.host.show(argument)),
                    "SPACED" => spaced(&self.host.show(argument)),
                    _ => separated(&self.host.show(argument)),
                };
                self.text.push_str(&shown);
            }
            InlineExpression::MessageReference { id, .. } => {
                if let Some(id) = MessageId::find(id.name) {
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
                self.format(id, &[("number", Argument::Text(number))])
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
                self.format(id, &passed)
            }
            Argument::Date(at) => {
                let day = Argument::Text(self.formats.day(*at));
                let id = const { MessageId::named("format-day").taking(&["day"]) };
                self.format(id, &[("day", day)])
            }
            Argument::Title { text, sort } => {
                let (open, close) = self.marks(sort);
                let bare = text.strip_prefix(&*open).and_then(|rest| rest.strip_suffix(&*close));
                format!("{open}{}{close}", harmless(bare.unwrap_or(text)))
            }
            Argument::List(parts) => {
                let parts: Vec<String> =
                    parts.iter().map(|part| harmless(part).into_owned()).collect();
                self.formats.list(&parts)
            }
            Argument::Text(text) => harmless(text).into_owned(),
            Argument::Key(name) => name.to_string(),
        }
    }

    fn ordinal(&self, number: &Argument) -> String {
        let id = const { MessageId::named("format-ordinal").taking(&["number"]) };
        self.format(id, &[("number", number.clone())])
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

/// With a space at each end that is a Latin letter or digit, as Latin words stand apart from
/// Chinese ones: ` Teaware `, but `茶具`.
fn spaced(text: &str) -> String {
    let gap = |end: Option<char>| if end.is_some_and(|c| c.is_ascii_graphic()) { " " } else { "" };
    format!("{}{text}{}", gap(text.chars().next()), gap(text.chars().next_back()))
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
