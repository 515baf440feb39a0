//! The separator of a list in a message.

use fluent_syntax::ast::{CallArguments, InlineExpression};

/// The separator that `JOIN($list, by: "…")` names.
pub(crate) fn separator<'m>(arguments: &CallArguments<&'m str>) -> Option<&'m str> {
    let by = arguments.named.iter().find(|named| named.name.name == "by")?;
    match by.value {
        InlineExpression::StringLiteral { value } => Some(value),
        _ => None,
    }
}
