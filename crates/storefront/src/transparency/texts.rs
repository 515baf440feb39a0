//! The words around the public page of transparency.

use messages::texts;

texts! {
    "transparency-page":
    tag, other, other_tag, title, simulated, window,
}
