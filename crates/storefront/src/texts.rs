//! Every word of the shop window, in both languages, each written for its readers.

use domain::{Correction, Unused};
use presentation::texts;

texts! {
    tag: "zh-CN", "en";
    other: "English", "中文";
    other_tag: "en", "zh";
    skip: "跳到正文", "Skip to the content";
    departments: "类目", "Departments";
    simulated: "本店为模拟数据：商品、顾客和评价均由程序生成，并非真实人物。", "Simulated data: items, shoppers and reviews were made by a program and are not real people.";
    open: "未设置密钥：本机上的任何人都可以使用此服务的全部功能。", "No key is set: whoever is on this machine may do everything.";
    locked_title: "此页不展示任何顾客", "This page shows no shopper";
    locked: "此服务已设置密钥，因此店铺页面不展示任何顾客。请用密钥调用接口。", "This server has keys, so the shop window shows no shopper. Call the API with a key instead.";
    how: "本店如何推荐", "How this shop recommends";
    docs: "接口文档", "API";
    you: "您现在是", "You are";
    change: "换一位顾客", "Be somebody else";
    choose: "顾客", "Shopper";
    visitor: "新访客", "A new visitor";
    type_id: "或输入顾客编号", "or type a shopper’s id";
    be: "进店", "Go";
    me: "您了解我什么", "What you know about me";
    cart: "购物车", "Cart";
    lead_known: "按您的历史挑选，每一件都说明理由；理由里的每个事实都经过重新核算。", "Chosen by your history, each with its reason. Every fact in a reason has been recomputed.";
    lead_new: "还不了解您：下面是大家常买的。点开一件商品，推荐就会随之改变。", "Nothing is known of you yet, so these are what others buy. Open an item and the list will follow.";
    lead_unused: "按您的要求，没有使用您以前的历史：下面是大家常买的。点开一件商品，推荐就会随之改变。", "As you asked, nothing of what you did before is used, so these are what others buy. Open an item and the list will follow.";
    lead_asked: "没有使用您的历史，只用了您自己提出的要求。", "Nothing that you did is used for these, only what you asked for in your own words.";
    lead_off: "您已关闭个性化：以下推荐没有使用您的历史。", "You switched profiling off: nothing of your history was used for these.";
    for_you: "为您推荐", "For you";
    seen_lately: "最近看过", "Lately";
    no_model: "还没有训练模型，所以暂时没有推荐。", "Nothing was trained yet, so there are no recommendations.";
    nothing: "没有可以推荐的商品。", "There is nothing to recommend.";
    why: "为什么？", "Why?";
    no_reason: "没有可以核实的理由。", "No reason could be verified.";
    not_interested: "不感兴趣", "Not interested";
    no_price: "价格未标", "Price not given";
    sold_out: "暂时缺货", "Sold out";
    no_items: "这里还没有商品。", "There is nothing here yet.";
    items: "件商品", "items";
    item_one: "件商品", "item";
    all_items: "全部商品", "All items";
    narrower: "细分类目", "Narrower";
    pages: "翻页", "Pages";
    previous: "上一页", "Previous";
    next: "下一页", "Next";
    add: "加入购物车", "Add to cart";
    save: "收藏", "Save for later";
    buy: "立即购买", "Buy now";
    buy_all: "全部购买", "Buy everything";
    buy_rest: "购买有货的", "Buy what is in stock";
    total: "合计", "Total";
    stays: "暂时缺货，不会购买", "Sold out: it will not be bought";
    pieces: "件数", "Quantity";
    remove: "移出", "Remove";
    details: "商品信息", "Details";
    description: "介绍", "Description";
    full_title: "全名", "The whole title";
    reviews: "评价", "Reviews";
    no_reviews: "还没有评价。", "No reviews yet.";
    ratings: "个评分", "ratings";
    rating_one: "个评分", "rating";
    goes_with: "与它相关", "Beside this";
    cart_empty: "购物车是空的。", "Your cart is empty.";
    saved_items: "收藏", "Saved for later";
    before_you_go: "结账前看看", "Before you go";
    why_title: "为什么推荐给您", "Why this was recommended";
    facts: "核实过的事实", "Verified facts";
    counted: "什么起了作用", "What counted, and how much";
    nothing_told: "您的历史在这条理由里没有起作用。", "Nothing of your history counted in this reason.";
    nothing_counted: "您的历史在这里没有起作用。", "Nothing of your history counted here.";
    rests_on: "这条理由依据您历史中的", "Of your history, this reason rests on";
    share: "占得分", "Share of the score";
    from_history: "的得分来自您做过的事", "of the score comes from what you did";
    from_place: "的得分来自您做过的事和您当时所在的页面", "of the score comes from what you did and from the page you were on";
    of_place: "当时页面上或购物车里", "on that page, or in the cart";
    others: "您历史中的其他商品", "Other items of your history";
    together: "您的历史作为整体，不属于其中任何一件", "Your history as a whole, beyond any one item";
    asked_part: "您自己提出的要求", "What you asked for yourself";
    apart: "与您无关：多少人购买、当下情境", "Nothing to do with you: how many buy it, and the situation";
    without_it: "没有它：", "Without it:";
    leave_out: "不要用它", "Do not use it";
    recomputed: "这些比例是刚刚用当时的模型和记录重新算出来的，与记录的得分一致。", "These shares were worked out again just now, from the model and the record of that list, and add up to the score on record.";
    rank_with: "计入时排名", "Rank with it";
    rank_without: "不计入时排名", "Rank without it";
    otherwise: "否则会显示什么", "What would have been shown otherwise";
    without: "如果没有", "Without";
    comma: "、", ", ";
    not_among: "，它就不在这", " this would not be among the";
    in_its_place: "件之列，取而代之的是：", "shown, and in its place:";
    one_of_times: "（其中一次）", "(one of the times)";
    and_last: "和", " and ";
    without_history: "完全不用您的历史：", "Without any of your history:";
    would_stay: "它仍然会显示", "this would still be shown";
    would_go: "它不会显示，取而代之的是", "this would not be shown, and in its place:";
    no_single: "上面列出的每一件，单独去掉都不会让它落选。", "Leaving out any single item named here would not keep this from being shown.";
    no_history_used: "没有用到您的任何历史，所以去掉历史，显示的也是这些。", "Nothing of a history was used, so without one the same would be shown.";
    no_flip: "这条理由里，没有哪一部分历史单独去掉就会让它落选。", "This reason names no part of your history that alone decides whether it is shown.";
    made_of: "得分构成", "What the score is made of";
    bar: "各信号在得分中的占比", "Share of each signal in the score";
    strength: "解释力", "Explains";
    found_by: "依据", "Found by";
    model: "模型", "Model";
    ai: "措辞由语言模型生成", "Worded by a language model";
    proof: "查看全部证明并重新核验（JSON）", "All proofs, verified again (JSON)";
    your_word: "这条理由怎么样？", "What do you say?";
    helpful: "有帮助", "Helpful";
    wrong: "不对", "Wrong";
    unclear: "看不懂", "Unclear";
    dont_use: "不要用这些", "Don’t use this";
    dont_use_hint: "“不对”和“不要用这些”从下一次推荐起生效：由它带来的、或它所依据的，都不再使用。", "“Wrong” and “Don’t use this” hold from the next list on: what it brought, or rests on, is not used any more.";
    ask: "问问为什么", "Ask back";
    ask_about: "您的问题", "Your question";
    ask_hint: "例如：为什么推荐这件？有更便宜的吗？如果我没看过它呢？", "For example: why this one? What if I had not looked at it? Anything cheaper?";
    ask_hint_list: "例如：为什么推荐第一个？比较前两个。你知道我什么？你们是怎么推荐的？", "For example: Why the first one? Compare the first two. What do you know about me? How do you make recommendations?";
    earlier: "之前说过的", "Said before";
    ask_send: "提问", "Ask";
    asked: "您问的", "You asked";
    list_now: "现在的推荐", "The list now";
    can_ask: "可以这样问", "You can ask";
    undo: "撤销", "Undo";
    corrections: "您改过的", "What you put right";
    no_corrections: "还没有。", "Nothing yet.";
    taken_back: "已撤销", "taken back";
    tastes: "本店认为您喜欢", "What the shop takes for your tastes";
    no_tastes: "还看不出您的喜好。", "No taste can be told yet.";
    not_mine: "不要用", "Do not use";
    anew: "从头开始", "Begin anew";
    anew_hint: "以前做过、说过的都不再使用；可以撤销。", "Nothing done or said so far is used; it can be taken back.";
    want: "我想要", "I want";
    more: "多一些", "more";
    less: "少一些", "less";
    want_of: "（品牌、类目或词）", "of (a brand, a category or a word)";
    did_wrong_reason: "这条理由不对", "A reason does not hold";
    did_do_not_use: "历史中不再使用", "Part of the history is not to be used";
    did_gift: "是送人的", "It was a gift";
    did_not_interested: "不感兴趣", "Not interested";
    did_more: "多一些", "More of it";
    did_less: "少一些", "Less of it";
    did_cheaper: "要更便宜的", "Something cheaper";
    did_other_brand: "要别的品牌", "Another brand";
    did_set_tags: "设定了喜好", "Tastes were set";
    did_stop_profiling: "关闭了个性化", "Profiling was switched off";
    said_undone: "已撤销：推荐恢复如前。", "Taken back: the list is what it was.";
    said_corrected: "已改好，从下一次推荐起生效。", "Put right, from the next list on.";
    back: "返回店铺", "Back to the shop";
    me_lead: "本店记下的、与您有关的内容：这里可以看、可以改、可以关、可以删，也可以全部带走。", "What this shop keeps about you: to read, to put right, to switch off, to have erased; and all of it to take away.";
    known_as: "本店称您为", "The shop knows you as";
    profiling: "个性化", "Profiling";
    profiling_on: "已开启：推荐会使用您的历史。", "On: recommendations use your history.";
    profiling_off: "已关闭：不会用您的历史做任何计算。", "Off: nothing is computed from your history.";
    turn_off: "关闭个性化", "Switch off";
    turn_on: "重新开启", "Switch on again";
    history: "您的历史", "Your history";
    no_history: "还没有历史。", "Nothing yet.";
    said: "您说过的", "What you said";
    nothing_said: "您还没有对任何理由发表意见。", "You have not said anything of a reason yet.";
    about: "关于", "about";
    take_away: "带走全部数据（JSON）", "Take everything away (JSON)";
    erase: "删除我的一切", "Erase me";
    erase_hint: "从记录、计数、回答和模型中删除您。无法撤销；模型会重新拟合，需要一点时间。", "Removes you from the log, the counts, the answers and the model. It cannot be undone, and takes as long as fitting the model again.";
    erase_sure: "我知道无法撤销", "I know that this cannot be undone";
    survey_title: "几个问题", "A few questions";
    survey_ask: "愿意回答几个关于推荐的问题吗？大约几分钟，随时可以停，答过的会保留。", "Would you answer a few questions about the recommendations? It takes a few minutes; stop whenever you like.";
    survey_go: "去回答", "Answer";
    survey_later: "以后再说", "Not now";
    survey_lead: "没有对错。跳过的可以不答，答过的会保留。", "There are no right answers. Leave out what you like; what you answered is kept.";
    words_too_long: "写得太长了，文字没有保存；其他回答已保存。请缩短后再发送。最多字数：", "This is too long, so the text was not kept; your other answers were. Please shorten it and send it again. Most characters:";
    survey_none: "现在没有要问您的问题。谢谢！", "There is nothing to ask you now. Thank you!";
    n_questions: "题", "questions";
    send: "提交", "Send";
    from_low: "1 表示", "1 means";
    to_high: "表示", "means";
    not_found: "没有找到", "Not found";
    failed: "没有成功", "That did not work";
    said_cart: "已加入购物车，推荐也已随之更新。", "In your cart; the recommendations have followed.";
    said_uncart: "已移出购物车。", "Taken out of the cart.";
    said_wish: "已收藏。", "Saved for later.";
    said_purchase: "已购买（演示，不会扣款）。", "Bought (a demonstration: nobody pays).";
    said_dismiss: "好的，不再推荐这件商品。", "All right: this will not be recommended again.";
    said_helpful: "谢谢！以后会多用这类理由。", "Thank you! You will see more reasons of this kind.";
    said_wrong: "已记下：由它带来的不再使用，推荐已更新。", "Noted: what it brought is not used any more, and the list has changed.";
    said_unclear: "已记下，以后会少用这类理由。", "Noted: you will see fewer reasons of this kind.";
    said_dont_use: "已记下：这条理由所依据的不再使用，推荐已更新。", "Noted: what this reason rests on is not used any more, and the list has changed.";
    said_left_out: "已记下：不再使用。去掉它之后，推荐的仍是这些商品。", "Noted: it is not used any more, and the same items are recommended without it.";
    said_alone: "已记下，谢谢。这条理由没有用到您的历史，所以没有什么可以去掉，推荐也没有改变。", "Noted, thank you. This reason used nothing of your history, so there is nothing to leave out, and the list stays as it is.";
    said_off: "个性化已关闭。", "Profiling is off.";
    said_on: "个性化已开启。", "Profiling is on.";
    said_erased: "已删除。您现在是新访客。", "Erased. You are a new visitor now.";
    said_unsure: "没有删除：请先勾选确认。", "Nothing was erased: tick the box first.";
    did_anew: "从头开始：在此之前做过、说过的都不再使用，日期", "Begun anew: nothing is used that was done or said up to";
    no_tastes_named: "看不出您的喜好：商品目录没有写明任何商品的品牌或类目，而喜好要靠它们来说明。", "No taste can be told: the catalogue names no brand and no category of anything, and tastes are told by those.";
    latest: "只显示最近的", "Shown are the latest";
    latest_of: "条，共", "of";
    latest_rest: " 条；全部内容在可以带走的数据里。", "; all of them are in the data that you can take away.";
    not_used: "不再使用", "not used";
    was_gift: "是送人的", "It was a gift";
    carry: "带走您的数据", "Your data, to take away";
    carry_hint: "本店存下的、与您有关的全部内容，一个文件。", "One file with everything that is kept about you.";
    nothing_kept: "还没有存下与您有关的内容。", "Nothing is kept about you yet.";
    said_thanks: "谢谢您的回答！", "Thank you for your answers!";
    said_later: "好的，一周内不再问。", "All right: you will not be asked for a week.";
    said_no_answers: "还没有回答：请至少选一个数字，或者返回店铺。", "Nothing was answered: choose a number, or go back to the shop.";
    said_part: "有货的已购买（演示，不会扣款）；缺货的留在购物车里。", "What is in stock was bought (a demonstration: nobody pays); what is sold out stays in the cart.";
    said_sold_out: "没有购买：这件商品暂时缺货。", "Nothing was bought: this is sold out at the moment.";
}

impl Texts {
    fn is_chinese(&self) -> bool {
        self.tag != "en"
    }

    /// How many items.
    pub(super) fn n_items(&self, n: usize) -> String {
        format!("{n} {}", if n == 1 { self.item_one } else { self.items })
    }

    /// How many ratings.
    pub(super) fn n_ratings(&self, n: u32) -> String {
        format!("{n} {}", if n == 1 { self.rating_one } else { self.ratings })
    }

    /// Which page of how many.
    pub(super) fn page_of(&self, page: usize, n_pages: usize) -> String {
        match self.is_chinese() {
            true => format!("第 {page} 页，共 {n_pages} 页"),
            false => format!("Page {page} of {n_pages}"),
        }
    }

    /// What to say after something was done; the name comes with the address of the page.
    pub(super) fn after(&self, done: &str) -> Option<&'static str> {
        Some(match done {
            "cart" => self.said_cart,
            "uncart" => self.said_uncart,
            "wish" => self.said_wish,
            "purchase" => self.said_purchase,
            "dismiss" => self.said_dismiss,
            "helpful" => self.said_helpful,
            "wrong" => self.said_wrong,
            "unclear" => self.said_unclear,
            "dont_use" => self.said_dont_use,
            "left_out" => self.said_left_out,
            "wrong_alone" | "dont_use_alone" => self.said_alone,
            "off" => self.said_off,
            "on" => self.said_on,
            "erased" => self.said_erased,
            "unsure" => self.said_unsure,
            "thanks" => self.said_thanks,
            "later" => self.said_later,
            "no_answers" => self.said_no_answers,
            "part" => self.said_part,
            "sold_out" => self.said_sold_out,
            "undone" => self.said_undone,
            "corrected" => self.said_corrected,
            _ => return None,
        })
    }

    /// What a correction does.
    pub(super) fn corrected(&self, correction: &Correction) -> &'static str {
        match correction {
            Correction::WrongReason { .. } => self.did_wrong_reason,
            Correction::DoNotUse { unused: Unused::Everything } => self.did_anew,
            Correction::DoNotUse { .. } => self.did_do_not_use,
            Correction::Gift { .. } => self.did_gift,
            Correction::NotInterested { .. } => self.did_not_interested,
            Correction::More { .. } => self.did_more,
            Correction::Less { .. } => self.did_less,
            Correction::Cheaper { .. } => self.did_cheaper,
            Correction::OtherBrand { .. } => self.did_other_brand,
            Correction::SetTags { .. } => self.did_set_tags,
            Correction::StopProfiling => self.did_stop_profiling,
        }
    }
}
