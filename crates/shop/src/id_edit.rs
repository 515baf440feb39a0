//! How ids are written otherwise: a beginning or an end that one system adds.
//!
//! Responsible for reading, writing and applying such an edit. Which edit a shop needs is found in
//! `matching`.

use std::fmt;
use std::str::FromStr;

use domain::Invalid;

/// A change of one end of an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdEdit {
    /// Gives the text to ids that lack it, and takes it from those that have it.
    Either(String),
    /// Gives the text to ids that lack it.
    Add(String),
    /// Takes the text from ids that have it. A `*` stands for anything.
    Strip(String),
}

/// Which end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The beginning.
    Prefix,
    /// The end.
    Suffix,
}

impl IdEdit {
    /// The id after the edit; unchanged where nothing or no id would be left.
    #[must_use]
    pub fn apply(&self, id: &str, end: End) -> String {
        let given = |text: &str| match end {
            End::Prefix => format!("{text}{id}"),
            End::Suffix => format!("{id}{text}"),
        };
        let has = |text: &str| match end {
            End::Prefix => id.starts_with(text),
            End::Suffix => id.ends_with(text),
        };
        let stripped = |text| stripped(id, text, end).unwrap_or(id).to_owned();
        match self {
            Self::Strip(text) => stripped(text),
            Self::Either(text) if text.contains('*') || has(text) => stripped(text),
            Self::Add(text) if has(text) => id.to_owned(),
            Self::Add(text) | Self::Either(text) => given(text),
        }
    }
}

/// What is left without the text. `a*b` at the beginning reaches to the last `b`, at the end from the
/// first `a`.
fn stripped<'i>(id: &'i str, text: &str, end: End) -> Option<&'i str> {
    let left = match (text.split_once('*'), end) {
        (None, End::Prefix) => id.strip_prefix(text)?,
        (None, End::Suffix) => id.strip_suffix(text)?,
        (Some((first, last)), End::Prefix) => {
            let rest = id.strip_prefix(first)?;
            &rest[rest.rfind(last).filter(|_| !last.is_empty())? + last.len()..]
        }
        (Some((first, last)), End::Suffix) => {
            let rest = id.strip_suffix(last)?;
            &rest[..rest.find(first).filter(|_| !first.is_empty())?]
        }
    };
    (!left.is_empty()).then_some(left)
}

impl FromStr for IdEdit {
    type Err = Invalid;
    fn from_str(raw: &str) -> Result<Self, Invalid> {
        let (edit, text): (fn(String) -> Self, &str) = match raw.split_once(':') {
            Some(("strip", text)) => (Self::Strip, text),
            Some(("add", text)) => (Self::Add, text),
            _ => (Self::Either, raw),
        };
        let hint = "use TEXT, add:TEXT or strip:TEXT; in strip:, one * with something beside it stands for anything";
        let is_wrong = match edit(String::new()) {
            Self::Add(_) => text.contains('*'),
            _ => text.matches('*').count() > 1 || text == "*",
        };
        if text.is_empty() || is_wrong {
            return Err(Invalid::new("edit of ids", "cannot be applied", raw, hint));
        }
        Ok(edit(text.to_owned()))
    }
}

impl fmt::Display for IdEdit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Either(text) => f.write_str(text),
            Self::Add(text) => write!(f, "add:{text}"),
            Self::Strip(text) => write!(f, "strip:{text}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(edit: &str, id: &str, end: End) -> String {
        edit.parse::<IdEdit>().unwrap().apply(id, end)
    }

    #[test]
    fn ends_are_added_and_stripped() {
        assert_eq!(edited("eu-", "eu-7", End::Prefix), "7");
        assert_eq!(edited("eu-", "7", End::Prefix), "eu-7");
        assert_eq!(edited("add:eu-", "eu-7", End::Prefix), "eu-7");
        assert_eq!(edited("strip:.0", "52.0", End::Suffix), "52");
        assert_eq!(edited("strip:.0", "52", End::Suffix), "52");
        assert_eq!(edited("strip:shop_DE_*_", "shop_DE_11_52", End::Prefix), "52");
        assert_eq!(edited("strip:-*", "52-red-xl", End::Suffix), "52");
        assert_eq!(edited("strip:eu-", "eu-", End::Prefix), "eu-");
    }

    #[test]
    fn an_edit_that_would_leave_nothing_is_refused() {
        for wrong in ["", "add:", "strip:*", "add:a*", "a*b*"] {
            assert!(wrong.parse::<IdEdit>().is_err(), "{wrong}");
        }
    }
}
