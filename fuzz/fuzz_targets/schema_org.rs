//! Any bytes read as `schema_org`.
#![no_main]

use std::ops::ControlFlow;

use formats::{Format, Input, Options, Output};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut visit = |_| ControlFlow::Continue(());
    let mut output = Output::new(Format::SchemaOrg, &mut visit);
    if let Ok(input) = Input::new("fuzz", bytes) {
        let _ = formats::parse(Format::SchemaOrg, &Options::default(), input, &mut output);
    }
});
