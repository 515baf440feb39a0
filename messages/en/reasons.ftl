### Sentences that state one claim each. Everything in a placeable is a fact of the claim.

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
# $basis: record, records, or the sort of the item on the page (book, work, thing).
reason-contributed = Because { $causes }: { $n_causes ->
    [one] that is
   *[other] they make up
} { $share } of its score; without { $n_causes ->
    [one] it
   *[other] them
} this would rank { ORDINAL($without) } instead of { ORDINAL($with) }.
reason-flips = If we did not count { $causes }, { $instead } would be here instead.
reason-bought-together = { $n_both } shoppers bought both this and { $other }, { $lift } times as many as chance would bring.
reason-viewed-then = { $n_both } of the { $n_other } shoppers who looked at { $other } looked at this one afterwards.
# $extent: last (of one item), all or some.
reason-shares-attribute = { $attribute ->
    [brand] It is by { $value }
    [category] It is from { $value }
   *[named] Its { $name } is { $value }
}, { $extent ->
    [last] like the last item you were interested in
    [all] like all of your last { $n_recent } items
   *[some] like { $n_matching } of your last { $n_recent } items
}.
reason-similar-text = It reads much like { $other }: both mention { $terms }.
# A term that two texts share.
reason-term = “{ $term }”
reason-popular-so-far = It is the { $rank ->
    [1] most bought
   *[other] { ORDINAL($rank) } most bought
} { $scope ->
    [shop] in the shop
   *[category] in { $category }
}: { $buyers ->
    [one] { $buyers } shopper
   *[other] { $buyers } shoppers
} so far.
reason-popular-lately = It is the { $rank ->
    [1] most bought
   *[other] { ORDINAL($rank) } most bought
} { $scope ->
    [shop] in the shop
   *[category] in { $category }
} in the last { $days } days: { $buyers ->
    [one] { $buyers } shopper
   *[other] { $buyers } shoppers
}.
reason-price-fit = At { $price } it is within what you usually pay in { $category } ({ $lower } to { $upper }).
reason-rated = Shoppers rate it { $mean } out of 5 ({ $n ->
    [one] { $n } rating
   *[other] { $n } ratings
}).
# An aspect in the shop's own word.
reason-own-aspect = “{ $aspect }”
# $sides: all (everybody praises), praise, both, faults (nobody praises) or faults-first.
reason-reviewers-say = { $sides ->
    [all] All { reason-reviewers } praise it.
    [praise] Of the { reason-reviewers }, { reason-praise }.
    [both] Of the { reason-reviewers }, { reason-praise } and { reason-faults }.
    [faults] A word of caution: of the { reason-reviewers }, { reason-faults }.
   *[faults-first] A word of caution: of the { reason-reviewers }, { reason-faults } and { reason-praise }.
}
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
reason-discounted = Now { $price }, reduced on { $since }; the lowest price in the { $days ->
    [one] { $days } day
   *[other] { $days } days
} before was { $former }.
# $context: daypart, weekday, season, region or device. $value: night … evening, monday … sunday,
# spring … winter, phone, tablet, desktop, or region, which $region then names.
reason-in-context = Of the { $n_item ->
    [one] { $n_item } buyer
   *[other] { $n_item } buyers
} whose { reason-known } is known, { $n_in_context } { reason-did }: { $lift } times the share in the whole shop.
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
# $by: paid or shop.
reason-promoted = { $by ->
    [paid] Advertisement: this place was paid for
   *[shop] Picked for this place by the shop
}; by score alone it would come { ORDINAL($rank) }.
reason-new-arrival = New here: on sale since { $since } ({ $days ->
    [0] today
    [one] { $days } day ago
   *[other] { $days } days ago
}).
reason-varied = Placed here for variety: by score alone it would come { ORDINAL($rank) }.
# $basis: page, nothing or off (profiling is switched off).
reason-unknown-shopper = { $basis ->
    [page] We know nothing about your taste yet, so this goes by this page alone.
    [off] You switched personal recommendations off, so nothing you did was used.
   *[nothing] We know nothing about your taste yet, so this does not depend on anything you did.
}
# $decides: the claims decide whether it is here, though they are a small part of the score.
reason-weakness = { $decides ->
    [yes] That is only a small part of its score, but enough to decide whether it is here.
   *[no] That explains only a small part of why it is here.
}
# Between two sentences.
reason-between-sentences = {" "}
