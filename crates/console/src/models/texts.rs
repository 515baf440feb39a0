//! The words of the page of models.

use app::optimise::TrialState;
use presentation::texts;

texts! {
    lead: "训练过哪些模型，各自有多准，哪一个在回答、为什么。", "Which models there are, how well each ranks, which one answers, and why.";
    train: "训练", "Training";
    train_now: "现在训练", "Train now";
    train_about: "在后台用店里的全部数据训练；在此期间，原来的模型照常回答。", "Trains in the background on everything the shop knows; the model in use answers meanwhile.";
    running: "正在训练", "Training";
    words: "读取文字", "reading texts";
    constants: "在验证集上选择常数", "choosing constants on validation";
    sequence: "训练 Transformer", "training the Transformer";
    learning: "学习混合权重", "learning blend weights";
    refit: "用全部数据拟合", "fitting on everything";
    sequence_refit: "用全部数据训练 Transformer", "training the Transformer on all";
    beginning: "开始", "beginning";
    failed: "上一次训练没有成功", "The last training failed";
    weights: "使用中的模型的权重", "Weights of the model in use";
    weights_about: "各信号在总分中的权重，在验证集上学到；没有帮助的信号为零。", "What each signal weighs in the score, learned on validation; a signal that did not help has none.";
    signal: "信号", "signal";
    weight: "权重", "weight";
    models: "模型", "Models";
    none: "还没有训练过模型。", "Nothing was trained yet.";
    version: "版本", "Version";
    trained: "训练于", "Trained";
    events: "行为", "Events";
    items: "商品", "Items";
    data: "数据指纹", "Data";
    in_use: "使用中", "in use";
    promote: "启用", "Put into use";
    why: "原因（会留在记录里）", "Why (it stays on record)";
    roll_back: "换回之前的模型", "Roll back";
    roll_back_about: "换回最近一次启用之前的模型。", "Makes the model before the last promotion answer again.";
    roll_back_go: "换回", "Roll back";
    decisions: "决定", "Decisions";
    no_decisions: "还没有由人或由 candor optimise 作过决定。训练完成的模型会直接启用，不列在这里。", "Nobody has decided anything yet, nor has candor optimise. A training puts its model into use by itself and is not listed here.";
    when: "日期", "Date";
    what: "决定", "Decision";
    from_to: "从 → 到", "From → to";
    against: "对比", "against";
    weights_starting: "起始值：留出的行为还太少，什么都没有学到。", "Starting values: too few events could be held out to learn any.";
    use_other: "换用另一个模型", "Put another model into use";
    use_other_about: "训练之后，新模型会立即开始回答；要回到之前的模型，在这里选择它。", "After a training the new model answers at once; to go back to the one before, choose it here.";
    model: "模型", "Model";
    watch: "查看进度", "watch";
    watch_done: "返回全部模型", "Back to all models";
    damaged: "无法读取", "cannot be read";
    nothing_chosen: "什么都没有选择：留出行为的顾客太少，保留起始常数。留出的与需要的：", "nothing was chosen: too few shoppers have a held-out item, so the starting constants were kept. Held out, and needed:";
    brought_up: "补上了新的数据：常数与权重沿用之前的", "brought up to date: constants and weights are those of before";
    dropped: "Transformer 曾从一位已被删除的顾客学习，因此被移除；下次训练会重新加入", "the Transformer had learned from a shopper who was erased; it was dropped, and comes back with the next training";
    because: "原因", "Why";
    refused: "未通过门槛", "did not pass the gate";
    on_trial: "试用中", "on trial";
    promoted: "启用", "put into use";
    rejected: "试用后否决", "rejected after its trial";
    lost: "作罢", "came to nothing";
    rolled_back: "换回", "rolled back";
    baselines: "拟合基线", "fitting baselines";
    asking: "逐个算法排序测试集", "asking";
    evaluate: "评估", "Evaluation";
    evaluate_about: "用留出的行为测量各信号、混合与基线（热销、item-kNN、ALS、EASE），每个都只用测试之前的数据重新拟合。比训练久；在后台运行，结果会留在店里。", "Measures signals, blend and baselines (popularity, item-kNN, ALS, EASE) on held-out events, each fitted anew on what lies before the test. Takes longer than a training; it runs in the background, and what it measured stays with the shop.";
    evaluate_now: "现在评估", "Evaluate now";
    evaluating: "正在评估", "Evaluating";
    unmeasured: "上一次评估没有成功", "The last evaluation failed";
    protocol: "留出方式", "Held out";
    leave_one_out: "每位顾客的最后一次行为", "each shopper’s last event";
    by_shopper: "十分之一顾客的最后一次行为", "the last event of a tenth of the shoppers";
    by_time: "某一时刻之后的全部行为", "everything after an instant";
    no_evaluations: "还没有评估过。也可以运行 candor evaluate --shop <店铺文件夹>。", "Nothing was evaluated yet. candor evaluate --shop <folder> does it, too.";
    report_of: "报告", "Report of";
}

impl Texts {
    /// What a training is at, in words.
    pub(super) fn stage(&self, stage: &str) -> &'static str {
        match stage {
            "words" => self.words,
            "constants" => self.constants,
            "sequence" => self.sequence,
            "weights" => self.learning,
            "refit" => self.refit,
            "sequence_refit" => self.sequence_refit,
            "baselines" => self.baselines,
            "asking" => self.asking,
            _ => self.beginning,
        }
    }

    /// How events were held out, in words.
    pub(super) fn protocol_name(&self, name: &str) -> &'static str {
        match name {
            "shopper" => self.by_shopper,
            "time" => self.by_time,
            _ => self.leave_one_out,
        }
    }

    /// A note of a training in words, where there are any for it.
    pub(super) fn note(&self, note: &str) -> Option<String> {
        if let Some(counts) = note.strip_prefix("nothing was chosen: ") {
            let is_digit = |c: char| c.is_ascii_digit();
            let numbers = counts.split(|c| !is_digit(c)).filter(|part| !part.is_empty());
            let numbers: Vec<_> = numbers.take(2).collect();
            return Some(format!("{} {}", self.nothing_chosen, numbers.join(" / ")));
        }
        if note.starts_with("brought up to date") {
            return Some(self.brought_up.to_owned());
        }
        note.starts_with("the Transformer had learned from a shopper")
            .then(|| self.dropped.to_owned())
    }

    /// A decision about a model, in words.
    pub(super) fn state(&self, state: TrialState) -> &'static str {
        match state {
            TrialState::Refused => self.refused,
            TrialState::OnTrial => self.on_trial,
            TrialState::Promoted => self.promoted,
            TrialState::Rejected => self.rejected,
            TrialState::Lost => self.lost,
            TrialState::RolledBack => self.rolled_back,
        }
    }
}
