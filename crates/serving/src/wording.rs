//! A language model's words for the reasons of an answer.
//!
//! Responsible for when one is asked: never while an answer is computed, and waited for only by
//! whoever asks for that. What it says is used where `explain` accepts it, is kept on record, and
//! is looked for again by the audit. Refuses to show it anything of the shop.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use answers::answer::{AnsweredItem, Record};
use answers::evidence_snapshot::EvidenceSnapshot;
use answers::request::Phrasing;
use domain::{ItemId, Language, Timestamp};
use explain::Statements;
use language::llm::{Clock, LlmConfig, OpenAi, Paced, Provider, ProviderKind};
use language::phrasing::{
    Filler, Formality, Length, Statement, Style, Wording, Writer, WriterStatus,
};
use serde::{Deserialize, Serialize};
use shop::ShopError;

/// Wording. Documented key by key in `config/default.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LanguageConfig {
    /// Whose words, where a request does not say.
    pub phrasing: Phrasing,
    /// How readers are spoken to.
    pub formality: Formality,
    /// The shop's voice, in a sentence or two to the model.
    pub voice: String,
    /// Words that are never cut, for the tokeniser.
    pub words: Vec<String>,
    /// How many wordings of one kind there are.
    pub wordings: u32,
    /// Most wordings kept in memory.
    pub wordings_kept: usize,
    /// Longest wait for a wording, where a request waits.
    pub wait_ms: u64,
    /// The model.
    pub llm: LlmConfig,
}

impl Default for LanguageConfig {
    fn default() -> Self {
        Self {
            phrasing: Phrasing::Grammar,
            formality: Formality::Friendly,
            voice: String::new(),
            words: Vec::new(),
            wordings: 3,
            wordings_kept: 10_000,
            wait_ms: 5_000,
            llm: LlmConfig::default(),
        }
    }
}

impl LanguageConfig {
    /// Checks that the settings make sense.
    ///
    /// # Errors
    /// [`ShopError::Config`] with the key and what is expected.
    pub fn check(&self) -> Result<(), ShopError> {
        let problem = "language.wordings must be at least 1".to_owned();
        if self.wordings == 0 {
            return Err(ShopError::Config { problem });
        }
        self.llm.check().map_err(|e| ShopError::Config { problem: e.to_string() })
    }
}

/// How reasons are worded here.
pub(crate) struct Words {
    config: LanguageConfig,
    /// `None` where the settings name no provider.
    model: Option<WordingModel>,
}

/// A model that words, and those who ask it.
struct WordingModel {
    writer: Arc<Writer>,
    filler: Filler,
}

impl Words {
    /// Prepares to ask the model of the settings, where they name one.
    pub(crate) fn open(config: &LanguageConfig) -> Result<Self, ShopError> {
        let model = provider(&config.llm)?.map(|provider| WordingModel::new(provider, config));
        Ok(Self { config: config.clone(), model })
    }

    /// What became of questions so far; `None` where there is no model.
    pub(crate) fn status(&self) -> Option<WriterStatus> {
        self.model.as_ref().map(|model| model.writer.status())
    }

    /// Waits until every wording that was asked for has come or failed.
    pub(crate) fn wait_until_idle(&self) {
        if let Some(model) = &self.model {
            model.filler.wait_until_idle();
        }
    }

    /// The statements of items; computed with their evidence at hand, and asked for later.
    pub(crate) fn to_be_worded(
        &self,
        wanted: Option<Phrasing>,
        items: &[AnsweredItem],
        length: Length,
        evidence: &EvidenceSnapshot<'_>,
    ) -> ToBeWorded {
        let config = &self.config;
        let phrasing = wanted.unwrap_or(config.phrasing);
        if phrasing == Phrasing::Grammar || self.model.is_none() {
            return ToBeWorded::default();
        }
        let of_item = |item: &AnsweredItem| {
            let reason = item.reasons.first();
            let statements = reason.map(|r| explain::statements_of(&r.claims, r.lang, evidence));
            let lang = reason.map_or(Language::default(), |reason| reason.lang);
            let style = Style {
                lang,
                length,
                formality: config.formality,
                voice: config.voice.clone(),
                variant: variant(&item.item_id, config.wordings),
            };
            (statements.unwrap_or_default(), style)
        };
        ToBeWorded { phrasing, statements: items.iter().map(of_item).collect() }
    }

    /// A wording for a draft: asked for and waited for in both ways of asking, since nobody shops
    /// meanwhile.
    pub(crate) fn wording_now(
        &self,
        wanted: Option<Phrasing>,
        statements: &[Statement],
        style: impl FnOnce(&LanguageConfig) -> Style,
    ) -> Option<Arc<Wording>> {
        let config = &self.config;
        let words = self.model.as_ref()?;
        if wanted.unwrap_or(config.phrasing) == Phrasing::Grammar {
            return None;
        }
        words.writer.write(statements, &style(config))
    }

    /// Puts words into an answer and its record, where they are at hand or worth waiting for.
    pub(crate) fn word(
        &self,
        wanted: &ToBeWorded,
        items: &mut [AnsweredItem],
        record: &mut Record,
    ) {
        let Some(words) = &self.model else { return };
        if wanted.phrasing == Phrasing::LlmWait {
            let missing = words.ask_for_missing(&wanted.statements);
            let longest = Duration::from_millis(self.config.wait_ms);
            words.filler.wait_for(&missing, longest);
        }
        for (((statements, style), item), recorded) in
            wanted.statements.iter().zip(items).zip(&mut record.items)
        {
            let wording = words.writer.at_hand(&statements.list, style);
            let (Some(reason), Some(wording)) = (item.reasons.first_mut(), wording) else {
                continue;
            };
            if let Some(worded) = explain::reword(reason, statements, &wording) {
                *reason = worded;
                if let Some(recorded) = &mut recorded.reason {
                    recorded.worded = Some((*wording).clone());
                }
            }
        }
        // Behind the answer: what comes back meanwhile stands in the next.
        if wanted.phrasing == Phrasing::Llm {
            words.ask_for_missing(&wanted.statements);
        }
    }
}

impl WordingModel {
    fn new(provider: Box<dyn Provider>, config: &LanguageConfig) -> Self {
        let clock: Clock = Arc::new(now);
        let paced = Paced::new(provider, config.llm.clone(), Arc::clone(&clock));
        let writer = Arc::new(Writer::new(paced, config.wordings_kept, clock));
        let filler = Filler::start(Arc::clone(&writer), config.llm.concurrency);
        Self { writer, filler }
    }

    /// Asks for what is not at hand, and gives back what that is.
    fn ask_for_missing(&self, statements: &[(Statements, Style)]) -> Vec<(Vec<Statement>, Style)> {
        let missing: Vec<_> = statements
            .iter()
            .filter(|(statements, style)| self.writer.at_hand(&statements.list, style).is_none())
            .map(|(statements, style)| (statements.list.clone(), style.clone()))
            .collect();
        for (statements, style) in &missing {
            self.filler.ask_for(statements.clone(), style.clone());
        }
        missing
    }
}

fn provider(config: &LlmConfig) -> Result<Option<Box<dyn Provider>>, ShopError> {
    let key = || std::env::var(&config.key_env).ok().filter(|key| !key.is_empty());
    let problem = |e: language::llm::LlmError| ShopError::Config { problem: e.to_string() };
    match config.provider {
        ProviderKind::None => Ok(None),
        ProviderKind::Openai => {
            let provider = OpenAi::new(config, key()).map_err(problem)?;
            Ok(Some(Box::new(provider)))
        }
        #[cfg(feature = "local-llm")]
        ProviderKind::Local => {
            Ok(Some(Box::new(language::llm::Local::open(config).map_err(problem)?)))
        }
        #[cfg(not(feature = "local-llm"))]
        ProviderKind::Local => Err(ShopError::Config {
            problem: "language.llm.provider is \"local\", but this binary was built without it: \
                      build with `cargo build --release --features local-llm`"
                .to_owned(),
        }),
    }
}

fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    Timestamp(since.map_or(0, |elapsed| elapsed.as_millis() as i64))
}

/// The statements of an answer’s items, and how they are worded.
#[derive(Default)]
pub(crate) struct ToBeWorded {
    phrasing: Phrasing,
    /// By item; empty where nothing is to be worded.
    statements: Vec<(Statements, Style)>,
}

/// The same item is worded in the same way.
fn variant(item: &ItemId, n: u32) -> u32 {
    let hash = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(16_777_619);
    item.as_str().bytes().fold(2_166_136_261, hash) % n.max(1)
}
