//! `candor content`: drafts of product texts, with their proofs.

use std::fmt::Write;

use answers::request::Phrasing;
use app::Live;
use clap::ValueEnum;
use domain::{ItemId, Language, SubjectId};
use serving::drafts::{Content, ContentKind, ContentRequest};
use shop::Access;

use crate::command::ShopFolder;
use crate::show;

/// Draft a product description or an advertisement, with the proof of every sentence. Nothing is
/// published.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  candor content S0042 --shop ./demo-shop --lang zh
  candor content S0042 --shop ./demo-shop --kind ad --drafts 3 --model-words")]
pub(crate) struct Arguments {
    /// The item
    item: ItemId,
    #[command(flatten)]
    shop: ShopFolder,
    /// Kind of text
    #[arg(long, value_enum, default_value_t = Kind::Description)]
    kind: Kind,
    /// Language of the text: zh or en
    #[arg(long)]
    lang: Option<Language>,
    /// Shopper to write for: facts that their recent items share with this one come first
    #[arg(long)]
    shopper: Option<SubjectId>,
    /// How many drafts, 1 to 5
    #[arg(long, default_value_t = 1)]
    drafts: u32,
    /// Let the language model of the settings choose the words
    #[arg(long)]
    model_words: bool,
    /// Print the drafts and their proofs as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    Description,
    Ad,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let live = Live::new(app::open(&arguments.shop.folder, Access::Read)?)?;
    let content = serving::drafts::draft(&live.recommender, &arguments.request())?;
    show::print(arguments.json, &content, || text(&content))
}

impl Arguments {
    fn request(&self) -> ContentRequest {
        ContentRequest {
            item_id: self.item.clone(),
            kind: match self.kind {
                Kind::Description => ContentKind::Description,
                Kind::Ad => ContentKind::Ad,
            },
            lang: self.lang,
            phrasing: self.model_words.then_some(Phrasing::LlmWait),
            shopper: self.shopper.clone(),
            drafts: self.drafts,
        }
    }
}

/// The drafts, each sentence with its proofs, and the proofs.
fn text(content: &Content) -> String {
    let mut text = show::label(content.simulated).to_owned();
    // Writing to a String cannot fail.
    for (n, draft) in content.drafts.iter().enumerate() {
        let words = draft.worded_by.as_ref().map(|by| format!(", words by {}", by.model));
        let _ = writeln!(text, "Draft {}{}", n + 1, words.unwrap_or_default());
        for sentence in &draft.sentences {
            let proofs: Vec<&str> =
                sentence.claim_ids.iter().map(domain::ClaimId::as_str).collect();
            let _ = writeln!(text, "  {}  [{}]", sentence.text, proofs.join(", "));
        }
    }
    let _ = writeln!(text, "Proofs");
    for proof in &content.catalogue {
        let _ = writeln!(text, "  {}  {}: {}", proof.proof_id, proof.field, proof.value);
    }
    for claim in &content.claims {
        let _ = writeln!(text, "  {}  {}, verified", claim.claim_id, claim.facts.kind());
    }
    text
}
