//! Items taken by the same shoppers: cosine item-based nearest neighbours.
//!
//! Sarwar et al., "Item-based collaborative filtering recommendation algorithms" (WWW 2001) and
//! Deshpande and Karypis, "Item-based top-N recommendation algorithms" (TOIS 2004): keep the N
//! items most similar to each item, and score an item by the sum of its similarity over the
//! history. Still hard to beat: Ferrari Dacrema et al. (RecSys 2019).

use interactions::{Interactions, ItemIdx, Query};
use metrics::{EvaluationError, Ranker};
use rayon::prelude::*;

use super::{item_sets, items_of};

/// Constants of item_knn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ItemKnnConfig {
    /// Neighbours kept per item, at least 1.
    pub n_neighbours: usize,
    /// Added to the denominator, so that a similarity of few shoppers counts less; 0 = plain cosine.
    pub shrinkage: f32,
}

impl Default for ItemKnnConfig {
    fn default() -> Self {
        Self { n_neighbours: 200, shrinkage: 0.0 }
    }
}

/// The neighbours of every item.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemKnn {
    /// For each item its most similar ones, best first.
    neighbours: Vec<Vec<(ItemIdx, f32)>>,
}

impl ItemKnn {
    /// Counts shared shoppers. Similarity of i and j is |U_i ∩ U_j| / (√(|U_i| |U_j|) + shrinkage).
    ///
    /// # Errors
    /// [`EvaluationError::BadConstant`] without neighbours or with negative shrinkage.
    pub fn fit(train: &Interactions, config: ItemKnnConfig) -> Result<Self, EvaluationError> {
        let bad = |setting, found, expected| EvaluationError::BadConstant {
            model: "item_knn",
            setting,
            found,
            expected,
        };
        if config.n_neighbours == 0 {
            return Err(bad("n_neighbours", 0.0, "at least 1"));
        }
        if !(config.shrinkage >= 0.0 && config.shrinkage.is_finite()) {
            let found = f64::from(config.shrinkage);
            return Err(bad("shrinkage", found, "zero or more"));
        }
        let sets = item_sets(train);
        let shoppers = shoppers_of_items(&sets, train.n_items);
        let neighbours = (0..train.n_items).into_par_iter().map_init(
            || vec![0u32; train.n_items],
            |n_shared, item| nearest(item, &sets, &shoppers, n_shared, config),
        );
        Ok(Self { neighbours: neighbours.collect() })
    }
}

fn shoppers_of_items(sets: &[Vec<ItemIdx>], n_items: usize) -> Vec<Vec<u32>> {
    let mut shoppers = vec![Vec::new(); n_items];
    for (shopper, items) in (0..).zip(sets) {
        for &item in items {
            shoppers[item as usize].push(shopper);
        }
    }
    shoppers
}

/// The neighbours of one item. `n_shared` is zero for every item before and after.
fn nearest(
    item: usize,
    sets: &[Vec<ItemIdx>],
    shoppers: &[Vec<u32>],
    n_shared: &mut [u32],
    config: ItemKnnConfig,
) -> Vec<(ItemIdx, f32)> {
    let mut touched = Vec::new();
    for &shopper in &shoppers[item] {
        for &other in &sets[shopper as usize] {
            if n_shared[other as usize] == 0 {
                touched.push(other);
            }
            n_shared[other as usize] += 1;
        }
    }
    let n_shoppers = |item: usize| shoppers[item].len() as f32;
    let mut nearest: Vec<(ItemIdx, f32)> = Vec::with_capacity(touched.len());
    for other in touched {
        let shared = std::mem::take(&mut n_shared[other as usize]) as f32;
        let scale = (n_shoppers(item) * n_shoppers(other as usize)).sqrt() + config.shrinkage;
        if other as usize != item {
            nearest.push((other, shared / scale));
        }
    }
    nearest.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    nearest.truncate(config.n_neighbours);
    nearest
}

impl Ranker for ItemKnn {
    fn name(&self) -> String {
        "item_knn".to_owned()
    }

    fn score(&self, query: Query<'_>, scores: &mut Vec<f32>) {
        scores.clear();
        scores.resize(self.neighbours.len(), 0.0);
        for item in items_of(query.history) {
            for &(neighbour, similarity) in &self.neighbours[item as usize] {
                scores[neighbour as usize] += similarity;
            }
        }
    }
}

#[cfg(test)]
mod tests {

    use interactions::History;

    use super::*;
    use crate::sample::{assert_close, four_by_four, tells_tastes_apart, two_tastes};

    fn scored(train: &Interactions, n_neighbours: usize, history: &[ItemIdx]) -> Vec<f32> {
        let config = ItemKnnConfig { n_neighbours, shrinkage: 0.0 };
        let ranker = ItemKnn::fit(train, config).unwrap();
        let mut scores = Vec::new();
        let history = History::newest_first(history.iter().map(|&item| (item, 1.0)));
        ranker.score(Query::of(&history), &mut scores);
        scores
    }

    /// ```python
    /// X = np.array([[1,1,0,0],[1,1,1,0],[0,1,1,0],[0,0,1,1]], float)
    /// n = X.sum(0); S = (X.T @ X) / np.sqrt(np.outer(n, n)); np.fill_diagonal(S, 0)
    /// S[0] + S[2]
    /// ```
    #[test]
    fn scores_are_those_of_numpy() {
        let scores = scored(&four_by_four(), 10, &[2, 0, 2]);
        let expected = [0.408_248_290, 0.816_496_581 + 0.666_666_667, 0.408_248_290, 0.577_350_269];
        assert_close(&scores, &expected, 1e-6);
    }

    #[test]
    fn only_the_nearest_of_each_item_count() {
        // Nearest of 0 is 1 (.816), nearest of 2 is 1 (.667).
        let scores = scored(&four_by_four(), 1, &[0, 2]);
        assert_close(&scores, &[0.0, 1.483_163_248, 0.0, 0.0], 1e-6);
    }

    #[test]
    fn it_tells_two_tastes_apart() {
        let history = [0, 3];
        assert!(tells_tastes_apart(&scored(&two_tastes(), 20, &history), &history));
    }

    #[test]
    fn constants_out_of_range_are_refused() {
        for (n_neighbours, shrinkage) in [(0, 0.0), (5, -1.0), (5, f32::NAN)] {
            let config = ItemKnnConfig { n_neighbours, shrinkage };
            assert!(ItemKnn::fit(&four_by_four(), config).is_err());
        }
    }
}
