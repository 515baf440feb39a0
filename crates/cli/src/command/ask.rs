//! `candor ask`: one question, answered from what can be verified.

use answers::Request;
use app::Live;
use domain::{ItemId, Language, SubjectId};
use serving::dialogue::{AskRequest, Asked};
use shop::Access;
use ureq::http::Method;

use crate::beside::{self, Opened};
use crate::command::ShopFolder;
use crate::show;

/// Ask about a shopper's list, or about what the shop sells; or put something right. Beside a running
/// server of the shop the server answers.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  candor ask \"why the first one?\" --shopper demo-1 --shop ./demo-shop
  candor ask 为什么没有推荐第三个 --shopper demo-1 --shop ./demo-shop")]
pub(crate) struct Arguments {
    /// The question, in Chinese or English
    question: String,
    #[command(flatten)]
    shop: ShopFolder,
    /// The shopper who asks, in the shop's words; leave out for a new visitor
    #[arg(long)]
    shopper: Option<SubjectId>,
    /// The item that "this" means
    #[arg(long)]
    item: Option<ItemId>,
    /// Language of the answer: zh or en; that of the question where missing
    #[arg(long)]
    lang: Option<Language>,
    /// Length of the list that is asked about
    #[arg(short, default_value_t = 10)]
    k: usize,
    /// Print the answer as JSON, claims and all
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let list = Request { shopper: arguments.shopper.clone(), k: arguments.k, ..Request::default() };
    let asked = AskRequest {
        question: Some(arguments.question.clone()),
        item_id: arguments.item.clone(),
        lang: arguments.lang,
        list,
        ..AskRequest::default()
    };
    // A question may put something right, which is a write.
    let answer: Asked = match beside::open(&arguments.shop.folder, Access::Write)? {
        Opened::Shop(shop) => Live::new(*shop)?.ask(&asked, crate::command::now())?,
        Opened::Server(server) => {
            let asked = serde_json::to_value(&asked)?;
            serde_json::from_value(server.get(Method::POST, "/v1/ask", Some(&asked))?)?
        }
    };
    for sentence in &answer.sentences {
        let claims: Vec<&str> = sentence.claim_ids.iter().map(domain::ClaimId::as_str).collect();
        tracing::debug!(claims = claims.join(" "), "{}", sentence.text);
    }
    show::print(arguments.json, &answer, || {
        let can_ask: String = answer.can_ask.iter().map(|ask| format!("  · {ask}\n")).collect();
        format!("{}{}\n{can_ask}", show::label(answer.simulated), answer.text)
    })
}
