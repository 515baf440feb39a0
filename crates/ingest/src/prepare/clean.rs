//! First stage: drops what is not a shopper's doing with a product, by named rules.
//!
//! Each rule counts the rows it is true of and the rows it dropped: the first rule in the order of
//! [`Rule::ALL`] drops, so that `read = kept + Σ dropped`. Refuses to correct: a row is kept as it
//! is, dropped, or (a cancellation) kept as what it is, a refund.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use domain::{Event, EventKind, EventTime, Invalid, Item, ItemId, Review, Timestamp};
use formats::EventRecord;
use serde::{Deserialize, Serialize};

const MINUTE_MS: i64 = 60_000;

/// A rule of cleaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Nobody did it. Always on: an event needs a shopper.
    MissingShopper,
    /// Postage, fees, manual entries, vouchers, tests: not a product. Drops items and reviews too.
    NonProductCode,
    /// A purchase of negative quantity under an order number `C…`: becomes a refund, so that the
    /// history stays true. Nothing is matched to the purchase it undoes.
    CancelledOrder,
    /// Nothing was bought. Of purchases only, like the next two: tags send all sorts of numbers with a
    /// view, which is one all the same.
    ZeroQuantity,
    /// Less than nothing was bought, and it is no cancellation: a correction of stock.
    NegativeQuantity,
    /// Bought for less than nothing: a correction. A price of zero, and any of these beside another
    /// event, is left out, and the event stays.
    NonPositivePrice,
    /// It has not happened yet. Drops reviews too.
    FutureTime,
}

impl Rule {
    /// Every rule, in the order they are applied.
    pub const ALL: [Self; 7] = [
        Self::MissingShopper,
        Self::NonProductCode,
        Self::CancelledOrder,
        Self::ZeroQuantity,
        Self::NegativeQuantity,
        Self::NonPositivePrice,
        Self::FutureTime,
    ];

    /// The name in configuration and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::MissingShopper => "missing_shopper",
            Self::NonProductCode => "non_product_code",
            Self::CancelledOrder => "cancelled_order",
            Self::ZeroQuantity => "zero_quantity",
            Self::NegativeQuantity => "negative_quantity",
            Self::NonPositivePrice => "non_positive_price",
            Self::FutureTime => "future_time",
        }
    }
}

impl FromStr for Rule {
    type Err = Invalid;
    fn from_str(raw: &str) -> Result<Self, Invalid> {
        let found = Self::ALL.into_iter().find(|rule| rule.name() == raw.trim());
        found.ok_or_else(|| {
            let hint = "use missing_shopper, non_product_code, cancelled_order, zero_quantity, \
                        negative_quantity, non_positive_price or future_time";
            Invalid::new("cleaning rule", "is not known", raw, hint)
        })
    }
}

/// Which rules apply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CleanConfig {
    /// Rules switched off. Without `negative_quantity` or `zero_quantity`, the quantity counts
    /// without its sign and is at least one.
    pub off: BTreeSet<Rule>,
    /// Codes that are not products, whatever their case; `*` at the end stands for anything. A
    /// code of a single letter is no product either. What the catalogue lists is one.
    pub non_product_codes: Vec<String>,
    /// How far a sender's clock may be ahead before an event lies in the future.
    pub clock_tolerance_minutes: u32,
}

impl Default for CleanConfig {
    fn default() -> Self {
        let codes = [
            "POST",
            "DOT",
            "C2",
            "PADS",
            "CRUK",
            "BANK CHARGES",
            "AMAZONFEE",
            "ADJUST*",
            "TEST",
            "TEST0*",
            "gift_0001_*",
        ];
        Self {
            off: BTreeSet::new(),
            non_product_codes: codes.map(str::to_owned).into(),
            clock_tolerance_minutes: 24 * 60,
        }
    }
}

/// How often a rule was true, and how often it was what dropped the record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleCount {
    /// Records it was true of; one record may meet several rules.
    pub matched: u64,
    /// Records it dropped; each record is dropped by one rule.
    pub dropped: u64,
}

/// A row that a rule dropped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DroppedRow {
    /// Its line; 0 where it is of no line.
    pub line: u64,
    /// The item it names.
    pub item_id: ItemId,
}

/// How many dropped rows are kept of each rule.
const MAX_KEPT_ROWS: usize = 10;

/// Applies the rules and counts.
#[derive(Debug)]
pub struct Cleaner {
    off: BTreeSet<Rule>,
    codes: Vec<CodePattern>,
    /// Products whose codes look like those of no product.
    listed: BTreeSet<ItemId>,
    dropped: BTreeMap<Rule, Vec<DroppedRow>>,
    latest_ms: i64,
    counts: BTreeMap<Rule, RuleCount>,
}

impl Cleaner {
    /// A cleaner that takes `now` for the present.
    ///
    /// # Errors
    /// [`Invalid`] when `missing_shopper` is switched off.
    pub fn new(config: &CleanConfig, now: Timestamp) -> Result<Self, Invalid> {
        if config.off.contains(&Rule::MissingShopper) {
            let (problem, hint) =
                ("cannot be switched off", "an event needs a shopper; take it out of `off`");
            return Err(Invalid::new("cleaning rule", problem, Rule::MissingShopper.name(), hint));
        }
        let is_on = |rule: &Rule| !config.off.contains(rule);
        Ok(Self {
            off: config.off.clone(),
            codes: config.non_product_codes.iter().map(|code| CodePattern::new(code)).collect(),
            listed: BTreeSet::new(),
            dropped: BTreeMap::new(),
            latest_ms: now.0.saturating_add(i64::from(config.clock_tolerance_minutes) * MINUTE_MS),
            counts: Rule::ALL
                .into_iter()
                .filter(is_on)
                .map(|rule| (rule, RuleCount::default()))
                .collect(),
        })
    }

    /// Takes in that the catalogue lists an item: it is a product, whatever its code looks like.
    pub fn list(&mut self, item_id: &ItemId) {
        if self.is_no_product(item_id) {
            self.listed.insert(item_id.clone());
        }
    }

    /// The first rows that each rule dropped.
    #[must_use]
    pub fn dropped(&self) -> &BTreeMap<Rule, Vec<DroppedRow>> {
        &self.dropped
    }

    /// The event, unless a rule drops it.
    pub fn event(&mut self, record: EventRecord) -> Option<Event> {
        let is_refund = self.is_on(Rule::CancelledOrder) && is_cancellation(&record);
        let is_sale = matches!(record.kind, EventKind::Purchase | EventKind::Refund);
        let no_price = record.price.is_some_and(|price| price.minor <= 0);
        let broken = |rule| match rule {
            Rule::MissingShopper => record.subject.is_none(),
            Rule::NonProductCode => self.is_no_product(&record.item_id),
            Rule::CancelledOrder => is_refund,
            Rule::ZeroQuantity => record.quantity == 0 && is_sale,
            Rule::NegativeQuantity => record.quantity < 0 && !is_refund && is_sale,
            Rule::NonPositivePrice => no_price,
            Rule::FutureTime => self.is_future(record.time),
        };
        let matched: Vec<Rule> = Rule::ALL.into_iter().filter(|&rule| broken(rule)).collect();
        let is_correction = is_sale && record.price.is_some_and(|price| price.minor < 0);
        let leaves_out_price = no_price && self.is_on(Rule::NonPositivePrice);
        let row = (record.line, &record.item_id);
        if self.drops(&matched, row, |rule| rule != Rule::NonPositivePrice || is_correction) {
            return None;
        }
        let subject = record.subject?;
        // Less than nothing is a cancellation among sales; with a view it is a slip.
        let told =
            if is_sale { record.quantity.unsigned_abs() } else { record.quantity.max(0) as u64 };
        let quantity = u32::try_from(told).unwrap_or(u32::MAX);
        Some(Event {
            subject,
            kind: if is_refund { EventKind::Refund } else { record.kind },
            item_id: record.item_id,
            time: record.time,
            quantity: quantity.max(1),
            price: record.price.filter(|_| !leaves_out_price),
            session: record.session.or(record.order), // an order is a visit where no visit is told
            request_id: record.request_id,
            region: record.region,
            device: record.device,
            zone_minutes: record.zone_minutes,
            source_key: record.source_key,
        })
    }

    /// Whether an item is a product.
    pub fn keeps_item(&mut self, item: &Item) -> bool {
        let matched = self.is_no_product(&item.id).then_some(Rule::NonProductCode);
        !self.drops(matched.as_slice(), (0, &item.id), |_| true)
    }

    /// Whether a review is of a product, and of the past.
    pub fn keeps_review(&mut self, review: &Review) -> bool {
        let no_product = self.is_no_product(&review.item_id).then_some(Rule::NonProductCode);
        let future = self.is_future(review.time).then_some(Rule::FutureTime);
        let matched: Vec<Rule> = no_product.into_iter().chain(future).collect();
        !self.drops(&matched, (0, &review.item_id), |_| true)
    }

    /// What each rule that is switched on has done.
    #[must_use]
    pub fn into_counts(self) -> BTreeMap<Rule, RuleCount> {
        self.counts
    }

    /// Counts the rules that are true of a record; whether one of them, of those that may, drops it.
    fn drops(
        &mut self,
        matched: &[Rule],
        (line, item_id): (u64, &ItemId),
        may: impl Fn(Rule) -> bool,
    ) -> bool {
        let mut is_dropped = false;
        for rule in matched {
            let Some(count) = self.counts.get_mut(rule) else { continue };
            count.matched += 1;
            if *rule != Rule::CancelledOrder && may(*rule) && !is_dropped {
                count.dropped += 1;
                is_dropped = true;
                let kept = self.dropped.entry(*rule).or_default();
                if kept.len() < MAX_KEPT_ROWS {
                    kept.push(DroppedRow { line, item_id: item_id.clone() });
                }
            }
        }
        is_dropped
    }

    fn is_on(&self, rule: Rule) -> bool {
        !self.off.contains(&rule)
    }

    fn is_future(&self, time: EventTime) -> bool {
        time.instant().is_some_and(|at| at.0 > self.latest_ms)
    }

    fn is_no_product(&self, item_id: &ItemId) -> bool {
        let code = item_id.as_str();
        let mut letters = code.chars();
        let is_single_letter =
            letters.next().is_some_and(|c| c.is_ascii_alphabetic()) && letters.next().is_none();
        (is_single_letter || self.codes.iter().any(|pattern| pattern.matches(code)))
            && !self.listed.contains(item_id)
    }
}

/// An order number of `C` and digits, with less than nothing bought. The sign is needed too: in
/// some shops every order number begins with C.
fn is_cancellation(record: &EventRecord) -> bool {
    let digits = record.order.as_deref().and_then(|order| order.strip_prefix(['C', 'c']));
    let is_numbered =
        digits.is_some_and(|d| !d.is_empty() && d.bytes().all(|b| b.is_ascii_digit()));
    is_numbered && record.quantity < 0 && record.kind == EventKind::Purchase
}

#[derive(Debug)]
enum CodePattern {
    Whole(String),
    Beginning(String),
}

impl CodePattern {
    fn new(raw: &str) -> Self {
        let raw = raw.trim();
        match raw.strip_suffix('*') {
            Some(beginning) => Self::Beginning(beginning.to_owned()),
            None => Self::Whole(raw.to_owned()),
        }
    }

    fn matches(&self, code: &str) -> bool {
        match self {
            Self::Whole(whole) => code.eq_ignore_ascii_case(whole),
            Self::Beginning(beginning) => {
                let head = code.as_bytes().get(..beginning.len());
                head.is_some_and(|head| head.eq_ignore_ascii_case(beginning.as_bytes()))
            }
        }
    }
}

#[cfg(test)]
mod tests;
