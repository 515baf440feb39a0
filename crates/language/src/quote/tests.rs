use super::*;

fn quoted(a: &str, b: &str) -> Vec<String> {
    quoted_in(&Tokeniser::default(), a, b)
}

/// Every word and pair of neighbours of the first title, as the text signal would share them.
fn quoted_in(tokeniser: &Tokeniser, a: &str, b: &str) -> Vec<String> {
    let words = tokeniser.tokenise(a);
    let inner = words.iter().flat_map(|word| parts(word).into_iter().map(|at| word[at].to_owned()));
    let pairs = words.windows(2).map(|pair| pair.join(" "));
    let terms: Vec<String> = words.iter().cloned().chain(inner).chain(pairs).collect();
    shared(tokeniser, &terms, &[a], &[b])
}

#[test]
fn a_word_of_letters_and_characters_is_quoted_whole_as_the_title_spells_it() {
    assert_eq!(quoted("印花T恤 男款 夏季", "纯色T恤 情侣款"), ["T恤"]);
    assert_eq!(quoted("金属U盘 64GB 车载", "U盘 128GB 高速"), ["U盘"]);
    assert_eq!(quoted("A4纸 500张", "加厚A4纸"), ["A4纸"]);
    assert_eq!(quoted("iPhone15 磨砂壳", "透明壳 iPhone15"), ["iPhone15"]);
}

#[test]
fn a_piece_of_a_word_is_not_quoted() {
    assert_eq!(quoted("纯棉T恤", "抚恤金"), [""; 0]);
    // A guess of the tokeniser's, a character that it cut off, the number of what is counted.
    assert_eq!(quoted("觅橘润肤乳", "觅橘沐浴啫喱"), [""; 0]);
    assert_eq!(quoted("护腕", "护膝"), [""; 0]);
    assert_eq!(quoted("面膜10片装", "湿巾10包装"), [""; 0]);
}

#[test]
fn what_stands_alone_in_both_titles_is_a_word() {
    assert_eq!(quoted("觅橘 润肤乳", "觅橘 沐浴啫喱"), ["觅橘"]);
    assert_eq!(quoted("茶 礼盒装", "乌龙 茶"), ["茶"]);
}

#[test]
fn words_are_quoted_together_only_where_they_are_neighbours_in_both() {
    assert_eq!(quoted("哑光口红 正红", "哑光口红 豆沙"), ["哑光口红"]);
    assert_eq!(quoted("Matte red lipstick", "matte red nail polish"), ["matte red"]);
    assert_eq!(quoted("red. Wine glass", "glass of red wine"), ["red", "wine", "glass"]);
}

#[test]
fn a_word_that_lies_within_another_is_left_out() {
    assert_eq!(quoted("5G手机 黑", "5G手机 白"), ["5G手机"]);
    assert_eq!(quoted("5G手机 黑", "老人手机"), ["手机"]);
}

#[test]
fn a_word_of_the_shop_is_quoted_like_one_of_the_dictionary() {
    let own = Tokeniser::new(["觅橘", "Air Pro 3"]);
    assert_eq!(quoted_in(&own, "觅橘润肤乳", "觅橘沐浴啫喱"), ["觅橘"]);
    assert_eq!(quoted_in(&own, "Air Pro 3耳塞", "耳挂 Air Pro 3"), ["Air Pro 3"]);
}
