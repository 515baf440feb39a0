//! Any bytes read as the format that the first byte chooses, and looked at for what they are.
#![no_main]

use std::ops::ControlFlow;

use formats::{Format, Input, Options, Output};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((&choice, bytes)) = bytes.split_first() else { return };
    let format = Format::ALL[usize::from(choice) % Format::ALL.len()];
    let _ = formats::detect::of_text(&String::from_utf8_lossy(bytes));
    let mut visit = |_| ControlFlow::Continue(());
    let mut output = Output::new(format, &mut visit);
    if let Ok(input) = Input::new("fuzz", bytes) {
        let _ = formats::parse(format, &Options::default(), input, &mut output);
    }
});
