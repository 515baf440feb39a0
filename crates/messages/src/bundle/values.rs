//! Values as a language writes them: numbers, money, days, titles and lists.

use std::borrow::Cow;

use super::{Messages, as_shown, is_made_up};
use crate::{
    Argument, MessageId,
    argument::{harmless, shorten},
};

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

    pub(super) fn ordinal(&self, number: &Argument) -> String {
        let id = const { MessageId::named("format-ordinal").taking(&["number"]) };
        self.written(id, &[("number", number.clone())])
    }
}

/// A number in plain ASCII digits, by which variants are chosen.
pub(super) fn plain(number: &Argument) -> String {
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
