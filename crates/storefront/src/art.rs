//! Pictures of items, drawn from what the catalogue says: shape by category, colours by brand,
//! details by id. The same item always looks the same, and no text of the shop enters the picture.

use std::fmt::Write;
use std::sync::{Arc, LazyLock};

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::{Item, ItemId, Text};
use sha2::{Digest, Sha256};
use web::error::ApiError;
use web::extract::Named;

use crate::assets::kept_for;
use crate::state::Storefront;

/// One shape per block: `= name | words of categories | words of titles`, then SVG in a field of
/// 120 × 120 where `{a}` is the colour of the thing, `{b}` a darker and `{c}` a lighter one, `{d}`
/// a contrast. A title mentions much that an item is not, so only words that can hardly mean
/// anything else stand for titles.
static MOTIFS: LazyLock<Vec<Motif>> =
    LazyLock::new(|| read(include_str!("../assets/art/motifs.txt")));

struct Motif {
    of_categories: Vec<Name>,
    of_titles: Vec<Name>,
    is_plain: bool,
    drawing: &'static str,
}

/// A name that a text may hold: words side by side, or, where words are not parted by spaces,
/// characters.
enum Name {
    Words(Vec<String>),
    Characters(&'static str),
}

fn read(file: &'static str) -> Vec<Motif> {
    let blocks = file.split("\n= ").skip(1);
    let motif = |block: &'static str| {
        let (head, drawing) = block.split_once('\n').expect("a head has a drawing under it");
        let mut lists = head.split(" |").skip(1);
        let mut list = || lists.next().unwrap_or_default().split(',').map(str::trim);
        let (of_categories, of_titles) = (list(), list());
        Motif {
            is_plain: of_categories.clone().any(|word| word == PLAIN),
            of_categories: of_categories.filter_map(Name::read).collect(),
            of_titles: of_titles.filter_map(Name::read).collect(),
            drawing: drawing.trim(),
        }
    };
    blocks.map(motif).collect()
}

/// Stands for no word: the shape is for whatever nothing else is for.
const PLAIN: &str = "-";

impl Name {
    fn read(written: &'static str) -> Option<Self> {
        match written {
            "" | PLAIN => None,
            word if word.is_ascii() => Some(Self::Words(words(word))),
            characters => Some(Self::Characters(characters)),
        }
    }

    fn is_in(&self, text: &str, words_of_it: &[String]) -> bool {
        match self {
            Self::Words(named) => words_of_it.windows(named.len()).any(|words| words == named),
            Self::Characters(characters) => text.contains(characters),
        }
    }
}

/// The words of a text, in lower case and as one of the thing.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| singular(&word.to_lowercase())).collect()
}

fn singular(word: &str) -> String {
    let end = |ending: &str| word.strip_suffix(ending).filter(|stem| stem.len() > 1);
    match (end("ies"), end("es"), end("s")) {
        (Some(stem), ..) if stem.len() > 2 && stem != "cook" => format!("{stem}y"),
        (_, Some(stem), _) if stem.ends_with(['x', 's']) || stem.ends_with("ch") => stem.to_owned(),
        (.., Some(stem)) if !stem.ends_with('s') => stem.to_owned(),
        _ => word.to_owned(),
    }
}

/// `GET /art/{id}`.
pub(super) async fn show(
    State(service): State<Arc<Storefront>>,
    Named(id): Named<ItemId>,
) -> Result<Response, ApiError> {
    let item = service.live.item(&id);
    let item = item.as_deref().cloned().unwrap_or_else(|| Item::bare(id));
    Ok((kept_for(3600, "image/svg+xml"), draw(&item)).into_response())
}

/// The motif that the narrowest category names, else a wider one, else the title; else one of the
/// plain shapes at the end of the list.
fn motif(item: &Item) -> &'static Motif {
    let plain: Vec<_> = MOTIFS.iter().filter(|motif| motif.is_plain).collect();
    let of = item.category().map_or("", |category| category.versions().next().unwrap_or_default());
    let any = || plain[usize::from(hash(of)[0]) % plain.len()];
    let mut categories = item.categories.iter().rev();
    let by_category = categories.find_map(|category| named(category, |motif| &motif.of_categories));
    by_category.or_else(|| named(&item.title, |motif| &motif.of_titles)).unwrap_or_else(any)
}

/// The first motif that a text names.
fn named(text: &Text, of: impl Fn(&Motif) -> &Vec<Name>) -> Option<&'static Motif> {
    let whole = text.versions().collect::<Vec<_>>().join(" ");
    let lower = whole.chars().take(MOST_READ).collect::<String>().to_lowercase();
    let words = words(&lower);
    MOTIFS.iter().find(|motif| of(motif).iter().any(|name| name.is_in(&lower, &words)))
}

/// Characters of a text that are looked at.
const MOST_READ: usize = 400;

fn hash(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

fn colour(hue: u32, saturation: u32, lightness: u32) -> String {
    format!("hsl({},{saturation}%,{lightness}%)", hue % 360)
}

fn first(text: &Text) -> &str {
    text.versions().next().unwrap_or_default()
}

/// The whole picture.
fn draw(item: &Item) -> String {
    let wide = hash(item.categories.first().map_or("", first));
    let brand = hash(if item.brand.is_empty() { item.id.as_str() } else { first(&item.brand) });
    let own = hash(item.id.as_str());
    let ground = u32::from(wide[0]) * 360 / 256 + u32::from(own[1]) % 24;
    let thing = u32::from(brand[0]) * 360 / 256 + u32::from(own[2]) % 18;
    let (saturation, lightness) = (34 + u32::from(brand[1]) % 30, 50 + u32::from(brand[2]) % 14);
    let parts = [
        ("{a}", colour(thing, saturation, lightness)),
        ("{b}", colour(thing + 6, saturation, lightness - 18)),
        ("{c}", colour(thing + 354, saturation, 84)),
        ("{d}", colour(thing + 150 + u32::from(own[3]) % 60, 45, 62)),
    ];
    let mut shape = motif(item).drawing.to_owned();
    for (mark, colour) in &parts {
        shape = shape.replace(mark, colour);
    }
    let (tilt, size) = (i32::from(own[4]) % 13 - 6, 0.96 + f64::from(own[5] % 16) / 100.0);
    let mut svg = String::with_capacity(2048);
    let (light, deep) = (colour(ground, 42, 93), colour(ground + 18, 38, 84));
    let (sun_x, sun_y, sun_r) = (30 + u32::from(own[6]) % 180, 20 + own[7] % 70, 34 + own[8] % 40);
    write!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 240 180\">\
         <defs><linearGradient id=\"g\" x2=\"0\" y2=\"1\"><stop stop-color=\"{light}\"/>\
         <stop offset=\"1\" stop-color=\"{deep}\"/></linearGradient></defs>\
         <rect width=\"240\" height=\"180\" fill=\"url(#g)\"/>\
         <circle cx=\"{sun_x}\" cy=\"{sun_y}\" r=\"{sun_r}\" fill=\"#fff\" opacity=\".38\"/>\
         <path d=\"M0 142 Q120 {} 240 142 V180 H0Z\" fill=\"{}\"/>\
         <ellipse cx=\"120\" cy=\"151\" rx=\"52\" ry=\"8\" fill=\"#000\" opacity=\".13\"/>\
         <g transform=\"translate(120 92) rotate({tilt}) scale({size:.2}) translate(-60 -60)\" \
         stroke-linejoin=\"round\" stroke-linecap=\"round\">{shape}</g></svg>",
        126 + own[9] % 10,
        colour(ground + 30, 30, 78),
    )
    .expect("writing to memory does not fail");
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(category: &str, id: &str) -> Item {
        let mut item = Item::bare(ItemId::new(id).unwrap());
        item.categories = vec![Text::from(category)];
        item
    }

    #[test]
    fn a_picture_is_the_same_every_time_and_holds_no_text_of_the_shop() {
        let hostile = "<script>alert(1)</script>{a}\"/>";
        let mut made = item(hostile, hostile);
        made.title = Text::from(hostile);
        made.brand = Text::from(hostile);
        let svg = draw(&made);
        assert_eq!(svg, draw(&made));
        assert!(!svg.contains("script") && !svg.contains("alert") && !svg.contains('{'), "{svg}");
    }

    #[test]
    fn a_category_has_its_own_shape_in_either_language() {
        for (zh, en) in [("茶具", "Teaware"), ("帐篷", "Tents"), ("钢笔", "Fountain Pens")] {
            assert_eq!(motif(&item(zh, "1")).drawing, motif(&item(en, "2")).drawing, "{en}");
        }
        assert_ne!(motif(&item("茶具", "1")).drawing, motif(&item("帐篷", "1")).drawing);
    }

    #[test]
    fn a_word_within_a_word_and_a_word_in_passing_are_no_thing() {
        let drawn = |category: &str, title: &str| {
            let mut made = item(category, "1");
            made.title = Text::from(title);
            motif(&made)
        };
        let titles = [
            "Hot water bottle in tea-towel wrap",
            "SCOTTIE DOG HOT WATER BOTTLE",
            "CREAM SWEETHEART MINI CHEST",
            "GARDEN CHAIR",
            "DOORMAT WELCOME, OPEN WEAVE",
            "CARPENTER'S PENCIL",
        ];
        for title in titles {
            assert!(drawn("", title).is_plain, "{title}");
        }
        assert!(drawn("Chairs", "").is_plain && drawn("Doormats", "").is_plain);
        for (category, title, like) in [
            ("Pastries", "", "cookies"),
            ("Gift Cards", "Toys and games", "Greeting card"),
            ("", "CREAM HANGING T-LIGHT HOLDERS", "Candles"),
            ("Tents", "A novel for the tent", "tent"),
        ] {
            assert_eq!(
                drawn(category, title).drawing,
                drawn(like, "").drawing,
                "{category}{title}"
            );
        }
    }

    #[test]
    fn every_motif_is_whole() {
        assert!(MOTIFS.len() > 20);
        for motif in MOTIFS.iter() {
            assert!(motif.drawing.starts_with('<') && motif.drawing.ends_with('>'));
            assert!(motif.is_plain || !motif.of_categories.is_empty());
        }
    }
}
