//! Fills the slots of a phrase and sets it as a title or as a sentence in each language.

/// Fills every `{name}` of `template` with the value that `value_of` returns.
///
/// Unknown names stay as they are; a test finds them.
pub(crate) fn fill<'a>(template: &str, value_of: impl Fn(&str) -> Option<&'a str>) -> String {
    let mut filled = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            continue;
        };
        match value_of(name) {
            Some(value) => filled.push_str(value),
            None => filled.extend(["{", name, "}"]),
        }
        rest = tail;
    }
    filled + rest
}

/// Words that stay small inside an English title.
const SMALL: [&str; 22] = [
    "a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "ml",
    "g", "kg", "mm", "cm", "m", "lm", "per",
];

/// English title case: units and small words stay as they are, and so does anything that already
/// has a capital (`mAh`, `USB-C`).
pub(crate) fn title_case(text: &str) -> String {
    let words: Vec<String> = text.split(' ').map(title_word).collect();
    capitalised(&words.join(" "))
}

fn title_word(word: &str) -> String {
    if word.chars().any(char::is_uppercase) && !word.contains('-') {
        return word.to_owned();
    }
    let parts: Vec<String> = word.split('-').map(title_part).collect();
    parts.join("-")
}

fn title_part(part: &str) -> String {
    let core = part.trim_matches(|c: char| !c.is_alphanumeric());
    if SMALL.contains(&core) {
        return part.to_owned();
    }
    match part.find(char::is_alphanumeric) {
        Some(at) => {
            let (head, tail) = part.split_at(at);
            head.to_owned() + &capitalised(tail)
        }
        None => part.to_owned(),
    }
}

/// The text with its first letter in upper case.
pub(crate) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_set_as_english_shops_set_them() {
        for (raw, set) in [
            ("Suyu osmanthus hand cream, 3 × 30 g", "Suyu Osmanthus Hand Cream, 3 × 30 g"),
            ("eye-care desk lamp with 3-step dimming", "Eye-Care Desk Lamp with 3-Step Dimming"),
            ("the letters of the ferry (mystery)", "The Letters of the Ferry (Mystery)"),
            ("10,000 mAh, edge-to-edge", "10,000 mAh, Edge-to-Edge"),
        ] {
            assert_eq!(title_case(raw), set);
        }
    }

    #[test]
    fn known_slots_are_filled_and_unknown_ones_stay_visible() {
        let fill = |template| fill(template, |name| (name == "size").then_some("5 g"));
        assert_eq!(fill("a {size} tin"), "a 5 g tin");
        assert_eq!(fill("a {sise} tin {"), "a {sise} tin {");
    }
}
