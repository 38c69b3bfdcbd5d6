// openid-client as a box: discovery (RFC 8414 or OpenID), device grant, refresh,
// revocation.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, readFileSync } from "node:fs";
import * as client from "openid-client";

const { ISSUER, CLIENT_ID, SCOPE, APPROVE, WELL_KNOWN } = process.env;
const algorithm = WELL_KNOWN === "oauth-authorization-server" ? "oauth2" : "oidc";
const config = await client.discovery(new URL(ISSUER), CLIENT_ID, undefined, client.None(), { algorithm });
const asked = await client.initiateDeviceAuthorization(config, { scope: SCOPE });
const person = spawn(APPROVE, [asked.verification_uri, asked.user_code], { stdio: "inherit" });
const done = once(person, "exit");
const tokens = await client.pollDeviceAuthorizationGrant(config, asked);
const [code] = await done;
if (code !== 0) throw new Error("the person could not agree");
const renewed = await client.refreshTokenGrant(config, tokens.refresh_token);
const last = renewed.refresh_token ?? tokens.refresh_token;
await client.tokenRevocation(config, last, { token_type_hint: "refresh_token" });
let refused;
try {
  await client.refreshTokenGrant(config, last);
} catch (error) {
  refused = error.error;
}
if (refused !== "invalid_grant") throw new Error(`a withdrawn token gave ${refused}`);
const listed = [asked, tokens, renewed].flatMap((told) => [told.device_code, told.access_token, told.refresh_token]);
if (process.env.RELEVE_SECRETS) {
  const lines = listed.filter(Boolean).map((secret) => `text ${secret}\n`);
  appendFileSync(process.env.RELEVE_SECRETS, lines.join(""));
}
const { version } = JSON.parse(readFileSync(new URL("node_modules/openid-client/package.json", import.meta.url)));
console.log(JSON.stringify({
  client: `openid-client ${version}`,
  token_type: tokens.token_type,
  expires_in: tokens.expires_in,
  scope: tokens.scope,
  rotated: renewed.refresh_token !== undefined && renewed.refresh_token !== tokens.refresh_token,
  interval: asked.interval,
  code_lifetime: asked.expires_in,
  verification_uri_complete: asked.verification_uri_complete !== undefined,
  revoked: true,
}));
