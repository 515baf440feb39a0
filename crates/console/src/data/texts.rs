//! The words of the page of data.

use messages::texts;

texts! {
    "console-data":
    lead, events, shoppers, items, reviews, last_event, last_taken_in, erased, never, day, by_day,
    by_day_about, no_days, unlisted, unlisted_about, unlisted_id,
}
