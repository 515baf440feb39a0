//! The words of the explorer.

use domain::Surface;
use presentation::texts;

texts! {
    lead: "任选一位顾客，看会推荐什么、为什么，以及去掉部分历史后会怎样。这里的查看不留记录，也不算展示过。", "Pick any shopper and see what they would be shown, why, and what it would be without some of their history. Looking here is not recorded and does not count as shown.";
    shopper: "顾客编号（留空为新访客）", "Shopper’s id (empty for a new visitor)";
    surface: "展示位置", "Where";
    item: "所在商品（可留空）", "About item (may be empty)";
    k: "件数", "How many";
    language: "理由的语言", "Language of reasons";
    chinese: "中文", "Chinese";
    english: "英文", "English";
    show: "查看", "Show";
    home: "首页", "front page";
    category: "类目页", "category page";
    product: "商品页", "product page";
    cart_page: "购物车", "cart";
    message: "消息", "message";
    no_model: "还没有训练过模型，所以没有推荐。运行 candor train，或在“模型”页训练。", "Nothing was trained yet, so there are no recommendations. Run candor train, or train on the page Models.";
    list: "推荐列表", "The list";
    nothing: "没有可以推荐的商品。", "There is nothing to recommend.";
    not_profiled: "没有使用任何历史：新访客、没有历史，或已关闭个性化。", "No history was used: a new visitor, somebody without history, or profiling is off.";
    no_reason: "没有可以核实的理由。", "No reason could be verified.";
    no_price: "价格未标", "Price not given";
    made_of: "得分由各信号构成", "What the score is made of";
    facts: "核实过的事实", "Verified facts";
    history: "历史", "History";
    history_hint: "取消勾选某一步，看列表会怎样变化。", "Untick a step to see what the list would be without it.";
    no_history: "没有历史。", "No history.";
    unused: "已被顾客停用", "the shopper had it left out";
    what_if: "如果没有", "What if not";
    try_it: "重新计算", "Work it out";
    before: "之前", "Before";
    after: "之后", "After";
    goods: "商品", "Item";
    gone: "不再出现", "gone";
    new: "新出现", "new";
    unknown_if: "两种计算方法的结果不一致，因此不展示。", "The two ways to work it out do not agree, so nothing is shown.";
}

impl Texts {
    /// Where a list can stand, in words.
    pub(super) fn surfaces(&self) -> [(Surface, &'static str); 5] {
        [
            (Surface::Home, self.home),
            (Surface::Category, self.category),
            (Surface::Product, self.product),
            (Surface::Cart, self.cart_page),
            (Surface::Message, self.message),
        ]
    }
}
