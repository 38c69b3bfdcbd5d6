// A consent from the dashboard's own page: it is asked for with a press, its
// link leads to the gateway with the same code, a person agrees at Enedis, and
// the page says by itself that it is given and until when; then it is renewed,
// and forgotten.
//   node dashboard-consents.mjs GATEWAY RELEVE FOLDER
// (SSL_CERT_FILE and NODE_EXTRA_CA_CERTS name the gateway's authority.)
import { spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Checks, launch, shoot, violations } from "./browser.mjs";
import { watched } from "./dashboard.mjs";

const [gateway, releve, folder] = process.argv.slice(2);
const checks = new Checks();
const [prm, customer] = ["12345678901234", "3"];
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true, mode: 0o700 });
const config = join(folder, "releve.toml");
writeFileSync(
  config,
  `data_dir = "${join(folder, "data")}"\n[sources.gateway]\nkind = "gateway"\nbase_url = "${gateway}"\n` +
    `[[usage_points]]\nprm = "${prm}"\nhistory = 30\n`,
  { mode: 0o600 },
);
const program = spawn(releve, ["serve", "--listen", "127.0.0.1:0", "--config", config], {
  env: { PATH: process.env.PATH, HOME: folder, SSL_CERT_FILE: process.env.SSL_CERT_FILE },
  stdio: ["ignore", "pipe", "inherit"],
});
const base = await (async () => {
  for await (const line of createInterface({ input: program.stdout })) {
    const address = /http:\/\/[^ ]+/.exec(line);
    if (address) return address[0].replace(/\/$/, "");
  }
  throw new Error("nothing came up");
})();

const browser = await launch();
const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "fr-FR", isMobile: true, hasTouch: true });
const { page, faults } = await watched(context, base);
page.setDefaultTimeout(30_000);
const sound = async (name) => {
  const found = await violations(page);
  checks.expect(found.length === 0, `axe: ${name}`, found.join("; "));
  await shoot(page, "dashboard/consents", name);
};
// The link and the code of the page.
const invitation = async () => ({
  link: await page.getByRole("link", { name: "Ouvrir la page d’autorisation" }).getAttribute("href"),
  code: await page.locator(".code").innerText(),
});

await page.goto(`${base}/consents`);
await page.getByRole("button", { name: /\(gateway\)/ }).click();
await page.locator(".code").waitFor();
const first = await invitation();
checks.expect(first.link.startsWith(`${gateway}/device`), "the link leads to the gateway", first.link);
checks.expect(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/.test(first.code), "with a code to compare", first.code);
await sound("asked");
await page.evaluate(() => { globalThis.mark = "the same page"; });

// The person at the gateway and at Enedis, in a browser without script.
const outside = await browser.newContext({ ignoreHTTPSErrors: true, locale: "fr-FR", javaScriptEnabled: false });
const person = await outside.newPage();
person.setDefaultTimeout(30_000);
async function agree({ link, code }) {
  await person.goto(link);
  checks.expect((await person.locator(".code").innerText()) === code, "page and gateway show the same code");
  await person.getByLabel(/Je vois ce même code/).check();
  for (const box of await person.locator("input[name=scope]").all()) await box.check();
  await person.getByRole("button", { name: "J’accède à mon espace Enedis" }).click();
  await person.locator("select[name=customer]").selectOption(customer);
  await person.locator(`input[name=usage_point][value='${prm}']`).check();
  await person.getByRole("button", { name: "J’accepte" }).click();
}
await agree(first);
const given = await page.waitForFunction(() => document.querySelector("main .tag.good") && !document.querySelector(".code"), null, { timeout: 60_000 }).then(() => true, () => false);
const said = await page.locator("main").innerText();
checks.expect(given, "the page says by itself that the consent is given", said);
checks.expect((await page.evaluate(() => globalThis.mark)) === "the same page", "without being loaded anew");
checks.expect(said.includes(prm) && /20\d\d/.test(said), "for which usage point, and until when", said);
await sound("given");

await page.getByRole("button", { name: /^Renouveler/ }).click();
await page.locator(".code").waitFor();
const second = await invitation();
checks.expect(second.code !== first.code && second.link !== first.link, "a renewal has a link and a code of its own", second.link);
checks.expect((await page.locator("main .tag.good").count()) === 1, "while the old consent holds");
await sound("renewing");
await agree(second);
const renewed = await page.waitForFunction(() => !document.querySelector(".code"), null, { timeout: 60_000 }).then(() => true, () => false);
checks.expect(renewed, "and ends as the first", await page.locator("main").innerText());

const wrong = await faults();
checks.expect(wrong.length === 0, "nothing goes wrong", wrong.join(" | "));
await browser.close();
program.kill();
checks.end();
