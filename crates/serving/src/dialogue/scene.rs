//! Everything that one question is answered from, and how a draft becomes an answer: verified,
//! phrased, with what can be done next.

use answers::answer::fresh_request_id;
use answers::evidence_snapshot::EvidenceSnapshot;
use answers::request::Request;
use claims::{Claim, Facts, Strength, Verdict};
use domain::{ClaimId, ItemId, Language};
use explain::{Evidence, would_name_sensitive};
use shop::ShopError;
use shop::live_counts::LiveCounts;
use shop::settings::ShopConfig;

use super::memory::Turn;
use super::question::{Action, Asked, Forgotten, Question};
use super::words;
use crate::corrections::Effect;
use crate::prepared::{Prepared, Present};
use crate::recommender::Recommender;

/// Most claims of one answer.
pub(super) const MOST_CLAIMS: usize = 12;

/// What an answer is made of, before it is verified.
#[derive(Default)]
pub(super) struct Draft {
    pub facts: Vec<(ItemId, Facts)>,
    pub items: Option<Vec<ItemId>>,
    pub actions: Vec<Action>,
    /// Words that state no fact.
    pub note: Option<String>,
}

/// Everything that a question is answered from.
pub(super) struct Scene<'a> {
    pub recommender: &'a Recommender,
    pub request: &'a Request,
    pub prepared: &'a Prepared,
    pub counts: &'a LiveCounts,
    pub evidence: &'a EvidenceSnapshot<'a>,
    pub shown: Vec<ItemId>,
    pub talk: Talk,
    pub lang: Language,
}

/// What a question is understood from, beside its words.
#[derive(Clone, Default)]
pub(super) struct Talk {
    /// What "this" means.
    pub focus: Option<ItemId>,
    /// The last turns of the conversation, the latest last.
    pub turns: Vec<Turn>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        recommender: &'a Recommender,
        (request, present): (&'a Request, &'a Present),
        evidence: &'a EvidenceSnapshot<'a>,
        (talk, lang): (Talk, Language),
    ) -> Self {
        let Present { snapshot, prepared } = present;
        let counts = snapshot.counts();
        let shown = evidence.list();
        Self { recommender, request, prepared, counts, evidence, shown, talk, lang }
    }
}

/// What came of what a question had done.
pub(super) enum Outcome {
    Corrected(Box<Effect>),
    Forgot(Forgotten),
}

impl Outcome {
    /// What is said of it.
    fn note(&self, scene: &Scene<'_>) -> String {
        match self {
            Self::Corrected(effect) => scene.put_right(effect),
            Self::Forgot(removed) => words::forgotten(*removed, scene.lang),
        }
    }
}

/// How a question was read.
pub(super) struct Read {
    pub conversation: String,
    pub intent: String,
    pub understood: Option<Question>,
    pub lang: Language,
}

impl Scene<'_> {
    /// Verifies and phrases.
    pub(super) fn told(
        &self,
        read: Read,
        draft: Draft,
        outcome: Option<Outcome>,
    ) -> Result<Asked, ShopError> {
        let (evidence, lang) = (self.evidence, read.lang);
        let claims = self.verified(draft.facts);
        let sentences = explain::phrase(&claims, Strength::Strong, lang, evidence);
        let note = outcome.as_ref().map(|outcome| outcome.note(self)).or(draft.note);
        let answered = !claims.is_empty() || note.is_some();
        let note =
            note.or_else(|| (!answered).then(|| words::cannot(read.understood.is_some(), lang)));
        let texts = sentences.iter().map(|sentence| sentence.text.as_str());
        let text: Vec<&str> = note.as_deref().into_iter().chain(texts).collect();
        let mut actions = draft.actions;
        let (effect, forgotten) = match outcome {
            None => (None, None),
            Some(Outcome::Corrected(effect)) => (Some(*effect), None),
            Some(Outcome::Forgot(removed)) => (None, Some(removed)),
        };
        if let Some(effect) = effect.as_ref().filter(|effect| !effect.taken_back) {
            let correction_id = Some(effect.correction_id);
            actions.push(words::undo(Question::Undo { correction_id }, lang));
        }
        let can_ask = if answered { Vec::new() } else { self.can_ask()? };
        Ok(Asked {
            conversation: read.conversation,
            request_id: fresh_request_id(),
            intent: read.intent,
            understood: read.understood,
            answered,
            text: text.join(messages::text!(lang, "reason-between-sentences")),
            lang,
            sentences,
            claims,
            items: draft.items.unwrap_or_else(|| self.shown.clone()),
            effect,
            forgotten,
            actions,
            can_ask,
            model_version: evidence.model_version().clone(),
            as_of: evidence.as_of(),
            simulated: self.recommender.shop().shop().config::<ShopConfig>().simulated,
        })
    }

    /// The facts that hold, as claims; what names something sensitive is dropped.
    pub(super) fn verified(&self, facts: Vec<(ItemId, Facts)>) -> Vec<Claim> {
        let (evidence, bars) = (self.evidence, &self.prepared.treatment.bars);
        let holds = |(item, facts): &(ItemId, Facts)| {
            !would_name_sensitive(item, facts, evidence, bars)
                && explain::verify(item, facts, evidence, bars) == Verdict::Verified
        };
        let held = facts.into_iter().filter(holds).take(MOST_CLAIMS);
        let claim = |(n, (item_id, facts)): (usize, (ItemId, Facts))| Claim {
            claim_id: ClaimId::new(format!("q{n}")).expect("q1 is an id"),
            item_id,
            evidence: facts.history().into_iter().cloned().collect(),
            facts,
            as_of: evidence.as_of(),
            model_version: evidence.model_version().clone(),
            verdict: Verdict::Verified,
        };
        (1..).zip(held).map(claim).collect()
    }
}
