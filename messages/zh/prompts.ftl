### 除规则（`crates/language/data/zh/rules.txt`）以外对语言模型说的话。

prompt-again = 上一次的回答未被采用（{ $problem }）。请更贴近例句重写。
prompt-must = （必须）
prompt-may = （可选）
prompt-examples = 例句
prompt-manner = { $length ->
    [short] 尽量简短，只说必须的事实。
   *[normal] { $formality ->
        [casual] 语气随和。
        [formal] 语气庄重。
       *[friendly] 语气亲切。
    }
}
