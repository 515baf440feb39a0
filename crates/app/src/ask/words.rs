//! The words of an answer that state no fact about shop or shopper.

use domain::Language;

use super::{Action, Question};
use crate::correct::Effect;

fn pick(lang: Language, zh: &str, en: &str) -> String {
    if lang == Language::Zh { zh.to_owned() } else { en.to_owned() }
}

/// Nothing could be verified, or nothing was understood.
pub(super) fn cannot(understood: bool, lang: Language) -> String {
    match understood {
        true => pick(
            lang,
            "根据目前掌握的信息，我无法回答这个问题。",
            "I cannot answer that from what I know.",
        ),
        false => pick(
            lang,
            "我没有听懂这个问题，也可能没认出说的是哪件商品。",
            "I did not understand that, or could not tell which item is meant.",
        ),
    }
}

/// What can be asked.
pub(super) fn can_ask(lang: Language) -> Vec<String> {
    match lang {
        Language::Zh => &[
            "为什么推荐第一个？",
            "为什么没有推荐……？",
            "为什么第一个排在第二个前面？",
            "如果我没买……会怎样？",
            "比较前两个",
            "你知道我什么？",
            "第一个多少钱？有货吗？评价怎么样？",
            "少推荐一些……",
        ],
        Language::En => &[
            "Why the first one?",
            "Why is … not in my list?",
            "Why is the first above the second?",
            "What if I had not bought …?",
            "Compare the first two",
            "What do you know about me?",
            "What does the first one cost? Is it in stock? What do reviewers say?",
            "Show me less of …",
        ],
    }
    .map(str::to_owned)
    .to_vec()
}

/// A correction was made or taken back.
pub(super) fn done(effect: &Effect, lang: Language) -> String {
    let changed = effect.before != effect.after;
    match (effect.taken_back, changed) {
        (false, true) => pick(lang, "已经改好，您的列表变了。", "Done; your list has changed."),
        (false, false) => {
            pick(lang, "已经记下，目前您的列表没有变化。", "Noted; your list is the same for now.")
        }
        (true, _) => pick(lang, "已经撤销，列表恢复原样。", "Taken back; your list is as it was."),
    }
}

/// Who asks has to be known, to keep anything for them.
pub(super) fn nobody(lang: Language) -> String {
    pick(lang, "要记住您的要求，得先登录。", "To keep that for you, I have to know who you are.")
}

/// There is nothing to take back.
pub(super) fn nothing_to_undo(lang: Language) -> String {
    pick(lang, "没有可以撤销的更正。", "There is no correction to take back.")
}

/// An erasure cannot be taken back, so it takes a second word, and the right to it.
pub(super) fn forget(lang: Language) -> String {
    pick(
        lang,
        "彻底删除无法撤销：需由店铺确认后，用 DELETE /v1/shoppers/{id} 执行。您也可以先从头开始，或关闭个性化，这两项都能撤销。",
        "Erasing you cannot be taken back: the shop confirms it and calls DELETE /v1/shoppers/{id}. \
         You can also begin anew or switch personalisation off; both can be taken back.",
    )
}

/// Takes back what was just done.
pub(super) fn undo(ask: Question, lang: Language) -> Action {
    Action { label: pick(lang, "撤销", "Undo"), ask, undoable: false }
}

pub(super) fn action(zh: &str, en: &str, ask: Question, lang: Language) -> Action {
    Action { label: pick(lang, zh, en), ask, undoable: true }
}
