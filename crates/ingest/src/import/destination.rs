//! Where imported rows go: into a shop at rest, or into one in service, whose counts follow every
//! slice before anybody else writes.

use domain::{IngestId, Item, ItemId, StoredItem};
use shop::{LiveShop, Shop};
use store::{HistoryRow, LoadProgress, LoadReport, Loading, StoreError, TakenIn};

use crate::error::IngestError;

/// Rows that a shop in service takes in at once: as long as an event may have to wait for them.
const SLICE: usize = 1000;

/// The shop that files go into.
#[derive(Clone, Copy)]
pub enum Destination<'s> {
    /// Opened by this process alone.
    AtRest(&'s Shop),
    /// Answering and collecting meanwhile.
    InService(&'s LiveShop),
}

impl<'s> Destination<'s> {
    /// The shop at rest.
    pub(super) fn shop(self) -> &'s Shop {
        match self {
            Self::AtRest(shop) => shop,
            Self::InService(live) => live.shop(),
        }
    }

    /// Loads rows that were read when `erased` was the newest erasure.
    ///
    /// # Errors
    /// [`IngestError::Overtaken`] where somebody was erased since, or what the store says.
    pub(super) fn load(
        self,
        erased: Option<IngestId>,
        rows: &mut dyn Iterator<Item = HistoryRow>,
        progress: &mut dyn FnMut(LoadProgress),
    ) -> Result<LoadReport, IngestError> {
        let live = match self {
            Self::AtRest(shop) => return Ok(shop.state().load_history(rows, progress)?),
            Self::InService(live) => live,
        };
        let mut counted = Counted { live, erased, is_overtaken: false, progress };
        let loaded = live.shop().state().load(rows, &mut counted);
        match loaded {
            Err(_) if counted.is_overtaken => Err(IngestError::Overtaken),
            loaded => Ok(loaded?),
        }
    }

    /// Puts items as they are.
    ///
    /// # Errors
    /// What the store says.
    pub(super) fn put_items(self, items: Vec<Item>) -> Result<(), StoreError> {
        let Self::InService(live) = self else {
            return self.shop().state().put_items(items).map(drop);
        };
        let mut items = items.into_iter();
        loop {
            let slice: Vec<Item> = items.by_ref().take(SLICE).collect();
            if slice.is_empty() {
                return Ok(());
            }
            let gate = live.gate_after_others();
            let acks = live.shop().state().put_items(slice.clone())?;
            gate.change(|counts| {
                for (ack, item) in acks.iter().zip(slice).filter(|(ack, _)| ack.fresh) {
                    let id = item.id.clone();
                    counts.add_item(&id, &StoredItem { version: ack.version, item: Some(item) });
                }
            });
        }
    }

    /// Marks items as deleted.
    ///
    /// # Errors
    /// What the store says.
    pub(super) fn delete_items(self, ids: &[ItemId]) -> Result<(), StoreError> {
        let Self::InService(live) = self else {
            return self.shop().state().delete_items(ids);
        };
        for id in ids {
            let gate = live.gate_after_others();
            if let Some(version) = live.shop().state().delete_item(id)? {
                gate.change(|counts| counts.add_item(id, &StoredItem { version, item: None }));
            }
        }
        Ok(())
    }
}

/// Counts each slice of a load before anybody else writes.
struct Counted<'a> {
    live: &'a LiveShop,
    /// The newest erasure when the rows were read.
    erased: Option<IngestId>,
    is_overtaken: bool,
    progress: &'a mut dyn FnMut(LoadProgress),
}

impl Loading for Counted<'_> {
    fn slice_rows(&self) -> usize {
        SLICE
    }

    fn is_told(&self) -> bool {
        true
    }

    fn at(&mut self, at: LoadProgress) {
        (self.progress)(at);
    }

    fn through(
        &mut self,
        write: &mut dyn FnMut() -> Result<Vec<TakenIn>, StoreError>,
    ) -> Result<(), StoreError> {
        let gate = self.live.gate_after_others();
        // An erasure holds the gate, so that none comes between this look and the writing.
        if self.live.shop().state().last_erasure()? != self.erased {
            self.is_overtaken = true;
            return Err(StoreError::ShopperGone);
        }
        let taken = write()?;
        gate.change(|counts| taken.iter().for_each(|taken| counts.take_in(taken)));
        Ok(())
    }
}
