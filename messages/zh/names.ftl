### 信号、字段和属性的名称。

# 每个信号：句子里怎么说（words）、句中的名称（name）、标签（label）、含义（meaning）。

signal-words-transition = “顾客接着看什么”
signal-name-transition = 接下来买什么
signal-label-transition = 接下来买什么
signal-meaning-transition = 接下来买什么：其他顾客在您近期看过或买过的商品之后，还会看或买哪些商品

signal-words-text = “内容相近”
signal-name-text = 内容相近
signal-label-text = 内容相近
signal-meaning-text = 内容相近：商品名称、品牌、类目和描述与您近期看过或买过的商品有多接近

signal-words-sequence = “行为的先后顺序”
signal-name-sequence = 行为序列
signal-label-sequence = 行为序列
signal-meaning-sequence = 行为序列：一个 Transformer 模型从众多顾客的行为顺序中学到的、接下来最可能的商品

signal-words-popularity = “购买人数”
signal-name-popularity = 热销程度
signal-label-popularity = 热销程度
signal-meaning-popularity = 热销程度：近期有多少顾客购买，与您个人无关

signal-words-context = “当下情境”
signal-name-context = 当下情境
signal-label-context = 当下情境
signal-meaning-context = 情境：在当前的时段、季节、地区或设备下，哪些商品比平时更多人购买；与您的历史无关

signal-words-stated = “您提的要求”
signal-name-stated = 顾客的要求
signal-label-stated = 您的要求
signal-meaning-stated = 您的要求：您自己说过想多看或少看什么，只对您的列表起作用

field-name = { $field ->
    [title] 名称
    [brand] 品牌
    [category] 类目
    [description] 介绍
   *[named] { $name }
}
attribute-name = { $attribute ->
    [color] 颜色
    [colour] 颜色
    [colors] 颜色
    [colours] 颜色
    [size] 尺码
    [sizes] 尺码
    [material] 材质
    [materials] 材质
    [fabric] 面料
    [style] 款式
    [pattern] 图案
    [brand] 品牌
    [model] 型号
    [model-number] 型号
    [manufacturer] 制造商
    [maker] 制造商
    [origin] 产地
    [country-of-origin] 产地
    [made-in] 产地
    [weight] 重量
    [item-weight] 重量
    [dimensions] 尺寸
    [product-dimensions] 尺寸
    [item-dimensions] 尺寸
    [length] 长度
    [width] 宽度
    [height] 高度
    [capacity] 容量
    [volume] 容量
    [gender] 性别
    [department] 性别
    [age] 适用年龄
    [age-group] 适用年龄
    [age-range] 适用年龄
    [season] 季节
    [scent] 香味
    [fragrance] 香味
    [flavor] 口味
    [flavour] 口味
    [skin-type] 肤质
    [hair-type] 发质
    [ingredients] 成分
    [ingredient] 成分
    [kind] 种类
    [type] 种类
    [variety] 种类
    [shape] 形状
    [finish] 工艺
    [craft] 工艺
    [technique] 工艺
    [feature] 功能
    [features] 功能
    [function] 功能
    [use] 用途
    [usage] 用途
    [purpose] 用途
    [pack] 包装
    [package] 包装
    [packaging] 包装
    [pack-size] 包装
    [grade] 等级
    [power] 功率
    [wattage] 功率
    [form] 形态
    [thickness] 厚度
    [texture] 质地
    [set] 套装
    [roast] 烘焙
    [place] 适用场所
    [people] 适用人数
    [lid] 盖子
    [cover] 封面
    [binding] 装订
    [theme] 主题
    [strength] 强度
    [battery] 电池
    [genre] 题材
   *[unknown] { $name }
}
