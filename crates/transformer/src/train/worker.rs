//! One share of a step: packs its histories into chunks and adds up their gradients.

use interactions::{ItemIdx, Mark};
use kernels::layers::{Dropout, mix};

use super::window::Window;
use crate::backward::{Gradients, Scratch, backward};
use crate::batch::{Batch, Input, Wanted};
use crate::forward::{Activations, Pass, forward};
use crate::loss::{LossScratch, Predictions, softmax_loss};
use crate::table::StepTable;
use crate::weights::Weights;

/// The inputs that all shares of a step have in common.
#[derive(Clone, Copy)]
pub(super) struct Step<'a> {
    pub(super) weights: &'a Weights<f32>,
    pub(super) table: &'a StepTable<'a>,
    pub(super) sequences: &'a [Vec<ItemIdx>],
    /// As `sequences`.
    pub(super) marks: Option<&'a [Vec<Mark>]>,
    /// One over the number of targets of the whole step.
    pub(super) factor: f32,
    /// Rate, and a key no other step has.
    pub(super) dropout: Dropout,
    pub(super) chunk_positions: usize,
}

/// Buffers of one share, and what it added up.
#[derive(Default)]
pub(super) struct Worker {
    pub(super) gradients: Gradients<f32>,
    pub(super) loss: f64,
    batch: Batch,
    targets: Vec<u32>,
    activations: Activations<f32>,
    scratch: Scratch<f32>,
    loss_scratch: LossScratch<f32>,
    result_gradient: Vec<f32>,
}

impl Worker {
    /// Gradients and loss of some windows, from zero.
    pub(super) fn run(&mut self, step: Step<'_>, share: usize, windows: &[Window]) {
        let (weights, table) = (step.weights, step.table);
        let n_table = table.n_rows() * weights.dimensions.width;
        self.gradients.reset(n_table, weights.dense.len());
        self.loss = 0.0;
        let mut key = mix(step.dropout.key ^ mix(share as u64));
        let mut windows = windows;
        while let Some((chunk, rest)) = next_chunk(windows, step.chunk_positions) {
            windows = rest;
            self.pack(step, chunk);
            key = mix(key);
            self.run_chunk(step, Dropout { key, ..step.dropout });
        }
        let projection = &mut self.gradients.dense[weights.layout.projection.clone()];
        table.project_back(&self.gradients.table, projection);
    }

    fn pack(&mut self, step: Step<'_>, windows: &[Window]) {
        self.batch.clear();
        self.targets.clear();
        for window in windows {
            let events = &step.sequences[window.sequence][window.first..=window.end];
            let n = window.n_targets();
            let marks = step.marks.map(|marks| &marks[window.sequence][window.first..]);
            self.batch.push(events[..n].iter().enumerate().map(|(t, &item)| Input {
                row: step.table.row(item),
                distance: (n - 1 - t) as u32,
                mark: marks.map_or_else(Mark::default, |marks| marks[t]),
            }));
            self.targets.extend(events[1..].iter().map(|&item| step.table.row(item)));
        }
    }

    fn run_chunk(&mut self, step: Step<'_>, dropout: Dropout) {
        let table = step.table.values(step.weights);
        let pass = Pass { wanted: Wanted::Every, dropout: Some(dropout) };
        forward(step.weights, table, &self.batch, pass, &mut self.activations);
        self.loss += softmax_loss(
            Predictions {
                results: &self.activations.final_norm.out,
                targets: &self.targets,
                factor: step.factor,
            },
            step.table.candidates(step.weights),
            &mut self.loss_scratch,
            &mut self.result_gradient,
            &mut self.gradients.table,
        );
        backward(
            step.weights,
            &self.batch,
            pass,
            &self.activations,
            &mut self.result_gradient,
            &mut self.scratch,
            &mut self.gradients,
        );
    }
}

/// Splits off as many windows as fit a chunk, at least one.
fn next_chunk(windows: &[Window], most: usize) -> Option<(&[Window], &[Window])> {
    let mut n_positions = windows.first()?.n_targets();
    let fits = windows[1..].iter().take_while(|window| {
        n_positions += window.n_targets();
        n_positions <= most
    });
    Some(windows.split_at(1 + fits.count()))
}
