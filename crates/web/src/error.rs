//! Every error as it goes over the wire: `{"error":{"code","message","hint"}}` and its status.
//!
//! The only file that knows which status an error has.

use axum::Json;
use axum::extract::rejection::{BytesRejection, PathRejection, QueryRejection};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jobs::JobError;
use serde::Serialize;
use shop::ShopError;
use store::StoreError;
use utoipa::ToSchema;

/// An error on its way to a caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    status: StatusCode,
    code: &'static str,
    message: String,
    hint: &'static str,
    retry_after_s: Option<u64>,
}

/// What a caller gets when something is wrong.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErrorBody {
    error: ErrorDetail,
}

/// What is wrong, and what to do about it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErrorDetail {
    /// Stable name of the error, for programs.
    code: &'static str,
    /// What is wrong, for people.
    message: String,
    /// What to do about it.
    hint: &'static str,
}

impl ApiError {
    /// An error of one route alone; others have a function here.
    pub fn new(
        status: StatusCode,
        code: &'static str,
        message: impl Into<String>,
        hint: &'static str,
    ) -> Self {
        Self { status, code, message: message.into(), hint, retry_after_s: None }
    }

    /// A body that is JSON but not what was asked for.
    pub fn unreadable(message: impl Into<String>) -> Self {
        let hint = "GET /docs shows the fields";
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "unreadable", message, hint)
    }

    /// A body that is no JSON, or not what was asked for, with line and column.
    pub fn bad_json(error: &serde_json::Error) -> Self {
        if error.is_data() {
            return Self::unreadable(error.to_string());
        }
        let hint = "send one JSON value in UTF-8";
        Self::new(StatusCode::BAD_REQUEST, "bad_json", error.to_string(), hint)
    }

    /// 415: a body that does not say that it is JSON.
    pub fn wrong_content_type() -> Self {
        let message = "the body must be JSON";
        let hint = "set content-type: application/json";
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "wrong_content_type", message, hint)
    }

    /// A name in the path or a field that cannot be one.
    pub fn bad_name(error: &domain::Invalid) -> Self {
        let hint = "identifiers have 1 to 256 bytes and no control characters";
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_identifier", error.to_string(), hint)
    }

    /// 404: nothing is at the path.
    pub fn no_route() -> Self {
        let hint = "GET /docs lists what there is";
        Self::new(StatusCode::NOT_FOUND, "no_route", "there is nothing at this path", hint)
    }

    /// 405: the path has other methods.
    pub fn no_method() -> Self {
        let hint = "the allow header and GET /docs list the methods of this path";
        let message = "this path does not take this method";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "no_method", message, hint)
    }

    /// 503: the deadline of the settings has passed.
    pub fn too_slow() -> Self {
        let hint = "try again; a write may have happened all the same, so repeat it with the same \
                    Idempotency-Key or message_id";
        let message = "the request took too long and was given up";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "too_slow", message, hint)
    }

    /// 429, with the seconds until the key may ask again.
    pub fn too_many(wait_s: u64) -> Self {
        let hint = "wait as long as Retry-After says; [serve] in the settings has the limits";
        let message = "too many requests with this key";
        let error = Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", message, hint);
        Self { retry_after_s: Some(wait_s), ..error }
    }

    /// 401: no key, or one that nobody knows.
    pub fn unauthorised(message: &'static str) -> Self {
        let hint = "send Authorization: Bearer <key>; [serve] in the settings has the keys";
        Self::new(StatusCode::UNAUTHORIZED, "no_key", message, hint)
    }

    /// 401: the publishable key with no token, or one that does not hold.
    pub fn bad_token(message: &'static str) -> Self {
        let hint = "send a token of POST /v1/tokens as X-Candor-Token; they hold for a short time";
        Self::new(StatusCode::UNAUTHORIZED, "bad_token", message, hint)
    }

    /// 403: the caller is known and may not.
    pub fn forbidden(message: &'static str, hint: &'static str) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", message, hint)
    }

    /// 404: no secret of Shopify is set.
    pub fn no_webhooks() -> Self {
        let hint = "set serve.shopify_secret to the secret that Shopify signs with";
        let message = "this server takes no webhooks of Shopify";
        Self::new(StatusCode::NOT_FOUND, "no_webhooks", message, hint)
    }

    /// 401: a webhook that Shopify did not sign.
    pub fn bad_signature() -> Self {
        let hint = "sign the body with serve.shopify_secret and send X-Shopify-Hmac-Sha256";
        let message = "the signature is missing or is not that of this body";
        Self::new(StatusCode::UNAUTHORIZED, "bad_signature", message, hint)
    }

    /// 422: a webhook about something unknown.
    pub fn bad_topic(error: &domain::Invalid) -> Self {
        let hint = "GET /docs lists the topics";
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_topic", error.to_string(), hint)
    }

    /// 409: an Idempotency-Key that came with another body.
    pub fn key_reused() -> Self {
        let hint = "use one Idempotency-Key per request, and the same body when repeating it";
        let message = "this Idempotency-Key was used for another body";
        Self::new(StatusCode::CONFLICT, "idempotency_key_reused", message, hint)
    }

    /// 503: nothing was trained yet.
    pub fn not_ready(reason: &'static str) -> Self {
        let hint = "POST /v1/models/train, or run `candor train`";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "not_ready", reason, hint)
    }

    /// 503: the server stops.
    pub fn stopping() -> Self {
        let message = "the server is stopping";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "stopping", message, "try again")
    }

    /// A fault of ours; the cause is in the log and not told to callers.
    pub fn internal(cause: &dyn std::fmt::Display) -> Self {
        tracing::error!("{cause}");
        let hint = "the server's log has the cause under this x-request-id";
        let message = "something failed inside the server";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", message, hint)
    }

    /// 404: a category of the storefront that holds nothing.
    pub fn no_category(message: &'static str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "no_category", message, "the front page lists categories")
    }

    /// 403: a form that no page of ours sent.
    pub fn from_elsewhere() -> Self {
        let hint = "send the form from a page of this server";
        Self::forbidden("this form was not sent by a page of this server", hint)
    }

    /// The same, with the seconds after which to ask again.
    #[must_use]
    pub fn retry_after(self, seconds: u64) -> Self {
        Self { retry_after_s: Some(seconds), ..self }
    }

    /// Its status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Its name for programs.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// What is wrong, for people.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {} ({})", self.code, self.message, self.hint)
    }
}

impl From<ShopError> for ApiError {
    fn from(error: ShopError) -> Self {
        let known = |status, code, hint| Self::new(status, code, error.to_string(), hint);
        match &error {
            ShopError::BadRequest { .. } => {
                known(StatusCode::UNPROCESSABLE_ENTITY, "bad_request", "GET /docs shows the fields")
            }
            ShopError::NoItem(_) => {
                known(StatusCode::NOT_FOUND, "no_item", "GET /v1/items lists what there is")
            }
            ShopError::NoShopper(_) => {
                known(StatusCode::NOT_FOUND, "no_shopper", "shoppers appear with their first event")
            }
            ShopError::NoCorrection(_) => known(
                StatusCode::NOT_FOUND,
                "no_correction",
                "GET /v1/shoppers/{id}/corrections lists them",
            ),
            ShopError::NoAnswer(_) => known(
                StatusCode::NOT_FOUND,
                "no_answer",
                "use the request_id of an answer of POST /v1/recommendations",
            ),
            ShopError::NoReason(_) => known(
                StatusCode::NOT_FOUND,
                "no_reason",
                "use the reason_id of an answer of POST /v1/recommendations",
            ),
            ShopError::NotTheirs(_) => known(
                StatusCode::FORBIDDEN,
                "not_theirs",
                "a token speaks of what its own shopper was shown",
            ),
            ShopError::NoSurvey(_) => known(
                StatusCode::NOT_FOUND,
                "no_survey",
                "use the survey_id of GET /v1/surveys/next",
            ),
            ShopError::NoExperiment(_) => {
                known(StatusCode::NOT_FOUND, "no_experiment", "GET /v1/experiments lists them")
            }
            ShopError::Experiment(_) => known(
                StatusCode::UNPROCESSABLE_ENTITY,
                "bad_experiment",
                "give it buckets of its own, or another layer",
            ),
            ShopError::NoModel => Self::not_ready("nothing was trained yet"),
            ShopError::ModelGone { .. } => known(
                StatusCode::GONE,
                "model_gone",
                "what that model said can no longer be recomputed",
            ),
            ShopError::NoEvaluation(_) => known(
                StatusCode::NOT_FOUND,
                "no_evaluation",
                "the console's page of models lists those that are kept",
            ),
            ShopError::DamagedEvaluation { .. } => known(
                StatusCode::INTERNAL_SERVER_ERROR,
                "damaged_evaluation",
                "remove the file, or make another evaluation",
            ),
            ShopError::Store(store) => Self::of_store(store),
            _ => Self::internal(&error),
        }
    }
}

impl From<JobError> for ApiError {
    fn from(error: JobError) -> Self {
        let running = |code, hint| Self::new(StatusCode::CONFLICT, code, error.to_string(), hint);
        match &error {
            JobError::Training => {
                running("already_training", "GET /v1/models/train shows how far it is")
            }
            JobError::Evaluation => {
                running("already_evaluating", "the console's page of models shows how far it is")
            }
            JobError::Thread(cause) => Self::internal(cause),
        }
    }
}

impl ApiError {
    fn of_store(error: &StoreError) -> Self {
        match error {
            StoreError::ShopperGone => Self::new(
                StatusCode::CONFLICT,
                "shopper_gone",
                "this shopper was erased while the request ran",
                "drop what was computed for them",
            ),
            StoreError::Stopped => Self::stopping(),
            _ => Self::internal(error),
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        Self::of_store(&error)
    }
}

impl From<BytesRejection> for ApiError {
    fn from(rejection: BytesRejection) -> Self {
        match rejection.status() {
            status @ StatusCode::PAYLOAD_TOO_LARGE => Self::new(
                status,
                "too_large",
                "the body is larger than serve.body_limit_bytes",
                "send it in smaller batches",
            ),
            _ => Self::new(
                StatusCode::BAD_REQUEST,
                "broken_body",
                "the body did not arrive whole",
                "send it again",
            ),
        }
    }
}

impl From<PathRejection> for ApiError {
    fn from(rejection: PathRejection) -> Self {
        let hint = "identifiers have 1 to 256 bytes of UTF-8, percent-encoded";
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_identifier", rejection.body_text(), hint)
    }
}

impl From<QueryRejection> for ApiError {
    fn from(rejection: QueryRejection) -> Self {
        let hint = "GET /docs shows the parameters";
        Self::new(StatusCode::BAD_REQUEST, "bad_query", rejection.body_text(), hint)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let detail = ErrorDetail { code: self.code, message: self.message, hint: self.hint };
        let mut response = (self.status, Json(ErrorBody { error: detail })).into_response();
        let headers = response.headers_mut();
        if let Some(seconds) = self.retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
