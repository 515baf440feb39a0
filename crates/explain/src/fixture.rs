//! A small shop for tests: plain lists that every question is answered from by counting.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
    sync::Arc,
};

use claims::{AsOf, Bar, Change, Opinions, Passage, PopularScope, Unknown, Window};
use domain::{
    Circumstance, Concept, Currency, EventKind, EventTime, IngestId, Item, ItemId, ModelVersion,
    Money, Season, Text, Timestamp,
};
use signals::SignalName;

use crate::{
    ContextCount, Contributions, Evidence, Paid, Part, PastEvent, RatingSum, Relation, Similarity,
};

pub(crate) fn id(name: &str) -> ItemId {
    ItemId::new(name).unwrap()
}

pub(crate) fn yuan(minor: i64) -> Money {
    Money { minor, currency: Currency::CNY }
}

pub(crate) const NOW: Timestamp = Timestamp(1_793_491_200_000); // 2026-11-01

/// A tea shop: the shopper bought a teapot and looked at a cup; tea is recommended.
pub(crate) struct TeaShop {
    pub(crate) items: BTreeMap<ItemId, Item>,
    pub(crate) bought: Vec<(u32, ItemId, Timestamp)>,
    pub(crate) viewed: Vec<(u32, ItemId, Timestamp)>,
    pub(crate) ratings: BTreeMap<ItemId, RatingSum>,
    pub(crate) past: Vec<PastEvent>,
    pub(crate) unknown: Option<Unknown>,
    pub(crate) opinions: Vec<Opinions>,
    pub(crate) prices: Vec<(IngestId, Option<Money>)>,
    pub(crate) circumstances: Vec<Circumstance>,
    pub(crate) promotion: Option<Paid>,
    pub(crate) asked_for: Vec<(Concept, f64)>,
    /// What a Transformer makes of the history as a whole, beside its events one by one.
    pub(crate) joint: f64,
    pub(crate) model: ModelVersion,
}

fn item(name: &str, title: Text, category: Text, minor: i64) -> Item {
    let mut item = Item::bare(id(name));
    item.title = title;
    item.brand = Text::both("山月", "Shanyue");
    item.categories = vec![Text::both("茶与点心", "Tea & snacks"), category];
    item.price = Some(yuan(minor));
    item.available_since = Some(Timestamp(NOW.0 - 12 * domain::time::DAY_MS));
    item
}

fn past(n: u128, name: &str, kind: EventKind, minor: i64) -> PastEvent {
    PastEvent {
        item_id: id(name),
        event_id: Some(IngestId(n)),
        kind: Some(kind),
        time: Some(EventTime::At(NOW)),
        price: Some(yuan(minor)),
    }
}

pub(crate) fn said(aspect: Text, (n, pros, cons): (u32, u32, u32)) -> Opinions {
    Opinions {
        aspect,
        n_reviewers: n,
        n_positive: pros,
        n_negative: cons,
        praise: vec![Passage { review: IngestId(7), start: 0, end: 2 }],
        faults: Vec::new(),
    }
}

impl Default for TeaShop {
    fn default() -> Self {
        let tea = Text::both("绿茶", "Green tea");
        let ware = Text::both("茶具", "Teaware");
        let items = [
            item(
                "tea",
                Text::both("明前龙井 100 克", "Spring Longjing, 100 g"),
                tea.clone(),
                12_800,
            ),
            item("pot", Text::both("手工紫砂壶", "Hand-made clay teapot"), ware.clone(), 29_900),
            item("cup", Text::both("青瓷品茗杯", "Celadon tasting cup"), ware, 5_900),
            item("old", Text::both("信阳毛尖 250 克", "Maojian, 250 g"), tea, 9_900),
        ];
        let day = |n: i64| Timestamp(NOW.0 - n * domain::time::DAY_MS);
        let mut bought = Vec::new();
        for shopper in 0..12 {
            bought.push((shopper, id("tea"), day(i64::from(shopper))));
            if shopper < 8 {
                bought.push((shopper, id("pot"), day(60)));
            }
        }
        bought.extend((12..40).map(|shopper| (shopper, id("old"), day(100))));
        let viewed = (0..9)
            .flat_map(|s| [(s, id("cup"), day(5)), (s, id("tea"), day(i64::from(s)))])
            .collect();
        Self {
            items: items.into_iter().map(|item| (item.id.clone(), item)).collect(),
            bought,
            viewed,
            ratings: [(id("tea"), RatingSum { n: 31, tenths: 31 * 46 })].into(),
            past: vec![
                past(5, "pot", EventKind::Purchase, 29_900),
                past(4, "cup", EventKind::View, 5_900),
                past(3, "old", EventKind::Purchase, 9_900),
                past(2, "old", EventKind::Purchase, 12_800),
                past(1, "old", EventKind::Purchase, 15_800),
            ],
            unknown: None,
            opinions: vec![
                said(Text::both("包装", "the packaging"), (9, 7, 2)),
                said(Text::both("物流", "delivery"), (6, 1, 5)),
                said(Text::both("口感", "the taste"), (4, 4, 0)),
            ],
            prices: [(40, 15_800), (12, 14_800), (3, 12_800)]
                .map(|(days_ago, minor)| (IngestId::first_at(day(days_ago)), Some(yuan(minor))))
                .to_vec(),
            circumstances: vec![
                Circumstance::Season(Season::Autumn),
                Circumstance::Region("CN-33".to_owned()),
            ],
            promotion: None,
            asked_for: Vec::new(),
            joint: 0.0,
            model: ModelVersion::new("m1").unwrap(),
        }
    }
}

impl TeaShop {
    fn list(&self, relation: Relation) -> &[(u32, ItemId, Timestamp)] {
        match relation {
            Relation::Bought => &self.bought,
            Relation::Viewed => &self.viewed,
        }
    }

    fn of(&self, item: &ItemId, relation: Relation) -> BTreeSet<u32> {
        self.list(relation).iter().filter(|(_, i, _)| i == item).map(|(s, ..)| *s).collect()
    }

    fn scores_without(&self, masked: &[usize]) -> BTreeMap<ItemId, f64> {
        let score = |item: &ItemId| {
            let contributions = self.contributions(item).unwrap();
            let by_event = contributions.by_event();
            let kept = (0..by_event.len()).filter(|p| !masked.contains(p));
            kept.map(|p| by_event[p]).sum::<f64>()
                + contributions.parts.iter().map(|part| part.base).sum::<f64>()
        };
        self.items.keys().map(|item| (item.clone(), score(item))).collect()
    }
}

impl Evidence for TeaShop {
    fn as_of(&self) -> AsOf {
        AsOf(IngestId(100))
    }
    fn model_version(&self) -> &ModelVersion {
        &self.model
    }
    fn now(&self) -> Option<Timestamp> {
        Some(NOW)
    }
    fn item(&self, id: &ItemId) -> Option<Arc<Item>> {
        self.items.get(id).cloned().map(Arc::new)
    }
    fn history(&self) -> &[PastEvent] {
        &self.past
    }
    fn unknown(&self) -> Option<Unknown> {
        self.unknown
    }
    fn n_shoppers(&self, relation: Relation) -> u32 {
        self.list(relation).iter().map(|(s, ..)| s).collect::<BTreeSet<_>>().len() as u32
    }
    fn shoppers_of(&self, item: &ItemId, relation: Relation) -> u32 {
        self.of(item, relation).len() as u32
    }
    fn shoppers_of_both(&self, a: &ItemId, b: &ItemId, relation: Relation) -> u32 {
        self.of(a, relation).intersection(&self.of(b, relation)).count() as u32
    }
    fn shoppers_then(&self, first: &ItemId, then: &ItemId, relation: Relation) -> u32 {
        let times = |item: &ItemId, shopper: u32| -> Vec<Timestamp> {
            let of = self.list(relation).iter();
            of.filter(|(s, i, _)| *s == shopper && i == item).map(|(_, _, t)| *t).collect()
        };
        let both = self.of(first, relation);
        let both = both.intersection(&self.of(then, relation)).copied().collect::<Vec<_>>();
        both.into_iter()
            .filter(|&s| times(first, s).iter().min() < times(then, s).iter().max())
            .count() as u32
    }
    fn buyers(&self, item: &ItemId, window: Window) -> u32 {
        let inside = |t: &Timestamp| window.contains(EventTime::At(*t));
        let of = self.bought.iter().filter(|(_, i, t)| i == item && inside(t));
        of.map(|(s, ..)| s).collect::<BTreeSet<_>>().len() as u32
    }
    fn popularity_rank(&self, item: &ItemId, window: Window, scope: &PopularScope) -> Option<u32> {
        let belongs = |item: &&Item| match scope {
            PopularScope::Shop => true,
            PopularScope::Category { category } => item.narrowest_categories().contains(&category),
        };
        let own = self.items.get(item).filter(belongs).map(|i| self.buyers(&i.id, window))?;
        let in_scope = self.items.values().filter(belongs);
        Some(in_scope.filter(|i| self.buyers(&i.id, window) > own).count() as u32 + 1)
    }
    fn ratings(&self, item: &ItemId) -> RatingSum {
        self.ratings.get(item).copied().unwrap_or_default()
    }
    fn opinions(&self, item: &ItemId) -> Vec<Opinions> {
        if *item == id("tea") { self.opinions.clone() } else { Vec::new() }
    }
    fn prices(&self, item: &ItemId) -> Vec<(IngestId, Option<Money>)> {
        if *item == id("tea") { self.prices.clone() } else { Vec::new() }
    }
    fn circumstances(&self) -> Vec<Circumstance> {
        self.circumstances.clone()
    }
    fn buyers_in(&self, item: Option<&ItemId>, circumstance: &Circumstance) -> ContextCount {
        match (item.map(ItemId::as_str), circumstance) {
            (Some("tea"), Circumstance::Region(_)) => ContextCount { n_in: 10, n_known: 12 },
            (Some(_), _) => ContextCount { n_in: 3, n_known: 12 },
            (None, _) => ContextCount { n_in: 10, n_known: 40 },
        }
    }
    fn promotion(&self, item: &ItemId) -> Option<Paid> {
        self.promotion.filter(|_| *item == id("tea"))
    }
    fn text_similarity(&self, a: &ItemId, b: &ItemId) -> Option<Similarity> {
        let teas = [id("tea"), id("old")];
        (teas.contains(a) && teas.contains(b)).then(|| Similarity {
            cosine: 0.42,
            shared_terms: vec!["绿茶".to_owned(), "春茶".to_owned()],
            quotable: vec!["绿茶".to_owned(), "春茶".to_owned()],
        })
    }
    fn contributions(&self, item: &ItemId) -> Option<Contributions> {
        let n = self.past.len();
        let at = |values: &[(usize, f64)]| {
            let mut by_event = vec![0.0; n];
            for &(position, value) in values.iter().filter(|(position, _)| *position < n) {
                by_event[position] = value;
            }
            by_event
        };
        let (transition, text, base) = match item.as_str() {
            "tea" => (at(&[(0, 0.5), (1, 0.1)]), at(&[(2, 0.3)]), 0.1),
            "old" => (at(&[(0, 0.2)]), at(&[]), 0.3),
            _ => (at(&[]), at(&[]), 0.35),
        };
        let part = |signal, by_event, base| Part { signal, by_event, base };
        Some(Contributions {
            parts: vec![
                part(SignalName::Transition, transition, 0.0),
                part(SignalName::Text, text, 0.0),
                part(SignalName::Sequence, at(&[]), self.joint),
                part(SignalName::Popularity, at(&[]), base),
            ],
        })
    }
    fn rank_without(&self, item: &ItemId, masked: &[usize]) -> Option<u32> {
        let scores = self.scores_without(masked);
        let own = scores.get(item)?;
        Some(scores.values().filter(|score| *score > own).count() as u32 + 1)
    }
    fn k(&self) -> u32 {
        2
    }
    fn bar(&self, item: &ItemId) -> Option<Bar> {
        match self.items.get(item) {
            None => Some(Bar::NotSold),
            Some(item) => (!item.can_be_bought()).then_some(Bar::OutOfStock),
        }
    }
    fn asked_for(&self, item: &ItemId) -> Vec<(Concept, f64)> {
        let holds = |(concept, _): &&(Concept, f64)| concept.holds_of(&self.items[item]);
        self.asked_for.iter().filter(holds).cloned().collect()
    }
    /// Only leaving things out can be imagined here.
    fn list_if(&self, changes: &[Change]) -> Option<Rc<[ItemId]>> {
        let mut masked = Vec::new();
        for change in changes {
            let Change::Without { history } = change else { return None };
            for past in history {
                masked.push(self.past.iter().position(|known| known.to_ref() == *past)?);
            }
        }
        Some(self.shown_without(&masked))
    }
    /// A list of two.
    fn shown_without(&self, masked: &[usize]) -> Rc<[ItemId]> {
        let mut scores: Vec<_> = self.scores_without(masked).into_iter().collect();
        scores.sort_by(|(_, a), (_, b)| b.total_cmp(a));
        scores.into_iter().map(|(id, _)| id).take(2).collect()
    }
}
