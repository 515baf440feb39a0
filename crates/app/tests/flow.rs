//! The flow as its callers meet it: one small simulated shop, asked, told, audited, made to forget.

#![expect(clippy::unwrap_used, reason = "a test fails where something is missing")]

mod flow {
    mod honest_model;
    mod inspect;
    mod joined;
    mod made_up;
    mod small_shop;
    mod watched;

    mod answers;
    mod asked;
    mod asked_once;
    mod audited;
    mod backed_up;
    mod chained;
    mod collectors;
    mod conversed;
    mod corrected;
    mod decided;
    mod drafted;
    mod encoded;
    mod erased;
    mod evaluated;
    mod experimented;
    mod exported;
    mod flipped;
    mod held_up;
    mod imported;
    mod laws;
    mod leaked;
    mod listened;
    mod opted_out;
    mod optimised;
    mod overtaken;
    mod overtrusted;
    mod proofs;
    mod quoted;
    mod reviewed;
    mod sensitive;
    mod suggested;
    mod surveyed;
    mod taken;
    mod told_apart;
    mod trained;
    mod unreadable;
    mod worded;
}
