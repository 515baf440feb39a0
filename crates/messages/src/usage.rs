//! How a message uses its arguments, read off its syntax tree. The build checks calls and languages
//! against it.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{
    CallArguments, Expression, InlineExpression, Message, Pattern, PatternElement, VariantKey,
};

/// What an argument is used for. Each use narrows the kinds of values that fit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Usage(u8);

impl Usage {
    /// Stands in the text.
    const SHOWN: Self = Self(1);
    /// Chooses a variant by number or plural category.
    const COUNTED: Self = Self(2);
    /// Chooses a variant by name.
    const NAMED: Self = Self(4);
    /// Stands in the text, changed as words are, e.g. `CAPITAL($title)`.
    const WORDS: Self = Self(8);

    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) fn is_shown(self) -> bool {
        self.0 & (Self::SHOWN.0 | Self::WORDS.0) != 0
    }

    pub(crate) fn bits(self) -> u8 {
        self.0
    }
}

/// The arguments that a message uses itself, and the messages it refers to.
#[derive(Debug, Default)]
pub(crate) struct Used {
    pub(crate) arguments: BTreeMap<String, Usage>,
    pub(crate) references: BTreeSet<String>,
}

/// Reads a message.
///
/// # Errors
/// A sentence that says which form is not supported, and which to use instead.
pub(crate) fn of_message(message: &Message<&str>) -> Result<Used, String> {
    if message.id.name.contains('_') {
        return Err("write - for _ in the names of messages".to_owned());
    }
    if !message.attributes.is_empty() {
        return Err("write a message of its own for each attribute".to_owned());
    }
    let pattern = message.value.as_ref().ok_or("has no text")?;
    let mut used = Used::default();
    used.pattern(pattern)?;
    if used.arguments.keys().any(|name| name.contains('-')) {
        return Err("write _ for - in the names of arguments".to_owned());
    }
    Ok(used)
}

impl Used {
    fn add(&mut self, name: &str, usage: Usage) {
        let known = self.arguments.entry(name.to_owned()).or_default();
        *known = known.and(usage);
    }

    fn pattern(&mut self, pattern: &Pattern<&str>) -> Result<(), String> {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.expression(expression)?;
            }
        }
        Ok(())
    }

    fn expression(&mut self, expression: &Expression<&str>) -> Result<(), String> {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                let n_counted = variants.iter().filter(|variant| is_plural(&variant.key)).count();
                let is_counted = n_counted == variants.len();
                let has_number = |v: &_| matches!(v, &&VariantKey::NumberLiteral { .. });
                if !is_counted && variants.iter().map(|v| &v.key).any(|key| has_number(&key)) {
                    return Err("mixes numbers with names in one choice".to_owned());
                }
                self.selector(selector, is_counted)?;
                variants.iter().try_for_each(|variant| self.pattern(&variant.value))
            }
        }
    }

    fn selector(
        &mut self,
        selector: &InlineExpression<&str>,
        is_counted: bool,
    ) -> Result<(), String> {
        match selector {
            InlineExpression::VariableReference { id } => {
                self.add(id.name, if is_counted { Usage::COUNTED } else { Usage::NAMED });
            }
            InlineExpression::FunctionReference { id, arguments }
                if id.name == "NUMBER" && is_counted && is_ordinal(arguments) =>
            {
                self.add(only(arguments)?, Usage::COUNTED);
            }
            _ => {
                return Err("choose by $argument or NUMBER($n, type: \"ordinal\")".to_owned());
            }
        }
        Ok(())
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) -> Result<(), String> {
        match inline {
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
            InlineExpression::VariableReference { id } => self.add(id.name, Usage::SHOWN),
            InlineExpression::MessageReference { id, attribute: None } => {
                self.references.insert(id.name.to_owned());
            }
            InlineExpression::FunctionReference { id, arguments } => match id.name {
                "ORDINAL" => self.add(only(arguments)?, Usage::SHOWN.and(Usage::COUNTED)),
                "CAPITAL" | "SPACED" | "SEPARATED" => self.add(only(arguments)?, Usage::WORDS),
                other => {
                    return Err(format!(
                        "{other} is none of ORDINAL, CAPITAL, SPACED and SEPARATED"
                    ));
                }
            },
            InlineExpression::Placeable { expression } => self.expression(expression)?,
            InlineExpression::MessageReference { .. } | InlineExpression::TermReference { .. } => {
                return Err("refer to a message, not to a term or an attribute".to_owned());
            }
        }
        Ok(())
    }
}

/// Whether a variant is for numbers: a number, or a plural category of CLDR.
fn is_plural(key: &VariantKey<&str>) -> bool {
    match key {
        VariantKey::NumberLiteral { .. } => true,
        VariantKey::Identifier { name } => {
            ["zero", "one", "two", "few", "many", "other"].contains(name)
        }
    }
}

/// The one argument that a function is called with.
fn only<'m>(arguments: &CallArguments<&'m str>) -> Result<&'m str, String> {
    match arguments.positional.as_slice() {
        [InlineExpression::VariableReference { id }] => Ok(id.name),
        _ => Err("a function takes one $argument".to_owned()),
    }
}

/// Whether `type: "ordinal"` is asked for.
fn is_ordinal(arguments: &CallArguments<&str>) -> bool {
    arguments.named.iter().any(|named| {
        named.name.name == "type"
            && matches!(named.value, InlineExpression::StringLiteral { value: "ordinal" })
    })
}
