### 信号、商品资料栏目和属性的名称。

signal-words = { $signal ->
    [transition] “顾客接着看什么”
    [text] “内容相近”
    [sequence] “行为的先后顺序”
    [popularity] “购买人数”
    [context] “当下情境”
    [stated] “您提的要求”
   *[unknown] { $name }
}
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
