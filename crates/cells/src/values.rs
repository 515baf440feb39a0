//! Reads the values of one file the way that file writes them: each cell by itself where it means
//! one thing, else by what all cells of its field show, else not at all. Also keeps the faults of
//! values that the row at hand goes without.

use std::cell::RefCell;
use std::sync::Arc;

use domain::{Currency, Money, Timestamp};

use crate::address::{address, addresses, gtin};
use crate::currency::{Named, amount};
use crate::date::{DateOrder, Readings, moment};
use crate::evidence::Evidence;
use crate::fault::Fault;
use crate::number::{Decimal, Numeral, numeral};
use crate::range;
use crate::verdict::Verdict;

/// Largest quantity that is read.
const MAX_QUANTITY: u64 = u32::MAX as u64;

/// How far ahead a day may lie that is one of several readings: sales end within two years.
const MAX_AHEAD_MS: i64 = 2 * 366 * domain::time::DAY_MS;

/// Words for pieces that may stand beside a quantity.
pub(crate) const PIECES: [&str; 22] = [
    "x", "pc", "pcs", "piece", "pieces", "st", "stk", "stück", "stueck", "szt", "pz", "pza", "ud",
    "uds", "pce", "pièce", "pièces", "unit", "units", "件", "个", "個",
];

/// What the caller knows of how a file writes its values. What is missing, the cells must show.
#[derive(Debug, Clone, Copy, Default)]
pub struct Writing {
    /// The mark before decimals.
    pub decimal: Option<Decimal>,
    /// The order of day, month and year.
    pub dates: Option<DateOrder>,
    /// The currency of amounts that name none.
    pub currency: Option<Currency>,
    /// The clock: no day of a shop lies far after it.
    pub now: Option<Timestamp>,
}

/// Reads the values of one file.
pub struct Values {
    decimal: Option<Decimal>,
    dates: Option<DateOrder>,
    currency: Option<Currency>,
    /// No day of a shop lies after it.
    latest: Option<Timestamp>,
    /// Whether whole numbers may be days as spreadsheets count them.
    pub reads_serials: bool,
    knowledge: RefCell<Knowledge>,
    faults: RefCell<Vec<Fault>>,
}

/// How much is known of the file's writing.
enum Knowledge {
    /// This reading is the one that finds out.
    Surveying(Evidence),
    /// Found out once a cell needs it.
    Pending(Box<dyn FnOnce() -> Arc<Evidence>>),
    Known(Arc<Evidence>),
}

impl Values {
    /// Decides cells by what the caller knows alone.
    pub fn new(writing: Writing) -> Self {
        Self::knowing(writing, Knowledge::Known(Arc::default()))
    }

    /// Only finds out how a file writes.
    pub fn surveying(writing: Writing) -> Self {
        Self::knowing(writing, Knowledge::Surveying(Evidence::default()))
    }

    /// Runs `survey` once a cell needs it.
    pub fn with_survey(writing: Writing, survey: impl FnOnce() -> Arc<Evidence> + 'static) -> Self {
        Self::knowing(writing, Knowledge::Pending(Box::new(survey)))
    }

    fn knowing(writing: Writing, knowledge: Knowledge) -> Self {
        Self {
            decimal: writing.decimal,
            dates: writing.dates,
            currency: writing.currency,
            latest: writing.now.map(|now| Timestamp(now.0.saturating_add(MAX_AHEAD_MS))),
            reads_serials: false,
            knowledge: RefCell::new(knowledge),
            faults: RefCell::default(),
        }
    }

    /// What this reading found out.
    pub fn into_evidence(self) -> Evidence {
        match self.knowledge.into_inner() {
            Knowledge::Surveying(evidence) => evidence,
            _ => Evidence::default(),
        }
    }

    /// Keeps a fault: the row goes without the value.
    pub fn leave_out(&self, fault: Fault) {
        self.faults.borrow_mut().push(fault);
    }

    /// The value, or nothing and its fault is kept.
    pub fn or_none<T>(&self, read: Result<T, Fault>) -> Option<T> {
        read.map_err(|fault| self.leave_out(fault)).ok()
    }

    /// The faults kept since the last call.
    pub fn take_faults(&self) -> Vec<Fault> {
        self.faults.take()
    }

    /// An amount of money. `own` is the currency that its row names; without one the cell's own
    /// counts, then the one that the caller knows, and else none is known.
    pub fn money(
        &self,
        field: &'static str,
        raw: &str,
        own: Option<Currency>,
    ) -> Result<Money, Fault> {
        let fault = |reason: &'static str| Fault::new(field, raw, reason);
        if let Some(clear @ Numeral::Clear(..)) = numeral(raw) {
            let currency = own.or(self.currency).unwrap_or(Currency::UNKNOWN);
            return self.money_of(field, raw, clear, currency);
        }
        let several = || range::problem(raw);
        let parts = amount(raw).map_err(|problem| fault(several().unwrap_or(problem)))?;
        let numeral = numeral(&parts.number).ok_or_else(|| {
            fault(several().unwrap_or("is not one amount of money; write it like 15.00"))
        })?;
        let currency = self.currency_of(parts.named, own).map_err(fault)?;
        self.money_of(field, raw, numeral, currency)
    }

    /// As [`Values::money`], where a price of nothing or less is none.
    pub fn price(
        &self,
        field: &'static str,
        raw: &str,
        own: Option<Currency>,
    ) -> Result<Money, Fault> {
        positive(field, raw, self.money(field, raw, own)?)
    }

    /// The same of a plain decimal, such as a number of JSON.
    pub fn plain_money(
        &self,
        field: &'static str,
        number: &str,
        own: Option<Currency>,
    ) -> Result<Money, Fault> {
        let currency = own.or(self.currency).unwrap_or(Currency::UNKNOWN);
        Money::parse(number, currency).map_err(|invalid| Fault::of(field, &invalid))
    }

    fn money_of(
        &self,
        field: &'static str,
        raw: &str,
        numeral: Numeral,
        currency: Currency,
    ) -> Result<Money, Fault> {
        let number = match (numeral, currency.decimals()) {
            // Yen have no fraction, so that either mark groups; fils have three digits.
            (Numeral::Either { point, comma }, 0) => {
                if point.contains('.') {
                    comma
                } else {
                    point
                }
            }
            (Numeral::Either { point, .. }, 3) if point.contains('.') => {
                self.shows(|evidence| evidence.saw_decimal(field, Decimal::Point));
                point
            }
            (numeral @ Numeral::Either { .. }, decimals) => {
                let number = self.decided(field, raw, numeral)?;
                let fraction = number.split_once('.').map_or("", |(_, fraction)| fraction);
                let is_cut = fraction.trim_end_matches('0').len() > decimals as usize;
                if is_cut && self.decimal.is_none() {
                    // Thousands typed among decimals are likelier than a tenth of a cent.
                    return Err(Fault::new(
                        field,
                        raw,
                        "has more decimals than its currency; say --decimal comma or --decimal point, or write it like 15.00",
                    ));
                }
                number
            }
            (numeral, _) => self.decided(field, raw, numeral)?,
        };
        Money::parse(&number, currency).map_err(|invalid| Fault::of(field, &invalid))
    }

    fn currency_of(
        &self,
        named: Option<Named>,
        own: Option<Currency>,
    ) -> Result<Currency, &'static str> {
        let Some(named) = named else {
            return Ok(own.or(self.currency).unwrap_or(Currency::UNKNOWN));
        };
        if let Some(own) = own {
            let problem = "names another currency than its row; make the two agree";
            return named.may_be(own).then_some(own).ok_or(problem);
        }
        match (named.only(), self.currency) {
            (Some(only), _) => Ok(only),
            (None, Some(given)) if named.may_be(given) => Ok(given),
            (None, Some(_)) => {
                Err("names another currency than the one given; say which by its code")
            }
            (None, None) => Ok(Currency::UNKNOWN),
        }
    }

    /// A currency by its code, sign or name.
    pub fn currency(&self, field: &'static str, raw: &str) -> Result<Currency, Fault> {
        if let Some(only) = Named::of(raw).and_then(Named::only) {
            return Ok(only);
        }
        match (Named::of(raw), self.currency) {
            (Some(named), Some(given)) if named.may_be(given) => Ok(given),
            _ => raw.parse().map_err(|invalid| Fault::of(field, &invalid)),
        }
    }

    /// A finite number; of `80%` 80.
    pub fn number(&self, field: &'static str, raw: &str) -> Result<f64, Fault> {
        let fault = || Fault::new(field, raw, "is not a number; write it like 4.5");
        let bare = raw.trim_end_matches(['%', '％', '٪']).trim_end();
        let numeral = numeral(bare).ok_or_else(fault)?;
        self.decided(field, raw, numeral)?
            .parse()
            .ok()
            .filter(|n: &f64| n.is_finite())
            .ok_or_else(fault)
    }

    /// A number that lies between two others; a writing that means two is the one that does.
    pub fn number_within(
        &self,
        field: &'static str,
        raw: &str,
        (low, high): (f64, f64),
    ) -> Result<f64, Fault> {
        if let Some(Numeral::Either { point, comma }) = numeral(raw) {
            let inside = |text: &str| text.parse().ok().filter(|n| (low..=high).contains(n));
            if let (Some(one), None) | (None, Some(one)) = (inside(&point), inside(&comma)) {
                return Ok(one);
            }
        }
        self.number(field, raw)
    }

    /// How many: a whole number, perhaps with a word for pieces.
    pub fn quantity(&self, field: &'static str, raw: &str) -> Result<i64, Fault> {
        let fault = || Fault::new(field, raw, "is not a whole number; write it like 6");
        let lower = raw.to_lowercase();
        let word = lower.trim_start_matches(|c: char| !c.is_alphabetic()).trim_end_matches('.');
        let bare = match PIECES.contains(&word) {
            true => lower.trim_end_matches('.').trim_end_matches(word).trim_end(),
            false => raw,
        };
        let number = self.decided(field, raw, numeral(bare).ok_or_else(fault)?)?;
        let (whole, fraction) = number.split_once('.').unwrap_or((&number, ""));
        let whole = whole.parse().ok().filter(|_| fraction.bytes().all(|b| b == b'0'));
        whole.filter(|n: &i64| n.unsigned_abs() <= MAX_QUANTITY).ok_or_else(fault)
    }

    /// The address of a page.
    pub fn url(&self, field: &'static str, raw: Option<&str>) -> Option<String> {
        self.or_none(address(field, raw?))
    }

    /// The addresses of a product's images, the main one first.
    pub fn images<'r>(
        &self,
        field: &'static str,
        cells: impl IntoIterator<Item = &'r str>,
    ) -> (Option<String>, Vec<String>) {
        let mut all: Vec<String> = Vec::new();
        for raw in cells.into_iter().flat_map(addresses) {
            if let Some(image) =
                self.or_none(address(field, raw)).filter(|image| !all.contains(image))
            {
                all.push(image);
            }
        }
        let mut all = all.into_iter();
        (all.next(), all.collect())
    }

    /// The number that trade knows a product by.
    pub fn gtin(&self, field: &'static str, raw: Option<&str>) -> Option<String> {
        self.or_none(gtin(field, raw?))
    }

    /// The plain decimal that a writing means.
    fn decided(&self, field: &'static str, raw: &str, numeral: Numeral) -> Result<String, Fault> {
        let (point, comma) = match numeral {
            Numeral::Clear(number, shown) => {
                if let Some(mark) = shown {
                    self.shows(|evidence| evidence.saw_decimal(field, mark));
                }
                return Ok(number);
            }
            Numeral::Either { point, comma } => (point, comma),
        };
        let verdict = match self.decimal {
            Some(mark) => Verdict::Is(mark),
            None => self.known(|evidence| evidence.decimal(field)),
        };
        let problem = match verdict {
            Verdict::Is(Decimal::Point) => return Ok(point),
            Verdict::Is(Decimal::Comma) => return Ok(comma),
            Verdict::Silent => {
                "could be two numbers, and no other cell tells which; say --decimal comma or --decimal point"
            }
            Verdict::Mixed => {
                "could be two numbers, and other cells have commas as well as points before their decimals; say --decimal comma or --decimal point"
            }
        };
        Err(Fault::new(field, raw, problem))
    }

    /// An instant.
    pub fn time(&self, field: &'static str, raw: &str) -> Result<Timestamp, Fault> {
        self.moment(field, raw).map(|(time, _)| time)
    }

    /// An instant, and the zone that its writing names, in minutes ahead of UTC.
    pub fn moment(
        &self,
        field: &'static str,
        raw: &str,
    ) -> Result<(Timestamp, Option<i32>), Fault> {
        const UNKNOWN: &str = "is not understood as a time; write it like 2010-12-01 08:26:00 or as seconds since 1970";
        let fault = |reason: &'static str| Fault::new(field, raw, reason);
        let written = moment(raw).ok_or_else(|| fault(UNKNOWN))?;
        let time = match &written.readings {
            Readings::One(time) => *time,
            Readings::Counter(time) => {
                self.shows(|evidence| evidence.saw_counter(field));
                *time
            }
            Readings::Serial { day, second } => {
                let is_day = self.reads_serials && !self.known(|evidence| evidence.counts(field));
                if is_day { *day } else { *second }
            }
            Readings::ByOrder(by_order) => {
                let by_order = self.latest.map_or(*by_order, |latest| by_order.until(latest));
                if let Some(order) = by_order.only() {
                    self.shows(|evidence| evidence.saw_order(field, order));
                }
                let verdict = match self.dates {
                    Some(order) => Verdict::Is(order),
                    None => self.known(|evidence| evidence.order(field)),
                };
                by_order.decided(verdict).map_err(fault)?
            }
        };
        Ok((time, written.zone_minutes))
    }

    /// Tells a survey what a cell shows.
    fn shows(&self, tell: impl FnOnce(&mut Evidence)) {
        if let Knowledge::Surveying(evidence) = &mut *self.knowledge.borrow_mut() {
            tell(evidence);
        }
    }

    /// What is known of the file; found out now where it was not.
    fn known<T>(&self, ask: impl FnOnce(&Evidence) -> T) -> T {
        let pending = self.knowledge.replace(Knowledge::Known(Arc::default()));
        let known = match pending {
            Knowledge::Pending(survey) => Knowledge::Known(survey()),
            other => other,
        };
        let answer = match &known {
            Knowledge::Known(evidence) => ask(evidence),
            Knowledge::Surveying(evidence) => ask(evidence),
            Knowledge::Pending(_) => ask(&Evidence::default()),
        };
        self.knowledge.replace(known);
        answer
    }
}

/// A price; nothing and less are none.
pub fn positive(field: &'static str, raw: &str, money: Money) -> Result<Money, Fault> {
    match money.minor {
        1.. => Ok(money),
        0 => Err(Fault::new(field, "", "of 0 is no price")),
        _ => Err(Fault::new(field, raw, "is less than nothing; send what one costs")),
    }
}
