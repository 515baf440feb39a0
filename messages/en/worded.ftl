### Facts for drafts by a language model. A fact is written with as much around it as keeps it true
### wherever it stands: “3 of your last 10 items”, not 3 and 10.

worded-share = { $share } of its score
worded-drop = it would rank { ORDINAL($without) } instead of { ORDINAL($with) }
worded-shoppers = { $n ->
    [one] { $n } shopper
   *[other] { $n } shoppers
}
worded-lift = { $lift } times as many as chance would bring
worded-viewers = { $n }
worded-of-viewers = the { $n_other ->
    [one] { $n_other } shopper
   *[other] { $n_other } shoppers
} who looked at { $other }
worded-like = { $extent ->
    [last] the last item you were interested in
    [all] all of your last { $n_recent } items
   *[some] { $n_matching } of your last { $n_recent } items
}
worded-span = { $window ->
    [lately] in the last { $days } days
   *[so-far] so far
}
worded-rank = { $rank ->
    [1] most bought
   *[other] { ORDINAL($rank) } most bought
}
worded-scope = { $scope ->
    [shop] in the shop
   *[category] in { $category }
}
worded-range = { $lower } to { $upper }
worded-mean = { $mean } out of 5
worded-ratings = { $n ->
    [one] { $n } rating
   *[other] { $n } ratings
}
worded-former = { $former }, the lowest price in the { $days ->
    [one] { $days } day
   *[other] { $days } days
} before
worded-buyers = { $n ->
    [one] { $n } buyer
   *[other] { $n } buyers
} whose { reason-known } is known
worded-part = { $n } { reason-did }
worded-share-lift = { $lift } times the share in the whole shop
worded-notice = { $by ->
    [paid] Advertisement: this place was paid for
   *[shop] Picked for this place by the shop
}
worded-place = it would come { ORDINAL($rank) }
worded-ago = { $days ->
    [0] today
    [one] { $days } day ago
   *[other] { $days } days ago
}
worded-reviewers = { $n ->
    [one] { $n } reviewer
   *[other] { $n } reviewers
}
worded-praise = { $sides ->
    [all] all praise it
   *[some] { $n ->
        [one] { $n } praises it
       *[other] { $n } praise it
    }
}
worded-faults = { $n ->
    [one] { $n } finds fault with it
   *[other] { $n } find fault with it
}
worded-state = { $basis ->
    [off] you switched personal recommendations off
   *[unknown] we know nothing about your taste yet
}
worded-basis = { $basis ->
    [page] this goes by this page alone
    [off] nothing you did was used
   *[nothing] this does not depend on anything you did
}
worded-causes = { $causes }
