//! Prints a sample of a simulated shop, for reading: `cargo run -p simulate --example catalogue`.
//!
//! An argument, where given, is the seed.

use domain::{EventKind, Language};
use simulate::{Shop, ShopConfig, samples, shop};

fn main() {
    let mut config = ShopConfig::default();
    if let Some(seed) = std::env::args().nth(1).and_then(|raw| raw.parse().ok()) {
        config.seed = seed;
    }
    let shop = shop(&config);
    counts(&shop);
    for item in shop.items.iter().step_by(10) {
        let price = item.price.map_or("-".to_owned(), |price| price.to_string());
        println!("\n{} {price}", item.id);
        for language in Language::ALL {
            println!("  {}", item.title.in_language(language));
            println!("    {}", item.description.in_language(language));
        }
    }
    println!();
    for review in shop.reviews.iter().step_by(30) {
        let stars = review.rating.map_or(0.0, domain::Rating::stars);
        println!("{stars} [{}] {}: {}", review.item_id, review.title, review.text);
    }
    println!();
    for sample in samples() {
        let events = shop.events.iter().filter(|e| e.subject == sample.subject);
        println!(
            "{} {} ({} events)",
            sample.subject,
            sample.about.in_language(Language::En),
            events.count()
        );
    }
}

fn counts(shop: &Shop) {
    println!(
        "{} items, {} events, {} reviews",
        shop.items.len(),
        shop.events.len(),
        shop.reviews.len()
    );
    for kind in EventKind::ALL {
        let n = shop.events.iter().filter(|e| e.kind == kind).count();
        if n > 0 {
            println!("  {:<9}{n}", kind.name());
        }
    }
}
