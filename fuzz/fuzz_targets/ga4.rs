//! Any bytes read as `ga4`.
#![no_main]

use std::ops::ControlFlow;

use formats::{Format, Input, Options, Output};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut visit = |_| ControlFlow::Continue(());
    let mut output = Output::new(Format::Ga4, &mut visit);
    if let Ok(input) = Input::new("fuzz", bytes) {
        let _ = formats::parse(Format::Ga4, &Options::default(), input, &mut output);
    }
});
