//! A shop, put together: its settings read in layers, its folder opened, and everything that works on
//! it wired; the demo shop; and what trains, promotes and erases while it answers.
//!
//! It holds no logic of its own, and knows no SQL, no HTTP and no arguments.

pub mod config;

pub mod backup;
pub mod demo;

pub mod live;

pub use config::Config;
pub use demo::open;
pub use live::{Erasure, Live};
