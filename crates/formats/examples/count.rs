//! Counts what a file holds: `cargo run --release -p formats --example count -- csv orders.csv.gz
//! [currency=GBP] [item=StockCode …]`. Memory must not grow with the file.

use std::ops::ControlFlow;
use std::time::Instant;

use formats::{Format, Options, Progress, Record, read};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let format: Format = arguments.next().ok_or("which format?")?.parse()?;
    let (settings, paths): (Vec<_>, Vec<_>) =
        arguments.partition(|argument| argument.contains('='));
    let mut options = Options::default();
    let mut mappings = Vec::new();
    for setting in settings {
        match setting.strip_prefix("currency=").filter(|code| code.len() == 3) {
            Some(code) => options.currency = Some(code.parse()?),
            None => mappings.push(setting.parse()?),
        }
    }
    options.columns = mappings.into_iter().collect();
    let progress = Progress::of_files(&paths)?;
    let (mut n_without_shopper, begun) = (0_u64, Instant::now());
    let summary = read(format, &options, &paths, &progress, &mut |outcome| {
        if let Ok(Record::Event(event)) = outcome {
            n_without_shopper += u64::from(event.subject.is_none());
        }
        ControlFlow::Continue(())
    })?;
    let seconds = begun.elapsed().as_secs_f64();
    println!("{summary:#?}");
    println!("{n_without_shopper} events without a shopper");
    println!("{} of {} bytes", progress.consumed(), progress.total());
    println!("{:.0} rows/s", summary.rows as f64 / seconds);
    Ok(())
}
