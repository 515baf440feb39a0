//! `candor demo`: the first minute.

use std::path::PathBuf;

use answers::Request;
use app::demo::ShopConfig;
use app::{Live, demo};
use domain::Language;

use crate::command::serve;
use crate::{progress, show};

/// Make a small simulated shop, train it, show recommendations with reasons, and serve it.
///
/// Everything is made by the seed and is the same every time. The folder is a shop like any
/// other: try `candor recommend demo-1 --lang zh --shop ./demo-shop`, `candor evaluate`,
/// `candor audit`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Folder to make the shop in
    #[arg(long = "shop", value_name = "DIR", default_value = "demo-shop")]
    folder: PathBuf,
    /// Seed of the simulated shop
    #[arg(long, default_value_t = ShopConfig::default().seed)]
    seed: u64,
    /// Number of simulated shoppers
    #[arg(long, default_value_t = ShopConfig::default().n_shoppers)]
    shoppers: usize,
    /// Number of simulated items
    #[arg(long, default_value_t = ShopConfig::default().n_items)]
    items: usize,
    /// Address and port to serve on
    #[arg(long)]
    listen: Option<String>,
    /// Stop after showing recommendations
    #[arg(long)]
    no_serve: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let bar = progress::stages();
    bar.set_message("making a simulated shop");
    let shop = demo::create(&arguments.folder, &arguments.config(), &mut |step| {
        bar.set_length(step.read);
        bar.set_position(step.stored);
    })?;
    let counts = shop.state().counts()?;
    let live = Live::new(shop)?;
    let trained = match live.model() {
        Ok(model) => training::trained(live.shop(), &model.version)?,
        Err(_) => live.train(&|step| progress::show_fitting(&bar, step))?,
    };
    bar.finish_and_clear();
    println!(
        "A simulated shop in {}: {} items, {} shoppers, {} events, {} reviews.",
        arguments.folder.display(),
        counts.items,
        counts.shoppers,
        counts.events,
        counts.reviews
    );
    print!("{}", show::training::text(&trained));
    for (sample, lang) in demo::samples().into_iter().zip([Language::En, Language::Zh]) {
        let about = sample.about.in_language(lang);
        println!("\n{} ({}): {about}", sample.name.in_language(lang), sample.subject);
        let request = Request {
            shopper: Some(sample.subject.clone()),
            lang: Some(lang),
            k: 3,
            ..Request::default()
        };
        let answer = live.recommender.recommend(&request)?;
        print!("{}", show::answer::text(&answer, lang, &|id| live.item(id)));
    }
    if arguments.no_serve {
        return Ok(());
    }
    println!("\nStop with Ctrl-C.");
    serve::serve(live, arguments.listen.clone())
}

impl Arguments {
    fn config(&self) -> ShopConfig {
        ShopConfig {
            seed: self.seed,
            n_shoppers: self.shoppers,
            n_items: self.items,
            ..ShopConfig::default()
        }
    }
}
