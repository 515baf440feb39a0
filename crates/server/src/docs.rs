//! `/openapi.json` and `/docs`: the same document for programs and for people.
//!
//! The page is rendered here, once, without scripts and without anything from elsewhere.

mod schema;

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::http::header;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use serde_json::Value;
use utoipa::openapi::OpenApi;

use schema::{Field, Kind, Shape};

/// The two routes of a document.
pub(crate) fn routes(document: &OpenApi) -> Router {
    let json = document.to_pretty_json().expect("the document is plain data");
    let value = serde_json::to_value(document).expect("the document is plain data");
    let page = Page::of(&value).render().expect("writing to memory does not fail");
    let (json, page): (Arc<str>, Arc<str>) = (json.into(), page.into());
    Router::new()
        .route(
            "/openapi.json",
            get(async move || {
                let headers = [(header::CONTENT_TYPE, "application/json")];
                (headers, json.to_string()).into_response()
            }),
        )
        .route("/docs", get(async move || Html(page.to_string())))
}

#[derive(Template)]
#[template(path = "docs.html")]
struct Page {
    title: String,
    about: String,
    groups: Vec<Group>,
    schemas: Vec<Schema>,
}

/// The operations under one tag.
struct Group {
    name: String,
    about: String,
    operations: Vec<Operation>,
}

struct Operation {
    method: String,
    path: String,
    summary: String,
    about: String,
    keys: String,
    parameters: Vec<Field>,
    body: Option<Kind>,
    responses: Vec<Response>,
}

struct Response {
    status: String,
    about: String,
    kind: Option<Kind>,
}

/// A named type.
struct Schema {
    name: String,
    about: String,
    shape: Shape,
}

impl Page {
    fn of(document: &Value) -> Self {
        let groups = list(&document["tags"]).map(|tag| Group {
            name: text(&tag["name"]),
            about: text(&tag["description"]),
            operations: operations(document, &tag["name"]),
        });
        let schemas = entries(&document["components"]["schemas"]).map(|(name, schema)| Schema {
            name: name.clone(),
            about: text(&schema["description"]),
            shape: Shape::of(schema),
        });
        Self {
            title: text(&document["info"]["title"]),
            about: text(&document["info"]["description"]),
            groups: groups.collect(),
            schemas: schemas.collect(),
        }
    }
}

fn operations(document: &Value, tag: &Value) -> Vec<Operation> {
    let paths = entries(&document["paths"]);
    let all =
        paths.flat_map(|(path, item)| entries(item).map(move |(method, op)| (path, method, op)));
    all.filter(|(_, _, operation)| list(&operation["tags"]).any(|found| found == tag))
        .map(|(path, method, operation)| Operation {
            method: method.to_uppercase(),
            path: path.clone(),
            summary: text(&operation["summary"]),
            about: text(&operation["description"]),
            keys: keys(&operation["security"]),
            parameters: list(&operation["parameters"]).map(Field::of_parameter).collect(),
            body: content(&operation["requestBody"]),
            responses: entries(&operation["responses"]).map(response).collect(),
        })
        .collect()
}

fn response((status, response): (&String, &Value)) -> Response {
    Response {
        status: status.clone(),
        about: text(&response["description"]),
        kind: content(response),
    }
}

/// The type of a body, where there is one.
fn content(holder: &Value) -> Option<Kind> {
    let (_, first) = entries(&holder["content"]).next()?;
    Some(Kind::of(&first["schema"]))
}

/// Which keys an operation takes, in words.
fn keys(security: &Value) -> String {
    let ways: Vec<String> = list(security)
        .map(|way| entries(way).map(|(name, _)| name.replace('_', " ")).collect::<Vec<_>>())
        .map(|names| names.join(" with "))
        .collect();
    if ways.is_empty() { "public".to_owned() } else { ways.join(", or ") }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}
