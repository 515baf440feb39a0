//! Fits on a public sequence file and measures the held-out last item of each shopper:
//! `cargo run --release -p signals --example leave_one_out -- sequences.txt [items.tsv]`.
//!
//! Last item = test, the one before = validation. Constants and weights are chosen on validation;
//! the model is then refitted on everything before the test item. Seen items are masked, and all
//! other items are ranked.

use std::collections::BTreeMap;
use std::time::Instant;

use domain::{EventKind, EventTime, ItemId, Text};
use rayon::prelude::*;
use signals::{
    History, Interaction, Interactions, ItemText, Model, Query, SignalsConfig, TrainingData,
};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(sequences) = arguments.first() else {
        eprintln!("usage: leave_one_out sequences.txt [items.tsv]");
        return;
    };
    let sequences = read_sequences(sequences);
    let texts = arguments.get(1).map(|path| read_texts(path)).unwrap_or_default();
    let data = training_data(&sequences, &texts);
    let started = Instant::now();
    let (model, report) = Model::fit(&data, &SignalsConfig::default(), &|_| {}).expect("a model");
    println!("{}", serde_json::to_string_pretty(&report).expect("a report"));
    println!("fitted in {:.1} s", started.elapsed().as_secs_f32());
    measure(&model, &data, &sequences);
}

/// `user item item …`, items numbered from 1.
fn read_sequences(path: &str) -> Vec<Vec<u32>> {
    let text = std::fs::read_to_string(path).expect("a readable sequence file");
    let items =
        |line: &str| line.split(' ').skip(1).map(|n| n.parse().expect("a number")).collect();
    text.lines().map(items).collect()
}

/// item number, ASIN, title, brand | categories.
fn read_texts(path: &str) -> BTreeMap<u32, ItemText> {
    let text = std::fs::read_to_string(path).expect("a readable item file");
    let decode = |raw: &str| html_escape::decode_html_entities(raw.trim()).into_owned();
    let item = |line: &str| {
        let mut fields = line.split('\t');
        let number = fields.next()?.parse().ok()?;
        let title = fields.nth(1).map(decode).into_iter().collect();
        let mut attributes =
            fields.next().unwrap_or_default().split('|').map(decode).map(Text::from);
        let brand = attributes.next().unwrap_or_default();
        Some((
            number,
            ItemText {
                title,
                brand,
                categories: attributes.collect(),
                description: Vec::new(),
                meaning: None,
            },
        ))
    };
    text.lines().filter_map(item).collect()
}

fn training_data(sequences: &[Vec<u32>], texts: &BTreeMap<u32, ItemText>) -> TrainingData {
    let n_items = sequences.iter().flatten().max().map_or(0, |&last| last as usize);
    let event = |(at, &item): (usize, &u32)| {
        Interaction::new(item - 1, EventKind::Purchase, 1.0, EventTime::Ordinal(at as u32))
    };
    let known = |sequence: &Vec<u32>| {
        sequence[..sequence.len() - 1].iter().enumerate().map(event).collect()
    };
    let id = |number: u32| ItemId::new(number.to_string()).expect("a number is an id");
    TrainingData {
        items: (1..=n_items as u32).map(id).collect(),
        texts: (1..=n_items as u32).map(|n| texts.get(&n).cloned().unwrap_or_default()).collect(),
        interactions: Interactions::new(n_items, sequences.iter().map(known).collect()),
        ..TrainingData::default()
    }
}

fn measure(model: &Model, data: &TrainingData, sequences: &[Vec<u32>]) {
    let rank = |(known, whole): (&Vec<Interaction>, &Vec<u32>)| {
        let newest = known.iter().rev().take(50).map(|event| (event.item, event.weight));
        let history = History::newest_first(newest);
        let mut scores = Vec::new();
        model.score(Query::of(&history), &mut scores);
        for event in known {
            scores[event.item as usize] = f32::NEG_INFINITY;
        }
        let target = scores[whole[whole.len() - 1] as usize - 1];
        scores.iter().filter(|&&score| score >= target).count()
    };
    let started = Instant::now();
    let pairs: Vec<_> = data.interactions.sequences.iter().zip(sequences).collect();
    let ranks: Vec<usize> = pairs.into_par_iter().map(rank).collect();
    let hits = ranks.iter().filter(|&&rank| rank <= 10);
    let ndcg: f64 = hits.clone().map(|&rank| 1.0 / (rank as f64 + 1.0).log2()).sum();
    let n = ranks.len() as f64;
    println!(
        "test: {} shoppers, HR@10 {:.4}, NDCG@10 {:.4}, {:.0} µs a shopper and thread",
        ranks.len(),
        hits.count() as f64 / n,
        ndcg / n,
        started.elapsed().as_secs_f64() * 1e6 * rayon::current_num_threads() as f64 / n,
    );
}
