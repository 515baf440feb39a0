### 言語モデルに渡す事実。どこに置いても成り立つよう、必要な文脈を添える。

worded-causes = { JOIN($causes, by: "こと、") }こと
worded-share = この商品のスコアの{ $share }
worded-drop = { $with }位から{ $without }位に下がる
worded-shoppers = { $n }人のお客様
worded-lift = 偶然の場合の{ $lift }倍
worded-viewers = { $n }人
worded-of-viewers = { $other }を閲覧した{ $n_other }人のお客様
worded-like = { $extent ->
    [last] 最近関心を持たれた商品
    [all] 最近関心を持たれた{ $n_recent }点すべて
   *[some] 最近関心を持たれた{ $n_recent }点のうち{ $n_matching }点
}
worded-span = { $window ->
    [lately] この{ $days }日間
   *[so-far] これまで
}
worded-rank = { $rank }位
worded-scope = { $scope ->
    [shop] ショップ全体
   *[category] { $category }
}
worded-range = { $lower }～{ $upper }
worded-mean = 5点満点中{ $mean }点
worded-ratings = { $n }件の評価
worded-former = { $former }（値下げ前{ $days }日間の最低価格）
worded-buyers = { reason-known }が分かっている購入者{ $n }人
worded-part = { $n }人が{ reason-did }
worded-share-lift = ショップ全体の{ $lift }倍
worded-notice = { $by ->
    [paid] 広告：有料の掲載枠です
   *[shop] ショップのおすすめ枠：ショップがここに配置しました
}
worded-place = { $rank }位になる
worded-ago = { $days ->
    [0] 本日
   *[other] { $days }日前
}
worded-reviewers = { $n }人
worded-praise = { $sides ->
    [all] { $n }人全員が満足
   *[some] { $n }人が満足
}
worded-faults = { $n }人が不満
worded-state = { $basis ->
    [off] パーソナライズがオフ
   *[unknown] お客様のお好みはまだ分かりません
}
worded-basis = { $basis ->
    [page] このページの内容だけを基にしています
    [off] お客様の行動履歴は使用していません
   *[nothing] お客様の行動とは関係ありません
}
