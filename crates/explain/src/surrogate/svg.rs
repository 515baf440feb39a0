//! A tree as a picture: boxes and lines, no script, readable without colour.

use std::fmt::Write as _;

use domain::Language;
use messages::{decimal, message, text};

use super::text::{leaf, question};
use super::{Split, Surrogate};

const BOX_WIDTH: f32 = 190.0;
const BOX_HEIGHT: f32 = 52.0;
/// Between a question and its answers.
const GAP_X: f32 = 52.0;
/// Between neighbours.
const GAP_Y: f32 = 14.0;
const HEADER: f32 = 34.0;
const MARGIN: f32 = 8.0;
/// Width of a line of text in half-width characters.
const LINE: usize = 30;

/// The tree as an SVG document, its fidelity in the title. Text of the shop is escaped.
#[must_use]
pub fn svg(surrogate: &Surrogate, lang: Language) -> String {
    let mut places = vec![(0.0, 0.0); surrogate.tree.nodes.len()];
    let n_leaves = place(surrogate, 0, 0, &mut 0, &mut places);
    let deepest = places.iter().map(|place| place.0).fold(0.0, f32::max);
    let width = (deepest + BOX_WIDTH + MARGIN).max(520.0);
    let height = HEADER + n_leaves as f32 * (BOX_HEIGHT + GAP_Y);
    let title = title(surrogate, lang);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         width=\"{width:.0}\" height=\"{height:.0}\" role=\"img\" font-family=\"sans-serif\" \
         font-size=\"12\"><title>{0}</title><text x=\"8\" y=\"20\">{0}</text>",
        escape(&title)
    );
    for (at, node) in surrogate.tree.nodes.iter().enumerate() {
        if let Some(Split { yes, no, .. }) = node.split {
            edge(places[at], places[yes], text!(lang, "tree-yes"), &mut svg);
            edge(places[at], places[no], text!(lang, "tree-no"), &mut svg);
        }
    }
    for (at, node) in surrogate.tree.nodes.iter().enumerate() {
        let is_leaf = node.split.is_none();
        let label = if is_leaf { leaf(node, lang) } else { question(surrogate, at, lang) };
        draw_box(places[at], &label, is_leaf, &mut svg);
    }
    svg.push_str("</svg>\n");
    svg
}

fn title(surrogate: &Surrogate, lang: Language) -> String {
    let fidelity = &surrogate.fidelity;
    let overlap = decimal(100.0 * fidelity.top_10_overlap, 0);
    message!(lang, "tree-title", overlap: overlap, tau: decimal(fidelity.kendall_tau, 2))
}

/// The root at the left, where reading and scrolling begin; leaves below each other, parents between
/// their children. Returns the leaves so far.
fn place(
    surrogate: &Surrogate,
    at: usize,
    depth: usize,
    n_leaves: &mut usize,
    places: &mut [(f32, f32)],
) -> usize {
    let x = MARGIN + depth as f32 * (BOX_WIDTH + GAP_X);
    let y = match surrogate.tree.nodes[at].split {
        None => {
            *n_leaves += 1;
            (*n_leaves - 1) as f32 * (BOX_HEIGHT + GAP_Y)
        }
        Some(Split { yes, no, .. }) => {
            place(surrogate, yes, depth + 1, n_leaves, places);
            place(surrogate, no, depth + 1, n_leaves, places);
            f32::midpoint(places[yes].1, places[no].1)
        }
    };
    places[at] = (x, y);
    *n_leaves
}

fn edge(from: (f32, f32), to: (f32, f32), answer: &str, svg: &mut String) {
    let (x1, y1) = (from.0 + BOX_WIDTH, HEADER + from.1 + BOX_HEIGHT / 2.0);
    let (x2, y2) = (to.0, HEADER + to.1 + BOX_HEIGHT / 2.0);
    let (x, y) = (f32::midpoint(x1, x2), f32::midpoint(y1, y2));
    let _ = write!(
        svg,
        "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"#667\"/>\
         <text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"middle\" stroke=\"white\" \
         stroke-width=\"4\" paint-order=\"stroke\">{answer}</text>"
    );
}

fn draw_box((x, y): (f32, f32), label: &str, is_leaf: bool, svg: &mut String) {
    let (fill, radius) = if is_leaf { ("#eef6ee", 14) } else { ("#eef2fa", 3) };
    let top = HEADER + y;
    let _ = write!(
        svg,
        "<rect x=\"{x:.1}\" y=\"{top:.1}\" width=\"{BOX_WIDTH}\" height=\"{BOX_HEIGHT}\" \
         rx=\"{radius}\" fill=\"{fill}\" stroke=\"#445\"/>"
    );
    let lines = wrap(label);
    let first = top + BOX_HEIGHT / 2.0 + 4.0 - 7.5 * (lines.len() as f32 - 1.0);
    for (n, line) in lines.iter().enumerate() {
        let (x, y) = (x + BOX_WIDTH / 2.0, first + 15.0 * n as f32);
        let line = escape(line);
        let _ = write!(svg, "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"middle\">{line}</text>");
    }
}

/// Breaks a label into at most three lines; Chinese characters are two wide and break anywhere.
fn wrap(label: &str) -> Vec<String> {
    let (mut lines, mut line, mut width) = (Vec::new(), String::new(), 0);
    for word in words(label) {
        let wide: usize = word.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        if width + wide > LINE && !line.is_empty() {
            lines.push(std::mem::take(&mut line).trim().to_owned());
            width = 0;
        }
        line.push_str(word);
        width += wide;
    }
    lines.push(line.trim().to_owned());
    lines.truncate(3);
    lines
}

/// Pieces between which a line may break.
fn words(label: &str) -> impl Iterator<Item = &str> {
    let mut rest = label;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = match first.is_ascii() {
            true => {
                rest.find(|c: char| c == ' ' || !c.is_ascii()).map_or(rest.len(), |at| at.max(1))
            }
            false => first.len_utf8(),
        };
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(word)
    })
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use domain::Text;

    use super::super::text::text;
    use super::super::{Feature, Fidelity, Tree, TreeConfig};
    use super::*;

    fn surrogate() -> Surrogate {
        let rows: Vec<Vec<f32>> = (0..40).map(|n| vec![(n % 2) as f32, (n % 5) as f32]).collect();
        let targets: Vec<f32> = rows.iter().map(|row| row[0] * 0.8 + row[1] * 0.05).collect();
        let feature = |name: &str, zh: &str, en: &str| Feature {
            name: name.to_owned(),
            meaning: Text::both(zh, en),
        };
        Surrogate {
            features: vec![
                feature(
                    "same_brand",
                    "最近 10 件中同品牌的件数",
                    "items of its brand among the last 10",
                ),
                feature("odd", "<b>\"可疑\" & 的</b>", "<script>alert(1)</script> & \"odd\""),
            ],
            tree: Tree::fit(&rows, &targets, TreeConfig { depth: 2, min_leaf: 2 }),
            fidelity: Fidelity { top_10_overlap: 0.634, kendall_tau: 0.512, n_shoppers: 200 },
        }
    }

    #[test]
    fn the_tree_reads_naturally_in_both_languages() {
        let surrogate = surrogate();
        insta::assert_snapshot!(
            text(&surrogate, Language::En) + "\n" + &text(&surrogate, Language::Zh)
        );
    }

    #[test]
    fn a_hostile_meaning_stays_text() {
        for lang in Language::ALL {
            let picture = svg(&surrogate(), lang);
            assert!(!picture.contains("<script") && !picture.contains("<b>"), "{picture}");
            assert!(picture.contains("&lt;"));
            assert_eq!(picture.matches("<rect").count(), surrogate().tree.nodes.len());
            assert_eq!(picture.matches("<line").count(), surrogate().tree.nodes.len() - 1);
        }
    }

    #[test]
    fn the_root_stands_at_the_left_where_scrolling_begins_and_no_box_on_another() {
        let picture = svg(&surrogate(), Language::En);
        let number = |rect: &str, name: &str| -> f32 {
            rect.split(&format!("{name}=\""))
                .nth(1)
                .unwrap()
                .split('"')
                .next()
                .unwrap()
                .parse()
                .unwrap()
        };
        let rects = picture.split("<rect").skip(1);
        let places: Vec<_> = rects.map(|rect| (number(rect, " x"), number(rect, " y"))).collect();
        assert!(places[1..].iter().all(|place| place.0 > places[0].0 + BOX_WIDTH), "{places:?}");
        for (n, one) in places.iter().enumerate() {
            let on_it = |other: &&(f32, f32)| {
                (one.0 - other.0).abs() < BOX_WIDTH && (one.1 - other.1).abs() < BOX_HEIGHT
            };
            assert_eq!(places[n + 1..].iter().find(on_it), None, "{one:?}");
        }
    }

    #[test]
    fn lines_break_between_words_and_between_chinese_characters() {
        assert_eq!(wrap("one two"), ["one two"]);
        let lines = wrap("how many of the last ten items are of its brand");
        assert!(lines.iter().all(|line| line.len() <= LINE), "{lines:?}");
        assert_eq!(lines.join(" "), "how many of the last ten items are of its brand");
        assert_eq!(wrap("最近十件商品中与它品牌相同的件数").len(), 2);
    }
}
