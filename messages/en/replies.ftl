### What is said in a conversation beside verified facts: what was put right, what can be done, and
### what cannot be answered.

reply-cannot = I cannot answer that from what I know.
reply-not-understood = I did not understand that, or could not tell which item is meant.
# In a language in which there are no examples of questions.
reply-not-read = Questions typed in this language are not understood yet; please use what is offered below.
reply-no-change = Nothing of that is in the history that is used, so there is nothing to change: the list stays as it is.
reply-most-of-tastes = The { $told } weightiest tastes; { $more } more are on “What you know about me” (/me).
reply-how-it-works = Items are ranked by a score that is a weighted sum of signals, and then placed with some variety. The weights of the model in use: { JOIN($weights, by: ", ") }. More on “How this shop recommends” (/transparency).
reply-weight = { $signal } { $weight }
reply-given-to-others = Whether anybody else is given your data, I cannot answer from what I know.
reply-my-data = Kept here are { reply-kept }, with your preferences, corrections, feedback and questionnaires. On “What you know about me” (/me) all of it can be read, taken away or erased; how recommending uses it is told on “How this shop recommends” (/transparency).
reply-kept = { $events ->
    [one] { $events } event
   *[other] { $events } events
} of yours, { $reviews ->
    [one] { $reviews } review
   *[other] { $reviews } reviews
} and { $answers ->
    [one] { $answers } answer
   *[other] { $answers } answers
} you were given
reply-nothing-kept = Nothing is kept about you.
reply-nobody = To keep that for you, I have to know who you are.
reply-nothing-to-undo = There is no correction to take back.
reply-asks-to-stop = With profiling off, neither what you are shown, nor answers, nor training use your history or what you put right. It can be taken back at any time. Shall it be switched off?
reply-asks-to-forget = This would be erased for good: { reply-kept }, with your preferences, corrections, feedback and questionnaires; models are fitted again without you. It cannot be taken back. Shall it be done? You can also begin anew or switch personalisation off; both can be taken back.
reply-forgotten = Erased for good: { $events ->
    [one] { $events } event
   *[other] { $events } events
}, { $reviews ->
    [one] { $reviews } review
   *[other] { $reviews } reviews
} and { $answers ->
    [one] { $answers } answer
   *[other] { $answers } answers
}, and all else about you. It cannot be taken back.
reply-undo = Undo

put-right-taken-back = Taken back: { $correction } Your list is as it was.
put-right-wrong-reason = That reason is not given for { $item } again, and what it rested on is not used.
put-right-gift = { $item } counts as meant for somebody else: what you did with it so far is not used.
put-right-not-interested = { $item } is not recommended to you any more.
put-right-more = From now on more of “{ $concept }”.
put-right-less = From now on less of “{ $concept }”.
put-right-tags = Your tastes are set to { $tastes }.
put-right-stop-profiling = Personalisation is off: nothing of your history or of what you put right is used.
put-right-unused-concept = From now on nothing you do with “{ $concept }” is used.
put-right-unused-part = That part of your history is not used any more.
put-right-unused-events = What you did there with { $items } is not used any more.
put-right-unused-item = What you did so far with { $item } is not used any more.
put-right-unused-everything = Begun anew: nothing done or said so far is used.
# $within: category where the item has one, else shop. $priced: whether a price is known.
put-right-cheaper = From now on{ $within ->
    [category] , in “{ $category }”,
   *[shop] {""}
} only what costs less than { $item }{ $priced ->
    [yes] {" "}({ $price })
   *[no] {""}
}.
put-right-other-brand = From now on{ $within ->
    [category] , in “{ $category }”,
   *[shop] {""}
} nothing of the brand “{ $brand }”.
put-right-list-same = Your list stays the same for now.
put-right-order-changed = The order of your list has changed.
put-right-left = { $n ->
    [one] { $n } item
   *[other] { $n } items
} left your list: { JOIN($items, by: ", ") }{ $more ->
    [0] {""}
   *[other] , and { $more } more
}.
put-right-still-named = { $n ->
    [0] Nothing in your list names it now; it may still come up.
    [one] { $n } item in your list still names it.
   *[other] { $n } items in your list still name it.
}

suggest-why = Why the first one?
suggest-price = How much does the first one cost?
suggest-reviews = What do reviews say about the first one?
suggest-compare = Compare the first two
suggest-without-last-purchase = What would you recommend without my last purchase?
suggest-what-you-know = What data do you have about me?
suggest-how-it-works = How do you make recommendations?
suggest-less = Show me less of { $concept }

action-not-interested = Not interested
action-wrong-reason = This reason is wrong
action-do-not-use = Do not use it from now on
action-begin-anew = Begin anew
action-stop-profiling = Switch personalisation off
action-show-list = Show that list
action-yes-stop = Yes, switch it off
action-yes-forget = Yes, erase me for good
