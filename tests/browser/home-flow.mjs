// The box's own command against the running gateway, a person in a real Chromium
// between them: `releve consent` shows a code, the browser goes to the gateway, to
// Enedis and back, tokens come, `releve sync` fetches, `releve show` shows. Then a
// refusal at Enedis, a code that lapses, and a withdrawal that the box hears of.
//   node home-flow.mjs GATEWAY RELEVE FOLDER DATABASE
// (SSL_CERT_FILE and NODE_EXTRA_CA_CERTS name the gateway's authority.)
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Checks, launch, shoot, tell, violations } from "./browser.mjs";
import { dayOf, fromNoon, lapse } from "./homes.mjs";

const [gateway, releve, folder, database] = process.argv.slice(2);
const checks = new Checks();
const prm = "11453290002823";
tell(prm);
const customer = "1";

// A home of its own: configuration, data, and a clock that goes on from noon.
function home(name, { shift = 0 } = {}) {
  const place = join(folder, name);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true, mode: 0o700 });
  const config = join(place, "releve.toml");
  writeFileSync(
    config,
    `language = "en"\n[sources.gateway]\nkind = "gateway"\nbase_url = "${gateway}"\n` +
      `[[usage_points]]\nprm = "${prm}"\nhistory = 30\n`,
    { mode: 0o600 },
  );
  return { config, data: join(place, "data"), shift };
}
function surroundings(at) {
  return {
    PATH: process.env.PATH,
    HOME: folder,
    LANG: "en_GB.UTF-8",
    SSL_CERT_FILE: process.env.SSL_CERT_FILE,
    RELEVE_CONFIG: at.config,
    RELEVE_DATA_DIR: at.data,
    RELEVE_FROZEN_CLOCK: fromNoon(at.shift),
  };
}
function run(at, ...words) {
  const ended = spawnSync(releve, words, { env: surroundings(at), encoding: "utf8" });
  return { code: ended.status, out: ended.stdout, err: ended.stderr, all: ended.stdout + ended.stderr };
}
// `releve consent`, until it shows its link, and what it says in the end.
function consent(at) {
  const child = spawn(releve, ["consent"], { env: surroundings(at) });
  let out = "";
  let err = "";
  child.stderr.on("data", (bytes) => (err += bytes));
  const ended = new Promise((done) => child.on("close", (code) => done({ code, out, err, all: out + err })));
  const shown = new Promise((done, give_up) => {
    const late = setTimeout(() => give_up(new Error(`no link: ${out}${err}`)), 30_000);
    child.stdout.on("data", (bytes) => {
      out += bytes;
      const link = /https:\/\/\S+\/device\S*\n/.exec(out);
      const code = /Code: +(\S+)\n/.exec(out);
      if (link && code) {
        clearTimeout(late);
        tell(code[1], code[1].replace("-", ""));
        done({ link: link[0].trim(), code: code[1] });
      }
    });
  });
  return { shown, ended };
}

const browser = await launch();
const context = await browser.newContext({
  ignoreHTTPSErrors: true, locale: "fr-FR", javaScriptEnabled: false,
  viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true,
});
const page = await context.newPage();
page.setDefaultTimeout(30_000);
const title = async () => (await page.locator("h1").innerText()).replace(/\s+/g, " ");
// From the link of the box to the page of Enedis, everything ticked.
async function agree({ link, code }) {
  await page.goto(link);
  checks.expect((await title()) === "Votre accord", "the link of the box leads to the consent", await title());
  checks.expect((await page.locator(".code").innerText()) === code, "box and page show the same code");
  checks.expect((await page.content()).includes("Relevé"), "the page names the application");
  await page.getByLabel(/Je vois ce même code/).check();
  for (const box of await page.locator("input[name=scope]").all()) await box.check();
  await shoot(page, "home", "1-consent");
  await page.getByRole("button", { name: "J’accède à mon espace Enedis" }).click();
  checks.expect(page.url().includes("/oauth2/authorize"), "the form leads to Enedis", page.url());
}
async function settled() {
  let end = await title();
  for (let i = 0; i < 8 && end === "Votre demande est en cours"; i += 1) {
    await page.getByRole("link", { name: "Voir où en est ma demande" }).click();
    end = await title();
  }
  return end;
}

// Box, code, browser, Enedis, back, tokens, data.
const box = home("box");
const before = run(box, "sync");
checks.expect(before.code === 5, "without a consent nothing is fetched", before.all);
const asking = consent(box);
const invitation = await asking.shown;
await agree(invitation);
await page.locator("select[name=customer]").selectOption(customer);
await page.locator(`input[name=usage_point][value='${prm}']`).check();
await shoot(page, "home", "2-enedis");
await page.getByRole("button", { name: "J’accepte" }).click();
const end = await settled();
checks.expect(end === "Votre accord est enregistré", "the consent is recorded", end);
await shoot(page, "home", "3-recorded");
const given = await asking.ended;
checks.expect(given.code === 0 && given.out.includes(`Consent given for: ${prm}`), "the box has its tokens", given.all);
const sync = run(box, "sync");
checks.expect(sync.code === 0, "the box fetches", sync.all);
// The day before yesterday is published for certain.
const asked = dayOf(new Date(Date.now() - 2 * 86_400_000));
const shown = run(box, "show", "day", asked, "--json");
checks.expect(shown.code === 0, "what was fetched is shown", shown.all);
const held = JSON.parse(shown.out || "{}").usage_points?.[0] ?? {};
const about = { ...held, intervals: held.intervals?.length };
checks.expect(
  held.usage_point === prm && held.day === asked && held.direction === "consumption",
  "of the usage point and day that were asked for", JSON.stringify(about),
);
checks.expect(
  held.watt_hours > 0 && held.intervals?.length >= 23 && held.curve_watt_minutes === held.watt_hours * 60 &&
    held.difference_watt_minutes === 0,
  "the curve of that day sums to its total, to the watt-minute", JSON.stringify(about),
);
const again = run(box, "consent");
checks.expect(again.code === 0 && again.out.includes("is given for all"), "nobody is asked twice", again.all);

// Refused on Enedis' page.
const refusing = home("refusing");
const second = consent(refusing);
await agree(await second.shown);
await page.getByRole("button", { name: "Je refuse" }).click();
const refusal = await settled();
checks.expect(refusal === "Vous n’avez pas donné votre accord", "the refusal at Enedis is understood", refusal);
await shoot(page, "home", "4-refused");
const refused = await second.ended;
checks.expect(refused.code === 5 && refused.err.includes("consent: refused"), "the box is told of it", refused.all);
const nothing = run(refusing, "sync");
checks.expect(nothing.code === 5 && nothing.all.includes("refused"), "and its next sync says so", nothing.all);

// A code that lapses.
const lapsing = home("lapsing");
const third = consent(lapsing);
const stale = await third.shown;
const moved = lapse(database);
checks.expect(moved.status === 0, "the code lapses", moved.stderr);
const lapsed = await third.ended;
checks.expect(lapsed.code === 5 && lapsed.err.includes("the code lapsed"), "the box is told that the code lapsed", lapsed.all);
await page.goto(stale.link);
checks.expect((await title()).includes("expiré"), "and so is the person", await title());
const found = await (async () => {
  const looking = await browser.newContext({ ignoreHTTPSErrors: true, locale: "fr-FR" });
  const other = await looking.newPage();
  await other.goto(stale.link);
  const seen = await violations(other);
  await looking.close();
  return seen;
})();
checks.expect(found.length === 0, "axe: a lapsed code", found.join("; "));
await shoot(page, "home", "5-lapsed");

// Withdrawn on the gateway's page; the box hears of it at its next sync.
await page.goto(`${gateway}/manage?lang=fr`);
await page.getByRole("button", { name: "Retirer mon accord" }).click();
checks.expect((await title()) === "Votre accord est retiré", "the consent is withdrawn", await title());
await shoot(page, "home", "6-withdrawn");
const tomorrow = run({ ...box, shift: 24 }, "sync");
checks.expect(tomorrow.code === 5 && tomorrow.all.includes("refused access"), "the next sync says that access is refused", tomorrow.all);
const list = run({ ...box, shift: 24 }, "consent", "list");
checks.expect(list.out.includes("doubted by the gateway"), "the consent is in doubt", list.all);
const after = run({ ...box, shift: 49 }, "sync");
checks.expect(after.code === 5 && after.all.includes("withdrawn"), "and a day later believed to be withdrawn", after.all);
const kept = run({ ...box, shift: 49 }, "show", "day", asked, "--json");
checks.expect(kept.out === shown.out, "what was fetched stays", kept.all.slice(0, 300));

await context.close();
await browser.close();
checks.end();
