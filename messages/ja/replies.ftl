### 会話のうち、確認済みの事実以外の言葉。

reply-cannot = 現在分かっている情報では、そのご質問にお答えできません。
reply-not-understood = ご質問を理解できなかったか、どの商品のことか分かりませんでした。
reply-not-read = 日本語で入力されたご質問はまだ読み取れません。下に表示される質問や操作をお使いください。
reply-no-change = 使用中の履歴に該当するものがないため、変わるものはなく、リストはそのままです。
reply-most-of-tastes = 特に重みの大きい{ $told }件です。ほかに{ $more }件が「お客様について分かっていること」（/me）にあります。
reply-how-it-works = 商品は、複数のシグナルの重み付き和であるスコアの高い順に、多様性も考慮して並べています。使用中のモデルの重み：{ JOIN($weights, by: "、") }。詳しくは「おすすめの仕組み」（/transparency）をご覧ください。
reply-weight = { $signal } { $weight }
reply-given-to-others = お客様のデータが第三者に提供されているかどうかは、現在分かっている情報ではお答えできません。
reply-my-data = ここには、お客様の行動{ $events }件、レビュー{ $reviews }件、お渡しした回答{ $answers }件と、設定、訂正、フィードバック、アンケートが保存されています。「お客様について分かっていること」（/me）で閲覧、持ち出し、削除ができます。おすすめでの使い方は「おすすめの仕組み」（/transparency）をご覧ください。
reply-nothing-kept = お客様に関する情報は保存されていません。
reply-nobody = ご希望を記録するには、ログインが必要です。
reply-nothing-to-undo = 取り消せる訂正はありません。
reply-asks-to-stop = パーソナライズをオフにすると、おすすめにも回答にも学習にも、お客様の履歴や訂正は使われなくなります。いつでも元に戻せます。オフにしますか？
reply-asks-to-forget = 完全に削除されるもの：お客様の行動{ $events }件、レビュー{ $reviews }件、お渡しした回答{ $answers }件、ならびに設定、訂正、フィードバック、アンケート。モデルはお客様のデータなしで学習し直されます。元に戻すことはできません。削除しますか？ 最初からやり直すことやパーソナライズをオフにすることもでき、どちらも元に戻せます。
reply-forgotten = 完全に削除しました：行動{ $events }件、レビュー{ $reviews }件、回答{ $answers }件、およびお客様に関するその他すべて。元に戻すことはできません。
reply-undo = 元に戻す

put-right-taken-back = 取り消しました：{ $correction }リストは元どおりです。
put-right-wrong-reason = { $item }のこの理由は今後表示せず、その根拠も使用しません。
put-right-gift = { $item }はほかの方のための商品として扱い、これまでの関連する行動は使用しません。
put-right-not-interested = 今後{ $item }はおすすめしません。
put-right-more = 今後「{ $concept }」を多めにおすすめします。
put-right-less = 今後「{ $concept }」を控えめにおすすめします。
put-right-tags = お好みの設定：{ $tastes }。
put-right-stop-profiling = パーソナライズをオフにしました。履歴も訂正も使用しません。
put-right-unused-concept = 今後「{ $concept }」に関する行動は使用しません。
put-right-unused-part = 履歴のこの部分は今後使用しません。
put-right-unused-events = { $items }に関するこれらの行動は今後使用しません。
put-right-unused-item = これまでの{ $item }に関する行動は使用しません。
put-right-unused-everything = 最初からやり直します：これまでの行動やご要望は使用しません。
put-right-cheaper = 今後{ $within ->
    [category] 「{ $category }」では
   *[shop] {""}
}{ $item }{ $priced ->
    [yes] （{ $price }）
   *[no] {""}
}より安い商品だけをおすすめします。
put-right-other-brand = 今後{ $within ->
    [category] 「{ $category }」では
   *[shop] {""}
}ブランド「{ $brand }」の商品はおすすめしません。
put-right-list-same = 現時点でリストに変化はありません。
put-right-order-changed = リストの順序が変わりました。
put-right-left = { $n }点がリストから外れました：{ JOIN($items, by: "、") }{ $more ->
    [0] {""}
   *[other] ほか{ $more }点
}。
put-right-still-named = { $n ->
    [0] 現在リストに該当する商品はありません。今後まれに表示されることがあります。
   *[other] リストにはまだ該当する商品が{ $n }点あります。
}

suggest-why = なぜ1番目がおすすめなのですか？
suggest-price = 1番目はいくらですか？
suggest-reviews = 1番目のレビューはどうですか？
suggest-compare = 最初の2つを比べて
suggest-without-last-purchase = 前回の購入がなければ何がおすすめですか？
suggest-what-you-know = 私について何を知っていますか？
suggest-how-it-works = どのようにおすすめを決めていますか？
suggest-less = { $concept }を減らして

action-not-interested = 興味がない
action-wrong-reason = この理由は違う
action-do-not-use = 今後これを使わない
action-begin-anew = 最初からやり直す
action-stop-profiling = パーソナライズをオフにする
action-show-list = そのリストを見る
action-yes-stop = はい、オフにする
action-yes-forget = はい、完全に削除する
