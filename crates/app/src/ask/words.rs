//! The words of an answer that state no fact about shop or shopper.

use domain::Language;

use super::{Action, Forgotten, Question};

pub(super) fn pick(lang: Language, zh: &str, en: &str) -> String {
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

/// Nothing of what is to be left out is there.
pub(super) fn no_change(lang: Language) -> String {
    pick(
        lang,
        "在用的历史里没有与此有关的内容，所以没有可以改变的，列表不变。",
        "Nothing of that is in the history that is used, so there is nothing to change: the list \
         stays as it is.",
    )
}

/// How many tastes are told, and how many more there are.
pub(super) fn most_of_tastes(told: usize, more: usize, lang: Language) -> String {
    let zh = format!("最重的 {told} 项如下，另有 {more} 项见“您了解我什么”页（/me）。");
    let en =
        format!("The {told} weightiest tastes; {more} more are on “What you know about me” (/me).");
    pick(lang, &zh, &en)
}

/// What a score is made of, by the weights of the model in use.
pub(super) fn how_it_works(weights: &[(&str, f32)], lang: Language) -> String {
    let told = |(signal, weight): &(&str, f32)| {
        let words = explain::phrase::signal_words(signal, lang);
        format!("{words} {weight:.3}")
    };
    let told: Vec<String> = weights.iter().map(told).collect();
    let zh = format!(
        "每件商品的得分是几种信号的加权和，按得分从高到低排列，再顾及多样性。现在所用模型的权重：{}。详见“本店如何推荐”（/transparency）。",
        told.join("，")
    );
    let en = format!(
        "Items are ranked by a score that is a weighted sum of signals, and then placed with some \
         variety. The weights of the model in use: {}. More on “How this shop recommends” \
         (/transparency).",
        told.join(", ")
    );
    pick(lang, &zh, &en)
}

/// What is kept of whoever asks; what else becomes of it is not known here.
pub(super) fn my_data(kept: Option<Forgotten>, lang: Language) -> String {
    let cannot = pick(
        lang,
        "您的数据会不会交给别人，根据目前掌握的信息无法回答。",
        "Whether anybody else is given your data, I cannot answer from what I know.",
    );
    let Some(Forgotten { events, reviews, answers }) = kept else {
        let none = nothing_kept(lang);
        return if lang == Language::En { format!("{cannot} {none}") } else { cannot + &none };
    };
    let zh = format!(
        "{cannot}这里存有您的 {events} 次行为、{reviews} 条评价和给过您的 {answers} 次回答，以及您的偏好、更正、反馈和问卷。\
         在“您了解我什么”页（/me）可以查看、带走或删除；推荐怎样使用它们，见“本店如何推荐”（/transparency）。"
    );
    let en = format!(
        "{cannot} Kept here are {} of yours, {} and {} you were given, with your preferences, \
         corrections, feedback and questionnaires. On “What you know about me” (/me) all of it can \
         be read, taken away or erased; how recommending uses it is told on “How this shop \
         recommends” (/transparency).",
        n(events, "event"),
        n(reviews, "review"),
        n(answers, "answer"),
    );
    pick(lang, &zh, &en)
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
