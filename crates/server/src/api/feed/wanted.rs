//! What a query says of a pushed file: the options of `candor import`, under the same names.

use axum::http::{HeaderMap, StatusCode, header};
use feeds::FeedOptions;
use feeds::config::is_name;
use ingest::import::Format;
use serde_json::{Map, Value, json};
use utoipa::IntoParams;
use web::error::ApiError;

/// A pushed file as it is to be read.
#[derive(Debug)]
pub(crate) struct Pushed {
    pub(crate) feed: Option<String>,
    pub(crate) format: Option<Format>,
    pub(crate) options: FeedOptions,
}

/// What may be said of a pushed file; as the options of `candor import`.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the query in the documentation; pairs are read one by one")]
pub(crate) struct FeedQuery {
    /// Name of the feed, for the console: letters, digits, `.`, `_`, `-`.
    feed: Option<String>,
    /// The format, e.g. `merchant`; told by the content where missing.
    format: Option<String>,
    /// csv: which column is which, e.g. `item=StockCode`; may be given several times.
    map: Option<String>,
    /// csv: separator of columns.
    delimiter: Option<String>,
    /// Currency of prices that name none.
    currency: Option<String>,
    /// Kind of events whose row names none.
    kind: Option<String>,
    /// Scale of ratings that is not 1-5, e.g. `0-10`.
    rating_scale: Option<String>,
    /// What stands before decimals: `comma` or `point`.
    decimal: Option<String>,
    /// The order of day, month and year: `dmy`, `mdy` or `ymd`.
    dates: Option<String>,
    /// An edit of the beginning of ids, e.g. `strip:gla_`.
    id_prefix: Option<String>,
    /// An edit of the end of ids.
    id_suffix: Option<String>,
    /// What ids of events are looked up by: `case`, `zeros` or an attribute.
    id_match: Option<String>,
    /// The file lists everything that is sold: retire what is not in it.
    complete: Option<bool>,
    /// The file lists some items only: leave all others as they are.
    partial: Option<bool>,
    /// Retire without asking.
    yes: Option<bool>,
}

/// Reads the query and the headers of a pushed file.
pub(super) fn read(query: &[(String, String)], headers: &HeaderMap) -> Result<Pushed, ApiError> {
    let (mut options, mut map) = (Map::new(), Vec::new());
    let (mut feed, mut format) = (None, None);
    for (name, value) in query {
        // Names may be written as on the command line.
        match name.replace('-', "_").as_str() {
            "feed" if is_name(value) => feed = Some(value.clone()),
            "feed" => return Err(bad("feed: use 1 to 64 letters, digits, `.`, `_` and `-`")),
            "format" => format = Some(value.parse::<Format>().map_err(|e| bad(e.to_string()))?),
            "map" => map.push(json!(value)),
            name @ ("complete" | "partial" | "yes") => {
                let truth = match value.as_str() {
                    "" | "true" | "1" => true,
                    "false" | "0" => false,
                    _ => return Err(bad(format!("{name}: is true or false"))),
                };
                options.insert(name.to_owned(), json!(truth));
            }
            "id_map" => return Err(bad("id_map: is an option of the settings and of the command")),
            name => drop(options.insert(name.to_owned(), json!(value))),
        }
    }
    if !map.is_empty() {
        options.insert("map".to_owned(), Value::Array(map));
    }
    let options: FeedOptions =
        serde_json::from_value(Value::Object(options)).map_err(|error| bad(error.to_string()))?;
    options.check().map_err(bad)?;
    let format = match format {
        Some(format) => Some(format),
        None => format_of(headers)?,
    };
    Ok(Pushed { feed, format, options })
}

/// The format that a content type leaves no doubt of. Tables and lines of JSON may be many things,
/// and are told by what is in them.
fn format_of(headers: &HeaderMap) -> Result<Option<Format>, ApiError> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let encoding = text(header::CONTENT_ENCODING).trim().to_ascii_lowercase();
    if !["", "gzip", "x-gzip", "identity"].contains(&encoding.as_str()) {
        let message = format!("content-encoding: {encoding} is not read");
        return Err(unsupported(message, "send it plain or gzipped"));
    }
    let kind = text(header::CONTENT_TYPE).split(';').next().unwrap_or_default().trim();
    Ok(match kind.to_ascii_lowercase().as_str() {
        "application/rss+xml" | "application/atom+xml" => Some(Format::Merchant),
        "application/ld+json" => Some(Format::SchemaOrg),
        "multipart/form-data" | "application/x-www-form-urlencoded" => {
            let hint = "send the file itself as the body, e.g. curl -T feed.xml";
            return Err(unsupported("the body is a form".to_owned(), hint));
        }
        _ => None,
    })
}

fn unsupported(message: String, hint: &'static str) -> ApiError {
    ApiError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "wrong_content_type", message, hint)
}

fn bad(message: impl Into<String>) -> ApiError {
    let hint = "GET /docs lists the options; candor import --help says more of them";
    ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_options", message, hint)
}
