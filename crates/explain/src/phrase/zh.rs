//! The Chinese grammar: one function per claim kind.

use claims::{Attribute, Claim, Facts, Opinions, PairCounts, PopularScope, Unknown, Window};
use domain::{
    Circumstance, Daypart, Device, EventKind, HistoryRef, ItemId, Language, Season, Text,
};

use super::{
    Sides, asked_zh,
    format::{
        aspect, count, date, happened_again, join_zh, money, one_decimal, percent, quote, shorten,
        terms_in, value,
    },
    goods::Goods,
};
use crate::Evidence;

const ZH: Language = Language::Zh;

/// One sentence that states one claim.
pub(super) fn sentence(claim: &Claim, evidence: &dyn Evidence) -> String {
    let item = &claim.item_id;
    match &claim.facts {
        Facts::Contributed { history, share, rank_with, rank_without } => {
            contributed(history, *share, (*rank_with, *rank_without), evidence)
        }
        Facts::Flips { history, instead, .. } => flips(history, instead, evidence),
        Facts::BoughtTogether(pair) => bought_together(pair, evidence),
        Facts::ViewedThen(pair) => viewed_then(pair, evidence),
        Facts::SharesAttribute { attribute, value, n_matching, n_recent } => {
            shares_attribute(attribute, value, (*n_matching, *n_recent))
        }
        Facts::SimilarText { other, shared_terms, .. } => {
            let terms: Vec<String> = terms_in(ZH, shared_terms);
            let other = quote(other, ZH, evidence);
            format!("它与{other}的介绍很接近，都提到了{}。", join_zh(&terms))
        }
        Facts::Popular { buyers, window, rank, scope } => popular(*buyers, *window, *rank, scope),
        Facts::PriceFit { price, lower_quartile, upper_quartile, category, .. } => format!(
            "售价 {}，与您平时买{}的花费相当（{}至 {}）。",
            money(*price, ZH),
            spaced(&value(category, ZH)),
            money(*lower_quartile, ZH),
            money(*upper_quartile, ZH)
        ),
        Facts::Rated { mean, n } => {
            format!("顾客评分 {} 分（满分 5 分，共 {} 条评分）。", one_decimal(*mean), count(*n))
        }
        Facts::ReviewersSay(opinions) => reviewers_say(opinions),
        Facts::Discounted { price, former, days, since } => format!(
            "现价 {}，{}降价；降价前 {} 天内的最低价是 {}。",
            money(*price, ZH),
            date(*since, ZH),
            count(*days),
            money(*former, ZH)
        ),
        Facts::InContext { circumstance, n_in_context, n_item, lift, .. } => {
            in_context(circumstance, (*n_in_context, *n_item), *lift)
        }
        Facts::Promoted { paid, rank_by_score, .. } => {
            let rank = count(*rank_by_score);
            match paid {
                true => format!("广告：这是付费展示位；若只看得分，它排在第 {rank} 位。"),
                false => format!("店铺置顶：由本店指定放在这里；若只看得分，它排在第 {rank} 位。"),
            }
        }
        Facts::NewArrival { since, days } => {
            let ago =
                if *days == 0 { "今天".to_owned() } else { format!("{} 天前", count(*days)) };
            format!("新品：{}上架（{ago}）。", date(*since, ZH))
        }
        Facts::Varied { rank_by_score, .. } => {
            format!(
                "为了让您多些选择才排在这里：若只看得分，它排在第 {} 位。",
                count(*rank_by_score)
            )
        }
        Facts::UnknownShopper { because } => unknown(*because, evidence).to_owned(),
        Facts::AskedFor { concept, by } => asked_zh::asked_for(item, concept, *by, evidence),
        Facts::Barred { by } => asked_zh::barred(item, *by, evidence),
        Facts::Outranked { rank_by_score, k, behind, margin } => {
            asked_zh::outranked(item, (*rank_by_score, *k), (behind, *margin), evidence)
        }
        Facts::WouldBe { changes, rank_now, rank_then, .. } => {
            asked_zh::would_be(item, changes, (*rank_now, *rank_then), evidence)
        }
        Facts::Above { other, rank_by_score, other_rank, margin, leads, most_by } => {
            let sides = [(item, *rank_by_score), (other, *other_rank)];
            asked_zh::above(sides, *margin, leads, most_by.as_ref(), evidence)
        }
        Facts::Priced { price } => asked_zh::priced(item, *price, evidence),
        Facts::Stocked { in_stock } => asked_zh::stocked(item, *in_stock, evidence),
        Facts::Described { field, values } => asked_zh::described(item, field, values, evidence),
        Facts::Mentions { word, field } => asked_zh::mentions(item, word, field, evidence),
        Facts::CostsLess { price, other, other_price } => {
            asked_zh::costs_less((item, *price), (other, *other_price), evidence)
        }
        Facts::Taste { concept, history, share } => {
            asked_zh::taste(item, concept, history.len() as u32, *share, evidence)
        }
    }
}

fn contributed(
    history: &[HistoryRef],
    share: f64,
    (with, without): (u32, u32),
    evidence: &dyn Evidence,
) -> String {
    let causes: Vec<String> = history.iter().map(|past| cause(past, evidence)).collect();
    let these = match history {
        [only] if only.event_id.is_none() => {
            Goods::of(evidence.item(&only.item_id).as_deref()).this_zh()
        }
        [_] => "这条记录",
        _ => "这些记录",
    };
    format!(
        "因为{}：它的得分有 {} 来自{these}，没有{these}，它会从第 {} 位降到第 {} 位。",
        and_also(&causes),
        percent(share),
        count(with),
        count(without)
    )
}

/// 您买过甲，还看过乙.
pub(super) fn and_also(causes: &[String]) -> String {
    causes.join("，还").replace("，还您", "，还")
}

pub(super) fn cause(past: &HistoryRef, evidence: &dyn Evidence) -> String {
    let title = quote(&past.item_id, ZH, evidence);
    let kind = evidence.history().iter().find(|e| e.to_ref() == *past).and_then(|e| e.kind);
    match kind {
        Some(EventKind::Purchase) => format!("您买过{title}"),
        Some(EventKind::Cart) => format!("您把{title}加入了购物车"),
        Some(EventKind::Wish) => format!("您收藏了{title}"),
        Some(EventKind::Rate) => format!("您评价过{title}"),
        Some(_) => format!("您看过{title}"),
        None => format!("您正在看{title}"),
    }
}

fn flips(history: &[HistoryRef], instead: &ItemId, evidence: &dyn Evidence) -> String {
    let instead = quote(instead, ZH, evidence);
    format!("如果不考虑{}，这里推荐的就会是{instead}。", counted(history, evidence))
}

/// 您买过甲、看过乙和收藏了丙.
pub(super) fn counted(history: &[HistoryRef], evidence: &dyn Evidence) -> String {
    let that = |past: &HistoryRef| {
        // Only this one is meant, where the shopper did it more than once.
        let once = if happened_again(past, history, evidence) { "（其中一次）" } else { "" };
        format!("{}{once}", cause(past, evidence))
    };
    let causes = history.iter().map(that).enumerate();
    let causes: Vec<String> = causes
        .map(|(at, cause)| match cause.strip_prefix('您') {
            Some(rest) if at > 0 => rest.to_owned(),
            _ => cause,
        })
        .collect();
    join_zh(&causes)
}

fn bought_together(pair: &PairCounts, evidence: &dyn Evidence) -> String {
    format!(
        "有 {} 位顾客同时买了它和{}，是随机情况下的 {} 倍。",
        count(pair.n_both),
        quote(&pair.other, ZH, evidence),
        one_decimal(pair.lift)
    )
}

fn viewed_then(pair: &PairCounts, evidence: &dyn Evidence) -> String {
    format!(
        "看过{}的 {} 位顾客中，有 {} 位后来也看了它。",
        quote(&pair.other, ZH, evidence),
        count(pair.n_other),
        count(pair.n_both)
    )
}

fn shares_attribute(attribute: &Attribute, shared: &Text, (n, of): (u32, u32)) -> String {
    let shared = spaced(&value(shared, ZH));
    let like = match (n, of) {
        (1, 1) => "与您最近关注的那件商品相同".to_owned(),
        (n, of) if n == of => format!("与您最近关注的 {} 件商品都相同", count(of)),
        (n, of) => format!("您最近关注的 {} 件商品中有 {} 件也是", count(of), count(n)),
    };
    match attribute {
        Attribute::Brand => format!("它的品牌是{shared}，{like}。"),
        Attribute::Category => format!("它属于{shared}，{like}。"),
        Attribute::Named(name) => format!("它的{}是{shared}，{like}。", spaced(name)),
    }
}

fn popular(buyers: u32, window: Window, rank: u32, scope: &PopularScope) -> String {
    let place = match scope {
        PopularScope::Shop => "全店".to_owned(),
        PopularScope::Category { category } => format!("{}类", spaced(&value(category, ZH))),
    };
    let buyers = count(buyers);
    let rank = count(rank);
    match window {
        Window::AllTime => {
            format!("至今已有 {buyers} 位顾客买过它，购买人数在{place}排第 {rank}。")
        }
        Window::Days { days, .. } => {
            format!("最近 {days} 天有 {buyers} 位顾客买了它，购买人数在{place}排第 {rank}。")
        }
    }
}

fn reviewers_say(opinions: &Opinions) -> String {
    let Opinions { n_reviewers, n_positive, n_negative, .. } = *opinions;
    let mention =
        format!("{} 位顾客在评价里提到{}", count(n_reviewers), aspect(&opinions.aspect, ZH));
    let praise = format!("{} 位表示满意", count(n_positive));
    let faults = format!("{} 位表示不满", count(n_negative));
    match Sides::of(opinions) {
        Sides::Praise if n_positive == n_reviewers && n_reviewers > 1 => {
            format!("有 {mention}，全都表示满意。")
        }
        Sides::Praise => format!("有 {mention}，其中 {praise}。"),
        Sides::Both => format!("有 {mention}，其中 {praise}，{faults}。"),
        Sides::FaultsFirst if n_positive == 0 => format!("请留意：有 {mention}，其中 {faults}。"),
        Sides::FaultsFirst => format!("请留意：有 {mention}，其中 {faults}，{praise}。"),
    }
}

fn in_context(circumstance: &Circumstance, (n, of): (u32, u32), lift: f64) -> String {
    let (known, did) = situation(circumstance);
    format!(
        "买过它的顾客中，有 {} 位{did}（有{known}记录的共 {} 位），占比是全店的 {} 倍。",
        count(n),
        count(of),
        one_decimal(lift)
    )
}

/// What is known of buyers, and what those in the situation did.
pub(super) fn situation(circumstance: &Circumstance) -> (&'static str, String) {
    const WEEKDAYS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
    match circumstance {
        Circumstance::Daypart(part) => (
            "时间",
            match part {
                Daypart::Night => "在凌晨下单".to_owned(),
                Daypart::Morning => "在上午下单".to_owned(),
                Daypart::Afternoon => "在下午下单".to_owned(),
                Daypart::Evening => "在晚上下单".to_owned(),
            },
        ),
        Circumstance::Weekday(day) => {
            ("日期", format!("在星期{}下单", WEEKDAYS[usize::from(*day) % WEEKDAYS.len()]))
        }
        Circumstance::Season(season) => (
            "季节",
            match season {
                Season::Spring => "在春季下单".to_owned(),
                Season::Summer => "在夏季下单".to_owned(),
                Season::Autumn => "在秋季下单".to_owned(),
                Season::Winter => "在冬季下单".to_owned(),
            },
        ),
        Circumstance::Region(region) => {
            ("地区", format!("来自{}", spaced(&shorten(region)).trim_end()))
        }
        Circumstance::Device(device) => (
            "设备",
            match device {
                Device::Phone => "用手机下单".to_owned(),
                Device::Tablet => "用平板下单".to_owned(),
                Device::Desktop => "用电脑下单".to_owned(),
            },
        ),
    }
}

fn unknown(because: Unknown, evidence: &dyn Evidence) -> &'static str {
    match because {
        Unknown::NoHistory if evidence.history().iter().any(|past| past.event_id.is_none()) => {
            "我们还不了解您的喜好，这里只依据当前页面推荐。"
        }
        Unknown::NoHistory => "我们还不了解您的喜好，这条推荐与您的行为无关。",
        Unknown::ProfilingOff => "您已关闭个性化推荐，我们没有使用您的任何行为记录。",
    }
}

/// Latin words stand apart from Chinese ones: ` Teaware `, but `茶具`.
pub(super) fn spaced(value: &str) -> String {
    let gap = |end: Option<char>| if end.is_some_and(|c| c.is_ascii_graphic()) { " " } else { "" };
    format!("{}{value}{}", gap(value.chars().next()), gap(value.chars().next_back()))
}
