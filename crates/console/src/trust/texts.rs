//! The words of the page of trust.

use app::trust::Construct;
use domain::Language;
use presentation::texts;

texts! {
    lead: "大家怎么回答，怎么做，以及不问任何人就能核对的事。三者并列，从不合成一个数。", "What people answer, what they do, and what can be checked without asking anybody: beside each other, never made into one number.";
    questionnaire: "问卷", "Questionnaire";
    asked: "问过的人次", "Questionnaires put";
    answered: "回答的人次", "Answered";
    unread: "没有认真读的", "Left out: not read";
    unreadable: "无法读取的问卷", "Questionnaires that cannot be read";
    unreadable_answers: "无法读取、未计入的推荐（candor audit 会列出）", "delivered lists that cannot be read and are not counted (`candor audit` names them)";
    readable: "每条记录都能读取", "every recorded answer can be read";
    version: "问卷版本", "Version";
    few_answers: "回答的人还不够多。为了不让任何人被认出，下列人数以下不展示：", "Too few people have answered. So that nobody can be recognised, nothing is shown below this many people:";
    survey_hint: "问卷由设置 surveys.share 决定问多少人。", "The setting surveys.share says how many are asked.";
    overall_about: "四个维度的平均得分，0 到 100，附 95 % 区间；人数太少的组不展示。", "Mean score of the four dimensions, 0 to 100, with 95 % intervals; groups of too few people are left out.";
    beside: "得分之外：满意、理解、信任与怀疑", "Beside the score: satisfaction, understanding, trust and distrust";
    beside_about: "平均回答，1 到 7，附 95 % 区间；不计入得分。怀疑越低越好。", "Mean answers from 1 to 7, with 95 % intervals; in no score. Of distrust, less is better.";
    construct_name: "问的是什么", "what is asked";
    mean_answer: "平均回答（1–7）", "mean answer (1–7)";
    understanding: "理解为什么推荐", "seeing why";
    satisfaction: "满意", "satisfaction";
    trusting: "信任", "trust";
    distrust: "怀疑", "distrust";
    by_variant: "各变体的总体信任", "Overall trust by variant";
    variant: "变体", "variant";
    by_month: "各月的总体信任", "Overall trust by month";
    month: "月份", "month";
    score: "得分", "score";
    consistency: "问卷的可靠性", "Reliability of the questionnaire";
    consistency_about: "克隆巴赫 α 与麦克唐纳 ω，附自助法 95 % 区间。", "Cronbach’s α and McDonald’s ω, with 95 % bootstrap intervals.";
    dimension: "维度", "Dimension";
    people: "人数", "People";
    usefulness: "有用", "usefulness";
    reliability: "可靠", "reliability";
    safety: "安全", "safety";
    fairness: "公平", "fairness";
    own_words: "大家自己的话", "In their own words";
    own_words_about: "问卷末尾的选填问题。它不计入任何得分，也不会交给任何语言模型。日期只精确到周；人数不够的周和变体不写出。[***] 处是保存之前隐去的邮箱、电话或长串数字。", "The optional question at the end of the questionnaire. It counts in no score and is given to no language model. Dates are weeks; a week or a variant of too few people is left out. [***] stands for a mail address, phone number or long number that was removed before anything was kept.";
    own_words_none: "还没有人写过什么。问卷末尾会问这一题；设置 surveys.share 决定问多少人。", "Nobody has written anything yet. The questionnaire ends with this question; the setting surveys.share says how many are asked.";
    own_words_not_found: "没有符合的内容。换个词，或选全部语言。", "Nothing matches. Try another word, or any language.";
    own_words_hidden: "条已保存但不展示：在其语言或新老程度中，回答的人少于", "kept but not shown, because in their language, or among people as new or as well known, fewer answered than";
    contains: "包含", "Contains";
    language: "语言", "Language";
    any_language: "全部", "any";
    chinese: "中文", "Chinese";
    english: "英文", "English";
    search_go: "查找", "Search";
    found: "条", "found";
    week_of: "所在周的周一：", "week of";
    page: "第", "Page";
    page_of: "页，共", "of";
    previous: "上一页", "Previous";
    next: "下一页", "Next";
    behaviour: "行为", "Behaviour";
    what: "做了什么", "What was done";
    share: "比例", "Share";
    interval: "95 % 区间", "95 % interval";
    counts: "次数", "Counts";
    follow_through: "看到的推荐被点击、加购或购买", "recommendations in view that were clicked, carted or bought";
    opened: "看到的理由被打开", "reasons in view that were opened";
    helpful: "看到的理由被称为有帮助", "reasons in view that were called helpful";
    corrections: "看到的理由被指错、看不懂或要求不再使用", "reasons in view that were called wrong or unclear, or forbidden";
    asked_back: "看到理由后追问", "reasons in view after which was asked back";
    dismissed: "看到的商品被标为不感兴趣", "items in view that were dismissed";
    returned: "买下的推荐商品被退回", "recommended items bought that were given back";
    opted_out: "得到过推荐又关闭个性化的顾客", "shoppers answered who switched profiling off";
    over_trust: "过度信任", "Over-trust";
    over_trust_about: "故意放入的错误被接受得越多，信任越不是挣来的。", "The more planted errors are accepted, the less trust was earned.";
    probes_off: "没有放入任何错误。要衡量过度信任，请设置 probes.traffic：\"test\" 只用于测试流量，\"consenting\" 用于同意参与的顾客。", "No error is planted. To measure over-trust set probes.traffic: \"test\" for traffic of tests alone, \"consenting\" for shoppers who agreed to it.";
    probes_none: "还没有人看到过故意放入的错误。", "Nobody has seen a planted error yet.";
    accepted: "被接受的错误", "Errors accepted";
    d_prime: "辨别力 d′（0 等于猜）", "Detection d′ (0 is guessing)";
    audits: "核对", "Checks";
    audits_about: "从原始记录重新计算每一条事实；与一次审计用时相同。", "Recomputes every claim from the raw log; takes as long as an audit.";
    audits_go: "现在核对", "Check now";
    verified: "重新计算后仍成立的事实", "Claims that recompute to the same";
    calibrated: "理由越强，去掉其依据后商品越容易离开列表", "Without what it rests on, the item of a stronger reason leaves the list likelier";
    yes: "是", "yes";
    no: "否", "no";
    unknown: "尚不可知", "not known yet";
    leaks: "安全", "Safety";
    enough_shoppers: "计数所依据的顾客不少于规定的人数", "no count speaks of fewer shoppers than allowed";
    opted_out_unused: "不使用已关闭个性化者的历史", "nothing of the history of somebody who opted out";
    own_history: "理由只依据本人的历史", "a reason rests on nobody else’s history";
    not_sensitive: "不提及敏感类目", "no sensitive category is named";
    must_hold: "必须成立", "What must hold";
    looked_at: "查看次数", "Looked at";
    failed: "不成立", "Did not hold";
    exposure: "按热销程度的曝光", "Exposure by popularity";
    brands: "按品牌的曝光", "Exposure by brand";
    group: "组", "Group";
    brand: "品牌", "Brand";
    of_catalogue: "占商品", "Of the catalogue";
    of_buyers: "占购买者", "Of the buyers";
    of_shown: "占展示", "Of what is shown";
    head: "热门", "head";
    middle: "中间", "middle";
    tail: "冷门", "tail";
    gaps: "顾客群体之间的差距", "Gaps between groups of shoppers";
    compared: "比较", "Compared";
    gap: "差", "Difference";
    of: "：", ": ";
    points: "个百分点", "points";
    followed: "看到的推荐被采纳", "recommendations in view that were followed";
    corrected: "看到的理由被纠正", "reasons in view that were corrected";
    claims: "每件商品的事实数", "claims per item";
    strong: "强理由占全部商品", "items with a strong reason";
    new_people: "新顾客", "new shoppers";
    known_people: "老顾客", "known shoppers";
}

impl Texts {
    /// A language in words.
    pub(super) fn language(&self, lang: Language) -> &'static str {
        match lang {
            Language::Zh => self.chinese,
            Language::En => self.english,
        }
    }

    /// A dimension in words.
    pub(super) fn dimension(&self, name: &str) -> &'static str {
        match name {
            "usefulness" => self.usefulness,
            "reliability" => self.reliability,
            "safety" => self.safety,
            "fairness" => self.fairness,
            _ => self.dimension,
        }
    }

    /// What is asked about beside the score, in words.
    pub(super) fn construct(&self, construct: Construct) -> &'static str {
        match construct {
            Construct::Usefulness => self.usefulness,
            Construct::Reliability => self.reliability,
            Construct::Safety => self.safety,
            Construct::Fairness => self.fairness,
            Construct::Transparency => self.understanding,
            Construct::Satisfaction => self.satisfaction,
            Construct::Trust => self.trusting,
            Construct::Distrust => self.distrust,
            Construct::Attention => self.unread,
        }
    }

    /// What a leak test looks at, in words.
    pub(super) fn check(&self, name: &'static str) -> &'static str {
        match name {
            "no count speaks of fewer shoppers than allowed" => self.enough_shoppers,
            "nothing of the history of somebody who opted out" => self.opted_out_unused,
            "a reason rests on nobody else's history" => self.own_history,
            "no sensitive category is named" => self.not_sensitive,
            "every recorded answer can be read" => self.readable,
            other => other,
        }
    }

    /// What is compared between groups, in words.
    pub(super) fn measure(&self, name: &'static str) -> &'static str {
        match name {
            "followed of what came into view" => self.followed,
            "corrected of the reasons in view" => self.corrected,
            "claims per item" => self.claims,
            "strong reasons of all items" => self.strong,
            other => other,
        }
    }

    /// A group of shoppers, in words.
    pub(super) fn group_of(&self, name: &'static str) -> &'static str {
        match name {
            "new" => self.new_people,
            "known" => self.known_people,
            "zh" => self.chinese,
            "en" => self.english,
            other => other,
        }
    }

    /// Items of like popularity, in words.
    pub(super) fn bucket(&self, name: &str) -> &'static str {
        match name {
            "head" => self.head,
            "tail" => self.tail,
            _ => self.middle,
        }
    }
}
