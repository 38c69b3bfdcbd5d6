//! RFC 8414, M1 to M4: what the server offers.

use crate::on_both;
use crate::world::{BOX, DEVICE, Engine, PUBLIC, World};

on_both!(
    m1_to_m4_the_document_at_both_well_known_paths,
    m1_an_issuer_with_a_path_is_found_and_served_under_it,
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

/// RFC 8414 section 3.1: the well-known name stands before the path, `OpenID`'s
/// behind it. Whether a proxy takes the path off or leaves it, all is served.
async fn m1_an_issuer_with_a_path_is_found_and_served_under_it(engine: Engine) {
    let issuer = "https://gw.example/linky";
    let world = World::with(engine, |config, _| {
        config.public_url = issuer.parse().unwrap();
    })
    .await;
    for well_known in [
        "/.well-known/oauth-authorization-server/linky",
        "/.well-known/openid-configuration/linky",
        "/linky/.well-known/openid-configuration",
        "/.well-known/openid-configuration",
    ] {
        let document = world.get(well_known).await.json();
        assert_eq!(document["issuer"], issuer, "{well_known}");
        let token = document["token_endpoint"].as_str().unwrap();
        assert_eq!(token, format!("{issuer}/token"), "{well_known}");
    }
    let form = [("client_id", BOX)];
    for path in ["/linky/device_authorization", "/device_authorization"] {
        let begun = world.post(path, &form).await;
        assert_eq!(
            begun.text_of("verification_uri"),
            format!("{issuer}/device")
        );
        let poll = [
            ("grant_type", DEVICE),
            ("client_id", BOX),
            ("device_code", &begun.text_of("device_code")),
        ];
        let answer = world.post("/linky/token?more=1", &poll).await;
        assert_eq!(answer.error(), "authorization_pending");
    }
    let page = world.get("/linky/device?lang=en").await;
    assert_eq!(page.status, 200);
    assert!(
        page.text.contains("action=\"/linky/device\""),
        "{}",
        page.text
    );
    for elsewhere in ["/linkyx/token", "/other/device", "/linky/linky/device"] {
        assert_eq!(world.get(elsewhere).await.status, 404, "{elsewhere}");
    }
}
