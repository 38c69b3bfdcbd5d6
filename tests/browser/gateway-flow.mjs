// A box, a person in a real Chromium, the gateway and the simulated Enedis:
// code, consent, Enedis' page, back, tokens, data; a refusal; the way through manage.
//   node gateway-flow.mjs GATEWAY     (NODE_EXTRA_CA_CERTS names its authority)
import { Checks, launch, shoot, tell, violations } from "./browser.mjs";

const gateway = process.argv[2];
const client_id = process.env.CLIENT_ID;
const checks = new Checks();

async function post(path, fields) {
  const answer = await fetch(gateway + path, { method: "POST", body: new URLSearchParams(fields) });
  return { status: answer.status, json: await answer.json() };
}
const ask = async () =>
  (await post("/device_authorization", { client_id, scope: "daily curve max_power production" })).json;
const poll = (device_code) =>
  post("/token", { grant_type: "urn:ietf:params:oauth:grant-type:device_code", client_id, device_code });
async function tokens(device_code, interval) {
  for (let i = 0; i < 12; i += 1) {
    const answer = await poll(device_code);
    if (answer.status === 200 || !["authorization_pending", "slow_down"].includes(answer.json.error)) return answer;
    await new Promise((done) => setTimeout(done, interval * 1000));
  }
  throw new Error("no tokens");
}

const browser = await launch();
// The authority of this run is in no store; everything else of TLS holds.
const context = await browser.newContext({
  ignoreHTTPSErrors: true, locale: "fr-FR", javaScriptEnabled: false,
  viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true,
});
const page = await context.newPage();
page.setDefaultTimeout(30_000);
const title = async () => (await page.locator("h1").innerText()).replaceAll("\u00a0", " ").replace(/\s+/g, " ");

// Consent, without script as the pages promise.
const box = await ask();
await page.goto(box.verification_uri_complete);
checks.expect((await title()) === "Votre accord", "the code in the address is filled in at home", await title());
checks.expect((await page.locator(".code").innerText()) === box.user_code, "the page shows the code of the box");
await page.getByLabel(/Je vois ce même code/).check();
await page.getByLabel(/Totaux par jour/).check();
await page.getByLabel(/Courbe demi-horaire/).check();
await shoot(page, "gateway/flow", "1-consent");
await page.getByRole("button", { name: "J’accède à mon espace Enedis" }).click();
checks.expect(page.url().includes("/oauth2/authorize"), "the form leads to Enedis under the policy", page.url());
await shoot(page, "gateway/flow", "2-enedis");
await page.locator("select[name=customer]").selectOption("0");
await page.locator("input[name=usage_point][value='22516914714270']").check();
await page.getByRole("button", { name: "J’accepte" }).click();
let end = await title();
for (let i = 0; i < 6 && end === "Votre demande est en cours"; i += 1) {
  await page.getByRole("link", { name: "Voir où en est ma demande" }).click();
  end = await title();
}
checks.expect(end === "Votre accord est enregistré", "the consent is recorded", end);
checks.expect(page.url().startsWith(`${gateway}/device/status`), "the address says nothing", page.url());
await shoot(page, "gateway/flow", "3-recorded");
const held = await tokens(box.device_code, box.interval);
checks.expect(held.status === 200 && held.json.scope === "daily curve", "the box has its tokens", JSON.stringify(Object.keys(held.json)));

tell(box.user_code, box.device_code, held.json.access_token, held.json.refresh_token, "22516914714270");

// Data, as far as was agreed to and no further.
const read = async (resource) => {
  const address = `${gateway}/data/v1/22516914714270/${resource}?direction=consumption&from=${day(-8)}&to=${day(-2)}`;
  const answer = await fetch(address, { headers: { authorization: `Bearer ${held.json.access_token}` } });
  return { status: answer.status, json: await answer.json() };
};
const day = (shift) => new Date(Date.now() + shift * 86_400_000).toISOString().slice(0, 10);
const daily = await read("daily");
checks.expect(daily.status === 200, "the daily totals come", JSON.stringify(daily).slice(0, 300));
const curve = await read("curve");
checks.expect(curve.status === 200, "the curve comes", JSON.stringify(curve).slice(0, 300));
const maxima = await read("max-power");
checks.expect(
  maxima.status === 403 && maxima.json.error === "insufficient_scope",
  "what was not ticked does not come", JSON.stringify(maxima).slice(0, 300),
);

// The one cookie, out of reach of scripts.
const cookies = await context.cookies();
tell(...cookies.map((cookie) => cookie.value));
const ours = cookies.filter((cookie) => cookie.name.startsWith("__Host-"));
checks.expect(
  cookies.length === 1 && ours.length === 1 && ours[0].httpOnly && ours[0].secure && ours[0].sameSite === "Lax",
  "one cookie, for this host, out of reach of scripts", JSON.stringify(cookies.map((c) => c.name)),
);

// A refusal.
const other = await ask();
await page.goto(other.verification_uri);
await page.getByLabel("Code").fill(other.user_code.toLowerCase().replace("-", " "));
await page.getByRole("button", { name: "Continuer" }).click();
await page.getByRole("button", { name: "Refuser" }).click();
checks.expect((await title()) === "Vous n’avez pas donné votre accord", "a refusal needs no tick", await title());
checks.expect((await poll(other.device_code)).json.error === "access_denied", "the box is told of the refusal");

// The other language keeps the code that was typed.
const third = await ask();
await page.goto(third.verification_uri);
await page.getByLabel("Code").fill(third.user_code);
await page.getByRole("button", { name: "Continuer" }).click();
await page.getByRole("button", { name: "English" }).click();
checks.expect((await title()) === "Your consent", "the other language shows the same page", await title());
checks.expect((await page.locator(".code").innerText()) === third.user_code, "and the same code");

// Manage: seen, exported and withdrawn by this browser.
await page.goto(`${gateway}/manage?lang=fr`);
checks.expect((await page.locator(".key").first().innerText()) === "2251••••••4270", "manage shows the meter, masked");
await shoot(page, "gateway/flow", "4-manage");
const [file] = await Promise.all([
  page.waitForEvent("download"),
  page.getByRole("button", { name: "Fichier JSON" }).click(),
]);
checks.expect(file.suggestedFilename() === "releve.json", "the export is a file", file.suggestedFilename());
await page.getByRole("button", { name: "Retirer mon accord" }).click();
checks.expect((await title()) === "Votre accord est retiré", "the consent is withdrawn", await title());
const refused = await post("/token", { grant_type: "refresh_token", client_id, refresh_token: held.json.refresh_token });
checks.expect(refused.json.error === "invalid_grant", "its tokens are dead at once", JSON.stringify(refused.json));
await context.close();

// The live pages with axe-core, whose script the tests bring themselves.
const looking = await browser.newContext({ ignoreHTTPSErrors: true, locale: "fr-FR" });
const live = await looking.newPage();
for (const path of ["/", "/device", "/manage", "/notice", "/curve", "/device/refused", "/nowhere"]) {
  await live.goto(gateway + path);
  const found = await violations(live);
  checks.expect(found.length === 0, `axe: ${path}`, found.join("; "));
}
await browser.close();
checks.end();
