//! WooCommerce and schema.org.

use domain::{Currency, Timestamp};
use formats::{Error, Format, Options};
use serde_json::json;

use crate::{Given, given};

fn woo(text: &str) -> Given {
    let options = Options { currency: Some(Currency::EUR), ..Options::default() };
    given(Format::Woocommerce, &options, text.as_bytes())
}

const WOO: &str = "ID,Type,SKU,Name,Published,Is featured?,Visibility in catalog,Short description,Description,Date sale price starts,Date sale price ends,Tax status,In stock?,Stock,Sale price,Regular price,Categories,Tags,Images,Parent,Attribute 1 name,Attribute 1 value(s),Brands";

#[test]
fn variations_join_their_parent_whichever_way_it_is_named() {
    let given = woo(&format!(
        "\u{feff}{WOO}\r\n\
        44,variable,HOODIE,Hoodie,1,0,visible,short,<b>Warm</b>,,,taxable,1,,,,\"Clothing > Hoodies, Sale\",\"a, b\",\"https://x/1.jpg, https://x/2.jpg\",,Color,\"Blue, Red\",Acme\r\n\
        45,variation,HOODIE-B,Hoodie - Blue,1,0,visible,,,,,taxable,0,0,,45,,,,id:44,Color,Blue,\r\n\
        46,variation,HOODIE-R,Hoodie - Red,1,0,visible,,,,,taxable,1,3,,45,,,,HOODIE,Color,Red,\r\n\
        47,simple,MUG,Mug,0,0,visible,,,,,taxable,1,3,4.50,5,,,,,,,\r\n"
    ));
    let hoodie = &given.items[0];
    assert_eq!((hoodie.id.as_str(), hoodie.title.clone()), ("44", "Hoodie".into()));
    assert_eq!(hoodie.categories, ["Clothing", "Hoodies"].map(domain::Text::from));
    assert_eq!(hoodie.price.unwrap().to_string(), "45.00 EUR");
    assert_eq!(hoodie.attributes["color"], ["Blue", "Red"].map(domain::Text::from));
    let ids = ["HOODIE", "HOODIE-B", "45", "HOODIE-R", "46"].map(domain::Text::from);
    assert_eq!(hoodie.attributes["variant_id"], ids);
    assert_eq!((hoodie.image.as_deref(), hoodie.images.len()), (Some("https://x/1.jpg"), 1));
    let mug = &given.items[1];
    assert_eq!((mug.in_stock, mug.price.unwrap().minor), (Some(false), 450));
}

#[test]
fn a_sale_of_a_table_holds_between_its_dates() {
    let text = "ID,Type,SKU,Name,Sale price,Regular price,Date sale price starts,Date sale price ends\n1,simple,s,x,4,5,2026-06-01,2026-06-30\n";
    let minor = |now: Option<&str>| {
        let now = now.map(|now| Timestamp::parse(now).unwrap());
        let options = Options { currency: Some(Currency::EUR), now, ..Options::default() };
        given(Format::Woocommerce, &options, text.as_bytes()).items[0].price.unwrap().minor
    };
    assert_eq!(
        (minor(Some("2026-06-15")), minor(Some("2026-07-15")), minor(None)),
        (400, 500, 500)
    );
}

#[test]
fn rows_that_cannot_be_placed_are_rejected_by_name() {
    let header = "ID,Type,SKU,Name,Parent,In stock?,Regular price\n1,simple,a,x,,1,5\n";
    for (row, expected) in [
        (",simple,,x,,1,5", "neither `ID` nor `SKU`"),
        ("2,variation,b,x,,1,5", "`Parent` is missing"),
        ("2,variation,b,x,LATER,1,5", "list parents before variations"),
        ("1,simple,b,x,,1,6", "id \"1\" is that of an earlier row"),
    ] {
        let given = woo(&format!("{header}{row}\n"));
        assert!(given.only_cause().contains(expected), "{}", given.only_cause());
    }
    for (row, expected) in [
        ("2,simple,b,x,,perhaps,5", "`In stock?` is not known"),
        ("2,simple,b,x,,1,five", "`Regular price` is not"),
        ("2,simple,b,x,,1,0", "`Regular price` of 0"),
    ] {
        let given = woo(&format!("{header}{row}\n"));
        assert!(given.left_out().contains(expected), "{}", given.left_out());
        assert_eq!(given.items.len(), 2, "the product stays");
        let place = given.summary.first_left_out.values().next().unwrap();
        assert_eq!((place.source.as_str(), place.line), ("file", 3));
    }
    assert!(matches!(woo("a,b\n1,2\n").error, Some(Error::Header { .. })));
}

fn schema(text: &str) -> Given {
    given(Format::SchemaOrg, &Options::default(), text.as_bytes())
}

/// Every property that is read, once.
fn product() -> serde_json::Value {
    json!({
        "@context": "https://schema.org/", "@type": "Product", "sku": "P1", "name": "铁锅",
        "description": "<p>Heavy</p>", "brand": {"@type": "Brand", "name": "Acme"},
        "category": "Kitchen > Pots", "color": "black", "size": "30 cm", "material": "iron",
        "pattern": "plain", "itemCondition": "https://schema.org/NewCondition", "gtin": "1", "mpn": "2",
        "image": ["https://x/1.jpg"], "url": "https://x",
        "aggregateRating": {"ratingValue": 4.4, "reviewCount": 89},
        "offers": {"@type": "Offer", "price": "119.99", "priceCurrency": "USD", "availability": "https://schema.org/InStock"},
    })
}

#[test]
fn lines_documents_and_pages_hold_the_same_product() {
    let lines = schema(&format!("{}\n", product()));
    let document = schema(
        &serde_json::to_string_pretty(&json!({"@graph": [{"@type": "WebPage"}, product()]}))
            .unwrap(),
    );
    let page = schema(&format!(
        "<html>\n<script type=\"application/ld+json\">{}</script><script>x</script></html>",
        product()
    ));
    assert_eq!(lines.items, document.items);
    assert_eq!(lines.items, page.items);
    let item = &lines.items[0];
    assert_eq!((item.id.as_str(), item.title.clone()), ("P1", "铁锅".into()));
    assert_eq!(item.price.unwrap().to_string(), "119.99 USD");
    assert_eq!((item.brand.clone(), item.in_stock), ("Acme".into(), Some(true)));
    assert_eq!(item.categories.len(), 2);
    assert_eq!(item.attributes.len(), 6);
    assert_eq!(
        (item.url.as_deref(), item.image.as_deref()),
        (Some("https://x"), Some("https://x/1.jpg"))
    );
    assert_eq!(item.gtin.as_deref(), Some("1"));
}

#[test]
fn a_product_that_pages_repeat_is_one_item_as_the_last_page_tells_it() {
    let mut later = product();
    later["name"] = json!("铁锅 30");
    later["color"] = serde_json::Value::Null;
    let given = schema(&format!("{}\n{later}\n", product()));
    assert_eq!((given.items.len(), given.items[0].title.clone()), (1, "铁锅 30".into()));
    assert_eq!(given.items[0].attributes["color"], ["black"].map(domain::Text::from));
}

#[test]
fn a_product_group_is_one_item_and_a_range_is_no_price() {
    let mut red = product();
    red["color"] = json!("red");
    red["sku"] = json!("P2");
    let group = json!({"@type": "ProductGroup", "productGroupID": "G", "name": "Pots", "variesBy": ["https://schema.org/color"], "hasVariant": [product(), red]});
    let given = schema(&format!("{group}\n"));
    assert_eq!(given.items.len(), 1);
    assert_eq!(given.items[0].attributes["variant_id"], ["P1", "P2"].map(domain::Text::from));
    assert_eq!(given.items[0].attributes["color"], ["black", "red"].map(domain::Text::from));
    let mut range = product();
    range["offers"] =
        json!({"@type": "AggregateOffer", "lowPrice": 5, "highPrice": 9, "priceCurrency": "USD"});
    assert_eq!(schema(&format!("{range}\n")).items[0].price, None);
}

#[test]
fn properties_of_wrong_types_are_named() {
    for (property, value, expected) in [
        ("name", json!({"x": 1}), "`name` must be a text, not an object"),
        ("offers", json!({"price": "much", "priceCurrency": "USD"}), "`price` is not"),
        ("offers", json!({"price": 1, "priceCurrency": "nuggets"}), "`priceCurrency` is not"),
        ("offers", json!({"price": 0, "priceCurrency": "USD"}), "`price` of 0"),
        ("offers", json!({"availability": "Maybe"}), "`availability` is not known"),
    ] {
        let mut wrong = product();
        wrong[property] = value;
        let given = schema(&format!("{}\n{wrong}\n", product()));
        assert!(given.left_out().contains(expected), "{}", given.left_out());
        assert!(given.rejects.is_empty(), "the product stays");
        assert_eq!(given.summary.first_left_out.values().next().unwrap().line, 2);
    }
    let nameless = json!({"@type": "Product", "name": "x"});
    let given = schema(&format!("{}\n{nameless}\n", product()));
    assert!(given.only_cause().contains("has no id"));
}

#[test]
fn what_holds_of_a_parent_holds_of_its_variations() {
    let header = "ID,Type,SKU,Name,Published,Visibility in catalog,In stock?,Parent,Categories\n";
    for (published, visibility, is_there) in [
        ("1", "visible", true),
        ("0", "visible", false),
        ("-1", "visible", false),
        ("1", "hidden", false),
    ] {
        let parent = format!(
            "60,variable,P,Tent,{published},{visibility},1,,\"Camp\\, outdoor > Tents, Sale\"\n"
        );
        let variations = "61,variation,P-1,Tent 1,1,visible,1,id:60,\n62,variation,P-2,Tent 2,1,visible,1,id:60,\n";
        for text in
            [format!("{header}{parent}{variations}"), format!("{header}{variations}{parent}")]
        {
            let given = woo(&text);
            assert_eq!((given.items.len(), given.items[0].in_stock), (1, Some(is_there)), "{text}");
            assert_eq!(
                given.items[0].categories,
                ["Camp, outdoor", "Tents"].map(domain::Text::from)
            );
            assert_eq!(given.items[0].further_categories, [vec![domain::Text::from("Sale")]]);
        }
    }
}

#[test]
fn a_script_that_is_broken_costs_itself_and_a_comma_too_many_costs_nothing() {
    let comma = product().to_string().replace("\"name\"", "\"x\": [1,], \"name\"");
    let page = format!(
        "<html>\n<script type=\"application/ld+json\">{{\"@type\": oops</script>\n<script type=\"application/ld+json\">{comma}</script></html>"
    );
    let given = schema(&page);
    assert_eq!((given.items.len(), given.rejects[0].line), (1, 2));
}

#[test]
fn a_lowest_price_alone_is_no_price() {
    let mut range = product();
    range["offers"] = json!({"@type": "AggregateOffer", "lowPrice": 5, "priceCurrency": "USD"});
    assert_eq!(schema(&format!("{range}\n")).items[0].price, None);
}
