//! Claims as plain facts: a label and the numbers, for whoever wants more than sentences.

use app::{Live, money};
use claims::{
    Attribute, Claim, Facts, Opinions, PairCounts, PopularScope, Unknown, Verdict, Window,
};
use domain::{ItemId, Language};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{circumstances, labels::Labels, title};

/// One claim.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Fact {
    /// What it is about.
    pub label: &'static str,
    /// Its facts.
    pub detail: String,
    /// What its checker found, in words.
    pub verdict: &'static str,
    /// Whether it was verified.
    pub verified: bool,
}

/// A claim in a language.
#[must_use]
pub fn of(live: &Live, claim: &Claim, lang: Language) -> Fact {
    let quote = |id: &ItemId| format!("“{}”", shortened(&title(live, id, lang)));
    let detail = match lang {
        Language::Zh => zh(&claim.facts, &quote),
        Language::En => en(&claim.facts, &quote),
    };
    let labels = Labels(lang);
    Fact {
        label: labels.claim(&claim.facts),
        detail,
        verdict: labels.verdict(claim.verdict),
        verified: claim.verdict == Verdict::Verified,
    }
}

/// Characters of a title that are quoted.
const LONGEST_QUOTED: usize = 60;

/// A title that does not bury the facts beside it.
fn shortened(title: &str) -> String {
    match title.char_indices().nth(LONGEST_QUOTED) {
        Some((end, _)) => format!("{}…", title[..end].trim_end()),
        None => title.to_owned(),
    }
}

fn percent(share: f64) -> f64 {
    (share * 100.0).round()
}

fn quoted(ids: impl Iterator<Item = ItemId>, quote: &dyn Fn(&ItemId) -> String) -> Vec<String> {
    ids.map(|id| quote(&id)).collect()
}

fn zh(facts: &Facts, quote: &dyn Fn(&ItemId) -> String) -> String {
    let lang = Language::Zh;
    match facts {
        Facts::Contributed { history, share, rank_with, rank_without } => {
            let items = quoted(history.iter().map(|past| past.item_id.clone()), quote).join("、");
            let share = percent(*share);
            format!(
                "{items}贡献了得分的 {share}%；计入时排第 {rank_with}，不计入时排第 {rank_without}"
            )
        }
        Facts::Flips { history, k, instead } => {
            let items = quoted(history.iter().map(|past| past.item_id.clone()), quote).join("、");
            format!("不计入{items}时不在前 {k} 件之列，取而代之的是{}", quote(instead))
        }
        Facts::BoughtTogether(pair) => pair_zh(pair, "两件都买过", "买过", quote),
        Facts::ViewedThen(pair) => pair_zh(pair, "先看它、后看本品", "看过", quote),
        Facts::SharesAttribute { attribute, value, n_matching, n_recent } => {
            let name = match attribute {
                Attribute::Brand => "品牌",
                Attribute::Category => "类目",
                Attribute::Named(name) => Labels(lang).attribute(name),
            };
            let value = value.in_language(lang);
            format!("{name}“{value}”：最近 {n_recent} 件商品中有 {n_matching} 件相同")
        }
        Facts::SimilarText { other, similarity, shared_terms } => {
            let terms = shared_terms.join("、");
            format!("与{}的相似度为 {similarity:.2}；共同的词：{terms}", quote(other))
        }
        Facts::Popular { buyers, window, rank, scope } => {
            let scope = match scope {
                PopularScope::Shop => "全店".to_owned(),
                PopularScope::Category { category } => {
                    format!("“{}”类目", category.in_language(lang))
                }
            };
            format!("{scope}第 {rank} 名；{}有 {buyers} 位顾客购买", window_zh(*window))
        }
        Facts::PriceFit { price, median, lower_quartile, upper_quartile, category, n_prices } => {
            format!(
                "售价 {}；您在“{}”类目买过 {n_prices} 次，中位价 {}，多在 {} 至 {} 之间",
                money(*price, lang),
                category.in_language(lang),
                money(*median, lang),
                money(*lower_quartile, lang),
                money(*upper_quartile, lang),
            )
        }
        Facts::Rated { mean, n } => format!("{n} 个评分，平均 {mean:.1} 星（满分 5 星）"),
        Facts::ReviewersSay(Opinions { aspect, n_reviewers, n_positive, n_negative, .. }) => {
            let aspect = aspect.in_language(lang);
            format!("“{aspect}”：{n_reviewers} 位提到，{n_positive} 位满意，{n_negative} 位不满")
        }
        Facts::Discounted { price, former, days, since } => format!(
            "{} 降至 {}；此前 {days} 天最低 {}",
            since.date(),
            money(*price, lang),
            money(*former, lang)
        ),
        Facts::InContext {
            circumstance,
            n_in_context,
            n_item,
            n_shop_in_context,
            n_shop,
            lift,
        } => {
            let name = circumstances::name(circumstance, lang);
            format!(
                "{name}：本品 {n_item} 位买家中有 {n_in_context} 位，全店 {n_shop} 位中有 \
                 {n_shop_in_context} 位；比例为 {lift:.1} 倍"
            )
        }
        Facts::Promoted { rank_by_score, rank_shown, .. } => {
            format!("只看得分排第 {rank_by_score}，指定放在第 {rank_shown}")
        }
        Facts::NewArrival { since, days } => format!("{} 上架，已有 {days} 天", since.date()),
        Facts::Varied { rank_by_score, rank_shown } => {
            format!("只看得分排第 {rank_by_score}，为了多样性放在第 {rank_shown}")
        }
        Facts::UnknownShopper { because: Unknown::NoHistory } => "还没有历史记录".to_owned(),
        Facts::UnknownShopper { because: Unknown::ProfilingOff } => "已关闭个性化".to_owned(),
        Facts::AskedFor { concept, by } => format!("“{}”：得分 {by:+.2}", concept.value()),
        // These answer questions and stand in no list; their sentences hold all their facts.
        Facts::Barred { .. }
        | Facts::Outranked { .. }
        | Facts::WouldBe { .. }
        | Facts::Above { .. }
        | Facts::Priced { .. }
        | Facts::Stocked { .. }
        | Facts::Described { .. }
        | Facts::Mentions { .. }
        | Facts::CostsLess { .. }
        | Facts::Taste { .. } => facts.kind().name().to_owned(),
    }
}

fn pair_zh(
    pair: &PairCounts,
    did_both: &str,
    did: &str,
    quote: &dyn Fn(&ItemId) -> String,
) -> String {
    let PairCounts { other, n_both, n_other, n_item, lift, window } = pair;
    let (other, window) = (quote(other), window_zh(*window));
    format!(
        "{other}：{window}有 {n_both} 位顾客{did_both}；{did}它的有 {n_other} 位，{did}本品的有 \
         {n_item} 位；是随机情况的 {lift:.1} 倍"
    )
}

fn window_zh(window: Window) -> String {
    match window {
        Window::AllTime => "迄今".to_owned(),
        Window::Days { days, .. } => format!("近 {days} 天"),
    }
}

fn en(facts: &Facts, quote: &dyn Fn(&ItemId) -> String) -> String {
    let lang = Language::En;
    match facts {
        Facts::Contributed { history, share, rank_with, rank_without } => {
            let items = quoted(history.iter().map(|past| past.item_id.clone()), quote).join(", ");
            let share = percent(*share);
            format!(
                "{share}% of the score from {items}; rank {rank_with} with, {rank_without} without"
            )
        }
        Facts::Flips { history, k, instead } => {
            let items = quoted(history.iter().map(|past| past.item_id.clone()), quote).join(", ");
            format!("without {items} not among the {k}; {} instead", quote(instead))
        }
        Facts::BoughtTogether(pair) => pair_en(pair, "bought both", "bought", quote),
        Facts::ViewedThen(pair) => pair_en(pair, "viewed it first and this later", "viewed", quote),
        Facts::SharesAttribute { attribute, value, n_matching, n_recent } => {
            let name = match attribute {
                Attribute::Brand => "brand",
                Attribute::Category => "category",
                Attribute::Named(name) => name,
            };
            let value = value.in_language(lang);
            format!("{name} “{value}”: the same in {n_matching} of the last {n_recent} items")
        }
        Facts::SimilarText { other, similarity, shared_terms } => {
            let terms = shared_terms.join(", ");
            format!("similarity {similarity:.2} to {}; shared words: {terms}", quote(other))
        }
        Facts::Popular { buyers, window, rank, scope } => {
            let scope = match scope {
                PopularScope::Shop => "the shop".to_owned(),
                PopularScope::Category { category } => format!("“{}”", category.in_language(lang)),
            };
            format!("rank {rank} in {scope}; {} {}", n_of(*buyers, "buyer"), window_en(*window))
        }
        Facts::PriceFit { price, median, lower_quartile, upper_quartile, category, n_prices } => {
            format!(
                "costs {}; {} of yours in “{}”: median {}, mostly {} to {}",
                money(*price, lang),
                n_of(*n_prices, "price"),
                category.in_language(lang),
                money(*median, lang),
                money(*lower_quartile, lang),
                money(*upper_quartile, lang),
            )
        }
        Facts::Rated { mean, n } => {
            format!("{mean:.1} of 5 stars on average, {}", n_of(*n, "rating"))
        }
        Facts::ReviewersSay(Opinions { aspect, n_reviewers, n_positive, n_negative, .. }) => {
            let aspect = aspect.in_language(lang);
            let reviewers = n_of(*n_reviewers, "reviewer");
            format!("“{aspect}”: {reviewers}, {n_positive} praising, {n_negative} finding fault")
        }
        Facts::Discounted { price, former, days, since } => format!(
            "{} since {}; lowest in the {} before: {}",
            money(*price, lang),
            since.date(),
            n_of(*days, "day"),
            money(*former, lang)
        ),
        Facts::InContext {
            circumstance,
            n_in_context,
            n_item,
            n_shop_in_context,
            n_shop,
            lift,
        } => {
            let name = circumstances::name(circumstance, lang);
            format!(
                "{name}: {n_in_context} of its {}, {n_shop_in_context} of {n_shop} in the shop; \
                 {lift:.1} times the share",
                n_of(*n_item, "buyer")
            )
        }
        Facts::Promoted { rank_by_score, rank_shown, .. } => {
            format!("rank {rank_by_score} by score alone, placed at {rank_shown} by hand")
        }
        Facts::NewArrival { since, days } => {
            format!("since {}, {} ago", since.date(), n_of(*days, "day"))
        }
        Facts::Varied { rank_by_score, rank_shown } => {
            format!("rank {rank_by_score} by score alone, shown at {rank_shown} for variety")
        }
        Facts::UnknownShopper { because: Unknown::NoHistory } => "no history yet".to_owned(),
        Facts::UnknownShopper { because: Unknown::ProfilingOff } => {
            "profiling is switched off".to_owned()
        }
        Facts::AskedFor { concept, by } => format!("“{}”: {by:+.2} of the score", concept.value()),
        // These answer questions and stand in no list; their sentences hold all their facts.
        Facts::Barred { .. }
        | Facts::Outranked { .. }
        | Facts::WouldBe { .. }
        | Facts::Above { .. }
        | Facts::Priced { .. }
        | Facts::Stocked { .. }
        | Facts::Described { .. }
        | Facts::Mentions { .. }
        | Facts::CostsLess { .. }
        | Facts::Taste { .. } => facts.kind().name().to_owned(),
    }
}

fn pair_en(
    pair: &PairCounts,
    did_both: &str,
    did: &str,
    quote: &dyn Fn(&ItemId) -> String,
) -> String {
    let PairCounts { other, n_both, n_other, n_item, lift, window } = pair;
    let (other, window) = (quote(other), window_en(*window));
    format!(
        "{other}: {} {did_both} {window}; {n_other} {did} it, {n_item} {did} this; {lift:.1} times \
         as often as by chance",
        n_of(*n_both, "shopper"),
    )
}

fn window_en(window: Window) -> String {
    match window {
        Window::AllTime => "so far".to_owned(),
        Window::Days { days, .. } => format!("in the last {}", n_of(days, "day")),
    }
}

fn n_of(n: u32, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}
