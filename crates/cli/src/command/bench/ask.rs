//! The cost of an answer to a question, on the shop's own shoppers.

use std::time::{Duration, Instant};

use answers::Request;
use app::Live;
use domain::{ItemId, SubjectId};
use serving::dialogue::{AskRequest, Question};
use shop::Access;

use crate::command::ShopFolder;

/// Time to answer WHY of the first item and WHY NOT of items that are not shown, everything
/// included: ranking, search, checks, words, and the record on disk.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  candor bench ask --shop ./shop --shoppers shoppers.txt")]
pub(crate) struct Arguments {
    #[command(flatten)]
    shop: ShopFolder,
    /// Names of shoppers, one a line
    #[arg(long, value_name = "FILE")]
    shoppers: std::path::PathBuf,
    /// Most shoppers that ask
    #[arg(long, default_value_t = 100)]
    answers: usize,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let live = Live::new(app::open(&arguments.shop.folder, Access::Write)?)?;
    let names = std::fs::read_to_string(&arguments.shoppers)?;
    let names: Vec<&str> = names.lines().filter(|name| !name.trim().is_empty()).collect();
    let items = live.shop().state().items_page(None, 1_000_000)?;
    let (mut why, mut why_not) = (Vec::new(), Vec::new());
    let mut n_brought_in = 0;
    for (n, name) in names.iter().take(arguments.answers).enumerate() {
        let list = Request { shopper: Some(SubjectId::new(name.trim())?), ..Request::default() };
        let Some(first) = live.recommender.list(&list)?.first().cloned() else { continue };
        why.push(timed(&live, &list, Question::Why { item: first })?.0);
        let other: ItemId = items[(n * 7919) % items.len()].id.clone();
        let (took, n_claims) = timed(&live, &list, Question::WhyNot { item: other })?;
        why_not.push(took);
        n_brought_in += usize::from(n_claims > 1);
    }
    println!("why      {}", percentiles(&mut why));
    println!("why not  {}; a change found for {n_brought_in}", percentiles(&mut why_not));
    Ok(())
}

fn timed(live: &Live, list: &Request, ask: Question) -> anyhow::Result<(Duration, usize)> {
    let asked = AskRequest { ask: Some(ask), list: list.clone(), ..AskRequest::default() };
    let started = Instant::now();
    let answer = live.ask(&asked, crate::command::now())?;
    Ok((started.elapsed(), answer.claims.len()))
}

fn percentiles(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let Some(last) = times.len().checked_sub(1) else { return "nobody asked".to_owned() };
    let ms = |share: f64| times[(last as f64 * share) as usize].as_secs_f64() * 1e3;
    format!("{} answers: p50 {:.1} ms, p99 {:.1} ms", times.len(), ms(0.5), ms(0.99))
}
