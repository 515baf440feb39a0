//! Takes tags out of prose. Refuses to parse HTML: the result is text, escaped wherever it is shown.

/// Elements whose content is not prose.
const SILENT: [&str; 2] = ["script", "style"];

/// The text between the tags; a tag becomes a space, so that words do not run together. A `<` that
/// begins no tag, as in `a < b` or `<3`, stays.
pub(super) fn stripped(prose: &str) -> String {
    let mut text = String::with_capacity(prose.len());
    let mut rest = prose;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        match tag_length(rest) {
            Some(length) => {
                text.push(' ');
                rest = after_element(rest, length);
            }
            None => {
                text.push('<');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    text
}

/// Length of the tag or comment that `rest` begins with.
fn tag_length(rest: &str) -> Option<usize> {
    if rest.starts_with("<!--") {
        return Some(rest.find("-->").map_or(rest.len(), |at| at + 3));
    }
    let name = rest[1..].trim_start_matches('/');
    let begins_tag = name.starts_with(|c: char| c.is_ascii_alphabetic()) || rest.starts_with("<!");
    begins_tag.then(|| rest.find('>').map(|at| at + 1))?
}

/// What follows a tag, and for scripts and styles what follows their end.
fn after_element(rest: &str, length: usize) -> &str {
    let (tag, after) = rest.split_at(length);
    let name = tag[1..].split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let Some(silent) = SILENT.iter().find(|silent| name.eq_ignore_ascii_case(silent)) else {
        return after;
    };
    let end = format!("</{silent}");
    let lower = after.to_ascii_lowercase(); // the same length, byte by byte
    lower.find(&end).map_or("", |at| &after[at..])
}
