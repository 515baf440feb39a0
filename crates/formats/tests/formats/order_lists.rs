//! Lists of orders: what became of an order, who bought it, and the lines that leave out what the
//! first line of their order says.

use domain::EventKind;
use formats::{Format, Options};

use crate::{Given, given};

fn csv(text: &str) -> Given {
    given(Format::Csv, &Options::default(), text.as_bytes())
}

fn told(given: &Given) -> Vec<(&str, EventKind)> {
    given.events.iter().map(|event| (event.item_id.as_str(), event.kind)).collect()
}

#[test]
fn an_order_that_was_called_off_is_no_sale_and_one_given_back_is_a_return() {
    let given = csv("Bestellnummer;Bestellstatus;Kundennummer;Artikelnummer;Bestelldatum\n\
         1;Abgeschlossen;k1;A1;2026-01-05\n2;Storniert;k2;A2;2026-01-05\n3;Rückerstattet;k3;A3;2026-01-05\n\
         4;Zahlung ausstehend;k4;A4;2026-01-05\n5;Geschenk;k5;A5;2026-01-05\n");
    let (bought, back) = (EventKind::Purchase, EventKind::Refund);
    assert_eq!(told(&given), [("A1", bought), ("A3", back), ("A5", bought)]);
    for part in ["called off", "waits for its payment", "no state of orders that is known"] {
        assert!(given.left_out().contains(part), "{}", given.left_out());
    }
}

#[test]
fn the_state_of_an_order_says_nothing_of_a_view() {
    let given = csv("customer_id,event,product_id,status\nc1,view,A1,pending\n");
    assert_eq!(told(&given), [("A1", EventKind::View)]);
}

#[test]
fn chinese_order_lists_are_read_by_their_headers() {
    let given = csv("订单编号,买家会员名,宝贝标题,商家编码,购买数量,实付金额,订单状态,付款时间\n\
         31,小兰,陶瓷杯,T-1,2,39.80,交易成功,2026/1/5 10:00\n32,小红,陶瓷碗,T-2,1,9.90,交易关闭,2026/1/5 11:00\n");
    assert_eq!(told(&given), [("T-1", EventKind::Purchase)]);
    let event = &given.events[0];
    assert_eq!((event.quantity, event.order.as_deref()), (2, Some("31")));
    assert_eq!(given.summary.columns["file"].unread, ["实付金额"]);
}

#[test]
fn lines_of_an_order_share_what_its_first_line_says() {
    let given = csv(
        "Name,Email,Financial Status,Currency,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Id\n\
         #11,Ann@shop.example,paid,EUR,2026-01-05 10:00:00 +0100,1,Cup,8.00,CUP,900\n#11,,,,,2,Mug,9.00,MUG,\n\
         #12,ben@shop.example,voided,EUR,2026-01-06 10:00:00 +0100,1,Jug,9.00,JUG,901\n#12,,,,,1,Pot,9.00,POT,\n",
    );
    assert_eq!(told(&given), [("CUP", EventKind::Purchase), ("MUG", EventKind::Purchase)]);
    let [cup, mug] = &given.events[..] else { panic!("two events") };
    assert_eq!((&cup.subject, cup.time), (&mug.subject, mug.time));
    assert_eq!(mug.price.unwrap().to_string(), "9.00 EUR");
    assert_eq!(mug.source_key, "order:#11:MUG");
    assert_eq!(given.mentions[0].title, domain::Text::from("Cup"), "the order's name is no title");
}

#[test]
fn words_for_nobody_are_no_buyer() {
    let rows =
        ["(not set)", "guest", "NULL", "0", "Anna", "匿名用户"].map(|who| format!("{who},A1\n"));
    let given = csv(&format!("customer_id,product_id\n{}", rows.concat()));
    let named: Vec<_> = given.events.iter().filter_map(|event| event.subject.as_ref()).collect();
    assert_eq!((given.events.len(), named.len()), (6, 1));
    let lines: Vec<_> = given.events.iter().map(|event| event.line).collect();
    assert_eq!(lines, [2, 3, 4, 5, 6, 7], "a later stage names rows by their lines");
}
