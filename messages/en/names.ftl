### Names of signals, fields and attributes.

# What a signal looks at. $name is the signal's own, for one that has no words here.
signal-words = { $signal ->
    [transition] what shoppers go on to
    [text] what reads alike
    [sequence] the order of what you did
    [popularity] what many buy
    [context] the situation
    [stated] what you asked for
   *[unknown] { $name }
}
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
