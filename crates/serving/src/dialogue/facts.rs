//! One answer per question: which facts to state. Nothing here reaches anybody unverified.

use answers::answer::{Record, RecordedItem, RecordedQuestion};
use answers::evidence_snapshot::signals_of;
use claims::{Bar, Change, ClaimKind, Facts, Field};
use domain::{Concept, Correction, HistoryRef, ItemId, Tag, Unused};
use explain::{Evidence, asked, propose};
use messages::text;
use shop::ShopError;

use super::scene::{Draft, Scene};
use super::{Forgotten, Question, words};

/// Most items that an answer names of each sort.
const MOST_NAMED: usize = 5;
/// Most items of each sort that come into a list or leave it, told one by one.
const MOST_MOVED: usize = 2;
/// Most fields told of each item that is compared.
const MOST_COMPARED: usize = 3;
/// Most cheaper items told.
const MOST_CHEAPER: usize = 3;

impl Scene<'_> {
    pub(super) fn answer(&self, question: &Question) -> Result<Draft, ShopError> {
        let facts = |facts: Vec<(ItemId, Facts)>| Draft { facts, ..Draft::default() };
        Ok(match question {
            Question::Why { item } => self.why(item)?,
            Question::WhyNot { item } | Question::HowTo { item } => self.why_not(item)?,
            Question::WhyOver { item, other } => facts(self.why_over(item, other)),
            Question::WhatIf { changes } => self.what_if(changes)?,
            Question::Compare { items } => facts(self.compare(items)),
            Question::WhatYouKnow => self.what_is_known(),
            Question::HowItWorks => self.how_it_works(),
            Question::MyData => self.my_data()?,
            Question::Correct { correction: Correction::Cheaper { than } } => {
                Draft { facts: self.cheaper_than(than), ..self.to_whom(words::nobody) }
            }
            Question::Price { item } => facts(self.price(item)),
            Question::Stock { item } => facts(self.of(item, asked::stocked(item, self.evidence))),
            Question::Attribute { item, field } => facts(self.attributes(item, field.as_ref())),
            Question::Reviews { item } => facts(self.reviews(item)),
            Question::WhichFits { words, at_most } => self.which_fits(words, *at_most),
            Question::Correct { .. } => self.to_whom(words::nobody),
            Question::Undo { .. } => self.to_whom(words::nothing_to_undo),
            Question::StopProfiling { confirmed } => self.stop_profiling(*confirmed),
            Question::ForgetMe { confirmed } => self.forget_me(*confirmed)?,
        })
    }

    fn of(&self, item: &ItemId, facts: Option<Facts>) -> Vec<(ItemId, Facts)> {
        facts.map(|facts| (item.clone(), facts)).into_iter().collect()
    }

    /// Words for whoever asked for what was not done.
    fn to_whom(&self, otherwise: fn(domain::Language) -> String) -> Draft {
        let note = match self.prepared.caller.shopper {
            Some(_) => otherwise(self.lang),
            None => words::nobody(self.lang),
        };
        Draft { note: Some(note), ..Draft::default() }
    }

    /// The reason that the list gives, or why the item is not in it.
    fn why(&self, item: &ItemId) -> Result<Draft, ShopError> {
        let placements = self.evidence.placements();
        let Some(placement) = placements.iter().find(|placed| placed.item_id == *item) else {
            return self.why_not(item);
        };
        let bars = &self.prepared.treatment.bars;
        let verified = explain::verify_items(std::slice::from_ref(placement), self.evidence, bars);
        let reader = explain::Reader { lang: self.lang, ..explain::Reader::default() };
        let id =
            answers::answer::reason_id(&answers::answer::fresh_request_id(), placement.rank_shown);
        let silenced = |p: &explain::Proposal| {
            !self.prepared.caller.steering.silences(item, p.facts.kind().name())
        };
        let told = verified
            .first()
            .and_then(|w| explain::render(id, &w.only(silenced), &reader, self.evidence, bars));
        let claims = told.map(|reason| reason.claims).unwrap_or_default();
        let first = claims.first().map(|claim| Correction::WrongReason {
            item_id: item.clone(),
            kind: claim.facts.kind().name().to_owned(),
            evidence: claim.evidence.clone(),
        });
        let no = Correction::NotInterested { item_id: item.clone() };
        let mut actions = vec![self.offer(text!(self.lang, "action-not-interested"), no)];
        actions.extend(first.map(|it| self.offer(text!(self.lang, "action-wrong-reason"), it)));
        let facts = claims.into_iter().map(|claim| (claim.item_id, claim.facts)).collect();
        Ok(Draft { facts, actions, ..Draft::default() })
    }

    fn offer(&self, label: &str, correction: Correction) -> super::Action {
        words::action(label, Question::Correct { correction })
    }

    /// Decided in order: not sold, out of stock, barred by which rule, lost at ranking.
    fn why_not(&self, item: &ItemId) -> Result<Draft, ShopError> {
        let mut draft = Draft::default();
        if let Some(facts) = asked::barred(item, self.evidence) {
            draft.facts.push((item.clone(), facts));
            if let Some(id) = self.barring(item) {
                let ask = Question::Undo { correction_id: Some(id) };
                draft.actions.push(words::undo(ask, self.lang));
            }
        } else if let Some(facts) = asked::outranked(item, self.evidence) {
            draft.facts.push((item.clone(), facts));
            if let Some((changes, facts)) = self.bring_in(item)? {
                draft.facts.push((item.clone(), facts));
                let ask = Question::WhatIf { changes };
                draft.actions.push(words::action(text!(self.lang, "action-show-list"), ask));
            }
        } else {
            // It is in the list: say why.
            return self.why(item);
        }
        Ok(draft)
    }

    /// The correction behind a bar.
    fn barring(&self, item: &ItemId) -> Option<domain::IngestId> {
        let bar = self.evidence.bar(item)?;
        let kept = &self.prepared.stored.corrections;
        let bars = |correction: &Correction| match (bar, correction) {
            (Bar::NotInterested, Correction::NotInterested { item_id }) => item_id == item,
            (Bar::AskedForCheaper, Correction::Cheaper { .. })
            | (Bar::AskedForOtherBrand, Correction::OtherBrand { .. }) => true,
            _ => false,
        };
        let found = kept.iter().rev().find(|kept| !kept.taken_back && bars(&kept.correction));
        found.map(|kept| kept.id)
    }

    fn why_over(&self, item: &ItemId, other: &ItemId) -> Vec<(ItemId, Facts)> {
        let mut facts = self.of(item, asked::above(item, other, self.evidence));
        // Asked the wrong way round, the truth is told all the same.
        facts.extend(self.of(other, asked::above(other, item, self.evidence)));
        for id in [item, other] {
            facts.extend(self.of(id, asked::barred(id, self.evidence)));
        }
        facts
    }

    /// The list with changes made, by the way that it would go if they were.
    fn what_if(&self, changes: &[Change]) -> Result<Draft, ShopError> {
        if changes.is_empty() {
            let note = Some(words::no_change(self.lang));
            return Ok(Draft { note, ..Draft::default() });
        }
        let Some(list) = self.list_if(changes)? else { return Ok(Draft::default()) };
        let spoken_of = self.talk.focus.iter().filter(|id| self.shown.contains(id));
        let enter = list.iter().filter(|id| !self.shown.contains(id)).take(MOST_MOVED);
        let leave = self.shown.iter().filter(|id| !list.contains(id)).take(MOST_MOVED);
        let mut named: Vec<ItemId> = Vec::new();
        for id in spoken_of.chain(enter).chain(leave) {
            if !named.contains(id) {
                named.push(id.clone());
            }
        }
        if named.is_empty() {
            named.extend(self.talk.focus.clone().or_else(|| list.first().cloned()));
        }
        let would = |id: ItemId| {
            let facts = asked::would_be(&id, changes, self.evidence)?;
            Some((id, facts))
        };
        let facts = named.into_iter().filter_map(would).collect();
        let mut actions = Vec::new();
        if let [Change::Without { history }] = changes {
            let events = history.iter().filter_map(|past| past.event_id).collect();
            let unused = Correction::DoNotUse { unused: Unused::Events(events) };
            actions.push(self.offer(text!(self.lang, "action-do-not-use"), unused));
        }
        Ok(Draft { facts, items: Some(list), actions, note: None })
    }

    fn compare(&self, items: &[ItemId]) -> Vec<(ItemId, Facts)> {
        let mut facts = Vec::new();
        for pair in items.windows(2) {
            let [a, b] = pair else { continue };
            let cheaper =
                [(a, b), (b, a)].map(|(x, y)| (x, asked::costs_less(x, y, self.evidence)));
            facts.extend(cheaper.into_iter().flat_map(|(id, found)| self.of(id, found)));
        }
        let named = items.iter().flat_map(|item| self.named_fields(item));
        let mut fields = vec![Field::Brand, Field::Category];
        for field in named {
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
        // What is the same of all is no difference.
        let told = |field: &Field| {
            let of = |item: &ItemId| asked::described(item, field, self.evidence);
            let told: Vec<Option<Facts>> = items.iter().map(of).collect();
            let says = |facts: &Option<Facts>| matches!(facts, Some(Facts::Described { values, .. }) if !values.is_empty());
            (told.windows(2).any(|two| two[0] != two[1]) && told.iter().any(says)).then_some(told)
        };
        for told in fields.iter().filter_map(told).take(MOST_COMPARED) {
            let of_items = items.iter().zip(told).take(MOST_NAMED);
            facts.extend(of_items.filter_map(|(item, facts)| Some((item.clone(), facts?))));
        }
        if let [a, b, ..] = items {
            facts.extend(self.why_over(a, b));
        }
        facts
    }

    fn named_fields(&self, item: &ItemId) -> Vec<Field> {
        let found = self.evidence.item(item);
        let names = found.iter().flat_map(|item| item.described_by());
        names.map(|(name, _)| Field::Named(name.clone())).collect()
    }

    fn what_is_known(&self) -> Draft {
        let bars = &self.prepared.treatment.bars;
        let tastes = crate::profile::tastes(self.evidence, bars);
        let more = tastes.len().saturating_sub(MOST_NAMED);
        let note = (more > 0).then(|| words::most_of_tastes(MOST_NAMED, more, self.lang));
        let told = tastes.into_iter().take(MOST_NAMED).map(|taste| taste.claim);
        let mut facts: Vec<(ItemId, Facts)> =
            told.map(|claim| (claim.item_id, claim.facts)).collect();
        if let (Some(because), Some(first)) = (self.evidence.unknown(), self.shown.first()) {
            facts.push((first.clone(), Facts::UnknownShopper { because }));
        }
        let anew = Correction::DoNotUse { unused: Unused::Everything };
        let actions = vec![
            self.offer(text!(self.lang, "action-begin-anew"), anew),
            self.offer(text!(self.lang, "action-stop-profiling"), Correction::StopProfiling),
        ];
        Draft { facts, actions, note, items: None }
    }

    /// The weights of the model that ranks, as they stand in it.
    fn how_it_works(&self) -> Draft {
        let weights = self.prepared.loaded.model.constants().blend.0.iter();
        let mut weights: Vec<(&str, f32)> = weights
            .filter(|one| one.weight > 0.0)
            .map(|one| (asked::signal_name(one.signal), one.weight))
            .collect();
        weights.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        Draft { note: Some(words::how_it_works(&weights, self.lang)), ..Draft::default() }
    }

    /// What is kept, counted again; what else becomes of it, nothing here knows.
    fn my_data(&self) -> Result<Draft, ShopError> {
        let note = Some(words::my_data(self.kept()?, self.lang));
        Ok(Draft { note, ..Draft::default() })
    }

    /// How much is kept of whoever asks; `None` for nobody.
    fn kept(&self) -> Result<Option<Forgotten>, ShopError> {
        let Some(subject) = self.request.subject()? else { return Ok(None) };
        let kept = self.recommender.shop().shop().state().export(&subject)?;
        Ok(kept.map(|kept| Forgotten {
            events: kept.events.len() as u64,
            reviews: kept.reviews.len() as u64,
            answers: kept.answers.len() as u64,
        }))
    }

    /// What costs less in its category and may be shown, the best by score.
    fn cheaper_than(&self, than: &ItemId) -> Vec<(ItemId, Facts)> {
        let category = self.counts.entry(than).and_then(|entry| entry.category);
        let entries = self.counts.entries();
        let alike = entries.filter(|entry| category.is_some() && entry.category == category);
        let score =
            |id: &ItemId| self.evidence.bar(id).is_none().then(|| self.evidence.score(id))?;
        let less = alike.filter_map(|entry| {
            let id = &entry.item.id;
            Some((id.clone(), asked::costs_less(id, than, self.evidence)?, score(id)?))
        });
        let mut less: Vec<(ItemId, Facts, f64)> = less.collect();
        less.sort_by(|a, b| b.2.total_cmp(&a.2).then_with(|| a.0.cmp(&b.0)));
        less.into_iter().take(MOST_CHEAPER).map(|(id, facts, _)| (id, facts)).collect()
    }

    /// The history without which an item would not be in the list; `None` where no part of it alone
    /// decides.
    pub(super) fn deciding(&self, item: &ItemId) -> Option<Vec<HistoryRef>> {
        let flips =
            self.proposed(item, &[ClaimKind::Flips]).into_iter().find_map(
                |(_, facts)| match facts {
                    Facts::Flips { history, .. } => Some(history),
                    _ => None,
                },
            );
        flips.filter(|history| history.iter().all(|past| past.event_id.is_some()))
    }

    fn price(&self, item: &ItemId) -> Vec<(ItemId, Facts)> {
        let mut facts = self.of(item, asked::priced(item, self.evidence));
        facts.extend(self.proposed(item, &[ClaimKind::Discounted, ClaimKind::PriceFit]));
        facts
    }

    /// What reasons would say of an item, of some kinds only.
    fn proposed(&self, item: &ItemId, kinds: &[ClaimKind]) -> Vec<(ItemId, Facts)> {
        let placement = explain::Placement {
            item_id: item.clone(),
            rank_by_score: 1,
            rank_shown: 1,
            k: self.evidence.k(),
        };
        let proposals = propose(&placement, self.evidence, &self.prepared.treatment.bars);
        let facts = proposals.into_iter().map(|proposal| (item.clone(), proposal.facts));
        facts.filter(|(_, facts)| kinds.contains(&facts.kind())).collect()
    }

    fn attributes(&self, item: &ItemId, field: Option<&Field>) -> Vec<(ItemId, Facts)> {
        if let Some(Field::Named(word)) = field
            && !self.named_fields(item).contains(&Field::Named(word.clone()))
            && let Some(facts) = self.says(item, word)
        {
            return vec![(item.clone(), facts)];
        }
        let fields = match field {
            Some(field) => vec![field.clone()],
            None => {
                let fields = vec![Field::Brand, Field::Category];
                fields.into_iter().chain(self.named_fields(item)).collect()
            }
        };
        let of = |field: &Field| asked::described(item, field, self.evidence);
        fields.iter().filter_map(of).map(|facts| (item.clone(), facts)).collect()
    }

    /// Ratings however low, and both sides of what reviewers say.
    pub(super) fn reviews(&self, item: &ItemId) -> Vec<(ItemId, Facts)> {
        let ratings = self.evidence.ratings(item);
        let rated = ratings.mean().map(|mean| (item.clone(), Facts::Rated { mean, n: ratings.n }));
        let opinions = self.evidence.opinions(item).into_iter().take(MOST_NAMED);
        let said = opinions.map(|opinions| (item.clone(), Facts::ReviewersSay(opinions)));
        rated.into_iter().chain(said).collect()
    }

    /// Asks whether it is meant; what is confirmed has been done already.
    fn stop_profiling(&self, confirmed: bool) -> Draft {
        if confirmed || self.prepared.caller.shopper.is_none() {
            return self.to_whom(words::nobody);
        }
        let ask = Question::StopProfiling { confirmed: true };
        let yes = words::action(text!(self.lang, "action-yes-stop"), ask);
        let note = Some(words::asks_to_stop(self.lang));
        Draft { note, actions: vec![yes], ..Draft::default() }
    }

    /// Asks whether it is meant, saying what would go; what is confirmed has been done already.
    fn forget_me(&self, confirmed: bool) -> Result<Draft, ShopError> {
        let kept = if confirmed { None } else { self.kept()? };
        let Some(kept) = kept else {
            return Ok(Draft { note: Some(words::nothing_kept(self.lang)), ..Draft::default() });
        };
        let ask = Question::ForgetMe { confirmed: true };
        let yes = super::Action {
            undoable: false,
            ..words::action(text!(self.lang, "action-yes-forget"), ask)
        };
        let actions = std::iter::once(yes).chain(self.what_is_known().actions).collect();
        let note = Some(words::asks_to_forget(kept, self.lang));
        Ok(Draft { note, actions, ..Draft::default() })
    }

    /// What goes on record: the list that the answer speaks of.
    pub(super) fn record(&self, intent: &str) -> Record {
        let item = |(id, rank): (&ItemId, u32)| RecordedItem {
            item_id: id.clone(),
            rank,
            score: self.evidence.score(id).unwrap_or_default(),
            signals: signals_of(self.evidence, id),
            reason: None,
        };
        let asked = RecordedQuestion { intent: intent.to_owned(), claims: Vec::new() };
        Record {
            items: self.shown.iter().zip(1..).map(item).collect(),
            asked: Some(asked),
            lang: self.lang,
            ..self.prepared.record.clone()
        }
    }

    /// The concept of a correction, in words that name none: what the focus is.
    pub(super) fn concept_of(&self, item: &ItemId) -> Option<Concept> {
        let found = self.evidence.item(item)?;
        let category = found.category()?.versions().next()?.to_owned();
        Some(Concept::Category(category))
    }

    pub(super) fn tags(concepts: Vec<Concept>) -> Correction {
        let tag = |concept| Tag { concept, weight: 1.0 };
        Correction::SetTags { tags: concepts.into_iter().map(tag).collect() }
    }
}
