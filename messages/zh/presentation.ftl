### Labels beside an answer: kinds of claims, signals, strengths, methods, situations.

label-did-view = 浏览
label-did-click = 点击
label-did-cart = 加购
label-did-uncart = 移出购物车
label-did-wish = 收藏
label-did-purchase = 购买
label-did-refund = 退货
label-did-rate = 评分
label-did-dismiss = 不感兴趣
label-did-exposure = 看到
label-strength-weak = 小部分得分
label-strength-moderate = 相当一部分得分
label-strength-strong = 大部分得分
label-method-rule = 商品信息与计数
label-method-association = 顾客的共同行为
label-method-counterfactual = 去掉部分历史后重新计算
label-method-surrogate = 更简单的近似模型
label-method-llm = 语言模型措辞
label-verdict-verified = 已核实
label-verdict-refuted = 不成立
label-verdict-unsupported = 证据不足
label-claim-contributed = 历史的贡献
label-claim-flips = 没有它会怎样
label-claim-bought-together = 一起购买
label-claim-viewed-then = 先后浏览
label-claim-shares-attribute = 相同属性
label-claim-similar-text = 内容相近
label-claim-popular = 热销
label-claim-price-fit = 价格合适
label-claim-rated = 评分
label-claim-reviewers-say = 评价提到
label-claim-discounted = 降价
label-claim-in-context = 当下情境
label-claim-new-arrival = 新品
label-claim-varied = 多样性
label-claim-unknown-shopper = 未使用历史
label-claim-asked-for = 您的要求
label-claim-barred = 为何不展示
label-claim-outranked = 排名靠后
label-claim-would-be = 如果改变
label-claim-above = 谁在前面
label-claim-priced = 价格
label-claim-stocked = 库存
label-claim-described = 目录信息
label-claim-mentions = 目录提到
label-claim-costs-less = 价格比较
label-claim-taste = 兴趣
label-claim-promoted = 店铺置顶
label-claim-unknown = 其他
label-claim-advertisement = 广告
signal-meaning-transition = 接下来买什么：其他顾客在您近期看过或买过的商品之后，还会看或买哪些商品
signal-meaning-text = 内容相近：商品名称、品牌、类目和描述与您近期看过或买过的商品有多接近
signal-meaning-sequence = 行为序列：一个 Transformer 模型从众多顾客的行为顺序中学到的、接下来最可能的商品
signal-meaning-context = 情境：在当前的时段、季节、地区或设备下，哪些商品比平时更多人购买；与您的历史无关
signal-meaning-stated = 您的要求：您自己说过想多看或少看什么，只对您的列表起作用
signal-meaning-popularity = 热销程度：近期有多少顾客购买，与您个人无关
signal-label-transition = 接下来买什么
signal-label-text = 内容相近
signal-label-sequence = 行为序列
signal-label-context = 当下情境
signal-label-stated = 您的要求
signal-label-popularity = 热销程度
circumstance-night = 凌晨
circumstance-morning = 上午
circumstance-afternoon = 下午
circumstance-evening = 晚上
circumstance-spring = 春季
circumstance-summer = 夏季
circumstance-autumn = 秋季
circumstance-winter = 冬季
circumstance-phone = 手机
circumstance-tablet = 平板
circumstance-desktop = 电脑
circumstance-monday = 星期一
circumstance-tuesday = 星期二
circumstance-wednesday = 星期三
circumstance-thursday = 星期四
circumstance-friday = 星期五
circumstance-saturday = 星期六
circumstance-sunday = 星期日
attribution-same-rank = 得分排名仍是第 { $rank }
attribution-other-rank = 得分排名从第 { $with } 变为第 { $without }

### 句子旁边列出的事实。

fact-contributed = { $items }贡献了得分的 { $share }；计入时排第 { $with }，不计入时排第 { $without }
fact-flips = 不计入{ $items }时不在前 { $k } 件之列，取而代之的是{ $instead }
fact-pair = { $other }：{ $window }有 { $both } 位顾客{ $did ->
   *[bought] 两件都买过
    [viewed] 先看它、后看本品
}；{ $did ->
   *[bought] 买过
    [viewed] 看过
}它的有 { $n_other } 位，{ $did ->
   *[bought] 买过
    [viewed] 看过
}本品的有 { $n_item } 位；是随机情况的 { $lift } 倍
fact-window-all-time = 迄今
fact-window-days = 近 { $days } 天
fact-brand = 品牌
fact-category = 类目
fact-shares-attribute = { $name }“{ $value }”：最近 { $recent } 件商品中有 { $matching } 件相同
fact-similar-text = 与{ $other }的相似度为 { $similarity }；共同的词：{ $terms }
fact-the-shop = 全店
fact-in-category = “{ $category }”类目
fact-popular = { $scope }第 { $rank } 名；{ $window }有 { $buyers } 位顾客购买
fact-price-fit = 售价 { $price }；您在“{ $category }”类目买过 { $prices } 次，中位价 { $median }，多在 { $lower } 至 { $upper } 之间
fact-rated = { $n } 个评分，平均 { $mean } 星（满分 5 星）
fact-reviewers-say = “{ $aspect }”：{ $reviewers } 位提到，{ $positive } 位满意，{ $negative } 位不满
fact-discounted = { $since } 降至 { $price }；此前 { $days } 天最低 { $former }
fact-in-context = { $name }：本品 { $item } 位买家中有 { $in_context } 位，全店 { $shop } 位中有 { $shop_in_context } 位；比例为 { $lift } 倍
fact-promoted = 只看得分排第 { $by_score }，指定放在第 { $shown }
fact-new-arrival = { $since } 上架，已有 { $days } 天
fact-varied = 只看得分排第 { $by_score }，为了多样性放在第 { $shown }
fact-no-history = 还没有历史记录
fact-profiling-off = 已关闭个性化
fact-asked-for = “{ $concept }”：得分 { $by }
