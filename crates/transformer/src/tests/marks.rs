//! Kinds and gaps of events: learned where asked for, kept in files, refused where they do not fit.

use std::ops::ControlFlow;

use interactions::{History, Mark};

use super::small;
use crate::validate::ranks;
use crate::{Held, Ranking, SequenceConfig, SequenceError, SequenceModel, Trainer, TrainingData};

/// Everybody meets item 0 and then an item that only the mark of the first event tells.
struct Shop {
    sequences: Vec<Vec<u32>>,
    marks: Vec<Vec<Mark>>,
    held: Vec<Held>,
}

impl Shop {
    fn new(first_marks: &[Mark]) -> Self {
        let sequences = (1..).zip(first_marks).map(|(target, _)| vec![0, target]).collect();
        let marks = first_marks.iter().map(|mark| vec![*mark, Mark::default()]).collect();
        let held = (1..).zip(first_marks);
        let held = held
            .map(|(target, mark)| Held { history: vec![0], marks: vec![*mark], target })
            .collect();
        Self { sequences, marks, held }
    }

    fn data(&self) -> TrainingData<'_> {
        TrainingData {
            n_items: 20,
            sequences: &self.sequences,
            validation: &self.held,
            marks: Some(&self.marks),
            features: None,
        }
    }

    fn train(&self, config: SequenceConfig) -> SequenceModel {
        let trainer = Trainer::new(self.data(), config).unwrap();
        trainer.run(&mut |_, _| ControlFlow::Continue(()))
    }
}

fn of_kinds() -> Shop {
    Shop::new(&[1, 2, 4, 6].map(|kind| Mark::numbered(kind, 0)))
}

fn of_gaps() -> Shop {
    Shop::new(&[0, 1, 2, 3, 4, 5, 6].map(|gap| Mark::numbered(0, gap)))
}

fn looking(event_types: bool, time_gaps: bool) -> SequenceConfig {
    SequenceConfig { event_types, time_gaps, ..small() }
}

#[test]
fn a_model_that_looks_at_kinds_or_gaps_learns_what_only_they_tell() {
    for (shop, own, other) in [
        (of_kinds(), looking(true, false), looking(false, true)),
        (of_gaps(), looking(false, true), looking(true, false)),
    ] {
        let first_places = |config| {
            let ranks = ranks(&shop.train(config), &shop.held, false);
            ranks.iter().filter(|rank| **rank == 1).count()
        };
        assert_eq!(first_places(own), shop.held.len());
        assert!(first_places(other) <= 1, "learned without looking");
    }
}

#[test]
fn a_marked_training_resumes_exactly_on_any_number_of_threads() {
    let shop = of_gaps();
    let config = SequenceConfig { dropout: 0.3, epochs: 6, ..looking(true, true) };
    let run = |n_threads, interrupt: bool| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads).build().unwrap();
        pool.install(|| {
            let mut trainer = Trainer::new(shop.data(), config.clone()).unwrap();
            while !trainer.is_done() {
                trainer.run_epoch();
                if interrupt {
                    let state = trainer.state();
                    trainer = Trainer::resume(shop.data(), config.clone(), &state).unwrap();
                }
            }
            trainer.state()
        })
    };
    let whole = run(1, false);
    assert!(whole == run(1, true), "interruptions change the result");
    assert!(whole == run(3, false), "threads change the result");
}

#[test]
fn a_marked_model_comes_back_from_its_bytes_and_still_looks_at_marks() {
    let model = of_gaps().train(looking(true, true));
    let back = SequenceModel::from_bytes(&model.to_bytes()).unwrap();
    assert_eq!(back, model);
    let scores = |mark| {
        let history = History::marked([(0, 1.0, mark)]);
        let mut scores = vec![0.0; 20];
        back.add_scores_of_histories(&[&history], 1.0, &mut scores);
        scores
    };
    assert_ne!(scores(Mark::numbered(0, 2)), scores(Mark::numbered(0, 3)));
    let ranking = Ranking::from_ranks(&ranks(&back, &of_gaps().held, false));
    assert!((ranking.hit_rate - 1.0).abs() < 1e-12);
}

#[test]
fn marks_change_nothing_in_a_model_that_does_not_look_at_them() {
    let shop = of_kinds();
    let unmarked = TrainingData { marks: None, ..shop.data() };
    let model = Trainer::new(unmarked, small()).unwrap();
    let model = model.run(&mut |_, _| ControlFlow::Continue(()));
    assert_eq!(shop.train(small()).item_vectors(), model.item_vectors());
}

#[test]
fn marks_of_other_sequences_are_refused() {
    let mut shop = of_kinds();
    let refusal = |shop: &Shop| Trainer::new(shop.data(), looking(true, false)).err();
    assert_eq!(refusal(&shop), None);
    let none = TrainingData { marks: None, ..shop.data() };
    let refused = Trainer::new(none, looking(false, true)).err();
    assert!(matches!(refused, Some(SequenceError::Marks { .. })));
    shop.marks[2].pop();
    let message = refusal(&shop).unwrap().to_string();
    assert!(message.contains("1 for the 2 events of sequence 2"), "{message}");
    shop.marks.pop();
    assert!(refusal(&shop).unwrap().to_string().contains("3 lists, 4 sequences"));
}

#[test]
fn a_state_of_other_marks_is_refused() {
    let mut shop = of_kinds();
    let state = Trainer::new(shop.data(), looking(true, true)).unwrap().state();
    shop.marks[0][0] = Mark::numbered(9, 0);
    let refused = Trainer::resume(shop.data(), looking(true, true), &state);
    assert_eq!(refused.err(), Some(SequenceError::OtherData));
}
