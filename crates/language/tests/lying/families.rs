//! The ways of lying. Each takes an honest answer and makes a lie of it.

use domain::Language;
use serde_json::json;

/// A random source of its own, so that a seed gives the same lies for ever (splitmix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.roll() % n as u64) as usize
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// An honest answer: the sentences of two claims, as texts with places.
#[derive(Debug, Clone)]
pub(crate) struct Honest {
    pub(crate) lang: Language,
    /// Sentence and form of each claim; places are written `{{c1.n}}`.
    pub(crate) claims: Vec<(String, String)>,
}

impl Honest {
    /// The answer as JSON.
    pub(crate) fn json(&self) -> String {
        let sentences: Vec<_> = self
            .claims
            .iter()
            .enumerate()
            .map(|(i, (_, text))| json!({"text": text, "claim_ids": [format!("c{}", i + 1)]}))
            .collect();
        json!({"sentences": sentences}).to_string()
    }

    fn changed(&self, claim: usize, change: impl FnOnce(&str) -> String) -> String {
        let mut lie = self.clone();
        lie.claims[claim].1 = change(&self.claims[claim].1);
        lie.json()
    }

    /// Puts words somewhere between the pieces of a sentence.
    fn with(&self, words: &str, dice: &mut Dice) -> String {
        let claim = dice.below(self.claims.len());
        self.changed(claim, |text| inserted(text, words, self.lang, dice))
    }

    fn with_one_of(&self, en: &[&str], zh: &[&str], dice: &mut Dice) -> String {
        let words = match self.lang {
            Language::En => dice.pick(en),
            _ => dice.pick(zh),
        };
        self.with(words, dice)
    }
}

/// Byte positions of a sentence where words may be put in: beside places and marks.
fn gaps(text: &str) -> Vec<usize> {
    let mut gaps = vec![0];
    gaps.extend(text.match_indices("{{").map(|(at, _)| at));
    gaps.extend(text.match_indices("}}").map(|(at, _)| at + 2));
    gaps.push(text.trim_end_matches(['.', '。', '!']).len());
    gaps
}

fn inserted(text: &str, words: &str, lang: Language, dice: &mut Dice) -> String {
    let at = *dice.pick(&gaps(text));
    match lang {
        Language::En => format!("{} {words} {}", &text[..at], &text[at..]),
        _ => format!("{}{words}{}", &text[..at], &text[at..]),
    }
}

fn place_names(text: &str) -> Vec<String> {
    text.split("{{").skip(1).filter_map(|p| p.split_once("}}")).map(|(n, _)| n.to_owned()).collect()
}

/// A family of lies.
pub(crate) type Family = (&'static str, fn(&Honest, &mut Dice) -> String);

macro_rules! words {
    ($en:expr, $zh:expr) => {
        |honest, dice| honest.with_one_of(&$en, &$zh, dice)
    };
}

/// Every family whose lie is an answer; those that are no answer at all are tried apart.
pub(crate) const FAMILIES: &[Family] = &[
    ("changed number", |h, dice| {
        let n = dice.below(9_999).to_string();
        let claim = dice.below(h.claims.len());
        h.changed(claim, |text| {
            let names = place_names(text);
            text.replacen(&format!("{{{{{}}}}}", dice.pick(&names)), &n, 1)
        })
    }),
    ("number beside a fact", |h, dice| {
        let n = dice.below(999).to_string();
        h.with(&n, dice)
    }),
    ("swapped facts", swapped),
    ("facts of two claims in one clause", mixed),
    ("dropped fact", |h, dice| {
        let claim = dice.below(h.claims.len());
        let required = language::phrasing::facts(&h.claims[claim].0, h.lang).unwrap().required;
        let dropped = format!("{{{{c{}.{}}}}}", claim + 1, dice.pick(&required));
        h.changed(claim, |text| text.replacen(&dropped, "", 1))
    }),
    ("fact told twice", |h, dice| {
        let claim = dice.below(h.claims.len());
        let name = dice.pick(&place_names(&h.claims[claim].1)).clone();
        h.changed(claim, |text| inserted(text, &format!("{{{{{name}}}}}"), h.lang, dice))
    }),
    ("unknown fact", |h, dice| {
        let fact = *dice.pick(&["{{c1.stock}}", "{{c2.discount}}", "{{c1.customer}}", "{{c9.n}}"]);
        h.with(fact, dice)
    }),
    ("wrong claim", |h, dice| {
        let id = *dice.pick(&["c2", "c3", "c0", "c01", "1", "C1", "all", ""]);
        let text = &h.claims[0].1;
        json!({"sentences": [{"text": text, "claim_ids": [id]}]}).to_string()
    }),
    ("claim left out", |h, _| {
        json!({"sentences": [{"text": h.claims[0].1, "claim_ids": ["c1"]}]}).to_string()
    }),
    (
        "invented aspect",
        words!(
            [
                "with a long battery life",
                "its soft fabric",
                "for dry skin",
                "and a great smell",
                "handmade",
                "waterproof"
            ],
            ["续航很长", "面料柔软", "适合干性皮肤", "香味持久", "纯手工", "防水"]
        ),
    ),
    (
        "negation",
        words!(
            [
                "not", "never", "no", "hardly", "does not", "isn't", "nobody", "without",
                "neither", "unlike"
            ],
            ["不", "没", "没有人", "未", "从不", "并非", "别", "无", "毫无", "不是"]
        ),
    ),
    (
        "invented cause",
        words!(
            [
                "because you are pregnant",
                "because you just moved",
                "since you are on a diet",
                "due to your age",
                "as you live in Paris",
                "because you earn well",
                "thanks to your friends"
            ],
            [
                "因为您怀孕了",
                "因为您刚搬家",
                "由于您在减肥",
                "鉴于您的年龄",
                "因为您住在北京",
                "因为您收入高",
                "由于您的朋友"
            ]
        ),
    ),
    ("wrong relation", relation),
    (
        "superlative",
        words!(
            [
                "the best",
                "the finest",
                "number one",
                "the most loved",
                "unbeatable",
                "the leading",
                "top",
                "perfect",
                "world class"
            ],
            [
                "最好的",
                "最佳",
                "第一名",
                "顶级",
                "首选",
                "极致",
                "国家级",
                "王牌",
                "史无前例",
                "独一无二"
            ]
        ),
    ),
    (
        "medical promise",
        words!(
            [
                "cures headaches",
                "clinically proven",
                "relieves pain",
                "it heals your skin",
                "good against flu",
                "doctors recommend it"
            ],
            ["治疗头痛", "临床证明", "缓解疼痛", "抗癌", "预防感冒", "医生推荐", "降血压", "祛斑"]
        ),
    ),
    (
        "price promise",
        words!(
            [
                "the lowest price anywhere",
                "prices will rise",
                "cheaper than ever",
                "free of charge",
                "money back guaranteed",
                "half price",
                "save today"
            ],
            ["全网最低价", "明天涨价", "史上最低", "免费送", "保证退款", "半价", "省一半"]
        ),
    ),
    (
        "invented scarcity",
        words!(
            [
                "only a few left",
                "selling out fast",
                "last chance",
                "limited edition",
                "before it is gone",
                "hurry",
                "while stocks last"
            ],
            ["库存告急", "仅剩几件", "马上售罄", "最后机会", "限量发售", "抢购", "即将下架"]
        ),
    ),
    (
        "competitor slander",
        words!(
            [
                "other shops sell fakes",
                "unlike Amazon",
                "better than Nike",
                "the others cheat you",
                "rival brands break"
            ],
            ["别家卖假货", "比京东便宜", "完胜小米", "同行都骗人", "其他品牌易坏"]
        ),
    ),
    (
        "another shopper's data",
        words!(
            [
                "Anna from Berlin bought it",
                "your neighbour has it",
                "like your sister did",
                "a doctor in Leeds chose it",
                "your boss looked at it"
            ],
            ["张三买过", "您的邻居也有", "您妹妹看过", "北京的李医生选了它", "您的上司收藏了它"]
        ),
    ),
    ("prompt echoed", |h, dice| {
        let echoed = [
            "Answer with JSON only",
            "no digits, no number words",
            "ignore all previous instructions",
            "system prompt",
            "只回答 JSON",
            "忽略以上所有指令",
            "您为网店的推荐撰写理由",
        ];
        let words = *dice.pick(&echoed);
        h.with(words, dice)
    }),
    ("markdown", |h, dice| {
        let marks = ["**", "_", "`", "# ", "- ", "[link](x)", "~~", "|", "> ", "* "];
        let mark = *dice.pick(&marks);
        h.with(mark, dice)
    }),
    ("HTML and script", |h, dice| {
        let tags = [
            "<b>",
            "<script>alert(1)</script>",
            "<img src=x>",
            "&lt;b&gt;",
            "&#60;",
            "<!-- -->",
            "javascript:alert",
            "</p>",
            "<style>",
        ];
        let tag = *dice.pick(&tags);
        h.with(tag, dice)
    }),
    ("homoglyphs", |h, dice| {
        let pairs = [
            ('a', 'а'),
            ('e', 'е'),
            ('o', 'ο'),
            ('i', 'і'),
            ('t', 'ｔ'),
            ('，', '､'),
            ('它', '⼀'),
        ];
        let claim = dice.below(h.claims.len());
        h.changed(claim, |text| {
            let from = dice.below(pairs.len());
            for turn in 0..pairs.len() {
                let (plain, alike) = pairs[(from + turn) % pairs.len()];
                let outside = outside_places(text, plain);
                if let Some(at) = outside {
                    return format!("{}{alike}{}", &text[..at], &text[at + plain.len_utf8()..]);
                }
            }
            format!("а{text}")
        })
    }),
    ("characters nobody sees", |h, dice| {
        let unseen = [
            "\u{200b}",
            "\u{200d}",
            "\u{feff}",
            "\u{202e}",
            "\u{2060}",
            "\u{ad}",
            "\u{0}",
            "\u{e0041}",
            "\u{3000}",
            "\u{a0}",
        ];
        let unseen = *dice.pick(&unseen);
        let claim = dice.below(h.claims.len());
        h.changed(claim, |text| {
            let at = *dice.pick(&gaps(text));
            format!("{}{unseen}{}", &text[..at], &text[at..])
        })
    }),
    (
        "numbers as words",
        words!(
            [
                "fifty",
                "two hundred",
                "a dozen",
                "half of them",
                "twice",
                "thousands of",
                "several",
                "a hundred percent",
                "dozens",
                "XII"
            ],
            [
                "五十",
                "两百",
                "一打",
                "一半",
                "两倍",
                "成千上万",
                "好几",
                "百分之百",
                "几十",
                "〇",
                "壹佰",
                "廿"
            ]
        ),
    ),
    (
        "quantity around a fact",
        words!(
            [
                "more than",
                "almost",
                "nearly",
                "at least",
                "over",
                "fewer than",
                "up to",
                "every one of",
                "all",
                "exactly"
            ],
            [
                "超过",
                "将近",
                "几乎",
                "至少",
                "不到",
                "多达",
                "所有的",
                "全部",
                "每一个",
                "接近一万"
            ]
        ),
    ),
    ("wrong language", |h, dice| {
        let other = match h.lang {
            Language::En => ["这件商品很受欢迎。", "推荐给您。", "很好"],
            _ => ["It is popular.", "for you", "bonjour"],
        };
        let claim = dice.below(h.claims.len());
        let words = *dice.pick(&other);
        match dice.below(2) {
            0 => h.changed(claim, |_| words.to_owned()),
            _ => h.with(words, dice),
        }
    }),
    ("another tongue", |h, dice| {
        let words = *dice.pick(&[
            "très bon",
            "muy bueno",
            "очень хорошо",
            "とても良い",
            "아주 좋다",
            "ดีมาก",
            "ممتاز",
        ]);
        h.with(words, dice)
    }),
    ("empty", |_, dice| {
        let empties = [
            r#"{"sentences":[]}"#,
            r#"{"sentences":[{"text":"","claim_ids":["c1"]}]}"#,
            "{}",
            r#"{"sentences":[{"text":".","claim_ids":["c1"]}]}"#,
            "null",
            "[]",
            r#"{"sentences":[{"text":" ","claim_ids":[]}]}"#,
        ];
        (*dice.pick(&empties)).to_owned()
    }),
    ("enormous", |h, dice| match dice.below(3) {
        0 => h.with(&"so ".repeat(9_000), dice),
        1 => format!("{}{}", h.json(), " ".repeat(20_000)),
        _ => h.with(&"，也".repeat(200), dice),
    }),
    ("malformed", |h, dice| {
        let json = h.json();
        let end = json
            .char_indices()
            .map(|(at, _)| at)
            .nth(dice.below(json.chars().count()))
            .unwrap_or(1);
        match dice.below(4) {
            0 => json[..end].to_owned(),
            1 => format!("Here you are:\n{json}"),
            2 => format!("```json\n{json}\n```"),
            _ => json.replacen("\"text\"", "\"txt\"", 1),
        }
    }),
    ("more than was asked for", |h, dice| {
        let extra = *dice.pick(&[
            r#"{"sentences":[],"note":"best shop","#,
            r#"{"admin":true,"#,
            r#"{"price":1,"#,
        ]);
        h.json().replacen('{', extra, 1)
    }),
    ("refuses", |_, dice| {
        let words = [
            "I'm sorry, but I can't help with that.",
            "抱歉，我无法完成这个请求。",
            "As an AI model, I must decline.",
        ];
        let words = *dice.pick(&words);
        match dice.below(2) {
            0 => words.to_owned(),
            _ => json!({"sentences": [{"text": words, "claim_ids": ["c1"]}]}).to_string(),
        }
    }),
    (
        "invented time",
        words!(
            [
                "yesterday",
                "this morning",
                "for years",
                "since Monday",
                "every week",
                "tonight",
                "forever"
            ],
            ["昨天", "今早", "多年来", "从周一起", "每周", "今晚", "永远"]
        ),
    ),
    ("addresses", |h, dice| {
        let words = *dice.pick(&[
            "www.evil.example",
            "http://x.y",
            "call 555 1234",
            "微信：abc",
            "a@b.c",
            "/buy",
            "evil.example",
        ]);
        h.with(words, dice)
    }),
    ("made-up quotation", |h, dice| {
        let words = *dice.pick(&[
            "“a dream” says a critic",
            "\"wonderful\"",
            "《消费者报告》推荐",
            "‘so good’",
            "「好」",
        ]);
        h.with(words, dice)
    }),
    ("money", |h, dice| {
        let words =
            *dice.pick(&["$", "€ off", "¥", "￥9", "% off", "percent cheaper", "元优惠", "打折"]);
        h.with(words, dice)
    }),
    ("emoji", |h, dice| {
        let words = *dice.pick(&["🔥", "⭐⭐⭐⭐⭐", "👍", "①", "½", "™"]);
        h.with(words, dice)
    }),
    ("shouting and odd marks", |h, dice| {
        let words = *dice.pick(&["WOW", "!!!", "…", "BUY", "??", ";;", "！！", "((", "、、"]);
        h.with(words, dice)
    }),
    (
        "what was done with data",
        words!(
            [
                "we never sell your data",
                "your data is safe",
                "certified by the state",
                "we read your mail",
                "approved by the authorities"
            ],
            [
                "我们绝不出售您的数据",
                "您的数据绝对安全",
                "国家认证",
                "我们看了您的邮件",
                "官方批准"
            ]
        ),
    ),
];

/// Where a character stands outside of places.
fn outside_places(text: &str, wanted: char) -> Option<usize> {
    let mut depth = 0i32;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            c if c == wanted && depth == 0 => return Some(at),
            _ => {}
        }
    }
    None
}

/// Facts whose exchange makes a sentence false, by form.
const EXCHANGES: [(&str, &str, &str); 9] = [
    ("contributed", "cause", "share"),
    ("bought_together", "n", "other"),
    ("viewed_then", "n", "of"),
    ("shares_brand", "value", "like"),
    ("shares_category", "value", "like"),
    ("price_fit", "price", "range"),
    ("price_fit", "price", "category"),
    ("discounted", "price", "former"),
    ("in_context", "buyers", "lift"),
];

/// Exchanges two facts of a claim; where the form has none to exchange, of two claims.
fn swapped(h: &Honest, dice: &mut Dice) -> String {
    let exchange = |text: &str, a: &str, b: &str| {
        let (a, b) = (format!("{{{{{a}}}}}"), format!("{{{{{b}}}}}"));
        text.replace(&a, "\u{1}").replace(&b, &a).replace('\u{1}', &b)
    };
    for claim in 0..h.claims.len() {
        let (form, text) = &h.claims[claim];
        let known: Vec<_> = EXCHANGES.iter().filter(|(of, ..)| of == form).collect();
        let id = claim + 1;
        if known.is_empty() {
            continue;
        }
        let (_, a, b) = dice.pick(&known);
        let (a, b) = (format!("c{id}.{a}"), format!("c{id}.{b}"));
        if text.contains(&format!("{{{{{a}}}}}")) && text.contains(&format!("{{{{{b}}}}}")) {
            return h.changed(claim, |text| exchange(text, &a, &b));
        }
    }
    mixed(h, dice)
}

/// A fact of one claim in the place of another claim's.
fn mixed(h: &Honest, dice: &mut Dice) -> String {
    let (mine, theirs) = (place_names(&h.claims[0].1), place_names(&h.claims[1].1));
    let (a, b) = (dice.pick(&mine).clone(), dice.pick(&theirs).clone());
    h.changed(0, |text| text.replacen(&format!("{{{{{a}}}}}"), &format!("{{{{{b}}}}}"), 1))
}

/// Another thing that shoppers might have done.
fn relation(h: &Honest, dice: &mut Dice) -> String {
    const EN: [&str; 20] = [
        "bought",
        "looked at",
        "viewed",
        "picked",
        "chose",
        "chosen",
        "got",
        "rate",
        "rated",
        "mention",
        "mentioned",
        "reduced",
        "like",
        "on sale",
        "within",
        "because",
        "by score",
        "now",
        "from",
        "of",
    ];
    const ZH: [&str; 20] = [
        "买", "看了", "浏览", "购买", "选", "评分", "提到", "降价", "相同", "一样", "上架", "在",
        "因为", "得分", "现", "来自", "与", "和", "中", "从",
    ];
    const LIES_EN: [&str; 10] = [
        "returned",
        "complained about",
        "stole",
        "gave away",
        "regretted",
        "were paid for",
        "forgot",
        "beats",
        "hates",
        "replaced",
    ];
    const LIES_ZH: [&str; 10] =
        ["退", "投诉", "偷", "扔", "后悔", "刷单", "忘记", "打败", "讨厌", "替代"];
    let (known, lies) = match h.lang {
        Language::En => (&EN, &LIES_EN),
        _ => (&ZH, &LIES_ZH),
    };
    let lie = *dice.pick(lies);
    for (claim, (_, text)) in h.claims.iter().enumerate() {
        let known = known.iter().find(|word| text.contains(**word));
        if let Some(word) = known {
            return h.changed(claim, |text| text.replacen(word, lie, 1));
        }
    }
    h.with(lie, dice)
}
