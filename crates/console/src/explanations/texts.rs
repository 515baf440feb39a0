//! The words of the page of explanations.

use domain::{FeedbackKind, Language};
use presentation::texts;

texts! {
    lead: "对顾客说过的每一条理由，都由逐条核实过的事实组成。这里可以数、可以查、可以重新核实。", "Every reason told to a shopper is made of facts that were verified one by one. Here they are counted, found again, and verified again.";
    none_yet: "还没有送出过推荐，所以没有理由可数。打开店铺页面或调用 /v1/recommendations。", "No recommendation was delivered yet, so there is no reason to count. Open the shop window or call /v1/recommendations.";
    n_answers: "送出的列表", "Lists delivered";
    n_unreadable: "无法读取的记录（candor audit 会列出）", "Records that cannot be read (`candor audit` names them)";
    n_reasons: "理由", "Reasons";
    with_reason: "有理由的商品", "Items with a reason";
    n_claims: "事实", "Claims";
    verified: "送出时已核实", "Verified when delivered";
    worded: "由语言模型措辞", "Worded by a language model";
    kinds: "各类事实的数量", "Claims by kind";
    kind: "类别", "kind";
    languages: "各语言的事实数量", "Claims by language";
    language: "语言", "language";
    in_language: "语言", "Language";
    feedback: "顾客对理由的反应", "What was said and done about reasons";
    said: "反应", "what";
    no_feedback: "还没有人对理由作出反应。", "Nobody has said anything of a reason yet.";
    counted: "数量，多的在前。", "How many, most first.";
    number: "数量", "number";
    words: "语言模型", "Language model";
    no_words: "没有使用语言模型：理由全部由语法生成。要使用，请设置 language.llm。", "No language model is used: every reason is in the grammar’s words. To use one, set language.llm.";
    breaker: "断路器", "Breaker";
    closed: "闭合（正常提问）", "closed (it is asked)";
    open: "断开（暂不提问）", "open (it is left alone)";
    trying: "试探中", "being tried";
    fallback: "退回语法的比例", "Fell back to the grammar";
    accepted: "通过的措辞", "Wordings accepted";
    refused: "未通过的措辞", "Wordings refused";
    today: "今日提问", "Asked today";
    tree: "简化的决策树", "The simplified tree";
    tree_lead: "整个模型的一个简化近似。只有与模型足够一致时才展示。", "A simple stand-in for the whole model, shown only where it agrees with it well enough.";
    tree_make: "计算决策树（需要几秒）", "Work out the tree (takes some seconds)";
    tree_no_model: "还没有训练过模型。", "Nothing was trained yet.";
    tree_hidden: "不展示：这棵树与模型的前十件重合不够。重合", "Not shown: too little of the model’s first ten is in the tree’s. It shares";
    tree_none: "不展示：顾客太少，无法衡量这棵树与模型是否一致。", "Not shown: there are too few shoppers to tell whether a tree agrees with the model.";
    tree_least: "，至少需要", ", and must share at least";
    tree_fidelity: "与模型的前十件重合", "Shares of the model’s first ten";
    tree_text: "用文字表示", "in words";
    search: "查找送出的理由", "Find a delivered reason";
    search_label: "请求、商品或顾客的编号（留空为最近的）", "Id of a request, an item or a shopper (empty for the newest)";
    search_go: "查找", "Find";
    nothing_yet: "还没有送出过理由。", "No reason was delivered yet.";
    as_of: "所依据的数据截至", "Made of data up to";
    made_of: "得分由各信号构成", "What the score is made of";
    nothing_found: "没有找到这样的理由。", "No such reason was delivered.";
    when: "日期", "Date";
    request: "请求", "Request";
    goods: "商品", "Item";
    rank: "位置", "Place";
    strength: "说明了", "Explains";
    look: "查看与核实", "Look and verify";
    zh: "中文", "Chinese";
    en: "英文", "English";
    exposed: "进入视野", "came into view";
    opened: "打开理由", "opened";
    helpful: "有帮助", "helpful";
    wrong: "不对", "wrong";
    unclear: "看不懂", "unclear";
    dont_use: "不要用这些", "don’t use this";
    follow_up: "追问", "asked back";
    opted_out: "关闭个性化", "switched profiling off";
    delivered: "送出的列表", "A delivered list";
    verify: "重新核实", "Verify again";
    verify_lead: "从原始记录重新计算每一条事实。", "Recomputes every claim from the raw log.";
    all_hold: "全部成立：每一条事实重新计算后都一样。", "Everything holds: each claim recomputes to the same.";
    not_all_hold: "并非全部成立：", "Not everything holds:";
    after_erasure: "有人被删除之后，计数可能变小；这些事实既不算错，也不算核实。", "Somebody was erased since, so counts may be lower: such claims are neither false nor verified.";
    now: "现在", "now";
    then: "当时", "then";
    model: "模型", "Model";
    variant: "变体", "Variant";
    no_reason: "没有理由。", "No reason.";
    back: "返回", "Back";
}

impl Texts {
    /// A language in words.
    pub(super) fn language(&self, lang: Language) -> &'static str {
        match lang {
            Language::Zh => self.zh,
            Language::En => self.en,
        }
    }

    /// What was said or done about a reason, in words.
    pub(super) fn feedback_kind(&self, kind: FeedbackKind) -> &'static str {
        match kind {
            FeedbackKind::Exposed => self.exposed,
            FeedbackKind::Opened => self.opened,
            FeedbackKind::Helpful => self.helpful,
            FeedbackKind::Wrong => self.wrong,
            FeedbackKind::Unclear => self.unclear,
            FeedbackKind::DontUse => self.dont_use,
            FeedbackKind::FollowUp => self.follow_up,
            FeedbackKind::OptedOut => self.opted_out,
        }
    }
}
