### おすすめの仕組みを説明する公開ページ。

transparency-page-tag = ja
transparency-page-other = English
transparency-page-other-tag = en
transparency-page-title = おすすめの仕組み
transparency-page-simulated = シミュレーションデータ：ここにある数字はすべてプログラムが作成したお客様によるもので、実在の人物ではありません。
transparency-page-window = ショップに戻る
transparency-lead = 現在の設定と使用中のモデルから作成し、どなたにも公開しています。
transparency-principles = すべてのリストに共通すること
transparency-signals = スコアの内訳
transparency-signal = シグナル
transparency-meaning = 意味
transparency-weight = 重み
transparency-weights = 各シグナルの重み
transparency-weights-about = 学習に使わずに取り分けたデータで決めた値です。役に立たなかったシグナルの重みはゼロです。
transparency-weights-starting = 初期値：取り分けられるデータがまだ少なく、学習による値はありません。
transparency-no-model = まだ学習していないため、重みはありません。
transparency-behaviour = お客様の行動ごとの重み
transparency-what = 行動
transparency-thresholds = 理由に必要な根拠の量
transparency-steps = 参照する履歴の最大ステップ数
transparency-min-buyers = 「一緒に購入」と述べるために必要なお客様の数
transparency-strong = 理由を「強い」とするために必要なスコアの割合
transparency-moderate = 理由を「中程度」とするために必要なスコアの割合
transparency-sensitive = どの理由にも挙げない、配慮が必要なカテゴリーの数
transparency-model = 使用中のモデル
transparency-machine = 同じ内容（プログラム向け）

transparency-sum = スコアは、以下のシグナルと、お客様が増やしたい、減らしたいとおっしゃったものとの加重和です。それ以外のものは一切含まれません。
transparency-recomputed = 理由に書かれた事実は、お伝えする前にすべて計算し直しています。後からもう一度確かめることもできます。
transparency-prices = お客様によって価格を変えることは一切ありません。
transparency-profiling-off = パーソナライズをオフにされたあとは、履歴からは何も計算しません。
transparency-variety = 並べるときは、スコアを{ $score }、上に並ぶ商品との違いを{ $variety }の割合で考慮し、似た商品ばかりにならないようにしています。これによって動いた商品には、その旨を記載します。
transparency-category-share = 最も細かい分類で同じカテゴリーの商品は、リストの{ $most }までです。
transparency-placed-by-hand = ショップが商品の位置を指定することがあり、有料の場合もあります。そのような商品には、ショップによる配置または広告であることを必ず記載します。現在の設定で位置を指定している商品は{ $n }点、うち有料のものは{ $n_paid }点です。
transparency-experiments = 現在、実験、または実験の結果として決まった設定が{ $n }件有効です。一部またはすべてのお客様について、商品の順位付けや理由の書き方が変わります。
