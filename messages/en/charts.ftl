### Texts around charts.

chart-as-table = as a table
chart-share = share
chart-interval = 95 % interval
