//! What may be asked for: the wire form of a recommendation request, and its rules.

use claims::Bar;
use domain::{Currency, Item, ItemId, Language, RequestContext, SubjectId, Surface, Text};
use serde::{Deserialize, Serialize};
use shop::settings::Pinned;

use shop::ShopError;

/// Most items of one answer.
pub const MOST_ITEMS: usize = 100;
/// Most seeds, filters and exclusions of one request.
pub const MOST_LISTED: usize = 1000;

/// A request for recommendations.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Request {
    /// Where they will be shown.
    pub surface: Surface,
    /// For whom, in the shop's words; missing for a visitor without a name.
    pub shopper: Option<SubjectId>,
    /// The visit of a visitor without a name; its events are the history.
    pub session: Option<String>,
    /// The situation.
    pub context: RequestContext,
    /// How many, 1 to 100.
    pub k: usize,
    /// Items the page is about (product page, cart), most important first.
    pub seed_items: Vec<ItemId>,
    /// What may be shown.
    pub filters: Filters,
    /// Items placed by hand, paid or not, before those of the settings; each says so.
    pub pinned: Vec<Pinned>,
    /// Language of the reasons; the shopper's or the shop's where missing.
    pub lang: Option<Language>,
    /// False: no reasons.
    pub explain: bool,
    /// Whose words the reasons are in; as the settings say where missing.
    pub phrasing: Option<Phrasing>,
    /// Whether somebody shops here. Only traffic that says it is none, or whose shopper agreed, may
    /// ever be shown something wrong on purpose, and only where the settings allow it.
    pub traffic: Traffic,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            surface: Surface::Home,
            shopper: None,
            session: None,
            context: RequestContext::default(),
            k: 10,
            seed_items: Vec::new(),
            filters: Filters::default(),
            pinned: Vec::new(),
            lang: None,
            explain: true,
            phrasing: None,
            traffic: Traffic::Live,
        }
    }
}

/// What may be shown. Empty lists allow everything.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Filters {
    /// Any of these categories, at any level, in any language.
    pub category: OneOrMany,
    /// Any of these brands, in any language.
    pub brand: OneOrMany,
    /// A price within these bounds; items without a price are left out.
    pub price: Option<PriceRange>,
    /// True (the default): only what can be bought now.
    pub in_stock: bool,
    /// True: also what the shop says is for adults only; left out where nobody asks.
    pub adult: bool,
    /// Never these.
    pub exclude: Vec<ItemId>,
}

impl Default for Filters {
    fn default() -> Self {
        Self {
            category: OneOrMany::default(),
            brand: OneOrMany::default(),
            price: None,
            in_stock: true,
            adult: false,
            exclude: Vec::new(),
        }
    }
}

/// One value or a list of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum OneOrMany {
    /// One.
    One(String),
    /// Several.
    Many(Vec<String>),
}

impl Default for OneOrMany {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

impl OneOrMany {
    fn values(&self) -> &[String] {
        match self {
            Self::One(value) => std::slice::from_ref(value),
            Self::Many(values) => values,
        }
    }

    fn allows<'a>(&self, texts: impl IntoIterator<Item = &'a Text>) -> bool {
        let wanted = self.values();
        let fold = |text: &str| text.trim().to_lowercase();
        wanted.is_empty()
            || texts
                .into_iter()
                .flat_map(Text::versions)
                .any(|found| wanted.iter().any(|wanted| fold(wanted) == fold(found)))
    }
}

/// Bounds of a price in major units (yuan, dollars), both included.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct PriceRange {
    /// At least.
    pub min: Option<f64>,
    /// At most.
    pub max: Option<f64>,
    /// In this currency only.
    pub currency: Option<Currency>,
}

/// Whose words reasons are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Phrasing {
    /// The grammar's.
    #[default]
    Grammar,
    /// A language model's where they are at hand, else the grammar's; asked for meanwhile.
    Llm,
    /// A language model's, waited for; the grammar's where it takes too long or is not accepted.
    LlmWait,
}

/// What a request says of whom it serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Traffic {
    /// Somebody who shops.
    #[default]
    Live,
    /// A test: nobody shops here.
    Test,
    /// Somebody who agreed to be shown wrong things for a study, and will be told afterwards.
    Consenting,
}

impl Filters {
    /// Whether they allow everything that can be bought.
    #[must_use]
    pub fn allow_all(&self) -> bool {
        *self == Self { exclude: self.exclude.clone(), ..Self::default() }
    }

    /// Whether an item may be shown; exclusions are the caller's.
    #[must_use]
    pub fn allow(&self, item: &Item) -> bool {
        self.bar(item).is_none()
    }

    /// The first of these rules that bars an item; exclusions are the caller's.
    #[must_use]
    pub fn bar(&self, item: &Item) -> Option<Bar> {
        if self.in_stock && !item.can_be_bought() {
            Some(Bar::OutOfStock)
        } else if item.is_adult() && !self.adult {
            Some(Bar::Adult)
        } else if !self.category.allows(item.all_categories()) {
            Some(Bar::Category)
        } else if !self.brand.allows([&item.brand]) {
            Some(Bar::Brand)
        } else {
            self.price.is_some_and(|range| !range.contains(item)).then_some(Bar::Price)
        }
    }
}

impl PriceRange {
    fn contains(self, item: &Item) -> bool {
        item.price.is_some_and(|price| {
            self.currency.is_none_or(|currency| currency == price.currency)
                && self.min.is_none_or(|min| price.major() >= min)
                && self.max.is_none_or(|max| price.major() <= max)
        })
    }
}

impl Request {
    /// Refuses what makes no sense, with the field and a hint.
    ///
    /// # Errors
    /// [`ShopError::BadRequest`].
    pub fn check(&self) -> Result<(), ShopError> {
        let bad = |field, problem: &str| {
            Err(ShopError::BadRequest { field, problem: problem.to_owned() })
        };
        if self.k == 0 || self.k > MOST_ITEMS {
            return bad("k", "ask for 1 to 100 items");
        }
        if self.seed_items.len() > MOST_LISTED || self.filters.exclude.len() > MOST_LISTED {
            return bad("seed_items / filters.exclude", "list at most 1000 items");
        }
        if self.pinned.len() > MOST_ITEMS || self.pinned.iter().any(|pinned| pinned.rank == 0) {
            return bad("pinned", "pin at most 100 items, at places from 1");
        }
        if self.filters.category.values().len() + self.filters.brand.values().len() > MOST_LISTED {
            return bad("filters", "list at most 1000 categories and brands");
        }
        match self.filters.price {
            Some(PriceRange { min: Some(min), max: Some(max), .. }) if min > max => {
                bad("filters.price", "min is greater than max")
            }
            _ => Ok(()),
        }
    }

    /// Whose history it is: the shopper's, or the visit's.
    ///
    /// # Errors
    /// [`ShopError::BadRequest`] when the session cannot be a name.
    pub fn subject(&self) -> Result<Option<SubjectId>, ShopError> {
        match (&self.shopper, &self.session) {
            (Some(shopper), _) => Ok(Some(shopper.clone())),
            (None, Some(session)) => session_subject(session).map(Some),
            (None, None) => Ok(None),
        }
    }
}

/// The name under which the events of a visit without a shopper are kept.
///
/// # Errors
/// [`ShopError::BadRequest`] when the session cannot be a name.
pub fn session_subject(session: &str) -> Result<SubjectId, ShopError> {
    SubjectId::new(format!("session:{}", session.trim()))
        .map_err(|e| ShopError::BadRequest { field: "session", problem: e.to_string() })
}

/// The visit that a name stands for, where it is that of a visit.
pub fn session_of(subject: &SubjectId) -> Option<&str> {
    subject.as_str().strip_prefix("session:")
}

#[cfg(test)]
mod tests {
    use domain::Money;

    use super::*;

    fn lipstick() -> Item {
        let mut item = Item::bare(ItemId::new("1").unwrap());
        item.brand = Text::both("花颜", "Huayan");
        item.categories = vec![Text::both("美妆", "Beauty"), Text::both("口红", "Lipstick")];
        item.price = Some(Money { minor: 12_900, currency: Currency::CNY });
        item
    }

    fn allows(filters: &str) -> bool {
        serde_json::from_str::<Filters>(filters).unwrap().allow(&lipstick())
    }

    #[test]
    fn filters_match_any_level_in_any_language() {
        assert!(allows(r#"{"category":"beauty"}"#));
        assert!(allows(r#"{"category":["口红"],"brand":"HUAYAN"}"#));
        assert!(!allows(r#"{"brand":"other"}"#));
        assert!(allows(r#"{"price":{"max":129}}"#));
        assert!(!allows(r#"{"price":{"min":130}}"#));
        assert!(!allows(r#"{"price":{"max":500,"currency":"USD"}}"#));
    }

    #[test]
    fn a_filter_finds_an_item_in_each_of_its_categories() {
        let mut item = lipstick();
        item.add_categories(vec![Text::from("Gifts"), Text::from("Under 20")]);
        let of = |name: &str| Filters {
            category: OneOrMany::One(name.to_owned()),
            ..Filters::default()
        };
        assert!(of("under 20").allow(&item) && of("gifts").allow(&item) && of("口红").allow(&item));
        assert!(!of("under 20").allow(&lipstick()));
    }

    #[test]
    fn what_is_for_adults_is_shown_where_it_is_asked_for() {
        let mut item = lipstick();
        item.attributes.insert("adult".to_owned(), vec![Text::from("Yes")]);
        assert_eq!(Filters::default().bar(&item), Some(Bar::Adult));
        assert!(serde_json::from_str::<Filters>(r#"{"adult":true}"#).unwrap().allow(&item));
        item.attributes.insert("adult".to_owned(), vec![Text::from("no")]);
        assert!(Filters::default().allow(&item));
    }

    #[test]
    fn a_request_without_a_field_means_the_usual() {
        let request: Request = serde_json::from_str("{}").unwrap();
        assert_eq!(request, Request::default());
        assert!(serde_json::from_str::<Request>(r#"{"kk":1}"#).is_err());
    }

    #[test]
    fn senseless_numbers_are_refused_with_their_field() {
        let request = Request { k: 0, ..Request::default() };
        assert!(request.check().unwrap_err().to_string().starts_with("k:"));
    }
}
