//! Writes one message: its text, its arguments, the variants it chooses and the messages it refers
//! to.

use std::borrow::Cow;

use fluent_syntax::ast::{
    Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey,
};

use super::{Messages, as_shown, values::plain};
use crate::{Argument, MessageId, argument::harmless, separator::separator};

/// Writes one message in its language.
pub(super) struct Writer<'w> {
    pub(super) host: &'static Messages,
    pub(super) arguments: &'w [(&'w str, Argument)],
    pub(super) text: &'w mut String,
    /// Whether a space is due before the next letter or digit.
    pub(super) is_gap_due: bool,
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

    pub(super) fn message(&mut self, id: MessageId) {
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

fn variable<'m>(expression: &'m InlineExpression<&'static str>) -> Option<&'m str> {
    match expression {
        InlineExpression::VariableReference { id } => Some(id.name),
        _ => None,
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
