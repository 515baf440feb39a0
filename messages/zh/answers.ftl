### 回答问题的事实，同样的各项；一个回答可能说到几件商品，所以每句都写出商品名。

claim-label-barred = 为何不展示
claim-sentence-barred = { $by ->
    [not-ranked-yet] { $item }上架太新，要到下次训练之后才参与排序。
    [out-of-stock] { $item }目前买不到，所以没有推荐。
    [adult] { $item }仅限成年人，只有在要求时才会展示。
    [category] { $item }不在所要求的类目里。
    [brand] { $item }不是所要求的品牌。
    [price] { $item }的价格超出了所要求的范围。
    [excluded] 按要求排除了{ $item }。
    [on-the-page] 当前页面展示的就是{ $item }，所以不再推荐一次。
    [dealt-with] 您买过、评价过或划掉过{ $item }，所以不再推荐。
    [not-interested] 您说过对{ $item }不感兴趣。
    [asked-for-cheaper] 您要求看更便宜的，{ $item }的价格没有更低。
    [asked-for-other-brand] 您要求换个品牌，{ $item }仍是那个品牌。
   *[not-sold] 本店没有在卖{ $item }。
}

claim-label-outranked = 排名靠后
claim-sentence-outranked = { $by ->
    [variety] { $item }按得分排第 { $rank_by_score }，本可以进入所展示的 { $k } 件；为了多样性，位置给了得分更低的{ $behind }。
   *[score] { $item }可以展示，但按得分只排第 { $rank_by_score }，而这里只展示 { $k } 件：入选的{ $behind }比它高 { $margin } 分。
}

claim-label-would-be = 如果改变
claim-sentence-would-be = { JOIN($changes, by: "，并且") }，{ $outcome ->
    [enters] { $item }会进入您的列表，排第 { $rank_then }
    [leaves] { $item }就不会在您的列表里（现在排第 { $rank_now }）
    [stays] { $item }仍排第 { $rank_now }
    [moves] { $item }会从第 { $rank_now } 变到第 { $rank_then }
   *[out] { $item }仍然不会在您的列表里
}。

claim-label-above = 谁在前面
claim-sentence-above = { $item }比{ $other }高 { $margin } 分（按得分{ $rank_by_score ->
    [0] 不参与展示
   *[other] 第 { $rank_by_score }
}对{ $other_rank ->
    [0] 不参与展示
   *[other] 第 { $other_rank }
}）{ $has_lead ->
    [yes] ；其中{ $signal }贡献最大，{ $gap } 分
   *[no] {""}
}{ $n_steps ->
    [0] {""}
   *[other] ；在您做过的事里，最支持它的是{ $most_by }
}。

claim-label-priced = 价格
claim-sentence-priced = { $has_price ->
    [yes] { $item }的价格是 { $price }。
   *[no] 商品目录里没有{ $item }的价格。
}

claim-label-stocked = 库存
claim-sentence-stocked = { $in_stock ->
    [yes] { $item }现在可以买到。
   *[no] { $item }目前缺货。
}

claim-label-described = 目录信息
claim-sentence-described = { $n_values ->
    [0] { $field ->
        [named] 商品目录里，{ $item }没有“{ $field_name }”这一项。
       *[fixed] 商品目录里没有写明{ $item }的{ $field_name }。
    }
   *[other] { $item }的{ $field_name }：{ JOIN($values, by: "、") }。
}

claim-label-mentions = 目录提到
claim-sentence-mentions = { $item }的{ $field_name }里写着{ $word }。

claim-label-costs-less = 价格比较
claim-sentence-costs-less = { $item }比{ $other }便宜：{ $price } 对 { $other_price }。

claim-label-taste = 兴趣
claim-sentence-taste = “{ $concept }”：{ $n_steps ->
    [1] 来自您与{ $item }有关的行为
   *[other] 来自您的 { $n_steps } 次行为，最近一次与{ $item }有关
}；您看到的商品得分中有 { $share }以此为据。

### 句子的组成部分。

answer-if-without = 如果不考虑{ JOIN($causes, by: "、") }
answer-if-with = { $did ->
    [purchase] 如果您现在买了{ $item }
    [cart] 如果您现在把{ $item }加入购物车
    [wish] 如果您现在收藏了{ $item }
    [rate] 如果您现在评价了{ $item }
   *[view] 如果您现在看了{ $item }
}
answer-if-price = { $bounds ->
    [between] 如果只看价格在 { $min } 到 { $max } 之间的
    [from] 如果只看价格不低于 { $min } 的
    [up-to] 如果只看价格不超过 { $max } 的
   *[any] 如果不限价格
}
answer-if-circumstance = 如果{ $value ->
    [night] 是在凌晨
    [morning] 是在上午
    [afternoon] 是在下午
    [evening] 是在晚上
    [monday] 是在星期一
    [tuesday] 是在星期二
    [wednesday] 是在星期三
    [thursday] 是在星期四
    [friday] 是在星期五
    [saturday] 是在星期六
    [sunday] 是在星期日
    [spring] 是在春季
    [summer] 是在夏季
    [autumn] 是在秋季
    [winter] 是在冬季
    [phone] 您用的是手机
    [tablet] 您用的是平板
    [desktop] 您用的是电脑
   *[region] 您在“{ $region }”
}
