use super::*;

const FILES: [(Language, &str); 2] = [
    (Language::En, include_str!("../../../data/en/phrasing.txt")),
    (Language::Zh, include_str!("../../../data/zh/phrasing.txt")),
];

/// What no list may hold, whoever adds a line: numbers, negation, quantity, superlatives, promises.
const NEVER_EN: &str = "one two three four five six seven eight nine ten dozen hundred hundreds \
    thousand thousands million twice half double triple first second third no not never none \
    nobody nothing neither nor without isn't don't doesn't can't cannot all every each only most \
    least more less fewer few many several best better worse worst top leading perfect ideal \
    ultimate unique free guaranteed guarantee always safe cure heal healthy cheap cheapest bargain \
    last limited hurry returned hated complained avoid";
const NEVER_ZH: &str = "〇 零 两 三 四 五 六 七 八 九 十 百 千 亿 半 倍 几 数 许多 不 没 无 非 未 勿 莫 \
    最 极 顶 只 仅 独 唯 全 每 首 冠 绝 保证 治疗 疗效 免费 限量 限时 抢 国家 退货 投诉 便宜";

/// Words that stand in phrases where they mean something else: this one, the two, without it (before
/// what would be without it), by score only, one more, all the same.
const REVIEWED_EN: &str = "one two not without only more all less unique";

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_alphabetic() && c != '\'').filter(|word| !word.is_empty())
}

#[test]
fn no_english_list_holds_a_number_a_negation_or_a_promise() {
    let never: Vec<&str> = NEVER_EN.split_whitespace().collect();
    let lines = FILES[0].1.lines().filter(|line| !line.starts_with('#'));
    for line in lines {
        let found = words(line)
            .find(|w| never.contains(w) && !REVIEWED_EN.split_whitespace().any(|r| r == *w));
        assert_eq!(found, None, "{line}");
    }
}

#[test]
fn every_listed_form_has_examples_and_every_example_a_list() {
    for lang in Language::ALL {
        let examples = crate::phrasing::examples(lang);
        for (name, form) in examples {
            let facts = facts(name, lang).unwrap_or_else(|| panic!("{name} is not listed"));
            let known: Vec<&String> =
                facts.required.iter().chain(facts.optional.iter().flatten()).collect();
            let shown: Vec<&String> = form.facts.iter().map(|(fact, _)| fact).collect();
            assert!(shown.iter().all(|fact| known.contains(fact)), "{name}");
            assert_eq!(shown.len(), known.len(), "{name}");
        }
        assert_eq!(examples.len(), lists(lang).len());
    }
}

#[test]
fn both_languages_word_the_same_forms_with_the_same_facts() {
    for (name, english) in lists(Language::En) {
        let chinese = form(name, Language::Zh).unwrap_or_else(|| panic!("{name} in Chinese"));
        assert_eq!(english.facts, chinese.facts, "{name}");
    }
}

/// Phrases in which such a character means something else, or a condition before a fact.
const HARMLESS_ZH: &str = "不妨 不尽相同 看法不一 不一样 不一 不同 不过 不久 不计 不算 不例外 不然 没有 若没有 无论 几分 \
    差不多 不考虑 不看 不把 不是 若非 只是 仅仅 只要 只需 仅 只 两件 两样 两者 两方面 两面 数据 人数 分数 更便宜 便宜了 便宜";

#[test]
fn no_chinese_list_holds_a_number_a_negation_or_a_promise() {
    let lines = FILES[1].1.lines().filter(|line| !line.starts_with('#'));
    for line in lines {
        let mut rest = line.to_owned();
        HARMLESS_ZH.split_whitespace().for_each(|phrase| rest = rest.replace(phrase, " "));
        let found = NEVER_ZH.split_whitespace().find(|never| rest.contains(never));
        assert_eq!(found, None, "{line}");
    }
}
