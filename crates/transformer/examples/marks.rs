//! Measures whether kinds of behaviour and time gaps help the sequence Transformer on a shop.
//!
//! `cargo run --release -p transformer --example marks -- events.txt seeds=3 epochs=20`
//! Reads lines of `shopper item kind seconds`, in time order within a shopper; kinds are those of
//! `EventKind`. Each shopper's last item is the test, the one before is for validation. Every
//! variant is trained with every seed; seen items are masked. Settings are those of
//! `SequenceConfig`, values in JSON.

use std::error::Error;
use std::ops::ControlFlow;

use domain::{EventKind, EventTime, Timestamp};
use interactions::{Interaction, Mark};
use rustc_hash::FxHashMap;
use serde_json::{Value, json};
use transformer::validate::ranks;
use transformer::{Held, Ranking, SequenceConfig, Trainer, TrainingData};

type Failure = Box<dyn Error>;

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("usage: marks EVENTS [setting=value …]")?;
    let mut settings = serde_json::to_value(SequenceConfig::default())?;
    let mut n_seeds = 3;
    for argument in arguments {
        let (name, value) = argument.split_once('=').ok_or("settings are name=value")?;
        let value: Value = serde_json::from_str(value).unwrap_or(json!(value));
        match name {
            "seeds" => n_seeds = value.as_u64().ok_or("seeds is a number")?,
            _ => settings[name] = value,
        }
    }
    let config: SequenceConfig = serde_json::from_value(settings)?;
    let shop = read(&std::fs::read_to_string(path)?)?;
    println!("{} shoppers, {} items", shop.training.len(), shop.n_items);
    for (event_types, time_gaps) in [(false, false), (true, false), (false, true), (true, true)] {
        let variant = SequenceConfig { event_types, time_gaps, ..config.clone() };
        let results: Result<Vec<_>, _> = (1..=n_seeds)
            .map(|seed| shop.measure(SequenceConfig { seed, ..variant.clone() }))
            .collect();
        let results = results?;
        println!("event_types {event_types}, time_gaps {time_gaps}");
        println!("  validation NDCG@10 {}", spread(results.iter().map(|(v, _)| v.ndcg)));
        println!("  test NDCG@10       {}", spread(results.iter().map(|(_, t)| t.ndcg)));
        println!("  test HR@10         {}", spread(results.iter().map(|(_, t)| t.hit_rate)));
    }
    Ok(())
}

/// Mean, standard deviation and the values themselves.
fn spread(values: impl Iterator<Item = f64>) -> String {
    let values: Vec<_> = values.collect();
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>();
    let sd = (squares / (n - 1.0).max(1.0)).sqrt();
    format!("{mean:.4} ± {sd:.4}  {values:.4?}")
}

#[derive(Default)]
struct Shop {
    n_items: usize,
    training: Vec<Vec<u32>>,
    marks: Vec<Vec<Mark>>,
    validation: Vec<Held>,
    test: Vec<Held>,
}

impl Shop {
    /// Quality on validation and on the test.
    fn measure(&self, config: SequenceConfig) -> Result<(Ranking, Ranking), Failure> {
        let data = TrainingData {
            n_items: self.n_items,
            sequences: &self.training,
            marks: Some(&self.marks),
            validation: &self.validation,
            features: None,
        };
        let seed = config.seed;
        let model = Trainer::new(data, config)?.run(&mut |progress, _| {
            let ndcg = progress.validation.map_or(0.0, |ranking| ranking.ndcg);
            eprintln!("seed {seed} epoch {} loss {:.4} {ndcg:.4}", progress.epoch, progress.loss);
            ControlFlow::Continue(())
        });
        let rank = |held| Ranking::from_ranks(&ranks(&model, held, true));
        Ok((rank(&self.validation), rank(&self.test)))
    }

    fn add(&mut self, steps: &[Interaction]) {
        let items: Vec<_> = steps.iter().map(|step| step.item).collect();
        let marks = Mark::of_sequence(steps);
        let held = |at: usize| Held {
            history: items[..at].to_vec(),
            marks: marks[..at].to_vec(),
            target: items[at],
        };
        let n_training = if items.len() < 3 { items.len() } else { items.len() - 2 };
        if items.len() >= 3 {
            self.validation.push(held(items.len() - 2));
            self.test.push(held(items.len() - 1));
        }
        self.training.push(items[..n_training].to_vec());
        self.marks.push(marks[..n_training].to_vec());
    }
}

fn read(text: &str) -> Result<Shop, Failure> {
    let mut items = FxHashMap::default();
    let mut shoppers: Vec<Vec<Interaction>> = Vec::new();
    let mut numbers = FxHashMap::default();
    for (i, line) in text.lines().enumerate() {
        let fields: Vec<_> = line.split_whitespace().collect();
        let [shopper, item, kind, seconds] = fields[..] else {
            return Err(format!("line {}: not `shopper item kind seconds`", i + 1).into());
        };
        let n_items = items.len() as u32;
        let item = *items.entry(item.to_owned()).or_insert(n_items);
        let kind: EventKind = kind.parse().map_err(|error| format!("line {}: {error}", i + 1))?;
        let time = EventTime::At(Timestamp(1000 * seconds.parse::<i64>()?));
        let step = Interaction::new(item, kind, 1.0, time);
        let number = *numbers.entry(shopper.to_owned()).or_insert(shoppers.len());
        if number == shoppers.len() {
            shoppers.push(Vec::new());
        }
        // Events in a row with one item are one step.
        if shoppers[number].last().is_none_or(|last| last.item != step.item) {
            shoppers[number].push(step);
        }
    }
    let mut shop = Shop { n_items: items.len(), ..Shop::default() };
    shoppers.iter().for_each(|steps| shop.add(steps));
    Ok(shop)
}
