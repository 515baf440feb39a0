//! Reads single values as any country, spreadsheet or program writes them: numbers, money, dates,
//! truth, ids, addresses, paths of categories, orders.
//!
//! A cell that means one thing is read by itself; one that means two is read as the other cells of
//! its field show, and else refused with the remedy. It knows no format and no file.

pub mod fault;

pub mod verdict;

pub mod number;

pub mod date;

pub mod evidence;

pub mod currency;

pub mod address;
pub mod order_state;
pub mod orders;
pub mod path;
mod range;
pub mod rating;
pub mod truth;
pub mod value;

pub mod values;
