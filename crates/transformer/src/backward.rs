//! From gradients of the result to gradients of every weight: `forward` in reverse.

use faer::Accum;
use kernels::layers::{add_rows, normalise_back, softmax_back};
use kernels::matrix::{Columns, columns, columns_mut, mm, resize, view, view_mut, zero};
use kernels::scalar::Scalar;
use kernels::vector::add_scaled;

use super::batch::{Batch, Wanted};
use super::forward::{
    Activations, BlockActivations, Pass, head_columns, input_scale, mark_tables, site,
};
use super::weights::{Dimensions, Layout, NormAt, Weights};

/// Sums of gradients over the chunks of a step.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Gradients<T> {
    /// Of the rows of the item table. (rows, width)
    pub(crate) table: Vec<T>,
    /// Of everything else, as `Layout` says.
    pub(crate) dense: Vec<T>,
}

impl<T: Scalar> Gradients<T> {
    /// All zero.
    pub(crate) fn reset(&mut self, n_table: usize, n_dense: usize) {
        zero(&mut self.table, n_table);
        zero(&mut self.dense, n_dense);
    }

    fn norm(&mut self, at: &NormAt) -> [&mut [T]; 2] {
        let (before, after) = self.dense.split_at_mut(at.bias.start);
        [&mut before[at.gain.clone()], &mut after[..at.bias.len()]]
    }
}

/// Room for gradients of activations; reused from chunk to chunk.
#[derive(Default)]
pub(crate) struct Scratch<T> {
    /// Of the residual stream. (N, width)
    stream: Vec<T>,
    /// Of what a block part added to the stream, or of a norm's output. (N, width)
    update: Vec<T>,
    hidden: Vec<T>,
    context: Vec<T>,
    qkv: Vec<T>,
    attention: Vec<T>,
}

/// Adds to `gradients` what follows from `result_gradient`, the gradient of
/// `activations.final_norm.out` for every position. Overwrites `result_gradient`.
pub(crate) fn backward<T: Scalar>(
    weights: &Weights<T>,
    batch: &Batch,
    pass: Pass,
    activations: &Activations<T>,
    result_gradient: &mut [T],
    scratch: &mut Scratch<T>,
    gradients: &mut Gradients<T>,
) {
    debug_assert_eq!(pass.wanted, Wanted::Every, "only training has a way back");
    let (layout, dense) = (&weights.layout, &weights.dense);
    zero(&mut scratch.stream, result_gradient.len());
    normalise_back(
        result_gradient,
        &activations.final_norm,
        &dense[layout.final_norm.gain.clone()],
        gradients.norm(&layout.final_norm),
        &mut scratch.stream,
    );
    for (b, kept) in activations.blocks.iter().enumerate().rev() {
        feed_forward_back(weights, b, pass, kept, scratch, gradients);
        attend_back(weights, b, batch, pass, kept, scratch, gradients);
    }
    pass.drop_out(0, &mut scratch.stream);
    embed_back(&weights.dimensions, layout, batch, &scratch.stream, gradients);
}

/// `gradient of weights += inputᵀ · gradient of output`.
fn weight_gradient<T: Scalar>(input: &[T], output: &[T], n_rows: usize, into: &mut [T]) {
    let (n_in, n_out) = (input.len() / n_rows, output.len() / n_rows);
    mm(
        view_mut(into, n_in, n_out),
        Accum::Add,
        view(input, n_rows, n_in).transpose(),
        view(output, n_rows, n_out),
        T::of(1.0),
    );
}

/// `gradient of input = gradient of output · weightsᵀ`.
fn input_gradient<T: Scalar>(output: &[T], weights: &[T], n_rows: usize, into: &mut Vec<T>) {
    let n_out = output.len() / n_rows;
    let n_in = weights.len() / n_out;
    resize(into, n_rows * n_in);
    mm(
        view_mut(into, n_rows, n_in),
        Accum::Replace,
        view(output, n_rows, n_out),
        view(weights, n_in, n_out).transpose(),
        T::of(1.0),
    );
}

fn feed_forward_back<T: Scalar>(
    weights: &Weights<T>,
    block: usize,
    pass: Pass,
    kept: &BlockActivations<T>,
    scratch: &mut Scratch<T>,
    gradients: &mut Gradients<T>,
) {
    let (at, dense) = (&weights.layout.blocks[block], &weights.dense);
    let n = scratch.stream.len() / weights.dimensions.width;
    scratch.update.clone_from(&scratch.stream);
    pass.drop_out(site(block, 2), &mut scratch.update);
    add_rows(&mut gradients.dense[at.down_bias.clone()], &scratch.update);
    weight_gradient(&kept.hidden, &scratch.update, n, &mut gradients.dense[at.down.clone()]);
    input_gradient(&scratch.update, &dense[at.down.clone()], n, &mut scratch.hidden);
    pass.drop_out(site(block, 1), &mut scratch.hidden);
    for (gradient, value) in scratch.hidden.iter_mut().zip(&kept.hidden) {
        let is_on = *value > T::default();
        *gradient = if is_on { *gradient } else { T::default() };
    }
    add_rows(&mut gradients.dense[at.up_bias.clone()], &scratch.hidden);
    let up = &mut gradients.dense[at.up.clone()];
    weight_gradient(&kept.hidden_norm.out, &scratch.hidden, n, up);
    input_gradient(&scratch.hidden, &dense[at.up.clone()], n, &mut scratch.update);
    normalise_back(
        &mut scratch.update,
        &kept.hidden_norm,
        &dense[at.hidden_norm.gain.clone()],
        gradients.norm(&at.hidden_norm),
        &mut scratch.stream,
    );
}

fn attend_back<T: Scalar>(
    weights: &Weights<T>,
    block: usize,
    batch: &Batch,
    pass: Pass,
    kept: &BlockActivations<T>,
    scratch: &mut Scratch<T>,
    gradients: &mut Gradients<T>,
) {
    let (at, dense) = (&weights.layout.blocks[block], &weights.dense);
    let n = batch.n_rows();
    scratch.update.clone_from(&scratch.stream);
    pass.drop_out(site(block, 0), &mut scratch.update);
    weight_gradient(&kept.context, &scratch.update, n, &mut gradients.dense[at.mix.clone()]);
    input_gradient(&scratch.update, &dense[at.mix.clone()], n, &mut scratch.context);
    look_back_back(&weights.dimensions, batch, kept, scratch);
    let qkv = &mut gradients.dense[at.qkv.clone()];
    weight_gradient(&kept.attention_norm.out, &scratch.qkv, n, qkv);
    input_gradient(&scratch.qkv, &dense[at.qkv.clone()], n, &mut scratch.update);
    normalise_back(
        &mut scratch.update,
        &kept.attention_norm,
        &dense[at.attention_norm.gain.clone()],
        gradients.norm(&at.attention_norm),
        &mut scratch.stream,
    );
}

/// Through the attention of every history and head: `scratch.context` to `scratch.qkv`.
fn look_back_back<T: Scalar>(
    d: &Dimensions,
    batch: &Batch,
    kept: &BlockActivations<T>,
    scratch: &mut Scratch<T>,
) {
    let (width, head_width) = (d.width, d.head_width());
    let scale = T::of((head_width as f32).powf(-0.5));
    let one = T::of(1.0);
    resize(&mut scratch.qkv, batch.n_rows() * 3 * width);
    let mut attention = kept.attention.as_slice();
    for history in &batch.histories {
        let n = history.len();
        let wide = history.start * 3 * width..history.end * 3 * width;
        let (qkv, into) = (&kept.qkv[wide.clone()], &mut scratch.qkv[wide]);
        let context = &scratch.context[history.start * width..history.end * width];
        for head in 0..d.heads {
            let (weights, rest) = attention.split_at(n * n);
            attention = rest;
            let [queries, keys, values] = head_columns(d, head);
            let own = Columns { first: head * head_width, n_columns: head_width, stride: width };
            let context = columns(context, n, own);
            resize(&mut scratch.attention, n * n);
            let scores = &mut scratch.attention;
            let seen = view(weights, n, n);
            mm(columns_mut(into, n, values), Accum::Replace, seen.transpose(), context, one);
            let back = columns(qkv, n, values).transpose();
            mm(view_mut(scores, n, n), Accum::Replace, context, back, one);
            softmax_back(scores, weights, n);
            let scores = view(scores, n, n);
            let keyed = columns(qkv, n, keys);
            mm(columns_mut(into, n, queries), Accum::Replace, scores, keyed, scale);
            let queried = columns(qkv, n, queries);
            mm(columns_mut(into, n, keys), Accum::Replace, scores.transpose(), queried, scale);
        }
    }
}

fn embed_back<T: Scalar>(
    d: &Dimensions,
    layout: &Layout,
    batch: &Batch,
    stream: &[T],
    gradients: &mut Gradients<T>,
) {
    let width = d.width;
    let positions = &mut gradients.dense[layout.positions.clone()];
    let events = batch.items.iter().zip(&batch.positions);
    for (row, (&item, &position)) in stream.chunks_exact(width).zip(events) {
        add_scaled(&mut positions[position as usize * width..][..width], row, T::of(1.0));
        let item = &mut gradients.table[item as usize * width..][..width];
        add_scaled(item, row, input_scale(width));
    }
    for (rows, number) in mark_tables(layout) {
        let into = &mut gradients.dense[rows];
        for (row, mark) in stream.chunks_exact(width).zip(&batch.marks) {
            add_scaled(&mut into[number(*mark) * width..][..width], row, T::of(1.0));
        }
    }
}
