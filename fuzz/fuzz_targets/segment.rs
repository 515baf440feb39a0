//! Any bytes read as `segment`.
#![no_main]

use std::ops::ControlFlow;

use formats::{Format, Input, Options, Output};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut visit = |_| ControlFlow::Continue(());
    let mut output = Output::new(Format::Segment, &mut visit);
    if let Ok(input) = Input::new("fuzz", bytes) {
        let _ = formats::parse(Format::Segment, &Options::default(), input, &mut output);
    }
});
