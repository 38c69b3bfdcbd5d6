// node oidc-provider as the independent server beside ours: same clients, same
// person, TLS by the same CA. In memory; prints its address.
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import Provider from "oidc-provider";

const [certificate, key, clientId] = process.argv.slice(2);
const tls = { cert: readFileSync(certificate), key: readFileSync(key) };
const server = createServer(tls);
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const issuer = `https://localhost:${server.address().port}`;
const provider = new Provider(issuer, {
  clients: [{
    client_id: clientId,
    token_endpoint_auth_method: "none",
    application_type: "native",
    grant_types: ["urn:ietf:params:oauth:grant-type:device_code", "refresh_token"],
    response_types: [],
    redirect_uris: [],
  }],
  // "profile" for MSAL: it names it again when it refreshes, and this server then
  // refuses a word that it had left out of the grant. Ours leaves it out again.
  scopes: ["openid", "offline_access", "profile", "daily", "curve"],
  cookies: { keys: ["only for this run"] },
  features: {
    deviceFlow: { enabled: true },
    devInteractions: { enabled: true },
    revocation: { enabled: true },
    introspection: { enabled: true },
  },
  issueRefreshToken: async () => true,
  rotateRefreshToken: true,
});
server.on("request", provider.callback());
console.log(issuer);
