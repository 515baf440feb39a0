### 对话中除已核实事实以外的话：更正了什么、能做什么、回答不了什么。

reply-cannot = 根据目前掌握的信息，我无法回答这个问题。
reply-not-understood = 我没有听懂这个问题，也可能没认出说的是哪件商品。
reply-not-read = 暂时听不懂用这种语言输入的问题，请使用下面的选项。
reply-no-change = 在用的历史里没有与此有关的内容，所以没有可以改变的，列表不变。
reply-most-of-tastes = 最重的 { $told } 项如下，另有 { $more } 项见“您了解我什么”页（/me）。
reply-how-it-works = 每件商品的得分是几种信号的加权和，按得分从高到低排列，再顾及多样性。现在所用模型的权重：{ JOIN($weights, by: "，") }。详见“本店如何推荐”（/transparency）。
reply-weight = { $signal } { $weight }
reply-given-to-others = 您的数据会不会交给别人，根据目前掌握的信息无法回答。
reply-my-data = 这里存有您的 { $events } 次行为、{ $reviews } 条评价和给过您的 { $answers } 次回答，以及您的偏好、更正、反馈和问卷。在“您了解我什么”页（/me）可以查看、带走或删除；推荐怎样使用它们，见“本店如何推荐”（/transparency）。
reply-nothing-kept = 我们没有保存关于您的任何信息。
reply-nobody = 要记住您的要求，得先登录。
reply-nothing-to-undo = 没有可以撤销的更正。
reply-asks-to-stop = 关闭个性化后，推荐和回答都不再使用您的历史和更正，训练也不再使用；可以随时撤销。确认关闭吗？
reply-asks-to-forget = 将永久删除：您的{ $events }次行为、{ $reviews }条评价、给过您的{ $answers }次回答，以及您的偏好、更正、反馈和问卷；模型会在没有您的数据的情况下重新训练。删除后无法撤销。确认删除吗？如果只想从头开始或关闭个性化，那两项可以撤销。
reply-forgotten = 已经永久删除：{ $events }次行为、{ $reviews }条评价、{ $answers }次回答，以及其他关于您的一切。这无法撤销。
reply-undo = 撤销

put-right-taken-back = 已经撤销：{ $correction }列表恢复原样。
put-right-wrong-reason = { $item }的这条理由今后不再说，它所依据的也不再使用。
put-right-gift = { $item }算作替别人看的、买的：至今与它有关的行为不再使用。
put-right-not-interested = 今后不再推荐{ $item }。
put-right-more = 今后多推荐“{ $concept }”。
put-right-less = 今后少推荐“{ $concept }”。
put-right-tags = 您的喜好现在是：{ $tastes }。
put-right-stop-profiling = 个性化已关闭：不再使用您的历史和更正。
put-right-unused-concept = 与“{ $concept }”有关的行为今后都不再使用。
put-right-unused-part = 您历史中的这一部分今后不再使用。
put-right-unused-events = 您与{ $items }有关的这些行为今后不再使用。
put-right-unused-item = 您至今与{ $item }有关的行为不再使用。
put-right-unused-everything = 从头开始：至今做过、说过的都不再使用。
put-right-cheaper = 今后{ $within ->
    [category] “{ $category }”里
   *[shop] {""}
}只推荐比{ $item }{ $priced ->
    [yes] （{ $price }）
   *[no] {""}
}便宜的。
put-right-other-brand = 今后{ $within ->
    [category] “{ $category }”里
   *[shop] {""}
}不再推荐“{ $brand }”这个品牌。
put-right-list-same = 目前您的列表没有变化。
put-right-order-changed = 列表的次序变了。
put-right-left = 有 { $n } 件离开了您的列表：{ JOIN($items, by: "、") }{ $more ->
    [0] {""}
   *[other] 等
}。
put-right-still-named = { $n ->
    [0] 列表里现在没有写着它的商品；今后仍可能偶尔出现。
   *[other] 列表里还有 { $n } 件写着它。
}

suggest-why = 为什么推荐第一个？
suggest-price = 第一个多少钱？
suggest-reviews = 第一个的评价怎么样？
suggest-compare = 比较前两个
suggest-without-last-purchase = 去掉上次购买会推荐什么
suggest-what-you-know = 你知道我什么？
suggest-how-it-works = 你们是怎么推荐的？
suggest-less = 少推荐一些{ $concept }

action-not-interested = 不感兴趣
action-wrong-reason = 这个理由不对
action-do-not-use = 以后都不用它
action-begin-anew = 从头开始
action-stop-profiling = 关闭个性化
action-show-list = 看看那样的列表
action-yes-stop = 确认关闭
action-yes-forget = 确认，永久删除
