//! English forms and facts.

use claims::{Attribute, Claim, Facts, Opinions, PairCounts, PopularScope, Unknown, Window};
use domain::{Language, Text};
use language::phrasing::Statement;

use super::{
    super::{
        Sides,
        en::{
            cause, counted, days_ago, plural, ratings, shoppers, situation,
            without_repeated_subject,
        },
        format::{
            aspect, count, date, join_en, money, one_decimal, ordinal_en, percent, quote, terms_in,
            value,
        },
    },
    contributed_form, statement,
};
use crate::Evidence;

const EN: Language = Language::En;

/// What is told of a claim; `None` where it stays with the grammar.
pub(super) fn statement_of(claim: &Claim, evidence: &dyn Evidence) -> Option<Statement> {
    Some(match &claim.facts {
        Facts::Contributed { history, share, rank_with, rank_without } => {
            let causes = history.iter().map(|past| cause(past, evidence)).collect();
            let (with, without) = (ordinal_en(*rank_with), ordinal_en(*rank_without));
            statement(
                contributed_form(history),
                [
                    ("cause", join_en(&without_repeated_subject(causes))),
                    ("share", format!("{} of its score", percent(*share))),
                    ("drop", format!("it would rank {without} instead of {with}")),
                ],
            )
        }
        Facts::Flips { history, instead, .. } => statement(
            "flips",
            [("causes", counted(history, evidence)), ("instead", quote(instead, EN, evidence))],
        ),
        Facts::BoughtTogether(pair) => bought_together(pair, evidence),
        Facts::ViewedThen(pair) => viewed_then(pair, evidence),
        Facts::SharesAttribute { attribute, value, n_matching, n_recent } => {
            shares(attribute, value, (*n_matching, *n_recent))
        }
        Facts::SimilarText { other, shared_terms, .. } => {
            let terms = join_en(&terms_in(EN, shared_terms));
            statement("similar_text", [("other", quote(other, EN, evidence)), ("terms", terms)])
        }
        Facts::Popular { buyers, window, rank, scope } => popular(*buyers, *window, *rank, scope),
        Facts::PriceFit { price, lower_quartile, upper_quartile, category, .. } => {
            let (lower, upper) = (money(*lower_quartile, EN), money(*upper_quartile, EN));
            statement(
                "price_fit",
                [
                    ("price", money(*price, EN)),
                    ("range", format!("{lower} to {upper}")),
                    ("category", value(category, EN)),
                ],
            )
        }
        Facts::Rated { mean, n } => statement(
            "rated",
            [("mean", format!("{} out of 5", one_decimal(*mean))), ("n", ratings(*n))],
        ),
        Facts::ReviewersSay(opinions) => return reviewers_say(opinions),
        Facts::Discounted { price, former, days, since } => {
            let days = plural(*days, "day", "days");
            let former = format!("{}, the lowest price in the {days} before", money(*former, EN));
            statement(
                "discounted",
                [("price", money(*price, EN)), ("former", former), ("since", date(*since, EN))],
            )
        }
        Facts::InContext { circumstance, n_in_context, n_item, lift, .. } => {
            let (known, did) = situation(circumstance);
            let buyers = plural(*n_item, "buyer", "buyers");
            statement(
                "in_context",
                [
                    ("buyers", format!("{buyers} whose {known} is known")),
                    ("part", format!("{} {did}", count(*n_in_context))),
                    ("lift", format!("{} times the share in the whole shop", one_decimal(*lift))),
                ],
            )
        }
        Facts::Promoted { paid, rank_by_score, .. } => {
            let notice = match paid {
                true => "Advertisement: this place was paid for",
                false => "Picked for this place by the shop",
            };
            statement("promoted", [("notice", notice.to_owned()), place(*rank_by_score)])
        }
        Facts::NewArrival { since, days } => {
            statement("new_arrival", [("since", date(*since, EN)), ("ago", days_ago(*days))])
        }
        Facts::Varied { rank_by_score, .. } => statement("varied", [place(*rank_by_score)]),
        Facts::UnknownShopper { because } => unknown(*because, evidence),
        // What the shopper asked for, and answers to questions, stay in the grammar's words.
        Facts::AskedFor { .. }
        | Facts::Barred { .. }
        | Facts::Outranked { .. }
        | Facts::WouldBe { .. }
        | Facts::Above { .. }
        | Facts::Priced { .. }
        | Facts::Stocked { .. }
        | Facts::Described { .. }
        | Facts::Mentions { .. }
        | Facts::CostsLess { .. }
        | Facts::Taste { .. } => return None,
    })
}

fn place(rank_by_score: u32) -> (&'static str, String) {
    ("place", format!("it would come {}", ordinal_en(rank_by_score)))
}

fn bought_together(pair: &PairCounts, evidence: &dyn Evidence) -> Statement {
    let lift = format!("{} times as many as chance would bring", one_decimal(pair.lift));
    let other = quote(&pair.other, EN, evidence);
    statement("bought_together", [("n", shoppers(pair.n_both)), ("other", other), ("lift", lift)])
}

fn viewed_then(pair: &PairCounts, evidence: &dyn Evidence) -> Statement {
    let (n_other, other) = (shoppers(pair.n_other), quote(&pair.other, EN, evidence));
    let of = format!("the {n_other} who looked at {other}");
    statement("viewed_then", [("n", count(pair.n_both)), ("of", of)])
}

fn shares(attribute: &Attribute, shared: &Text, (n, of): (u32, u32)) -> Statement {
    let shared = ("value", value(shared, EN));
    let like = match (n, of) {
        (1, 1) => "the last item you were interested in".to_owned(),
        (n, of) if n == of => format!("all of your last {} items", count(of)),
        (n, of) => format!("{} of your last {} items", count(n), count(of)),
    };
    let like = ("like", like);
    match attribute {
        Attribute::Brand => statement("shares_brand", [shared, like]),
        Attribute::Category => statement("shares_category", [shared, like]),
        Attribute::Named(name) => statement("shares_named", [("name", name.clone()), shared, like]),
    }
}

fn popular(buyers: u32, window: Window, rank: u32, scope: &PopularScope) -> Statement {
    let place = match scope {
        PopularScope::Shop => "in the shop".to_owned(),
        PopularScope::Category { category } => format!("in {}", value(category, EN)),
    };
    let rank = match rank {
        1 => "most bought".to_owned(),
        n => format!("{} most bought", ordinal_en(n)),
    };
    let span = match window {
        Window::AllTime => "so far".to_owned(),
        Window::Days { days, .. } => format!("in the last {days} days"),
    };
    statement(
        "popular",
        [("buyers", shoppers(buyers)), ("span", span), ("rank", rank), ("place", place)],
    )
}

fn reviewers_say(opinions: &Opinions) -> Option<Statement> {
    let Opinions { n_reviewers, n_positive, n_negative, .. } = *opinions;
    if n_reviewers < 2 {
        return None;
    }
    let say =
        |n: u32, one: &str, many: &str| format!("{} {}", count(n), if n == 1 { one } else { many });
    let reviewers = ("reviewers", plural(n_reviewers, "reviewer", "reviewers"));
    let aspect = ("aspect", aspect(&opinions.aspect, EN));
    let praise = match n_positive == n_reviewers {
        true => "all praise it".to_owned(),
        false => say(n_positive, "praises it", "praise it"),
    };
    let praise = ("praise", praise);
    match Sides::of(opinions) {
        Sides::Praise => Some(statement("reviewers_praise", [reviewers, aspect, praise])),
        Sides::Both => {
            let faults = say(n_negative, "finds fault with it", "find fault with it");
            let faults = ("faults", faults);
            Some(statement("reviewers_both", [reviewers, aspect, praise, faults]))
        }
        Sides::FaultsFirst => None,
    }
}

fn unknown(because: Unknown, evidence: &dyn Evidence) -> Statement {
    let of_page = evidence.history().iter().any(|past| past.event_id.is_none());
    let (state, basis) = match because {
        Unknown::NoHistory if of_page => {
            ("we know nothing about your taste yet", "this goes by this page alone")
        }
        Unknown::NoHistory => {
            ("we know nothing about your taste yet", "this does not depend on anything you did")
        }
        Unknown::ProfilingOff => {
            ("you switched personal recommendations off", "nothing you did was used")
        }
    };
    statement("unknown_shopper", [("state", state.to_owned()), ("basis", basis.to_owned())])
}
