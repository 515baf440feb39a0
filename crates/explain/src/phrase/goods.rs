//! What sort of thing an item is, as far as grammar cares: Chinese quotes a work in 《》 and counts a
//! book in 本.

use domain::{Item, Language};

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

/// Words of categories, in lower case, that make an item a book. Not in `NOT_BOOKS`.
const BOOKS: [&str; 8] = ["图书", "书籍", "小说", "漫画", "绘本", "杂志", "books", "comics"];
/// Words of categories that make an item another kind of work.
const WORKS: [&str; 8] = ["影视", "音像", "电影", "唱片", "专辑", "movies", "music albums", "dvds"];

impl Goods {
    /// Told from the narrowest category; a wider one often mixes books with pens.
    pub(super) fn of(item: Option<&Item>) -> Self {
        let narrowest = item.and_then(Item::category);
        let named = |words: &[&str]| {
            narrowest.is_some_and(|category| {
                category.versions().any(|version| {
                    let version = version.trim().to_lowercase();
                    words.iter().any(|word| is_or_ends_with(&version, word))
                })
            })
        };
        if named(&BOOKS) {
            Self::Book
        } else if named(&WORKS) {
            Self::Work
        } else {
            Self::Thing
        }
    }

    /// This one, in Chinese: 这本书, 这部作品, 这件商品.
    pub(super) fn this_zh(self) -> &'static str {
        match self {
            Self::Book => "这本书",
            Self::Work => "这部作品",
            Self::Thing => "这件商品",
        }
    }

    /// Quotation marks around its title.
    pub(super) fn quotes(self, lang: Language) -> (char, char) {
        match (self, lang) {
            (Self::Book | Self::Work, Language::Zh) => ('《', '》'),
            _ => ('“', '”'),
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
