//! `candor export`: the shop's data in forms that others read.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use app::Live;
use domain::RequestId;
use ingest::export::{Form, Layout, Names, What};
use proofs::Prover;
use shop::{Access, Shop};

use crate::command::ShopFolder;

/// Export the shop's data: events, items, reviews, delivered answers with their proofs; one answer with the
/// rows that its sentences speak of, for `candor verify`; names that were erased, as keyed hashes; or the
/// data that a model is fitted on, as RecBole's atomic files.
///
/// Shoppers go by numbers that say nothing about the person, unless `--names` asks for the shop's
/// own: then importing the files restores the histories. May run beside a server.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  candor export events --as csv --out events.csv --shop ./shop
  candor export events --names --as csv --out events.csv --shop ./shop
  candor export answers --shop ./shop | head -1
  candor export proof REQUEST --out proof.json --shop ./shop
  candor export recbole --out ./dataset/myshop/myshop --shop ./shop")]
pub(crate) struct Arguments {
    /// events, items, reviews, answers, proof, erased or recbole
    what: Wanted,
    /// proof: the answer
    request: Option<RequestId>,
    #[command(flatten)]
    shop: ShopFolder,
    /// jsonl, csv, or in a build with --features parquet: parquet
    #[arg(long = "as", value_name = "LAYOUT", default_value_t = Layout::JsonLines)]
    layout: Layout,
    /// events, reviews: name shoppers as the shop does, not by numbers
    #[arg(long)]
    names: bool,
    /// File to write, instead of the terminal; of `recbole` what the names of its two files begin
    /// with
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone)]
enum Wanted {
    Rows(What),
    Recbole,
    Proof,
}

impl std::str::FromStr for Wanted {
    type Err = domain::Invalid;
    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        match raw {
            "recbole" => Ok(Self::Recbole),
            "proof" => Ok(Self::Proof),
            other => other.parse().map(Self::Rows),
        }
    }
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    arguments.layout.check()?; // before a file is made or replaced
    let shop = app::open(&arguments.shop.folder, Access::Read)?;
    let names = if arguments.names { Names::Own } else { Names::Pseudonyms };
    let form = Form { layout: arguments.layout, names };
    match (&arguments.what, &arguments.out) {
        (Wanted::Proof, out) => {
            let request = arguments.request.as_ref().context("name the request of the answer")?;
            proof(shop, request, out.as_deref())
        }
        (Wanted::Recbole, Some(out)) => recbole(&shop, out),
        (Wanted::Recbole, None) => anyhow::bail!("recbole makes two files: name them with --out"),
        (Wanted::Rows(what), Some(out)) => {
            let n_rows = ingest::export::write(&shop, *what, form, create(out)?)?;
            eprintln!("{n_rows} {what} written to {}", out.display());
            Ok(())
        }
        (Wanted::Rows(what), None) => {
            let mut out = std::io::stdout();
            ingest::export::write(&shop, *what, form, &mut out)?;
            Ok(out.flush()?)
        }
    }
}

/// One answer with the rows that its sentences speak of; persons by names that hold in this file only.
fn proof(shop: Shop, request: &RequestId, out: Option<&Path>) -> anyhow::Result<()> {
    let live = Live::new(shop)?;
    let codes = &live.config().prepare.clean.non_product_codes;
    let bundle = Prover::new(live.in_service(), codes)?.bundle(request)?;
    match out {
        Some(out) => serde_json::to_writer(std::io::BufWriter::new(create(out)?), &bundle)?,
        None => println!("{}", serde_json::to_string(&bundle)?),
    }
    Ok(())
}

fn recbole(shop: &Shop, out: &Path) -> anyhow::Result<()> {
    let named = |ending: &str| {
        let mut name = out.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    let (inter, items) = (named(".inter"), named(".item"));
    let (n, n_items) = ingest::export::write_recbole(shop, create(&inter)?, create(&items)?)?;
    eprintln!(
        "{n} interactions written to {}, {n_items} items to {}",
        inter.display(),
        items.display()
    );
    Ok(())
}

fn create(path: &Path) -> anyhow::Result<File> {
    File::create(path).with_context(|| format!("cannot make {}", path.display()))
}
