//! Names of situations, for the fact tables.

use domain::{Circumstance, Daypart, Device, Language, Season};

/// A circumstance as one word.
pub(crate) fn name(circumstance: &Circumstance, lang: Language) -> String {
    let (zh, en): (&str, &str) = match circumstance {
        Circumstance::Region(region) => return region.clone(),
        Circumstance::Daypart(Daypart::Night) => ("凌晨", "night"),
        Circumstance::Daypart(Daypart::Morning) => ("上午", "morning"),
        Circumstance::Daypart(Daypart::Afternoon) => ("下午", "afternoon"),
        Circumstance::Daypart(Daypart::Evening) => ("晚上", "evening"),
        Circumstance::Weekday(day) => WEEKDAYS[usize::from(*day) % WEEKDAYS.len()],
        Circumstance::Season(Season::Spring) => ("春季", "spring"),
        Circumstance::Season(Season::Summer) => ("夏季", "summer"),
        Circumstance::Season(Season::Autumn) => ("秋季", "autumn"),
        Circumstance::Season(Season::Winter) => ("冬季", "winter"),
        Circumstance::Device(Device::Phone) => ("手机", "phone"),
        Circumstance::Device(Device::Tablet) => ("平板", "tablet"),
        Circumstance::Device(Device::Desktop) => ("电脑", "computer"),
    };
    match lang {
        Language::Zh => zh.to_owned(),
        Language::En => en.to_owned(),
    }
}

const WEEKDAYS: [(&str, &str); 7] = [
    ("星期一", "Monday"),
    ("星期二", "Tuesday"),
    ("星期三", "Wednesday"),
    ("星期四", "Thursday"),
    ("星期五", "Friday"),
    ("星期六", "Saturday"),
    ("星期日", "Sunday"),
];
