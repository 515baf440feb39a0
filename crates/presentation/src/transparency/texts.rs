//! The words of the body of the page of transparency.

use messages::texts;

texts! {
    "transparency":
    lead, principles, signals, signal, meaning, weight, weights, weights_about, weights_starting,
    no_model, behaviour, what, thresholds, steps, min_buyers, strong, moderate, sensitive, model,
    machine,
}
