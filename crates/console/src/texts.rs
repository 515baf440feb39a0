//! Every word of the console's frame and door, in both languages. Each page has its own table.

use messages::texts;

texts! {
    "console":
    tag, other, other_tag, skip, console, pages, overview, recommendations, explanations, trust,
    experiments, models, data, feeds, transparency, simulated, stamp_simulated, stamp_live, open, window,
    docs, leave, login_title, login_lead, no_admin_key, key, enter, wrong_key, said_left, colon,
    full_stop, public, not_found, failed, reading, as_of, newer, again, said_started, said_ended,
    said_training, said_evaluating, said_promoted, said_rolled_back, said_pulling, said_confirmed,
    said_dismissed,
}

impl Texts {
    /// What to say after something was done; the name comes with the address of the page.
    pub(super) fn after(&self, done: &str) -> Option<&'static str> {
        Some(match done {
            "left" => self.said_left,
            "started" => self.said_started,
            "ended" => self.said_ended,
            "training" => self.said_training,
            "evaluating" => self.said_evaluating,
            "promoted" => self.said_promoted,
            "rolled_back" => self.said_rolled_back,
            "pulling" => self.said_pulling,
            "confirmed" => self.said_confirmed,
            "dismissed" => self.said_dismissed,
            _ => return None,
        })
    }
}
