//! The caller's map from columns of a table to their meanings.

use std::collections::BTreeMap;
use std::str::FromStr;

use domain::Invalid;

/// Meanings of columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(usize)]
pub enum Field {
    /// The shopper.
    Shopper,
    /// The item; the one necessary column.
    Item,
    /// The kind of event.
    Kind,
    /// When.
    Time,
    /// Quantity.
    Quantity,
    /// Price of one.
    Price,
    /// Currency of the price.
    Currency,
    /// Order or invoice number.
    Order,
    /// The state of the order: an order that was called off is no sale.
    Status,
    /// The visit.
    Session,
    /// Country or region.
    Region,
    /// Device class.
    Device,
    /// Minutes that the shopper's clock is ahead of UTC.
    Zone,
    /// The sender's own id of the event.
    Id,
    /// The answer of ours that the event follows from.
    Request,
    /// Title of the item.
    Title,
    /// Brand of the item.
    Brand,
    /// Its category path, widest first, with `>` or `|` between.
    Category,
    /// Paths of further categories that it is in, with commas between.
    FurtherCategories,
    /// Description of the item.
    Description,
    /// Whether it can be bought.
    InStock,
    /// Since when it is sold.
    Since,
    /// Address of its page.
    Url,
    /// Address of its main image, or of all of them.
    Image,
    /// Addresses of its further images.
    Images,
    /// Its EAN, UPC or ISBN.
    Gtin,
    /// Its shipping.
    Shipping,
    /// Its other facts, as a JSON object of lists; a column of another shape is not read.
    Attributes,
    /// Stars.
    Rating,
    /// Headline of a review.
    ReviewTitle,
    /// Body of a review.
    Review,
}

impl Field {
    /// Every field, in the order columns are looked for: a column goes to the first that wants it.
    pub const ALL: [Self; 31] = [
        Self::Shopper,
        Self::Item,
        Self::Kind,
        Self::Time,
        Self::Quantity,
        Self::Price,
        Self::Currency,
        Self::Order,
        Self::Status,
        Self::Session,
        Self::Region,
        Self::Device,
        Self::Zone,
        Self::Id,
        Self::Request,
        Self::Title,
        Self::Brand,
        Self::Category,
        Self::FurtherCategories,
        Self::Description,
        Self::InStock,
        Self::Since,
        Self::Url,
        Self::Image,
        Self::Images,
        Self::Gtin,
        Self::Shipping,
        Self::Attributes,
        Self::Rating,
        Self::ReviewTitle,
        Self::Review,
    ];

    /// The name in a mapping, e.g. `item` in `item=StockCode`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Shopper => "shopper",
            Self::Item => "item",
            Self::Kind => "kind",
            Self::Time => "time",
            Self::Quantity => "quantity",
            Self::Price => "price",
            Self::Currency => "currency",
            Self::Order => "order",
            Self::Status => "status",
            Self::Session => "session",
            Self::Region => "region",
            Self::Device => "device",
            Self::Zone => "zone",
            Self::Id => "id",
            Self::Request => "request",
            Self::Title => "title",
            Self::Brand => "brand",
            Self::Category => "category",
            Self::FurtherCategories => "further_categories",
            Self::Description => "description",
            Self::InStock => "in_stock",
            Self::Since => "since",
            Self::Url => "url",
            Self::Image => "image",
            Self::Images => "images",
            Self::Gtin => "gtin",
            Self::Shipping => "shipping",
            Self::Attributes => "attributes",
            Self::Rating => "rating",
            Self::ReviewTitle => "review_title",
            Self::Review => "review",
        }
    }
}

impl FromStr for Field {
    type Err = Invalid;
    fn from_str(raw: &str) -> Result<Self, Invalid> {
        let name = raw.trim().to_ascii_lowercase();
        Self::ALL.into_iter().find(|field| field.name() == name).ok_or_else(|| {
            let hint = "use shopper, item, kind, time, quantity, price, currency, order, status, session, region, \
                        device, zone, id, request, title, brand, category, description, in_stock, since, \
                        url, image, images, gtin, shipping, attributes, rating, review_title or review";
            Invalid::new("field", "is not known", raw, hint)
        })
    }
}

/// One mapping by the caller: this column is that field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// Meaning of the column.
    pub field: Field,
    /// Its name in the header.
    pub column: String,
}

impl FromStr for Mapping {
    type Err = Invalid;
    /// Reads `field=column`, e.g. `item=StockCode`.
    fn from_str(raw: &str) -> Result<Self, Invalid> {
        let (field, column) = raw.split_once('=').ok_or_else(|| {
            Invalid::new("mapping", "has no equals sign", raw, "write it like item=StockCode")
        })?;
        let (field, column) = (field.parse()?, column.trim().to_owned());
        Ok(Self { field, column })
    }
}

/// All the caller's mappings; the last for a field wins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ColumnMap(BTreeMap<Field, String>);

impl ColumnMap {
    /// Whether nothing is mapped.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each mapped field with the name of its column.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Field, &str)> {
        self.0.iter().map(|(&field, column)| (field, column.as_str()))
    }
}

impl FromIterator<Mapping> for ColumnMap {
    fn from_iter<I: IntoIterator<Item = Mapping>>(mappings: I) -> Self {
        Self(mappings.into_iter().map(|m| (m.field, m.column)).collect())
    }
}
