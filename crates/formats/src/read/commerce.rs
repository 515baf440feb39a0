//! The vocabulary that shops' event streams share: names of events, visitors and persons, and the
//! products of an event. Every parser of events reads its own envelope and uses this for the rest.

use std::cell::RefCell;
use std::collections::HashSet;
use std::rc::Rc;

use cells::fault::Fault;
use cells::values::Values;
use domain::{
    Currency, EventKind, EventTime, Item, ItemId, Money, RequestId, SubjectId, Text, Timestamp,
};

use super::latest::LatestItems;
use crate::text::json::Scalar;
use crate::{EventRecord, Record};
use cells::orders::{self, Orders};

/// Returns the kind of event that this name means for a product; `None` where it is about no
/// product.
///
/// Names of GA4, Segment (and RudderStack, PostHog), Taobao and RetailRocket, and our own; case,
/// spaces and underscores do not matter.
pub(crate) fn kind(name: &str) -> Option<EventKind> {
    Some(match plain(name).as_str() {
        "viewitem" | "productviewed" | "pv" | "pageview" | "detail" => EventKind::View,
        "selectitem" | "productclicked" => EventKind::Click,
        "addtocart" | "productadded" => EventKind::Cart,
        "removefromcart" | "productremoved" => EventKind::Uncart,
        "addtowishlist" | "productaddedtowishlist" | "fav" | "favorite" | "favourite" => {
            EventKind::Wish
        }
        "buy" | "order" | "transaction" | "sale" | "ordercompleted" => EventKind::Purchase,
        "return" | "orderrefunded" => EventKind::Refund,
        "rating" | "review" | "productreviewed" => EventKind::Rate,
        "viewitemlist" | "productlistviewed" | "impression" => EventKind::Exposure,
        own => return own.parse().ok(),
    })
}

fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| !matches!(c, ' ' | '_' | '-'));
    letters.map(|c| c.to_ascii_lowercase()).collect()
}

/// Returns the name of a visitor until it is known who they are. It differs from every name of the
/// shop, so that a visitor's id can never be somebody's name.
pub(crate) fn anonymous(raw: &str) -> Result<SubjectId, String> {
    SubjectId::new(format!("anonymous:{}", raw.trim())).map_err(|e| e.to_string())
}

/// The answer that a list of products came from: our lists carry their `request_id` as their id.
pub(crate) fn our_answer(list_id: &str) -> Option<RequestId> {
    let ulid = list_id.strip_prefix('r')?;
    let is_ulid = ulid.len() == 26 && ulid.bytes().all(|b| b.is_ascii_alphanumeric());
    is_ulid.then(|| RequestId::new(list_id).ok()).flatten()
}

/// Our word for a class of device; other words are kept as they are.
pub(crate) fn device(raw: &str) -> String {
    match raw.to_ascii_lowercase().as_str() {
        "mobile" | "smartphone" => "phone".to_owned(),
        other => other.to_owned(),
    }
}

/// Replacements for missing parts of an envelope: the time it came in, where that is known, and a
/// name that no other envelope has.
#[derive(Debug, Clone, Copy)]
pub struct Arrival<'a> {
    /// Missing for files, whose rows have to say when.
    pub at: Option<Timestamp>,
    /// Unique.
    pub name: &'a str,
}

/// The shopper of an event: a person the shop knows, a visitor, or a visitor found to be that
/// person.
#[derive(Debug, Clone, Default)]
pub(crate) struct Who {
    pub(crate) person: Option<SubjectId>,
    pub(crate) visitor: Option<SubjectId>,
}

impl Who {
    /// Reads the two names that envelopes carry.
    pub(crate) fn new(person: Option<&str>, visitor: Option<&str>) -> Result<Self, String> {
        Ok(Self {
            person: person.map(cells::value::shopper).transpose()?.flatten(),
            visitor: visitor
                .filter(|name| !cells::value::is_nobody(name))
                .map(anonymous)
                .transpose()?,
        })
    }

    /// Returns the name that an event is stored under.
    pub(crate) fn subject(&self) -> Option<SubjectId> {
        self.person.clone().or_else(|| self.visitor.clone())
    }

    /// Returns the join of visitor and person, where both are named.
    pub(crate) fn identity(&self) -> Option<Record> {
        let (visitor, person) = (self.visitor.clone()?, self.person.clone()?);
        Some(Record::Identity { visitor, person })
    }
}

/// The facts that all the products of one event share.
#[derive(Debug, Clone)]
pub(crate) struct Occasion {
    pub(crate) who: Who,
    pub(crate) kind: EventKind,
    pub(crate) time: EventTime,
    pub(crate) order: Option<String>,
    pub(crate) session: Option<String>,
    pub(crate) request_id: Option<RequestId>,
    pub(crate) region: Option<String>,
    pub(crate) device: Option<String>,
    pub(crate) zone_minutes: Option<i32>,
    /// Key by which a retry is recognised.
    pub(crate) key: String,
}

impl Occasion {
    /// An occasion of which only the necessary parts are known.
    pub(crate) fn bare(who: Who, kind: EventKind, time: EventTime, key: String) -> Self {
        Self {
            who,
            kind,
            time,
            order: None,
            session: None,
            request_id: None,
            region: None,
            device: None,
            zone_minutes: None,
            key,
        }
    }

    /// Returns the records of the `n`-th product of the occasion, a join first where it holds one.
    pub(crate) fn event(&self, n: usize, product: &Product) -> EventRecord {
        let source_key = if n == 0 { self.key.clone() } else { format!("{}-{n}", self.key) };
        self.event_named(source_key, product)
    }

    fn event_named(&self, source_key: String, product: &Product) -> EventRecord {
        EventRecord {
            subject: self.who.subject(),
            quantity: product.quantity,
            price: product.price,
            order: self.order.clone(),
            session: self.session.clone(),
            request_id: product.request_id.clone().or_else(|| self.request_id.clone()),
            region: self.region.clone(),
            device: self.device.clone(),
            zone_minutes: self.zone_minutes,
            item_title: product.title.clone(),
            ..EventRecord::bare(product.id.clone(), self.kind, self.time, source_key)
        }
    }
}

/// A product as an event names it.
#[derive(Debug, Clone)]
pub(crate) struct Product {
    pub(crate) id: ItemId,
    pub(crate) title: Option<String>,
    pub(crate) brand: Option<String>,
    /// Widest first.
    pub(crate) categories: Vec<Text>,
    pub(crate) quantity: i64,
    pub(crate) price: Option<Money>,
    pub(crate) request_id: Option<RequestId>,
    pub(crate) url: Option<String>,
    pub(crate) image: Option<String>,
}

impl Product {
    /// A product of which only the id is known.
    pub(crate) fn bare(id: ItemId) -> Self {
        Self {
            id,
            title: None,
            brand: None,
            categories: Vec::new(),
            quantity: 1,
            price: None,
            request_id: None,
            url: None,
            image: None,
        }
    }

    /// Returns the event's mention of the product; `None` where it says nothing.
    fn described(&self) -> Option<Item> {
        let says = self.title.is_some() || self.brand.is_some() || !self.categories.is_empty();
        let text = |text: &Option<String>| text.as_deref().map_or(Text::Missing, Text::from);
        says.then(|| Item {
            title: text(&self.title),
            brand: text(&self.brand),
            categories: self.categories.clone(),
            price: self.price.filter(|price| price.minor > 0),
            url: self.url.clone(),
            image: self.image.clone(),
            ..Item::bare(self.id.clone())
        })
    }
}

/// Returns the price of a product of an event. A price whose currency nobody names is left out, and
/// so is one of nothing: tags send 0 where they know none.
pub(crate) fn price(
    field: &'static str,
    price: &Scalar<'_>,
    currency: Option<Currency>,
    values: &Values,
) -> Option<Money> {
    let money = values.or_none(price.money(field, values, currency)).flatten()?;
    match (money.currency, money.minor) {
        (Currency::UNKNOWN, _) => {
            values.leave_out(Fault::new(field, "", "has no currency; send a code such as CNY"));
            None
        }
        (_, 0) => {
            values.leave_out(Fault::new(field, "", "of 0 is no price"));
            None
        }
        _ => Some(money),
    }
}

/// Makes records of occasions, in file order: gathers mentions of products, and hands on the join
/// of each visitor once.
#[derive(Default)]
pub(crate) struct Stream {
    mentioned: LatestItems,
    told: HashSet<(SubjectId, SubjectId)>,
    orders: Rc<RefCell<Orders>>,
}

/// Identities remembered as told; about 100 bytes each. Beyond it some are told again.
const MAX_TOLD: usize = 200_000;

impl Stream {
    /// A stream of one of several files, whose orders are told apart together.
    pub(crate) fn of_orders(orders: Rc<RefCell<Orders>>) -> Self {
        Self { orders, ..Self::default() }
    }

    /// The records of one occasion. A purchase of an order that was somebody else's gives none.
    pub(crate) fn occasion(
        &mut self,
        occasion: &Occasion,
        products: &[Product],
        left_out: &mut Vec<String>,
    ) -> Vec<Record> {
        let mut records: Vec<Record> = self.identity(&occasion.who).into_iter().collect();
        let order = occasion.order.as_deref().filter(|_| occasion.kind.is_purchase());
        let subject = occasion.who.subject();
        if order.is_some_and(|order| !self.orders.borrow_mut().is_by(order, subject.as_ref())) {
            left_out.push("purchases of an order that another shopper made before".to_owned());
            return records;
        }
        for (n, product) in products.iter().enumerate() {
            if let Some(item) = product.described() {
                records.extend(self.mentioned.see(occasion.time, item).into_iter().map(mention));
            }
            let n_before = products[..n].iter().filter(|other| other.id == product.id).count();
            records.push(Record::Event(match order {
                Some(order) => {
                    occasion.event_named(orders::key(order, &product.id, n_before), product)
                }
                None => occasion.event(n, product),
            }));
        }
        records
    }

    /// That a visitor is a person, unless that was told before.
    pub(crate) fn identity(&mut self, who: &Who) -> Option<Record> {
        let pair = (who.visitor.clone()?, who.person.clone()?);
        if self.told.len() >= MAX_TOLD {
            self.told.clear();
        }
        if self.told.insert(pair) { who.identity() } else { None }
    }

    /// Returns the mentions of products so far.
    pub(crate) fn mentions(&mut self) -> impl Iterator<Item = Record> {
        self.mentioned.drain().into_iter().map(mention)
    }
}

/// An item, told in passing.
pub(crate) fn mention(record: Record) -> Record {
    match record {
        Record::Item(item) => Record::Mention(item),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_interaction_has_one_meaning_under_all_its_names() {
        for name in ["view_item", "Product Viewed", "pv", "view"] {
            assert_eq!(kind(name), Some(EventKind::View), "{name}");
        }
        for name in ["purchase", "Order Completed", "buy", "transaction"] {
            assert_eq!(kind(name), Some(EventKind::Purchase), "{name}");
        }
        for name in ["session_start", "scroll", "", "Signed Up"] {
            assert_eq!(kind(name), None, "{name}");
        }
    }

    #[test]
    fn only_a_list_of_ours_is_an_answer() {
        assert!(our_answer("r01ARZ3NDEKTSV4RRFFQ69G5FAV").is_some());
        for other in ["related_products", "r1", ""] {
            assert!(our_answer(other).is_none(), "{other}");
        }
    }
}
