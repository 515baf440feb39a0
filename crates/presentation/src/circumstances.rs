//! Names of situations, for the fact tables.

use domain::{Circumstance, Daypart, Device, Language, Season};
use messages::text;

/// Returns a circumstance as one word.
pub(crate) fn name(circumstance: &Circumstance, lang: Language) -> String {
    let name = match circumstance {
        Circumstance::Region(region) => return region.clone(),
        Circumstance::Daypart(Daypart::Night) => text!(lang, "circumstance-night"),
        Circumstance::Daypart(Daypart::Morning) => text!(lang, "circumstance-morning"),
        Circumstance::Daypart(Daypart::Afternoon) => text!(lang, "circumstance-afternoon"),
        Circumstance::Daypart(Daypart::Evening) => text!(lang, "circumstance-evening"),
        Circumstance::Season(Season::Spring) => text!(lang, "circumstance-spring"),
        Circumstance::Season(Season::Summer) => text!(lang, "circumstance-summer"),
        Circumstance::Season(Season::Autumn) => text!(lang, "circumstance-autumn"),
        Circumstance::Season(Season::Winter) => text!(lang, "circumstance-winter"),
        Circumstance::Device(Device::Phone) => text!(lang, "circumstance-phone"),
        Circumstance::Device(Device::Tablet) => text!(lang, "circumstance-tablet"),
        Circumstance::Device(Device::Desktop) => text!(lang, "circumstance-desktop"),
        Circumstance::Weekday(day) => match day % 7 {
            0 => text!(lang, "circumstance-monday"),
            1 => text!(lang, "circumstance-tuesday"),
            2 => text!(lang, "circumstance-wednesday"),
            3 => text!(lang, "circumstance-thursday"),
            4 => text!(lang, "circumstance-friday"),
            5 => text!(lang, "circumstance-saturday"),
            _ => text!(lang, "circumstance-sunday"),
        },
    };
    name.to_owned()
}
