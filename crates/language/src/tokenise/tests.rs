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
