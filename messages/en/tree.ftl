### A decision tree that stands for the model: as text and as a picture.

tree-fidelity = A simplified decision tree: on average { $overlap }% of the model's first 10 items are in its own, Kendall's τ is { $tau } (measured on { $n } shoppers it was not fitted on). Leaves give the score relative to the shopper's best.
tree-title = A simplified tree: { $overlap }% of the model's first 10 on average, τ = { $tau }
tree-yes = yes
tree-no = no
tree-question = { $meaning } ≤ { $at_most }?
tree-leaf = { $score }% of the best score ({ $share }% of items seen)
