### 代表模型的决策树：文字和图。

tree-fidelity = 简化的决策树：与模型的前 10 件平均有 { $overlap }% 相同，排序相关系数 τ 为 { $tau }（在 { $n } 位未参与拟合的顾客上测得）。叶子上的数字是与该顾客最高分之比。
tree-title = 简化的决策树：前 10 件与模型平均 { $overlap }% 相同，τ = { $tau }
tree-yes = 是
tree-no = 否
tree-question = { $meaning } ≤ { $at_most }？
tree-leaf = 最高分的 { $score }%（占所看商品的 { $share }%）
tree-feature-follows-newest = 顾客看过或买过您最近一件商品后选择它的强度（0 到 1）
tree-feature-follows-recent = 顾客从您最近 10 件商品转向它的最大强度（0 到 1）
tree-feature-n-leading = 最近 10 件商品中有几件与它有先后关系
tree-feature-reads-like-newest = 与您最近一件商品的文字相似度（0 到 1）
tree-feature-reads-like-recent = 与最近 10 件商品的最大文字相似度（0 到 1）
tree-feature-same-category = 最近 10 件商品中同类目的件数
tree-feature-same-brand = 最近 10 件商品中同品牌的件数
tree-feature-popularity = 购买人数超过全店多少比例的商品（0 到 1）
tree-feature-price-ratio = 价格是您最近商品中位价的几倍
