### The public page on how the shop recommends.

transparency-page-tag = zh-CN
transparency-page-other = English
transparency-page-other-tag = en
transparency-page-title = 本店如何推荐
transparency-page-simulated = 本店为模拟数据：此处的一切数字都来自程序生成的顾客，并非真实人物。
transparency-page-window = 返回店铺
transparency-lead = 以下内容由正在使用的设置与模型生成，对所有人公开。
transparency-principles = 对每个列表都成立的
transparency-signals = 分数由什么组成
transparency-signal = 信号
transparency-meaning = 含义
transparency-weight = 权重
transparency-weights = 各信号的权重
transparency-weights-about = 在留出的数据上学到；没有帮助的信号为零。
transparency-weights-starting = 起始值：留出的行为还太少，什么都没有学到。
transparency-no-model = 还没有训练过模型，所以没有权重。
transparency-behaviour = 您的行为各算多少
transparency-what = 行为
transparency-thresholds = 理由要有多少依据
transparency-steps = 最多看多少步历史
transparency-min-buyers = 说“一起购买”至少要有多少位顾客
transparency-strong = 理由称为“强”所需的得分占比
transparency-moderate = 理由称为“中”所需的得分占比
transparency-sensitive = 理由中绝不提及的敏感类目数
transparency-model = 使用中的模型
transparency-machine = 同样的内容，供程序读取

transparency-sum = 推荐分数只是下列几个信号的加权和，加上您自己说过想多看或少看什么；除此之外没有别的因素计入分数。
transparency-recomputed = 理由中的每一个事实在发出之前都经过重新计算，之后也可以再次核验。
transparency-prices = 价格从不因人而异。
transparency-profiling-off = 关闭个性化后，不会再用您的历史做任何计算。
transparency-variety = 排成列表时，分数占 { $score }，与列表中已有商品的不同占 { $variety }，以免一列都是相似的商品；因此而移动的商品会注明。
transparency-category-share = 同一细分类目的商品最多占列表的 { $most }。
transparency-placed-by-hand = 店铺可以手工固定商品的位置，也可以收费；每一处都会注明是店铺置顶还是广告。目前设置中固定了 { $n } 件，其中收费 { $n_paid } 件。
transparency-experiments = 目前有 { $n } 项实验或由实验得出的设置在生效：对一部分或全部顾客，它们会改变排序或理由的写法。
