//! Every word of the page, in both languages, each written for its readers.

use domain::{EventKind, Facts, Language, Method, Strength, Verdict};

/// The fixed texts of one language.
pub(super) struct Texts {
    lang: Language,
    /// For the `lang` attribute.
    pub(super) tag: &'static str,
    pub(super) heading: &'static str,
    pub(super) lead: &'static str,
    pub(super) simulated: &'static str,
    pub(super) open: &'static str,
    pub(super) locked: &'static str,
    pub(super) choose: &'static str,
    pub(super) visitor: &'static str,
    pub(super) type_id: &'static str,
    pub(super) show: &'static str,
    /// The other language's name in that language, and its tag.
    pub(super) other: &'static str,
    pub(super) other_tag: &'static str,
    pub(super) history: &'static str,
    pub(super) no_history: &'static str,
    pub(super) not_profiled: &'static str,
    pub(super) recommended: &'static str,
    pub(super) nothing: &'static str,
    pub(super) why: &'static str,
    pub(super) no_reason: &'static str,
    pub(super) facts: &'static str,
    pub(super) strength: &'static str,
    pub(super) found_by: &'static str,
    pub(super) made_of: &'static str,
    pub(super) bar: &'static str,
    pub(super) proof: &'static str,
    pub(super) model: &'static str,
    pub(super) how: &'static str,
    pub(super) docs: &'static str,
    pub(super) cannot_show: &'static str,
}

static ZH: Texts = Texts {
    lang: Language::Zh,
    tag: "zh-CN",
    heading: "为您推荐，也告诉您为什么",
    lead: "选一位顾客，看看给这位顾客推荐了什么、理由是什么。理由里的每个事实都经过重新核算。",
    simulated: "本店为模拟数据：商品、顾客和评价均由程序生成，并非真实人物。",
    open: "未设置密钥：本机上的任何人都可以使用此服务的全部功能。",
    locked: "此服务已设置密钥，因此本页不展示任何顾客。请用密钥调用接口。",
    choose: "顾客",
    visitor: "新访客",
    type_id: "或输入顾客编号",
    show: "查看",
    other: "English",
    other_tag: "en",
    history: "最近的历史",
    no_history: "还没有历史。",
    not_profiled: "以下推荐没有使用任何个人历史。",
    recommended: "推荐商品",
    nothing: "没有可以推荐的商品。",
    why: "为什么？",
    no_reason: "没有可以核实的理由。",
    facts: "核实过的事实",
    strength: "解释力",
    found_by: "依据",
    made_of: "得分构成",
    bar: "各信号在得分中的占比",
    proof: "查看全部证明并重新核验（JSON）",
    model: "模型",
    how: "本店如何推荐",
    docs: "接口文档",
    cannot_show: "暂时无法展示：",
};

static EN: Texts = Texts {
    lang: Language::En,
    tag: "en",
    heading: "Recommended, and why",
    lead: "Choose a shopper to see what is recommended to them and for which reasons. Every fact in a reason has been recomputed.",
    simulated: "Simulated data: items, shoppers and reviews were made by a program and are not real people.",
    open: "No key is set: whoever is on this machine may do everything.",
    locked: "This server has keys, so this page shows no shopper. Call the API with a key instead.",
    choose: "Shopper",
    visitor: "A new visitor",
    type_id: "or type a shopper’s id",
    show: "Show",
    other: "中文",
    other_tag: "zh",
    history: "Recent history",
    no_history: "Nothing yet.",
    not_profiled: "Nothing of anybody’s history was used for these.",
    recommended: "Recommended",
    nothing: "There is nothing to recommend.",
    why: "Why?",
    no_reason: "No reason could be verified.",
    facts: "Verified facts",
    strength: "Explains",
    found_by: "Found by",
    made_of: "What the score is made of",
    bar: "Share of each signal in the score",
    proof: "All proofs, verified again (JSON)",
    model: "Model",
    how: "How this shop recommends",
    docs: "API",
    cannot_show: "Nothing to show: ",
};

impl Texts {
    pub(super) fn of(lang: Language) -> &'static Self {
        match lang {
            Language::Zh => &ZH,
            Language::En => &EN,
        }
    }

    fn pick(&self, zh: &'static str, en: &'static str) -> &'static str {
        match self.lang {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    /// A title between quotation marks.
    pub(super) fn quote(&self, title: &str) -> String {
        format!("“{title}”")
    }

    pub(super) fn did(&self, kind: EventKind) -> &'static str {
        match kind {
            EventKind::View => self.pick("浏览", "viewed"),
            EventKind::Click => self.pick("点击", "clicked"),
            EventKind::Cart => self.pick("加购", "in cart"),
            EventKind::Uncart => self.pick("移出购物车", "out of cart"),
            EventKind::Wish => self.pick("收藏", "saved"),
            EventKind::Purchase => self.pick("购买", "bought"),
            EventKind::Refund => self.pick("退货", "returned"),
            EventKind::Rate => self.pick("评分", "rated"),
            EventKind::Dismiss => self.pick("不感兴趣", "dismissed"),
            EventKind::Exposure => self.pick("看到", "was shown"),
        }
    }

    pub(super) fn strength(&self, strength: Strength) -> &'static str {
        match strength {
            Strength::Weak => self.pick("小部分得分", "a small part of the score"),
            Strength::Moderate => self.pick("相当一部分得分", "a fair part of the score"),
            Strength::Strong => self.pick("大部分得分", "most of the score"),
        }
    }

    pub(super) fn method(&self, method: Method) -> &'static str {
        match method {
            Method::Rule => self.pick("商品信息与计数", "catalogue and counts"),
            Method::Association => self.pick("顾客的共同行为", "what shoppers do together"),
            Method::Counterfactual => {
                self.pick("去掉部分历史后重新计算", "scoring again without part of the history")
            }
            Method::Surrogate => self.pick("更简单的近似模型", "a simpler model of the score"),
            Method::Llm => self.pick("语言模型措辞", "worded by a language model"),
        }
    }

    pub(super) fn verdict(&self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::Verified => self.pick("已核实", "verified"),
            Verdict::Refuted => self.pick("不成立", "refuted"),
            Verdict::Unsupported => self.pick("证据不足", "unsupported"),
        }
    }

    pub(super) fn claim(&self, facts: &Facts) -> &'static str {
        match facts {
            Facts::Contributed { .. } => self.pick("历史的贡献", "From the history"),
            Facts::Flips { .. } => self.pick("没有它会怎样", "What if not"),
            Facts::BoughtTogether(_) => self.pick("一起购买", "Bought together"),
            Facts::ViewedThen(_) => self.pick("先后浏览", "Viewed one after the other"),
            Facts::SharesAttribute { .. } => self.pick("相同属性", "Something in common"),
            Facts::SimilarText { .. } => self.pick("内容相近", "Reads alike"),
            Facts::Popular { .. } => self.pick("热销", "Popular"),
            Facts::PriceFit { .. } => self.pick("价格合适", "Usual price"),
            Facts::Rated { .. } => self.pick("评分", "Ratings"),
            Facts::ReviewersSay(_) => self.pick("评价提到", "Reviewers say"),
            Facts::Discounted { .. } => self.pick("降价", "Reduced"),
            Facts::InContext { .. } => self.pick("当下情境", "In this situation"),
            Facts::Promoted { paid: true, .. } => self.pick("广告", "Advertisement"),
            Facts::Promoted { paid: false, .. } => self.pick("店铺置顶", "Placed by the shop"),
            Facts::NewArrival { .. } => self.pick("新品", "New"),
            Facts::Varied { .. } => self.pick("多样性", "For variety"),
            Facts::UnknownShopper { .. } => self.pick("未使用历史", "No history used"),
            Facts::AskedFor { .. } => self.pick("您的要求", "What you asked for"),
            Facts::Barred { .. } => self.pick("为何不展示", "Why it is not shown"),
            Facts::Outranked { .. } => self.pick("排名靠后", "Others come first"),
            Facts::WouldBe { .. } => self.pick("如果改变", "What if"),
            Facts::Above { .. } => self.pick("谁在前面", "Which comes first"),
            Facts::Priced { .. } => self.pick("价格", "Price"),
            Facts::Stocked { .. } => self.pick("库存", "Stock"),
            Facts::Described { .. } => self.pick("目录信息", "From the catalogue"),
            Facts::Mentions { .. } => self.pick("目录提到", "The catalogue says"),
            Facts::CostsLess { .. } => self.pick("价格比较", "Prices compared"),
            Facts::Taste { .. } => self.pick("兴趣", "A taste"),
        }
    }
}
