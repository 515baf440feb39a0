//! Loading a whole history: rows are staged in a private temporary database, sorted there by
//! shopper and time on disk, and appended in slices of whole shoppers.
//!
//! Sorted appends fill pages one after another instead of scattering writes, and no more than one
//! slice is in memory. Slices go through the writing thread as ordinary writes, so that a running
//! server's events get their turn between them.

use std::time::Instant;

use domain::{Item, PartialItem, ShopperId, StoredItem, SubjectId};
use rusqlite::Connection;

use super::staging::{Row, Staged, Staging};
use super::writer::{Transaction, Writer};
use super::{events, items, joins, reviews, shoppers};
use crate::{HistoryRow, LoadProgress, LoadReport, Loading, StoreError, TakenIn};

/// Rows between two reports of progress while staging.
const REPORT_EVERY: u64 = 10_000;

/// Loads every row; returns when all of it is on disk.
pub(super) fn load(
    writer: &Writer,
    reader: &Connection,
    rows: &mut dyn Iterator<Item = HistoryRow>,
    loading: &mut dyn Loading,
) -> Result<LoadReport, StoreError> {
    let begun = Instant::now();
    let mut load = Load {
        writer,
        report: LoadReport::default(),
        at: LoadProgress::default(),
        slice: loading.slice_rows(),
        is_told: loading.is_told(),
        loading,
    };
    let staging = load.stage(reader, rows)?;
    load.append_sorted(&staging)?;
    load.join_staged(&staging)?;
    load.report.elapsed = begun.elapsed();
    Ok(load.report)
}

/// What a row says of an item.
enum Told {
    All(Item),
    Part(PartialItem),
}

struct Load<'a> {
    writer: &'a Writer,
    report: LoadReport,
    at: LoadProgress,
    /// Rows per transaction.
    slice: usize,
    is_told: bool,
    loading: &'a mut dyn Loading,
}

/// What a slice was, and what was new in it where somebody is told.
struct Slice {
    report: LoadReport,
    taken: Vec<TakenIn>,
    is_told: bool,
}

impl Slice {
    fn new(is_told: bool) -> Self {
        Self { report: LoadReport::default(), taken: Vec::new(), is_told }
    }

    fn tell(&mut self, is_fresh: bool, taken: impl FnOnce() -> TakenIn) {
        if self.is_told && is_fresh {
            self.taken.push(taken());
        }
    }
}

impl Load<'_> {
    /// Stages events and reviews; items need no sorting and are put at once.
    fn stage(
        &mut self,
        reader: &Connection,
        rows: &mut dyn Iterator<Item = HistoryRow>,
    ) -> Result<Staging, StoreError> {
        let mut staging = Staging::new()?;
        let mut items = Vec::new();
        for row in rows {
            match row {
                HistoryRow::Event(event) => staging.add_event(reader, event)?,
                HistoryRow::Review(review) => staging.add_review(reader, review)?,
                HistoryRow::Item(item) => items.push(Told::All(item)),
                HistoryRow::Part(part) => items.push(Told::Part(part)),
                HistoryRow::Join { visitor, person } => staging.add_join(&visitor, &person)?,
            }
            if items.len() == self.slice {
                self.put_items(std::mem::take(&mut items))?;
            }
            self.at.read += 1;
            if self.at.read.is_multiple_of(REPORT_EVERY) {
                self.loading.at(self.at);
            }
        }
        self.put_items(items)?;
        Ok(staging)
    }

    fn put_items(&mut self, items: Vec<Told>) -> Result<(), StoreError> {
        self.write(items, |tx, items, slice| {
            for told in items {
                let put = match told {
                    Told::All(item) => Some((items::put(tx, &item)?, item)),
                    Told::Part(part) => items::put_part(tx, part)?,
                };
                let Some((ack, item)) = put else {
                    slice.report.items.count(false);
                    continue;
                };
                slice.report.items.count(ack.fresh);
                slice.tell(ack.fresh, || {
                    let version = StoredItem { version: ack.version, item: Some(item.clone()) };
                    TakenIn::Item(item.id, version)
                });
            }
            Ok(())
        })
    }

    fn append_sorted(&mut self, staging: &Staging) -> Result<(), StoreError> {
        let mut slice = Vec::new();
        staging.each_sorted(&mut |staged: Staged| {
            let starts_shopper =
                slice.last().is_some_and(|last: &Staged| last.proposed != staged.proposed);
            if slice.len() >= self.slice && (starts_shopper || self.is_told) {
                self.append(std::mem::take(&mut slice))?;
            }
            slice.push(staged);
            Ok(())
        })?;
        self.append(slice)
    }

    /// Afterwards, so that the rows of visitors lie under their own numbers and an earlier state
    /// can be told from a later one.
    fn join_staged(&mut self, staging: &Staging) -> Result<(), StoreError> {
        let mut slice = Vec::new();
        staging.each_join(&mut |pair| {
            slice.push(pair);
            if slice.len() == self.slice { self.join(std::mem::take(&mut slice)) } else { Ok(()) }
        })?;
        self.join(slice)
    }

    fn join(&mut self, pairs: Vec<(SubjectId, SubjectId)>) -> Result<(), StoreError> {
        self.write(pairs, |tx, pairs, slice| {
            for (visitor, person) in &pairs {
                let joined = joins::join(tx, visitor, person)?;
                slice.report.joins.count(joined.is_some());
                slice.taken.extend(joined.filter(|_| slice.is_told).map(TakenIn::Join));
            }
            Ok(())
        })
    }

    fn append(&mut self, slice: Vec<Staged>) -> Result<(), StoreError> {
        self.write(slice, append_slice)
    }

    /// Writes a slice once it is let through; nothing where it is empty.
    fn write<T: Send + 'static>(
        &mut self,
        rows: Vec<T>,
        work: impl FnOnce(&mut Transaction<'_>, Vec<T>, &mut Slice) -> Result<(), StoreError>
        + Send
        + 'static,
    ) -> Result<(), StoreError> {
        if rows.is_empty() {
            return Ok(());
        }
        let mut work = Some((rows, work));
        let (writer, is_told, mut report) = (self.writer, self.is_told, None);
        self.loading.through(&mut || {
            let Some((rows, work)) = work.take() else { return Ok(Vec::new()) };
            let done = writer.write(move |tx| {
                let mut slice = Slice::new(is_told);
                work(tx, rows, &mut slice)?;
                Ok(slice)
            })?;
            report = Some(done.report);
            Ok(done.taken)
        })?;
        if let Some(slice) = report {
            self.add(slice);
        }
        Ok(())
    }

    fn add(&mut self, slice: LoadReport) {
        self.at.stored += slice.total();
        self.report.events.add(slice.events);
        self.report.reviews.add(slice.reviews);
        self.report.items.add(slice.items);
        self.report.joins.add(slice.joins);
        self.loading.at(self.at);
    }
}

fn append_slice(
    tx: &mut Transaction<'_>,
    rows: Vec<Staged>,
    slice: &mut Slice,
) -> Result<(), StoreError> {
    let mut current: Option<(SubjectId, ShopperId)> = None;
    for Staged { proposed, row } in rows {
        let subject = row.subject();
        let shopper = match &current {
            Some((known, shopper)) if known == subject => *shopper,
            // A write that named this shopper since the row was staged has decided the number.
            _ => shoppers::find_or_use(tx, subject, proposed)?,
        };
        current = Some((subject.clone(), shopper));
        match row {
            Row::Event(event) => {
                let ack = events::append(tx, shopper, event)?;
                slice.report.events.count(ack.fresh);
                slice.tell(ack.fresh, || TakenIn::Event(ack.event));
            }
            Row::Review(review) => {
                let ack = reviews::append(tx, shopper, &review)?;
                slice.report.reviews.count(ack.fresh);
                slice.tell(ack.fresh, || TakenIn::Review(ack.stored(review)));
            }
        }
    }
    Ok(())
}
