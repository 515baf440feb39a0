//! Parts paths of categories into names. Markup and entities, also escaped more than once, are
//! resolved first: `Kitchen &amp;gt; Mills` is a path of two.

use std::borrow::Cow;

use domain::Text;

/// Elements that stand in names; anything else between angle brackets is part of the name.
const TAGS: [&str; 32] = [
    "a", "abbr", "b", "big", "br", "center", "cite", "code", "del", "div", "em", "font", "h1",
    "h2", "h3", "h4", "hr", "i", "ins", "li", "mark", "nobr", "p", "s", "small", "span", "strike",
    "strong", "sub", "sup", "u", "ul",
];

/// The names of a path, widest first, without repetitions. A sign that stands for a separator
/// parts as it does: `＞`, `›`, `»` and `→` for `>`, and `｜` for `|`.
pub fn names(path: &str, separators: &[char]) -> Vec<Text> {
    let plain = without_tags(&decoded(path));
    let mut names: Vec<Text> = Vec::new();
    let parts = |c| separators.contains(&meant(c));
    for name in plain.split(parts).map(str::trim).filter(|name| !name.is_empty()) {
        let name = Text::from(name);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The separator that a sign stands for.
fn meant(c: char) -> char {
    match c {
        '＞' | '›' | '»' | '→' => '>',
        '｜' => '|',
        c => c,
    }
}

/// Paths of a list with commas between; a comma within a name has a backslash before it.
pub fn listed(raw: &str) -> Vec<String> {
    let mut paths = vec![String::new()];
    let mut is_escaped = false;
    for c in decoded(raw).chars() {
        match c {
            '\\' if !is_escaped => is_escaped = true,
            ',' if !is_escaped => paths.push(String::new()),
            c => {
                if is_escaped && c != ',' {
                    push(&mut paths, '\\');
                }
                push(&mut paths, c);
                is_escaped = false;
            }
        }
    }
    paths.into_iter().map(|path| path.trim().to_owned()).filter(|path| !path.is_empty()).collect()
}

fn push(paths: &mut [String], c: char) {
    if let Some(last) = paths.last_mut() {
        last.push(c);
    }
}

/// Entities decoded until nothing changes; feeds encode up to three times.
#[must_use]
pub fn decoded(raw: &str) -> String {
    let mut text = Cow::Borrowed(raw);
    for _ in 0..3 {
        match html_escape::decode_html_entities(&text) {
            Cow::Borrowed(_) => break,
            Cow::Owned(decoded) => text = Cow::Owned(decoded),
        }
    }
    text.into_owned()
}

/// A name without the tags of HTML: a space stands where one was. `3 < 5` and `<3` are no tags.
#[must_use]
pub fn without_tags(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match tag_length(rest) {
            Some(length) => {
                out.push(' ');
                rest = &rest[length..];
            }
            None => {
                out.push('<');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    // What is left of a section within a section.
    out.replace("<![CDATA[", "").replace("]]>", "")
}

/// Length of the tag of a known element that `rest` begins with.
fn tag_length(rest: &str) -> Option<usize> {
    let name = rest[1..].strip_prefix('/').unwrap_or(&rest[1..]);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric())?;
    let is_known = TAGS.iter().any(|tag| name[..end].eq_ignore_ascii_case(tag));
    let ends_name = matches!(name.as_bytes()[end], b'>' | b'/' | b' ' | b'\t' | b'\n');
    (is_known && ends_name).then(|| rest.find('>').map(|at| at + 1))?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(raw: &str) -> Vec<String> {
        names(raw, &['>']).iter().flat_map(Text::versions).map(str::to_owned).collect()
    }

    #[test]
    fn markup_and_entities_are_resolved_before_a_path_is_parted() {
        for raw in [
            "Garden > Pots",
            "Garden &gt; Pots",
            "Garden &amp;amp;gt; Pots",
            "<b>Garden</b> &gt; <i>Pots</i>",
            "Garden＞Pots",
            "Garden › Pots",
            "Garden → Pots",
            "Garden &raquo; Pots",
        ] {
            assert_eq!(path(raw), ["Garden", "Pots"], "{raw}");
        }
        assert_eq!(path("Salt &amp; Pepper>Salt &amp; Pepper"), ["Salt & Pepper"]);
    }

    #[test]
    fn only_tags_of_html_are_taken_out_of_a_name() {
        assert_eq!(without_tags("Cup<br/>blue"), "Cup blue");
        assert_eq!(without_tags("<SPAN class=\"x\">Cup</SPAN>").trim(), "Cup");
        for kept in ["3 < 5 m", "<3", "a <b", "List<Text> of <x>", "<", "</", "口<红>"] {
            assert_eq!(without_tags(kept), kept);
        }
    }

    #[test]
    fn commas_part_paths_unless_they_are_escaped() {
        assert_eq!(listed("Garden > Pots, Sale"), ["Garden > Pots", "Sale"]);
        assert_eq!(listed("Cups\\, mugs > Blue,A\\B,"), ["Cups, mugs > Blue", "A\\B"]);
    }
}
