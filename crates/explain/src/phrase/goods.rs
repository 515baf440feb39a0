//! Which sort of thing an item is, as far as messages care: some languages quote a work in other
//! marks, or call a book by another word than a thing.

use std::sync::OnceLock;

use domain::Item;

/// Sorts of things that read differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Goods {
    /// A book, comic or magazine.
    Book,
    /// A film, an album, a game: a work, but no book.
    Work,
    /// Anything else.
    Thing,
}

/// Lines `sort<TAB>word`: words of categories, in lower case, in every language.
const WORDS: &str = include_str!("../../data/goods.tsv");

fn words() -> &'static [(Goods, &'static str)] {
    static READ: OnceLock<Vec<(Goods, &str)>> = OnceLock::new();
    READ.get_or_init(|| {
        let lines = WORDS.lines().filter_map(|line| line.split_once('\t'));
        let read = |(sort, word)| match sort {
            "book" => Some((Goods::Book, word)),
            "work" => Some((Goods::Work, word)),
            _ => None,
        };
        lines.filter_map(read).collect()
    })
}

impl Goods {
    /// Told from the narrowest category; a wider one often mixes books with pens.
    pub(super) fn of(item: Option<&Item>) -> Self {
        let narrowest = item.and_then(Item::category);
        let found = narrowest.and_then(|category| {
            let versions: Vec<String> =
                category.versions().map(|version| version.trim().to_lowercase()).collect();
            let of_it = |(_, word): &&(Self, &str)| {
                versions.iter().any(|version| is_or_ends_with(version, word))
            };
            words().iter().find(of_it)
        });
        found.map_or(Self::Thing, |(sort, _)| *sort)
    }

    /// Its name, as messages know it.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Book => "book",
            Self::Work => "work",
            Self::Thing => "thing",
        }
    }
}

/// 儿童绘本 is a sort of 绘本, “Comic books” of “books”; 书籍配件 is none of 书籍.
fn is_or_ends_with(category: &str, word: &str) -> bool {
    category.strip_suffix(word).is_some_and(|head| {
        !word.is_ascii() || head.is_empty() || head.ends_with(|c: char| !c.is_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use domain::{ItemId, Text};

    use super::*;

    #[test]
    fn a_work_is_told_by_its_narrowest_category() {
        let sort = |category: &str| {
            let mut item = Item::bare(ItemId::new("i").unwrap());
            item.categories = vec![Text::from("Books"), Text::from(category)];
            Goods::of(Some(&item))
        };
        assert_eq!([sort("儿童绘本"), sort("Comic Books")], [Goods::Book; 2]);
        assert_eq!([sort("书籍配件"), sort("Notebooks"), sort("Pens")], [Goods::Thing; 3]);
        assert_eq!(sort("电影"), Goods::Work);
        assert_eq!(Goods::of(None), Goods::Thing);
    }
}
