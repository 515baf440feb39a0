### 交给语言模型措辞的事实：每条都带上足够的上下文，放在哪里都成立。

worded-share = 它得分的 { $share }
worded-drop = 它会从第 { $with } 位降到第 { $without } 位
worded-shoppers = { $n } 位顾客
worded-lift = 随机情况下的 { $lift } 倍
worded-viewers = { $n } 位
worded-of-viewers = 看过{ $other }的 { $n_other } 位顾客
worded-like = { $extent ->
    [last] 您最近关注的那件商品
    [all] 您最近关注的全部 { $n_recent } 件商品
   *[some] 您最近关注的 { $n_recent } 件商品中的 { $n_matching } 件
}
worded-span = { $window ->
    [lately] 最近 { $days } 天
   *[so-far] 至今
}
worded-rank = 第 { $rank }
worded-scope = { $scope ->
    [shop] 全店
   *[category] { SPACED($category) }类
}
worded-range = { $lower }至 { $upper }
worded-mean = { $mean } 分（满分 5 分）
worded-ratings = { $n } 条评分
worded-former = { $former }（降价前 { $days } 天内的最低价）
worded-buyers = { $n } 位有{ reason-known }记录的买家
worded-part = { $n } 位{ reason-did }
worded-share-lift = 全店的 { $lift } 倍
worded-notice = { $by ->
    [paid] 广告：这是付费展示位
   *[shop] 店铺置顶：由本店指定放在这里
}
worded-place = 它排在第 { $rank } 位
worded-ago = { $days ->
    [0] 今天
   *[other] { $days } 天前
}
worded-reviewers = { $n } 位顾客
worded-praise = { $sides ->
    [all] { $n } 位都表示满意
   *[some] { $n } 位表示满意
}
worded-faults = { $n } 位表示不满
worded-state = { $basis ->
    [off] 您已关闭个性化推荐
   *[unknown] 我们还不了解您的喜好
}
worded-basis = { $basis ->
    [page] 这里只依据当前页面推荐
    [off] 我们没有使用您的任何行为记录
   *[nothing] 这条推荐与您的行为无关
}
worded-causes = { JOIN($causes, by: "，还") }
