use domain::ItemId;

use super::*;
use crate::constants::TextConstants;
use crate::laws::interactions_of;
use crate::{Blend, BlendWeight, ItemText};

const N_ITEMS: u32 = 60;
const COLOURS: [&str; 5] = ["red", "blue", "green", "grey", "pink"];

/// Items of five colours that shoppers meet in no order.
fn colour_shop() -> TrainingData {
    let walk =
        |shopper: u32| (0..5).map(|step| (shopper * 17 + step * step * 7) % N_ITEMS).collect();
    let walks: Vec<Vec<u32>> = (0..60).map(walk).collect();
    let walks: Vec<&[u32]> = walks.iter().map(Vec::as_slice).collect();
    let title = |item: u32| ItemText {
        title: vec![COLOURS[(item % 5) as usize].to_owned()],
        ..ItemText::default()
    };
    TrainingData {
        items: (0..N_ITEMS).map(|item| ItemId::new(format!("i{item}")).unwrap()).collect(),
        texts: (0..N_ITEMS).map(title).collect(),
        interactions: interactions_of(N_ITEMS as usize, &walks),
        ..TrainingData::default()
    }
}

/// Ranks by what reads like the very last item.
fn forgetful(data: &TrainingData) -> Model {
    let weight = |signal, weight| BlendWeight { signal, weight, scale: 1.0 };
    let constants = Constants {
        text: TextConstants {
            decay: 0.2,
            min_items: 1,
            max_share: 1.0,
            ..TextConstants::default()
        },
        blend: Blend(vec![
            weight(SignalName::Transition, 0.1),
            weight(SignalName::Text, 0.9),
            weight(SignalName::Popularity, 0.001),
        ]),
        ..Constants::default()
    };
    Model::fit_with(data, &constants).unwrap()
}

/// Every colour once, and in every place as often as any other.
fn mixed(n: u32, place: u32) -> u32 {
    (place + n) % 5
}

fn lists(worth: impl Fn(u32, u32) -> f32) -> Vec<Impressions> {
    ordered(mixed, worth)
}

/// Two lists of each of 120 shoppers, who have looked at five items of one colour and then at one of
/// another. `apart` tells by list and place how many colours an item is apart from that of the five,
/// `worth` by that and by place what becomes of it.
fn ordered(apart: impl Fn(u32, u32) -> u32, worth: impl Fn(u32, u32) -> f32) -> Vec<Impressions> {
    let list = |n: u32| {
        let (shopper, liked) = (n / 2, n / 2 % 5);
        let of = |colour: u32, at: u32| (at % 12) * 5 + colour % 5;
        let newest = of(liked + 1, n);
        let history = std::iter::once(newest).chain((0..5).map(|at| of(liked, n + at)));
        let item = |place: u32| {
            let apart = apart(n, place);
            let item = of(liked + apart, n * 3 + place + 6);
            Impression { item, place, worth: worth(apart, place) }
        };
        Impressions {
            shopper,
            history: History::newest_first(history.map(|item| (item, 1.0))),
            context: Context::default(),
            items: (1..=5).map(item).collect(),
        }
    };
    (0..240).map(list).collect()
}

fn quick() -> SignalsConfig {
    let mut config = SignalsConfig::default();
    config.tuning.max_trials = 40;
    config.tuning.min_shoppers = 20;
    config
}

fn refined(shown: &[Impressions]) -> Option<Refined> {
    let data = colour_shop();
    refine(&forgetful(&data), &data, shown, &quick(), &|_| {}).unwrap()
}

/// The first of the items of a list by its score.
fn favourite(constants: &Constants, list: &Impressions) -> ItemIdx {
    let model = Model::fit_with(&colour_shop(), constants).unwrap();
    let mut scores = Vec::new();
    model.score(list.query(), &mut scores);
    let items = list.items.iter().map(|shown| shown.item);
    items.max_by(|a, b| scores[*a as usize].total_cmp(&scores[*b as usize])).unwrap()
}

#[test]
fn what_is_taken_decides_how_far_back_counts() {
    let shown = lists(|apart, _| f32::from(apart == 0));
    let before = forgetful(&colour_shop());
    assert_eq!(favourite(before.constants(), &shown[0]) % 5, 1, "the last colour");
    let found = refined(&shown).unwrap();
    assert!(found.gain.is_significant(), "{:?}", found.gain);
    assert!(found.constants.text.decay > 0.5, "{:?}", found.constants.text);
    assert_eq!(favourite(&found.constants, &shown[0]) % 5, 0, "the usual colour");
}

#[test]
fn what_is_turned_down_counts_like_what_is_taken_instead() {
    let shown = lists(|apart, _| if apart == 1 { -1.0 } else { 0.0 });
    let found = refined(&shown).unwrap();
    assert!(found.gain.is_significant(), "{:?}", found.gain);
    assert_ne!(favourite(&found.constants, &shown[0]) % 5, 1, "the last colour is turned down");
}

#[test]
fn what_is_taken_because_it_stands_first_teaches_nothing() {
    // Mostly the usual colour stands first, but where it does not it is not taken.
    let usual_first = |n: u32, place: u32| if n % 5 < 4 { place - 1 } else { mixed(n / 5, place) };
    let found = refined(&ordered(usual_first, |_, place| f32::from(place == 1))).unwrap();
    assert!(!found.gain.is_significant(), "{:?}", found.gain);
    assert_eq!(&found.constants, forgetful(&colour_shop()).constants());
}

#[test]
fn too_few_choices_and_another_catalogue_teach_nothing() {
    let shown = lists(|apart, _| f32::from(apart == 0));
    assert_eq!(refined(&shown[..20]), None);
    assert_eq!(refined(&lists(|_, _| 0.0)), None, "nothing was taken");
    assert_eq!(refined(&lists(|_, _| 1.0)), None, "everything was taken: no choice");
    let data = colour_shop();
    let mut other = data.clone();
    other.items.swap(0, 1);
    let found = refine(&forgetful(&data), &other, &shown, &quick(), &|_| {}).unwrap();
    assert_eq!(found, None);
}

#[test]
fn the_same_lists_teach_the_same_on_any_number_of_threads() {
    let shown = lists(|apart, place| f32::from(apart == 0 || (apart == 2 && place < 3)));
    let on = |n_threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads).build().unwrap();
        pool.install(|| refined(&shown))
    };
    assert_eq!(on(1), on(3));
}

#[test]
fn a_model_of_what_was_taken_says_so_and_lets_a_new_signal_in() {
    let data = colour_shop();
    let mut found = refined(&lists(|apart, _| f32::from(apart == 0))).unwrap();
    let fit = |found: &Refined| Model::fit_refined(&data, &quick(), found, &|_| {}).unwrap();
    let (model, report) = fit(&found);
    assert_eq!(model.constants().blend, found.constants.blend);
    assert_eq!(model.constants().text, found.constants.text);
    assert!(report.notes.last().unwrap().contains("what shoppers took of 160 lists"), "{report:?}");
    let told = |signal| report.signals.iter().find(|s| s.signal == signal).unwrap();
    assert!(told(SignalName::Text).verdict.contains("what shoppers took"));
    assert_eq!(told(SignalName::Text).weight, found.constants.blend.0[1].weight);
    // As if transitions had not been there to learn from.
    found.weighed.retain(|signal| *signal != SignalName::Transition);
    found.constants.blend.0.retain(|weight| weight.signal != SignalName::Transition);
    let (model, report) = fit(&found);
    let admitted = model.constants().blend.factor(SignalName::Transition) > 0.0;
    let earned = report.signals.iter().find(|s| s.signal == SignalName::Transition).unwrap();
    assert_eq!(admitted, earned.verdict.starts_with("earns"), "{}", earned.verdict);
    let sum: f32 = model.constants().blend.0.iter().map(|weight| weight.weight).sum();
    assert!((sum - 1.0).abs() < 0.01, "{sum}");
}
