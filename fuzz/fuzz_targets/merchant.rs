//! Any bytes read as `merchant`.
#![no_main]

use std::ops::ControlFlow;

use formats::{Format, Input, Options, Output};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut visit = |_| ControlFlow::Continue(());
    let mut output = Output::new(Format::Merchant, &mut visit);
    if let Ok(input) = Input::new("fuzz", bytes) {
        let _ = formats::parse(Format::Merchant, &Options::default(), input, &mut output);
    }
});
