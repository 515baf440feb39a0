//! The overview: how well the model ranks, how content and trusting people are, who buys.

mod figures;
mod texts;

use std::sync::Arc;

use app::trust::Scores;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use charts::Chart;

use super::frame::{Frame, Page, page};
use super::operator::Operator;
use crate::service::Service;
use figures::Figures;
use texts::Texts;

#[derive(Template)]
#[template(path = "console/overview.html")]
struct Overview {
    frame: Frame,
    texts: &'static Texts,
    facts: Vec<(&'static str, String)>,
    accuracy: Option<String>,
    satisfaction: Option<String>,
    trust: Option<String>,
    conversion: Option<String>,
    /// Fewest people that are shown as a group.
    min_group: usize,
}

pub(super) async fn show(State(service): State<Arc<Service>>, operator: Operator) -> Response {
    page(&service, operator, Page::Overview, |service, operator, frame| {
        let texts = Texts::of(operator.lang);
        let seen = service.live.overview()?;
        let drawn = Figures { lang: operator.lang, texts, stamp: frame.stamp() };
        let trained = seen.trained.as_ref();
        Ok(Overview {
            facts: facts(service, texts),
            accuracy: trained.and_then(|trained| drawn.accuracy(&trained.report)).map(figure),
            satisfaction: seen.satisfaction.known().map(|of| drawn.satisfaction(of)).map(figure),
            trust: drawn.trust(&seen.trust).map(figure),
            conversion: drawn.conversion(&seen.conversion).map(figure),
            min_group: service.live.config().surveys.min_group,
            texts,
            frame,
        })
    })
    .await
}

#[expect(clippy::needless_pass_by_value, reason = "it is the last that is done with a chart")]
fn figure(chart: impl Chart) -> String {
    chart.figure()
}

/// Trust in four dimensions and overall; nothing where none is known.
pub(super) fn trust_figure(frame: &Frame, scores: &Scores) -> Option<String> {
    let drawn = Figures { lang: frame.lang, texts: Texts::of(frame.lang), stamp: frame.stamp() };
    drawn.trust(scores).map(figure)
}

/// What there is, in numbers.
fn facts(service: &Service, texts: &'static Texts) -> Vec<(&'static str, String)> {
    let (n_items, n_shoppers, latest) = {
        let tally = service.live.tally();
        (tally.n_items(), tally.n_shoppers(), tally.latest())
    };
    let model = service.live.model().map_or(texts.no_model.to_owned(), |m| m.version.to_string());
    let latest = latest.map_or_else(|| texts.never.to_owned(), domain::Timestamp::date);
    vec![
        (texts.items, n_items.to_string()),
        (texts.shoppers, n_shoppers.to_string()),
        (texts.latest, latest),
        (texts.model, model),
    ]
}
