### What a language model is asked beside the rules (`crates/language/data/en/rules.txt`).

prompt-again = The last answer was not accepted ({ $problem }). Write it again, closer to the examples.
prompt-must = (must)
prompt-may = (may)
prompt-examples = examples
prompt-manner = { $length ->
    [short] Be as brief as you can: only the facts marked (must).
   *[normal] { $formality ->
        [casual] Sound relaxed.
        [formal] Sound reserved.
       *[friendly] Sound friendly.
    }
}
