### 代表模型的决策树：文字和图。

tree-fidelity = 简化的决策树：与模型的前 10 件平均有 { $overlap }% 相同，排序相关系数 τ 为 { $tau }（在 { $n } 位未参与拟合的顾客上测得）。叶子上的数字是与该顾客最高分之比。
tree-title = 简化的决策树：前 10 件与模型平均 { $overlap }% 相同，τ = { $tau }
tree-yes = 是
tree-no = 否
tree-question = { $meaning } ≤ { $at_most }？
tree-leaf = 最高分的 { $score }%（占所看商品的 { $share }%）
