//! The words around a kept evaluation; those within it are the report's own.

use messages::texts;

texts! {
    "console-evaluation":
    back, none, measured, seed, model_then,
}
