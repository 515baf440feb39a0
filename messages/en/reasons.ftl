### What each kind of claim that reasons are made of is called (claim-label), the sentence that states
### one (claim-sentence), and its facts as a proof lists them (claim-fact). Everything in a placeable is
### a fact of the claim; arguments have the names of its fields.

claim-label-contributed = From the history
# $basis: record, records, or the sort of the item on the page (book, work, thing).
claim-sentence-contributed = Because { $history }: { $n_steps ->
    [one] that is
   *[other] they make up
} { $share } of its score; without { $n_steps ->
    [one] it
   *[other] them
} this would rank { ORDINAL($rank_without) } instead of { ORDINAL($rank_with) }.
claim-fact-contributed = { $share } of the score from { $history }; rank { $rank_with } with, { $rank_without } without

claim-label-flips = What if not
claim-sentence-flips = If we did not count { $history }, { $instead } would be here instead.
claim-fact-flips = without { $history } not among the { $k }; { $instead } instead

claim-label-bought-together = Bought together
claim-sentence-bought-together = { $n_both } shoppers bought both this and { $other }, { $lift } times as many as chance would bring.
claim-fact-bought-together = { fact-pair }

claim-label-viewed-then = Viewed one after the other
claim-sentence-viewed-then = { $n_both } of the { $n_other } shoppers who looked at { $other } looked at this one afterwards.
claim-fact-viewed-then = { fact-pair }

claim-label-shares-attribute = Something in common
# $extent: last (of one item), all or some.
claim-sentence-shares-attribute = { $attribute ->
    [brand] It is by { $value }
    [category] It is from { $value }
   *[named] Its { $name } is { $value }
}, { $extent ->
    [last] like the last item you were interested in
    [all] like all of your last { $n_recent } items
   *[some] like { $n_matching } of your last { $n_recent } items
}.
claim-fact-shares-attribute = { fact-attribute } “{ $value }”: the same in { $n_matching } of the last { $n_recent } items

claim-label-similar-text = Reads alike
claim-sentence-similar-text = It reads much like { $other }: both mention { $shared_terms }.
claim-fact-similar-text = similarity { $similarity } to { $other }; shared words: { $shared_terms }

claim-label-popular = Popular
claim-sentence-popular = { $window ->
    [days] It is the { $rank ->
        [1] most bought
       *[other] { ORDINAL($rank) } most bought
    } { $scope ->
        [shop] in the shop
       *[category] in { $category }
    } in the last { $days } days: { $buyers ->
        [one] { $buyers } shopper
       *[other] { $buyers } shoppers
    }.
   *[all_time] It is the { $rank ->
        [1] most bought
       *[other] { ORDINAL($rank) } most bought
    } { $scope ->
        [shop] in the shop
       *[category] in { $category }
    }: { $buyers ->
        [one] { $buyers } shopper
       *[other] { $buyers } shoppers
    } so far.
}
claim-fact-popular = rank { $rank } in { fact-scope }; { $buyers ->
    [one] { $buyers } buyer
   *[other] { $buyers } buyers
} { fact-window }

claim-label-price-fit = Usual price
claim-sentence-price-fit = At { $price } it is within what you usually pay in { $category } ({ $lower_quartile } to { $upper_quartile }).
claim-fact-price-fit = costs { $price }; { $n_prices ->
    [one] { $n_prices } price
   *[other] { $n_prices } prices
} of yours in “{ $category }”: median { $median }, mostly { $lower_quartile } to { $upper_quartile }

claim-label-rated = Ratings
claim-sentence-rated = Shoppers rate it { $mean } out of 5 ({ $n ->
    [one] { $n } rating
   *[other] { $n } ratings
}).
claim-fact-rated = { $mean } of 5 stars on average, { $n ->
    [one] { $n } rating
   *[other] { $n } ratings
}

claim-label-reviewers-say = Reviewers say
# $sides: all (everybody praises), praise, both, faults (nobody praises) or faults-first.
claim-sentence-reviewers-say = { $sides ->
    [all] All { reason-reviewers } praise it.
    [praise] Of the { reason-reviewers }, { reason-praise }.
    [both] Of the { reason-reviewers }, { reason-praise } and { reason-faults }.
    [faults] A word of caution: of the { reason-reviewers }, { reason-faults }.
   *[faults-first] A word of caution: of the { reason-reviewers }, { reason-faults } and { reason-praise }.
}
claim-fact-reviewers-say = “{ $aspect }”: { $n_reviewers ->
    [one] { $n_reviewers } reviewer
   *[other] { $n_reviewers } reviewers
}, { $n_positive } praising, { $n_negative } finding fault

claim-label-discounted = Reduced
claim-sentence-discounted = Now { $price }, reduced on { $since }; the lowest price in the { $days ->
    [one] { $days } day
   *[other] { $days } days
} before was { $former }.
claim-fact-discounted = { $price } since { $since }; lowest in the { $days ->
    [one] { $days } day
   *[other] { $days } days
} before: { $former }

claim-label-in-context = In this situation
# $context: daypart, weekday, season, region or device. $value: night … evening, monday … sunday,
# spring … winter, phone, tablet, desktop, or region, which $region then names.
claim-sentence-in-context = Of the { $n_item ->
    [one] { $n_item } buyer
   *[other] { $n_item } buyers
} whose { reason-known } is known, { $n_in_context } { reason-did }: { $lift } times the share in the whole shop.
claim-fact-in-context = { $circumstance }: { $n_in_context } of its { $n_item ->
    [one] { $n_item } buyer
   *[other] { $n_item } buyers
}, { $n_shop_in_context } of { $n_shop } in the shop; { $lift } times the share

claim-label-promoted = Placed by the shop
# $paid: yes or no.
claim-sentence-promoted = { $paid ->
    [yes] Advertisement: this place was paid for
   *[no] Picked for this place by the shop
}; by score alone it would come { ORDINAL($rank_by_score) }.
claim-fact-promoted = rank { $rank_by_score } by score alone, placed at { $rank_shown } by hand

claim-label-new-arrival = New
claim-sentence-new-arrival = New here: on sale since { $since } ({ $days ->
    [0] today
    [one] { $days } day ago
   *[other] { $days } days ago
}).
claim-fact-new-arrival = since { $since }, { $days ->
    [one] { $days } day
   *[other] { $days } days
} ago

claim-label-varied = For variety
claim-sentence-varied = Placed here for variety: by score alone it would come { ORDINAL($rank_by_score) }.
claim-fact-varied = rank { $rank_by_score } by score alone, shown at { $rank_shown } for variety

claim-label-unknown-shopper = No history used
# $basis: page, nothing or off (profiling is switched off).
claim-sentence-unknown-shopper = { $basis ->
    [page] We know nothing about your taste yet, so this goes by this page alone.
    [off] You switched personal recommendations off, so nothing you did was used.
   *[nothing] We know nothing about your taste yet, so this does not depend on anything you did.
}
claim-fact-unknown-shopper = { $because ->
    [no_history] no history yet
   *[profiling_off] profiling is switched off
}

claim-label-asked-for = What you asked for
claim-sentence-asked-for = { $wish ->
    [less] It is here although you asked for less of “{ $concept }”.
   *[more] You asked for more of “{ $concept }”.
}
claim-fact-asked-for = “{ $concept }”: { $by } of the score

claim-advertisement = Advertisement
claim-unknown = Something else

### What sentences are made of.

# $did: page (the page shows it), purchase, cart, wish, rate or view. $place: first of several, next
# after a first one with the same subject, or apart.
reason-cause = { $did ->
    [page] this page shows { $title }
    [purchase] { $place ->
        [next] bought { $title }
       *[first] you bought { $title }
    }
    [cart] { $place ->
        [next] put into your cart { $title }
       *[first] you put into your cart { $title }
    }
    [wish] { $place ->
        [next] saved { $title }
       *[first] you saved { $title }
    }
    [rate] { $place ->
        [next] rated { $title }
       *[first] you rated { $title }
    }
   *[view] { $place ->
        [next] looked at { $title }
       *[first] you looked at { $title }
    }
}
# A cause that is supposed not to be. $once: only one of several times is meant.
reason-counted-cause = that { reason-cause }{ $once ->
    [yes] {" "}(one of the times)
   *[no] {""}
}
# A term that two texts share.
reason-term = “{ $term }”
# An aspect in the shop's own word.
reason-own-aspect = “{ $aspect }”
reason-reviewers = { $n_reviewers ->
    [one] { $n_reviewers } reviewer who mentions { $aspect }
   *[other] { $n_reviewers } reviewers who mention { $aspect }
}
reason-praise = { $n_positive ->
    [one] { $n_positive } praises it
   *[other] { $n_positive } praise it
}
reason-faults = { $n_negative ->
    [one] { $n_negative } finds fault with it
   *[other] { $n_negative } find fault with it
}
reason-known = { $context ->
    [daypart] local time of purchase
    [weekday] day of purchase
    [season] season of purchase
    [region] region
   *[device] device
}
reason-did = { $context ->
    [region] are from { $region }
   *[other-context] bought it { circumstance-when }
}
circumstance-when = { $value ->
    [night] at night
    [morning] in the morning
    [afternoon] in the afternoon
    [evening] in the evening
    [monday] on a Monday
    [tuesday] on a Tuesday
    [wednesday] on a Wednesday
    [thursday] on a Thursday
    [friday] on a Friday
    [saturday] on a Saturday
    [sunday] on a Sunday
    [spring] in spring
    [summer] in summer
    [autumn] in autumn
    [winter] in winter
    [phone] on a phone
    [tablet] on a tablet
    [desktop] on a computer
   *[region] in { $region }
}
# $decides: the claims decide whether it is here, though they are a small part of the score.
reason-weakness = { $decides ->
    [yes] That is only a small part of its score, but enough to decide whether it is here.
   *[no] That explains only a small part of why it is here.
}
# Between two sentences.
reason-between-sentences = {" "}
fact-pair = { $other }: { $n_both ->
    [one] { $n_both } shopper
   *[other] { $n_both } shoppers
} { $kind ->
   *[bought_together] bought both
    [viewed_then] viewed it first and this later
} { fact-window }; { $n_other } { $kind ->
   *[bought_together] bought
    [viewed_then] viewed
} it, { $n_item } { $kind ->
   *[bought_together] bought
    [viewed_then] viewed
} this; { $lift } times as often as by chance
fact-window = { $window ->
    [days] in the last { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
   *[all_time] so far
}
fact-attribute = { $attribute ->
    [brand] brand
    [category] category
   *[named] { $name }
}
fact-scope = { $scope ->
    [shop] the shop
   *[category] “{ $category }”
}
