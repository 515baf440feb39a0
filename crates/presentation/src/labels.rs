//! Names of kinds, strengths, methods and verdicts, in both languages, each written for its
//! readers.

use claims::{ClaimKind, Facts, Method, Strength, Verdict};
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

    /// What claims of a kind are about, by the kind's name on the wire; a general word where a
    /// record or a setting names a kind that there is none of.
    #[must_use]
    pub fn kind_named(self, name: &str) -> &'static str {
        ClaimKind::named(name)
            .map_or_else(|| self.pick("其他", "Something else"), |kind| self.kind(kind))
    }

    /// What claims of a kind are about.
    #[must_use]
    pub fn kind(self, kind: ClaimKind) -> &'static str {
        match kind {
            ClaimKind::Contributed => self.pick("历史的贡献", "From the history"),
            ClaimKind::Flips => self.pick("没有它会怎样", "What if not"),
            ClaimKind::BoughtTogether => self.pick("一起购买", "Bought together"),
            ClaimKind::ViewedThen => self.pick("先后浏览", "Viewed one after the other"),
            ClaimKind::SharesAttribute => self.pick("相同属性", "Something in common"),
            ClaimKind::SimilarText => self.pick("内容相近", "Reads alike"),
            ClaimKind::Popular => self.pick("热销", "Popular"),
            ClaimKind::PriceFit => self.pick("价格合适", "Usual price"),
            ClaimKind::Rated => self.pick("评分", "Ratings"),
            ClaimKind::ReviewersSay => self.pick("评价提到", "Reviewers say"),
            ClaimKind::Discounted => self.pick("降价", "Reduced"),
            ClaimKind::InContext => self.pick("当下情境", "In this situation"),
            ClaimKind::NewArrival => self.pick("新品", "New"),
            ClaimKind::Varied => self.pick("多样性", "For variety"),
            ClaimKind::UnknownShopper => self.pick("未使用历史", "No history used"),
            ClaimKind::AskedFor => self.pick("您的要求", "What you asked for"),
            ClaimKind::Barred => self.pick("为何不展示", "Why it is not shown"),
            ClaimKind::Outranked => self.pick("排名靠后", "Others come first"),
            ClaimKind::WouldBe => self.pick("如果改变", "What if"),
            ClaimKind::Above => self.pick("谁在前面", "Which comes first"),
            ClaimKind::Priced => self.pick("价格", "Price"),
            ClaimKind::Stocked => self.pick("库存", "Stock"),
            ClaimKind::Described => self.pick("目录信息", "From the catalogue"),
            ClaimKind::Mentions => self.pick("目录提到", "The catalogue says"),
            ClaimKind::CostsLess => self.pick("价格比较", "Prices compared"),
            ClaimKind::Taste => self.pick("兴趣", "A taste"),
            ClaimKind::Promoted => self.pick("店铺置顶", "Placed by the shop"),
        }
    }
}
