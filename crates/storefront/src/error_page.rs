//! The page in place of one that cannot be shown, in the visitor's language and in the words of
//! somebody who shops.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::Language;
use web::browser::html;
use web::error::ApiError;

use crate::frame::Frame;
use crate::state::Storefront;
use crate::visitor::Visitor;

/// A page that could not be shown.
#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    frame: Frame,
    heading: &'static str,
    message: String,
}

pub(super) fn error_page(
    service: &Storefront,
    visitor: &Visitor,
    error: &ApiError,
) -> Result<Response, ApiError> {
    let frame = Frame::of(service, visitor)?;
    let is_missing = error.status() == StatusCode::NOT_FOUND;
    let heading = if is_missing { frame.texts.not_found } else { frame.texts.failed };
    let message = message(error, visitor.lang);
    let mut response = html(&ErrorPage { frame, heading, message });
    *response.status_mut() = error.status();
    Ok(response)
}

/// The error in words. Errors speak to programmers; where the storefront can say more to its own
/// readers, it does.
fn message(error: &ApiError, lang: Language) -> String {
    let (zh, en) = match error.code() {
        "no_item" => (
            "没有这件商品：可能已经下架，或者地址有误。",
            "There is no such item: it may not be sold any more, or the address is wrong.",
        ),
        "no_reason" | "no_answer" => (
            "没有这条理由：地址可能有误，或者它所属的记录已被删除。",
            "There is no such reason: the address may be wrong, or the list it belongs to was erased.",
        ),
        "no_route" => ("这个地址没有页面。", "There is no page at this address."),
        "no_category" => (
            "没有这个类目，或者里面已经没有商品。",
            "There is no such category, or nothing in it any more.",
        ),
        "no_correction" => (
            "找不到要撤销的改动，可能已经撤销过了。",
            "There is no such correction; it may have been taken back already.",
        ),
        "no_survey" => ("这份问卷已经失效。", "This questionnaire is not open any more."),
        "not_theirs" => (
            "这条理由是给另一位顾客的，只有本人可以评价。",
            "This reason was given to somebody else, and only they can speak of it.",
        ),
        "forbidden" => (
            "这个表单不是从本店的页面发出的，所以没有执行。",
            "This form was not sent by a page of this shop, so nothing was done.",
        ),
        "not_ready" => (
            "还没有训练模型，所以暂时没有推荐。",
            "Nothing was trained yet, so there are no recommendations.",
        ),
        "model_gone" => (
            "当时的模型已经删除，无法重新计算。",
            "The model behind this is gone, so it cannot be worked out again.",
        ),
        "bad_identifier" => (
            "编号无效：应为 1 至 256 字节，不含控制字符。",
            "This id cannot be one: it has 1 to 256 bytes and no control characters.",
        ),
        "unreadable" | "bad_query" | "bad_request" => {
            ("填写的内容无法识别，请返回检查后再试。", "")
        }
        "shopper_gone" => ("这位顾客刚刚被删除。", "This shopper was erased just now."),
        "stopping" => {
            ("服务正在停止，请稍后再试。", "The server is stopping; please try again later.")
        }
        _ => ("服务内部出了问题，请稍后再试。", ""),
    };
    match lang {
        Language::Zh => zh.to_owned(),
        Language::En if en.is_empty() => error.message().to_owned(),
        Language::En => en.to_owned(),
    }
}
