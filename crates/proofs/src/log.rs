//! The rows of a shop, read once, and the choice of those that a bundle needs.

use std::collections::{BTreeMap, BTreeSet};

use domain::{EventKind, IngestId, ItemId, ShopperId, StoredEvent, StoredItem, StoredReview};
use shop::ShopError;
use store::{State, every};
use verify::bundle::{Review, Row, Version};

use crate::names::Names;
use crate::{Needs, told_of};

/// Everything that was taken in.
pub(crate) struct Log {
    events: Vec<StoredEvent>,
    reviews: Vec<StoredReview>,
    versions: BTreeMap<ItemId, Vec<StoredItem>>,
}

impl Log {
    pub(crate) fn read(state: &dyn State) -> Result<Self, ShopError> {
        let as_of = state.newest()?;
        let (mut events, mut reviews) = (Vec::new(), Vec::new());
        let mut versions: BTreeMap<ItemId, Vec<StoredItem>> = BTreeMap::new();
        // Events are handed over person by person; which visitors were joined to whom is seen to there.
        state.scan_events(as_of, &mut every(|event| events.push(event)))?;
        state.scan_reviews(as_of, &mut every(|review| reviews.push(review)))?;
        state.scan_items(
            as_of,
            &mut every(|(id, version)| versions.entry(id).or_default().push(version)),
        )?;
        Ok(Self { events, reviews, versions })
    }

    /// The events of a person up to an id.
    pub(crate) fn of_person(&self, reader: ShopperId, as_of: IngestId) -> Vec<&StoredEvent> {
        self.events.iter().filter(|e| e.shopper == reader && e.id <= as_of).collect()
    }

    pub(crate) fn rows(
        &self,
        as_of: IngestId,
        reader: Option<ShopperId>,
        needs: &Needs,
        names: &mut Names,
    ) -> Vec<Row> {
        let is_needed = |event: &&StoredEvent| {
            let by_kind = match event.kind {
                EventKind::Purchase | EventKind::Refund => needs.all_purchases,
                EventKind::View | EventKind::Click => needs.looks.contains(&event.item_id),
                _ => false,
            };
            event.id <= as_of && (by_kind || Some(event.shopper) == reader)
        };
        self.events.iter().filter(is_needed).map(|event| row(event, names)).collect()
    }

    pub(crate) fn reviews(&self, as_of: IngestId, needs: &Needs, names: &mut Names) -> Vec<Review> {
        let of = |review: &&StoredReview| {
            let is_needed =
                [&needs.rated, &needs.read].iter().any(|set| set.contains(&review.item_id));
            review.id <= as_of && is_needed
        };
        let told = |review: &StoredReview| Review {
            who: names.person(review.shopper),
            item: review.item_id.clone(),
            rating: review.rating,
            text: if needs.read.contains(&review.item_id) { review.whole() } else { String::new() },
        };
        self.reviews.iter().filter(of).map(told).collect()
    }

    /// Every version of these items.
    pub(crate) fn versions(&self, items: &BTreeSet<ItemId>) -> Vec<Version> {
        let of_item = |id: &ItemId| {
            let versions = self.versions.get(id).into_iter().flatten();
            let version = |stored: &StoredItem| Version {
                version: stored.version,
                item: stored.item.as_ref().map(told_of),
                item_id: id.clone(),
            };
            versions.map(version).collect::<Vec<_>>()
        };
        items.iter().flat_map(of_item).collect()
    }
}

fn row(event: &StoredEvent, names: &mut Names) -> Row {
    let is_bought = matches!(event.kind, EventKind::Purchase | EventKind::Refund);
    Row {
        who: names.person(event.shopper),
        did: event.kind,
        item: event.item_id.clone(),
        time: event.time,
        quantity: event.quantity,
        price: event.price.filter(|_| is_bought),
        visit: event.session.as_deref().filter(|_| is_bought).map(|session| names.visit(session)),
        region: event.region.clone().filter(|_| is_bought),
        device: event.device.clone().filter(|_| is_bought),
        zone_minutes: event.zone_minutes.filter(|_| is_bought),
    }
}
