//! The words of the page of data.

use presentation::texts;

texts! {
    lead: "数据有多少、有多新；每次导入带来了什么、拒绝了什么。", "How much there is and how fresh, and what each import brought and refused.";
    events: "行为", "Events";
    shoppers: "顾客", "Shoppers";
    items: "商品", "Items";
    reviews: "评价", "Reviews";
    last_event: "最近一次行为发生于", "Latest event happened";
    last_taken_in: "最近一次收到数据", "Last taken in";
    erased: "应要求删除的顾客", "Shoppers erased";
    never: "还没有", "none yet";
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
    quoted: "引用", "quoted";
    quoted_of: "条，共", "of";
    missing_shopper: "没有顾客编号的行", "rows without a shopper";
    non_product_code: "不是商品的编号（邮费、手续费等）", "codes that are no product (postage, fees and the like)";
    cancelled_order: "已取消的订单", "cancelled orders";
    zero_quantity: "数量为零的行", "rows with a quantity of zero";
    negative_quantity: "数量为负的行", "rows with a negative quantity";
    non_positive_price: "价格为零或负的行", "rows with a price of zero or less";
    future_time: "时间在未来的行", "rows with a time in the future";
    no_currency: "没有币种的价格", "prices without a currency";
    shopper_attributes: "顾客的属性", "attributes of shoppers";
}

impl Texts {
    /// What a rule of cleaning dropped or an import left out, in words, where it has any.
    pub(super) fn left_out(&self, name: &str) -> Option<&'static str> {
        Some(match name {
            "missing_shopper" => self.missing_shopper,
            "non_product_code" => self.non_product_code,
            "cancelled_order" => self.cancelled_order,
            "zero_quantity" => self.zero_quantity,
            "negative_quantity" => self.negative_quantity,
            "non_positive_price" => self.non_positive_price,
            "future_time" => self.future_time,
            "prices without a currency" => self.no_currency,
            "shopper_attributes" => self.shopper_attributes,
            _ => return None,
        })
    }
}
