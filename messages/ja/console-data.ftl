### 管理画面：データ。

console-data-lead = データの量と新しさです。
console-data-events = イベント
console-data-shoppers = お客様
console-data-items = 商品
console-data-reviews = レビュー
console-data-last-event = 最新のイベントの発生日時
console-data-last-taken-in = 最後に取り込んだ日時
console-data-erased = 削除したお客様
console-data-never = まだありません
console-data-day = 日付
console-data-by-day = 日別のイベント
console-data-by-day-about = 発生日（UTC）別のイベント数、直近180日間。
console-data-no-days = 日時のあるイベントはまだありません。candor import で取り込むか、/v1/events に送信してください。
console-data-unlisted = カタログにない商品番号
console-data-unlisted-about = 行動データに現れ、学習には使われます。カタログに載るとおすすめの対象になります。candor unlisted で全件を出力でき、取り込み時に番号を合わせられます（candor import --help）。
console-data-unlisted-id = 商品番号
