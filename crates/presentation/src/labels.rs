//! Names of kinds, strengths, methods and verdicts, in both languages, each written for its
//! readers.

use claims::{Facts, Method, Strength, Verdict};
use domain::{EventKind, Language};

/// The names in one language.
#[derive(Debug, Clone, Copy)]
pub struct Labels(
    /// The language.
    pub Language,
);

impl Labels {
    fn pick(self, zh: &'static str, en: &'static str) -> &'static str {
        match self.0 {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    /// The name of an attribute of an item; the shop's own name where no other is known.
    #[must_use]
    pub fn attribute(self, name: &str) -> &str {
        match self.0 {
            Language::Zh => app::attribute_name_zh(name).unwrap_or(name),
            Language::En => name,
        }
    }

    /// The name of a kind of event.
    #[must_use]
    pub fn did(self, kind: EventKind) -> &'static str {
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

    /// How much a reason explains.
    #[must_use]
    pub fn strength(self, strength: Strength) -> &'static str {
        match strength {
            Strength::Weak => self.pick("小部分得分", "a small part of the score"),
            Strength::Moderate => self.pick("相当一部分得分", "a fair part of the score"),
            Strength::Strong => self.pick("大部分得分", "most of the score"),
        }
    }

    /// How a reason was found.
    #[must_use]
    pub fn method(self, method: Method) -> &'static str {
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

    /// The name of a verdict.
    #[must_use]
    pub fn verdict(self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::Verified => self.pick("已核实", "verified"),
            Verdict::Refuted => self.pick("不成立", "refuted"),
            Verdict::Unsupported => self.pick("证据不足", "unsupported"),
        }
    }

    /// The name of a claim's kind; an advertisement has its own.
    #[must_use]
    pub fn claim(self, facts: &Facts) -> &'static str {
        match facts {
            Facts::Promoted { paid: true, .. } => self.pick("广告", "Advertisement"),
            other => self.kind(other.kind()),
        }
    }

    /// The name of a kind of claim, by its name on the wire.
    #[must_use]
    pub fn kind(self, kind: &str) -> &'static str {
        match kind {
            "contributed" => self.pick("历史的贡献", "From the history"),
            "flips" => self.pick("没有它会怎样", "What if not"),
            "bought_together" => self.pick("一起购买", "Bought together"),
            "viewed_then" => self.pick("先后浏览", "Viewed one after the other"),
            "shares_attribute" => self.pick("相同属性", "Something in common"),
            "similar_text" => self.pick("内容相近", "Reads alike"),
            "popular" => self.pick("热销", "Popular"),
            "price_fit" => self.pick("价格合适", "Usual price"),
            "rated" => self.pick("评分", "Ratings"),
            "reviewers_say" => self.pick("评价提到", "Reviewers say"),
            "discounted" => self.pick("降价", "Reduced"),
            "in_context" => self.pick("当下情境", "In this situation"),
            "new_arrival" => self.pick("新品", "New"),
            "varied" => self.pick("多样性", "For variety"),
            "unknown_shopper" => self.pick("未使用历史", "No history used"),
            "asked_for" => self.pick("您的要求", "What you asked for"),
            "barred" => self.pick("为何不展示", "Why it is not shown"),
            "outranked" => self.pick("排名靠后", "Others come first"),
            "would_be" => self.pick("如果改变", "What if"),
            "above" => self.pick("谁在前面", "Which comes first"),
            "priced" => self.pick("价格", "Price"),
            "stocked" => self.pick("库存", "Stock"),
            "described" => self.pick("目录信息", "From the catalogue"),
            "mentions" => self.pick("目录提到", "The catalogue says"),
            "costs_less" => self.pick("价格比较", "Prices compared"),
            "taste" => self.pick("兴趣", "A taste"),
            "promoted" => self.pick("店铺置顶", "Placed by the shop"),
            _ => self.pick("其他", "Something else"),
        }
    }
}
