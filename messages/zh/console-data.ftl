### The console: data.

console-data-lead = 数据有多少、有多新。
console-data-events = 行为
console-data-shoppers = 顾客
console-data-items = 商品
console-data-reviews = 评价
console-data-last-event = 最近一次行为发生于
console-data-last-taken-in = 最近一次收到数据
console-data-erased = 应要求删除的顾客
console-data-never = 还没有
console-data-day = 日期
console-data-by-day = 每天的行为
console-data-by-day-about = 按发生日期（UTC）统计的行为数，最近 180 天。
console-data-no-days = 还没有带时间的行为。用 candor import 导入，或发送到 /v1/events。
console-data-unlisted = 目录中没有的编号
console-data-unlisted-about = 行为数据提到了这些编号，模型也从中学习；目录收录后才会被推荐。candor unlisted 可列出全部，导入时可以对齐编号（见 candor import --help）。
console-data-unlisted-id = 编号
