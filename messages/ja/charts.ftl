### グラフの周りの言葉。

chart-as-table = 表で表示
chart-share = 割合
chart-interval = 95% 区間
