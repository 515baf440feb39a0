//! Three months of visits: every one asks for recommendations, looks at them, does what comes of it,
//! and then what its shopper came for anyway.

use std::collections::{BTreeMap, BTreeSet};

use answers::Request;
use answers::answer::{Answer, Planted, Record, reason_id};
use answers::request::Traffic;
use app::Live;
use domain::time::DAY_MS;
use domain::{
    Device, Event, EventKind, EventTime, FeedbackKind, ItemId, ModelVersion, Money, RequestContext,
    RequestId, SubjectId, SurveyId, Timestamp,
};
use experimentation::survey::Answers;
use rustc_hash::FxHashMap;
use serving::feedback::Exposure;
use shop::ShopError;
use simulate::{Mind, Reaction, Truth};

use crate::arms::{ARMS, FROZEN, LEARNING, LOOP};
use crate::ticks::ticks;
use crate::{Arm, N_DAYS, ROUNDS, StudyConfig, screen};

/// Length of a list.
const SHOWN: usize = 8;
/// Last days of the study, in which shoppers are asked.
const ASKING_DAYS: i64 = 30;
/// Share of those asked who answer at all.
const ANSWERS: f64 = 0.85;

/// What a study happens in.
pub(crate) struct World<'a> {
    pub made: &'a simulate::Shop,
    pub live: &'a Live,
    pub begin: Timestamp,
    pub end: Timestamp,
    pub config: &'a StudyConfig,
    /// The model that the study began with.
    pub first_model: &'a ModelVersion,
}

/// Whom a shopper is counted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Group {
    Arm(Arm),
    Frozen,
    Learning,
}

/// What happened, beside what the shop itself recorded.
#[derive(Default)]
pub(crate) struct Logged {
    pub visits: Vec<Visit>,
    pub shoppers: BTreeMap<SubjectId, Known>,
    pub n_events: usize,
}

/// One visit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Visit {
    pub group: Group,
    /// Position of its shopper among all who came.
    pub shopper: usize,
    pub day: i64,
    /// Whether anything recommended was bought.
    pub converted: bool,
    /// What the list was worth.
    pub worth: Worth,
    /// What it would have been, had the frozen beginning answered; for those who get what is learned.
    pub instead: Option<Worth>,
}

/// What a list is worth to a shopper as their mind stands, chance left out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Worth {
    /// True utility of what comes of it.
    pub visit: f64,
    /// Mean true utility of its items, planted ones left out.
    pub item: f64,
}

/// What is known of a shopper that no shop could know.
pub(crate) struct Known {
    pub group: Group,
    /// Probability that nothing recommended was bought, and whether something else was.
    pub p_nothing: f64,
    pub bought_anyway: bool,
    /// Probability of a click, for every item shown.
    pub p_clicks: Vec<f64>,
    /// Their mind at the moment when they would be asked, if asked.
    pub asked: Option<Mind>,
    mind: Mind,
    place: usize,
}

/// A visit as it would have been without recommendations.
struct Errand<'a> {
    subject: &'a SubjectId,
    events: Vec<&'a Event>,
}

struct Days<'a> {
    world: &'a World<'a>,
    logged: Logged,
    /// What happens later: goods given back, and items that come on sale.
    later: BTreeMap<(i64, usize), Event>,
    launches: Vec<&'a domain::Item>,
    prices: FxHashMap<&'a ItemId, Money>,
    n_made: usize,
    n_visits: usize,
}

/// Lives through the study.
pub(crate) fn live_through(
    world: &World<'_>,
    tell: &dyn Fn(usize, usize),
) -> Result<Logged, ShopError> {
    let errands = errands(world);
    let is_new = |item: &&domain::Item| item.available_since.is_some_and(|at| at >= world.begin);
    let mut launches: Vec<_> = world.made.items.iter().filter(is_new).collect();
    launches.sort_by_key(|item| std::cmp::Reverse(item.available_since));
    let (logged, later) = (Logged::default(), BTreeMap::new());
    let priced = world.made.items.iter().filter_map(|item| Some((&item.id, item.price?)));
    let mut days =
        Days { world, logged, later, launches, prices: priced.collect(), n_made: 0, n_visits: 0 };
    let mut rounds = ROUNDS.into_iter().peekable();
    for (n, errand) in errands.iter().enumerate() {
        let at = Timestamp(errand.events[0].time.key());
        let day = (at.0 - world.begin.0) / DAY_MS;
        if rounds.next_if(|round| *round <= day).is_some() {
            world.live.optimise(at, &|_| {})?;
        }
        days.catch_up(at)?;
        days.visit(errand, at, day)?;
        tell(n + 1, errands.len());
    }
    days.catch_up(world.end)?;
    Ok(days.logged)
}

/// Every visit of the study, by time.
fn errands<'a>(world: &World<'a>) -> Vec<Errand<'a>> {
    let mut visits: BTreeMap<&str, Vec<&Event>> = BTreeMap::new();
    for event in world.made.events.iter().filter(|event| event.kind != EventKind::Refund) {
        let session = event.session.as_deref().unwrap_or_default();
        visits.entry(session).or_default().push(event);
    }
    let within = |events: &Vec<&Event>| events[0].time.key() >= world.begin.0;
    let visits = visits.into_values().filter(within);
    let mut errands: Vec<_> =
        visits.map(|events| Errand { subject: &events[0].subject, events }).collect();
    errands.sort_by_key(|errand| (errand.events[0].time.key(), errand.subject));
    errands
}

impl Days<'_> {
    /// Everything that happens up to a moment and belongs to no visit.
    fn catch_up(&mut self, until: Timestamp) -> Result<(), ShopError> {
        let later = self.later.split_off(&(until.0, 0));
        let due: Vec<_> = std::mem::replace(&mut self.later, later).into_values().collect();
        self.collect(due)?;
        let mut launched = Vec::new();
        while let Some(item) = self.launches.pop_if(|item| item.available_since <= Some(until)) {
            launched.push(item.clone());
        }
        if !launched.is_empty() {
            self.world.live.collector.put_items(launched)?;
        }
        Ok(())
    }

    fn collect(&mut self, events: Vec<Event>) -> Result<(), ShopError> {
        if !events.is_empty() {
            self.logged.n_events += events.len();
            self.world.live.collector.collect(events)?;
        }
        Ok(())
    }

    fn visit(&mut self, errand: &Errand<'_>, at: Timestamp, day: i64) -> Result<(), ShopError> {
        let first = errand.events[0];
        let number = self.n_visits;
        self.n_visits += 1;
        let request = Request {
            shopper: Some(errand.subject.clone()),
            k: SHOWN,
            traffic: Traffic::Consenting,
            lang: self.world.made.truth.taste(errand.subject).map(|taste| taste.language),
            context: RequestContext {
                now: Some(at),
                region: first.region.clone(),
                device: first.device.as_deref().and_then(Device::named),
                zone_minutes: first.zone_minutes,
            },
            ..Request::default()
        };
        let id = RequestId::new(format!("study-{number}")).expect("letters and digits are an id");
        let answer = self.world.live.recommender.answer_as(&request, id)?;
        let exposure = Exposure { request_id: answer.request_id.clone(), item_ids: Vec::new() };
        self.world.live.feedback.expose(&exposure, None, at)?;
        let Some(group) = group_of(&answer.variant) else {
            return self.collect(errand.events.iter().map(|event| (*event).clone()).collect());
        };
        let instead = match group {
            Group::Learning => Some(self.instead(&request, &answer.request_id)?),
            Group::Arm(_) | Group::Frozen => None,
        };
        let (reactions, worth, instead) = self.react(errand.subject, group, &answer, instead)?;
        self.say(&answer, &reactions, at)?;
        let mut events = self.interactions(errand, &answer, &reactions, at);
        events.extend(errand.events.iter().map(|event| (*event).clone()));
        self.collect(events)?;
        let known = self.logged.shoppers.get_mut(errand.subject).expect("they have just reacted");
        known.bought_anyway |= errand.events.iter().any(|e| e.kind == EventKind::Purchase);
        self.logged.visits.push(Visit {
            group,
            shopper: known.place,
            day,
            converted: reactions.iter().any(|reaction| reaction.bought),
            worth,
            instead,
        });
        if day >= N_DAYS - ASKING_DAYS {
            self.ask(errand.subject, number, at)?;
        }
        Ok(())
    }

    /// What a shopper does with a list, what it is worth, and what another would have been.
    fn react(
        &mut self,
        subject: &SubjectId,
        group: Group,
        answer: &Answer,
        instead: Option<(Answer, Vec<Planted>)>,
    ) -> Result<(Vec<Reaction>, Worth, Option<Worth>), ShopError> {
        let (world, place) = (self.world, self.logged.shoppers.len());
        let truth = &world.made.truth;
        let known = self.logged.shoppers.entry(subject.clone()).or_insert_with(|| {
            let mind = Mind::new(truth, subject, world.config.seed);
            let mind = mind.expect("whoever comes is a shopper of this shop");
            let (p_clicks, asked) = (Vec::new(), None);
            Known { group, p_nothing: 1.0, bought_anyway: false, p_clicks, asked, mind, place }
        });
        let kept = world.live.shop().state().answer(&answer.request_id)?;
        let planted = kept.map(|kept| Record::read(&kept)).transpose()?;
        let planted = planted.map_or_else(Vec::new, |record| record.planted);
        let arm = match group {
            Group::Arm(arm) => Some(arm),
            Group::Frozen | Group::Learning => None,
        };
        let worth = |mind: &Mind, answer: &Answer, planted: &[Planted]| Worth {
            visit: mind.worth(truth, &screen::seen(answer, planted, arm)),
            item: utility(truth, subject, answer, planted),
        };
        let of_this = worth(&known.mind, answer, &planted);
        let instead = instead.map(|(other, planted)| worth(&known.mind, &other, &planted));
        let reactions = known.mind.look(truth, &screen::seen(answer, &planted, arm));
        for reaction in &reactions {
            known.p_nothing *= 1.0 - reaction.p_buy;
            known.p_clicks.push(reaction.p_click);
        }
        Ok((reactions, of_this, instead))
    }

    /// What is said of reasons.
    fn say(&self, answer: &Answer, reactions: &[Reaction], at: Timestamp) -> Result<(), ShopError> {
        for (item, reaction) in answer.items.iter().zip(reactions) {
            let said = [
                (reaction.read, FeedbackKind::Opened),
                (reaction.helpful, FeedbackKind::Helpful),
                (reaction.wrong, FeedbackKind::Wrong),
                (reaction.unclear, FeedbackKind::Unclear),
            ];
            for (_, kind) in said.into_iter().filter(|(is_said, _)| *is_said) {
                let reason = reason_id(&answer.request_id, item.rank);
                self.world.live.feedback.judge(&reason, kind, None, at)?;
            }
        }
        Ok(())
    }

    /// What is done with recommended items.
    fn interactions(
        &mut self,
        errand: &Errand<'_>,
        answer: &Answer,
        reactions: &[Reaction],
        at: Timestamp,
    ) -> Vec<Event> {
        let mut events = Vec::new();
        for (item, reaction) in answer.items.iter().zip(reactions) {
            let interactions = [
                (reaction.clicked, EventKind::Click),
                (reaction.carted, EventKind::Cart),
                (reaction.bought, EventKind::Purchase),
                (reaction.dismissed, EventKind::Dismiss),
            ];
            for (_, kind) in interactions.into_iter().filter(|(is_done, _)| *is_done) {
                events.push(self.interaction(errand, answer, &item.item_id, (kind, at)));
            }
            if reaction.returned {
                let then = Timestamp(at.0 + 7 * DAY_MS);
                let back =
                    self.interaction(errand, answer, &item.item_id, (EventKind::Refund, then));
                self.later.insert((then.0, self.n_made), back);
            }
        }
        events
    }

    fn interaction(
        &mut self,
        errand: &Errand<'_>,
        answer: &Answer,
        item: &ItemId,
        (kind, at): (EventKind, Timestamp),
    ) -> Event {
        self.n_made += 1;
        Event {
            kind,
            item_id: item.clone(),
            time: EventTime::At(at),
            quantity: 1,
            price: self.prices.get(item).copied(),
            request_id: Some(answer.request_id.clone()),
            source_key: format!("study-{}", self.n_made),
            ..errand.events[0].clone()
        }
    }

    /// What the frozen beginning would have answered.
    fn instead(
        &self,
        request: &Request,
        id: &RequestId,
    ) -> Result<(Answer, Vec<Planted>), ShopError> {
        self.world.live.recommender.instead(request, id.clone(), self.world.first_model)
    }

    /// The questionnaire, where the shop puts it; and for everyone, what they would have answered.
    fn ask(&mut self, subject: &SubjectId, number: usize, at: Timestamp) -> Result<(), ShopError> {
        let known = self.logged.shoppers.get_mut(subject).expect("they have just reacted");
        if known.asked.is_some() {
            return Ok(());
        }
        known.asked = Some(known.mind.clone());
        let id = SurveyId::new(format!("study-{number}")).expect("letters and digits are an id");
        let Some(questions) =
            experimentation::survey::next_as(self.world.live.shop(), subject, None, at, id)?
        else {
            return Ok(());
        };
        if !known.mind.happens(ANSWERS) {
            return Ok(());
        }
        let patience = known.mind.patience(questions.items.len()).max(1);
        let asked: BTreeSet<_> = questions.items.iter().take(patience).map(|i| &i.id).collect();
        let ticks = ticks(&mut known.mind).into_iter().filter(|(id, _)| asked.contains(id));
        let survey_id = questions.survey_id.clone();
        let answers = Answers { survey_id, answers: ticks.collect(), words: None };
        experimentation::survey::answer(self.world.live.shop(), &answers, None, at)?;
        Ok(())
    }
}

/// Mean true utility of the items of a list that were not planted.
fn utility(truth: &Truth, who: &SubjectId, answer: &Answer, planted: &[Planted]) -> f64 {
    let is_planted = |rank| planted.iter().any(|planted| planted.rank == rank);
    let own = answer.items.iter().filter(|item| !is_planted(item.rank));
    let utilities: Vec<f64> = own.filter_map(|item| truth.utility(who, &item.item_id)).collect();
    utilities.iter().sum::<f64>() / utilities.len().max(1) as f64
}

/// Whom an answer counts with, by the variants it names.
fn group_of(variants: &str) -> Option<Group> {
    variants.split('+').find_map(|named| match named.split_once('/')? {
        (ARMS, arm) => Arm::named(arm).map(Group::Arm),
        (LOOP, FROZEN) => Some(Group::Frozen),
        (LOOP, LEARNING) => Some(Group::Learning),
        _ => None,
    })
}
