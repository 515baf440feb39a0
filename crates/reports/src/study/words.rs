//! The words of charts and page, in both languages.

use app::experiment::Verdict;
use app::optimise::TrialState;
use app::study::{Arm, Decided, Sought};
use domain::Language;

/// The word of one language.
pub(super) fn say(lang: Language, en: &'static str, zh: &'static str) -> &'static str {
    match lang {
        Language::En => en,
        Language::Zh => zh,
    }
}

pub(super) fn stamp(lang: Language) -> &'static str {
    say(lang, "simulated", "模拟数据 · simulated")
}

pub(super) fn arm(lang: Language, arm: Arm) -> &'static str {
    match arm {
        Arm::ItemKnn => say(lang, "item-kNN, no reasons", "item-kNN，无理由"),
        Arm::Blend => say(lang, "blend, no reasons", "融合模型，无理由"),
        Arm::Reasons => say(lang, "blend, verified reasons", "融合模型，经核实的理由"),
        Arm::FalseReasons => say(lang, "blend, false reasons", "融合模型，虚假理由"),
        Arm::Placebo => say(lang, "blend, empty reasons", "融合模型，空洞理由"),
    }
}

pub(super) fn model(lang: Language, model: &str) -> String {
    let name = match model {
        "item_knn" => "item-kNN",
        "text" => say(lang, "text alone", "仅文本信号"),
        "transition" => say(lang, "transition alone", "仅转移信号"),
        "blend" => say(lang, "blend", "融合模型"),
        other => other,
    };
    name.to_owned()
}

pub(super) fn sought(lang: Language, sought: Sought) -> &'static str {
    match sought {
        Sought::Trust => say(lang, "trust score", "信任分"),
        Sought::Conversion => say(lang, "conversion", "转化率"),
        Sought::Ctr => say(lang, "clicks per item", "点击率"),
    }
}

pub(super) fn verdict(lang: Language, verdict: &Verdict) -> String {
    match verdict {
        Verdict::Better { why } => format!("{} ({why})", say(lang, "better", "更好")),
        Verdict::Worse { why } => format!("{} ({why})", say(lang, "worse", "更差")),
        Verdict::Harmful { why } => format!("{} ({why})", say(lang, "harmful", "有害")),
        Verdict::OverTrust => say(
            lang,
            "alarm: over-trust — more errors are accepted",
            "警报：过度信任——接受了更多错误",
        )
        .to_owned(),
        Verdict::Invalid { why } => format!("{} ({why})", say(lang, "invalid", "无效")),
        Verdict::Undecided { .. } => say(lang, "undecided", "尚无结论").to_owned(),
    }
}

/// Which trial, and what was decided.
pub(super) fn decision(lang: Language, decision: &Decided) -> String {
    let state = match decision.state {
        TrialState::Refused => say(lang, "refused at the gate", "未通过门槛"),
        TrialState::OnTrial => say(lang, "put on trial", "进入试验"),
        TrialState::Promoted => say(lang, "promoted", "已采用"),
        TrialState::Rejected => say(lang, "rejected", "未采用"),
        TrialState::Lost => say(lang, "ended without a finding", "中止，无结论"),
        TrialState::RolledBack => say(lang, "taken back", "已撤回"),
    };
    match (lang, decision.trial) {
        (_, 0) => state.to_owned(),
        (Language::En, n) => format!("trial {n}, {state}"),
        (Language::Zh, n) => format!("第 {n} 次试验，{state}"),
    }
}

/// The text at the top of the page.
pub(super) fn warning(lang: Language) -> &'static str {
    say(
        lang,
        "SIMULATED. No person took part. The shoppers are a model with known tastes and minds; what \
         is shown here tests the measuring, and says nothing about people.",
        "模拟数据。没有真人参与。购物者是偏好与心理均已知的模型；本页检验的是测量方法，不构成关于人的任何结论。",
    )
}

pub(super) fn about_accuracy(lang: Language) -> &'static str {
    say(
        lang,
        "NDCG@10 of the last event of each shopper that was about an item they had not met before, \
         all other items they had not met being candidates: what the models are chosen for. Every \
         constant was chosen on what came before.",
        "以购物者未接触过的全部商品为候选，预测其最后一次行为所涉及的新商品的 NDCG@10（仅统计该行为涉及\
         新商品的购物者），这正是选择模型时的目标；所有参数只用此前的数据选定。",
    )
}

pub(super) fn about_recovered(lang: Language) -> &'static str {
    say(
        lang,
        "Each arm minus the blend without reasons. Known: what is true of the simulated shoppers. \
         Found: what the experiment reports, which never sees that. Held: how often a 95 % interval \
         held the known effect when everything decided by chance was drawn again.",
        "各组减去无理由的融合模型。已知：模拟购物者的真实值。测得：实验报告的结果，实验看不到真实值。\
         覆盖：把一切随机结果重新抽取后，95 % 区间包含真实值的比例。",
    )
}

pub(super) fn about_learning(lang: Language) -> &'static str {
    say(
        lang,
        "True utility of what the loop gives, minus that of what its frozen beginning would have given \
         the same shopper at the same moment; shoppers are the units. Between groups: minus that of \
         other shoppers, who get the frozen beginning.",
        "循环所给结果的真实效用，减去其最初状态在同一时刻会给同一购物者的结果的真实效用；以购物者为单位。\
         组间：减去使用最初状态的其他购物者的真实效用。",
    )
}

pub(super) fn about_errors(lang: Language) -> &'static str {
    say(
        lang,
        "Wrong items and wrong reasons were planted on purpose in a share of all lists. An arm whose \
         shoppers accept more of them is more trusted than it deserves.",
        "在部分列表中故意放入错误商品和错误理由。若某组购物者接受了更多错误，则该组得到的信任超过应得。",
    )
}
