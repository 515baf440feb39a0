//! Trains the sequence Transformer on a file of `user item item …` lines, oldest item first, and
//! prints its ranking of each line's last item. The item before that is for validation.
//!
//! `cargo run --release -p transformer --example sequence -- sequences.txt width=128 dropout=0.5`
//! Settings are those of `SequenceConfig`, values in JSON; `sample=2000` validates on that many
//! shoppers, and `text=items.tsv` adds words to item vectors: a heading, then lines of item number
//! and texts between tabs. The history before a test item includes the validation item.

use std::collections::HashMap;
use std::error::Error;
use std::ops::ControlFlow;

use kernels::gemm_peak;
use serde_json::{Value, json};
use transformer::validate::ranks;
use transformer::{
    FeatureRows, Held, ItemFeatures, Progress, Ranking, SequenceConfig, Trainer, TrainingData,
};

type Failure = Box<dyn Error>;

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("usage: sequence SEQUENCES [setting=value …]")?;
    let mut settings = serde_json::to_value(SequenceConfig::default())?;
    let mut n_sample = 4000;
    let mut text_path = None;
    for argument in arguments {
        let (name, value) = argument.split_once('=').ok_or("settings are name=value")?;
        let value = serde_json::from_str(value).unwrap_or(json!(value));
        match name {
            "sample" => n_sample = value.as_u64().ok_or("sample is a number")? as usize,
            "text" => text_path = value.as_str().map(str::to_owned),
            _ => settings[name] = value,
        }
    }
    let texts = text_path.map(std::fs::read_to_string).transpose()?;
    run(&std::fs::read_to_string(path)?, texts.as_deref(), settings, n_sample)
}

fn run(
    sequences: &str,
    texts: Option<&str>,
    settings: Value,
    n_sample: usize,
) -> Result<(), Failure> {
    let config: SequenceConfig = serde_json::from_value(settings)?;
    println!("{}", serde_json::to_string(&config)?);
    let Shop { n_items, sequences } = parse(sequences)?;
    let features = texts.map(|texts| words(texts, n_items)).transpose()?;
    let (training, validation, test) = hold_out(&sequences);
    // A spread of shoppers, the same every time.
    let stride = (validation.len() / n_sample.max(1)).max(1);
    let sample: Vec<_> = validation.iter().step_by(stride).cloned().collect();
    println!("{} shoppers, {n_items} items, {} validated", sequences.len(), sample.len());
    let data = TrainingData {
        n_items,
        sequences: &training,
        validation: &sample,
        marks: None,
        features: features.as_ref(),
    };
    let [one, two] = [1, 2].map(|n_threads| gemm_peak(n_threads) / 1e9);
    println!("matrix products at best: {one:.0} GFLOP/s on one thread, {two:.0} on two");
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
            Held { history: sequence[..at].to_vec(), marks: Vec::new(), target: sequence[at] }
        });
        held.collect()
    };
    let training = sequences.iter().map(|sequence| match sequence.len() {
        n @ 3.. => sequence[..n - 2].to_vec(),
        _ => sequence.clone(),
    });
    (training.collect(), held(2), held(1))
}

/// TF-IDF of the words of each item's texts, each row of length one.
fn words(texts: &str, n_items: usize) -> Result<ItemFeatures, Failure> {
    let mut words_of = vec![Vec::new(); n_items];
    for line in texts.lines().skip(1) {
        let (number, text) = line.split_once('\t').ok_or("a line of texts has no tab")?;
        let item = number.parse::<usize>()?.wrapping_sub(1);
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1);
        let mut words: Vec<_> = words.map(str::to_lowercase).collect();
        words.sort_unstable();
        words.dedup();
        *words_of.get_mut(item).ok_or("a text of an unknown item")? = words;
    }
    let mut n_having: HashMap<&str, f32> = HashMap::new();
    words_of.iter().flatten().for_each(|word| *n_having.entry(word).or_default() += 1.0);
    let mut vocabulary: Vec<_> = n_having.iter().filter(|(_, n)| **n >= 3.0).collect();
    vocabulary.sort_unstable_by_key(|(word, _)| **word);
    let column_of: HashMap<&str, (u32, f32)> = vocabulary
        .iter()
        .enumerate()
        .map(|(column, (word, n))| (**word, (column as u32, (n_items as f32 / **n).ln())))
        .collect();
    let (mut offsets, mut columns, mut values) = (vec![0], Vec::new(), Vec::new());
    for words in &words_of {
        let known = words.iter().filter_map(|word| column_of.get(word.as_str()));
        let length = known.clone().map(|(_, idf)| idf * idf).sum::<f32>().sqrt();
        for (column, idf) in known {
            columns.push(*column);
            values.push(idf / length);
        }
        offsets.push(columns.len());
    }
    let rows = FeatureRows::Sparse { offsets, columns, values };
    Ok(ItemFeatures { n_features: vocabulary.len(), rows })
}
