### How English writes numbers, money, days and titles.

# The locale by whose CLDR data numbers, days, lists and plurals are written: English of the world,
# with the day before the month and no comma before “and”.
format-locale = en-001
# Length of days: medium or long.
format-day-length = medium

format-day = { $day }
format-percent = { $number }%
format-ordinal = { NUMBER($number, type: "ordinal") ->
    [one] { $number }st
    [two] { $number }nd
    [few] { $number }rd
   *[other] { $number }th
}
# $currency is a code of ISO 4217; XXX where the shop names none.
format-money = { $currency ->
    [CNY] ¥{ $amount }
    [USD] ${ $amount }
    [GBP] £{ $amount }
    [EUR] €{ $amount }
    [XXX] { $amount }
   *[named] { $amount } { $currency }
}
# $sort: book, work (a film, an album, a game) or thing.
format-title = { $sort ->
   *[thing] “{ $title }”
}
# One more part of an enumeration that does not end in “and”.
format-enumeration = { $parts }, { $part }
