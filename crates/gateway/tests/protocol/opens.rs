//! Whether a token opens data.

use grant::Scopes;
use http::HeaderMap;

use crate::world::World;

/// Whether an access token opens data, and which scopes.
pub async fn opens(world: &World, access: &str) -> Option<Scopes> {
    let mut headers = HeaderMap::new();
    headers.insert("authorization", format!("Bearer {access}").parse().unwrap());
    let access = gateway::oauth::bearer(&world.app, &headers, None).await;
    access.ok().map(|access| access.scopes)
}
