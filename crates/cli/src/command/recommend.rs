//! `candor recommend`: one shopper's list, with reasons.

use std::sync::Arc;

use answers::request::{OneOrMany, PriceRange};
use answers::{Answer, Filters, Request};
use app::{Config, Live};
use domain::{Item, ItemId, Language, SubjectId};
use shop::Access;
use ureq::http::Method;

use crate::beside::{Server, encoded};
use crate::command::ShopFolder;
use crate::show;

/// Recommend to one shopper, with reasons. The answer is recorded, as over HTTP; beside a running
/// server of the shop the server answers.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  candor recommend demo-1 --shop ./demo-shop --lang zh
  candor recommend --seed-item S0042 --category Tea --max-price 200 --shop ./demo-shop")]
pub(crate) struct Arguments {
    /// The shopper, in the shop's words; leave out for a new visitor
    shopper: Option<SubjectId>,
    #[command(flatten)]
    shop: ShopFolder,
    /// How many
    #[arg(short, default_value_t = 10)]
    k: usize,
    /// Language of the reasons: zh or en
    #[arg(long)]
    lang: Option<Language>,
    /// Item of the page that is being looked at; may be given several times
    #[arg(long = "seed-item", value_name = "ITEM")]
    seed_items: Vec<ItemId>,
    /// Only this category; may be given several times
    #[arg(long)]
    category: Vec<String>,
    /// Only this brand; may be given several times
    #[arg(long)]
    brand: Vec<String>,
    /// Only items that cost at least this much
    #[arg(long)]
    min_price: Option<f64>,
    /// Only items that cost at most this much
    #[arg(long)]
    max_price: Option<f64>,
    /// Never this item; may be given several times
    #[arg(long, value_name = "ITEM")]
    exclude: Vec<ItemId>,
    /// Print the answer as JSON, claims and all
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let folder = &arguments.shop.folder;
    if let Some(server) = Server::of(folder)? {
        return through(&server, arguments);
    }
    let live = Live::new(app::open(folder, Access::Read)?)?;
    let answer = live.recommender.recommend(&arguments.request())?;
    let lang = live.config().shop.language;
    show::print(arguments.json, &answer, || show::answer::text(&answer, lang, &|id| live.item(id)))
}

/// Asks the server of the shop; the items are described as it knows them.
fn through(server: &Server, arguments: &Arguments) -> anyhow::Result<()> {
    let request = serde_json::to_value(arguments.request())?;
    let answered = server.get(Method::POST, "/v1/recommendations", Some(&request))?;
    let answer: Answer = serde_json::from_value(answered)?;
    let lang = Config::load(&arguments.shop.folder)?.shop.language;
    let item = |id: &ItemId| {
        let path = format!("/v1/items/{}", encoded(id.as_str()));
        let found = server.get(Method::GET, &path, None).ok()?;
        serde_json::from_value::<Item>(found).ok().map(Arc::new)
    };
    show::print(arguments.json, &answer, || show::answer::text(&answer, lang, &item))
}

impl Arguments {
    fn request(&self) -> Request {
        let bounded = self.min_price.is_some() || self.max_price.is_some();
        let range = PriceRange { min: self.min_price, max: self.max_price, currency: None };
        Request {
            shopper: self.shopper.clone(),
            k: self.k,
            lang: self.lang,
            seed_items: self.seed_items.clone(),
            filters: Filters {
                category: OneOrMany::Many(self.category.clone()),
                brand: OneOrMany::Many(self.brand.clone()),
                price: bounded.then_some(range),
                exclude: self.exclude.clone(),
                ..Filters::default()
            },
            ..Request::default()
        }
    }
}
