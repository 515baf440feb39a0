//! Chinese forms and facts.

use claims::{Attribute, Claim, Facts, Opinions, PairCounts, PopularScope, Unknown, Window};
use domain::{Language, Text};
use language::phrasing::Statement;

use super::{
    super::{
        Sides,
        format::{
            aspect, count, date, join_zh, money, one_decimal, percent, quote, terms_in, value,
        },
        zh::{and_also, cause, counted, situation, spaced},
    },
    contributed_form, statement,
};
use crate::Evidence;

const ZH: Language = Language::Zh;

/// What is told of a claim; `None` where it stays with the grammar.
pub(super) fn statement_of(claim: &Claim, evidence: &dyn Evidence) -> Option<Statement> {
    Some(match &claim.facts {
        Facts::Contributed { history, share, rank_with, rank_without } => {
            let causes: Vec<String> = history.iter().map(|past| cause(past, evidence)).collect();
            let (with, without) = (count(*rank_with), count(*rank_without));
            statement(
                contributed_form(history),
                [
                    ("cause", and_also(&causes)),
                    ("share", format!("它得分的 {}", percent(*share))),
                    ("drop", format!("它会从第 {with} 位降到第 {without} 位")),
                ],
            )
        }
        Facts::Flips { history, instead, .. } => statement(
            "flips",
            [("causes", counted(history, evidence)), ("instead", quote(instead, ZH, evidence))],
        ),
        Facts::BoughtTogether(pair) => bought_together(pair, evidence),
        Facts::ViewedThen(pair) => viewed_then(pair, evidence),
        Facts::SharesAttribute { attribute, value, n_matching, n_recent } => {
            shares(attribute, value, (*n_matching, *n_recent))
        }
        Facts::SimilarText { other, shared_terms, .. } => {
            let terms = join_zh(&terms_in(ZH, shared_terms));
            statement("similar_text", [("other", quote(other, ZH, evidence)), ("terms", terms)])
        }
        Facts::Popular { buyers, window, rank, scope } => popular(*buyers, *window, *rank, scope),
        Facts::PriceFit { price, lower_quartile, upper_quartile, category, .. } => {
            let (lower, upper) = (money(*lower_quartile, ZH), money(*upper_quartile, ZH));
            statement(
                "price_fit",
                [
                    ("price", money(*price, ZH)),
                    ("range", format!("{lower}至 {upper}")),
                    ("category", value(category, ZH)),
                ],
            )
        }
        Facts::Rated { mean, n } => statement(
            "rated",
            [
                ("mean", format!("{} 分（满分 5 分）", one_decimal(*mean))),
                ("n", format!("{} 条评分", count(*n))),
            ],
        ),
        Facts::ReviewersSay(opinions) => return reviewers_say(opinions),
        Facts::Discounted { price, former, days, since } => {
            let former = money(*former, ZH);
            let former = format!("{former}（降价前 {} 天内的最低价）", count(*days));
            statement(
                "discounted",
                [("price", money(*price, ZH)), ("former", former), ("since", date(*since, ZH))],
            )
        }
        Facts::InContext { circumstance, n_in_context, n_item, lift, .. } => {
            let (known, did) = situation(circumstance);
            statement(
                "in_context",
                [
                    ("buyers", format!("{} 位有{known}记录的买家", count(*n_item))),
                    ("part", format!("{} 位{did}", count(*n_in_context))),
                    ("lift", format!("全店的 {} 倍", one_decimal(*lift))),
                ],
            )
        }
        Facts::Promoted { paid, rank_by_score, .. } => {
            let notice = match paid {
                true => "广告：这是付费展示位",
                false => "店铺置顶：由本店指定放在这里",
            };
            statement("promoted", [("notice", notice.to_owned()), place(*rank_by_score)])
        }
        Facts::NewArrival { since, days } => {
            let ago =
                if *days == 0 { "今天".to_owned() } else { format!("{} 天前", count(*days)) };
            statement("new_arrival", [("since", date(*since, ZH)), ("ago", ago)])
        }
        Facts::Varied { rank_by_score, .. } => statement("varied", [place(*rank_by_score)]),
        Facts::UnknownShopper { because } => unknown(*because, evidence),
        // What the shopper asked for, and answers to questions, stay in the grammar's words.
        Facts::AskedFor { .. }
        | Facts::Barred { .. }
        | Facts::Outranked { .. }
        | Facts::WouldBe { .. }
        | Facts::Above { .. }
        | Facts::Priced { .. }
        | Facts::Stocked { .. }
        | Facts::Described { .. }
        | Facts::Mentions { .. }
        | Facts::CostsLess { .. }
        | Facts::Taste { .. } => return None,
    })
}

fn place(rank_by_score: u32) -> (&'static str, String) {
    ("place", format!("它排在第 {} 位", count(rank_by_score)))
}

fn bought_together(pair: &PairCounts, evidence: &dyn Evidence) -> Statement {
    statement(
        "bought_together",
        [
            ("n", format!("{} 位顾客", count(pair.n_both))),
            ("other", quote(&pair.other, ZH, evidence)),
            ("lift", format!("随机情况下的 {} 倍", one_decimal(pair.lift))),
        ],
    )
}

fn viewed_then(pair: &PairCounts, evidence: &dyn Evidence) -> Statement {
    let other = quote(&pair.other, ZH, evidence);
    let of = format!("看过{other}的 {} 位顾客", count(pair.n_other));
    statement("viewed_then", [("n", format!("{} 位", count(pair.n_both))), ("of", of)])
}

fn shares(attribute: &Attribute, shared: &Text, (n, of): (u32, u32)) -> Statement {
    let shared = ("value", value(shared, ZH));
    let like = match (n, of) {
        (1, 1) => "您最近关注的那件商品".to_owned(),
        (n, of) if n == of => format!("您最近关注的全部 {} 件商品", count(of)),
        (n, of) => format!("您最近关注的 {} 件商品中的 {} 件", count(of), count(n)),
    };
    let like = ("like", like);
    match attribute {
        Attribute::Brand => statement("shares_brand", [shared, like]),
        Attribute::Category => statement("shares_category", [shared, like]),
        Attribute::Named(name) => statement("shares_named", [("name", name.clone()), shared, like]),
    }
}

fn popular(buyers: u32, window: Window, rank: u32, scope: &PopularScope) -> Statement {
    let place = match scope {
        PopularScope::Shop => "全店".to_owned(),
        PopularScope::Category { category } => {
            format!("{}类", spaced(&value(category, ZH)).trim_start())
        }
    };
    let span = match window {
        Window::AllTime => "至今".to_owned(),
        Window::Days { days, .. } => format!("最近 {days} 天"),
    };
    statement(
        "popular",
        [
            ("buyers", format!("{} 位顾客", count(buyers))),
            ("span", span),
            ("rank", format!("第 {}", count(rank))),
            ("place", place),
        ],
    )
}

fn reviewers_say(opinions: &Opinions) -> Option<Statement> {
    let Opinions { n_reviewers, n_positive, n_negative, .. } = *opinions;
    if n_reviewers < 2 {
        return None;
    }
    let reviewers = ("reviewers", format!("{} 位顾客", count(n_reviewers)));
    let aspect = ("aspect", aspect(&opinions.aspect, ZH));
    let praise = match n_positive == n_reviewers {
        true => format!("{} 位都表示满意", count(n_positive)),
        false => format!("{} 位表示满意", count(n_positive)),
    };
    let praise = ("praise", praise);
    match Sides::of(opinions) {
        Sides::Praise => Some(statement("reviewers_praise", [reviewers, aspect, praise])),
        Sides::Both => {
            let faults = ("faults", format!("{} 位表示不满", count(n_negative)));
            Some(statement("reviewers_both", [reviewers, aspect, praise, faults]))
        }
        Sides::FaultsFirst => None,
    }
}

fn unknown(because: Unknown, evidence: &dyn Evidence) -> Statement {
    let of_page = evidence.history().iter().any(|past| past.event_id.is_none());
    let (state, basis) = match because {
        Unknown::NoHistory if of_page => ("我们还不了解您的喜好", "这里只依据当前页面推荐"),
        Unknown::NoHistory => ("我们还不了解您的喜好", "这条推荐与您的行为无关"),
        Unknown::ProfilingOff => ("您已关闭个性化推荐", "我们没有使用您的任何行为记录"),
    };
    statement("unknown_shopper", [("state", state.to_owned()), ("basis", basis.to_owned())])
}
