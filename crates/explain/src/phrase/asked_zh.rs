//! The Chinese grammar of answers: one function per claim kind that answers a question. Every
//! sentence names its item, since an answer may speak of several.

use claims::{Bar, Change, Field, Lead};
use domain::{
    Circumstance, Concept, Daypart, Device, EventKind, HistoryRef, ItemId, Language, Money, Season,
    Text,
};

use super::{
    format::{count, money, named, percent, quote, shorten, value},
    zh::cause,
};
use crate::Evidence;

const ZH: Language = Language::Zh;

pub(super) fn asked_for(
    item: &ItemId,
    concept: &Concept,
    by: f64,
    evidence: &dyn Evidence,
) -> String {
    let what = named(concept, item, ZH, evidence);
    if by < 0.0 {
        format!("您说过想少看“{what}”，它仍然排进了列表。")
    } else {
        format!("您说过想多看“{what}”。")
    }
}

pub(super) fn barred(item: &ItemId, by: Bar, evidence: &dyn Evidence) -> String {
    let item = quote(item, ZH, evidence);
    match by {
        Bar::NotSold => format!("本店没有在卖{item}。"),
        Bar::NotRankedYet => format!("{item}上架太新，要到下次训练之后才参与排序。"),
        Bar::OutOfStock => format!("{item}目前买不到，所以没有推荐。"),
        Bar::Category => format!("{item}不在所要求的类目里。"),
        Bar::Brand => format!("{item}不是所要求的品牌。"),
        Bar::Price => format!("{item}的价格超出了所要求的范围。"),
        Bar::Excluded => format!("按要求排除了{item}。"),
        Bar::OnThePage => format!("当前页面展示的就是{item}，所以不再推荐一次。"),
        Bar::DealtWith => format!("您买过、评价过或划掉过{item}，所以不再推荐。"),
        Bar::NotInterested => format!("您说过对{item}不感兴趣。"),
        Bar::AskedForCheaper => format!("您要求看更便宜的，{item}的价格没有更低。"),
        Bar::AskedForOtherBrand => format!("您要求换个品牌，{item}仍是那个品牌。"),
    }
}

pub(super) fn outranked(
    item: &ItemId,
    (rank, k): (u32, u32),
    (behind, margin): (&ItemId, f64),
    evidence: &dyn Evidence,
) -> String {
    let (item, behind) = (quote(item, ZH, evidence), quote(behind, ZH, evidence));
    let (rank, k) = (count(rank), count(k));
    if margin < 0.0 {
        return format!(
            "{item}按得分排第 {rank}，本可以进入所展示的 {k} 件；为了多样性，位置给了得分更低的{behind}。"
        );
    }
    format!(
        "{item}可以展示，但按得分只排第 {rank}，而这里只展示 {k} 件：入选的{behind}比它高 {margin:.3} 分。"
    )
}

pub(super) fn would_be(
    item: &ItemId,
    changes: &[Change],
    (now, then): (Option<u32>, Option<u32>),
    evidence: &dyn Evidence,
) -> String {
    let conditions: Vec<String> =
        changes.iter().map(|change| condition(change, evidence)).collect();
    let item = quote(item, ZH, evidence);
    let outcome = match (now, then) {
        (None, Some(then)) => format!("{item}会进入您的列表，排第 {}", count(then)),
        (Some(now), None) => format!("{item}就不会在您的列表里（现在排第 {}）", count(now)),
        (Some(now), Some(then)) if now == then => format!("{item}仍排第 {}", count(now)),
        (Some(now), Some(then)) => format!("{item}会从第 {} 变到第 {}", count(now), count(then)),
        (None, None) => format!("{item}仍然不会在您的列表里"),
    };
    format!("{}，{outcome}。", conditions.join("，并且"))
}

fn condition(change: &Change, evidence: &dyn Evidence) -> String {
    match change {
        Change::Without { history } => {
            let mut causes: Vec<String> = Vec::new();
            for cause in history.iter().map(|past| cause(past, evidence)) {
                // 做过几次的，只说一遍。
                if !causes.contains(&cause) {
                    causes.push(cause);
                }
            }
            format!("如果不考虑{}", causes.join("、"))
        }
        Change::With { did, item_id } => {
            let item = quote(item_id, ZH, evidence);
            match did {
                EventKind::Purchase => format!("如果您现在买了{item}"),
                EventKind::Cart => format!("如果您现在把{item}加入购物车"),
                EventKind::Wish => format!("如果您现在收藏了{item}"),
                EventKind::Rate => format!("如果您现在评价了{item}"),
                _ => format!("如果您现在看了{item}"),
            }
        }
        Change::Price { min, max } => match (min, max) {
            (Some(min), Some(max)) => format!("如果只看价格在 {min} 到 {max} 之间的"),
            (Some(min), None) => format!("如果只看价格不低于 {min} 的"),
            (None, Some(max)) => format!("如果只看价格不超过 {max} 的"),
            (None, None) => "如果不限价格".to_owned(),
        },
        Change::In { circumstance } => format!("如果{}", within(circumstance)),
    }
}

fn within(circumstance: &Circumstance) -> String {
    const DAYS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
    match circumstance {
        Circumstance::Daypart(Daypart::Night) => "是在凌晨".to_owned(),
        Circumstance::Daypart(Daypart::Morning) => "是在上午".to_owned(),
        Circumstance::Daypart(Daypart::Afternoon) => "是在下午".to_owned(),
        Circumstance::Daypart(Daypart::Evening) => "是在晚上".to_owned(),
        Circumstance::Weekday(day) => {
            format!("是在星期{}", DAYS[usize::from(*day) % DAYS.len()])
        }
        Circumstance::Season(Season::Spring) => "是在春季".to_owned(),
        Circumstance::Season(Season::Summer) => "是在夏季".to_owned(),
        Circumstance::Season(Season::Autumn) => "是在秋季".to_owned(),
        Circumstance::Season(Season::Winter) => "是在冬季".to_owned(),
        Circumstance::Region(region) => format!("您在“{}”", shorten(region)),
        Circumstance::Device(Device::Phone) => "您用的是手机".to_owned(),
        Circumstance::Device(Device::Tablet) => "您用的是平板".to_owned(),
        Circumstance::Device(Device::Desktop) => "您用的是电脑".to_owned(),
    }
}

pub(super) fn above(
    [(item, rank), (other, other_rank)]: [(&ItemId, Option<u32>); 2],
    margin: f64,
    leads: &[Lead],
    most_by: Option<&HistoryRef>,
    evidence: &dyn Evidence,
) -> String {
    let place = |rank: Option<u32>| {
        rank.map_or_else(|| "不参与展示".to_owned(), |rank| format!("第 {}", count(rank)))
    };
    let mut text = format!(
        "{}比{}高 {margin:.3} 分（按得分{}对{}）",
        quote(item, ZH, evidence),
        quote(other, ZH, evidence),
        place(rank),
        place(other_rank)
    );
    if let Some(Lead { signal, gap }) = leads.first().filter(|lead| lead.gap > 0.0) {
        text += &format!("；其中{}贡献最大，{gap:.3} 分", signal_words(signal));
    }
    if let Some(past) = most_by {
        text += &format!("；在您做过的事里，最支持它的是{}", cause(past, evidence));
    }
    text + "。"
}

/// What a signal looks at.
pub(super) fn signal_words(signal: &str) -> &str {
    match signal {
        "transition" => "“顾客接着看什么”",
        "text" => "“内容相近”",
        "sequence" => "“行为的先后顺序”",
        "popularity" => "“购买人数”",
        "context" => "“当下情境”",
        "stated" => "“您提的要求”",
        other => other,
    }
}

pub(super) fn priced(item: &ItemId, price: Option<Money>, evidence: &dyn Evidence) -> String {
    let item = quote(item, ZH, evidence);
    match price {
        Some(price) => format!("{item}的价格是 {}。", money(price, ZH)),
        None => format!("商品目录里没有{item}的价格。"),
    }
}

pub(super) fn stocked(item: &ItemId, in_stock: bool, evidence: &dyn Evidence) -> String {
    let item = quote(item, ZH, evidence);
    if in_stock { format!("{item}现在可以买到。") } else { format!("{item}目前缺货。") }
}

fn field_name(field: &Field) -> &str {
    match field {
        Field::Title => "名称",
        Field::Brand => "品牌",
        Field::Category => "类目",
        Field::Description => "介绍",
        Field::Named(name) => attribute_name(name).unwrap_or(name),
    }
}

/// Common names of attributes, as shops write them in their files. Any other name stays the shop's.
const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("颜色", &["color", "colour", "colors", "colours"]),
    ("尺码", &["size", "sizes"]),
    ("材质", &["material", "materials"]),
    ("面料", &["fabric"]),
    ("款式", &["style"]),
    ("图案", &["pattern"]),
    ("品牌", &["brand"]),
    ("型号", &["model", "model number"]),
    ("制造商", &["manufacturer", "maker"]),
    ("产地", &["origin", "country of origin", "made in"]),
    ("重量", &["weight", "item weight"]),
    ("尺寸", &["dimensions", "product dimensions", "item dimensions"]),
    ("长度", &["length"]),
    ("宽度", &["width"]),
    ("高度", &["height"]),
    ("容量", &["capacity", "volume"]),
    ("性别", &["gender", "department"]),
    ("适用年龄", &["age", "age group", "age range"]),
    ("季节", &["season"]),
    ("香味", &["scent", "fragrance"]),
    ("口味", &["flavor", "flavour"]),
    ("肤质", &["skin type"]),
    ("发质", &["hair type"]),
    ("成分", &["ingredients", "ingredient"]),
    ("种类", &["kind", "type", "variety"]),
    ("形状", &["shape"]),
    ("工艺", &["finish", "craft", "technique"]),
    ("功能", &["feature", "features", "function"]),
    ("用途", &["use", "usage", "purpose"]),
    ("包装", &["pack", "package", "packaging", "pack size"]),
    ("等级", &["grade"]),
    ("功率", &["power", "wattage"]),
    ("形态", &["form"]),
    ("厚度", &["thickness"]),
    ("质地", &["texture"]),
    ("套装", &["set"]),
    ("烘焙", &["roast"]),
    ("适用场所", &["place"]),
    ("适用人数", &["people"]),
    ("盖子", &["lid"]),
    ("封面", &["cover"]),
    ("装订", &["binding"]),
    ("主题", &["theme"]),
    ("强度", &["strength"]),
    ("电池", &["battery"]),
    ("题材", &["genre"]),
];

/// The Chinese name of a common attribute, by its English one.
#[must_use]
pub fn attribute_name(name: &str) -> Option<&'static str> {
    let name = name.trim().to_lowercase().replace(['_', '-'], " ");
    let of = |(_, names): &&(&str, &[&str])| names.contains(&name.as_str());
    ATTRIBUTES.iter().find(of).map(|(zh, _)| *zh)
}

pub(super) fn described(
    item: &ItemId,
    field: &Field,
    values: &[Text],
    evidence: &dyn Evidence,
) -> String {
    let is_named = matches!(field, Field::Named(_));
    let (item, field) = (quote(item, ZH, evidence), field_name(field));
    match (values.is_empty(), is_named) {
        (true, true) => return format!("商品目录里，{item}没有“{field}”这一项。"),
        (true, false) => return format!("商品目录里没有写明{item}的{field}。"),
        (false, _) => {}
    }
    let values: Vec<String> = values.iter().map(|v| value(v, ZH)).collect();
    format!("{item}的{field}：{}。", values.join("、"))
}

pub(super) fn mentions(
    item: &ItemId,
    word: &str,
    field: &Field,
    evidence: &dyn Evidence,
) -> String {
    format!("{}的{}里写着“{}”。", quote(item, ZH, evidence), field_name(field), shorten(word))
}

pub(super) fn costs_less(
    (item, price): (&ItemId, Money),
    (other, other_price): (&ItemId, Money),
    evidence: &dyn Evidence,
) -> String {
    format!(
        "{}比{}便宜：{} 对 {}。",
        quote(item, ZH, evidence),
        quote(other, ZH, evidence),
        money(price, ZH),
        money(other_price, ZH)
    )
}

pub(super) fn taste(
    newest: &ItemId,
    concept: &Concept,
    n: u32,
    share: f64,
    evidence: &dyn Evidence,
) -> String {
    let what = named(concept, newest, ZH, evidence);
    let newest = quote(newest, ZH, evidence);
    let from = match n {
        1 => format!("来自您与{newest}有关的行为"),
        n => format!("来自您的 {} 次行为，最近一次与{newest}有关", count(n)),
    };
    format!("“{what}”：{from}；您看到的商品得分中有 {}以此为据。", percent(share))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_attributes_have_chinese_names_and_others_keep_the_shops() {
        let name = |name: &str| field_name(&Field::Named(name.to_owned())).to_owned();
        assert_eq!(["color", "Skin_Type", "Country of Origin"].map(name), ["颜色", "肤质", "产地"]);
        assert_eq!(["Glaze", "釉色"].map(name), ["Glaze", "釉色"]);
    }
}
