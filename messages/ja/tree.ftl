### モデルを近似した決定木：文章と図。

tree-fidelity = 簡略化した決定木：モデルの上位 10 件との一致は平均 { $overlap }%、ケンドールの τ は { $tau }（学習に使っていないお客様 { $n } 人で測定）。葉の数字は、そのお客様の最高スコアに対する割合です。
tree-title = 簡略化した決定木：上位 10 件の一致は平均 { $overlap }%、τ = { $tau }
tree-yes = はい
tree-no = いいえ
tree-question = { $meaning } ≤ { $at_most }？
tree-leaf = 最高スコアの { $score }%（見た商品の { $share }%）
tree-feature-follows-newest = 直近の商品のあとに選ばれる強さ（0～1）
tree-feature-follows-recent = 直近10点の商品からの結び付きのうち最も強いもの（0～1）
tree-feature-n-leading = 直近10点のうち、この商品につながる商品の数
tree-feature-reads-like-newest = 直近の商品との説明文の近さ（0～1）
tree-feature-reads-like-recent = 直近10点との説明文の近さのうち最も近いもの（0～1）
tree-feature-same-category = 直近10点のうち、カテゴリーが同じ商品の数
tree-feature-same-brand = 直近10点のうち、ブランドが同じ商品の数
tree-feature-popularity = 購入者がこれより少ない商品の割合（0～1）
tree-feature-price-ratio = 直近10点の価格の中央値に対する価格の倍率
