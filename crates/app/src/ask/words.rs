//! The words of an answer that state no fact about shop or shopper.

use domain::Language;

use super::{Action, Forgotten, Question};
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

/// Whether profiling is to be switched off.
pub(super) fn asks_to_stop(lang: Language) -> String {
    pick(
        lang,
        "关闭个性化后，推荐和回答都不再使用您的历史和更正，训练也不再使用；可以随时撤销。确认关闭吗？",
        "With profiling off, neither what you are shown, nor answers, nor training use your history \
         or what you put right. It can be taken back at any time. Shall it be switched off?",
    )
}

/// Whether somebody is to be erased, and what that takes away.
pub(super) fn asks_to_forget(kept: Forgotten, lang: Language) -> String {
    let Forgotten { events, reviews, answers } = kept;
    let zh = format!(
        "将永久删除：您的{events}次行为、{reviews}条评价、给过您的{answers}次回答，以及您的偏好、更正、反馈和问卷；\
         模型会在没有您的数据的情况下重新训练。删除后无法撤销。确认删除吗？如果只想从头开始或关闭个性化，那两项可以撤销。"
    );
    let en = format!(
        "This would be erased for good: {} of yours, {} and {} you were given, with your \
         preferences, corrections, feedback and questionnaires; models are fitted again without \
         you. It cannot be taken back. Shall it be done? You can also begin anew or switch \
         personalisation off; both can be taken back.",
        n(events, "event"),
        n(reviews, "review"),
        n(answers, "answer"),
    );
    pick(lang, &zh, &en)
}

/// Somebody was erased.
pub(super) fn forgotten(removed: Forgotten, lang: Language) -> String {
    let Forgotten { events, reviews, answers } = removed;
    let zh = format!(
        "已经永久删除：{events}次行为、{reviews}条评价、{answers}次回答，以及其他关于您的一切。这无法撤销。"
    );
    let en = format!(
        "Erased for good: {}, {} and {}, and all else about you. It cannot be taken back.",
        n(events, "event"),
        n(reviews, "review"),
        n(answers, "answer"),
    );
    pick(lang, &zh, &en)
}

/// There is nothing to erase.
pub(super) fn nothing_kept(lang: Language) -> String {
    pick(lang, "我们没有保存关于您的任何信息。", "Nothing is kept about you.")
}

fn n(count: u64, of: &str) -> String {
    format!("{count} {of}{}", if count == 1 { "" } else { "s" })
}

/// Takes back what was just done.
pub(super) fn undo(ask: Question, lang: Language) -> Action {
    Action { label: pick(lang, "撤销", "Undo"), ask, undoable: false }
}

pub(super) fn action(zh: &str, en: &str, ask: Question, lang: Language) -> Action {
    Action { label: pick(lang, zh, en), ask, undoable: true }
}
