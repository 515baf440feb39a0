//! What the cells of a file show of how it writes numbers and dates, field by field, and what
//! follows from that for a cell that means two things. Nothing follows where nothing is shown, or
//! where a field is written both ways.

use std::collections::BTreeMap;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::date::DateOrder;
use crate::number::Decimal;
use crate::verdict::Verdict;

/// A way of writing decides where it is this many times commoner than all others together: one
/// mistyped cell does not make a column unreadable.
const CLEAR_MAJORITY: u64 = 20;

/// Cells of one field that mean one thing only, by what they show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shown {
    point: u64,
    comma: u64,
    dmy: u64,
    mdy: u64,
    ymd: u64,
    /// Numbers in a column of times that are neither days of a spreadsheet nor real instants.
    counters: u64,
}

/// What all the cells of a file show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence(BTreeMap<&'static str, Shown>);

impl Evidence {
    /// Notes a cell that shows the mark before decimals.
    pub fn saw_decimal(&mut self, field: &'static str, mark: Decimal) {
        let shown = self.0.entry(field).or_default();
        match mark {
            Decimal::Point => shown.point += 1,
            Decimal::Comma => shown.comma += 1,
        }
    }

    /// Notes a cell that shows the order of day, month and year.
    pub fn saw_order(&mut self, field: &'static str, order: DateOrder) {
        let shown = self.0.entry(field).or_default();
        match order {
            DateOrder::Dmy => shown.dmy += 1,
            DateOrder::Mdy => shown.mdy += 1,
            DateOrder::Ymd => shown.ymd += 1,
        }
    }

    /// Notes a number in a column of times that is no real instant.
    pub fn saw_counter(&mut self, field: &'static str) {
        self.0.entry(field).or_default().counters += 1;
    }

    /// The fields of which cells show something.
    pub fn fields(&self) -> impl Iterator<Item = &'static str> {
        self.0.keys().copied()
    }

    /// The decimal mark of a field by itself.
    pub fn decimal_of(&self, field: &str) -> Verdict<Decimal> {
        decimal(self.0.get(field).copied().unwrap_or_default())
    }

    /// The order of day, month and year of a field by itself.
    pub fn order_of(&self, field: &str) -> Verdict<DateOrder> {
        order(self.0.get(field).copied().unwrap_or_default())
    }

    /// The decimal mark of a field; of the whole file where the field shows none.
    pub fn decimal(&self, field: &str) -> Verdict<Decimal> {
        match self.decimal_of(field) {
            Verdict::Silent => decimal(self.whole()),
            told => told,
        }
    }

    /// The order of day, month and year of a field; of the whole file where the field shows none.
    pub fn order(&self, field: &str) -> Verdict<DateOrder> {
        match self.order_of(field) {
            Verdict::Silent => order(self.whole()),
            told => told,
        }
    }

    fn whole(&self) -> Shown {
        self.0.values().fold(Shown::default(), |sum, shown| Shown {
            point: sum.point + shown.point,
            comma: sum.comma + shown.comma,
            dmy: sum.dmy + shown.dmy,
            mdy: sum.mdy + shown.mdy,
            ymd: sum.ymd + shown.ymd,
            counters: sum.counters + shown.counters,
        })
    }

    /// Whether a field's numbers only count, so that none of them is a day of a spreadsheet.
    pub fn counts(&self, field: &str) -> bool {
        self.0.get(field).is_some_and(|shown| shown.counters > 0)
    }
}

fn decimal(shown: Shown) -> Verdict<Decimal> {
    majority([(Decimal::Point, shown.point), (Decimal::Comma, shown.comma)])
}

fn order(shown: Shown) -> Verdict<DateOrder> {
    majority([
        (DateOrder::Dmy, shown.dmy),
        (DateOrder::Mdy, shown.mdy),
        (DateOrder::Ymd, shown.ymd),
    ])
}

fn majority<T: Copy, const N: usize>(counts: [(T, u64); N]) -> Verdict<T> {
    let total: u64 = counts.iter().map(|(_, n)| n).sum();
    let Some((most, n)) = counts.into_iter().max_by_key(|(_, n)| *n).filter(|(_, n)| *n > 0) else {
        return Verdict::Silent;
    };
    if n >= CLEAR_MAJORITY.saturating_mul(total - n) { Verdict::Is(most) } else { Verdict::Mixed }
}

/// What earlier readings of the same files showed: an import reads its files more than once.
#[derive(Debug, Clone, Default)]
pub struct Surveyed(Arc<Mutex<HashMap<PathBuf, Arc<Evidence>>>>);

impl Surveyed {
    /// Returns what the file at `path` shows; runs `survey` where it was not read yet.
    pub fn of(&self, path: &Path, survey: impl FnOnce() -> Evidence) -> Arc<Evidence> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned();
        known.unwrap_or_else(|| {
            let found = Arc::new(survey());
            let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.entry(path.to_owned()).or_insert(found))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_decides_for_itself_and_else_the_file() {
        let mut evidence = Evidence::default();
        assert_eq!(evidence.decimal("price"), Verdict::Silent);
        evidence.saw_decimal("sale_price", Decimal::Comma);
        assert_eq!(evidence.decimal("price"), Verdict::Is(Decimal::Comma));
        evidence.saw_decimal("price", Decimal::Point);
        assert_eq!(evidence.decimal("price"), Verdict::Is(Decimal::Point));
        assert_eq!(evidence.decimal("weight"), Verdict::Mixed);
    }

    #[test]
    fn one_mistyped_cell_does_not_decide_and_does_not_undo() {
        let mut evidence = Evidence::default();
        (0..20).for_each(|_| evidence.saw_order("time", DateOrder::Dmy));
        evidence.saw_order("time", DateOrder::Mdy);
        assert_eq!(evidence.order("time"), Verdict::Is(DateOrder::Dmy));
        evidence.saw_order("time", DateOrder::Mdy);
        assert_eq!(evidence.order("time"), Verdict::Mixed);
    }
}
