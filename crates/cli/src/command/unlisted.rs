//! `candor unlisted`: ids that events name and the catalogue does not have.

use shop::Access;
use shop::matching;

use crate::command::ShopFolder;
use crate::show;

/// List the ids that events name and the catalogue does not have, those of most events first.
///
/// What is done with them still teaches, but they are not recommended. They become recommendable
/// once a catalogue that has them is imported. A shop without any catalogue recommends what its
/// events name, and lists nothing here.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    shop: ShopFolder,
    /// Most ids listed
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: usize,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let shop = app::open(&arguments.shop.folder, Access::Read)?;
    let mut unlisted = matching::unlisted(&shop)?;
    let n = unlisted.len();
    unlisted.truncate(arguments.limit);
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&unlisted)?);
        return Ok(());
    }
    for found in &unlisted {
        println!("{:>10} events  {}", found.n_events, found.item_id);
    }
    if n > unlisted.len() {
        println!("… and {} more; --limit shows them", n - unlisted.len());
    }
    if let Some(matching) = matching::matching(&shop)? {
        print!("{}", show::matching::text(&matching));
    }
    Ok(())
}
