### 日本語での数、金額、日付、題名の書き方。

format-locale = ja
format-day-length = long

format-day = { $day }
format-percent = { $number }%
format-ordinal = { $number }位
format-money = { $currency ->
    [JPY] { $amount }円
    [CNY] { $amount }人民元
    [USD] { $amount }米ドル
    [GBP] { $amount }ポンド
    [EUR] { $amount }ユーロ
    [XXX] { $amount }
   *[named] { $amount } { $currency }
}
format-title = { $sort ->
    [book] 『{ $title }』
    [work] 『{ $title }』
   *[thing] 「{ $title }」
}
