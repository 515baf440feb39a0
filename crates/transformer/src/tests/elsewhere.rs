//! Features, marks, masked gaps and both losses, against numbers a framework gave.

use interactions::ItemIdx;
use kernels::vector::dot;

use super::{TINY, marked, uneven};
use crate::backward::{Gradients, Scratch, backward};
use crate::batch::Wanted;
use crate::features::{FeatureRows, ItemFeatures};
use crate::forward::{Activations, Pass, forward};
use crate::loss::{Candidates, LossScratch, Predictions, softmax_loss};
use crate::weights::Dimensions;

const DIMENSIONS: Dimensions = Dimensions {
    n_items: 5,
    n_features: 3,
    width: 4,
    hidden: 6,
    max_len: 4,
    n_kinds: 10,
    n_gaps: 7,
    ..TINY
};
const ITEMS: [ItemIdx; 5] = [0, 1, 2, 3, 4];
const EVERY: Pass = Pass { wanted: Wanted::Every, dropout: None };

/// Made with PyTorch 2.15.0 in double precision:
/// ```python
/// import math, torch, torch.nn.functional as f
/// torch.set_default_dtype(torch.float64)
/// d, heads, hidden, k, leaves = 4, 2, 6, 0, []
/// def take(*shape):
///     global k
///     i = torch.arange(k, k := k + math.prod(shape))
///     leaves.append((0.5 * torch.sin(0.7 * i + 0.1)).reshape(shape).requires_grad_())
///     return leaves[-1]
/// items, positions, projection, kinds, gaps = [take(n, d) for n in (5, 4, 3, 10, 7)]
/// shapes = (d,), (d,), (d, 3 * d), (d, d), (d,), (d,), (d, hidden), (hidden,), (hidden, d), (d,)
/// blocks = [[take(*shape) for shape in shapes] for _ in range(2)]
/// end = take(d), take(d)
/// features = (torch.arange(15).reshape(5, 3) * 7 % 5 - 2) / 4
/// table = items + features @ projection
/// def results(events):
///     item, distance, kind, gap = torch.tensor(events).T
///     x = table[item] * d ** 0.5 + positions[distance] + kinds[kind] + gaps[gap]
///     for g1, b1, qkv, mix, g2, b2, up, up_bias, down, down_bias in blocks:
///         q, key, v = (part.reshape(-1, heads, d // heads).transpose(0, 1)
///                      for part in (f.layer_norm(x, (d,), g1, b1) @ qkv).chunk(3, -1))
///         seen = f.scaled_dot_product_attention(q[None], key[None], v[None], is_causal=True)[0]
///         x = x + seen.transpose(0, 1).reshape(-1, d) @ mix
///         x = x + f.relu(f.layer_norm(x, (d,), g2, b2) @ up + up_bias) @ down + down_bias
///     return f.layer_norm(x, (d,), *end)
/// histories = [(1, 3, 1, 0), (3, 1, 6, 2), (2, 0, 3, 4)], [(4, 2, 0, 6), (0, 0, 6, 1)]
/// targets = torch.tensor([3, 2, 4, 1, 0])
/// logits = torch.cat([results(history) for history in histories]) @ table.T
/// # Two draws by (events + 1)^0.7, of which items 0, 1 and 2 are to be compared with.
/// p = (torch.tensor([3., 1, 40, 7, 0]) + 1) ** 0.7
/// correction = -torch.log(1 - (1 - p / p.sum()) ** 2)
/// others = logits[:, :3] + correction[:3]
/// others = others.masked_fill(targets[:, None] == torch.arange(3), -torch.inf)
/// own = logits.gather(1, targets[:, None])
/// sampled = f.cross_entropy(torch.cat([own, others], 1), torch.zeros(5, dtype=torch.long))
/// torch.set_printoptions(precision=9, sci_mode=False, linewidth=120)
/// print(logits, correction)
/// for loss in f.cross_entropy(logits, targets), sampled:
///     g = torch.autograd.grad(loss, leaves, retain_graph=True)
///     dense = torch.cat([part.flatten() for part in g[1:]])
///     print(loss.item(), g[0], g[2], g[3][[1, 6]], g[4][[2, 4]])
///     print((dense * torch.sin(torch.arange(len(dense)) + 1)).sum().item())
/// ```
mod torch {
    use super::Expected;

    pub(super) const LOGITS: [[f64; 5]; 5] = [
        [0.554_445_895, -1.120_536_344, 0.030_012_496, 0.192_392_543, 0.640_397_439],
        [0.125_025_629, -0.237_620_304, -0.211_130_047, 0.596_622_331, -0.368_006_792],
        [0.314_607_752, -0.621_883_125, -0.184_703_724, 0.621_366_838, -0.111_023_196],
        [0.144_320_149, -0.276_568_885, -0.210_746_770, 0.604_996_162, -0.347_275_959],
        [-0.016_347_902, 0.041_608_428, -0.124_897_493, 0.309_192_959, -0.310_513_467],
    ];
    pub(super) const CORRECTIONS: [f64; 3] = [1.531_333_757, 1.993_417_472, 0.189_120_636];
    pub(super) const FULL: Expected = Expected {
        loss: 1.775_796_915_549_505,
        items: [
            [-0.033_639_907, 0.115_491_313, 0.061_818_713, 0.055_340_178],
            [-0.085_523_753, 0.009_928_723, -0.022_819_035, -0.090_032_695],
            [-0.248_222_673, 0.037_008_577, 0.191_538_477, -0.109_293_924],
            [0.328_905_216, -0.033_241_031, -0.036_603_992, 0.026_888_605],
            [-0.029_101_110, -0.192_872_892, -0.101_775_089, 0.156_206_300],
        ],
        projection: [
            [0.105_876_641, -0.164_974_541, -0.085_243_140, 0.079_663_386],
            [-0.302_669_605, 0.085_825_208, 0.133_810_248, -0.129_651_013],
            [0.080_722_313, -0.004_689_072, -0.031_009_518, 0.139_061_493],
        ],
        kinds: [
            [0.012_072_956, 0.033_239_480, -0.008_804_642, -0.036_507_794],
            [-0.006_176_959, -0.030_909_854, 0.019_209_166, 0.017_877_648],
        ],
        gaps: [
            [0.008_274_623, -0.022_965_510, 0.011_323_606, 0.003_367_282],
            [-0.067_540_185, 0.029_138_698, 0.087_696_491, -0.049_295_004],
        ],
        all: -0.076_397_555_847_054,
    };
    pub(super) const SAMPLED: Expected = Expected {
        loss: 2.436_056_674_002_703,
        items: [
            [0.118_010_071, 0.285_361_542, 0.160_617_546, 0.122_506_638],
            [0.106_851_922, 0.094_348_490, 0.044_935_603, -0.075_085_821],
            [-0.323_330_922, 0.029_942_405, 0.198_435_985, -0.133_778_049],
            [0.054_059_708, -0.099_557_052, -0.054_259_070, -0.115_835_940],
            [-0.098_101_484, -0.297_569_994, -0.182_698_327, 0.165_146_747],
        ],
        projection: [
            [-0.121_253_831, -0.339_942_154, -0.196_456_605, 0.011_132_525],
            [-0.137_456_963, 0.162_729_350, 0.183_256_010, -0.069_029_196],
            [0.061_886_434, 0.013_628_426, -0.037_442_606, 0.173_527_429],
        ],
        kinds: [
            [0.014_560_108, 0.030_455_345, -0.004_018_168, -0.040_997_286],
            [-0.031_965_884, 0.004_295_850, 0.049_076_692, -0.021_406_659],
        ],
        gaps: [
            [-0.005_093_596, 0.018_162_905, 0.035_315_679, -0.048_384_988],
            [-0.085_073_166, 0.042_083_640, 0.100_650_412, -0.057_660_885],
        ],
        all: -0.026_693_552_150_588,
    };
}

/// A loss and gradients of it.
struct Expected {
    loss: f64,
    items: [[f64; 4]; 5],
    projection: [[f64; 4]; 3],
    /// Of kinds 1 and 6.
    kinds: [[f64; 4]; 2],
    /// Of gaps 2 and 4.
    gaps: [[f64; 4]; 2],
    /// Of everything but the items, each times the sine of its place from 1.
    all: f64,
}

fn features() -> ItemFeatures {
    let values = (0..15).map(|k| ((k * 7 % 5) as f32 - 2.0) / 4.0);
    ItemFeatures { n_features: 3, rows: FeatureRows::Dense(values.collect()) }
}

fn assert_near(found: &[f64], expected: &[f64], what: &str) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() < 1e-8, "{what}: {found} is not {expected}");
    }
}

/// Runs the model both ways over two histories, one of them with a masked event in the middle and
/// one with a masked newest; candidates are the first `n` items.
fn assert_equals(n_candidates: usize, corrections: &[f64], expected: &Expected) {
    let weights = uneven(DIMENSIONS, 0.5);
    let (layout, features) = (&weights.layout, features());
    let batch =
        marked(&[&[(1, 3, 1, 0), (3, 1, 6, 2), (2, 0, 3, 4)], &[(4, 2, 0, 6), (0, 0, 6, 1)]]);
    let mut table = weights.items.clone();
    features.project(&ITEMS, &weights.dense[layout.projection.clone()], &mut table);
    let mut activations = Activations::default();
    forward(&weights, &table, &batch, EVERY, &mut activations);
    let results = &activations.final_norm.out;
    for (result, expected) in results.chunks_exact(4).zip(torch::LOGITS) {
        let logits: Vec<_> = table.chunks_exact(4).map(|item| dot(result, item)).collect();
        assert_near(&logits, &expected, "logits");
    }
    let mut gradients = Gradients::default();
    gradients.reset(table.len(), weights.dense.len());
    let mut by_result = Vec::new();
    let loss = softmax_loss(
        Predictions { results, targets: &[3, 2, 4, 1, 0], factor: 0.2 },
        Candidates { table: &table, n: n_candidates, corrections },
        &mut LossScratch::default(),
        &mut by_result,
        &mut gradients.table,
    );
    let scratch = &mut Scratch::default();
    backward(&weights, &batch, EVERY, &activations, &mut by_result, scratch, &mut gradients);
    let by_projection = &mut gradients.dense[layout.projection.clone()];
    features.project_back(&ITEMS, &gradients.table, by_projection);

    let dense = &gradients.dense;
    let row = |table: usize, number: usize| &dense[table + 4 * number..][..4];
    let (kinds, gaps) = (layout.event_types.start, layout.time_gaps.start);
    assert_near(&[loss], &[expected.loss], "loss");
    assert_near(&gradients.table, expected.items.as_flattened(), "items");
    assert_near(
        &dense[layout.projection.clone()],
        expected.projection.as_flattened(),
        "projection",
    );
    assert_near(&[row(kinds, 1), row(kinds, 6)].concat(), expected.kinds.as_flattened(), "kinds");
    assert_near(&[row(gaps, 2), row(gaps, 4)].concat(), expected.gaps.as_flattened(), "gaps");
    let all: f64 = (1..).zip(dense).map(|(place, value)| f64::from(place).sin() * value).sum();
    assert_near(&[all], &[expected.all], "all gradients together");
}

#[test]
fn full_softmax_and_its_gradients_equal_those_of_a_framework() {
    assert_equals(5, &[], &torch::FULL);
}

#[test]
fn corrected_sampled_softmax_and_its_gradients_equal_those_of_a_framework() {
    assert_equals(3, &torch::CORRECTIONS, &torch::SAMPLED);
}
