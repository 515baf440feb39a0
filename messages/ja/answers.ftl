### ご質問への回答。一文が一つの事実を述べる。

answer-asked-for = { $wish ->
    [less] 「{ $concept }」を減らしたいとのご希望ですが、それでも表示対象に入っています。
   *[more] 「{ $concept }」をもっと見たいとのご希望をいただいています。
}
answer-barred = { $by ->
    [not-ranked-yet] { $item }は新しい商品のため、次回の学習後から順位付けの対象になります。
    [out-of-stock] { $item }は現在購入できないため、おすすめしていません。
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
answer-outranked = { $item }は表示できますが、スコアでは{ $rank }位で、ここに表示されるのは{ $k }点だけです。表示されている{ $behind }のほうがスコアが{ $margin }高くなっています。
answer-left-out-for-variety = { $item }はスコアでは{ $rank }位で、表示される{ $k }点に入り得ますが、多様性のため、スコアの低い{ $behind }が表示されています。
answer-would-be = { JOIN($conditions, by: "、さらに") }、{ $outcome ->
    [enters] { $item }はリストの{ $then }位に入ります
    [leaves] { $item }はリストに入りません（現在は{ $now }位）
    [stays] { $item }は{ $now }位のままです
    [moves] { $item }は{ $now }位から{ $then }位に変わります
   *[out] { $item }はやはりリストに入りません
}。
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
answer-above = { $item }のスコアは{ $other }より{ $margin }高くなっています（スコア順では{ $rank ->
    [0] 表示対象外
   *[other] { $rank }位
}と{ $other_rank ->
    [0] 表示対象外
   *[other] { $other_rank }位
}）{ $has_lead ->
    [yes] 。最も効いているのは{ $signal }で、{ $gap }です
   *[no] {""}
}{ $has_cause ->
    [yes] 。お客様の行動のうち最も影響しているのは、{ $cause }ことです
   *[no] {""}
}。
answer-priced = { $item }の価格は{ $price }です。
answer-not-priced = 商品情報に{ $item }の価格はありません。
answer-stocked = { $stock ->
    [in] { $item }は現在購入できます。
   *[out] { $item }は在庫切れです。
}
answer-described = { $item }の{ $field_name }：{ JOIN($values, by: "、") }。
answer-not-described = { $field ->
    [named] 商品情報では、{ $item }に「{ $field_name }」という項目はありません。
   *[fixed] 商品情報に{ $item }の{ $field_name }の記載はありません。
}
answer-mentions = { $item }の{ $field_name }に「{ $word }」とあります。
answer-costs-less = { $item }は{ $other }より安くなっています（{ $price }と{ $other_price }）。
answer-taste = 「{ $concept }」：{ $n ->
    [1] { $newest }に関するお客様の行動からです
   *[other] お客様の{ $n }回の行動からで、最新は{ $newest }に関するものです
}。表示中の商品のスコアの{ $share }がこれに基づいています。
