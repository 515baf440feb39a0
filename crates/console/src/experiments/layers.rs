//! The layers that a new experiment can be in: experiments of one exclude each other.

use std::collections::BTreeSet;

use experimentation::experiment::Definition;

use super::texts::Texts;

/// The layers that an experiment can be in.
pub(super) struct Layers(pub(super) Vec<LayerChoice>);

/// One of them.
pub(super) struct LayerChoice {
    pub(super) value: String,
    pub(super) name: String,
    pub(super) is_taken: bool,
    pub(super) is_chosen: bool,
}

const MAIN_LAYER: &str = "main";
/// The choice of a layer that is named like the experiment.
pub(super) const OWN_LAYER: &str = "*own";

impl Layers {
    /// The main one, every other that something runs in, and one of its own; chosen is what was
    /// chosen before, else the first that is free.
    pub(super) fn of(all: &[Definition], chosen: &str, texts: &Texts) -> Self {
        let running = || all.iter().filter(|definition| !definition.stopped);
        let mut names = vec![MAIN_LAYER];
        names.extend(running().map(|definition| definition.layer.as_str()));
        let mut seen = BTreeSet::new();
        names.retain(|name| seen.insert(*name));
        let mut layers: Vec<_> = names
            .into_iter()
            .map(|layer| {
                let taken: Vec<_> =
                    running().filter(|d| d.layer == layer).map(|d| d.name.as_str()).collect();
                let name = if layer == MAIN_LAYER { texts.layer_main } else { layer };
                let name = match taken.is_empty() {
                    true => name.to_owned(),
                    false => format!("{name} · {} {}", texts.layer_taken, taken.join(", ")),
                };
                let (value, is_taken) = (layer.to_owned(), !taken.is_empty());
                LayerChoice { value, name, is_taken, is_chosen: false }
            })
            .collect();
        let (value, name) = (OWN_LAYER.to_owned(), texts.layer_own.to_owned());
        layers.push(LayerChoice { value, name, is_taken: false, is_chosen: false });
        let of_form = layers.iter().position(|layer| layer.value == chosen && !layer.is_taken);
        let first = of_form.or_else(|| layers.iter().position(|layer| !layer.is_taken));
        if let Some(layer) = first.and_then(|at| layers.get_mut(at)) {
            layer.is_chosen = true;
        }
        Self(layers)
    }
}
