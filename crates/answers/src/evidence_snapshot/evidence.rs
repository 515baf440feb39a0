//! What explanations and checkers may ask of a [`EvidenceSnapshot`]: counts, facts and re-runs.

use std::{rc::Rc, sync::Arc};

use claims::{AsOf, Bar, Change, Opinions, PopularScope, Unknown, Window};
use domain::{
    Circumstance, Concept, IngestId, Item, ItemId, Language, ModelVersion, Money, Timestamp,
};
use explain::{
    ContextCount, Contributions, Evidence, Paid, PastEvent, RatingSum, Relation, Similarity,
};
use recommend::rank_of;

use super::{EvidenceSnapshot, ascending};

impl Evidence for EvidenceSnapshot<'_> {
    fn as_of(&self) -> AsOf {
        AsOf(self.counts.as_of())
    }

    fn model_version(&self) -> &ModelVersion {
        &self.loaded.version
    }

    fn now(&self) -> Option<Timestamp> {
        self.now
    }

    fn item(&self, id: &ItemId) -> Option<Arc<Item>> {
        self.counts.entry(id).map(|entry| Arc::clone(&entry.item))
    }

    fn history(&self) -> &[PastEvent] {
        &self.past
    }

    fn unknown(&self) -> Option<Unknown> {
        self.unknown
    }

    fn n_shoppers(&self, relation: Relation) -> u32 {
        self.counts.n_active(relation)
    }

    fn shoppers_of(&self, item: &ItemId, relation: Relation) -> u32 {
        self.counts.shoppers_of(item, relation)
    }

    fn shoppers_of_both(&self, a: &ItemId, b: &ItemId, relation: Relation) -> u32 {
        self.counts.shoppers_of_both(a, b, relation)
    }

    fn shoppers_then(&self, first: &ItemId, then: &ItemId, relation: Relation) -> u32 {
        self.counts.shoppers_then(first, then, relation)
    }

    fn buyers(&self, item: &ItemId, window: Window) -> u32 {
        self.counts.entry(item).map_or(0, |entry| self.counts.buyers(entry, window))
    }

    fn popularity_rank(&self, item: &ItemId, window: Window, scope: &PopularScope) -> Option<u32> {
        let entry = self.counts.entry(item).filter(|entry| self.counts.belongs(entry, scope))?;
        let own = self.counts.buyers(entry, window);
        Some(self.standing(window, scope).partition_point(|&buyers| buyers > own) as u32 + 1)
    }

    fn ratings(&self, item: &ItemId) -> RatingSum {
        self.counts.ratings(item)
    }

    fn opinions(&self, item: &ItemId) -> Vec<Opinions> {
        self.counts.opinions(item)
    }

    fn prices(&self, item: &ItemId) -> Vec<(IngestId, Option<Money>)> {
        self.counts.prices(item).to_vec()
    }

    fn circumstances(&self) -> Vec<Circumstance> {
        self.circumstances.clone()
    }

    fn buyers_in(&self, item: Option<&ItemId>, circumstance: &Circumstance) -> ContextCount {
        self.counts.buyers_in(item, circumstance)
    }

    fn promotion(&self, item: &ItemId) -> Option<Paid> {
        let pinned = self.real.pinned.iter().find(|pinned| pinned.item_id == *item)?;
        Some(if pinned.paid { Paid::Yes } else { Paid::No })
    }

    fn text_similarity(&self, a: &ItemId, b: &ItemId) -> Option<Similarity> {
        let found = self.loaded.model.text_similarity(self.idx(a)?, self.idx(b)?)?;
        let shared_terms: Vec<String> =
            found.shared_terms.into_iter().map(|(term, _)| term).collect();
        let quotable = self.quotable(a, b, &shared_terms);
        Some(Similarity {
            cosine: f64::from(found.cosine),
            shared_terms,
            quotable: strongest_per_language(quotable),
        })
    }

    fn contributions(&self, item: &ItemId) -> Option<Contributions> {
        let item = self.idx(item)?;
        let placed = self.contributions.get_or_init(|| self.contributions_of_placed());
        let contributions =
            || self.contributions_of(item, &self.loaded.model.breakdown(self.query(), item));
        Some(placed.get(&item).cloned().unwrap_or_else(contributions))
    }

    fn k(&self) -> u32 {
        self.real.k as u32
    }

    fn bar(&self, id: &ItemId) -> Option<Bar> {
        let Some(entry) = self.counts.entry(id).filter(|entry| self.counts.offers(entry)) else {
            return Some(Bar::NotSold);
        };
        if self.idx(id).is_none() {
            return Some(Bar::NotRankedYet);
        }
        let listed = [
            (&self.real.filters.exclude, Bar::Excluded),
            (&self.real.seed_items, Bar::OnThePage),
            (&self.real.not_again, Bar::DealtWith),
        ];
        let listed = || listed.into_iter().find(|(ids, _)| ids.contains(id)).map(|(_, bar)| bar);
        let filters = self.real.filters.bar(&entry.item);
        filters.or_else(listed).or_else(|| self.real.steering.bar(&entry.item))
    }

    fn asked_for(&self, id: &ItemId) -> Vec<(Concept, f64)> {
        let Some(item) = self.item(id) else { return Vec::new() };
        let boosts = self.real.steering.boosts.iter();
        let holding = boosts.filter(|boost| boost.concept.holds_of(&item));
        holding.map(|boost| (boost.concept.clone(), f64::from(boost.by))).collect()
    }

    fn list_if(&self, changes: &[Change]) -> Option<Rc<[ItemId]>> {
        let known = self
            .lists
            .borrow()
            .iter()
            .find(|(of, _)| of == changes)
            .map(|(_, list)| Rc::clone(list));
        if known.is_some() {
            return known;
        }
        let changed = self.real.clone().with(changes, self.counts)?;
        let list = EvidenceSnapshot::new(self.counts, self.loaded, &changed.situation())
            .shown_without(&[]);
        self.lists.borrow_mut().push((changes.to_vec(), Rc::clone(&list)));
        Some(list)
    }

    fn score(&self, id: &ItemId) -> Option<f64> {
        Some(f64::from(self.run(&[]).scores[self.idx(id)? as usize]))
    }

    fn rank_without(&self, item: &ItemId, masked: &[usize]) -> Option<u32> {
        rank_of(&self.run(masked).scores, &self.eligibility, self.idx(item)?)
    }

    fn shown_without(&self, masked: &[usize]) -> Rc<[ItemId]> {
        let run = self.run(masked);
        Rc::clone(&self.placed(&run).ids)
    }

    fn rerun(&self, masks: &[Vec<usize>]) {
        let mut keys: Vec<Vec<usize>> = masks.iter().map(|mask| ascending(mask)).collect();
        keys.sort_unstable();
        keys.dedup();
        keys.retain(|key| !self.runs.borrow().contains_key(key));
        self.run_all(keys);
    }
}

impl EvidenceSnapshot<'_> {
    /// The shared terms that both titles hold as whole words; where there are none, those that other
    /// texts of both hold.
    fn quotable(&self, a: &ItemId, b: &ItemId, terms: &[String]) -> Vec<String> {
        let (Some(a), Some(b)) = (self.item(a), self.item(b)) else { return Vec::new() };
        let tokeniser = self.loaded.model.tokeniser();
        let titles = |item: &Item| item.title.versions().map(str::to_owned).collect::<Vec<_>>();
        let others = |item: &Item| {
            let of_item = [&item.brand, &item.description].into_iter().chain(item.all_categories());
            let attributes = item.described_by().flat_map(|(_, values)| values);
            let texts = of_item.chain(attributes).flat_map(domain::Text::versions);
            texts.map(str::to_owned).collect::<Vec<_>>()
        };
        let shared = |texts: &dyn Fn(&Item) -> Vec<String>| {
            let (a, b) = (texts(&a), texts(&b));
            let a: Vec<&str> = a.iter().map(String::as_str).collect();
            let b: Vec<&str> = b.iter().map(String::as_str).collect();
            language::quote::shared(tokeniser, terms, &a, &b)
        };
        let in_titles = shared(&titles);
        if in_titles.is_empty() { shared(&others) } else { in_titles }
    }
}

/// The strongest three terms of each language, strongest first: a shop with texts in both
/// languages shares terms in both, and a reader wants their own.
fn strongest_per_language(terms: Vec<String>) -> Vec<String> {
    let mut left = [3; Language::COUNT];
    let mut keep = |term: &str| {
        let left = &mut left[language::detect(term).unwrap_or_default().index()];
        let room = *left > 0;
        *left -= i32::from(room);
        room
    };
    terms.into_iter().filter(|term| keep(term)).collect()
}
