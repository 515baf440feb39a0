### Labels beside an answer: kinds of claims, signals, strengths, methods, situations.

label-did-view = viewed
label-did-click = clicked
label-did-cart = in cart
label-did-uncart = out of cart
label-did-wish = saved
label-did-purchase = bought
label-did-refund = returned
label-did-rate = rated
label-did-dismiss = dismissed
label-did-exposure = was shown
label-strength-weak = a small part of the score
label-strength-moderate = a fair part of the score
label-strength-strong = most of the score
label-method-rule = catalogue and counts
label-method-association = what shoppers do together
label-method-counterfactual = scoring again without part of the history
label-method-surrogate = a simpler model of the score
label-method-llm = worded by a language model
label-verdict-verified = verified
label-verdict-refuted = refuted
label-verdict-unsupported = unsupported
label-claim-contributed = From the history
label-claim-flips = What if not
label-claim-bought-together = Bought together
label-claim-viewed-then = Viewed one after the other
label-claim-shares-attribute = Something in common
label-claim-similar-text = Reads alike
label-claim-popular = Popular
label-claim-price-fit = Usual price
label-claim-rated = Ratings
label-claim-reviewers-say = Reviewers say
label-claim-discounted = Reduced
label-claim-in-context = In this situation
label-claim-new-arrival = New
label-claim-varied = For variety
label-claim-unknown-shopper = No history used
label-claim-asked-for = What you asked for
label-claim-barred = Why it is not shown
label-claim-outranked = Others come first
label-claim-would-be = What if
label-claim-above = Which comes first
label-claim-priced = Price
label-claim-stocked = Stock
label-claim-described = From the catalogue
label-claim-mentions = The catalogue says
label-claim-costs-less = Prices compared
label-claim-taste = A taste
label-claim-promoted = Placed by the shop
label-claim-unknown = Something else
label-claim-advertisement = Advertisement
signal-meaning-transition = What comes next: what other shoppers go on to after the items you viewed or bought
signal-meaning-text = Reads alike: how close title, brand, category and description are to items you viewed or bought
signal-meaning-sequence = Sequence: what a Transformer, which has learned from the order in which shoppers act, expects after the items you viewed or bought
signal-meaning-context = Situation: what is bought more than usual at this time, season, region or device; it has nothing to do with your history
signal-meaning-stated = What you asked for: what you said you want more or less of; it moves your list alone
signal-meaning-popularity = Popularity: how many shoppers bought it lately; it has nothing to do with you
signal-label-transition = What comes next
signal-label-text = Reads alike
signal-label-sequence = Sequence
signal-label-context = Situation
signal-label-stated = What you asked for
signal-label-popularity = Popularity
circumstance-night = night
circumstance-morning = morning
circumstance-afternoon = afternoon
circumstance-evening = evening
circumstance-spring = spring
circumstance-summer = summer
circumstance-autumn = autumn
circumstance-winter = winter
circumstance-phone = phone
circumstance-tablet = tablet
circumstance-desktop = computer
circumstance-monday = Monday
circumstance-tuesday = Tuesday
circumstance-wednesday = Wednesday
circumstance-thursday = Thursday
circumstance-friday = Friday
circumstance-saturday = Saturday
circumstance-sunday = Sunday
attribution-same-rank = still rank { $rank } by score
attribution-other-rank = rank { $without } by score instead of { $with }

### Facts of claims, beside their sentences.

fact-contributed = { $share } of the score from { $items }; rank { $with } with, { $without } without
fact-flips = without { $items } not among the { $k }; { $instead } instead
fact-pair = { $other }: { $both ->
    [one] { $both } shopper
   *[other] { $both } shoppers
} { $did ->
   *[bought] bought both
    [viewed] viewed it first and this later
} { $window }; { $n_other } { $did ->
   *[bought] bought
    [viewed] viewed
} it, { $n_item } { $did ->
   *[bought] bought
    [viewed] viewed
} this; { $lift } times as often as by chance
fact-window-all-time = so far
fact-window-days = in the last { $days ->
    [one] { $days } day
   *[other] { $days } days
}
fact-brand = brand
fact-category = category
fact-shares-attribute = { $name } “{ $value }”: the same in { $matching } of the last { $recent } items
fact-similar-text = similarity { $similarity } to { $other }; shared words: { $terms }
fact-the-shop = the shop
fact-in-category = “{ $category }”
fact-popular = rank { $rank } in { $scope }; { $buyers ->
    [one] { $buyers } buyer
   *[other] { $buyers } buyers
} { $window }
fact-price-fit = costs { $price }; { $prices ->
    [one] { $prices } price
   *[other] { $prices } prices
} of yours in “{ $category }”: median { $median }, mostly { $lower } to { $upper }
fact-rated = { $mean } of 5 stars on average, { $n ->
    [one] { $n } rating
   *[other] { $n } ratings
}
fact-reviewers-say = “{ $aspect }”: { $reviewers ->
    [one] { $reviewers } reviewer
   *[other] { $reviewers } reviewers
}, { $positive } praising, { $negative } finding fault
fact-discounted = { $price } since { $since }; lowest in the { $days ->
    [one] { $days } day
   *[other] { $days } days
} before: { $former }
fact-in-context = { $name }: { $in_context } of its { $item ->
    [one] { $item } buyer
   *[other] { $item } buyers
}, { $shop_in_context } of { $shop } in the shop; { $lift } times the share
fact-promoted = rank { $by_score } by score alone, placed at { $shown } by hand
fact-new-arrival = since { $since }, { $days ->
    [one] { $days } day
   *[other] { $days } days
} ago
fact-varied = rank { $by_score } by score alone, shown at { $shown } for variety
fact-no-history = no history yet
fact-profiling-off = profiling is switched off
fact-asked-for = “{ $concept }”: { $by } of the score
