//! RFC 8414, M1 to M4: what the server offers.

use crate::on_both;
use crate::world::{DEVICE, Engine, PUBLIC, World};

on_both!(
    m1_to_m4_the_document_at_both_well_known_paths,
    m2_the_authorization_endpoint_says_that_it_does_nothing,
);

async fn m1_to_m4_the_document_at_both_well_known_paths(engine: Engine) {
    let world = World::new(engine).await;
    let oauth = world.get("/.well-known/oauth-authorization-server").await;
    let openid = world.get("/.well-known/openid-configuration").await;
    assert_eq!(oauth.json(), openid.json());
    let document = oauth.json();
    assert_eq!(document["issuer"], PUBLIC);
    assert_eq!(
        document["device_authorization_endpoint"],
        format!("{PUBLIC}/device_authorization")
    );
    assert_eq!(
        document["grant_types_supported"],
        serde_json::json!([DEVICE, "refresh_token"])
    );
    assert_eq!(
        document["response_types_supported"],
        serde_json::json!(["none"])
    );
    let methods = serde_json::json!(["none", "client_secret_basic"]);
    assert_eq!(document["token_endpoint_auth_methods_supported"], methods);
    assert!(document["scopes_supported"].as_array().unwrap().len() == 4);
    for name in [
        "token_endpoint",
        "revocation_endpoint",
        "introspection_endpoint",
    ] {
        assert!(document[name].as_str().unwrap().starts_with(PUBLIC));
    }
    for claim in [
        "jwks_uri",
        "id_token_signing_alg_values_supported",
        "subject_types_supported",
    ] {
        assert!(document[claim].is_null(), "no OpenID Connect is claimed");
    }
}

async fn m2_the_authorization_endpoint_says_that_it_does_nothing(engine: Engine) {
    let world = World::new(engine).await;
    let answer = world
        .get("/authorize?response_type=code&redirect_uri=https://evil.example")
        .await;
    assert_eq!(answer.status, 400);
    assert!(answer.text.contains("unsupported_response_type"));
    assert!(answer.headers.get("location").is_none());
}
