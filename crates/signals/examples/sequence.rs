//! Trains the sequence Transformer on a file of `user item item …` lines, oldest item first, and
//! prints its ranking of each line's last item. The item before that is for validation.
//!
//! `cargo run --release -p signals --example sequence -- sequences.txt width=128 dropout=0.5`
//! Settings are those of `SequenceConfig`, values in JSON; `sample=2000` validates on that many
//! shoppers. The history before a test item includes the validation item.

use std::error::Error;
use std::ops::ControlFlow;

use serde_json::{Value, json};
use signals::sequence::validate::ranks;
use signals::sequence::{Held, Progress, Ranking, SequenceConfig, Trainer, TrainingData};

type Failure = Box<dyn Error>;

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("usage: sequence SEQUENCES [setting=value …]")?;
    let mut settings = serde_json::to_value(SequenceConfig::default())?;
    let mut n_sample = 4000;
    for argument in arguments {
        let (name, value) = argument.split_once('=').ok_or("settings are name=value")?;
        let value = serde_json::from_str(value).unwrap_or(json!(value));
        match name {
            "sample" => n_sample = value.as_u64().ok_or("sample is a number")? as usize,
            _ => settings[name] = value,
        }
    }
    run(&std::fs::read_to_string(path)?, settings, n_sample)
}

fn run(text: &str, settings: Value, n_sample: usize) -> Result<(), Failure> {
    let config: SequenceConfig = serde_json::from_value(settings)?;
    println!("{}", serde_json::to_string(&config)?);
    let Shop { n_items, sequences } = parse(text)?;
    let (training, validation, test) = hold_out(&sequences);
    // A spread of shoppers, the same every time.
    let stride = (validation.len() / n_sample.max(1)).max(1);
    let sample: Vec<_> = validation.iter().step_by(stride).cloned().collect();
    println!("{} shoppers, {n_items} items, {} validated", sequences.len(), sample.len());
    let data = TrainingData { n_items, sequences: &training, validation: &sample, features: None };
    let trainer = Trainer::new(data, config)?;
    let began = std::time::Instant::now();
    let model = trainer.run(&mut |progress, trainer| {
        report(progress, trainer, began.elapsed().as_secs_f64());
        ControlFlow::Continue(())
    });
    let rank = |held: &[Held], mask| Ranking::from_ranks(&ranks(&model, held, mask));
    print_ranking("validation, all, masked", rank(&validation, true));
    print_ranking("test, seen items masked", rank(&test, true));
    print_ranking("test, unmasked", rank(&test, false));
    Ok(())
}

fn report(progress: &Progress, trainer: &Trainer<'_>, elapsed_s: f64) {
    let validation = progress.validation.map_or(String::new(), |ranking| {
        format!("  HR@10 {:.4}  NDCG@10 {:.4}", ranking.hit_rate, ranking.ndcg)
    });
    println!(
        "epoch {:3}/{}  loss {:.4}{validation}  best {:?}  {:.2} s + {:.2} s  {:.0} sequences/s  \
         {:.0} GFLOP/s  at {elapsed_s:.0} s, {:.0} s left",
        progress.epoch,
        progress.epochs,
        progress.loss,
        progress.best_epoch.unwrap_or(0),
        progress.training_s,
        progress.validation_s,
        trainer.n_windows() as f64 / progress.training_s,
        trainer.operations_per_epoch() / progress.training_s / 1e9,
        progress.eta_s,
    );
}

fn print_ranking(what: &str, ranking: Ranking) {
    println!("{what}: HR@10 {:.4}  NDCG@10 {:.4}", ranking.hit_rate, ranking.ndcg);
}

struct Shop {
    n_items: usize,
    /// Oldest item first.
    sequences: Vec<Vec<u32>>,
}

/// Items renumbered from 0; they are numbered from 1 in the file.
fn parse(text: &str) -> Result<Shop, Failure> {
    let mut sequences = Vec::new();
    for (i, line) in text.lines().enumerate() {
        let items = line.split_whitespace().skip(1).map(|item| {
            let number: u32 = item.parse().map_err(|_| format!("line {}: {item}", i + 1))?;
            number.checked_sub(1).ok_or_else(|| format!("line {}: item 0", i + 1))
        });
        sequences.push(items.collect::<Result<Vec<_>, _>>()?);
    }
    let n_items = sequences.iter().flatten().max().map_or(0, |&item| item as usize + 1);
    Ok(Shop { n_items, sequences })
}

/// Training sequences, and the held-out items of shoppers with at least three events.
fn hold_out(sequences: &[Vec<u32>]) -> (Vec<Vec<u32>>, Vec<Held>, Vec<Held>) {
    let long = sequences.iter().filter(|sequence| sequence.len() >= 3);
    let held = |back: usize| {
        let held = long.clone().map(move |sequence| {
            let at = sequence.len() - back;
            Held { history: sequence[..at].to_vec(), target: sequence[at] }
        });
        held.collect()
    };
    let training = sequences.iter().map(|sequence| match sequence.len() {
        n @ 3.. => sequence[..n - 2].to_vec(),
        _ => sequence.clone(),
    });
    (training.collect(), held(2), held(1))
}
