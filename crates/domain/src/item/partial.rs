//! What a source says of an item where it has no column for some of its facts: a price list says
//! nothing of titles, and must not clear them.

use super::{Item, LEFT_THE_FEED};

/// The facts of an item that a source speaks of. An empty value of one of them clears what was known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Says(u16);

/// A fact of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u16)]
pub enum Fact {
    /// Its title.
    Title = 1,
    /// Its brand.
    Brand = 1 << 1,
    /// Its categories.
    Categories = 1 << 2,
    /// Its description.
    Description = 1 << 3,
    /// Its price.
    Price = 1 << 4,
    /// Whether it can be bought.
    Stock = 1 << 5,
    /// Since when it is sold.
    Since = 1 << 6,
    /// Its page.
    Url = 1 << 7,
    /// Its images.
    Images = 1 << 8,
    /// Its number of trade.
    Gtin = 1 << 9,
    /// Its shipping.
    Shipping = 1 << 10,
    /// All of its other facts.
    Attributes = 1 << 11,
    /// The further paths of its categories.
    FurtherCategories = 1 << 12,
}

impl Fact {
    /// Every fact with its name in reports.
    pub const ALL: [(Self, &'static str); 13] = [
        (Self::Title, "title"),
        (Self::Brand, "brand"),
        (Self::Categories, "category"),
        (Self::Description, "description"),
        (Self::Price, "price"),
        (Self::Stock, "stock"),
        (Self::Since, "since"),
        (Self::Url, "url"),
        (Self::Images, "image"),
        (Self::Gtin, "gtin"),
        (Self::Shipping, "shipping"),
        (Self::Attributes, "attributes"),
        (Self::FurtherCategories, "further categories"),
    ];
}

impl FromIterator<Fact> for Says {
    fn from_iter<I: IntoIterator<Item = Fact>>(facts: I) -> Self {
        Self(facts.into_iter().fold(0, |all, fact| all | fact as u16))
    }
}

impl Says {
    /// Every fact.
    #[must_use]
    pub fn everything() -> Self {
        Fact::ALL.into_iter().map(|(fact, _)| fact).collect()
    }

    /// Whether the source speaks of a fact.
    #[must_use]
    pub fn of(self, fact: Fact) -> bool {
        self.0 & fact as u16 != 0
    }

    /// The names of the facts that the source speaks of.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        Fact::ALL.into_iter().filter(move |(fact, _)| self.of(*fact)).map(|(_, name)| name)
    }
}

/// An item as a source with some of its facts describes it.
#[derive(Debug, Clone, PartialEq)]
pub struct PartialItem {
    /// The item; what the source does not speak of is missing.
    pub item: Item,
    /// What it speaks of.
    pub says: Says,
}

impl PartialItem {
    /// Whether the source lists items, rather than some facts of items that are listed elsewhere.
    #[must_use]
    pub fn is_listing(&self) -> bool {
        self.says.of(Fact::Title)
    }

    /// The item with everything that the source does not speak of as it was. `None` where the shop
    /// took the item out, and a list of prices or stock cannot bring it back.
    #[must_use]
    pub fn over(self, known: Option<&Item>, was_deleted: bool) -> Option<Item> {
        let is_listing = self.is_listing();
        let Self { item: new, says } = self;
        let Some(old) = known else { return (!was_deleted || is_listing).then_some(new) };
        let mut item = old.clone().listed();
        if !is_listing && old.attributes.contains_key(LEFT_THE_FEED) {
            item = item.unlisted(LEFT_THE_FEED);
        }
        macro_rules! take {
            ($($fact:ident: $($field:ident),+;)*) => {
                $(if says.of(Fact::$fact) {
                    $(item.$field = new.$field;)+
                })*
            };
        }
        take! {
            Title: title;
            Brand: brand;
            Categories: categories;
            FurtherCategories: further_categories;
            Description: description;
            Price: price;
            Stock: in_stock;
            Since: available_since;
            Url: url;
            Images: image, images;
            Gtin: gtin;
            Shipping: shipping;
        }
        if says.of(Fact::Attributes) {
            item.attributes = new.attributes;
        } else {
            item.attributes.extend(new.attributes);
        }
        Some(item)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ItemId, Text};

    fn pen() -> Item {
        let mut pen = Item::bare(ItemId::new("pen").unwrap());
        (pen.title, pen.brand) = (Text::from("Pen"), Text::from("Acme"));
        pen.attributes.insert("colour".to_owned(), vec![Text::from("blue")]);
        pen
    }

    fn stock_list(in_stock: Option<bool>) -> PartialItem {
        let item = Item { in_stock, ..Item::bare(pen().id) };
        PartialItem { item, says: [Fact::Stock].into_iter().collect() }
    }

    #[test]
    fn what_a_list_does_not_speak_of_stays_and_an_empty_cell_clears() {
        let item = stock_list(Some(false)).over(Some(&pen()), false).unwrap();
        assert_eq!(item, Item { in_stock: Some(false), ..pen() });
        assert_eq!(stock_list(None).over(Some(&item), false), Some(pen()));
        let titles = PartialItem {
            item: Item::bare(pen().id),
            says: [Fact::Title, Fact::Attributes].into_iter().collect(),
        };
        let cleared = titles.over(Some(&pen()), false).unwrap();
        assert!(cleared.title.is_empty() && cleared.attributes.is_empty());
        assert_eq!(cleared.brand, pen().brand);
    }

    #[test]
    fn a_list_of_stock_does_not_bring_back_what_the_shop_took_out() {
        assert_eq!(stock_list(Some(true)).over(None, true), None);
        assert!(stock_list(Some(true)).over(None, false).is_some());
        let held_back = pen().unlisted(LEFT_THE_FEED);
        let item = stock_list(Some(true)).over(Some(&held_back), false).unwrap();
        assert!(!item.is_listed());
        let feed = PartialItem { item: pen(), says: [Fact::Title].into_iter().collect() };
        assert!(feed.over(Some(&held_back), false).unwrap().is_listed());
    }
}
