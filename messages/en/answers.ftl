### Sentences that answer a question, one claim each. Every sentence names its item, since an answer
### may speak of several.

answer-asked-for = { $wish ->
    [less] It is here although you asked for less of “{ $concept }”.
   *[more] You asked for more of “{ $concept }”.
}
# $by: the rule that keeps the item from being shown.
answer-barred = { $by ->
    [not-ranked-yet] { $item } is too new to be ranked: it joins at the next training.
    [out-of-stock] { $item } cannot be bought now, so it is not recommended.
    [category] { $item } is not in the category that was asked for.
    [brand] { $item } is not of the brand that was asked for.
    [price] The price of { $item } is outside the bounds that were asked for.
    [excluded] { $item } was left out on request.
    [on-the-page] { $item } is what this page is about, so it is not offered again.
    [dealt-with] You bought, rated or dismissed { $item }, so it is not recommended again.
    [not-interested] You said that you are not interested in { $item }.
    [asked-for-cheaper] You asked for something cheaper than { $item } or things that cost as much.
    [asked-for-other-brand] You asked for another brand than that of { $item }.
   *[not-sold] { $item } is not sold here.
}
answer-outranked = { $item } could be shown, but it comes { ORDINAL($rank) } by score and only { $k } are shown: { $behind }, which is, scores { $margin } higher.
answer-left-out-for-variety = { $item } comes { ORDINAL($rank) } by score and could be among the { $k } shown; it is not, because places are also given for variety: { $behind } is shown with a lower score.
# $outcome: enters, leaves, stays, moves or out. A place of 0 is none.
answer-would-be = { CAPITAL($conditions) }, { $outcome ->
    [enters] { $item } would come into your list, { ORDINAL($then) }
    [leaves] { $item } would not be in your list, where it is { ORDINAL($now) } now
    [stays] { $item } would stay { ORDINAL($now) } in your list
    [moves] { $item } would be { ORDINAL($then) } in your list instead of { ORDINAL($now) }
   *[out] { $item } would still not be in your list
}.
answer-if-without = if we did not count { $causes }
answer-if-with = { $did ->
    [purchase] if you now bought { $item }
    [cart] if you now put into your cart { $item }
    [wish] if you now saved { $item }
    [rate] if you now rated { $item }
   *[view] if you now looked at { $item }
}
answer-if-price = { $bounds ->
    [between] with prices from { $min } to { $max } only
    [from] with prices from { $min } only
    [up-to] with prices up to { $max } only
   *[any] with any price
}
answer-if-circumstance = { circumstance-when }
# A rank of 0 is none.
answer-above = { $item } scores { $margin } higher than { $other } (by score { $rank ->
    [0] not shown
   *[other] { ORDINAL($rank) }
} against { $other_rank ->
    [0] not shown
   *[other] { ORDINAL($other_rank) }
}){ $has_lead ->
    [yes] ; { $signal } does most for it, { $gap }
   *[no] {""}
}{ $has_cause ->
    [yes] ; of what you did, most speaks for it that { $cause }
   *[no] {""}
}.
answer-priced = { $item } costs { $price }.
answer-not-priced = The catalogue names no price for { $item }.
answer-stocked = { $stock ->
    [in] { $item } can be bought now.
   *[out] { $item } is out of stock.
}
# $field: title, brand, category, description or named, for an attribute of the shop.
answer-described = { CAPITAL($field_name) } of { $item }: { JOIN($values, by: ", ") }.
answer-not-described = { $field ->
    [named] The catalogue has no entry “{ $field_name }” for { $item }.
   *[fixed] The catalogue names no { $field_name } of { $item }.
}
answer-mentions = { $item }: its { $field_name } says “{ $word }”.
answer-costs-less = { $item } is cheaper than { $other }: { $price } against { $other_price }.
answer-taste = “{ $concept }”: { $n ->
    [one] from what you did with { $newest }
   *[other] from { $n } things you did, last with { $newest }
}; { $share } of the score of what you are shown rests on it.
