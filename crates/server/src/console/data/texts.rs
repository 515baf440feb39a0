//! The words of the page of data.

use crate::texts::texts;

texts! {
    lead: "数据有多少、有多新；每次导入带来了什么、拒绝了什么。", "How much there is and how fresh, and what each import brought and refused.";
    events: "行为", "Events";
    shoppers: "顾客", "Shoppers";
    items: "商品", "Items";
    reviews: "评价", "Reviews";
    last_event: "最近一次行为发生于", "Latest event happened";
    last_taken_in: "最近一次收到数据", "Last taken in";
    erased: "应要求删除的顾客", "Shoppers erased";
    never: "没有时间", "no times";
    day: "日期", "day";
    by_day: "每天的行为", "Events by day";
    by_day_about: "按发生日期（UTC）统计的行为数，最近 180 天。", "Events by the day they happened (UTC), the last 180 days.";
    no_days: "还没有带时间的行为。用 candor import 导入，或发送到 /v1/events。", "There are no events with a time yet. Import some with candor import, or send them to /v1/events.";
    imports: "导入记录", "Imports";
    no_imports: "还没有导入过文件。candor import --detect 会说明一个文件是什么格式、会读到什么。", "No file was imported yet. candor import --detect says what format a file is of and what would be read.";
    when: "日期", "Date";
    source: "来源", "Source";
    rows: "行", "Rows";
    fresh: "新增", "New";
    known: "已有", "Known already";
    rejected: "拒绝", "Refused";
    without: "清洗与省略", "Cleaned and left out";
    refused_rows: "被拒绝的行", "Refused rows";
}
