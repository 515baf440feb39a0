//! Loading a whole history: rows are staged in a private temporary database, sorted there by
//! shopper and time on disk, and appended in slices of whole shoppers.
//!
//! Sorted appends fill pages one after another instead of scattering writes, and no more than one
//! slice is in memory. Slices go through the writing thread as ordinary writes, so that a running
//! server's events get their turn between them.

use std::time::Instant;

use domain::{Item, ShopperId, SubjectId};
use rusqlite::Connection;

use super::staging::{Row, Staged, Staging};
use super::writer::{Transaction, Writer};
use super::{events, items, joins, reviews, shoppers};
use crate::{HistoryRow, LoadProgress, LoadReport, StoreError};

/// Rows per transaction: long enough to make the fsync cheap, short enough to let others in.
const SLICE: usize = 20_000;
/// Rows between two reports of progress while staging.
const REPORT_EVERY: u64 = 10_000;

/// Loads every row; returns when all of it is on disk.
pub(super) fn load(
    writer: &Writer,
    reader: &Connection,
    rows: &mut dyn Iterator<Item = HistoryRow>,
    progress: &mut dyn FnMut(LoadProgress),
) -> Result<LoadReport, StoreError> {
    let begun = Instant::now();
    let mut load =
        Load { writer, report: LoadReport::default(), at: LoadProgress::default(), progress };
    let staging = load.stage(reader, rows)?;
    load.append_sorted(&staging)?;
    load.join_staged(&staging)?;
    load.report.elapsed = begun.elapsed();
    Ok(load.report)
}

struct Load<'a> {
    writer: &'a Writer,
    report: LoadReport,
    at: LoadProgress,
    progress: &'a mut dyn FnMut(LoadProgress),
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
                HistoryRow::Item(item) => items.push(item),
                HistoryRow::Join { visitor, person } => staging.add_join(&visitor, &person)?,
            }
            if items.len() == SLICE {
                self.put_items(std::mem::take(&mut items))?;
            }
            self.at.read += 1;
            if self.at.read.is_multiple_of(REPORT_EVERY) {
                (self.progress)(self.at);
            }
        }
        self.put_items(items)?;
        Ok(staging)
    }

    fn put_items(&mut self, items: Vec<Item>) -> Result<(), StoreError> {
        let slice = self.writer.write(move |tx| {
            let mut slice = LoadReport::default();
            for item in &items {
                slice.items.count(items::put(tx, item)?.fresh);
            }
            Ok(slice)
        })?;
        self.add(slice);
        Ok(())
    }

    fn append_sorted(&mut self, staging: &Staging) -> Result<(), StoreError> {
        let mut slice = Vec::new();
        staging.each_sorted(&mut |staged: Staged| {
            let starts_shopper = slice.last().is_some_and(|last: &Staged| {
                last.proposed != staged.proposed && slice.len() >= SLICE
            });
            if starts_shopper {
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
            if slice.len() == SLICE { self.join(std::mem::take(&mut slice)) } else { Ok(()) }
        })?;
        self.join(slice)
    }

    fn join(&mut self, pairs: Vec<(SubjectId, SubjectId)>) -> Result<(), StoreError> {
        let slice = self.writer.write(move |tx| {
            let mut slice = LoadReport::default();
            for (visitor, person) in &pairs {
                slice.joins.count(joins::join(tx, visitor, person)?.is_some());
            }
            Ok(slice)
        })?;
        self.add(slice);
        Ok(())
    }

    fn append(&mut self, slice: Vec<Staged>) -> Result<(), StoreError> {
        let report = self.writer.write(move |tx| append_slice(tx, slice))?;
        self.add(report);
        Ok(())
    }

    fn add(&mut self, slice: LoadReport) {
        self.at.stored += slice.total();
        self.report.events.add(slice.events);
        self.report.reviews.add(slice.reviews);
        self.report.items.add(slice.items);
        self.report.joins.add(slice.joins);
        (self.progress)(self.at);
    }
}

fn append_slice(tx: &mut Transaction<'_>, slice: Vec<Staged>) -> Result<LoadReport, StoreError> {
    let mut report = LoadReport::default();
    let mut current: Option<(SubjectId, ShopperId)> = None;
    for Staged { proposed, row } in slice {
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
                report.events.count(ack.fresh);
            }
            Row::Review(review) => {
                let ack = reviews::append(tx, shopper, &review)?;
                report.reviews.count(ack.fresh);
            }
        }
    }
    Ok(report)
}
