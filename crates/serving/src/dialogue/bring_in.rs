//! The smallest change of a history that brings an item into the list: found by trying, and told
//! only where running everything again with the change made puts the item there.

use answers::counterfactual::{in_circumstance, narrowed};
use answers::request::{Filters, Request};
use claims::{Change, Facts};
use domain::{Correction, EventKind, ItemId, Unused};
use explain::{Evidence, asked};
use shop::ShopError;
use signals::{History, ItemIdx, Query};

use super::AskConfig;
use super::scene::Scene;
use crate::caller::Counterfactual;

/// Most things done, together, that are tried.
const MOST_TOGETHER: usize = 3;
/// Most items of the same category that are compared.
const MOST_COMPARED: usize = 400;

impl Scene<'_> {
    /// The list that a request would get with changes made; `None` where one cannot be.
    pub(super) fn list_with(&self, changes: &[Change]) -> Result<Option<Vec<ItemId>>, ShopError> {
        let mut request: Request = self.request.clone();
        request.context = self.prepared.record.context.clone();
        let mut counterfactual = Counterfactual::default();
        for change in changes {
            match change {
                Change::Without { history } => {
                    let Some(events) = history.iter().map(|past| past.event_id).collect() else {
                        return Ok(None);
                    };
                    let unused = Unused::Events(events);
                    counterfactual.corrections.push(Correction::DoNotUse { unused });
                }
                Change::With { did, item_id } => {
                    counterfactual.interactions.push((*did, item_id.clone()));
                }
                Change::Price { min, max } => {
                    let price = Some(narrowed(request.filters.price, *min, *max));
                    request.filters = Filters { price, ..request.filters };
                }
                Change::In { circumstance } => {
                    let latest = self.counts.latest();
                    match in_circumstance(&request.context, circumstance, latest) {
                        Some(context) => request.context = context,
                        None => return Ok(None),
                    }
                }
            }
        }
        request.check()?;
        self.recommender.list_under(&request, self.prepared, &counterfactual, self.counts).map(Some)
    }

    /// The list with changes made, worked out twice, by two ways: what they do not agree on is not
    /// told.
    pub(super) fn list_if(&self, changes: &[Change]) -> Result<Option<Vec<ItemId>>, ShopError> {
        let list = self.list_with(changes)?;
        Ok(list.filter(|list| self.evidence.list_if(changes).is_some_and(|again| *again == **list)))
    }

    /// A change that brings an item in, of which no part alone does, and the fact that it does.
    pub(super) fn bring_in(
        &self,
        item: &ItemId,
    ) -> Result<Option<(Vec<Change>, Facts)>, ShopError> {
        for changes in self.tries(item) {
            let inside = |list: &[ItemId]| list.contains(item);
            let by_evidence = self.evidence.list_if(&changes).is_some_and(|list| inside(&list));
            if by_evidence && self.list_with(&changes)?.is_some_and(|list| inside(&list)) {
                return Ok(
                    asked::would_be(item, &changes, self.evidence).map(|facts| (changes, facts))
                );
            }
        }
        Ok(None)
    }

    /// Changes to try, the smallest first: one event left out, one thing looked at, one bought, and
    /// then several of the most promising looked at.
    fn tries(&self, item: &ItemId) -> Vec<Vec<Change>> {
        let most = self.recommender.shop().shop().config::<AskConfig>().bring_in_tries;
        let mut tries = self.removals(item);
        let leading = self.leading_to(item, most);
        let did = |did: EventKind, id: &ItemId| Change::With { did, item_id: id.clone() };
        tries.extend(leading.iter().take(6).map(|id| vec![did(EventKind::View, id)]));
        tries.extend(leading.iter().take(4).map(|id| vec![did(EventKind::Purchase, id)]));
        for n in 2..=MOST_TOGETHER.min(leading.len()) {
            let together = leading[..n].iter().rev();
            tries.push(together.clone().map(|id| did(EventKind::View, id)).collect());
            tries.push(together.map(|id| did(EventKind::Purchase, id)).collect());
        }
        tries.truncate(most);
        tries
    }

    /// Single events whose masking brings the item in, tried side by side.
    fn removals(&self, item: &ItemId) -> Vec<Vec<Change>> {
        let history = self.evidence.history();
        let own = (0..history.len()).filter(|&at| history[at].event_id.is_some());
        let masks: Vec<Vec<usize>> = own.map(|at| vec![at]).collect();
        self.evidence.rerun(&masks);
        let brings = |mask: &&Vec<usize>| self.evidence.shown_without(mask).contains(item);
        let without =
            |mask: &Vec<usize>| vec![Change::Without { history: vec![history[mask[0]].to_ref()] }];
        masks.iter().filter(brings).take(1).map(without).collect()
    }

    /// Items that lead to this one, the most promising first.
    fn leading_to(&self, item: &ItemId, most: usize) -> Vec<ItemId> {
        let model = &self.prepared.loaded.model;
        let Some(target) = model.index_of(item) else { return Vec::new() };
        let after = |of: ItemIdx| History::newest_first([(of, 1.0)]);
        let mut scores = Vec::new();
        let alone = after(target);
        model.score(Query::of(&alone), &mut scores);
        let mut near: Vec<ItemIdx> = (0..model.n_items() as ItemIdx).collect();
        near.retain(|&other| other != target && self.is_sold(&model.items()[other as usize]));
        near.sort_by(|&a, &b| scores[b as usize].total_cmp(&scores[a as usize]).then(a.cmp(&b)));
        near.truncate(most);
        near.extend(self.alike(target, most));
        near.sort_unstable();
        near.dedup();
        let lead = |&other: &ItemIdx| {
            let history = after(other);
            (other, model.breakdown(Query::of(&history), target).total())
        };
        let mut leads: Vec<(ItemIdx, f32)> = near.iter().map(lead).collect();
        leads.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        leads.into_iter().map(|(other, _)| model.items()[other as usize].clone()).collect()
    }

    fn is_sold(&self, id: &ItemId) -> bool {
        self.counts.entry(id).is_some_and(|entry| self.counts.offers(entry))
    }

    /// Items of its category that read most like it.
    fn alike(&self, target: ItemIdx, most: usize) -> Vec<ItemIdx> {
        let model = &self.prepared.loaded.model;
        let id = &model.items()[target as usize];
        let category = self.counts.entry(id).and_then(|entry| entry.category);
        let same =
            self.counts.offered().filter(|entry| category.is_some() && entry.category == category);
        let others = same.filter_map(|entry| model.index_of(&entry.item.id));
        let others = others.filter(|&other| other != target).take(MOST_COMPARED);
        let mut alike: Vec<(ItemIdx, f32)> =
            others.map(|other| (other, model.similarity(target, other))).collect();
        alike.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        alike.into_iter().take(most / 2).map(|(other, _)| other).collect()
    }
}
