//! Every word of the page in two languages. Names of metrics are the same in both.

use app::SignalName;
use app::evaluate::{BLEND, NOT_UPDATED, Seen, Segment, UPDATED, WITHOUT_SEQUENCE};
use domain::Language;
use presentation::signals;

/// The words of one language.
#[derive(Debug)]
pub(super) struct Texts {
    pub(super) tag: &'static str,
    pub(super) title: &'static str,
    pub(super) simulated: &'static str,
    pub(super) lead: &'static str,
    pub(super) what: &'static str,
    pub(super) value: &'static str,
    pub(super) compared: &'static str,
    pub(super) protocol: &'static str,
    pub(super) n_asked: &'static str,
    pub(super) n_items: &'static str,
    pub(super) n_events: &'static str,
    pub(super) n_validation: &'static str,
    pub(super) seeds: &'static str,
    pub(super) fingerprint: &'static str,
    pub(super) accuracy: &'static str,
    pub(super) accuracy_figure: &'static str,
    pub(super) accuracy_description: &'static str,
    pub(super) ours: &'static str,
    pub(super) baselines: &'static str,
    pub(super) all_numbers: &'static str,
    pub(super) model: &'static str,
    pub(super) seen: &'static str,
    pub(super) masked: &'static str,
    pub(super) unmasked: &'static str,
    pub(super) interval: &'static str,
    pub(super) comparisons: &'static str,
    pub(super) against: &'static str,
    pub(super) difference: &'static str,
    pub(super) over_seeds: &'static str,
    pub(super) over_seeds_lead: &'static str,
    pub(super) n_seeds: &'static str,
    pub(super) gain_of_seed: &'static str,
    pub(super) trade_offs: &'static str,
    pub(super) trade_off_figure: &'static str,
    pub(super) coverage: &'static str,
    pub(super) diversity: &'static str,
    pub(super) novelty: &'static str,
    pub(super) parts: &'static str,
    pub(super) n_shoppers: &'static str,
    pub(super) weights: &'static str,
    pub(super) weights_figure: &'static str,
    pub(super) weights_description: &'static str,
    pub(super) signal: &'static str,
    pub(super) weight: &'static str,
    pub(super) alone_hr: &'static str,
    pub(super) alone_ndcg: &'static str,
    pub(super) verdict: &'static str,
    pub(super) learning_figure: &'static str,
    pub(super) learning_description: &'static str,
    pub(super) seconds: &'static str,
    pub(super) on_validation: &'static str,
    pub(super) again: &'static str,
    pub(super) command: &'static str,
    pub(super) chosen: &'static str,
    pub(super) constants: &'static str,
}

impl Texts {
    pub(super) fn of(lang: Language) -> &'static Self {
        match lang {
            Language::Zh => &ZH,
            Language::En => &EN,
        }
    }

    fn is_zh(&self) -> bool {
        self.tag == ZH.tag
    }

    pub(super) fn lang(&self) -> Language {
        if self.is_zh() { Language::Zh } else { Language::En }
    }

    pub(super) fn treatment(&self, seen: Seen) -> &'static str {
        match seen {
            Seen::Masked => self.masked,
            Seen::Unmasked => self.unmasked,
        }
    }

    pub(super) fn protocol_name(&self, name: &'static str) -> &'static str {
        match (name, self.is_zh()) {
            ("leave-one-out", false) => "the last event of each shopper",
            ("leave-one-out", true) => "每位顾客的最后一个事件",
            ("shopper", false) => "the last event of a tenth of the shoppers, never trained on",
            ("shopper", true) => "十分之一顾客（从未参与训练）的最后一个事件",
            ("time", false) => "everything after an instant",
            ("time", true) => "某一时刻之后的一切",
            (other, _) => other,
        }
    }

    pub(super) fn segment(&self, segment: Segment) -> &'static str {
        if !self.is_zh() {
            return segment.title();
        }
        match segment {
            Segment::HistoryUpTo5 => "历史不超过 5 个事件",
            Segment::History6To10 => "历史 6 至 10 个事件",
            Segment::History11To20 => "历史 11 至 20 个事件",
            Segment::HistoryOver20 => "历史超过 20 个事件",
            Segment::ColdItem => "训练中从未出现的商品",
            Segment::ColdShopper => "训练中从未出现的顾客",
        }
    }
}

/// The name of a signal in reports.
pub(super) fn signal_name(signal: SignalName, lang: Language) -> String {
    model_name(&format!("{signal:?}").to_lowercase(), lang)
}

/// What a model of a report is called; baselines by their own names.
pub(crate) fn model_name(name: &str, lang: Language) -> String {
    let (zh, en) = match name {
        BLEND => ("混合", "blend"),
        WITHOUT_SEQUENCE => ("不含行为序列的混合", "blend without the sequence"),
        NOT_UPDATED => ("未更新的混合", "blend, not updated"),
        UPDATED => ("更新后的混合", "blend, updated"),
        "served" => ("实际列表（含多样性）", "the list as served"),
        "popularity_all_time" => ("历来热销", "most bought ever"),
        "popularity_7_days" => ("近七天热销", "most bought in seven days"),
        "item_knn" => ("item-kNN", "item-kNN"),
        "ease" => ("EASE", "EASE"),
        "als" => ("ALS", "ALS"),
        signal => return signals::label(signal, lang).to_owned(),
    };
    match lang {
        Language::Zh => zh.to_owned(),
        Language::En => en.to_owned(),
    }
}

static EN: Texts = Texts {
    tag: "en",
    title: "How well it recommends",
    simulated: "This shop is simulated: its shoppers and all results on them are made up.",
    lead: "Every model ranked all items of the catalogue and was asked which one each shopper took next. Constants were chosen on validation; the test was asked once. Intervals are 95 %, by bootstrap over shoppers.",
    what: "what",
    value: "value",
    compared: "What was compared",
    protocol: "how events were held out",
    n_asked: "shoppers asked",
    n_items: "items",
    n_events: "events before the test",
    n_validation: "shoppers that constants were chosen on",
    seeds: "training seeds",
    fingerprint: "fingerprint of the data",
    accuracy: "Accuracy",
    accuracy_figure: "Items met again among the first ten",
    accuracy_description: "One mark per model. Longer or higher is better; the thin line is the 95 % interval.",
    ours: "signals and blends",
    baselines: "baselines",
    all_numbers: "All numbers",
    model: "model",
    seen: "seen items",
    masked: "masked",
    unmasked: "unmasked",
    interval: "95 % interval",
    comparisons: "The blend beside each of the others, shopper by shopper",
    against: "against",
    difference: "difference in NDCG@10",
    over_seeds: "Over seeds",
    over_seeds_lead: "Each seed chose its constants on validation and trained anew. Mean ± standard deviation over seeds, seen items masked.",
    n_seeds: "seeds",
    gain_of_seed: "blend − blend without the sequence, seed",
    trade_offs: "Accuracy against what lists are like",
    trade_off_figure: "Accuracy against lists",
    coverage: "share of the catalogue that is ever listed",
    diversity: "how unlike the items of a list are",
    novelty: "novelty of listed items in bits",
    parts: "By kind of shopper and item",
    n_shoppers: "shoppers",
    weights: "What the blend learned",
    weights_figure: "Weights of the signals",
    weights_description: "One bar per signal; the weights sum to one.",
    signal: "signal",
    weight: "weight",
    alone_hr: "HR@10 alone",
    alone_ndcg: "NDCG@10 alone",
    verdict: "why",
    learning_figure: "How the Transformer learned",
    learning_description: "Accuracy on validation after each epoch, against seconds of training.",
    seconds: "seconds of training",
    on_validation: "on validation",
    again: "To do it again",
    command: "command",
    chosen: "Constants chosen on validation",
    constants: "constants",
};

static ZH: Texts = Texts {
    tag: "zh-CN",
    title: "推荐效果评测",
    simulated: "本店铺为模拟店铺：顾客与全部结果均为虚构。",
    lead: "每个模型都对整个商品目录排序，并回答每位顾客接下来选了哪件商品。常数只在验证集上选择，测试集只问一次。区间为按顾客自助抽样的 95 % 区间。",
    what: "项目",
    value: "取值",
    compared: "比较了什么",
    protocol: "留出方式",
    n_asked: "被询问的顾客数",
    n_items: "商品数",
    n_events: "测试之前的事件数",
    n_validation: "用于选择常数的顾客数",
    seeds: "训练种子",
    fingerprint: "数据指纹",
    accuracy: "准确度",
    accuracy_figure: "前十名中命中的商品",
    accuracy_description: "每个模型一个标记，越长或越高越好；细线为 95 % 区间。",
    ours: "信号与混合",
    baselines: "基线方法",
    all_numbers: "全部数字",
    model: "模型",
    seen: "看过的商品",
    masked: "排除",
    unmasked: "保留",
    interval: "95 % 区间",
    comparisons: "混合模型与其他模型逐顾客比较",
    against: "对比对象",
    difference: "NDCG@10 之差",
    over_seeds: "多个种子",
    over_seeds_lead: "每个种子都重新在验证集上选择常数并重新训练。表中为各种子的均值 ± 标准差，排除看过的商品。",
    n_seeds: "种子数",
    gain_of_seed: "混合 − 不含行为序列的混合，种子",
    trade_offs: "准确度与列表特征",
    trade_off_figure: "准确度与列表特征",
    coverage: "曾被列出的商品占目录的比例",
    diversity: "列表内商品的差异度",
    novelty: "列出商品的新颖度（比特）",
    parts: "按顾客与商品分组",
    n_shoppers: "位顾客",
    weights: "混合学到了什么",
    weights_figure: "各信号的权重",
    weights_description: "每个信号一条，权重之和为一。",
    signal: "信号",
    weight: "权重",
    alone_hr: "单独 HR@10",
    alone_ndcg: "单独 NDCG@10",
    verdict: "理由",
    learning_figure: "Transformer 的学习过程",
    learning_description: "每轮之后在验证集上的准确度，横轴为训练秒数。",
    seconds: "训练秒数",
    on_validation: "验证集上",
    again: "如何复现",
    command: "命令",
    chosen: "在验证集上选择的常数",
    constants: "常数",
};
