//! The cost of the reasons of one answer, by length of the history.

use app::Live;
use domain::Language;
use evaluation::measure::{self, Explaining, ExplainingConfig};
use shop::Access;

use crate::command::ShopFolder;
use crate::progress;

/// Time to explain a list: reasons, every claim checked, a flip tried for each item.
///
/// Nothing is recorded and no reason is kept, so every answer pays in full. One thread.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  candor bench explain --shop ./shop --events 10,50")]
pub(crate) struct Arguments {
    #[command(flatten)]
    shop: ShopFolder,
    /// Lengths of histories, one run each
    #[arg(long, value_delimiter = ',', default_values_t = [10, 50])]
    events: Vec<usize>,
    /// Answers per run
    #[arg(long, default_value_t = 200)]
    answers: usize,
    /// Items per answer
    #[arg(short, default_value_t = 10)]
    k: usize,
    /// Language of the reasons
    #[arg(long, default_value = "en")]
    lang: Language,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let live = Live::new(app::open(&arguments.shop.folder, Access::Read)?)?;
    for &n_steps in &arguments.events {
        let Arguments { answers, k, lang, .. } = *arguments;
        let config = ExplainingConfig { n_steps, n_answers: answers, k, lang };
        let bar = progress::stages();
        bar.set_message(format!("{n_steps} events"));
        bar.set_length(answers as u64);
        let progress = |done| bar.set_position(done as u64);
        let (counts, model) = (live.counts(), live.model()?);
        let measured = measure::explaining(live.shop(), &counts, &model, &config, &progress);
        bar.finish_and_clear();
        println!("{}", line(n_steps, &measured?));
    }
    Ok(())
}

fn line(n_steps: usize, measured: &[Explaining]) -> String {
    if measured.is_empty() {
        return format!("{n_steps} events: the shop's log is too short");
    }
    let percentiles = |of: &dyn Fn(&Explaining) -> std::time::Duration| {
        let mut times: Vec<_> = measured.iter().map(of).collect();
        times.sort_unstable();
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
        let ms = |share| at(share).as_secs_f64() * 1e3;
        format!("p50 {:.2} ms, p99 {:.2} ms", ms(0.5), ms(0.99))
    };
    let n_items: usize = measured.iter().map(|m| m.n_items).sum();
    let n_flips: usize = measured.iter().map(|m| m.n_flips).sum();
    format!(
        "{n_steps} events, {} answers: explaining {}; ranking alone {}; a flip certified for {:.0} % of {n_items} items",
        measured.len(),
        percentiles(&|m| m.explaining),
        percentiles(&|m| m.ranking),
        100.0 * n_flips as f64 / n_items.max(1) as f64,
    )
}
