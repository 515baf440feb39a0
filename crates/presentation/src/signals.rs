//! Names and meanings of signals in words.

use app::SignalName;
use domain::{Language, Text};

/// The meaning of a signal in plain words.
pub(crate) fn meaning(signal: SignalName) -> Text {
    match signal {
        SignalName::Transition => Text::both(
            "接下来买什么：其他顾客在您近期看过或买过的商品之后，还会看或买哪些商品",
            "What comes next: what other shoppers go on to after the items you viewed or bought",
        ),
        SignalName::Text => Text::both(
            "内容相近：商品名称、品牌、类目和描述与您近期看过或买过的商品有多接近",
            "Reads alike: how close title, brand, category and description are to items you viewed \
             or bought",
        ),
        SignalName::Sequence => Text::both(
            "行为序列：一个 Transformer 模型从众多顾客的行为顺序中学到的、接下来最可能的商品",
            "Sequence: what a Transformer, which has learned from the order in which shoppers act, \
             expects after the items you viewed or bought",
        ),
        SignalName::Context => Text::both(
            "情境：在当前的时段、季节、地区或设备下，哪些商品比平时更多人购买；与您的历史无关",
            "Situation: what is bought more than usual at this time, season, region or device; it \
             has nothing to do with your history",
        ),
        SignalName::Stated => Text::both(
            "您的要求：您自己说过想多看或少看什么，只对您的列表起作用",
            "What you asked for: what you said you want more or less of; it moves your list alone",
        ),
        SignalName::Popularity => Text::both(
            "热销程度：近期有多少顾客购买，与您个人无关",
            "Popularity: how many shoppers bought it lately; it has nothing to do with you",
        ),
    }
}

/// The name of a signal in a language, short enough for a label.
#[must_use]
pub fn label(signal: &str, lang: Language) -> &str {
    match (signal, lang) {
        ("transition", Language::Zh) => "接下来买什么",
        ("transition", Language::En) => "What comes next",
        ("text", Language::Zh) => "内容相近",
        ("text", Language::En) => "Reads alike",
        ("sequence", Language::Zh) => "行为序列",
        ("sequence", Language::En) => "Sequence",
        ("context", Language::Zh) => "当下情境",
        ("context", Language::En) => "Situation",
        ("stated", Language::Zh) => "您的要求",
        ("stated", Language::En) => "What you asked for",
        ("popularity", Language::Zh) => "热销程度",
        ("popularity", Language::En) => "Popularity",
        (other, _) => other,
    }
}
