### ウィジェットと、そのサンプルページ。

widget-tag = ja
widget-short-tag = ja
widget-other = English
widget-other-tag = en
widget-name = ウィジェット
widget-lead = どのショップのページでも使えます。スクリプト1つ、要素1つです。
widget-shopper = お客様
widget-visitor = 新しい訪問者
widget-language = 言語
widget-events = 送信されるイベント
widget-docs = API
widget-no-script = ウィジェットはスクリプトですが、このブラウザではスクリプトが動いていません。ショップのページはスクリプトなしで動き、同じおすすめと理由をご覧いただけます：
widget-window = ショップのページ

widget-in-page-heading = あなたへのおすすめ
widget-in-page-why = おすすめの理由
widget-in-page-close = 閉じる
widget-in-page-facts = 確認済みの事実
widget-in-page-helpful = 役に立った
widget-in-page-unclear = 分かりにくい
widget-in-page-wrong = 違う
widget-in-page-dont-use = これを使わない
widget-in-page-thanks = 承りました。ありがとうございます。
widget-in-page-failed = 現在おすすめを表示できません。
widget-in-page-nothing = おすすめできる商品がありません。
widget-in-page-simulated = シミュレーションデータ
widget-in-page-made-of = スコアの内訳
widget-in-page-ai = 言語モデルによる文章
widget-in-page-sold-out = 在庫切れ
widget-in-page-no-price = 価格の記載なし
