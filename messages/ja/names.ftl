### シグナル・商品情報・属性の名前。

# シグナルごとに：文中での言い方（words）、文中の名前（name）、名札（label）、意味（meaning）。

signal-words-transition = 「次に見られている商品」
signal-name-transition = 次に選ばれる商品
signal-label-transition = 次に選ばれる商品
signal-meaning-transition = 次に選ばれる商品：閲覧・購入された商品のあとに、ほかのお客様が何へ進むか

signal-words-text = 「説明文の近さ」
signal-name-text = 説明文の近さ
signal-label-text = 説明文の近さ
signal-meaning-text = 説明文の近さ：商品名、ブランド、カテゴリー、説明が、閲覧・購入された商品にどれだけ近いか

signal-words-sequence = 「行動の順序」
signal-name-sequence = 行動の順序
signal-label-sequence = 行動の順序
signal-meaning-sequence = 行動の順序：お客様の行動の順序から学習したTransformerが、閲覧・購入された商品の次に予測するもの

signal-words-popularity = 「購入者の数」
signal-name-popularity = 人気
signal-label-popularity = 人気
signal-meaning-popularity = 人気：最近購入したお客様の数。お客様とは関係ありません

signal-words-context = 「今の状況」
signal-name-context = 状況
signal-label-context = 状況
signal-meaning-context = 状況：この時間帯、季節、地域、端末で普段より多く購入されるもの。お客様の履歴とは関係ありません

signal-words-stated = 「お客様のご希望」
signal-name-stated = お客様のご希望
signal-label-stated = お客様のご希望
signal-meaning-stated = お客様のご希望：増やしたい、減らしたいとおっしゃったもの。お客様のリストだけに影響します

field-name = { $field ->
    [title] 商品名
    [brand] ブランド
    [category] カテゴリー
    [description] 商品説明
   *[named] { $name }
}
attribute-name = { $attribute ->
    [color] カラー
    [colour] カラー
    [colors] カラー
    [colours] カラー
    [size] サイズ
    [sizes] サイズ
    [material] 素材
    [materials] 素材
    [fabric] 生地
    [style] スタイル
    [pattern] 柄
    [brand] ブランド
    [model] 型番
    [model-number] 型番
    [manufacturer] メーカー
    [maker] メーカー
    [origin] 原産国
    [country-of-origin] 原産国
    [made-in] 原産国
    [weight] 重量
    [item-weight] 重量
    [dimensions] 寸法
    [product-dimensions] 寸法
    [item-dimensions] 寸法
    [length] 長さ
    [width] 幅
    [height] 高さ
    [capacity] 容量
    [volume] 容量
    [gender] 性別
    [department] 性別
    [age] 対象年齢
    [age-group] 対象年齢
    [age-range] 対象年齢
    [season] 季節
    [scent] 香り
    [fragrance] 香り
    [flavor] 味
    [flavour] 味
    [skin-type] 肌質
    [hair-type] 髪質
    [ingredients] 成分
    [ingredient] 成分
    [kind] 種類
    [type] 種類
    [variety] 種類
    [shape] 形状
    [finish] 仕上げ
    [craft] 仕上げ
    [technique] 仕上げ
    [feature] 機能
    [features] 機能
    [function] 機能
    [use] 用途
    [usage] 用途
    [purpose] 用途
    [pack] 内容量
    [package] 内容量
    [packaging] 内容量
    [pack-size] 内容量
    [grade] 等級
    [power] 消費電力
    [wattage] 消費電力
    [form] 形態
    [thickness] 厚さ
    [texture] 質感
    [set] セット
    [roast] 焙煎
    [place] 使用場所
    [people] 人数
    [lid] ふた
    [cover] カバー
    [binding] 製本
    [theme] テーマ
    [strength] 強さ
    [battery] 電池
    [genre] ジャンル
   *[unknown] { $name }
}
