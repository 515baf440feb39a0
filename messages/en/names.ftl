### Names of signals, fields and attributes.

# Of each signal: what it looks at, within a sentence (words); its name, within a sentence and as a
# label; and its meaning.

signal-words-transition = what shoppers go on to
signal-name-transition = what comes next
signal-label-transition = What comes next
signal-meaning-transition = What comes next: what other shoppers go on to after the items you viewed or bought

signal-words-text = what reads alike
signal-name-text = reads alike
signal-label-text = Reads alike
signal-meaning-text = Reads alike: how close title, brand, category and description are to items you viewed or bought

signal-words-sequence = the order of what you did
signal-name-sequence = sequence
signal-label-sequence = Sequence
signal-meaning-sequence = Sequence: what a Transformer, which has learned from the order in which shoppers act, expects after the items you viewed or bought

signal-words-popularity = what many buy
signal-name-popularity = popularity
signal-label-popularity = Popularity
signal-meaning-popularity = Popularity: how many shoppers bought it lately; it has nothing to do with you

signal-words-context = the situation
signal-name-context = situation
signal-label-context = Situation
signal-meaning-context = Situation: what is bought more than usual at this time, season, region or device; it has nothing to do with your history

signal-words-stated = what you asked for
signal-name-stated = what was asked for
signal-label-stated = What you asked for
signal-meaning-stated = What you asked for: what you said you want more or less of; it moves your list alone

field-name = { $field ->
    [title] title
    [brand] brand
    [category] category
    [description] description
   *[named] { $name }
}
# A common attribute, by the name that shops write in their files ($attribute, with - for spaces);
# any other keeps the shop's name.
attribute-name = { $attribute ->
   *[unknown] { $name }
}
