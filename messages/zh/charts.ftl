### 图表周围的文字。

chart-as-table = 以表格显示
chart-share = 占比
chart-interval = 95 % 区间
