//! Every route there is.

use std::sync::Arc;

use axum::Router;
use utoipa::OpenApi;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::error::ApiError;

use crate::api::state::Api;
use crate::service::Service;
use crate::{api, docs, layers};

/// All routes over a service.
pub fn router(service: &Arc<Service>) -> Router {
    let (api, document) = described().split_for_parts();
    let router = api
        .with_state(Arc::clone(&service.api))
        .merge(storefront::routes(Arc::clone(&service.storefront)))
        .merge(console::routes(Arc::clone(&service.console)))
        .merge(api::local::routes(Arc::clone(&service.api)))
        .merge(docs::routes(&document))
        .method_not_allowed_fallback(async || ApiError::no_method());
    layers::around(router, service)
}

/// The API with its description.
fn described() -> OpenApiRouter<Arc<Api>> {
    use api::{ask, cards, content, corrections, events, experiments, feed, feedback};
    use api::{health, items};
    use api::{models, recommendations, reviews, shoppers, surveys, tokens, webhooks};
    OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(recommendations::post))
        .routes(routes!(recommendations::get))
        .routes(routes!(recommendations::bundle))
        .routes(routes!(cards::post))
        .routes(routes!(ask::post))
        .routes(routes!(content::post))
        .routes(routes!(events::post))
        .routes(routes!(webhooks::shopify))
        .routes(routes!(feedback::expose))
        .routes(routes!(feedback::judge))
        .routes(routes!(surveys::next))
        .routes(routes!(surveys::answer))
        .routes(routes!(surveys::trust))
        .routes(routes!(experiments::list, experiments::start))
        .routes(routes!(experiments::stop))
        .routes(routes!(experiments::results))
        .routes(routes!(reviews::post))
        .routes(routes!(items::list, items::put_many))
        .routes(routes!(items::unlisted))
        .routes(routes!(feed::put))
        .routes(routes!(feed::imports))
        .routes(routes!(feed::import))
        .routes(routes!(feed::confirm))
        .routes(routes!(feed::list))
        .routes(routes!(feed::pull))
        .routes(routes!(items::get, items::put, items::patch, items::delete))
        .routes(routes!(shoppers::preferences, shoppers::set_preferences))
        .routes(routes!(corrections::corrections, corrections::correct))
        .routes(routes!(corrections::take_back))
        .routes(routes!(corrections::profile, corrections::set_profile, corrections::drop_profile))
        .routes(routes!(shoppers::export))
        .routes(routes!(shoppers::erase))
        .routes(routes!(tokens::post))
        .routes(routes!(models::list))
        .routes(routes!(models::train, models::progress))
        .routes(routes!(models::explanation))
        .routes(routes!(api::transparency::get))
        .routes(routes!(health::live))
        .routes(routes!(health::ready))
        .routes(routes!(health::metrics))
}

/// The description of the API beside its routes.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Candor",
        description = "Recommendations that can prove why. Bodies are JSON in snake_case; errors \
                       are `{\"error\":{\"code\",\"message\",\"hint\"}}`; every response carries \
                       `x-request-id`."
    ),
    tags(
        (name = "recommendations", description = "What to show, and why"),
        (name = "content", description = "Drafts of product texts, with their proofs"),
        (name = "events", description = "What shoppers do and say"),
        (name = "feedback", description = "What shoppers say of what they were shown"),
        (name = "trust", description = "What shoppers answer when asked, and trust, measured"),
        (name = "experiments", description = "Who sees what, and what the difference was"),
        (name = "catalogue", description = "What the shop sells"),
        (name = "shoppers", description = "What shoppers decide, take away and have erased"),
        (name = "models", description = "What ranks, and how"),
        (name = "operation", description = "Health and counters"),
    ),
    modifiers(&Security)
)]
struct Description;

struct Security;

impl utoipa::Modify for Security {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let bearer = |about: &str| {
            let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(about));
            SecurityScheme::Http(scheme.build())
        };
        let header = ApiKeyValue::with_description(
            "X-Candor-Token",
            "A signed token of POST /v1/tokens; goes with the publishable key",
        );
        let components = document.components.get_or_insert_default();
        let schemes = [
            ("server_key", bearer("Secret key of the shop's servers: all but administration")),
            ("admin_key", bearer("Secret key of administrators: everything")),
            ("publishable_key", bearer("May stand in a page; acts for one shopper")),
            ("shopper_token", SecurityScheme::ApiKey(ApiKey::Header(header))),
        ];
        for (name, scheme) in schemes {
            components.add_security_scheme(name, scheme);
        }
    }
}
