use domain::ItemId;
use transformer::{Loss, SequenceConfig};

use super::*;
use crate::constants::SequenceConstants;
use crate::laws::interactions_of;
use crate::{History, ItemText, Query, SignalName};

const N_ITEMS: u32 = 60;

/// Shoppers who walk from item to item in a fixed circle, and titles that say nothing.
fn circle_shop(n_shoppers: u32) -> TrainingData {
    let walk = |shopper: u32| (0..6).map(|step| (shopper * 7 + step) % N_ITEMS).collect();
    let walks: Vec<Vec<u32>> = (0..n_shoppers).map(walk).collect();
    let walks: Vec<&[u32]> = walks.iter().map(Vec::as_slice).collect();
    let words = ["red", "blue", "green", "grey", "pink"];
    let title = |item: u32| ItemText {
        title: vec![words[(item * item % 31 % 5) as usize].to_owned()],
        ..ItemText::default()
    };
    TrainingData {
        items: (0..N_ITEMS).map(|item| ItemId::new(format!("i{item}")).unwrap()).collect(),
        texts: (0..N_ITEMS).map(title).collect(),
        interactions: interactions_of(N_ITEMS as usize, &walks),
        ..TrainingData::default()
    }
}

fn quick() -> SignalsConfig {
    let mut config = SignalsConfig::default();
    config.tuning.max_trials = 12;
    config
}

fn fit(data: &TrainingData, config: &SignalsConfig) -> (Model, FitReport) {
    Model::fit(data, config, &|_| {}).unwrap()
}

#[test]
fn a_shop_of_habits_is_learned_and_idle_titles_are_dropped() {
    let (model, report) = fit(&circle_shop(300), &quick());
    assert!(report.blend.hit_rate_at_10 > 0.95, "{report:?}");
    let text = report.signals.iter().find(|s| s.signal == SignalName::Text).unwrap();
    assert_eq!(text.weight, 0.0);
    assert!(text.verdict.starts_with("dropped"), "{}", text.verdict);
    assert_eq!(model.constants().blend.factor(SignalName::Text), 0.0);
    let history = History::newest_first([(10, 1.0)]);
    let mut scores = Vec::new();
    model.score(Query::of(&history), &mut scores);
    let best = (0..N_ITEMS).max_by(|&a, &b| scores[a as usize].total_cmp(&scores[b as usize]));
    assert_eq!(best, Some(11));
}

#[test]
fn a_shop_where_like_follows_like_gives_text_its_weight() {
    let mut data = circle_shop(300);
    // Whoever likes a colour stays with it, in an order that is nobody else's.
    let item = |shopper: u32, step: u32| {
        (shopper % 5) + 5 * ((shopper * 3 + step * step * 5 + shopper * step) % 12)
    };
    let walks: Vec<Vec<u32>> =
        (0..40).map(|shopper| (0..4).map(|step| item(shopper, step)).collect()).collect();
    let walks: Vec<&[u32]> = walks.iter().map(Vec::as_slice).collect();
    data.interactions = interactions_of(N_ITEMS as usize, &walks);
    let words = ["red", "blue", "green", "grey", "pink"];
    for (item, text) in data.texts.iter_mut().enumerate() {
        text.title = vec![words[item % 5].to_owned()];
    }
    let mut config = quick();
    config.tuning.min_shoppers = 10;
    let (_, report) = fit(&data, &config);
    let text = report.signals.iter().find(|s| s.signal == SignalName::Text).unwrap();
    assert!(text.weight > 0.1, "{report:?}");
}

#[test]
fn a_new_shopper_gets_what_many_buy_even_where_popularity_earned_nothing() {
    let mut data = circle_shop(300);
    data.interactions
        .sequences
        .extend((0..50).map(|_| interactions_of(60, &[&[42]]).sequences.remove(0)));
    let (model, _) = fit(&data, &quick());
    let mut scores = Vec::new();
    model.score(Query::of(&History::default()), &mut scores);
    let best = (0..N_ITEMS).max_by(|&a, &b| scores[a as usize].total_cmp(&scores[b as usize]));
    assert_eq!(best, Some(42));
}

#[test]
fn too_few_shoppers_keep_the_starting_constants_and_the_report_says_so() {
    let (model, report) = fit(&circle_shop(5), &quick());
    assert_eq!(*model.constants(), Constants::default());
    assert!(report.notes[0].starts_with("nothing was chosen: 5 shoppers"), "{:?}", report.notes);
}

#[test]
fn the_same_data_and_seed_give_the_same_bytes_on_any_number_of_threads() {
    let data = circle_shop(200);
    let on = |n_threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads).build().unwrap();
        pool.install(|| fit(&data, &quick()).0.to_files().unwrap())
    };
    assert_eq!(on(1), on(3));
}

#[test]
fn refitting_with_the_chosen_constants_gives_the_same_model() {
    let data = circle_shop(200);
    let (model, report) = fit(&data, &quick());
    assert_eq!(model, Model::fit_with(&data, &report.constants).unwrap());
}

#[test]
fn an_empty_shop_and_contradictions_are_refused() {
    let refuse = |data: &TrainingData| Model::fit(data, &quick(), &|_| {}).unwrap_err().to_string();
    assert!(refuse(&TrainingData::default()).contains("no items"));
    let mut twice = circle_shop(5);
    twice.items[1] = twice.items[0].clone();
    assert!(refuse(&twice).contains("i0 is listed twice"));
    let mut beyond = circle_shop(5);
    beyond.interactions.sequences[2][1].item = 60;
    assert!(refuse(&beyond).contains("event 1 of sequence 2"));
    let mut short = circle_shop(5);
    short.texts.pop();
    assert!(refuse(&short).contains("texts"));
}

#[test]
fn settings_out_of_range_are_named() {
    let mut config = quick();
    config.constants.transition.damping = 1.5;
    let error = Model::fit(&circle_shop(5), &config, &|_| {}).unwrap_err();
    assert!(error.to_string().contains("transition.damping"), "{error}");
}

/// A shop large enough for a Transformer, which is given little time.
fn with_transformer() -> (TrainingData, SignalsConfig) {
    let mut config = quick();
    config.sequence.min_events = 100;
    config.sequence.model.epochs = 8;
    config.sequence.model.learning_rate = 0.01;
    config.sequence.model.warm_up = 0;
    (circle_shop(300), config)
}

#[test]
fn a_transformer_is_weighed_like_any_other_signal_and_told_about() {
    let (data, config) = with_transformer();
    let (model, report) = fit(&data, &config);
    let sequence = report.signals.iter().find(|s| s.signal == SignalName::Sequence).unwrap();
    assert!(sequence.alone.hit_rate_at_10 > 0.5, "{sequence:?}");
    assert_eq!(model.sequence().is_some(), sequence.weight > 0.0, "kept where it earns its weight");
    assert_eq!(model.constants().sequence.is_some(), sequence.weight > 0.0);
    let trained = report.sequence.unwrap();
    assert!((1..=trained.epochs.len()).contains(&trained.best_epoch));
    let without = report.blend_without_sequence.unwrap();
    assert_eq!(without.factor(SignalName::Sequence), 0.0);
}

#[test]
fn few_events_train_no_transformer() {
    let (data, mut config) = with_transformer();
    config.sequence.min_events = data.interactions.n_events() + 1;
    let (model, report) = fit(&data, &config);
    assert!(model.sequence().is_none() && report.sequence.is_none());
}

#[test]
fn a_model_brought_up_to_date_keeps_what_was_chosen_and_learned_when_numbers_move() {
    let (data, config) = with_transformer();
    let model = SequenceConfig { loss: Loss::Full, ..config.sequence.model.clone() };
    let sequence = Some(SequenceConstants { words: 64, model });
    let constants = Constants { sequence, ..Constants::default() };
    let chosen = Model::fit_with(&data, &constants).unwrap();
    let mut grown = data.clone();
    grown.items.insert(0, ItemId::new("a-new-one").unwrap()); // every other number moves
    grown.texts.insert(0, ItemText::default());
    grown.interactions.n_items += 1;
    grown.interactions.sequences.iter_mut().flatten().for_each(|event| event.item += 1);
    for sequence in grown.interactions.sequences.iter_mut().take(40) {
        let last = *sequence.last().unwrap();
        sequence.push(crate::Interaction { item: 0, ..last });
    }
    let (updated, report) = chosen.update(&grown, &config, &|_: Progress| {}).unwrap();
    assert_eq!(updated.constants(), chosen.constants());
    assert_eq!(report.n_items, data.items.len() + 1);
    let history = History::newest_first([(11, 1.0)]); // the item that was number 10
    let best = |model: &Model, history: &History| {
        let mut scores = vec![0.0; model.n_items()];
        model.sequence().unwrap().add_scores(Query::of(history), 1.0, &mut scores);
        (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap()
    };
    let before = best(&chosen, &History::newest_first([(10, 1.0)]));
    assert_eq!((before, best(&updated, &history)), (11, 12), "what was learned is kept");
}
