//! From packed histories to one vector per wanted position.
//!
//! Pre-norm Transformer blocks (SASRec, Kang & McAuley 2018, with the norm moved before each
//! part), keeping what the way back needs.

use std::ops::Range;

use faer::Accum;
use interactions::Mark;
use kernels::layers::{
    Affine, Dropout, Normalised, add_bias, add_bias_relu, causal_softmax, normalise,
};
use kernels::matrix::{Columns, columns, columns_mut, mm, resize, view, view_mut};
use kernels::scalar::Scalar;
use kernels::vector::add_scaled;

use super::batch::{Batch, Wanted};
use super::weights::{BlockAt, Dimensions, Layout, NormAt, Weights};

/// The activations of one block. N rows come in, M wanted rows go out.
#[derive(Default)]
pub(crate) struct BlockActivations<T> {
    pub(crate) attention_norm: Normalised<T>,
    /// Queries, keys, values. (N, 3 · width)
    pub(crate) qkv: Vec<T>,
    /// Attention weights, one (wanted, length) matrix per history and head, end to end.
    pub(crate) attention: Vec<T>,
    /// Weighted values, heads side by side. (M, width)
    pub(crate) context: Vec<T>,
    pub(crate) hidden_norm: Normalised<T>,
    /// After ReLU and dropout. (M, hidden)
    pub(crate) hidden: Vec<T>,
}

/// The activations of a pass; reused from chunk to chunk.
#[derive(Default)]
pub(crate) struct Activations<T> {
    /// The residual stream. (rows, width)
    pub(crate) stream: Vec<T>,
    pub(crate) blocks: Vec<BlockActivations<T>>,
    /// `final_norm.out` is the result. (wanted rows, width)
    pub(crate) final_norm: Normalised<T>,
    update: Vec<T>,
}

/// How one pass is run.
#[derive(Clone, Copy)]
pub(crate) struct Pass {
    pub(crate) wanted: Wanted,
    /// Only in training.
    pub(crate) dropout: Option<Dropout>,
}

impl Pass {
    /// Serving: the newest position, nothing dropped.
    pub(crate) const SERVE: Self = Self { wanted: Wanted::Newest, dropout: None };

    pub(crate) fn drop_out<T: Scalar>(&self, site: usize, x: &mut [T]) {
        if let Some(dropout) = self.dropout {
            dropout.apply(site, x);
        }
    }
}

/// Sites of dropout: one after the embedding, three per block.
pub(crate) fn site(block: usize, part: usize) -> usize {
    1 + 3 * block + part
}

/// The factor on item vectors where they enter, so that they weigh as much as a norm's output.
pub(crate) fn input_scale<T: Scalar>(width: usize) -> T {
    T::of((width as f32).sqrt())
}

pub(crate) fn affine<'a, T>(dense: &'a [T], norm: &NormAt) -> Affine<'a, T> {
    Affine { gain: &dense[norm.gain.clone()], bias: &dense[norm.bias.clone()] }
}

/// Runs the model over `batch`, whose items are rows of `table`; the result is
/// `activations.final_norm.out`.
pub(crate) fn forward<T: Scalar>(
    weights: &Weights<T>,
    table: &[T],
    batch: &Batch,
    pass: Pass,
    activations: &mut Activations<T>,
) {
    let d = &weights.dimensions;
    activations.blocks.resize_with(d.blocks, BlockActivations::default);
    embed(weights, table, batch, &mut activations.stream);
    pass.drop_out(0, &mut activations.stream);
    for b in 0..d.blocks {
        let is_last = b + 1 == d.blocks;
        let wanted = if is_last { pass.wanted } else { Wanted::Every };
        attend(weights, b, batch, Pass { wanted, ..pass }, activations);
        feed_forward(weights, b, pass, activations);
    }
    let norm = affine(&weights.dense, &weights.layout.final_norm);
    normalise(&activations.stream, norm, &mut activations.final_norm);
}

/// Item vector plus position vector, plus those of kind and gap where the model has them.
/// (N, width)
fn embed<T: Scalar>(weights: &Weights<T>, table: &[T], batch: &Batch, stream: &mut Vec<T>) {
    let width = weights.dimensions.width;
    let positions = &weights.dense[weights.layout.positions.clone()];
    resize(stream, batch.n_rows() * width);
    let events = batch.items.iter().zip(&batch.positions);
    for (row, (&item, &position)) in stream.chunks_exact_mut(width).zip(events) {
        row.copy_from_slice(&positions[position as usize * width..][..width]);
        add_scaled(row, &table[item as usize * width..][..width], input_scale(width));
    }
    for (rows, number) in mark_tables(&weights.layout) {
        let vectors = &weights.dense[rows];
        for (row, mark) in stream.chunks_exact_mut(width).zip(&batch.marks) {
            add_scaled(row, &vectors[number(*mark) * width..][..width], T::of(1.0));
        }
    }
}

/// Where the tables of marks lie, of those the model has, and which row of each a mark picks.
pub(crate) fn mark_tables(
    layout: &Layout,
) -> impl Iterator<Item = (Range<usize>, fn(Mark) -> usize)> {
    let event_types = (layout.event_types.clone(), Mark::kind as fn(Mark) -> usize);
    let time_gaps = (layout.time_gaps.clone(), Mark::gap as fn(Mark) -> usize);
    [event_types, time_gaps].into_iter().filter(|(rows, _)| !rows.is_empty())
}

/// `stream += attention(norm(stream))`; keeps only the wanted rows.
fn attend<T: Scalar>(
    weights: &Weights<T>,
    block: usize,
    batch: &Batch,
    pass: Pass,
    activations: &mut Activations<T>,
) {
    let (d, dense) = (&weights.dimensions, &weights.dense);
    let at = &weights.layout.blocks[block];
    let kept = &mut activations.blocks[block];
    let (n, width) = (batch.n_rows(), d.width);
    normalise(&activations.stream, affine(dense, &at.attention_norm), &mut kept.attention_norm);
    resize(&mut kept.qkv, n * 3 * width);
    mm(
        view_mut(&mut kept.qkv, n, 3 * width),
        Accum::Replace,
        view(&kept.attention_norm.out, n, width),
        view(&dense[at.qkv.clone()], width, 3 * width),
        T::of(1.0),
    );
    look_back(d, batch, pass.wanted, kept);
    if pass.wanted == Wanted::Newest {
        keep_newest(&mut activations.stream, batch, width);
    }
    let m = activations.stream.len() / width;
    resize(&mut activations.update, m * width);
    mm(
        view_mut(&mut activations.update, m, width),
        Accum::Replace,
        view(&kept.context, m, width),
        view(&dense[at.mix.clone()], width, width),
        T::of(1.0),
    );
    pass.drop_out(site(block, 0), &mut activations.update);
    add_scaled(&mut activations.stream, &activations.update, T::of(1.0));
}

/// Causal attention within each history: `context = softmax(q · kᵀ / √head_width) · v`.
fn look_back<T: Scalar>(
    d: &Dimensions,
    batch: &Batch,
    wanted: Wanted,
    kept: &mut BlockActivations<T>,
) {
    let (width, head_width) = (d.width, d.head_width());
    let scale = T::of((head_width as f32).powf(-0.5));
    let sizes = batch.histories.iter().map(|history| (wanted.of(history), history.len()));
    let (n_wanted, n_weights) =
        sizes.fold((0, 0), |(rows, weights), (m, n)| (rows + m, weights + d.heads * m * n));
    resize(&mut kept.attention, n_weights);
    resize(&mut kept.context, n_wanted * width);
    let mut attention = kept.attention.as_mut_slice();
    let mut context = kept.context.as_mut_slice();
    for history in &batch.histories {
        let (m, n) = (wanted.of(history), history.len());
        let qkv = &kept.qkv[history.start * 3 * width..history.end * 3 * width];
        let (here, rest) = context.split_at_mut(m * width);
        context = rest;
        for head in 0..d.heads {
            let (scores, rest) = attention.split_at_mut(m * n);
            attention = rest;
            let [queries, keys, values] = head_columns(d, head);
            let newest = &qkv[(n - m) * 3 * width..];
            mm(
                view_mut(scores, m, n),
                Accum::Replace,
                columns(newest, m, queries),
                columns(qkv, n, keys).transpose(),
                scale,
            );
            causal_softmax(scores, m, n);
            let into = Columns { first: head * head_width, n_columns: head_width, stride: width };
            mm(
                columns_mut(here, m, into),
                Accum::Replace,
                view(scores, m, n),
                columns(qkv, n, values),
                T::of(1.0),
            );
        }
    }
}

/// Where queries, keys and values of one head lie in `qkv`.
pub(crate) fn head_columns(d: &Dimensions, head: usize) -> [Columns; 3] {
    let head_width = d.head_width();
    [0, 1, 2].map(|part| Columns {
        first: part * d.width + head * head_width,
        n_columns: head_width,
        stride: 3 * d.width,
    })
}

/// Moves the newest row of each history to the front and drops the others.
fn keep_newest<T: Scalar>(stream: &mut Vec<T>, batch: &Batch, width: usize) {
    for (to, history) in batch.histories.iter().enumerate() {
        let from = (history.end - 1) * width;
        stream.copy_within(from..from + width, to * width);
    }
    stream.truncate(batch.histories.len() * width);
}

/// `stream += down(relu(up(norm(stream))))`.
fn feed_forward<T: Scalar>(
    weights: &Weights<T>,
    block: usize,
    pass: Pass,
    activations: &mut Activations<T>,
) {
    let (d, dense) = (&weights.dimensions, &weights.dense);
    let at: &BlockAt = &weights.layout.blocks[block];
    let kept = &mut activations.blocks[block];
    let m = activations.stream.len() / d.width;
    normalise(&activations.stream, affine(dense, &at.hidden_norm), &mut kept.hidden_norm);
    resize(&mut kept.hidden, m * d.hidden);
    mm(
        view_mut(&mut kept.hidden, m, d.hidden),
        Accum::Replace,
        view(&kept.hidden_norm.out, m, d.width),
        view(&dense[at.up.clone()], d.width, d.hidden),
        T::of(1.0),
    );
    add_bias_relu(&mut kept.hidden, &dense[at.up_bias.clone()]);
    pass.drop_out(site(block, 1), &mut kept.hidden);
    resize(&mut activations.update, m * d.width);
    mm(
        view_mut(&mut activations.update, m, d.width),
        Accum::Replace,
        view(&kept.hidden, m, d.hidden),
        view(&dense[at.down.clone()], d.hidden, d.width),
        T::of(1.0),
    );
    add_bias(&mut activations.update, &dense[at.down_bias.clone()]);
    pass.drop_out(site(block, 2), &mut activations.update);
    add_scaled(&mut activations.stream, &activations.update, T::of(1.0));
}
