//! `candor optimise`: one round of the loop, or a round every so often.

use std::time::Duration;

use shop::{Access, Shop};

use crate::command::{ShopFolder, now};
use crate::{progress, show};

/// Decisions that `--history` lists.
const LISTED: usize = 50;

/// Learn from what shoppers let us know, and move models on: one round of the loop.
///
/// A round learns which style of reasons helps whom; judges the model on trial by its experiment,
/// and promotes or rejects it; and where none is on trial fits a new one, which goes on trial if it
/// passes the offline gate. Its constants and weights come from what shoppers took of the lists
/// they were shown, as soon as there is enough of that; until then from events held out. Every step
/// is recorded with its reason. A running server takes all of it up by itself.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  candor optimise --shop ./shop
  candor optimise --shop ./shop --every-hours 24
  candor optimise --shop ./shop --rollback \"complaints since Monday\"
  candor optimise --shop ./shop --history")]
pub(crate) struct Arguments {
    #[command(flatten)]
    shop: ShopFolder,
    /// Run for ever, with a round every so many hours
    #[arg(long, value_name = "HOURS", value_parser = clap::value_parser!(u64).range(1..))]
    every_hours: Option<u64>,
    /// Make the model before the last promotion current again, and record why
    #[arg(long, value_name = "WHY", conflicts_with_all = ["every_hours", "history"])]
    rollback: Option<String>,
    /// List the decisions about models, newest first
    #[arg(long, conflicts_with = "every_hours")]
    history: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let shop = app::open(&arguments.shop.folder, Access::Read)?;
    let label = show::label(shop.config::<app::Config>().shop.simulated);
    if let Some(why) = &arguments.rollback {
        let decision = experimentation::optimise::roll_back(&shop, why, now())?;
        let text = || label.to_owned() + &show::optimised::decision(&decision);
        return show::print(arguments.json, &decision, text);
    }
    if arguments.history {
        let decisions = experimentation::optimise::decisions(&shop, LISTED)?;
        let lines = decisions.iter().map(show::optimised::decision);
        let text = || std::iter::once(label.to_owned()).chain(lines).collect();
        return show::print(arguments.json, &decisions, text);
    }
    let Some(hours) = arguments.every_hours else { return round(&shop, arguments.json) };
    let pause = Duration::from_secs(hours.saturating_mul(3600));
    for_ever(
        || round(&shop, arguments.json),
        || {
            std::thread::sleep(pause);
            true
        },
    )
}

/// Round after round, as long as `goes_on`. A round that fails is told and does not end the rest:
/// what was in its way may have gone by the next. Only a reader who has left does.
fn for_ever(
    mut round: impl FnMut() -> anyhow::Result<()>,
    mut goes_on: impl FnMut() -> bool,
) -> anyhow::Result<()> {
    loop {
        match round() {
            Err(error) if crate::is_broken_pipe(&error) => return Err(error),
            Err(error) => {
                eprintln!("this round failed, the next one is tried all the same: {error:#}");
            }
            Ok(()) => {}
        }
        if !goes_on() {
            return Ok(());
        }
    }
}

fn round(shop: &Shop, is_json: bool) -> anyhow::Result<()> {
    let bar = progress::stages();
    let optimised = experimentation::optimise::optimise(shop, now(), &|progress| {
        progress::show_fitting(&bar, progress);
    });
    bar.finish_and_clear();
    let optimised = optimised?;
    show::print(is_json, &optimised, || show::optimised::text(&optimised))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_that_fails_does_not_end_the_loop() {
        let (mut n_rounds, mut n_pauses) = (0, 0);
        let round = || {
            n_rounds += 1;
            anyhow::ensure!(n_rounds != 1, "the disk was full");
            Ok(())
        };
        for_ever(round, || {
            n_pauses += 1;
            n_pauses < 3
        })
        .unwrap();
        assert_eq!(n_rounds, 3);
    }
}
