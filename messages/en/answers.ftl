### The same of the kinds that answer a question. Every sentence names its item, since an answer may
### speak of several.

claim-label-barred = Why it is not shown
# $by: the rule that keeps the item from being shown.
claim-sentence-barred = { $by ->
    [not-ranked-yet] { $item } is too new to be ranked: it joins at the next training.
    [out-of-stock] { $item } cannot be bought now, so it is not recommended.
    [adult] { $item } is for adults only, and is shown where that is asked for.
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

claim-label-outranked = Others come first
# $by: score or variety.
claim-sentence-outranked = { $by ->
    [variety] { $item } comes { ORDINAL($rank_by_score) } by score and could be among the { $k } shown; it is not, because places are also given for variety: { $behind } is shown with a lower score.
   *[score] { $item } could be shown, but it comes { ORDINAL($rank_by_score) } by score and only { $k } are shown: { $behind }, which is, scores { $margin } higher.
}

claim-label-would-be = What if
# $outcome: enters, leaves, stays, moves or out. A place of 0 is none.
claim-sentence-would-be = { CAPITAL($changes) }, { $outcome ->
    [enters] { $item } would come into your list, { ORDINAL($rank_then) }
    [leaves] { $item } would not be in your list, where it is { ORDINAL($rank_now) } now
    [stays] { $item } would stay { ORDINAL($rank_now) } in your list
    [moves] { $item } would be { ORDINAL($rank_then) } in your list instead of { ORDINAL($rank_now) }
   *[out] { $item } would still not be in your list
}.

claim-label-above = Which comes first
# A rank of 0 is none.
claim-sentence-above = { $item } scores { $margin } higher than { $other } (by score { $rank_by_score ->
    [0] not shown
   *[other] { ORDINAL($rank_by_score) }
} against { $other_rank ->
    [0] not shown
   *[other] { ORDINAL($other_rank) }
}){ $has_lead ->
    [yes] ; { $signal } does most for it, { $gap }
   *[no] {""}
}{ $n_steps ->
    [0] {""}
   *[other] ; of what you did, most speaks for it that { $most_by }
}.

claim-label-priced = Price
claim-sentence-priced = { $has_price ->
    [yes] { $item } costs { $price }.
   *[no] The catalogue names no price for { $item }.
}

claim-label-stocked = Stock
claim-sentence-stocked = { $in_stock ->
    [yes] { $item } can be bought now.
   *[no] { $item } is out of stock.
}

claim-label-described = From the catalogue
# $field: title, brand, category, description or named, for an attribute of the shop.
claim-sentence-described = { $n_values ->
    [0] { $field ->
        [named] The catalogue has no entry “{ $field_name }” for { $item }.
       *[fixed] The catalogue names no { $field_name } of { $item }.
    }
   *[other] { CAPITAL($field_name) } of { $item }: { JOIN($values, by: ", ") }.
}

claim-label-mentions = The catalogue says
claim-sentence-mentions = { $item }: its { $field_name } says { $word }.

claim-label-costs-less = Prices compared
claim-sentence-costs-less = { $item } is cheaper than { $other }: { $price } against { $other_price }.

claim-label-taste = A taste
claim-sentence-taste = “{ $concept }”: { $n_steps ->
    [one] from what you did with { $item }
   *[other] from { $n_steps } things you did, last with { $item }
}; { $share } of the score of what you are shown rests on it.

### What these sentences are made of.

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
