// node oidc-provider under the load of bench/gateway, for the ratio: in memory,
// plain HTTP on loopback, rotating refresh tokens, opaque access tokens, no
// id_token to sign. Writes the codes and tokens that it made, then its address.
//   oidc_provider_load.mjs FOLDER GRANTS CODES
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import Provider from "oidc-provider";

// Its notices about defaults that a real service would change.
console.info = () => {};
const [folder, grants, codes] = process.argv.slice(2);

// Its own adapter forgets all but the newest thousand entries; this one keeps them.
const rows = new Map();
class InMemory {
  constructor(name) { this.name = name; }
  key(id) { return `${this.name}:${id}`; }
  async upsert(id, payload) { rows.set(this.key(id), payload); }
  async find(id) { return rows.get(this.key(id)); }
  async consume(id) { rows.get(this.key(id)).consumed = Math.floor(Date.now() / 1000); }
  async destroy(id) { rows.delete(this.key(id)); }
  async revokeByGrantId() {}
}

const server = createServer();
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const provider = new Provider(`http://127.0.0.1:${server.address().port}`, {
  adapter: InMemory,
  clients: [{
    client_id: "bench",
    token_endpoint_auth_method: "none",
    application_type: "native",
    grant_types: ["urn:ietf:params:oauth:grant-type:device_code", "refresh_token"],
    response_types: [],
    redirect_uris: [],
  }],
  scopes: ["offline_access", "daily"],
  cookies: { keys: ["only for this run"] },
  features: { deviceFlow: { enabled: true }, devInteractions: { enabled: false } },
  findAccount: async (_, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
  issueRefreshToken: async () => true,
  rotateRefreshToken: true,
});

const client = await provider.Client.find("bench");
const scope = "offline_access daily";
const refreshes = [];
for (let number = 0; number < Number(grants); number += 1) {
  const accountId = `person${number}`;
  const grant = new provider.Grant({ accountId, clientId: "bench" });
  grant.addOIDCScope(scope);
  const grantId = await grant.save();
  const token = new provider.RefreshToken({ accountId, client, grantId, scope, gty: "device_code" });
  refreshes.push(await token.save());
}
const polls = [];
for (let number = 0; number < Number(codes); number += 1) {
  const code = new provider.DeviceCode({ client, params: { scope }, userCode: `CODE${number}` });
  polls.push(await code.save());
}
writeFileSync(`${folder}/refreshes`, refreshes.join("\n") + "\n");
writeFileSync(`${folder}/polls`, polls.join("\n") + "\n");
server.on("request", provider.callback());
console.log(provider.issuer);
