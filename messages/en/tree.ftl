### A decision tree that stands for the model: as text and as a picture.

tree-fidelity = A simplified decision tree: on average { $overlap }% of the model's first 10 items are in its own, Kendall's τ is { $tau } (measured on { $n } shoppers it was not fitted on). Leaves give the score relative to the shopper's best.
tree-title = A simplified tree: { $overlap }% of the model's first 10 on average, τ = { $tau }
tree-yes = yes
tree-no = no
tree-question = { $meaning } ≤ { $at_most }?
tree-leaf = { $score }% of the best score ({ $share }% of items seen)
# What the questions are about.
tree-feature-follows-newest = how strongly shoppers go on to it from your newest item (0 to 1)
tree-feature-follows-recent = the strongest link to it from your last 10 items (0 to 1)
tree-feature-n-leading = how many of your last 10 items lead to it
tree-feature-reads-like-newest = how alike it reads to your newest item (0 to 1)
tree-feature-reads-like-recent = the closest reading among your last 10 items (0 to 1)
tree-feature-same-category = how many of your last 10 items are of its category
tree-feature-same-brand = how many of your last 10 items are of its brand
tree-feature-popularity = share of the shop's items with fewer buyers (0 to 1)
tree-feature-price-ratio = its price, as a multiple of the median of your last 10 items
