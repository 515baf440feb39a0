### The sample page of the widget.

widget-tag = zh-CN
widget-short-tag = zh
widget-other = English
widget-other-tag = en
widget-name = 小组件
widget-lead = 任何商店的页面都能用：一个脚本，一个元素。
widget-shopper = 顾客
widget-visitor = 新访客
widget-language = 语言
widget-events = 它发出的事件
widget-docs = 接口文档
widget-no-script = 小组件是一个脚本，而此浏览器没有运行脚本。店铺页面不需要脚本，同样的推荐和理由都在那里：
widget-window = 店铺首页

# In the widget itself.
widget-in-page-heading = 为您推荐
widget-in-page-why = 为什么？
widget-in-page-close = 关闭
widget-in-page-facts = 核实过的事实
widget-in-page-helpful = 有帮助
widget-in-page-unclear = 看不懂
widget-in-page-wrong = 不对
widget-in-page-dont-use = 不要用这些
widget-in-page-thanks = 已记下，谢谢。
widget-in-page-failed = 暂时无法推荐。
widget-in-page-nothing = 没有可以推荐的商品。
widget-in-page-simulated = 模拟数据
widget-in-page-made-of = 得分构成
widget-in-page-ai = 措辞由语言模型生成
widget-in-page-sold-out = 暂时缺货
widget-in-page-no-price = 价格未标
