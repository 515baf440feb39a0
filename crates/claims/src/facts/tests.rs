use super::*;
use domain::Season;

#[test]
fn the_wire_form_names_the_kind_and_its_facts() {
    let facts = Facts::Rated { mean: 4.5, n: 12 };
    let wire = serde_json::to_value(&facts).unwrap();
    assert_eq!(wire, serde_json::json!({"kind": "rated", "facts": {"mean": 4.5, "n": 12}}));
    assert_eq!(wire["kind"], facts.kind().name());
    assert_eq!(serde_json::from_value::<Facts>(wire).unwrap(), facts);
}

#[test]
fn a_circumstance_is_flat_among_the_facts() {
    let facts = Facts::InContext {
        circumstance: Circumstance::Season(Season::Winter),
        n_in_context: 9,
        n_item: 12,
        n_shop_in_context: 30,
        n_shop: 120,
        lift: 3.0,
    };
    let wire = serde_json::to_value(&facts).unwrap();
    assert_eq!(wire["facts"]["context"], "season");
    assert_eq!(wire["facts"]["value"], "winter");
    assert_eq!(serde_json::from_value::<Facts>(wire).unwrap(), facts);
}
