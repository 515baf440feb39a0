### The public page on how the shop recommends.

transparency-page-tag = en
transparency-page-other = 中文
transparency-page-other-tag = zh
transparency-page-title = How this shop recommends
transparency-page-simulated = Simulated data: every number here comes from shoppers made by a program, not from real people.
transparency-page-window = Back to the shop
transparency-lead = Made from the settings and the model in use, and open to everybody.
transparency-principles = What holds for every list
transparency-signals = What the score is made of
transparency-signal = Signal
transparency-meaning = Meaning
transparency-weight = Weight
transparency-weights = What each signal weighs
transparency-weights-about = Learned on held-out events; a signal that did not help has none.
transparency-weights-starting = Starting values: too few events could be held out to learn any.
transparency-no-model = Nothing was trained yet, so there are no weights.
transparency-behaviour = What each thing you do counts
transparency-what = What you do
transparency-thresholds = How much evidence a reason needs
transparency-steps = Steps of a history that are looked at
transparency-min-buyers = Shoppers needed to say that things are bought together
transparency-strong = Share of the score that makes a reason strong
transparency-moderate = Share of the score that makes it moderate
transparency-sensitive = Sensitive categories that no reason names
transparency-model = Model in use
transparency-machine = The same for programs

transparency-sum = The score is a weighted sum of the signals below, and of what you asked for more or less of; nothing else enters it.
transparency-recomputed = Every fact in a reason is recomputed before it is sent, and can be verified later.
transparency-prices = Prices are never personalised.
transparency-profiling-off = Once you switch profiling off, nothing is computed from your history.
transparency-variety = In placing a list the score counts { $score }, and being unlike what stands above { $variety }, so that a list is not all of one sort; an item that this moved says so.
transparency-category-share = No narrowest category takes more than { $most } of a list.
transparency-placed-by-hand = The shop may place items by hand, also for payment; each says that it was placed, or that it is an advertisement. The settings place { $n } now, { $n_paid } of them paid for.
transparency-experiments = In force now are { $n } experiments, or settings that came of one: for some shoppers, or for all, they change how items are ranked or reasons are put.
