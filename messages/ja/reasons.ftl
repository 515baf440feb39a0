### おすすめの理由。一文が一つの事実を述べ、埋め込まれる値はすべてその事実に含まれる。

reason-cause = { $did ->
    [page] { $title }をご覧いただいている
    [purchase] { $title }を購入された
    [cart] { $title }をカートに入れられた
    [wish] { $title }をお気に入りに登録された
    [rate] { $title }を評価された
   *[view] { $title }を閲覧された
}
reason-counted-cause = { reason-cause }こと{ $once ->
    [yes] （うち1回）
   *[no] {""}
}
reason-contributed = { JOIN($causes, by: "こと、") }ことからのおすすめです。この商品のスコアの{ $share }は{ reason-basis }によるもので、{ reason-basis }がなければ{ $with }位から{ $without }位に下がります。
reason-basis = { $basis ->
    [book] ご覧の本
    [work] ご覧の作品
    [thing] ご覧の商品
    [records] これらの履歴
   *[record] この履歴
}
reason-flips = { JOIN($causes, by: "と") }を考慮しなければ、ここには{ $instead }が表示されます。
reason-bought-together = この商品と{ $other }の両方を購入したお客様は{ $n_both }人で、偶然の場合の{ $lift }倍です。
reason-viewed-then = { $other }を閲覧した{ $n_other }人のお客様のうち、{ $n_both }人がその後この商品も閲覧しています。
reason-shares-attribute = { $attribute ->
    [brand] ブランドは{ $value }
    [category] カテゴリーは{ $value }
   *[named] { $name }は{ $value }
}で、{ $extent ->
    [last] 最近関心を持たれた商品と同じです
    [all] 最近関心を持たれた{ $n_recent }点すべてと同じです
   *[some] 最近関心を持たれた{ $n_recent }点のうち{ $n_matching }点と同じです
}。
reason-similar-text = { $other }と説明文がよく似ています。どちらにも{ $terms }という言葉があります。
reason-term = 「{ $term }」
reason-popular-so-far = これまでに{ $buyers }人のお客様が購入し、購入者数は{ reason-scope }{ $rank }位です。
reason-popular-lately = この{ $days }日間に{ $buyers }人のお客様が購入し、購入者数は{ reason-scope }{ $rank }位です。
reason-scope = { $scope ->
    [shop] ショップ全体で
   *[category] { $category }で
}
reason-price-fit = 価格は{ $price }で、{ $category }で普段お買い上げの価格帯（{ $lower }～{ $upper }）に収まっています。
reason-rated = お客様の評価は5点満点中{ $mean }点（{ $n }件の評価）です。
reason-own-aspect = 「{ $aspect }」
reason-reviewers-say = { $sides ->
    [all] レビューで{ reason-reviewers }全員が満足しています。
    [praise] レビューで{ reason-reviewers }のうち、{ reason-praise }ています。
    [both] レビューで{ reason-reviewers }のうち、{ reason-praise }、{ reason-faults }ています。
    [faults] ご注意ください：レビューで{ reason-reviewers }のうち、{ reason-faults }ています。
   *[faults-first] ご注意ください：レビューで{ reason-reviewers }のうち、{ reason-faults }、{ reason-praise }ています。
}
reason-reviewers = { $aspect }に触れた{ $n_reviewers }人
reason-praise = { $n_positive }人が満足し
reason-faults = { $n_negative }人が不満を述べ
reason-discounted = 現在の価格は{ $price }です。{ $since }に値下げされ、値下げ前の{ $days }日間の最低価格は{ $former }でした。
reason-in-context = 購入者のうち{ reason-known }が分かっている{ $n_item }人の中で、{ $n_in_context }人が{ reason-did }。この割合はショップ全体の{ $lift }倍です。
reason-known = { $context ->
    [daypart] 購入時刻
    [weekday] 購入曜日
    [season] 購入時期
    [region] 地域
   *[device] 端末
}
reason-did = { $context ->
    [region] { $region }のお客様です
    [device] { circumstance-when }で購入しています
   *[other-context] { circumstance-when }に購入しています
}
circumstance-when = { $value ->
    [night] 深夜
    [morning] 午前中
    [afternoon] 午後
    [evening] 夜
    [monday] 月曜日
    [tuesday] 火曜日
    [wednesday] 水曜日
    [thursday] 木曜日
    [friday] 金曜日
    [saturday] 土曜日
    [sunday] 日曜日
    [spring] 春
    [summer] 夏
    [autumn] 秋
    [winter] 冬
    [phone] スマートフォン
    [tablet] タブレット
    [desktop] パソコン
   *[region] { $region }
}
reason-promoted = { $by ->
    [paid] 広告：有料の掲載枠です
   *[shop] ショップのおすすめ枠：ショップがここに配置しました
}。スコアだけなら{ $rank }位です。
reason-new-arrival = 新着：{ $since }に販売を開始しました（{ $days ->
    [0] 本日
   *[other] { $days }日前
}）。
reason-varied = 選択肢の幅を広げるためここに表示しています。スコアだけなら{ $rank }位です。
reason-unknown-shopper = { $basis ->
    [page] お客様のお好みはまだ分からないため、このページの内容だけを基にしています。
    [off] パーソナライズがオフのため、お客様の行動履歴は使用していません。
   *[nothing] お客様のお好みはまだ分からないため、このおすすめはお客様の行動とは関係ありません。
}
reason-weakness = { $decides ->
    [yes] 以上はスコアのごく一部ですが、ここに表示されるかどうかを左右しています。
   *[no] 以上は、おすすめする理由のごく一部にすぎません。
}
reason-between-sentences = {""}
