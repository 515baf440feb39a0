//! The words of the body of the page of transparency.

use crate::texts;

texts! {
    lead: "以下内容由正在使用的设置与模型生成，对所有人公开。", "Made from the settings and the model in use, and open to everybody.";
    principles: "对每个列表都成立的", "What holds for every list";
    signals: "分数由什么组成", "What the score is made of";
    signal: "信号", "Signal";
    meaning: "含义", "Meaning";
    weight: "权重", "Weight";
    weights: "各信号的权重", "What each signal weighs";
    weights_about: "在留出的数据上学到；没有帮助的信号为零。", "Learned on held-out events; a signal that did not help has none.";
    weights_starting: "起始值：留出的行为还太少，什么都没有学到。", "Starting values: too few events could be held out to learn any.";
    no_model: "还没有训练过模型，所以没有权重。", "Nothing was trained yet, so there are no weights.";
    behaviour: "您的行为各算多少", "What each thing you do counts";
    what: "行为", "What you do";
    thresholds: "理由要有多少依据", "How much evidence a reason needs";
    steps: "最多看多少步历史", "Steps of a history that are looked at";
    min_buyers: "说“一起购买”至少要有多少位顾客", "Shoppers needed to say that things are bought together";
    strong: "理由称为“强”所需的得分占比", "Share of the score that makes a reason strong";
    moderate: "理由称为“中”所需的得分占比", "Share of the score that makes it moderate";
    sensitive: "理由中绝不提及的敏感类目数", "Sensitive categories that no reason names";
    model: "使用中的模型", "Model in use";
    machine: "同样的内容，供程序读取", "The same for programs";
}
