### モデルを近似した決定木：文章と図。

tree-fidelity = 簡略化した決定木：モデルの上位 10 件との一致は平均 { $overlap }%、ケンドールの τ は { $tau }（学習に使っていないお客様 { $n } 人で測定）。葉の数字は、そのお客様の最高スコアに対する割合です。
tree-title = 簡略化した決定木：上位 10 件の一致は平均 { $overlap }%、τ = { $tau }
tree-yes = はい
tree-no = いいえ
tree-question = { $meaning } ≤ { $at_most }？
tree-leaf = 最高スコアの { $score }%（見た商品の { $share }%）
