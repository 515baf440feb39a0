### 每类事实的名称（claim-label）、陈述它的句子（claim-sentence），以及证明中列出的数值（claim-fact）。
### 占位处的内容都来自事实本身，名称与事实的字段相同。

claim-label-contributed = 历史的贡献
claim-sentence-contributed = 因为{ JOIN($history, by: "，还") }：它的得分有 { $share } 来自{ reason-basis }，没有{ reason-basis }，它会从第 { $rank_with } 位降到第 { $rank_without } 位。
claim-fact-contributed = { $history }贡献了得分的 { $share }；计入时排第 { $rank_with }，不计入时排第 { $rank_without }

claim-label-flips = 没有它会怎样
claim-sentence-flips = 如果不考虑{ $history }，这里推荐的就会是{ $instead }。
claim-fact-flips = 不计入{ $history }时不在前 { $k } 件之列，取而代之的是{ $instead }

claim-label-bought-together = 一起购买
claim-sentence-bought-together = 有 { $n_both } 位顾客同时买了它和{ $other }，是随机情况下的 { $lift } 倍。
claim-fact-bought-together = { fact-pair }

claim-label-viewed-then = 先后浏览
claim-sentence-viewed-then = 看过{ $other }的 { $n_other } 位顾客中，有 { $n_both } 位后来也看了它。
claim-fact-viewed-then = { fact-pair }

claim-label-shares-attribute = 相同属性
claim-sentence-shares-attribute = { $attribute ->
    [brand] 它的品牌是{ SPACED($value) }
    [category] 它属于{ SPACED($value) }
   *[named] 它的{ SPACED($name) }是{ SPACED($value) }
}，{ $extent ->
    [last] 与您最近关注的那件商品相同
    [all] 与您最近关注的 { $n_recent } 件商品都相同
   *[some] 您最近关注的 { $n_recent } 件商品中有 { $n_matching } 件也是
}。
claim-fact-shares-attribute = { fact-attribute }“{ $value }”：最近 { $n_recent } 件商品中有 { $n_matching } 件相同

claim-label-similar-text = 内容相近
claim-sentence-similar-text = 它与{ $other }的介绍很接近，都提到了{ $shared_terms }。
claim-fact-similar-text = 与{ $other }的相似度为 { $similarity }；共同的词：{ $shared_terms }

claim-label-popular = 热销
claim-sentence-popular = { $window ->
    [days] 最近 { $days } 天有 { $buyers } 位顾客买了它，购买人数在{ reason-scope }排第 { $rank }。
   *[all_time] 至今已有 { $buyers } 位顾客买过它，购买人数在{ reason-scope }排第 { $rank }。
}
claim-fact-popular = { fact-scope }第 { $rank } 名；{ fact-window }有 { $buyers } 位顾客购买

claim-label-price-fit = 价格合适
claim-sentence-price-fit = 售价 { $price }，与您平时买{ SPACED($category) }的花费相当（{ $lower_quartile }至 { $upper_quartile }）。
claim-fact-price-fit = 售价 { $price }；您在“{ $category }”类目买过 { $n_prices } 次，中位价 { $median }，多在 { $lower_quartile } 至 { $upper_quartile } 之间

claim-label-rated = 评分
claim-sentence-rated = 顾客评分 { $mean } 分（满分 5 分，共 { $n } 条评分）。
claim-fact-rated = { $n } 个评分，平均 { $mean } 星（满分 5 星）

claim-label-reviewers-say = 评价提到
claim-sentence-reviewers-say = { $sides ->
    [all] 有 { reason-reviewers }，全都表示满意。
    [praise] 有 { reason-reviewers }，其中 { reason-praise }。
    [both] 有 { reason-reviewers }，其中 { reason-praise }，{ reason-faults }。
    [faults] 请留意：有 { reason-reviewers }，其中 { reason-faults }。
   *[faults-first] 请留意：有 { reason-reviewers }，其中 { reason-faults }，{ reason-praise }。
}
claim-fact-reviewers-say = “{ $aspect }”：{ $n_reviewers } 位提到，{ $n_positive } 位满意，{ $n_negative } 位不满

claim-label-discounted = 降价
claim-sentence-discounted = 现价 { $price }，{ $since }降价；降价前 { $days } 天内的最低价是 { $former }。
claim-fact-discounted = { $since } 降至 { $price }；此前 { $days } 天最低 { $former }

claim-label-in-context = 当下情境
claim-sentence-in-context = 买过它的顾客中，有 { $n_in_context } 位{ reason-did }（有{ reason-known }记录的共 { $n_item } 位），占比是全店的 { $lift } 倍。
claim-fact-in-context = { $circumstance }：本品 { $n_item } 位买家中有 { $n_in_context } 位，全店 { $n_shop } 位中有 { $n_shop_in_context } 位；比例为 { $lift } 倍

claim-label-promoted = 店铺置顶
claim-sentence-promoted = { $paid ->
    [yes] 广告：这是付费展示位
   *[no] 店铺置顶：由本店指定放在这里
}；若只看得分，它排在第 { $rank_by_score } 位。
claim-fact-promoted = 只看得分排第 { $rank_by_score }，指定放在第 { $rank_shown }

claim-label-new-arrival = 新品
claim-sentence-new-arrival = 新品：{ $since }上架（{ $days ->
    [0] 今天
   *[other] { $days } 天前
}）。
claim-fact-new-arrival = { $since } 上架，已有 { $days } 天

claim-label-varied = 多样性
claim-sentence-varied = 为了让您多些选择才排在这里：若只看得分，它排在第 { $rank_by_score } 位。
claim-fact-varied = 只看得分排第 { $rank_by_score }，为了多样性放在第 { $rank_shown }

claim-label-unknown-shopper = 未使用历史
claim-sentence-unknown-shopper = { $basis ->
    [page] 我们还不了解您的喜好，这里只依据当前页面推荐。
    [off] 您已关闭个性化推荐，我们没有使用您的任何行为记录。
   *[nothing] 我们还不了解您的喜好，这条推荐与您的行为无关。
}
claim-fact-unknown-shopper = { $because ->
    [no_history] 还没有历史记录
   *[profiling_off] 已关闭个性化
}

claim-label-asked-for = 您的要求
claim-sentence-asked-for = { $wish ->
    [less] 您说过想少看“{ $concept }”，它仍然排进了列表。
   *[more] 您说过想多看“{ $concept }”。
}
claim-fact-asked-for = “{ $concept }”：得分 { $by }

claim-advertisement = 广告
claim-unknown = 其他

### 句子的组成部分。

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
reason-basis = { $basis ->
    [book] 这本书
    [work] 这部作品
    [thing] 这件商品
    [records] 这些记录
   *[record] 这条记录
}
reason-term = “{ $term }”
reason-scope = { $scope ->
    [shop] 全店
   *[category] { SPACED($category) }类
}
reason-own-aspect = “{ $aspect }”
reason-reviewers = { $n_reviewers } 位顾客在评价里提到{ $aspect }
reason-praise = { $n_positive } 位表示满意
reason-faults = { $n_negative } 位表示不满
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
reason-weakness = { $decides ->
    [yes] 以上只占它得分的一小部分，却足以决定它在不在这里。
   *[no] 以上只能说明推荐它的一小部分原因。
}
reason-between-sentences = {""}
fact-pair = { $other }：{ fact-window }有 { $n_both } 位顾客{ $kind ->
   *[bought_together] 两件都买过
    [viewed_then] 先看它、后看本品
}；{ $kind ->
   *[bought_together] 买过
    [viewed_then] 看过
}它的有 { $n_other } 位，{ $kind ->
   *[bought_together] 买过
    [viewed_then] 看过
}本品的有 { $n_item } 位；是随机情况的 { $lift } 倍
fact-window = { $window ->
    [days] 近 { $days } 天
   *[all_time] 迄今
}
fact-attribute = { $attribute ->
    [brand] 品牌
    [category] 类目
   *[named] { $name }
}
fact-scope = { $scope ->
    [shop] 全店
   *[category] “{ $category }”类目
}
