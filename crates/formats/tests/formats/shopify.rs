use domain::{Currency, EventKind, ItemId};
use formats::read::shopify::webhook::{self, Topic};
use formats::{Error, Format, Options};
use serde_json::{Value, json};

use crate::{Given, given};

const OLD: &str = "Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Option3 Name,Option3 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Fulfillment Service,Variant Price,Variant Compare At Price,Variant Requires Shipping,Variant Taxable,Variant Barcode,Image Src,Image Position,Image Alt Text,Gift Card,SEO Title,SEO Description,Variant Image,Variant Weight Unit,Cost per item,Status";
const NEW: &str = "Title,URL handle,Description,Vendor,Product category,Type,Tags,Published on online store,Status,SKU,Barcode,Option1 name,Option1 value,Option2 name,Option2 value,Option3 name,Option3 value,Price,Compare-at price,Cost per item,Charge tax,Inventory tracker,Inventory quantity,Continue selling when out of stock,Weight value (grams),Requires shipping,Fulfillment service,Product image URL,Image position,Image alt text,Variant image URL,Gift card,SEO title,SEO description";

fn old() -> String {
    format!(
        "{OLD}\r\n\
        tee,棉 T 恤,\"<p>Soft,\nlight</p>\",Acme,Apparel > Shirts,Basics,\"summer, new\",true,Size,S,Color,Red,,,T-S,100,shopify,0,deny,manual,19.90,25.00,true,true,111,https://x/1.jpg,1,alt,false,seo,seo,,g,9.00,active\r\n\
        tee,,,,,,,,,M,,Red,,,T-M,100,shopify,5,deny,manual,19.90,,true,true,112,https://x/2.jpg,2,,,,,,g,,\r\n\
        tee,,,,,,,,,,,,,,,,,,,,,,,,,https://x/3.jpg,3,,,,,,,,\r\n\
        mug,Mug,Big,Acme,,Mugs,,true,Title,Default Title,,,,,M-1,100,,,,manual,5.00,,true,true,,,,,false,,,,g,,draft\r\n"
    )
}

fn new() -> String {
    format!(
        "{NEW}\n\
        棉 T 恤,tee,\"<p>Soft,\nlight</p>\",Acme,Apparel > Shirts,Basics,\"summer, new\",TRUE,Active,T-S,111,Size,S,Color,Red,,,19.90,25.00,9.00,TRUE,shopify,0,DENY,100,TRUE,manual,https://x/1.jpg,1,alt,,FALSE,seo,seo\n\
        ,tee,,,,,,,,T-M,112,,M,,Red,,,19.90,,,TRUE,shopify,5,DENY,100,TRUE,manual,https://x/2.jpg,2,,,,,\n\
        ,tee,,,,,,,,,,,,,,,,,,,,,,,,,,https://x/3.jpg,3,,,,,\n\
        Mug,mug,Big,Acme,,Mugs,,TRUE,Draft,M-1,,Title,Default Title,,,,,5.00,,,TRUE,,,,100,TRUE,manual,,,,,FALSE,,\n"
    )
}

fn read(text: &str) -> Given {
    let options = Options { currency: Some(Currency::CNY), ..Options::default() };
    given(Format::Shopify, &options, text.as_bytes())
}

#[test]
fn rows_of_one_handle_are_one_item_under_either_header() {
    let (old, new) = (read(&old()), read(&new()));
    assert_eq!(old.items, new.items);
    let tee = &old.items[0];
    assert_eq!((tee.id.as_str(), tee.title.clone()), ("tee", "棉 T 恤".into()));
    assert_eq!(tee.categories, ["Apparel", "Shirts", "Basics"].map(domain::Text::from));
    assert_eq!(tee.price.unwrap().to_string(), "19.90 CNY");
    assert_eq!(tee.in_stock, Some(true), "one size is there");
    assert_eq!(tee.attributes["size"], ["S", "M"].map(domain::Text::from));
    assert_eq!(tee.attributes["color"], ["Red"].map(domain::Text::from));
    assert_eq!(tee.attributes["variant_id"], ["T-S", "T-M"].map(domain::Text::from));
    assert_eq!((tee.image.is_some(), tee.images.len()), (true, 2));
    assert_eq!(tee.description, "<p>Soft,\nlight</p>".into());
    let mug = &old.items[1];
    assert_eq!((mug.in_stock, mug.attributes.contains_key("title")), (Some(false), false));
    assert_eq!(old.summary.rows, 4);
}

#[test]
fn prices_that_differ_leave_none_that_is_true() {
    let given = read("Handle,Title,Variant SKU,Variant Price\na,A,1,5.00\na,,2,7.00\na,,3,5.00\n");
    assert_eq!(given.items[0].price, None);
    assert_eq!(given.summary.left_out["prices of products whose variants differ in price"], 1);
}

#[test]
fn each_wrong_row_is_named_and_another_table_is_refused() {
    let header =
        "Handle,Title,Variant SKU,Variant Price,Variant Inventory Tracker,Variant Inventory Qty\n";
    for (row, expected) in [(",x,1,5,,", "the handle is missing"), ("d,x", "has 2 fields")] {
        let given = read(&format!("{header}a,A,1,5,,\n{row}\n"));
        assert!(given.only_cause().contains(expected), "{}", given.only_cause());
    }
    for (row, expected) in [
        ("b,x,1,five,,", "`Variant Price` is not"),
        ("c,x,1,5,shopify,many", "`Variant Inventory Qty` is not a whole number"),
    ] {
        let given = read(&format!("{header}{row}\n"));
        assert!(given.left_out().contains(expected), "{}", given.left_out());
        assert_eq!(given.items.len(), 1, "the product stays");
    }
    assert!(matches!(read("id,name\n1,x\n").error, Some(Error::Header { .. })));
}

#[test]
fn a_draft_is_shown_in_none_of_its_sizes() {
    let header = "Handle,Title,Variant SKU,Variant Price,Published,Status\n";
    for (published, status, is_there) in [
        ("true", "active", true),
        ("true", "draft", false),
        ("true", "archived", false),
        ("false", "active", false),
    ] {
        let given = read(&format!("{header}a,A,1,5,{published},{status}\na,,2,5,,\n"));
        assert_eq!((given.items.len(), given.items[0].in_stock), (1, Some(is_there)), "{status}");
    }
}

/// Every field of a product body that is read, once.
fn product() -> Value {
    json!({
        "id": 788_032_119_674_292_922_u64, "handle": "tee", "title": "Tee", "body_html": "<p>Soft</p>",
        "vendor": "Acme", "product_type": "Basics", "category": {"full_name": "Apparel > Shirts"},
        "tags": "summer, new", "status": "active", "published_at": "2026-06-01T08:30:00+08:00",
        "created_at": "2026-05-01T08:30:00+08:00",
        "variants": [
            {"id": 1, "sku": "T-S", "price": "19.90", "inventory_quantity": 0, "inventory_policy": "deny", "inventory_management": "shopify"},
            {"id": 2, "sku": "T-M", "price": "19.90", "inventory_quantity": 5, "inventory_policy": "deny", "inventory_management": "shopify"},
        ],
        "options": [{"name": "Size", "values": ["S", "M"]}],
        "images": [], "image": {"src": "https://x/1.jpg"},
    })
}

fn order() -> Value {
    json!({
        "id": 450_789_469, "name": "#1001", "created_at": "2026-06-01T08:30:00+08:00",
        "cancelled_at": "2026-06-02T08:30:00+08:00", "currency": "USD", "test": false,
        "email": "ann@shop.example", "customer": {"id": 207_119_551, "email": "ann@shop.example"},
        "shipping_address": {"country_code": "CN"},
        "line_items": [
            {"id": 1, "product_id": 788_032_119_674_292_922_u64, "variant_id": 2, "sku": "T-M", "title": "Tee", "quantity": 2, "price": "19.90"},
            {"id": 2, "product_id": null, "variant_id": null, "sku": null, "title": "Tip", "quantity": 1, "price": "1.00"},
        ],
    })
}

#[test]
fn a_product_body_is_the_item_of_the_table_and_knows_its_numbers() {
    let item = webhook::product(&product(), Currency::CNY).unwrap();
    assert_eq!((item.id.as_str(), item.in_stock), ("tee", Some(true)));
    assert_eq!(item.price.unwrap().to_string(), "19.90 CNY");
    let ids = ["788032119674292922", "1", "T-S", "2", "T-M"].map(domain::Text::from);
    assert_eq!(item.attributes["variant_id"], ids);
    assert_eq!(item.categories.len(), 3);
    assert!(item.available_since.is_some());
    assert_eq!(webhook::deleted(&json!({"id": 7})).unwrap().as_str(), "7");
}

#[test]
fn an_order_is_bought_by_its_customer_and_returned_when_cancelled() {
    let nothing_known = |_: &ItemId| false;
    let bought = webhook::order(&order(), EventKind::Purchase, &nothing_known).unwrap();
    assert_eq!(bought.len(), 1, "a tip is no product");
    assert_eq!(bought[0].subject.as_ref().unwrap().as_str(), "207119551");
    assert_eq!((bought[0].quantity, bought[0].price.unwrap().to_string()), (2, "19.90 USD".into()));
    let cancelled = webhook::order(&order(), EventKind::Refund, &nothing_known).unwrap();
    assert_ne!(cancelled[0].source_key, bought[0].source_key);
    assert!(cancelled[0].time > bought[0].time);
    let by_sku = webhook::order(&order(), EventKind::Purchase, &|id| id.as_str() == "T-M").unwrap();
    assert_eq!(by_sku[0].item_id.as_str(), "T-M", "the first id that the shop knows");
}

#[test]
fn test_orders_and_guests_give_nothing() {
    for (field, value) in [("test", json!(true)), ("customer", Value::Null)] {
        let mut order = order();
        order[field] = value;
        assert!(webhook::order(&order, EventKind::Purchase, &|_| false).unwrap().is_empty());
    }
}

#[test]
fn bodies_with_wrong_fields_are_refused_by_name() {
    let mut wrong = order();
    wrong["line_items"][0]["price"] = json!([1]);
    let bought = webhook::order(&wrong, EventKind::Purchase, &|_| false).unwrap();
    assert_eq!((bought.len(), bought[0].price), (1, None), "the order stays without the price");
    assert!(webhook::product(&json!({}), Currency::CNY).unwrap_err().contains("`handle`"));
    assert!(webhook::product(&json!([]), Currency::CNY).unwrap_err().contains("not a list"));
    assert!(webhook::customer(&json!({"customer": {}})).unwrap_err().contains("customer.id"));
    assert_eq!(webhook::customer(&order()).unwrap().as_str(), "207119551");
}

#[test]
fn every_documented_topic_is_known_and_others_are_refused_with_a_hint() {
    for topic in [
        "products/create",
        "products/update",
        "products/delete",
        "orders/create",
        "orders/paid",
        "orders/cancelled",
        "customers/data_request",
        "customers/redact",
        "shop/redact",
    ] {
        assert!(topic.parse::<Topic>().is_ok(), "{topic}");
    }
    assert!("carts/update".parse::<Topic>().unwrap_err().to_string().contains("subscribe"));
}
