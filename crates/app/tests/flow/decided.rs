//! What people decide about experiments and models: done at once, with the reason on record.

use domain::Timestamp;
use experimentation::conclusion::{Conclusion, Ending, Happened};
use experimentation::experiment::{Change, Definition, Phrasing, Variant};
use experimentation::optimise::TrialState;
use shop::ShopError;

use super::small_shop::{OwnShop, request_of, shopper, trained};

const NOW: Timestamp = Timestamp(1_800_000_000_000);

fn variant(name: &str, change: Change) -> Variant {
    Variant { name: name.to_owned(), weight: 1.0, change }
}

fn with_experiment(change: Change) -> OwnShop {
    let shop = trained();
    let variants = vec![variant("as_is", Change::default()), variant("new", change)];
    shop.start_experiment(&Definition::new("words", "as_is", variants), NOW).unwrap();
    shop
}

fn concluded(shop: &OwnShop, ending: Ending, why: &str) -> Result<(), ShopError> {
    let conclusion = Conclusion { experiment: "words".to_owned(), ending, why: why.to_owned() };
    shop.conclude_experiment(&conclusion, NOW)
}

fn promoted(variant: &str) -> Ending {
    Ending::Promote { variant: variant.to_owned() }
}

fn variants_given(shop: &OwnShop) -> Vec<String> {
    (0..12).map(|n| shop.recommender.recommend(&request_of(&shopper(n))).unwrap().variant).collect()
}

#[test]
fn a_promoted_variant_is_what_everybody_gets_until_it_is_taken_back() {
    let brief = Change { phrasing: Some(Phrasing::Brief), ..Change::default() };
    let shop = with_experiment(brief);
    assert!(variants_given(&shop).contains(&"words/as_is".to_owned()));
    concluded(&shop, promoted("new"), "shorter is better <b>").unwrap();
    assert!(variants_given(&shop).iter().all(|given| given == "words-rollout/new"));
    let shop = shop.reopened();
    assert!(variants_given(&shop).iter().all(|given| given == "words-rollout/new"));
    shop.stop_experiment("words-rollout", NOW).unwrap();
    assert!(variants_given(&shop).iter().all(|given| given == "default"));

    let episodes = experimentation::conclusion::episodes(shop.shop()).unwrap();
    let told = |n: usize| (episodes[n].experiment.as_str(), &episodes[n].what);
    assert_eq!(told(0), ("words-rollout", &Happened::Stopped));
    let Happened::Concluded(conclusion) = told(1).1 else { panic!("{episodes:?}") };
    assert_eq!(conclusion.why, "shorter is better <b>");
    assert_eq!(episodes.last().unwrap().what, Happened::Started);
}

#[test]
fn an_experiment_ends_once_and_never_without_a_reason() {
    let shop = with_experiment(Change::default());
    let field = |result: Result<(), ShopError>| match result {
        Err(ShopError::BadRequest { field, .. }) => field,
        other => panic!("{other:?}"),
    };
    assert_eq!(field(concluded(&shop, Ending::Keep, "  ")), "why");
    assert_eq!(field(concluded(&shop, promoted("nobody"), "so")), "variant");
    assert_eq!(field(concluded(&shop, promoted("as_is"), "so")), "variant");
    assert!(
        !experimentation::experiment::named(shop.shop(), "words").unwrap().stopped,
        "nothing was done by halves"
    );
    concluded(&shop, Ending::Keep, "no difference").unwrap();
    assert!(experimentation::experiment::named(shop.shop(), "words").unwrap().stopped);
    assert!(variants_given(&shop).iter().all(|given| given == "default"));
    assert_eq!(field(concluded(&shop, Ending::Stop, "again")), "experiment");
}

#[test]
fn a_variant_whose_arms_did_not_get_their_shares_is_given_to_nobody() {
    let shop = with_experiment(Change { explain: Some(false), ..Change::default() });
    let state = shop.shop().state();
    for n in 0..60 {
        let number = state.shopper_or_new(&shopper(n)).unwrap();
        state.assign(number, "words", "new", NOW).unwrap();
    }
    let refused = concluded(&shop, promoted("new"), "it looks good").unwrap_err();
    assert!(refused.to_string().contains("did not get their shares"), "{refused}");
    assert!(!experimentation::experiment::named(shop.shop(), "words").unwrap().stopped);
    assert_eq!(experimentation::experiment::all(shop.shop()).unwrap().len(), 1);
}

#[test]
fn a_model_put_into_use_by_hand_answers_at_once_and_can_be_taken_back() {
    let shop = trained();
    let first = shop.model().unwrap().version.clone();
    let second = shop.train(&|_| {}).unwrap().version;
    let refused = shop.promote(&first, " ", NOW);
    assert!(matches!(refused, Err(ShopError::BadRequest { field: "why", .. })));
    shop.promote(&first, "the new one is slow", NOW).unwrap();
    assert_eq!(shop.recommender.recommend(&request_of(&shopper(0))).unwrap().model_version, first);
    let again = shop.promote(&first, "once more", NOW);
    assert!(matches!(again, Err(ShopError::BadRequest { field: "model", .. })));
    let kept = experimentation::optimise::kept_models(shop.shop()).unwrap();
    let known: Vec<_> = kept.iter().map(|m| (&m.trained.version, m.is_current)).collect();
    assert_eq!(known, [(&second, false), (&first, true)]);
    assert!(kept[0].at >= kept[1].at && kept[1].at.0 > 0);
    shop.roll_back("it was the network", NOW).unwrap();
    assert_eq!(shop.recommender.recommend(&request_of(&shopper(0))).unwrap().model_version, second);
    let journal = experimentation::optimise::journal(shop.shop(), 9).unwrap();
    let told: Vec<_> = journal.iter().map(|d| (d.decision.state, &*d.decision.why)).collect();
    assert_eq!(
        told,
        [
            (TrialState::RolledBack, "it was the network"),
            (TrialState::Promoted, "the new one is slow")
        ]
    );
    assert!(journal.iter().all(|decided| decided.at == NOW));
}

#[test]
fn promoting_the_model_of_a_variant_ends_its_experiment() {
    let shop = trained();
    let first = shop.model().unwrap().version.clone();
    let second = shop.train(&|_| {}).unwrap().version;
    let change = |model| Change { model: Some(model), ..Change::default() };
    let variants = vec![variant("second", change(second)), variant("first", change(first.clone()))];
    shop.start_experiment(&Definition::new("words", "second", variants), NOW).unwrap();
    concluded(&shop, promoted("first"), "the older one does better").unwrap();
    assert!(experimentation::experiment::named(shop.shop(), "words").unwrap().stopped);
    assert_eq!(shop.model().unwrap().version, first);
    assert!(variants_given(&shop).iter().all(|given| given == "default"));
}
