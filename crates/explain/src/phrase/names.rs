//! Names of signals, fields, attributes and circumstances: the keys by which messages know them.

use claims::{Bar, Field};
use domain::{Circumstance, Daypart, Device, Language, Season};
use messages::{Family, key, message};

/// What a signal looks at, in words; the name of one that has none.
#[must_use]
pub fn signal_words(signal: &str, lang: Language) -> String {
    const WORDS: Family = Family::of("signal-words-");
    WORDS.text(lang, signal).unwrap_or(signal).to_owned()
}

/// What an attribute of the feed is called in a language, where it is a common one; else the
/// shop's name for it.
#[must_use]
pub fn attribute_name(name: &str, lang: Language) -> String {
    let known = name.trim().to_lowercase().replace(['_', ' '], "-");
    message!(lang, "attribute-name", attribute: key(known), name: name)
}

/// A field of the catalogue, as messages know it.
pub(super) fn field_key(field: &Field) -> &'static str {
    match field {
        Field::Title => "title",
        Field::Brand => "brand",
        Field::Category => "category",
        Field::Description => "description",
        Field::Named(_) => "named",
    }
}

/// What a field of the catalogue is called.
pub(super) fn field_name(field: &Field, lang: Language) -> String {
    let name = match field {
        Field::Named(name) => attribute_name(name, lang),
        _ => String::new(),
    };
    message!(lang, "field-name", field: key(field_key(field)), name: name)
}

/// A rule that keeps an item from being shown, as messages know it.
pub(super) fn bar_key(by: Bar) -> &'static str {
    match by {
        Bar::NotSold => "not-sold",
        Bar::NotRankedYet => "not-ranked-yet",
        Bar::OutOfStock => "out-of-stock",
        Bar::Adult => "adult",
        Bar::Category => "category",
        Bar::Brand => "brand",
        Bar::Price => "price",
        Bar::Excluded => "excluded",
        Bar::OnThePage => "on-the-page",
        Bar::DealtWith => "dealt-with",
        Bar::NotInterested => "not-interested",
        Bar::AskedForCheaper => "asked-for-cheaper",
        Bar::AskedForOtherBrand => "asked-for-other-brand",
    }
}

/// A circumstance as messages know it: its kind, its value, and the region where it is one.
pub(super) struct CircumstanceKeys<'c> {
    pub(super) context: &'static str,
    pub(super) value: &'static str,
    pub(super) region: &'c str,
}

impl<'c> CircumstanceKeys<'c> {
    pub(super) fn of(circumstance: &'c Circumstance) -> Self {
        const WEEKDAYS: [&str; 7] =
            ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        let (context, value) = match circumstance {
            Circumstance::Daypart(Daypart::Night) => ("daypart", "night"),
            Circumstance::Daypart(Daypart::Morning) => ("daypart", "morning"),
            Circumstance::Daypart(Daypart::Afternoon) => ("daypart", "afternoon"),
            Circumstance::Daypart(Daypart::Evening) => ("daypart", "evening"),
            Circumstance::Weekday(day) => ("weekday", WEEKDAYS[usize::from(*day) % WEEKDAYS.len()]),
            Circumstance::Season(Season::Spring) => ("season", "spring"),
            Circumstance::Season(Season::Summer) => ("season", "summer"),
            Circumstance::Season(Season::Autumn) => ("season", "autumn"),
            Circumstance::Season(Season::Winter) => ("season", "winter"),
            Circumstance::Region(_) => ("region", "region"),
            Circumstance::Device(Device::Phone) => ("device", "phone"),
            Circumstance::Device(Device::Tablet) => ("device", "tablet"),
            Circumstance::Device(Device::Desktop) => ("device", "desktop"),
        };
        let region = match circumstance {
            Circumstance::Region(region) => region.as_str(),
            _ => "",
        };
        Self { context, value, region }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_attributes_have_names_in_each_language_and_others_keep_the_shops() {
        let name = |name: &str| attribute_name(name, Language::Zh);
        assert_eq!(["color", "Skin_Type", "Country of Origin"].map(name), ["颜色", "肤质", "产地"]);
        assert_eq!(["Glaze", "釉色"].map(name), ["Glaze", "釉色"]);
        assert_eq!(attribute_name("skin_type", Language::En), "skin_type");
    }
}
