//! The words around the public page of transparency.

use presentation::texts;

texts! {
    tag: "zh-CN", "en";
    other: "English", "中文";
    other_tag: "en", "zh";
    title: "本店如何推荐", "How this shop recommends";
    simulated: "本店为模拟数据：此处的一切数字都来自程序生成的顾客，并非真实人物。", "Simulated data: every number here comes from shoppers made by a program, not from real people.";
    window: "返回店铺", "Back to the shop";
}
