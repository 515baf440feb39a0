//! Any JSON read as a body of events, an order or a product of a webhook.
#![no_main]

use formats::read::shopify::webhook;
use formats::wire::{Arrival, Shape};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(body) = serde_json::from_slice::<serde_json::Value>(bytes) else { return };
    let arrival = Arrival { at: None, name: "fuzz" };
    for shape in [Shape::Ga4, Shape::Segment] {
        let _ = shape.records(&body, &arrival);
    }
    let _ = Shape::of(&body);
    let _ = webhook::product(&body, "CNY".parse().expect("a currency"));
    let _ = webhook::order(&body, "purchase".parse().expect("a kind"), &|_| false);
});
