### ご質問への回答になる事実。複数の商品に触れることがあるため、どの文にも商品名を入れる。

claim-label-barred = 表示しない理由
claim-sentence-barred = { $by ->
    [not-ranked-yet] { $item }は新しい商品のため、次回の学習後から順位付けの対象になります。
    [out-of-stock] { $item }は現在購入できないため、おすすめしていません。
    [adult] { $item }は成人向けのため、ご指定がある場合にのみ表示します。
    [category] { $item }は指定されたカテゴリーの商品ではありません。
    [brand] { $item }は指定されたブランドの商品ではありません。
    [price] { $item }の価格は指定された範囲外です。
    [excluded] { $item }はご指定により除外しました。
    [on-the-page] このページの商品が{ $item }なので、重ねておすすめはしていません。
    [dealt-with] { $item }は購入済み、評価済み、または非表示にされた商品のため、再度おすすめしていません。
    [not-interested] { $item }には興味がないとのことでした。
    [asked-for-cheaper] より安い商品をご希望ですが、{ $item }の価格はそれより安くありません。
    [asked-for-other-brand] 別のブランドをご希望ですが、{ $item }は同じブランドです。
   *[not-sold] { $item }は当ショップでは販売していません。
}

claim-label-outranked = ほかの商品が上位
claim-sentence-outranked = { $by ->
    [variety] { $item }はスコアでは{ $rank_by_score }位で、表示される{ $k }点に入り得ますが、多様性のため、スコアの低い{ $behind }が表示されています。
   *[score] { $item }は表示できますが、スコアでは{ $rank_by_score }位で、ここに表示されるのは{ $k }点だけです。表示されている{ $behind }のほうがスコアが{ $margin }高くなっています。
}

claim-label-would-be = もし〜なら
claim-sentence-would-be = { JOIN($changes, by: "、さらに") }、{ $outcome ->
    [enters] { $item }はリストの{ $rank_then }位に入ります
    [leaves] { $item }はリストに入りません（現在は{ $rank_now }位）
    [stays] { $item }は{ $rank_now }位のままです
    [moves] { $item }は{ $rank_now }位から{ $rank_then }位に変わります
   *[out] { $item }はやはりリストに入りません
}。

claim-label-above = どちらが上位か
claim-sentence-above = { $item }のスコアは{ $other }より{ $margin }高くなっています（スコア順では{ $rank_by_score ->
    [0] 表示対象外
   *[other] { $rank_by_score }位
}と{ $other_rank ->
    [0] 表示対象外
   *[other] { $other_rank }位
}）{ $has_lead ->
    [yes] 。最も効いているのは{ $signal }で、{ $gap }です
   *[no] {""}
}{ $n_steps ->
    [0] {""}
   *[other] 。お客様の行動のうち最も影響しているのは、{ $most_by }ことです
}。

claim-label-priced = 価格
claim-sentence-priced = { $has_price ->
    [yes] { $item }の価格は{ $price }です。
   *[no] 商品情報に{ $item }の価格はありません。
}

claim-label-stocked = 在庫
claim-sentence-stocked = { $in_stock ->
    [yes] { $item }は現在購入できます。
   *[no] { $item }は在庫切れです。
}

claim-label-described = 商品情報から
claim-sentence-described = { $n_values ->
    [0] { $field ->
        [named] 商品情報では、{ $item }に「{ $field_name }」という項目はありません。
       *[fixed] 商品情報に{ $item }の{ $field_name }の記載はありません。
    }
   *[other] { $item }の{ $field_name }：{ JOIN($values, by: "、") }。
}

claim-label-mentions = 商品情報の記載
claim-sentence-mentions = { $item }の{ $field_name }に{ $word }とあります。

claim-label-costs-less = 価格の比較
claim-sentence-costs-less = { $item }は{ $other }より安くなっています（{ $price }と{ $other_price }）。

claim-label-taste = お好み
claim-sentence-taste = 「{ $concept }」：{ $n_steps ->
    [1] { $item }に関するお客様の行動からです
   *[other] お客様の{ $n_steps }回の行動からで、最新は{ $item }に関するものです
}。表示中の商品のスコアの{ $share }がこれに基づいています。

### 文の部品。

answer-if-without = { JOIN($causes, by: "と") }を考慮しなければ
answer-if-with = { $did ->
    [purchase] { $item }を今購入すると
    [cart] { $item }を今カートに入れると
    [wish] { $item }を今お気に入りに登録すると
    [rate] { $item }を今評価すると
   *[view] { $item }を今閲覧すると
}
answer-if-price = { $bounds ->
    [between] 価格を{ $min }～{ $max }に限ると
    [from] 価格を{ $min }以上に限ると
    [up-to] 価格を{ $max }以下に限ると
   *[any] 価格を問わなければ
}
answer-if-circumstance = { circumstance-when }なら
