//! The table that the build makes of the message files.

include!(concat!(env!("OUT_DIR"), "/table.rs"));
