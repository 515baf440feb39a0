### 規則のほかに言語モデルに伝える言葉。

prompt-again = 前の回答は採用されませんでした（{ $problem }）。例文にもっと近づけて書き直してください。
prompt-must = （必須）
prompt-may = （任意）
prompt-examples = 例文
prompt-manner = { $length ->
    [short] できるだけ短く、（必須）の事実だけを書いてください。
   *[normal] { $formality ->
        [casual] くだけた調子で書いてください。
        [formal] 改まった調子で書いてください。
       *[friendly] 親しみやすい調子で書いてください。
    }
}
