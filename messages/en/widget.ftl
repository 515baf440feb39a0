### The sample page of the widget.

widget-tag = en
widget-short-tag = en
widget-other = 中文
widget-other-tag = zh
widget-name = The widget
widget-lead = For a page of any shop: one script, one element.
widget-shopper = Shopper
widget-visitor = a new visitor
widget-language = Language
widget-events = Its events
widget-docs = API
widget-no-script = The widget is a script, and this browser runs none. The shop’s own pages need no script and show the same recommendations and reasons:
widget-window = the shop window

# In the widget itself.
widget-in-page-heading = Recommended for you
widget-in-page-why = Why?
widget-in-page-close = Close
widget-in-page-facts = Verified facts
widget-in-page-helpful = Helpful
widget-in-page-unclear = Unclear
widget-in-page-wrong = Wrong
widget-in-page-dont-use = Don’t use this
widget-in-page-thanks = Noted, thank you.
widget-in-page-failed = Nothing can be recommended right now.
widget-in-page-nothing = There is nothing to recommend.
widget-in-page-simulated = Simulated data
widget-in-page-made-of = What the score is made of
widget-in-page-ai = Worded by a language model
widget-in-page-sold-out = Sold out
widget-in-page-no-price = Price not given
