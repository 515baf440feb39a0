//! `candor evaluate intents`: how many questions are understood, against a file of questions.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Context;
use domain::Language;
use explain::dialogue::{Intent, understand};

/// Measure how many questions are understood: lines `lang<TAB>intent<TAB>question`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  candor evaluate intents --file questions.tsv")]
pub(crate) struct Arguments {
    /// The questions, and what each wants
    #[arg(long, value_name = "TSV")]
    file: PathBuf,
    /// Print every question that was taken for something else
    #[arg(long)]
    errors: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let file = arguments.file.display();
    let text = std::fs::read_to_string(&arguments.file).with_context(|| file.to_string())?;
    let mut counts: BTreeMap<(Language, Intent), (u32, u32)> = BTreeMap::new();
    for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let at = || format!("{file} line {}: lang<TAB>intent<TAB>question is expected", n + 1);
        let mut parts = line.split('\t');
        let (lang, intent, question) = parts
            .next()
            .zip(parts.next())
            .zip(parts.next())
            .map(|((lang, intent), question)| (lang, intent, question))
            .with_context(at)?;
        let (lang, intent): (Language, Intent) =
            (lang.parse().with_context(at)?, intent.parse().with_context(at)?);
        let found = understand(question, lang);
        let count = counts.entry((lang, intent)).or_default();
        *count = (count.0 + 1, count.1 + u32::from(found == intent));
        if arguments.errors && found != intent {
            println!("{}\t{}\t{}\t{question}", lang.tag(), intent.name(), found.name());
        }
    }
    print!("{}", report(&counts));
    Ok(())
}

fn report(counts: &BTreeMap<(Language, Intent), (u32, u32)>) -> String {
    let mut text = String::new();
    for ((lang, intent), (n, right)) in counts {
        text += &format!("{} {:15} {right:3} of {n:3}\n", lang.tag(), intent.name());
    }
    for lang in [Language::Zh, Language::En] {
        let of_lang = counts.iter().filter(|((of, _), _)| *of == lang).map(|(_, count)| *count);
        let (n, right) = of_lang.fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1));
        if n > 0 {
            let share = 100.0 * f64::from(right) / f64::from(n);
            text += &format!("{} {right} of {n} understood: {share:.1} %\n", lang.tag());
        }
    }
    text
}
