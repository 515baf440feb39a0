//! What a study found, ready to be drawn.

use std::collections::BTreeMap;

use answers::answer::PlantedError;
use domain::Statistic;
use domain::time::DAY_MS;
use experimentation::experiment::{PlantedResult, Results, Verdict};
use experimentation::survey::Satisfaction;
use experiments::proportion::Proportion;
use serde::Serialize;
use shop::ShopError;
use trust::overtrust::Judgement;
use trust::score::Score;

use crate::arms::{ARMS, Arm};
use crate::recovered::{recover, true_trust};
use crate::visits::{Group, Logged, World};
use crate::{Accuracy, Learning, N_DAYS, Recovered, SETTINGS, learned};

/// Days of one week.
const WEEK: i64 = 7;

/// Everything that a study found. All of it is simulated.
#[derive(Debug, Clone, Serialize)]
pub struct Study {
    /// Always true.
    pub simulated: bool,
    /// The seed that makes it again.
    pub seed: u64,
    /// Length of the study.
    pub n_days: i64,
    /// Shoppers who came by within it.
    pub n_shoppers: usize,
    /// Items in the catalogue at its end.
    pub n_items: usize,
    /// Events within it.
    pub n_events: usize,
    /// Lists shown.
    pub n_answers: usize,
    /// Accuracy by model.
    pub accuracy: Vec<Accuracy>,
    /// Satisfaction by arm.
    pub satisfaction: BTreeMap<Arm, Satisfaction>,
    /// Trust by arm.
    pub trust: BTreeMap<Arm, ArmTrust>,
    /// Conversion by week and arm.
    pub conversion: Vec<Week>,
    /// True utility per visit, by arm.
    pub value: BTreeMap<Arm, f64>,
    /// What each arm's shoppers did with planted errors.
    pub planted: BTreeMap<Arm, BTreeMap<PlantedError, PlantedResult>>,
    /// Whether an arm's trust was earned.
    pub over_trust: BTreeMap<Arm, Statistic<Judgement>>,
    /// What the experiment says of each arm.
    pub verdicts: BTreeMap<Arm, Verdict>,
    /// Known effects, and whether they were found.
    pub recovered: Vec<Recovered>,
    /// Whether the loop pays.
    pub learning: Learning,
    /// The settings of the shop.
    pub settings: &'static str,
}

/// Trust in one arm.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ArmTrust {
    /// From the questionnaire, 0 to 100.
    pub score: Statistic<Score>,
    /// What it would be, were everyone asked and chance left out.
    pub truth: f64,
}

/// One week.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Week {
    /// From 1.
    pub week: i64,
    /// Share of visits in which something recommended was bought, with its 95 % interval.
    pub by_arm: BTreeMap<Arm, Statistic<(f64, [f64; 2])>>,
}

pub(crate) fn collect(
    world: &World<'_>,
    accuracy: Vec<Accuracy>,
    logged: &Logged,
    tell: &dyn Fn(usize, usize),
) -> Result<Study, ShopError> {
    let shop = world.live.shop();
    let results = experimentation::experiment::results(shop, ARMS)?;
    let redraws = (world.config.n_redraws, world.config.seed);
    Ok(Study {
        simulated: true,
        seed: world.config.seed,
        n_days: (world.end.0 - world.begin.0) / DAY_MS,
        n_shoppers: logged.shoppers.len(),
        n_items: shop.state().counts()?.items as usize,
        n_events: logged.n_events,
        n_answers: logged.visits.len(),
        accuracy,
        satisfaction: satisfaction(world)?,
        trust: trust(world, logged)?,
        conversion: (1..=(N_DAYS + WEEK - 1) / WEEK).map(|week| of_week(logged, week)).collect(),
        value: Arm::ALL.map(|arm| (arm, value(logged, arm))).into(),
        planted: by_arm(&results, |results| &results.planted),
        over_trust: by_arm(&results, |results| &results.over_trust),
        verdicts: by_arm(&results, |results| &results.verdicts),
        recovered: recover(logged, &results, redraws, tell),
        learning: learned::collect(shop, logged)?,
        settings: SETTINGS,
    })
}

fn by_arm<T: Clone>(
    results: &Results,
    part: impl Fn(&Results) -> &BTreeMap<String, T>,
) -> BTreeMap<Arm, T> {
    let named = part(results).iter().filter_map(|(name, of)| Some((Arm::named(name)?, of.clone())));
    named.collect()
}

fn satisfaction(world: &World<'_>) -> Result<BTreeMap<Arm, Satisfaction>, ShopError> {
    let answered = experimentation::survey::Respondents::read(world.live.shop())?;
    let mut by_arm: BTreeMap<Arm, Satisfaction> = BTreeMap::new();
    for person in answered.latest() {
        let arm = person.asked.variants.get(ARMS).and_then(|name| Arm::named(name));
        let (Some(arm), Some(mean)) = (arm, person.satisfaction) else { continue };
        by_arm.entry(arm).or_default().count(mean);
    }
    Ok(by_arm)
}

fn trust(world: &World<'_>, logged: &Logged) -> Result<BTreeMap<Arm, ArmTrust>, ShopError> {
    let mut asked = experimentation::trust::questionnaired(world.live.shop())?;
    let of = |arm: Arm| {
        let scores = asked.by_variant.remove(&format!("{ARMS}/{}", arm.name()));
        let score = match scores {
            Some(scores) => scores.and_then(|scores| scores.overall),
            None => Statistic::unknown("nobody of this arm answered"),
        };
        (arm, ArmTrust { score, truth: true_trust(logged, arm) })
    };
    Ok(Arm::ALL.map(of).into())
}

fn of_week(logged: &Logged, week: i64) -> Week {
    let of = |arm: Arm| {
        let visits = logged.visits.iter();
        let here = visits.filter(|v| v.group == Group::Arm(arm) && v.day / WEEK + 1 == week);
        let (n, n_converted) =
            here.fold((0, 0), |(n, did), visit| (n + 1, did + u64::from(visit.converted)));
        let interval = Proportion { n, successes: n_converted }.wilson(0.05);
        (arm, interval.map(|ci| (n_converted as f64 / n as f64, ci)))
    };
    Week { week, by_arm: Arm::ALL.map(of).into() }
}

fn value(logged: &Logged, arm: Arm) -> f64 {
    let visits = logged.visits.iter().filter(|visit| visit.group == Group::Arm(arm));
    let values: Vec<f64> = visits.map(|visit| visit.worth.visit).collect();
    values.iter().sum::<f64>() / values.len().max(1) as f64
}
