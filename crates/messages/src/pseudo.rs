//! A made-up language for tests, `Language::Qps` (`?lang=qps`): the English messages with every letter
//! accented and every message in brackets. A plain letter in it that is not data of the shop is a text
//! that no message file has.
//!
//! ```
//! use messages::{Language, message, pseudo};
//!
//! let shown = message!(Language::Qps, "claim-sentence-rated", mean: messages::decimal(4.5, 1), n: 3_u32);
//! assert_eq!(shown, "⟦Šĥöþþéŕš ŕåţé îţ 4.5 öûţ öƒ 5 (3 ŕåţîñĝš).⟧");
//! assert!(pseudo::hard_coded(&shown, &[]).is_empty());
//! let page = "<p title=\"Buy\">⟦Ţéå⟧ Teapot</p><script>let code = 1;</script>";
//! assert_eq!(pseudo::hard_coded(&pseudo::visible(page), &["Teapot"]), ["Buy"]);
//! ```

/// Plain letters and what stands for them.
const ACCENTED: [(&str, &str); 2] = [
    ("abcdefghijklmnopqrstuvwxyz", "åƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž"),
    ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ"),
];

/// A text of a message file in the made-up language.
pub(crate) fn accented(text: &str) -> String {
    let accent = |c: char| {
        let found = ACCENTED.iter().find_map(|(plain, accented)| {
            accented.chars().nth(plain.chars().position(|known| known == c)?)
        });
        found.unwrap_or(c)
    };
    text.chars().map(accent).collect()
}

/// Runs of plain letters (Latin without accents, Han, kana) that stand in a text of the made-up
/// language and in none of the data of the shop that may stand there, such as titles.
#[must_use]
pub fn hard_coded(text: &str, data: &[&str]) -> Vec<String> {
    let mut data: Vec<&str> = data.iter().copied().filter(|text| !text.is_empty()).collect();
    data.sort_by_key(|text| std::cmp::Reverse(text.len()));
    let bare = data.iter().fold(text.to_owned(), |text, of_shop| text.replace(of_shop, " "));
    let is_plain = |c: char| {
        c.is_ascii_alphabetic()
            || matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
    };
    bare.split(|c: char| !is_plain(c)).filter(|run| !run.is_empty()).map(str::to_owned).collect()
}

/// Attributes that people see or hear.
const READ: [&str; 4] = ["title", "alt", "placeholder", "aria-label"];

/// Elements whose text is no language's: programs, and words that are typed as they stand.
const OF_PROGRAMS: [&str; 4] = ["script", "style", "code", "pre"];

/// What a person reads of a page: its text, the attributes that are shown or read aloud, and what
/// buttons of forms say. Left out is what the page itself marks as English (`lang="en"`), such as
/// the words of an error that has no others yet.
#[must_use]
pub fn visible(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, after) = tag.split_once('>').unwrap_or((tag, ""));
        let name = tag.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
        let is_left_out = OF_PROGRAMS.contains(&name) || attribute(tag, "lang") == Some("en");
        rest = match is_left_out {
            true => after.split_once(&format!("</{name}>")).map_or("", |(_, after)| after),
            false => after,
        };
        text.push(' ');
        let is_button = matches!(attribute(tag, "type"), Some("submit" | "button" | "reset"));
        let said = is_button.then_some("value").filter(|_| name == "input");
        for read in READ.into_iter().chain(said) {
            text.push_str(attribute(tag, read).unwrap_or_default());
            text.push(' ');
        }
    }
    text.push_str(rest);
    text
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, value) = tag.split_once(&format!(" {name}=\""))?;
    value.split('"').next()
}
