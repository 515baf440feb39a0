//! A decision tree in place of the model: what it does on the whole, in features people know.
//!
//! Responsible for fitting, for saying how much of the model the tree keeps, and for drawing it.
//! Refuses to be shown without its measured fidelity: [`Surrogate`] holds both.

pub mod fidelity;
pub mod svg;
pub mod text;

use domain::Text;
use serde::{Deserialize, Serialize};

pub use fidelity::{Fidelity, expected_overlap};

/// Something about an item, seen from a history, that people understand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Feature {
    /// Name on the wire.
    pub name: String,
    /// What it is, in words.
    pub meaning: Text,
}

/// How a tree is grown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TreeConfig {
    /// Most questions from root to leaf.
    pub depth: usize,
    /// Fewest rows in a leaf.
    pub min_leaf: usize,
}

impl Default for TreeConfig {
    /// Four questions: the most that still fit on a page and into a head.
    fn default() -> Self {
        Self { depth: 4, min_leaf: 40 }
    }
}

/// A tree and how far it can be believed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Surrogate {
    /// What its questions are about.
    pub features: Vec<Feature>,
    /// The tree.
    pub tree: Tree,
    /// Measured on shoppers it was not fitted on.
    pub fidelity: Fidelity,
}

/// A regression tree (Breiman et al., "Classification and Regression Trees", 1984).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tree {
    /// Root first; children come after their parent.
    pub nodes: Vec<Node>,
}

/// A node of a tree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// Mean target of its rows.
    pub mean: f32,
    /// Share of all rows.
    pub share: f32,
    /// The question; missing at a leaf.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split: Option<Split>,
}

/// A question with two answers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Split {
    /// Position of the feature.
    pub feature: usize,
    /// "Is it at most this?"
    pub at_most: f32,
    /// The node for yes.
    pub yes: usize,
    /// The node for no.
    pub no: usize,
}

impl Tree {
    /// Grows a tree that keeps squared errors small. `rows`: (n, features), each as long as the
    /// first; `targets`: (n). Deterministic: of equal splits the first feature's lowest wins.
    #[must_use]
    pub fn fit(rows: &[Vec<f32>], targets: &[f32], config: TreeConfig) -> Self {
        let all: Vec<usize> = (0..rows.len().min(targets.len())).collect();
        let mut grower = Grower { rows, targets, config, nodes: Vec::new(), n_rows: all.len() };
        grower.grow(all, 0);
        Self { nodes: grower.nodes }
    }

    /// The mean of the leaf that a row falls into.
    #[must_use]
    pub fn predict(&self, row: &[f32]) -> f32 {
        let mut at = 0;
        while let Some(Split { feature, at_most, yes, no }) = self.nodes[at].split {
            at = if row[feature] <= at_most { yes } else { no };
        }
        self.nodes[at].mean
    }

    /// Number of leaves.
    #[must_use]
    pub fn n_leaves(&self) -> usize {
        self.nodes.iter().filter(|node| node.split.is_none()).count()
    }
}

struct Grower<'a> {
    rows: &'a [Vec<f32>],
    targets: &'a [f32],
    config: TreeConfig,
    nodes: Vec<Node>,
    n_rows: usize,
}

impl Grower<'_> {
    fn grow(&mut self, rows: Vec<usize>, depth: usize) -> usize {
        let at = self.nodes.len();
        let sum: f64 = rows.iter().map(|&row| f64::from(self.targets[row])).sum();
        let mean = (sum / rows.len().max(1) as f64) as f32;
        let share = rows.len() as f32 / self.n_rows.max(1) as f32;
        self.nodes.push(Node { mean, share, split: None });
        if depth == self.config.depth {
            return at;
        }
        let n_features = self.rows.first().map_or(0, Vec::len);
        let splits = (0..n_features).filter_map(|feature| self.best_of(feature, &rows));
        let best = splits.reduce(|best, next| if next.gain > best.gain { next } else { best });
        let Some(Candidate { feature, at_most, .. }) = best else {
            return at;
        };
        let (yes, no): (Vec<usize>, Vec<usize>) =
            rows.into_iter().partition(|&row| self.rows[row][feature] <= at_most);
        let yes = self.grow(yes, depth + 1);
        let no = self.grow(no, depth + 1);
        self.nodes[at].split = Some(Split { feature, at_most, yes, no });
        at
    }

    /// The split of one feature that takes away most squared error: with n and s the number and
    /// sum of targets on each side, error falls by s_y²/n_y + s_n²/n_n − s²/n.
    fn best_of(&self, feature: usize, rows: &[usize]) -> Option<Candidate> {
        let mut pairs: Vec<(f32, f64)> = rows
            .iter()
            .map(|&row| (self.rows[row][feature], f64::from(self.targets[row])))
            .collect();
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let n = pairs.len();
        let total: f64 = pairs.iter().map(|(_, target)| target).sum();
        let (mut below, mut best) = (0.0, None::<Candidate>);
        for last in 0..n.saturating_sub(1) {
            below += pairs[last].1;
            let n_below = last + 1;
            let (value, next) = (pairs[last].0, pairs[last + 1].0);
            let too_small = n_below < self.config.min_leaf || n - n_below < self.config.min_leaf;
            if too_small || value == next {
                continue;
            }
            let (n_yes, n_no) = (n_below as f64, (n - n_below) as f64);
            let above = total - below;
            let gain = below * below / n_yes + above * above / n_no - total * total / n as f64;
            // Rounding leaves a little where nothing is gained.
            if gain > best.as_ref().map_or(1e-9 * (1.0 + total.abs()), |best| best.gain) {
                best = Some(Candidate { feature, at_most: midpoint(value, next), gain });
            }
        }
        best
    }
}

struct Candidate {
    feature: usize,
    at_most: f32,
    gain: f64,
}

/// Between two different values; the lower one where there is no room between them.
fn midpoint(low: f32, high: f32) -> f32 {
    let middle = low + (high - low) / 2.0;
    if middle < high { middle } else { low }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SMALL: TreeConfig = TreeConfig { depth: 3, min_leaf: 1 };

    #[test]
    fn a_tree_finds_the_questions_behind_its_rows() {
        // 3 where x > 0.5; otherwise 1 where y > 2, else 0.
        let rows: Vec<Vec<f32>> =
            (0..40).map(|n| vec![(n % 2) as f32, (n % 5) as f32, (n % 7) as f32]).collect();
        let target = |row: &Vec<f32>| match (row[0] > 0.5, row[1] > 2.0) {
            (true, _) => 3.0,
            (false, true) => 1.0,
            (false, false) => 0.0,
        };
        let targets: Vec<f32> = rows.iter().map(target).collect();
        let tree = Tree::fit(&rows, &targets, SMALL);
        assert_eq!(tree.n_leaves(), 3);
        assert_eq!(tree.nodes[0].split.map(|s| (s.feature, s.at_most)), Some((0, 0.5)));
        for (row, target) in rows.iter().zip(targets) {
            assert_eq!(tree.predict(row), target);
        }
    }

    #[test]
    fn nothing_to_learn_gives_one_leaf() {
        let rows = vec![vec![1.0], vec![2.0], vec![3.0]];
        assert_eq!(Tree::fit(&rows, &[0.5; 3], SMALL).nodes.len(), 1);
        assert_eq!(Tree::fit(&[], &[], SMALL).nodes.len(), 1);
    }

    proptest! {
        #[test]
        fn leaves_hold_every_row_once_and_predict_within_its_targets(
            rows in prop::collection::vec((prop::collection::vec(-5..5_i8, 3), -9..9_i8), 1..60),
            depth in 0_usize..5, min_leaf in 1_usize..6,
        ) {
            let (rows, targets): (Vec<Vec<f32>>, Vec<f32>) = rows
                .into_iter()
                .map(|(row, target)| (row.into_iter().map(f32::from).collect(), f32::from(target)))
                .unzip();
            let tree = Tree::fit(&rows, &targets, TreeConfig { depth, min_leaf });
            let leaves = tree.nodes.iter().filter(|node| node.split.is_none());
            let share: f32 = leaves.map(|leaf| leaf.share).sum();
            prop_assert!((share - 1.0).abs() < 1e-4);
            prop_assert!(tree.n_leaves() <= 1 << depth);
            let (low, high) = (
                targets.iter().copied().fold(f32::MAX, f32::min),
                targets.iter().copied().fold(f32::MIN, f32::max),
            );
            for row in &rows {
                prop_assert!((low..=high).contains(&tree.predict(row)));
            }
        }
    }
}
