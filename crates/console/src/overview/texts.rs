//! The words of the overview.

use presentation::texts;

texts! {
    lead: "一眼看清：推荐得准不准、大家满不满意、信不信任、买不买。", "At a glance: how well it ranks, how satisfied and trusting people are, and who buys.";
    items: "商品", "Items";
    shoppers: "有行为的顾客", "Shoppers with events";
    latest: "最近的行为", "Latest event";
    model: "使用中的模型", "Model in use";
    no_model: "还没有", "none yet";
    never: "还没有", "none yet";
    accuracy: "准确度", "Accuracy";
    accuracy_title: "各信号单独排序与混合排序的准确度", "Each signal ranking alone, and the blend";
    accuracy_about: "验证集上的 NDCG@10：对每位顾客，把留出的最后一次行为排在前十名的程度；全部商品都是候选。训练时测得。", "NDCG@10 on validation: how high each shopper’s held-out event is ranked within ten, every item being a candidate. Measured when the model was trained.";
    tested_title: "各算法在测试集上的准确度", "Every method on test events";
    tested_about: "测试集上的归一化折损累计增益：拟合时没有见过的行为被排在多靠前；全部商品都是候选，附 95 % 区间。", "Normalised discounted cumulative gain on test events that no fit had seen: how high they are ranked, every item being a candidate; with 95 % intervals.";
    ours_legend: "本店的信号与混合", "signals and their blend";
    baseline_legend: "基线", "baselines";
    measured: "测得于", "Measured";
    protocol: "留出方式", "Held out";
    leave_one_out: "每位顾客的最后一次行为", "each shopper’s last event";
    by_shopper: "十分之一顾客的最后一次行为", "the last event of a tenth of the shoppers";
    by_time: "某一时刻之后的全部行为", "everything after an instant";
    asked: "顾客", "Shoppers";
    seed: "随机种子", "Seed";
    model_then: "当时使用中的模型", "Model in use then";
    full_report: "完整报告", "The full report";
    damaged: "最近一次评估的报告无法读取，因此展示训练时的数字：", "The newest report of an evaluation cannot be read, so the numbers of training are shown:";
    blend: "混合", "blend";
    blend_legend: "使用中的混合", "the blend in use";
    alone_legend: "单个信号", "a signal alone";
    signal: "排序者", "ranks";
    no_accuracy: "还没有可以展示的准确度：没有训练过模型，或验证用的顾客太少。运行 candor train；与基线比较请运行 candor evaluate --shop <店铺文件夹>。", "There is no accuracy to show: nothing was trained, or too few shoppers could be held out. Run candor train; for a comparison with baselines run candor evaluate --shop <folder>.";
    evaluate_hint: "与其他算法比较：在“模型”页开始一次评估，或运行 candor evaluate --shop <店铺文件夹>；结果会出现在这里。", "For a comparison with other methods start an evaluation on the page of models, or run candor evaluate --shop <folder>; it then stands here.";
    satisfaction: "满意度", "Satisfaction";
    satisfaction_title: "问卷中的满意度", "Satisfaction in the questionnaire";
    satisfaction_about: "每位顾客最近一次回答的满意度均值：7 分制中 5 分及以上、介于两者之间、3 分及以下。", "Each person’s latest mean answer: 5 or more of 7, between, 3 or less.";
    satisfied: "满意", "satisfied";
    neutral: "一般", "neutral";
    dissatisfied: "不满意", "dissatisfied";
    answer: "回答", "answer";
    people: "人数", "people";
    few_answers: "回答的人还不够多。为了不让任何人被认出，下列人数以下不展示：", "Too few people have answered. So that nobody can be recognised, nothing is shown below this many people:";
    survey_hint: "问卷由设置 surveys.share 决定问多少人。", "The setting surveys.share says how many are asked.";
    trust: "信任", "Trust";
    trust_title: "信任的四个维度", "Trust in four dimensions";
    trust_about: "问卷得分，0 到 100，附 95 % 区间。", "Scores of the questionnaire, 0 to 100, with 95 % intervals.";
    usefulness: "有用", "usefulness";
    reliability: "可靠", "reliability";
    safety: "安全", "safety";
    fairness: "公平", "fairness";
    overall: "总体", "overall";
    dimension: "维度", "dimension";
    score: "得分", "score";
    conversion: "转化", "Conversion";
    conversion_title: "每天购买的顾客比例", "Share of each day’s shoppers who bought";
    conversion_about: "当天有行为的顾客中购买了东西的比例。人数太少的日子不展示。", "Of the shoppers who did anything on a day, those who bought something. Days of too few shoppers are left out.";
    experiment: "实验", "Experiment";
    choose: "展示", "Show";
    day: "日期", "day";
    bought: "购买的顾客", "shoppers who bought";
    everybody: "所有顾客", "everybody";
    no_conversion: "没有哪一天有足够多的顾客。行为要有时间才能按天统计；人数少于此数的日子不展示：", "No day has enough shoppers. Events need times to be counted by day, and no day is shown with fewer shoppers than this:";
}

impl Texts {
    /// How events were held out, in words.
    pub(super) fn protocol_name(&self, name: &str) -> &'static str {
        match name {
            "shopper" => self.by_shopper,
            "time" => self.by_time,
            _ => self.leave_one_out,
        }
    }
}
