//! The widget: one script that any page of the shop may load, its types, and a sample page.
//!
//! Responsible for serving them; everything the widget knows it asks of `/v1` like any other caller.
//! Only the sample page may run a script, and only ours.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use presentation::texts;
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
        .route("/widget.js", file(script, include_str!("../assets/widget.js")))
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

fn file(
    content_type: &'static str,
    text: &'static str,
) -> axum::routing::MethodRouter<Arc<Storefront>> {
    let headers = [(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, "max-age=300")];
    get(async move || (headers, text))
}

texts! {
    tag: "zh-CN", "en";
    short_tag: "zh", "en";
    other: "English", "中文";
    other_tag: "en", "zh";
    name: "小组件", "The widget";
    lead: "任何商店的页面都能用：一个脚本，一个元素。", "For a page of any shop: one script, one element.";
    shopper: "顾客", "Shopper";
    visitor: "新访客", "a new visitor";
    language: "语言", "Language";
    events: "它发出的事件", "Its events";
    docs: "接口文档", "API";
    no_script: "小组件是一个脚本，而此浏览器没有运行脚本。店铺页面不需要脚本，同样的推荐和理由都在那里：", "The widget is a script, and this browser runs none. The shop’s own pages need no script and show the same recommendations and reasons:";
    window: "店铺首页", "the shop window";
}

#[derive(Template)]
#[template(path = "widget.html")]
struct Sample {
    texts: &'static Texts,
    shop: String,
    /// Shoppers that the page may ask for, by id.
    shoppers: Vec<String>,
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
    let page = Sample { texts, shop, shoppers: shoppers.collect() };
    let html = page.render().map_err(|error| ApiError::internal(&error))?;
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(WITH_OUR_SCRIPTS));
    Ok((headers, Html(html)).into_response())
}
