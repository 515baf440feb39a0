//! The words of the pages of experiments.

use app::SignalName;
use app::experiment::{Ending, Metric, Role, Verdict};
use presentation::texts;

use super::problems::{BAD_CHANGE, BAD_NUMBER, BAD_SMALLEST};

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
    differences_about: "每个指标与对照之差，用它自己的单位；区间不含零才说明有变化。", "Each metric against the control, in its own unit; only an interval without zero shows a change.";
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
    exploratory: "参考", "watched";
    primary_about: "决定：按 Holm 校正。", "Decides: adjusted by Holm.";
    guardrail_about: "护栏：不得变差，不作校正，以便尽早看到伤害。", "Guardrail: must not get worse; not adjusted, so that harm is seen early.";
    exploratory_about: "参考：按 Benjamini–Hochberg 校正。", "Watched: adjusted by Benjamini and Hochberg.";
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
    context: "当下情境", "situation";
    stated: "顾客的要求", "what was asked for";
    back: "返回全部实验", "Back to all experiments";
    in_force: "对所有人生效的设置", "Settings in force for everybody";
    in_force_about: "来自已作出结论的实验，不再是实验。它们占用所在的层；结束其中一项，就回到店铺自己的设置。", "What came of experiments that were decided, and are experiments no longer. Each takes its layer; end it to go back to the shop’s own settings.";
    look_or_end: "查看或结束", "look, or end it";
    take_back: "收回", "Take it back";
    taken_back: "收回，恢复店铺自己的设置", "take it back: the shop’s own settings hold again";
    in_force_since: "生效于", "In force since";
    running_since: "开始于", "Started";
    since_settings: "写在设置文件中", "in the file of settings";
    changes: "改变什么", "What it changes";
    changes_nothing: "什么都不变：现在的样子", "nothing: as it is now";
    by_blend: "按混合分数排序", "ranked by the blend";
    by_weights: "混合权重：", "weights of the blend:";
    only_kinds: "理由只说：", "reasons of these kinds alone:";
    full: "理由按设置的长度", "reasons as long as the settings allow";
    reasons: "给出理由", "with reasons";
    planned_share: "计划的份额", "Planned share";
    layer: "层", "Layer";
    layer_main: "main（通常的层）", "main (the usual one)";
    layer_own: "为它单独开一层", "a layer of its own";
    layer_taken: "已占用：", "taken by";
    layer_about: "同一层的实验互相排斥，不同层互不影响：同一位顾客可以同时在不同层的实验里。一层被占满时，请先结束占用它的实验或设置，或单独开一层。", "Experiments of one layer exclude each other, layers are independent: a shopper can be in one of each. Where a layer is taken, end what takes it first, or start in a layer of its own.";
    uncomputed: "未能计算、因此没有计入结论的：", "Could not be computed, so the verdict leaves it out:";
    decides_about: "结论依据差值的区间（每次查看都有效），而不是相对差异；有多个决定性指标时，p 经过校正，因此区间刚好不含零也可能还不足以下结论。", "What decides is the interval of the difference, which holds at every look; the relative difference is for information. Where several metrics decide, p is adjusted, so an interval that only just leaves zero out may not yet do.";
    absolute: "差值", "Difference";
    relative: "相对差异", "Relative";
    points: "个百分点", "points";
    share_points: "差值（百分点）", "difference (percentage points)";
    in_shares: "比例之差，附随时有效的区间", "Differences of shares, with intervals that hold at every look";
    why_unmoved: "没有任何决定性指标的变化超出随时有效的区间", "no deciding metric has moved beyond the interval that holds at every look";
    why_trust: "要说信任胜出，须先表明被接受的故意错误没有变多；请在测试流量中放入一些", "trust only wins when acceptance of planted errors is shown not to be up; plant some in test traffic";
    why_mismatch: "分配与计划不符，p =", "sample ratio mismatch, p =";
    problem: "没有开始：", "It was not started:";
    bad_number: "请输入大于 0、小于 100 的数", "type a number above 0 and below 100";
    bad_change: "请选择实验组改变什么", "choose what the treatment changes";
    bad_smallest: "这样的变化没有任何顾客数能发现", "no number of shoppers would find a change of this size";
    bad_layer: "这一层已被占满：请选择单独开一层，或先结束占用它的实验或设置", "this layer is taken: choose a layer of its own, or first end what takes it";
}

/// Why a verdict is what it is.
pub(super) enum Why {
    /// In the language of the page.
    Told(String),
    /// In the words of the analysis, which are English.
    English(String),
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
            SignalName::Popularity => self.popularity,
            SignalName::Context => self.context,
            SignalName::Stated => self.stated,
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

    /// A verdict, and why.
    pub(super) fn verdict(&self, verdict: &Verdict) -> (&'static str, Why) {
        match verdict {
            Verdict::Better { why } => (self.better, self.why(why)),
            Verdict::Worse { why } => (self.worse, self.why(why)),
            Verdict::Harmful { why } => (self.harmful, self.why(why)),
            Verdict::OverTrust => (self.over_trust, Why::Told(String::new())),
            Verdict::Invalid { why } => (self.invalid, self.why(why)),
            Verdict::Undecided { why } => (self.undecided, self.why(why)),
        }
    }

    /// What the analysis says is made of a few sentences; any other stays as it is.
    fn why(&self, why: &str) -> Why {
        let moved = |names: &str| {
            let names: Vec<_> = names.split(", ").map(|name| self.metric_named(name)).collect();
            names.join(" · ")
        };
        let told = if let Some(names) = why.strip_prefix("better: ") {
            format!("{} · {}", self.better, moved(names))
        } else if let Some(names) = why.strip_prefix("worse: ") {
            format!("{} · {}", self.worse, moved(names))
        } else if let Some(p) = why.strip_prefix("sample ratio mismatch, p = ") {
            format!("{} {p}", self.why_mismatch)
        } else if why.starts_with("no primary metric has moved") {
            self.why_unmoved.to_owned()
        } else if why.starts_with("trust only wins when acceptance") {
            self.why_trust.to_owned()
        } else {
            return Why::English(why.to_owned());
        };
        Why::Told(told)
    }

    /// What a field of the form is called on it.
    pub(super) fn field(&self, field: &str) -> Option<&'static str> {
        Some(match field {
            "name" => self.name,
            "change" => self.change,
            "primary" => self.primary,
            "layer" => self.layer,
            "share" => self.share,
            "baseline" => self.baseline,
            "smallest" => self.smallest,
            _ => return None,
        })
    }

    /// A problem that the form finds by itself, in words.
    pub(super) fn problem_with(&self, problem: &str) -> Option<&'static str> {
        match problem {
            BAD_NUMBER => Some(self.bad_number),
            BAD_CHANGE => Some(self.bad_change),
            BAD_SMALLEST => Some(self.bad_smallest),
            _ => None,
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
