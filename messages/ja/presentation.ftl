### 回答に添える名札：事実の種類、シグナル、強さ、調べ方、状況。

label-did-view = 閲覧
label-did-click = クリック
label-did-cart = カートに追加
label-did-uncart = カートから削除
label-did-wish = お気に入り
label-did-purchase = 購入
label-did-refund = 返品
label-did-rate = 評価
label-did-dismiss = 興味なし
label-did-exposure = 表示
label-strength-weak = スコアのごく一部
label-strength-moderate = スコアのある程度
label-strength-strong = スコアの大部分
label-method-rule = 商品情報と集計
label-method-association = お客様の行動の重なり
label-method-counterfactual = 履歴の一部を除いた再計算
label-method-surrogate = スコアの簡易モデル
label-method-llm = 言語モデルによる文章
label-verdict-verified = 確認済み
label-verdict-refuted = 事実と異なる
label-verdict-unsupported = 根拠不足
label-claim-contributed = 履歴から
label-claim-flips = もしなかったら
label-claim-bought-together = 一緒に購入
label-claim-viewed-then = 続けて閲覧
label-claim-shares-attribute = 共通点
label-claim-similar-text = 説明文が近い
label-claim-popular = 人気
label-claim-price-fit = いつもの価格帯
label-claim-rated = 評価
label-claim-reviewers-say = レビューの声
label-claim-discounted = 値下げ
label-claim-in-context = この状況で
label-claim-new-arrival = 新着
label-claim-varied = 多様性のため
label-claim-unknown-shopper = 履歴は不使用
label-claim-asked-for = お客様のご希望
label-claim-barred = 表示しない理由
label-claim-outranked = ほかの商品が上位
label-claim-would-be = もし〜なら
label-claim-above = どちらが上位か
label-claim-priced = 価格
label-claim-stocked = 在庫
label-claim-described = 商品情報から
label-claim-mentions = 商品情報の記載
label-claim-costs-less = 価格の比較
label-claim-taste = お好み
label-claim-promoted = ショップが配置
label-claim-unknown = その他
label-claim-advertisement = 広告
signal-meaning-transition = 次に選ばれる商品：閲覧・購入された商品のあとに、ほかのお客様が何へ進むか
signal-meaning-text = 説明文の近さ：商品名、ブランド、カテゴリー、説明が、閲覧・購入された商品にどれだけ近いか
signal-meaning-sequence = 行動の順序：お客様の行動の順序から学習したTransformerが、閲覧・購入された商品の次に予測するもの
signal-meaning-context = 状況：この時間帯、季節、地域、端末で普段より多く購入されるもの。お客様の履歴とは関係ありません
signal-meaning-stated = お客様のご希望：増やしたい、減らしたいとおっしゃったもの。お客様のリストだけに影響します
signal-meaning-popularity = 人気：最近購入したお客様の数。お客様とは関係ありません
signal-label-transition = 次に選ばれる商品
signal-label-text = 説明文の近さ
signal-label-sequence = 行動の順序
signal-label-context = 状況
signal-label-stated = お客様のご希望
signal-label-popularity = 人気
circumstance-night = 深夜
circumstance-morning = 午前
circumstance-afternoon = 午後
circumstance-evening = 夜
circumstance-spring = 春
circumstance-summer = 夏
circumstance-autumn = 秋
circumstance-winter = 冬
circumstance-phone = スマートフォン
circumstance-tablet = タブレット
circumstance-desktop = パソコン
circumstance-monday = 月曜日
circumstance-tuesday = 火曜日
circumstance-wednesday = 水曜日
circumstance-thursday = 木曜日
circumstance-friday = 金曜日
circumstance-saturday = 土曜日
circumstance-sunday = 日曜日
attribution-same-rank = スコア順位は{ $rank }位のまま
attribution-other-rank = スコア順位は{ $with }位から{ $without }位に変化

### 文の横に示す、事実の値。

fact-contributed = スコアの{ $share }が{ $items }による。含めると{ $with }位、除くと{ $without }位
fact-flips = { $items }を除くと上位{ $k }点に入らず、代わりに{ $instead }
fact-pair = { $other }：{ $window }{ $both }人が{ $did ->
   *[bought] 両方を購入
    [viewed] これを先に、この商品をあとに閲覧
}。これを{ $did ->
   *[bought] 購入
    [viewed] 閲覧
}したのは{ $n_other }人、この商品は{ $n_item }人。偶然の場合の{ $lift }倍
fact-window-all-time = これまでに
fact-window-days = この{ $days }日間に
fact-brand = ブランド
fact-category = カテゴリー
fact-shares-attribute = { $name }「{ $value }」：最近の{ $recent }点のうち{ $matching }点と同じ
fact-similar-text = { $other }との類似度は{ $similarity }。共通の言葉：{ $terms }
fact-the-shop = ショップ全体
fact-in-category = カテゴリー「{ $category }」
fact-popular = { $scope }で{ $rank }位。{ $window }{ $buyers }人が購入
fact-price-fit = 価格{ $price }。「{ $category }」でのご購入{ $prices }回の中央値は{ $median }、多くは{ $lower }～{ $upper }
fact-rated = { $n }件の評価、平均{ $mean }（5点満点）
fact-reviewers-say = 「{ $aspect }」：{ $reviewers }人が言及、{ $positive }人が満足、{ $negative }人が不満
fact-discounted = { $since }から{ $price }。それまで{ $days }日間の最低価格は{ $former }
fact-in-context = { $name }：この商品の購入者{ $item }人中{ $in_context }人、ショップ全体では{ $shop }人中{ $shop_in_context }人。割合は{ $lift }倍
fact-promoted = スコアだけなら{ $by_score }位、指定により{ $shown }位に配置
fact-new-arrival = { $since }に販売開始、{ $days }日経過
fact-varied = スコアだけなら{ $by_score }位、多様性のため{ $shown }位に配置
fact-no-history = 履歴はまだありません
fact-profiling-off = パーソナライズはオフ
fact-asked-for = 「{ $concept }」：スコアのうち{ $by }
