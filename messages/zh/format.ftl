### 中文里数字、金额、日期和书名的写法。

format-locale = zh
format-day-length = long

format-day = { SEPARATED($day) }
format-percent = { $number }%
format-ordinal = 第 { $number }
format-money = { $currency ->
    [CNY] { $amount } 元
    [USD] { $amount } 美元
    [GBP] { $amount } 英镑
    [EUR] { $amount } 欧元
    [JPY] { $amount } 日元
    [XXX] { $amount }
   *[named] { $amount } { $currency }
}
format-title = { $sort ->
    [book] 《{ $title }》
    [work] 《{ $title }》
   *[thing] “{ $title }”
}
format-enumeration = { $parts }、{ $part }
