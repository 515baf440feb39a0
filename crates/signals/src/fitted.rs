//! The signals there are: what a model holds, in which order they score, how they are counted, kept
//! and with which constants. A new signal has one line here. `fit` adds the Transformer, which is
//! trained.

use serde::{Deserialize, Serialize};
use transformer::SequenceModel;

use crate::constants::{
    Blend, PopularityConstants, SequenceConstants, TextConstants, TransitionConstants,
};
use crate::context::ContextConstants;
use crate::kept::{Files, Folder, Kept};
use crate::text::ItemTerms;
use crate::{
    ContextSignal, Popularity, Signal, SignalsError, TextSignal, TrainingData, Transition,
};

/// Raised whenever a file of a model changes its meaning, or a signal comes or goes.
pub(crate) const FORMAT: u32 = 2;

macro_rules! counted {
    ($($(#[doc = $doc:literal])+ $field:ident: $signal:ty, $constants:ty, $fit:expr;)+) => {
        /// Everything that was chosen rather than counted. With the same constants and the same data a
        /// model is the same, byte for byte.
        #[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct Constants {
            $($(#[doc = $doc])+ pub $field: $constants,)+
            /// How the Transformer was trained; nothing where there is none.
            pub sequence: Option<SequenceConstants>,
            /// Weights and scales of the signals.
            pub blend: Blend,
        }

        impl Constants {
            /// Checks every number against its range.
            ///
            /// # Errors
            /// [`SignalsError::BadSetting`] for the first one outside.
            pub fn validate(&self) -> Result<(), SignalsError> {
                $(<$signal>::validate(&self.$field)?;)+
                self.sequence.iter().try_for_each(|sequence| sequence.model.validate())?;
                self.blend.validate()
            }
        }

        /// The fitted signals of a model.
        #[derive(Debug, Clone, PartialEq)]
        pub(crate) struct Signals {
            $(pub(crate) $field: $signal,)+
            pub(crate) sequence: Option<SequenceModel>,
        }

        impl Signals {
            /// Returns the signals in the order of [`SignalName`](crate::SignalName), without those
            /// that the shop's data have nothing for.
            pub(crate) fn all(&self) -> impl Iterator<Item = &dyn Signal> {
                let counted = [
                    $(self.$field.knows_anything().then_some(&self.$field as &dyn Signal),)+
                ];
                let sequence = self.sequence.as_ref().map(|sequence| sequence as &dyn Signal);
                let mut all: Vec<_> = counted.into_iter().chain([sequence]).flatten().collect();
                all.sort_by_key(|signal| signal.name());
                all.into_iter()
            }

            /// Fits every signal that is counted rather than trained.
            pub(crate) fn count(
                data: &TrainingData,
                terms: &ItemTerms,
                constants: &Constants,
            ) -> Self {
                Self {
                    $($field: {
                        let fit: fn(&TrainingData, &ItemTerms, &$constants) -> $signal = $fit;
                        fit(data, terms, &constants.$field)
                    },)+
                    sequence: None,
                }
            }

            /// Appends the files of every signal that is counted.
            pub(crate) fn write(&self, files: &mut Files) -> Result<(), SignalsError> {
                $(self.$field.write(files)?;)+
                Ok(())
            }

            /// Reads every signal that is counted.
            pub(crate) fn read(
                folder: &Folder<'_, '_>,
                constants: &Constants,
            ) -> Result<Self, SignalsError> {
                Ok(Self {
                    $($field: <$signal>::read(folder, &constants.$field)?,)+
                    sequence: None,
                })
            }
        }
    };
}

counted! {
    /// Of the transition signal.
    transition: Transition, TransitionConstants,
        |data, _, constants| Transition::fit(&data.interactions, constants);
    /// Of the text signal.
    text: TextSignal, TextConstants, |_, terms, constants| TextSignal::from_terms(terms, constants);
    /// Of the popularity signal.
    popularity: Popularity, PopularityConstants,
        |data, _, constants| Popularity::fit(&data.interactions, constants);
    /// Of the context signal.
    context: ContextSignal, ContextConstants,
        |data, _, constants| ContextSignal::fit(&data.interactions, &data.texts, constants);
}
