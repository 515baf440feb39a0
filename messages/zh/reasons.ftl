### 理由的句子，一句陈述一条事实。占位处的内容都来自事实本身。

reason-cause = { $did ->
    [page] { $place ->
        [first] 您正在看{ $title }
       *[next] 正在看{ $title }
    }
    [purchase] { $place ->
        [first] 您买过{ $title }
       *[next] 买过{ $title }
    }
    [cart] { $place ->
        [first] 您把{ $title }加入了购物车
       *[next] 把{ $title }加入了购物车
    }
    [wish] { $place ->
        [first] 您收藏了{ $title }
       *[next] 收藏了{ $title }
    }
    [rate] { $place ->
        [first] 您评价过{ $title }
       *[next] 评价过{ $title }
    }
   *[view] { $place ->
        [first] 您看过{ $title }
       *[next] 看过{ $title }
    }
}
reason-counted-cause = { reason-cause }{ $once ->
    [yes] （其中一次）
   *[no] {""}
}
reason-contributed = 因为{ JOIN($causes, by: "，还") }：它的得分有 { $share } 来自{ reason-basis }，没有{ reason-basis }，它会从第 { $with } 位降到第 { $without } 位。
reason-basis = { $basis ->
    [book] 这本书
    [work] 这部作品
    [thing] 这件商品
    [records] 这些记录
   *[record] 这条记录
}
reason-flips = 如果不考虑{ $causes }，这里推荐的就会是{ $instead }。
reason-bought-together = 有 { $n_both } 位顾客同时买了它和{ $other }，是随机情况下的 { $lift } 倍。
reason-viewed-then = 看过{ $other }的 { $n_other } 位顾客中，有 { $n_both } 位后来也看了它。
reason-shares-attribute = { $attribute ->
    [brand] 它的品牌是{ SPACED($value) }
    [category] 它属于{ SPACED($value) }
   *[named] 它的{ SPACED($name) }是{ SPACED($value) }
}，{ $extent ->
    [last] 与您最近关注的那件商品相同
    [all] 与您最近关注的 { $n_recent } 件商品都相同
   *[some] 您最近关注的 { $n_recent } 件商品中有 { $n_matching } 件也是
}。
reason-similar-text = 它与{ $other }的介绍很接近，都提到了{ $terms }。
reason-term = “{ $term }”
reason-popular-so-far = 至今已有 { $buyers } 位顾客买过它，购买人数在{ reason-scope }排第 { $rank }。
reason-popular-lately = 最近 { $days } 天有 { $buyers } 位顾客买了它，购买人数在{ reason-scope }排第 { $rank }。
reason-scope = { $scope ->
    [shop] 全店
   *[category] { SPACED($category) }类
}
reason-price-fit = 售价 { $price }，与您平时买{ SPACED($category) }的花费相当（{ $lower }至 { $upper }）。
reason-rated = 顾客评分 { $mean } 分（满分 5 分，共 { $n } 条评分）。
reason-own-aspect = “{ $aspect }”
reason-reviewers-say = { $sides ->
    [all] 有 { reason-reviewers }，全都表示满意。
    [praise] 有 { reason-reviewers }，其中 { reason-praise }。
    [both] 有 { reason-reviewers }，其中 { reason-praise }，{ reason-faults }。
    [faults] 请留意：有 { reason-reviewers }，其中 { reason-faults }。
   *[faults-first] 请留意：有 { reason-reviewers }，其中 { reason-faults }，{ reason-praise }。
}
reason-reviewers = { $n_reviewers } 位顾客在评价里提到{ $aspect }
reason-praise = { $n_positive } 位表示满意
reason-faults = { $n_negative } 位表示不满
reason-discounted = 现价 { $price }，{ $since }降价；降价前 { $days } 天内的最低价是 { $former }。
reason-in-context = 买过它的顾客中，有 { $n_in_context } 位{ reason-did }（有{ reason-known }记录的共 { $n_item } 位），占比是全店的 { $lift } 倍。
reason-known = { $context ->
    [daypart] 时间
    [weekday] 日期
    [season] 季节
    [region] 地区
   *[device] 设备
}
reason-did = { $context ->
    [region] 来自{ SPACED($region) }
   *[other-context] { circumstance-when }下单
}
circumstance-when = { $value ->
    [night] 在凌晨
    [morning] 在上午
    [afternoon] 在下午
    [evening] 在晚上
    [monday] 在星期一
    [tuesday] 在星期二
    [wednesday] 在星期三
    [thursday] 在星期四
    [friday] 在星期五
    [saturday] 在星期六
    [sunday] 在星期日
    [spring] 在春季
    [summer] 在夏季
    [autumn] 在秋季
    [winter] 在冬季
    [phone] 用手机
    [tablet] 用平板
    [desktop] 用电脑
   *[region] 在{ SPACED($region) }
}
reason-promoted = { $by ->
    [paid] 广告：这是付费展示位
   *[shop] 店铺置顶：由本店指定放在这里
}；若只看得分，它排在第 { $rank } 位。
reason-new-arrival = 新品：{ $since }上架（{ $days ->
    [0] 今天
   *[other] { $days } 天前
}）。
reason-varied = 为了让您多些选择才排在这里：若只看得分，它排在第 { $rank } 位。
reason-unknown-shopper = { $basis ->
    [page] 我们还不了解您的喜好，这里只依据当前页面推荐。
    [off] 您已关闭个性化推荐，我们没有使用您的任何行为记录。
   *[nothing] 我们还不了解您的喜好，这条推荐与您的行为无关。
}
reason-weakness = { $decides ->
    [yes] 以上只占它得分的一小部分，却足以决定它在不在这里。
   *[no] 以上只能说明推荐它的一小部分原因。
}
reason-between-sentences = {""}
