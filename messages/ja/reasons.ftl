### 事実の種類ごとの名称（claim-label）、それを述べる文（claim-sentence）、証拠に挙げる値（claim-fact）。
### 埋め込まれる値はすべてその事実に含まれ、名前は事実の項目と同じ。

claim-label-contributed = 履歴から
claim-sentence-contributed = { JOIN($history, by: "こと、") }ことからのおすすめです。この商品のスコアの{ $share }は{ reason-basis }によるもので、{ reason-basis }がなければ{ $rank_with }位から{ $rank_without }位に下がります。
claim-fact-contributed = スコアの{ $share }が{ $history }による。含めると{ $rank_with }位、除くと{ $rank_without }位

claim-label-flips = もしなかったら
claim-sentence-flips = { JOIN($history, by: "と") }を考慮しなければ、ここには{ $instead }が表示されます。
claim-fact-flips = { $history }を除くと上位{ $k }点に入らず、代わりに{ $instead }

claim-label-bought-together = 一緒に購入
claim-sentence-bought-together = この商品と{ $other }の両方を購入したお客様は{ $n_both }人で、偶然の場合の{ $lift }倍です。
claim-fact-bought-together = { fact-pair }

claim-label-viewed-then = 続けて閲覧
claim-sentence-viewed-then = { $other }を閲覧した{ $n_other }人のお客様のうち、{ $n_both }人がその後この商品も閲覧しています。
claim-fact-viewed-then = { fact-pair }

claim-label-shares-attribute = 共通点
claim-sentence-shares-attribute = { $attribute ->
    [brand] ブランドは{ $value }
    [category] カテゴリーは{ $value }
   *[named] { $name }は{ $value }
}で、{ $extent ->
    [last] 最近関心を持たれた商品と同じです
    [all] 最近関心を持たれた{ $n_recent }点すべてと同じです
   *[some] 最近関心を持たれた{ $n_recent }点のうち{ $n_matching }点と同じです
}。
claim-fact-shares-attribute = { fact-attribute }「{ $value }」：最近の{ $n_recent }点のうち{ $n_matching }点と同じ

claim-label-similar-text = 説明文が近い
claim-sentence-similar-text = { $other }と説明文がよく似ています。どちらにも{ $shared_terms }という言葉があります。
claim-fact-similar-text = { $other }との類似度は{ $similarity }。共通の言葉：{ $shared_terms }

claim-label-popular = 人気
claim-sentence-popular = { $window ->
    [days] この{ $days }日間に{ $buyers }人のお客様が購入し、購入者数は{ reason-scope }{ $rank }位です。
   *[all_time] これまでに{ $buyers }人のお客様が購入し、購入者数は{ reason-scope }{ $rank }位です。
}
claim-fact-popular = { fact-scope }で{ $rank }位。{ fact-window }{ $buyers }人が購入

claim-label-price-fit = いつもの価格帯
claim-sentence-price-fit = 価格は{ $price }で、{ $category }で普段お買い上げの価格帯（{ $lower_quartile }～{ $upper_quartile }）に収まっています。
claim-fact-price-fit = 価格{ $price }。「{ $category }」でのご購入{ $n_prices }回の中央値は{ $median }、多くは{ $lower_quartile }～{ $upper_quartile }

claim-label-rated = 評価
claim-sentence-rated = お客様の評価は5点満点中{ $mean }点（{ $n }件の評価）です。
claim-fact-rated = { $n }件の評価、平均{ $mean }（5点満点）

claim-label-reviewers-say = レビューの声
claim-sentence-reviewers-say = { $sides ->
    [all] レビューで{ reason-reviewers }全員が満足しています。
    [praise] レビューで{ reason-reviewers }のうち、{ reason-praise }ています。
    [both] レビューで{ reason-reviewers }のうち、{ reason-praise }、{ reason-faults }ています。
    [faults] ご注意ください：レビューで{ reason-reviewers }のうち、{ reason-faults }ています。
   *[faults-first] ご注意ください：レビューで{ reason-reviewers }のうち、{ reason-faults }、{ reason-praise }ています。
}
claim-fact-reviewers-say = 「{ $aspect }」：{ $n_reviewers }人が言及、{ $n_positive }人が満足、{ $n_negative }人が不満

claim-label-discounted = 値下げ
claim-sentence-discounted = 現在の価格は{ $price }です。{ $since }に値下げされ、値下げ前の{ $days }日間の最低価格は{ $former }でした。
claim-fact-discounted = { $since }から{ $price }。それまで{ $days }日間の最低価格は{ $former }

claim-label-in-context = この状況で
claim-sentence-in-context = 購入者のうち{ reason-known }が分かっている{ $n_item }人の中で、{ $n_in_context }人が{ reason-did }。この割合はショップ全体の{ $lift }倍です。
claim-fact-in-context = { $circumstance }：この商品の購入者{ $n_item }人中{ $n_in_context }人、ショップ全体では{ $n_shop }人中{ $n_shop_in_context }人。割合は{ $lift }倍

claim-label-promoted = ショップが配置
claim-sentence-promoted = { $paid ->
    [yes] 広告：有料の掲載枠です
   *[no] ショップのおすすめ枠：ショップがここに配置しました
}。スコアだけなら{ $rank_by_score }位です。
claim-fact-promoted = スコアだけなら{ $rank_by_score }位、指定により{ $rank_shown }位に配置

claim-label-new-arrival = 新着
claim-sentence-new-arrival = 新着：{ $since }に販売を開始しました（{ $days ->
    [0] 本日
   *[other] { $days }日前
}）。
claim-fact-new-arrival = { $since }に販売開始、{ $days }日経過

claim-label-varied = 多様性のため
claim-sentence-varied = 選択肢の幅を広げるためここに表示しています。スコアだけなら{ $rank_by_score }位です。
claim-fact-varied = スコアだけなら{ $rank_by_score }位、多様性のため{ $rank_shown }位に配置

claim-label-unknown-shopper = 履歴は不使用
claim-sentence-unknown-shopper = { $basis ->
    [page] お客様のお好みはまだ分からないため、このページの内容だけを基にしています。
    [off] パーソナライズがオフのため、お客様の行動履歴は使用していません。
   *[nothing] お客様のお好みはまだ分からないため、このおすすめはお客様の行動とは関係ありません。
}
claim-fact-unknown-shopper = { $because ->
    [no_history] 履歴はまだありません
   *[profiling_off] パーソナライズはオフ
}

claim-label-asked-for = お客様のご希望
claim-sentence-asked-for = { $wish ->
    [less] 「{ $concept }」を減らしたいとのご希望ですが、それでも表示対象に入っています。
   *[more] 「{ $concept }」をもっと見たいとのご希望をいただいています。
}
claim-fact-asked-for = 「{ $concept }」：スコアのうち{ $by }

claim-advertisement = 広告
claim-unknown = その他

### 文の部品。

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
reason-basis = { $basis ->
    [book] ご覧の本
    [work] ご覧の作品
    [thing] ご覧の商品
    [records] これらの履歴
   *[record] この履歴
}
reason-term = 「{ $term }」
reason-scope = { $scope ->
    [shop] ショップ全体で
   *[category] { $category }で
}
reason-own-aspect = 「{ $aspect }」
reason-reviewers = { $aspect }に触れた{ $n_reviewers }人
reason-praise = { $n_positive }人が満足し
reason-faults = { $n_negative }人が不満を述べ
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
reason-weakness = { $decides ->
    [yes] 以上はスコアのごく一部ですが、ここに表示されるかどうかを左右しています。
   *[no] 以上は、おすすめする理由のごく一部にすぎません。
}
reason-between-sentences = {""}
fact-pair = { $other }：{ fact-window }{ $n_both }人が{ $kind ->
   *[bought_together] 両方を購入
    [viewed_then] これを先に、この商品をあとに閲覧
}。これを{ $kind ->
   *[bought_together] 購入
    [viewed_then] 閲覧
}したのは{ $n_other }人、この商品は{ $n_item }人。偶然の場合の{ $lift }倍
fact-window = { $window ->
    [days] この{ $days }日間に
   *[all_time] これまでに
}
fact-attribute = { $attribute ->
    [brand] ブランド
    [category] カテゴリー
   *[named] { $name }
}
fact-scope = { $scope ->
    [shop] ショップ全体
   *[category] カテゴリー「{ $category }」
}
