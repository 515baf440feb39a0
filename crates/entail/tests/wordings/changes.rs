//! Texts with one thing exchanged: a number, a title, an act.

use domain::Language;
use entail::Situation;

/// Every text that one exchange makes.
pub(crate) fn of(text: &str, situation: &Situation) -> Vec<String> {
    let mut changed = numbers(text, situation);
    changed.extend(titles(text, situation));
    changed.extend(acts(text, situation.lang));
    changed
}

/// Each run of digits as the number after it, outside of titles.
fn numbers(text: &str, situation: &Situation) -> Vec<String> {
    let mut texts = Vec::new();
    let mut at = 0;
    while let Some(from) = text[at..].find(|c: char| c.is_ascii_digit()).map(|i| at + i) {
        let end = text[from..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |i| from + i);
        at = end;
        let number: u64 = text[from..end].parse().unwrap();
        // “4.90” is “4.9”, and a number of a title is exchanged with it.
        let of_title = situation
            .others
            .iter()
            .chain([&situation.own])
            .any(|product| product.title.contains(&text[from..end]));
        if !of_title {
            texts.push(format!("{}{}{}", &text[..from], number + 1, &text[end..]));
        }
    }
    let words = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"];
    for pair in words.windows(2) {
        let padded = format!(" {text}");
        if padded.contains(&format!(" {} ", pair[0])) && !text.contains("multipack") {
            texts.push(padded.replacen(&format!(" {} ", pair[0]), &format!(" {} ", pair[1]), 1));
        }
    }
    texts
}

/// Each whole title as one that nobody sells, and as another one of the situation.
fn titles(text: &str, situation: &Situation) -> Vec<String> {
    let mut texts = Vec::new();
    let known: Vec<&str> = situation.others.iter().map(|product| product.title.as_str()).collect();
    for title in known.iter().filter(|title| text.contains(**title)) {
        for other in known.iter().filter(|other| *other != title).chain([&"Zanzibar Kettle"]) {
            // A title that is part of a longer one is found in it too.
            if !known.iter().any(|longer| longer != title && longer.contains(*title)) {
                texts.push(text.replacen(*title, other, 1));
            }
        }
    }
    texts
}

/// “Bought” as “rated”, 买 as 退.
fn acts(text: &str, lang: Language) -> Vec<String> {
    let pairs: &[(&str, &str)] = match lang {
        Language::En => &[("bought", "returned"), ("looked", "laughed"), ("bought", "viewed")],
        _ => &[("买过", "退过"), ("看过", "买过"), ("买了", "看了")],
    };
    let changed =
        |(from, to): &(&str, &str)| text.contains(from).then(|| text.replacen(from, to, 1));
    pairs.iter().filter_map(changed).collect()
}
