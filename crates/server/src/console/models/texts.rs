//! The words of the page of models.

use app::optimise::TrialState;

use crate::texts::texts;

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
    no_decisions: "还没有作过决定。candor optimise 会先比较再决定。", "Nothing was decided yet. candor optimise compares before it decides.";
    when: "日期", "Date";
    what: "决定", "Decision";
    before: "之前", "Before";
    because: "原因", "Why";
    refused: "未通过门槛", "did not pass the gate";
    on_trial: "试用中", "on trial";
    promoted: "启用", "put into use";
    rejected: "试用后否决", "rejected after its trial";
    lost: "作罢", "came to nothing";
    rolled_back: "换回", "rolled back";
    report: "与基线的比较请运行 candor evaluate --report，它会写出一份完整报告。", "For a comparison with baselines run candor evaluate --report, which writes a full page.";
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
            _ => self.beginning,
        }
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
