use super::*;

#[test]
fn amounts_keep_their_units() {
    assert_eq!(
        tokenise("Serum 30ML, SPF50+ 0.5-Ounce"),
        ["serum", "30ml", "spf50", "0.5", "ounce"]
    );
    assert_eq!(tokenise("500g装×2"), ["500g", "装", "2"]);
}

#[test]
fn full_width_and_half_width_read_the_same() {
    assert_eq!(tokenise("ＳＫ－ＩＩ　３０ｍｌ"), tokenise("SK-II 30ml"));
}

#[test]
fn accents_composed_or_not_read_the_same() {
    assert_eq!(
        tokenise("L'Oreal\u{301} cre\u{300}me"),
        tokenise("l\u{2019}orealé crème".replace("é", "\u{301}").as_str())
    );
    assert_eq!(tokenise("cre\u{300}me"), ["crème"]);
}

#[test]
fn mixed_titles_are_cut_at_the_change_of_script() {
    assert_eq!(tokenise("MAC子弹头口红Ruby Woo"), ["mac", "子弹头", "口红", "ruby", "woo"]);
}

#[test]
fn punctuation_alone_gives_no_words() {
    assert!(tokenise("— … !!! 、。 ' .").is_empty());
    assert!(tokenise("").is_empty());
}

#[test]
fn a_point_is_part_of_a_number_only_between_digits() {
    assert_eq!(tokenise("v2.0. end. 7."), ["v2.0", "end", "7"]);
}

#[test]
fn an_apostrophe_is_part_of_a_word_only_between_letters() {
    assert_eq!(tokenise("'burt's bees' 5'"), ["burt's", "bees", "5"]);
}

/// Words in which letters or digits and Han characters belong together. None stands beside what
/// could go on with it, so each is one word wherever it stands.
const COMPOUNDS: [&str; 84] = [
    "T恤",
    "U盘",
    "V领",
    "A字裙",
    "K歌",
    "Q弹",
    "X光",
    "C位",
    "S码",
    "POLO衫",
    "PU皮",
    "LED灯",
    "SD卡",
    "SIM卡",
    "USB线",
    "HDMI线",
    "PVC管",
    "PP棉",
    "AA电池",
    "A4纸",
    "B5纸",
    "5G手机",
    "4K电视",
    "3D打印机",
    "3C数码",
    "N95口罩",
    "18K金",
    "K金",
    "BB霜",
    "UV胶",
    "TF卡",
    "IC卡",
    "维生素C",
    "维生素B12",
    "维C",
    "辅酶Q10",
    "卡拉OK",
    "小米14Pro",
    "华为Mate60",
    "红米K70",
    "荣耀90GT",
    "大疆Mini4",
    "佳能R50",
    "32寸",
    "10片装",
    "6瓶装",
    "5斤",
    "12色",
    "3层",
    "100抽",
    "2只装",
    "500毫升",
    "1.5升",
    "0-3岁",
    "7天",
    "3件套",
    "2米",
    "36码",
    "5号电池",
    "24小时",
    "8核",
    "3合一",
    "2人份",
    "120粒",
    "iPhone15",
    "USB-C",
    "T-shirt",
    "Type-C",
    "Wi-Fi",
    "MX-5",
    "WH-1000XM5",
    "24-105mm",
    "SK-II",
    "H&M",
    "500ml",
    "1.5L",
    "256GB",
    "RTX4090",
    "PS5",
    "100%",
    "4S店",
    "ph试纸",
    "7喜",
    "999感冒灵",
];

proptest::proptest! {
    #[test]
    fn no_word_is_cut_and_none_runs_into_the_next(
        picked in proptest::collection::vec((0..COMPOUNDS.len(), 0..6usize), 1..6),
    ) {
        let around = ["", "新款", "黑色", "包邮", "夏季女士", "hot"];
        let mut text = String::new();
        for &(n, after) in &picked {
            text += &format!("{} {} ", COMPOUNDS[n], around[after]);
        }
        let words = tokenise(&text);
        let joined: String = words.concat();
        proptest::prop_assert_eq!(joined, normalise(&text).replace(' ', ""));
        for (n, _) in picked {
            let whole = normalise(COMPOUNDS[n]);
            proptest::prop_assert!(words.contains(&whole), "{} in {:?}", whole, words);
        }
    }
}

#[test]
fn compounds_stay_whole_between_other_characters() {
    assert_eq!(tokenise("男士T恤短袖"), ["男士", "t恤", "短袖"]);
    assert_eq!(tokenise("金士顿U盘高速"), ["金士顿", "u盘", "高速"]);
    assert_eq!(tokenise("复合维生素C咀嚼片"), ["复合", "维生素c", "咀嚼片"]);
    assert_eq!(tokenise("小米14Pro手机壳"), ["小米14pro", "手机壳"]);
}

#[test]
fn a_compound_takes_no_character_of_the_word_behind_it() {
    assert_eq!(tokenise("5G手机壳"), ["5g", "手机壳"]);
    assert_eq!(tokenise("LED灯泡"), ["led", "灯泡"]);
    assert_eq!(tokenise("2个月饼"), ["2个", "月饼"]);
    assert_eq!(tokenise("MAC口红"), ["mac", "口红"]);
    assert_eq!(tokenise("小米500ml杯"), ["小米", "500ml", "杯"]);
}

#[test]
fn words_of_a_shop_are_not_cut() {
    let own = Tokeniser::new(["觅橘", "云感裤", "N3-Plus 刷"]);
    assert_eq!(own.tokenise("觅橘云感裤女"), ["觅橘", "云感裤", "女"]);
    assert_eq!(own.tokenise("n3-plus 刷子"), ["n3", "plus", "刷子"]);
    assert_eq!(own.tokenise("新N3-PLUS 刷 白"), ["新", "n3-plus 刷", "白"]);
    assert_ne!(tokenise("觅橘云感裤女"), own.tokenise("觅橘云感裤女"));
}

#[test]
fn japanese_loan_words_keep_their_letter() {
    assert_eq!(tokenise("メンズ Tシャツ Vネック"), ["メンズ", "tシャツ", "vネック"]);
}
