//! The widget: one script that any page of the shop may load, its types, and a sample page.
//!
//! Responsible for serving them; everything the widget knows it asks of `/v1` like any other caller.
//! Only the sample page may run a script, and only ours.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use domain::Language;
use messages::texts;
use web::browser;
use web::error::ApiError;

use crate::state::Storefront;

/// The sample page runs our scripts, which call us.
const WITH_OUR_SCRIPTS: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; \
     style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; \
     frame-ancestors 'none'";

/// The script, its types, and the page that shows it.
pub(crate) fn routes() -> Router<Arc<Storefront>> {
    let script = "text/javascript; charset=utf-8";
    Router::new()
        .route("/widget.js", file(script, with_words()))
        .route(
            "/widget.d.ts",
            file("text/plain; charset=utf-8", include_str!("../assets/widget.d.ts")),
        )
        .route("/widget-sample.js", file(script, include_str!("../assets/widget-sample.js")))
        .route(
            "/widget.css",
            file("text/css; charset=utf-8", include_str!("../assets/widget-sample.css")),
        )
        .route("/widget", get(sample))
}

/// Returns the script with its texts of every language.
fn with_words() -> &'static str {
    static SCRIPT: LazyLock<String> = LazyLock::new(|| {
        let words = Language::ALL.map(|lang| (lang.tag(), InPage::of(lang).by_name()));
        let words: BTreeMap<_, _> = words.into();
        let words = serde_json::to_string(&words).expect("texts are plain data");
        let script = include_str!("../assets/widget.js");
        script.replacen("const WORDS = {};", &format!("const WORDS = {words};"), 1)
    });
    &SCRIPT
}

fn file(
    content_type: &'static str,
    text: &'static str,
) -> axum::routing::MethodRouter<Arc<Storefront>> {
    let headers = [(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, "max-age=300")];
    get(async move || (headers, text))
}

texts! {
    "widget":
    tag, short_tag, other, other_tag, name, lead, shopper, visitor, language, events, docs,
    no_script, window,
}

texts! {
    struct InPage, "widget-in-page":
    heading, why, close, facts, helpful, unclear, wrong, dont_use, thanks, failed, nothing,
    simulated, made_of, ai, sold_out, no_price,
}

impl InPage {
    /// Returns the texts by the names that the script uses.
    fn by_name(&self) -> BTreeMap<&'static str, &'static str> {
        [
            ("heading", self.heading),
            ("why", self.why),
            ("close", self.close),
            ("facts", self.facts),
            ("helpful", self.helpful),
            ("unclear", self.unclear),
            ("wrong", self.wrong),
            ("dont_use", self.dont_use),
            ("thanks", self.thanks),
            ("failed", self.failed),
            ("nothing", self.nothing),
            ("simulated", self.simulated),
            ("made_of", self.made_of),
            ("ai", self.ai),
            ("sold_out", self.sold_out),
            ("no_price", self.no_price),
        ]
        .into()
    }
}

#[derive(Template)]
#[template(path = "widget.html")]
struct Sample {
    texts: &'static Texts,
    shop: String,
    /// Shoppers that the page may ask for, by id.
    shoppers: Vec<String>,
    /// Tags and own names of the languages.
    languages: Vec<(&'static str, &'static str)>,
}

/// `GET /widget`.
async fn sample(
    State(service): State<Arc<Storefront>>,
    asked: HeaderMap,
    uri: Uri,
) -> Result<Response, ApiError> {
    let (lang, _) = browser::language(&asked, &uri, service.live.config().shop.language);
    let shoppers = service.sample_shoppers.iter().map(|one| one.subject.to_string());
    let shop = service.live.config().shop.name.clone();
    let texts = Texts::of(lang);
    let languages = Language::ALL.map(|lang| (lang.tag(), lang.own_name())).into();
    let page = Sample { texts, shop, shoppers: shoppers.collect(), languages };
    let html = page.render().map_err(|error| ApiError::internal(&error))?;
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(WITH_OUR_SCRIPTS));
    Ok((headers, Html(html)).into_response())
}
