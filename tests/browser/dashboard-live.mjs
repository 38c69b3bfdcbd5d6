// A page is open, the ledger changes, and the page shows the new figure by
// itself: it is not loaded anew, and what a reader holds stays in their hand
// (place, focus, what is unfolded, a selection, a field, a zoomed chart). One
// stream a tab, none from a tab that nobody looks at; a program that starts
// again is found again; a session that ended is told; under the path of a proxy
// as well.
//   node dashboard-live.mjs FOLDER
// Environment: RELEVE, HOME_CONFIG (a ledger without yesterday),
// RELEVE_FROZEN_CLOCK.
import { execFile, spawn } from "node:child_process";
import { createServer, request } from "node:http";
import { createInterface } from "node:readline";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { Checks, launch, shoot, violations } from "./browser.mjs";
import { releve, watched } from "./dashboard.mjs";

const folder = process.argv[2];
const configuration = readFileSync(process.env.HOME_CONFIG, "utf8");
const checks = new Checks();
const browser = await launch();
const run = promisify(execFile);
const point = "22222222222222";
const grouped = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, "\u202f");
const kwh = (wattHours) => `${grouped(Math.floor(wattHours / 1000))},${String(wattHours % 1000).padStart(3, "0")}`;

// A copy of the ledger without yesterday, with a configuration of its own.
function home(name, more = "") {
  const place = join(folder, name);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true, mode: 0o700 });
  cpSync(join(folder, "data"), join(place, "data"), { recursive: true });
  const config = join(place, "releve.toml");
  writeFileSync(config, configuration.replace(join(folder, "data"), join(place, "data")) + more, { mode: 0o600 });
  return config;
}

// `releve serve`, with its address.
async function serve(config, listen = "127.0.0.1:0") {
  const program = spawn(process.env.RELEVE, ["serve", "--listen", listen, "--config", config], { stdio: ["ignore", "pipe", "ignore"] });
  for await (const line of createInterface({ input: program.stdout })) {
    const address = /http:\/\/[^ ]+/.exec(line);
    if (address) return { program, base: address[0].replace(/\/$/, "") };
  }
  throw new Error("nothing came up");
}
const ended = (program) => new Promise((done) => { program.on("exit", done); program.kill(); });
const sync = (config) => run(process.env.RELEVE, ["--config", config, "--quiet", "sync", "--usage-point", point]);
const text = (page) => page.locator("main").innerText();
const comes = (page, what) => page.waitForFunction((what) => document.querySelector("main").innerText.includes(what), what, { timeout: 40_000 }).then(() => true, () => false);

// How many streams a page holds, and held.
function streams(page) {
  const count = { open: 0, all: 0 };
  const is = (one) => one.url().endsWith("/api/v1/events");
  page.on("request", (one) => { if (is(one)) { count.open += 1; count.all += 1; } });
  for (const end of ["requestfinished", "requestfailed"]) page.on(end, (one) => { if (is(one)) count.open -= 1; });
  return count;
}
const turn = (page, hidden) => page.evaluate((hidden) => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event("visibilitychange"));
}, hidden);
const until = async (holds) => {
  for (let i = 0; i < 100 && !holds(); i += 1) await new Promise((done) => setTimeout(done, 100));
  return holds();
};

{
  const config = home("live");
  const { program, base } = await serve(config);
  const context = await browser.newContext({ viewport: { width: 390, height: 600 }, locale: "fr-FR", reducedMotion: "reduce" });
  const { page, faults } = await watched(context, base);
  const held = streams(page);
  await page.goto(`${base}/?point=${point}`);
  await page.evaluate(() => { globalThis.mark = "the same page"; });
  await page.locator("details.behind > summary").first().click();
  await page.locator("details.behind > summary").first().focus();
  const before = await text(page);
  const spot = await page.evaluate(() => document.activeElement.getBoundingClientRect().top);
  checks.expect(await until(() => held.open === 1), "a page that is looked at has one stream", JSON.stringify(held));

  // Somebody reads and marks a sentence in another tab; a third one types.
  const { page: reading } = await watched(context, base);
  await reading.goto(`${base}/history?point=${point}&by=month&period=2026-11`);
  await reading.evaluate(() => getSelection().selectAllChildren(document.querySelector(".stats")));
  const marked = await text(reading);
  const { page: typing } = await watched(context, base);
  await typing.goto(`${base}/off-peak?point=${point}`);
  await typing.locator("#expression").fill("22h-6h dimanche");
  const { page: zooming } = await watched(context, base);
  await zooming.goto(`${base}/history?point=${point}&by=month&period=2026-11`);
  await zooming.locator("#zoom-tools button").first().click();
  await zooming.locator("[data-zoomed]").waitFor();
  // And one that nobody looks at.
  const { page: away } = await watched(context, base);
  const idle = streams(away);
  await away.goto(`${base}/?point=${point}`);
  await until(() => idle.open === 1);
  await turn(away, true);
  checks.expect(await until(() => idle.open === 0), "a tab that nobody looks at has no stream", JSON.stringify(idle));

  await sync(config);
  process.env.HOME_CONFIG = config;
  const day = releve("show", "day", "2026-11-20").usage_points.find((one) => one.usage_point === point && one.direction === "consumption");
  const figure = kwh(day.watt_hours);
  checks.expect(!before.includes(figure), "the figure was not there before", figure);
  checks.expect(await comes(page, figure), "the page shows the new figure", `${figure} is not in ${(await text(page)).slice(0, 300)}`);
  const after = await page.evaluate(() => ({
    mark: globalThis.mark,
    open: document.querySelector("details.behind").open,
    focus: document.activeElement.tagName,
    spot: document.activeElement.getBoundingClientRect().top,
    said: document.getElementById("news").textContent,
    moves: [...document.querySelectorAll(".is-new")].map((one) => getComputedStyle(one).animationName),
    state: document.body.dataset.state,
  }));
  checks.expect(after.mark === "the same page", "without being loaded anew");
  checks.expect(after.open, "what was unfolded stays unfolded");
  checks.expect(after.focus === "SUMMARY", "the focus stays", after.focus);
  checks.expect(Math.abs(after.spot - spot) < 200, "what is looked at stays in sight", `${spot} ${after.spot}`);
  checks.expect(after.said.length > 10, "it is said to who listens", after.said);
  checks.expect(after.moves.length > 0 && after.moves.every((name) => name === "none"), "nothing moves for who wants no motion", after.moves.join());
  checks.expect(held.all === 1 && held.open === 1, "still the one stream", JSON.stringify(held));
  // What has come works as what was there: pointing, and the picture.
  await page.locator("figure.chart .hit").nth(3).hover();
  checks.expect((await page.locator("figure.chart .readout").first().innerText()).length > 5, "the new chart can be pointed at");

  // In the reader's hand nothing changes, until they say so.
  const link = reading.locator("#news a");
  await link.waitFor();
  checks.expect((await text(reading)) === marked, "what somebody has marked stays as it is");
  checks.expect((await reading.locator("#news").getAttribute("role")) === "status", "that there is more is said politely");
  const found = await violations(reading);
  checks.expect(found.length === 0, "axe: there is more to show", found.join("; "));
  await shoot(reading, "dashboard/live", "more-to-show");
  await link.click();
  const month = releve("show", "month", "2026-11").usage_points.find((one) => one.usage_point === point && one.direction === "consumption");
  checks.expect(await comes(reading, kwh(month.watt_hours)), "and then it is shown");
  await zooming.locator("#news a").waitFor();
  checks.expect(await zooming.locator("[data-zoomed]").count() === 1, "a zoomed chart stays zoomed");
  checks.expect((await typing.locator("#expression").inputValue()) === "22h-6h dimanche", "what somebody writes stays");

  await turn(away, false);
  checks.expect(await comes(away, figure), "who comes back sees what they missed");

  const wrong = await faults();
  checks.expect(wrong.length === 0, "nothing goes wrong", wrong.join(" | "));

  // The program starts again: the page finds it, and its forms work.
  await page.goto(`${base}/data?point=${point}`);
  await page.evaluate(() => { globalThis.mark = "the same page"; });
  const token = await page.evaluate(() => document.body.dataset.csrf);
  await ended(program);
  const again = await serve(config, new URL(base).host);
  const renewed = await page.waitForFunction((token) => document.body.dataset.csrf !== token, token, { timeout: 60_000 }).then(() => true, () => false);
  checks.expect(renewed, "a program that has started again is found again");
  const forms = await page.evaluate(() => [globalThis.mark, ...new Set([...document.querySelectorAll("input[name=csrf]")].map((one) => one.value))]);
  checks.expect(forms.length === 2 && forms[0] === "the same page" && forms[1] !== token, "its forms have the new token", forms.join());
  await context.close();
  await ended(again.program);
}

// A session that ends elsewhere is told, and nothing is asked any more.
{
  const config = home("guarded");
  const set = spawn(process.env.RELEVE, ["dashboard", "password", "--quiet", "--config", config], { stdio: ["pipe", "ignore", "inherit"] });
  set.stdin.end("a long enough password\n");
  await new Promise((done) => set.on("exit", done));
  const { program, base } = await serve(config);
  const context = await browser.newContext({ locale: "en-GB" });
  const { page } = await watched(context, base);
  const held = streams(page);
  await page.goto(`${base}/login`);
  await page.locator("#password").fill("a long enough password");
  await page.locator("button[type=submit]").click();
  await page.locator("h1").waitFor();
  await until(() => held.open === 1);
  const { page: other } = await watched(context, base);
  await other.goto(`${base}/health`);
  await other.locator("form[action$='/logout'] button").click();
  await other.locator("#password").waitFor();
  await sync(config);
  const link = page.locator("#news a");
  await link.waitFor({ timeout: 40_000 });
  const said = await page.locator("#news").innerText();
  checks.expect(/logged in/.test(said), "the end of a session is told", said);
  checks.expect(held.open === 0, "and nothing is asked any more", JSON.stringify(held));
  await shoot(page, "dashboard/live", "session-ended");
  await link.click();
  await page.locator("#password").waitFor();
  checks.expect(new URL(page.url()).pathname === "/login", "the way on leads to the page to log in", page.url());
  await context.close();
  await ended(program);
}

// Under the path of Home Assistant's ingress, through a proxy that strips it.
{
  const config = home("framed", "[dashboard]\ningress = true\ningress_from = [\"127.0.0.1\"]\n");
  const { program, base } = await serve(config);
  const path = "/api/hassio_ingress/Ab_9-x";
  const proxy = createServer((asked, answer) => {
    const headers = { ...asked.headers, "x-hass-source": "core.ingress", "x-ingress-path": path, "x-remote-user-id": "0123", "x-forwarded-for": "192.0.2.7", "x-forwarded-host": asked.headers.host, "x-forwarded-proto": "http" };
    const on = request(base + asked.url.slice(path.length), { method: asked.method, headers }, (said) => {
      answer.writeHead(said.statusCode, said.headers);
      said.pipe(answer);
    });
    on.on("error", () => answer.destroy());
    answer.on("close", () => on.destroy());
    asked.pipe(on);
  });
  await new Promise((done) => proxy.listen(0, "127.0.0.1", done));
  const outside = `http://127.0.0.1:${proxy.address().port}${path}`;
  const context = await browser.newContext({ locale: "fr-FR" });
  const { page, faults } = await watched(context, outside);
  const held = streams(page);
  const answer = await page.goto(`${outside}/?point=${point}`);
  checks.expect(answer.status() === 200, "the page is there under the path of a proxy", String(answer.status()));
  await page.evaluate(() => { globalThis.mark = "the same page"; });
  await until(() => held.open === 1);
  await sync(config);
  const day = JSON.parse((await run(process.env.RELEVE, ["show", "day", "2026-11-20", "--json", "--config", config], { maxBuffer: 1 << 26 })).stdout);
  const figure = kwh(day.usage_points.find((one) => one.usage_point === point && one.direction === "consumption").watt_hours);
  checks.expect(await comes(page, figure), "and shows the new figure there too");
  checks.expect((await page.evaluate(() => globalThis.mark)) === "the same page", "without being loaded anew there");
  const wrong = await faults();
  checks.expect(wrong.length === 0, "nothing goes wrong under a path", wrong.join(" | "));
  await context.close();
  proxy.close();
  await ended(program);
}

await browser.close();
checks.end();
