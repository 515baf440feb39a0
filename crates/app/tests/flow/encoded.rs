//! Texts compared by a sentence encoder.

use std::path::Path;

use domain::Item;
use shop::ShopError;

use super::small_shop::{item_id, trained};

#[test]
fn a_file_that_is_no_encoder_is_refused_and_nothing_changes() {
    let shop = trained();
    let file = std::env::current_exe().unwrap();
    let refused = training::encoder::add(shop.shop(), &file, &|_| {});
    assert!(matches!(refused, Err(ShopError::Encoder { .. })), "{refused:?}");
    let missing = training::encoder::add(shop.shop(), Path::new("no such file"), &|_| {});
    assert!(missing.unwrap_err().to_string().contains("no such file"));
    assert_eq!(training::encoder::installed(shop.shop()).unwrap(), None);
    shop.train(&|_| {}).unwrap();
}

#[test]
fn an_installed_encoder_is_used_from_the_next_training_on() {
    let Some(wheel) = std::env::var_os("CANDOR_TEST_ENCODER") else {
        println!("skipped: CANDOR_TEST_ENCODER names no wheel of an encoder");
        return;
    };
    let shop = trained();
    let told = |id: &str, title: &str| Item { title: title.into(), ..Item::bare(item_id(id)) };
    shop.collector
        .put_items(vec![told("a", "Spring Longjing green tea"), told("b", "明前龙井绿茶")])
        .unwrap();
    let installed = training::encoder::add(shop.shop(), Path::new(&wheel), &|_| {}).unwrap();
    assert_eq!(training::encoder::installed(shop.shop()).unwrap(), Some(installed.clone()));
    let meaning = |id: &str| {
        let data = training::gather(shop.shop()).unwrap().data;
        let at = data.items.iter().position(|item| item.as_str() == id).unwrap();
        data.texts[at].meaning.clone().unwrap()
    };
    let (a, b) = (meaning("a"), meaning("b"));
    let cosine: f32 = a.iter().zip(b.iter()).map(|(a, b)| a * b).sum();
    assert!(cosine > 0.5, "one tea in two languages: {cosine}");
    shop.train(&|_| {}).unwrap();
    // A file that was changed since is not used for new texts.
    let copy = shop.shop().folder().join("encoder").join(format!("{:.16}.whl", installed.sha256));
    std::fs::write(copy, b"something else").unwrap();
    shop.collector.put_items(vec![told("c", "Black tea from Yunnan")]).unwrap();
    assert!(matches!(training::gather(shop.shop()), Err(ShopError::Encoder { .. })));
    assert_eq!(training::encoder::remove(shop.shop()).unwrap(), Some(installed));
    assert!(
        training::gather(shop.shop()).unwrap().data.texts.iter().all(|text| text.meaning.is_none())
    );
}
