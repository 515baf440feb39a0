use domain::{Currency, Timestamp};
use formats::{Error, Format, Options};

use crate::{Given, given};

const HEADER: &str = "id\ttitle\tdescription\tlink\timage_link\tadditional_image_link\tavailability\tprice\tsale_price\tsale_price_effective_date\tbrand\tgtin\tmpn\tgoogle_product_category\tproduct_type\titem_group_id\tcondition\tcolor\tsize\tmaterial\tpattern\tgender\tage_group\tcustom_label_0\tcustom_label_1\tcustom_label_2\tcustom_label_3\tcustom_label_4";
const WHOLE: &str = "T1\t棉质 T 恤\t<p>Soft &amp; light</p>\thttps://shop.example/t1\thttps://shop.example/t1.jpg\thttps://shop.example/t1b.jpg\tin_stock\t15.00 USD\t12.50 USD\t2026-11-24T13:00-0800/2026-11-29T15:30-0800\tAcme\t3234567890126\tGO12345\t212\tHome > Women > T-shirts\t\tnew\tred\tM\tcotton\tplain\tfemale\tadult\ta\tb\tc\td\te";

fn read(text: &str) -> Given {
    given(Format::Merchant, &Options::default(), text.as_bytes())
}

fn at(time: &str) -> Options {
    Options { now: Some(Timestamp::parse(time).unwrap()), ..Options::default() }
}

#[test]
fn a_row_keeps_every_documented_field() {
    let given = read(&format!("{HEADER}\r\n{WHOLE}\r\n"));
    let item = &given.items[0];
    assert_eq!((item.id.as_str(), item.title.clone()), ("T1", "棉质 T 恤".into()));
    assert_eq!(item.categories, ["Home", "Women", "T-shirts"].map(domain::Text::from));
    assert_eq!((item.brand.clone(), item.in_stock), ("Acme".into(), Some(true)));
    assert_eq!(item.price.unwrap().to_string(), "15.00 USD");
    for name in [
        "color",
        "size",
        "material",
        "pattern",
        "gender",
        "age_group",
        "condition",
        "mpn",
        "google_product_category",
        "custom_label_0",
        "custom_label_1",
        "custom_label_2",
        "custom_label_3",
        "custom_label_4",
    ] {
        assert_eq!(item.attributes[name].len(), 1, "{name}");
    }
    assert_eq!(item.url.as_deref(), Some("https://shop.example/t1"));
    assert_eq!(item.image.as_deref(), Some("https://shop.example/t1.jpg"));
    assert_eq!(item.images, ["https://shop.example/t1b.jpg"]);
    assert_eq!(item.gtin.as_deref(), Some("3234567890126"));
}

#[test]
fn what_serves_the_shops_own_affairs_describes_nothing_to_a_shopper() {
    let given = read(&format!("{HEADER}\n{WHOLE}"));
    let told: Vec<_> = given.items[0].described_by().map(|(name, _)| name.as_str()).collect();
    assert_eq!(told, ["age_group", "color", "condition", "gender", "material", "pattern", "size"]);
}

#[test]
fn a_sale_price_holds_while_the_sale_lasts() {
    let text = format!("{HEADER}\n{WHOLE}");
    let price = |options: &Options| {
        given(Format::Merchant, options, text.as_bytes()).items[0].price.unwrap().to_string()
    };
    assert_eq!(price(&at("2026-11-25T00:00:00Z")), "12.50 USD");
    assert_eq!(price(&at("2026-11-24T20:59:00Z")), "15.00 USD");
    assert_eq!(price(&at("2026-11-29T23:31:00Z")), "15.00 USD");
    let undated = "id\tprice\tsale_price\n1\t15.00 USD\t12.50 USD\n";
    assert_eq!(read(undated).items[0].price.unwrap().to_string(), "12.50 USD");
}

#[test]
fn five_sizes_are_one_thing_to_recommend() {
    let text = "id\titem_group_id\ttitle\tprice\tavailability\tsize\tcolor\n\
        a-s\ta\tShirt\t9 EUR\tout of stock\tS\tred\n\
        b\t\tMug\t5 EUR\tin stock\t\t\n\
        a-m\ta\tShirt M\t9 EUR\tin stock\tM\tred\n\
        c-1\tc\tRug\t10 EUR\tout_of_stock\t1\t\n\
        c-2\tc\tRug\t20 EUR\tout_of_stock\t2\t\n";
    let given = read(text);
    let ids: Vec<_> = given.items.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(ids, ["b", "a", "c"]);
    let shirt = &given.items[1];
    assert_eq!(shirt.attributes["variant_id"], ["a-s", "a-m"].map(domain::Text::from));
    assert_eq!(shirt.attributes["size"], ["S", "M"].map(domain::Text::from));
    assert_eq!(shirt.attributes["color"], ["red"].map(domain::Text::from));
    assert_eq!((shirt.in_stock, shirt.title.clone()), (Some(true), "Shirt".into()));
    assert_eq!(shirt.price.unwrap().to_string(), "9.00 EUR");
    let rug = &given.items[2];
    assert_eq!((rug.price, rug.in_stock), (None, Some(false)), "no one price is true of the rug");
    assert_eq!(given.summary.left_out["prices of products whose variants differ in price"], 1);
}

#[test]
fn rss_and_atom_say_the_same_as_a_table() {
    let fields = "<g:id>T1</g:id><title>Plain &amp; simple</title><g:title>Shirt</g:title>\
        <description><![CDATA[<b>Soft</b>]]></description><g:price>15.00 USD</g:price>\
        <g:product_type>Home &gt; Women</g:product_type><g:availability>in_stock</g:availability>\
        <g:image_link>https://x/m</g:image_link>\
        <g:additional_image_link>https://x/a</g:additional_image_link>\
        <g:additional_image_link>https://x/b</g:additional_image_link>\
        <g:brand>Acme<g:note>internal</g:note></g:brand><g:shipping><g:country>US</g:country><g:price>9.99 USD</g:price></g:shipping>";
    let rss = format!(
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\" xmlns:g=\"http://base.google.com/ns/1.0\">\n<channel><title>Shop</title>\n<item>{fields}<link>https://shop.example</link></item></channel></rss>"
    );
    let atom = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Shop</title><id>tag:shop</id>\n<entry>{fields}<link href=\"https://shop.example\"/></entry></feed>"
    );
    let (rss, atom) = (read(&rss), read(&atom));
    assert_eq!(rss.items, atom.items);
    let item = &rss.items[0];
    assert_eq!(
        (item.title.clone(), item.description.clone()),
        ("Shirt".into(), "<b>Soft</b>".into())
    );
    assert_eq!((item.categories.len(), item.brand.clone()), (2, "Acme".into()));
    assert_eq!(item.price.unwrap().to_string(), "15.00 USD", "never the price of shipping");
    assert_eq!((item.image.as_deref(), item.images.len()), (Some("https://x/m"), 2));
    assert_eq!(item.url.as_deref(), Some("https://shop.example"));
}

#[test]
fn chinese_feeds_in_gb18030_and_with_a_mark_are_read() {
    let text = "id\ttitle\tbrand\tprice\n1\t珍珠项链 礼物盒装\t周大福\t1,299.00 CNY\n";
    let (bytes, _, _) = encoding_rs::GB18030.encode(text);
    let gb = given(Format::Merchant, &Options::default(), &bytes);
    let marked = read(&format!("\u{feff}{text}"));
    assert_eq!(gb.items, marked.items);
    assert_eq!(gb.items[0].title, "珍珠项链 礼物盒装".into());
    assert_eq!(gb.items[0].price.unwrap().minor, 129_900);
    assert_eq!(gb.summary.encodings["file"], "gb18030");
}

#[test]
fn each_wrong_or_missing_field_is_named_with_its_line() {
    let rows = [
        ("\tNo id\t1 USD\tin_stock\t", "field `id` is missing"),
        ("6\tx", "has 2 fields, but the header 5"),
        ("1\ty\t2 USD\tin_stock\t", "id \"1\" is that of an earlier row"),
    ];
    for (row, expected) in rows {
        let text = format!(
            "id\ttitle\tprice\tavailability\tsale_price_effective_date\n1\tx\t1 USD\tin stock\t\n{row}\n"
        );
        let given = read(&text);
        assert!(given.only_cause().contains(expected), "{} for {row}", given.only_cause());
        assert_eq!((given.rejects[0].line, given.items.len()), (3, 1));
    }
    let odd = [
        ("2\tx\t15.00\tin_stock\t", "`price` names no currency; write it like 15.00 USD"),
        ("3\tx\tfree USD\tin_stock\t", "`price` is not"),
        ("4\tx\t1 USD\tmaybe\t", "`availability` is not known"),
        ("5\tx\t1 USD\tin_stock\ttomorrow", "`sale_price_effective_date` is not understood"),
    ];
    for (row, expected) in odd {
        let text = format!("id\ttitle\tprice\tavailability\tsale_price_effective_date\n{row}\n");
        let given = read(&text);
        assert!(given.left_out().contains(expected), "{} for {row}", given.left_out());
        assert_eq!(given.items.len(), 1, "the product stays");
    }
    let xml = "<rss>\n<item><g:id>1</g:id></item>\n\n<item>\n<title>x</title></item></rss>";
    assert_eq!(read(xml).rejects[0].line, 4);
}

#[test]
fn currencies_may_differ_from_row_to_row_and_a_default_serves_the_rest() {
    let text = "id\tprice\n1\t15.00 USD\n2\tJPY 1200\n3\t7\n";
    let options = Options { currency: Some(Currency::GBP), ..Options::default() };
    let given = given(Format::Merchant, &options, text.as_bytes());
    let prices: Vec<_> = given.items.iter().map(|i| i.price.unwrap().to_string()).collect();
    assert_eq!(prices, ["15.00 USD", "1200 JPY", "7.00 GBP"]);
}

#[test]
fn a_group_priced_in_two_currencies_has_no_price() {
    let text = "id\titem_group_id\tprice\n1\tg\t15.00 USD\n2\tg\t15.00 EUR\n3\tg\t15.00 USD\n";
    let given = read(text);
    assert_eq!((given.items.len(), given.items[0].price), (1, None));
    assert_eq!(given.summary.left_out["prices of products whose variants differ in price"], 1);
}

#[test]
fn a_document_that_breaks_off_is_an_error_and_a_table_without_ids_is_none() {
    let broken = read("<rss><item><g:id>1</g:id></item><item><g:id>2</g:id>");
    assert!(matches!(broken.error, Some(Error::Malformed { .. })), "{:?}", broken.error);
    assert_eq!(broken.items.len(), 1);
    let headless = read("name\tprice\nx\t1 USD\n");
    assert!(matches!(headless.error, Some(Error::Header { .. })), "{:?}", headless.error);
}

#[test]
fn an_element_that_is_not_closed_costs_its_entry_and_not_the_feed() {
    for broken in [
        "<item><g:id>1</g:id><title>Tent <g:price>5 EUR</g:price></item>",
        "<item><g:id>1</g:id><title>Tent",
        "<item><g:id>1</g:id><title>Tent</b></title></item>",
    ] {
        let given =
            read(&format!("<rss>{broken}<item><g:id>2</g:id><title>Rug</title></item></rss>"));
        assert!(given.error.is_none(), "{:?} for {broken}", given.error);
        let ids: Vec<_> = given.items.iter().map(|item| item.id.as_str()).collect();
        assert_eq!(ids, ["1", "2"], "{broken}");
        assert_eq!(given.items[1].title, "Rug".into());
    }
}

#[test]
fn entities_are_never_expanded_and_no_document_is_fetched() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b SYSTEM \"file:///etc/passwd\">]>\
        <rss><item><g:id>1</g:id><title>&a;&b;&#20013;</title></item></rss>";
    assert_eq!(read(bomb).items[0].title, "&a;&b;中".into());
}

#[test]
fn the_feed_among_the_examples_is_read_whole() {
    let feed = include_bytes!("../../../../examples/feed.tsv");
    let given = given(Format::Merchant, &Options::default(), feed);
    assert!(given.rejects.is_empty(), "{:?}", given.rejects);
    let [teapot, cup] = &given.items[..] else { panic!("{} items", given.items.len()) };
    assert_eq!(teapot.price.unwrap().to_string(), "168.00 CNY");
    assert_eq!(teapot.categories, ["Home", "Teaware"].map(domain::Text::from));
    assert_eq!((teapot.in_stock, cup.in_stock), (Some(true), Some(false)));
}
