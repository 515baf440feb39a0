//! Files that wait for a yes: of a feed that was pulled or pushed, and whose import asks whether what
//! is not in it is to be retired.

use std::sync::Arc;

use formats::Format;
use serde_json::Value;
use shop::ShopError;

use super::{Feeds, NotPulled};
use crate::imports::{NotStarted, Wanted};
use crate::known::{Held, Known, Outcome};
use crate::options::{FeedOptions, Spelt};
use crate::run::{Origin, Run, RunState};
use crate::source::Validators;
use crate::spool::Spooled;

/// The name of a feed that is pushed without one.
pub const PUSHED: &str = "pushed";

impl Feeds {
    /// Starts the import of a file that was pushed. Where it asks, the file waits under the name of
    /// its feed, and takes the place of one that waited there.
    ///
    /// # Errors
    /// [`NotStarted`].
    pub fn push(self: &Arc<Self>, wanted: Wanted) -> Result<Run, NotStarted> {
        let name = wanted.feed.clone().unwrap_or_else(|| PUSHED.to_owned());
        let (feeds, options) = (Arc::clone(self), wanted.options.clone());
        self.imports.start_then(wanted, move |run, spooled| {
            let held = hold(run, spooled, &options);
            if let Err(error) = feeds.pushed(&name, run, held) {
                tracing::error!("what became of a pushed feed could not be kept: {error}");
            }
        })
    }

    fn pushed(&self, name: &str, run: &Run, held: Option<Held>) -> Result<(), ShopError> {
        let state = self.live.shop().state();
        let mut known = Known::read(state, name)?;
        if held.is_none() && known.held.is_none() {
            return Ok(());
        }
        if run.state == RunState::Failed {
            return Ok(()); // what waits, waits on
        }
        if let Some(old) = std::mem::replace(&mut known.held, held) {
            drop(self.spool.again(&old.path));
        }
        known.import = Some(run.id.clone());
        known.keep(state, name)
    }

    /// The name of the feed whose file waits for the answer to an import's question.
    ///
    /// # Errors
    /// [`NotPulled::NothingHeld`], or what the store says.
    pub fn held_by(&self, import: &str) -> Result<String, NotPulled> {
        let kept = self.live.shop().state().feeds().map_err(ShopError::from)?;
        let found = kept.into_iter().find(|(_, text)| {
            let known = serde_json::from_str::<Known>(text).ok();
            known.and_then(|known| known.held).is_some_and(|held| held.import == import)
        });
        found.map(|(name, _)| name).ok_or_else(|| NotPulled::NothingHeld(import.to_owned()))
    }

    /// Imports a file that waits, now retiring what is not in it.
    ///
    /// # Errors
    /// [`NotPulled`].
    pub fn confirm(self: &Arc<Self>, name: &str) -> Result<Run, NotPulled> {
        let state = self.live.shop().state();
        let mut known = Known::read(state, name)?;
        let held = known.held.clone();
        let held = held.ok_or_else(|| NotPulled::NothingHeld(name.to_owned()))?;
        let Some(there) = self.spool.again(&held.path) else {
            // So that the next look fetches it again.
            (known.held, known.validators) = (None, Validators::default());
            known.keep(state, name)?;
            return Err(NotPulled::Gone(name.to_owned()));
        };
        // Only a yes that was carried out removes it.
        let path = there.keep();
        let is_pulled = self.config(name).is_some();
        let wanted = Wanted {
            origin: if is_pulled { Origin::Pulled } else { Origin::Pushed },
            feed: Some(name.to_owned()),
            format: Some(held.format.value),
            paths: vec![path],
            options: FeedOptions { yes: true, ..held.options.clone() },
            spooled: Vec::new(),
        };
        let (feeds, name) = (Arc::clone(self), name.to_owned());
        let run = self.imports.start_then(wanted, move |run, _| {
            if let Err(error) = feeds.confirmed(&name, run) {
                tracing::error!("feed {name}: {error}");
            }
        })?;
        Ok(run)
    }

    fn confirmed(&self, name: &str, run: &Run) -> Result<(), ShopError> {
        if run.state == RunState::Failed {
            return Ok(());
        }
        let mut known = self.dropped(name)?;
        (known.import, known.outcome) = (Some(run.id.clone()), Some(Outcome::Imported));
        known.keep(self.live.shop().state(), name)
    }

    /// Leaves the items of a file that waits as they are.
    ///
    /// # Errors
    /// [`NotPulled::NothingHeld`], or what the store says.
    pub fn dismiss(&self, name: &str) -> Result<(), NotPulled> {
        let state = self.live.shop().state();
        if Known::read(state, name)?.held.is_none() {
            return Err(NotPulled::NothingHeld(name.to_owned()));
        }
        let mut known = self.dropped(name)?;
        known.outcome = Some(Outcome::Imported);
        Ok(known.keep(state, name)?)
    }

    /// What is known of a feed, without the file that waited, which is removed.
    fn dropped(&self, name: &str) -> Result<Known, ShopError> {
        let mut known = Known::read(self.live.shop().state(), name)?;
        if let Some(held) = known.held.take() {
            drop(self.spool.again(&held.path));
        }
        Ok(known)
    }
}

/// Keeps the file of an import that asks. One that names shoppers is not kept: whoever sent it sends
/// it again.
pub(super) fn hold(run: &Run, spooled: Vec<Spooled>, options: &FeedOptions) -> Option<Held> {
    if run.state != RunState::Asked || names_shoppers(run.report.as_ref()) {
        return None;
    }
    let [file] = <[Spooled; 1]>::try_from(spooled).ok()?;
    let format = run.source.split(' ').next()?.parse::<Spelt<Format>>().ok()?;
    Some(Held { import: run.id.clone(), path: file.keep(), format, options: options.clone() })
}

fn names_shoppers(report: Option<&Value>) -> bool {
    let passed = report.and_then(|report| report.pointer("/prepared/passed"));
    let n = |name: &str| passed.and_then(|passed| passed[name].as_u64());
    ["events", "reviews", "identities"].into_iter().any(|name| n(name) != Some(0))
}
