//! The words of the pages of experiments.

use app::SignalName;
use app::experiment::{Ending, Metric, Role, Verdict};

use crate::texts::texts;

texts! {
    lead: "对照实验：谁得到哪一种，由编号的散列决定，不由任何人挑选。随时查看都有效。", "Controlled experiments: who gets what is decided by a hash of their id, by nobody’s choice. The numbers hold however often you look.";
    running: "进行中", "Running";
    none_running: "没有进行中的实验。", "No experiment is running.";
    past: "已结束", "Ended";
    name: "名称", "Name";
    hypothesis: "预期是什么，为什么", "What you expect, and why";
    variants: "变体", "Variants";
    primary: "决定性指标", "What decides";
    look: "查看", "Look";
    new: "新的实验", "A new experiment";
    change: "实验组改变什么", "What the treatment changes";
    no_reasons: "不给理由", "no reasons at all";
    brief: "只说最有力的一条理由", "the strongest claim alone";
    ranked_by: "只按这一信号排序：", "ranked by one signal alone:";
    other_model: "另一个模型", "another model";
    share: "得到实验组的顾客（%）", "Shoppers who get the treatment (%)";
    baseline: "该指标目前是多少（%，不知道可留空）", "The metric now (%; leave empty if unknown)";
    smallest: "值得发现的最小变化（占目前的 %）", "Smallest change worth finding (% of it)";
    start: "开始实验", "Start it";
    start_about: "开始之后不能改变：改一半的实验是另一个实验。", "Once it runs it never changes: half of it would be another experiment.";
    happened: "经过", "What happened";
    nothing_happened: "还没有发生过什么。", "Nothing has happened yet.";
    when: "日期", "Date";
    what: "事件", "What";
    why: "原因（会留在记录里）", "Why (it stays on record)";
    because: "原因", "Why";
    started: "开始", "started";
    stopped: "停止", "stopped";
    ended_stopped: "停止，没有结论", "stopped without a finding";
    ended_kept: "保留原来的", "the control was kept";
    ended_promoted: "给所有人", "given to everybody";
    assigned: "分到的顾客", "Shoppers assigned";
    planned: "计划的顾客数", "Shoppers planned";
    shares_fine: "各变体分到的人数与计划相符", "The variants got their planned shares";
    shares_broken: "各变体分到的人数与计划不符：任何数字都不可信", "The variants did not get their planned shares: no number can be believed";
    shares_unknown: "顾客太少，还看不出各变体是否分到了应有的人数。", "Too few shoppers to tell whether the variants got their shares.";
    nothing_yet: "还没有顾客得到任何变体。", "No shopper has got a variant yet.";
    against: "与对照相比", "Against the control";
    differences: "相对差异，附随时有效的区间", "Relative differences, with intervals that hold at every look";
    differences_about: "每个指标相对于对照的差异；区间不含零才说明有变化。", "Each metric against the control; only an interval without zero shows a change.";
    difference: "相对差异", "relative difference";
    more_is_better: "越多越好", "more is better";
    more_is_worse: "越多越差", "more is worse";
    metric: "指标", "Metric";
    role: "用途", "Role";
    control: "对照", "Control";
    treatment: "实验组", "Treatment";
    interval: "95 % 区间", "95 % interval";
    p: "p（随时有效）", "p (at any look)";
    chance: "更好的概率", "Chance to be better";
    primary_role: "决定", "decides";
    guardrail: "护栏", "guardrail";
    exploratory: "参考", "looked at";
    primary_about: "决定：按 Holm 校正。", "Decides: adjusted by Holm.";
    guardrail_about: "护栏：不得变差，不作校正，以便尽早看到伤害。", "Guardrail: must not get worse; not adjusted, so that harm is seen early.";
    exploratory_about: "参考：按 Benjamini–Hochberg 校正。", "Looked at: adjusted by Benjamini and Hochberg.";
    end: "结束实验", "End it";
    ending: "怎样结束", "How it ends";
    stop: "停止，不作结论", "Stop, without a finding";
    keep: "保留原来的", "Keep the control";
    promote: "给所有人：", "Give everybody:";
    end_go: "结束", "End it";
    has_ended: "实验已结束；数字保留。", "It has ended; its numbers stay.";
    better: "更好", "better";
    worse: "更差", "worse";
    harmful: "有害：护栏被突破", "harmful: a guardrail is broken";
    over_trust: "更多错误被接受：这样得来的信任不算数", "more planted errors are accepted: its trust was not earned";
    invalid: "无效：分配不符", "invalid: the shares are wrong";
    undecided: "尚无结论", "not decided yet";
    ctr: "点击率", "click rate";
    conversion: "转化率", "conversion";
    revenue: "收入", "revenue";
    follow_through: "采纳率", "follow-through";
    satisfaction: "满意度", "satisfaction";
    trust: "信任得分", "trust score";
    opt_out: "关闭个性化", "opt-outs";
    returns: "退货", "returns";
    wrong_reasons: "被指错的理由", "reasons called wrong";
    dismissals: "不感兴趣", "dismissals";
    transition: "接下来买什么", "what comes next";
    text: "内容相近", "reads alike";
    sequence: "行为序列", "sequence";
    popularity: "热销程度", "popularity";
    back: "返回全部实验", "Back to all experiments";
}

impl Texts {
    /// A metric in words.
    pub(super) fn metric(&self, metric: Metric) -> &'static str {
        match metric {
            Metric::Ctr => self.ctr,
            Metric::Conversion => self.conversion,
            Metric::Revenue => self.revenue,
            Metric::FollowThrough => self.follow_through,
            Metric::Satisfaction => self.satisfaction,
            Metric::Trust => self.trust,
            Metric::OptOut => self.opt_out,
            Metric::Returns => self.returns,
            Metric::WrongReasons => self.wrong_reasons,
            Metric::Dismissals => self.dismissals,
        }
    }

    /// The same by the metric's name.
    pub(super) fn metric_named(&self, name: &str) -> &'static str {
        let metric = Metric::ALL.into_iter().find(|metric| metric.name() == name);
        metric.map_or("–", |metric| self.metric(metric))
    }

    /// A signal in words.
    pub(super) fn signal(&self, signal: SignalName) -> &'static str {
        match signal {
            SignalName::Transition => self.transition,
            SignalName::Text => self.text,
            SignalName::Sequence => self.sequence,
            SignalName::Popularity | SignalName::Context | SignalName::Stated => self.popularity,
        }
    }

    /// What a metric is there for, in a word.
    pub(super) fn role(&self, role: Role) -> &'static str {
        match role {
            Role::Primary => self.primary_role,
            Role::Guardrail => self.guardrail,
            Role::Exploratory => self.exploratory,
        }
    }

    /// The same in a sentence.
    pub(super) fn role_about(&self, role: Role) -> &'static str {
        match role {
            Role::Primary => self.primary_about,
            Role::Guardrail => self.guardrail_about,
            Role::Exploratory => self.exploratory_about,
        }
    }

    /// A verdict, and why, as the analysis puts it.
    pub(super) fn verdict(&self, verdict: &Verdict) -> (&'static str, String) {
        match verdict {
            Verdict::Better { why } => (self.better, why.clone()),
            Verdict::Worse { why } => (self.worse, why.clone()),
            Verdict::Harmful { why } => (self.harmful, why.clone()),
            Verdict::OverTrust => (self.over_trust, String::new()),
            Verdict::Invalid { why } => (self.invalid, why.clone()),
            Verdict::Undecided { why } => (self.undecided, why.clone()),
        }
    }

    /// How an experiment ended, and the variant that everybody got.
    pub(super) fn ending(&self, ending: &Ending) -> (&'static str, String) {
        match ending {
            Ending::Stop => (self.ended_stopped, String::new()),
            Ending::Keep => (self.ended_kept, String::new()),
            Ending::Promote { variant } => (self.ended_promoted, variant.clone()),
        }
    }
}
