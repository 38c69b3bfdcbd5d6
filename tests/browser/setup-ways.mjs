// The first set-up in a browser where a person must act elsewhere.
//
// A gateway: link, code and QR code; a refusal at Enedis, a code that lapses, a
// program that is killed and started again while the code waits and once more
// after it was answered; a page without script beside, which follows as well;
// off-peak hours, offer and a Domoticz, each wrong first; data on the screen.
// A customer account, by keyboard alone: a wrong password, an expired cookie, a
// captcha, then the right ones. An application, without script.
// Each step on a phone and at a desk, by day and by night, in both languages.
//   node setup-ways.mjs GATEWAY BINARIES FOLDER DATABASE
import { spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { Checks, launch, shoot, violations } from "./browser.mjs";
import { watched } from "./dashboard.mjs";
import { Person, fromNoon, lapse } from "./homes.mjs";

const [gateway, binaries, folder, database] = process.argv.slice(2);
const checks = new Checks();
const phone = { width: 390, height: 844 };
const desk = { width: 1280, height: 860 };
const begun = [];

// A program that prints its address and goes on.
function begin(program, words, env = {}) {
  const child = spawn(join(binaries, program), words, { env: { ...process.env, ...env }, stdio: ["pipe", "pipe", "pipe"] });
  begun.push(child);
  return new Promise((done, give_up) => {
    let said = "";
    const late = setTimeout(() => give_up(new Error(`${program} says no address: ${said}`)), 60_000);
    const hear = (bytes) => {
      said += bytes;
      const found = /https?:\/\/[^\s/]+/.exec(said);
      if (!found) return;
      clearTimeout(late);
      done({ address: found[0], child });
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", (bytes) => (said += bytes));
  });
}

const freePort = () => new Promise((done) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

// A house in which nothing is configured, and its `releve serve`.
class House {
  constructor(name, base, port, env) {
    Object.assign(this, { name, base, port, env });
  }

  static async of(name) {
    const place = join(folder, name);
    rmSync(place, { recursive: true, force: true });
    mkdirSync(place, { recursive: true, mode: 0o700 });
    const port = await freePort();
    const env = { HOME: place, XDG_CONFIG_HOME: join(place, "config"), XDG_DATA_HOME: join(place, "share"), LANG: "C.UTF-8" };
    const house = new House(name, `http://127.0.0.1:${port}`, port, env);
    await house.start();
    return house;
  }

  async start() {
    const env = { ...this.env, RELEVE_FROZEN_CLOCK: fromNoon() };
    this.child = (await begin("releve", ["serve", "--listen", `127.0.0.1:${this.port}`], env)).child;
  }

  // As a power cut does.
  async startAgain() {
    const gone = new Promise((done) => this.child.on("close", done));
    this.child.kill("SIGKILL");
    await gone;
    await this.start();
  }
}

const browser = await launch();

// A visitor of a house, and what goes wrong with the pages. Refusals are statuses
// that the set-up means.
class Visitor {
  static async of(house, options) {
    const visitor = new Visitor();
    const context = await browser.newContext(options);
    Object.assign(visitor, { house, context }, await watched(context, house.base));
    visitor.page.setDefaultTimeout(60_000);
    return visitor;
  }

  to(path) {
    return this.page.goto(this.house.base + path);
  }

  // One button, and the page that follows.
  async press(selector) {
    const answered = this.page.waitForEvent("load");
    await this.page.locator(selector).click();
    await answered;
  }

  text(selector) {
    return this.page.locator(selector).innerText();
  }

  async wrong() {
    const faults = await this.faults();
    return faults.filter((fault) => !/^(400|409|422|502) |status of (400|409|422|502)/.test(fault));
  }

  // The page as it stands, on both devices, by day and by night.
  async looks(name, { scripts = true } = {}) {
    const { page } = this;
    const before = page.viewportSize();
    const found = [];
    for (const [device, size] of Object.entries({ phone, desk })) {
      await page.setViewportSize(size);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.waitForLoadState("load");
        if (scripts) {
          const about = await violations(page);
          found.push(...about.map((it) => `${device} ${colorScheme}: ${it}`));
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          if (wide > 0) found.push(`${device}: ${wide} pixels too wide`);
        }
        await shoot(page, "dashboard/ways", `${name}-${device}-${colorScheme}`);
      }
    }
    await page.setViewportSize(before);
    await page.emulateMedia({ colorScheme: "light" });
    found.push(...(await this.wrong()));
    checks.expect(found.length === 0, `in order: ${name}`, found.join(" | "));
  }
}

// The page of the first fetch, held for as long as it is looked at: it would lead
// on by itself.
async function looksAtProgress(visitor, name) {
  const { page } = visitor;
  const follows = page.locator("#progress");
  if ((await follows.count()) === 1) {
    const state = await follows.getAttribute("data-state");
    await page.route("**/setup/follow", (route) => route.fulfill({ json: { state, percent: null, now: null } }));
  }
  await visitor.looks(name);
  await page.unrouteAll({ behavior: "wait" });
}

// A step in both languages, by readers beside.
async function step(readers, path, name) {
  for (const [lang, reader] of Object.entries(readers)) {
    await reader.to(path);
    const here = new URL(reader.page.url()).pathname;
    checks.expect(here === path, `${name} stays where it is`, here);
    await reader.looks(`${name}-${lang}`);
  }
}

async function readersOf(house) {
  const fr = await Visitor.of(house, { locale: "fr-FR", viewport: phone });
  const en = await Visitor.of(house, { locale: "en-GB", viewport: phone });
  return { fr, en };
}

const said = (holds, name, detail) => checks.expect(holds, name, detail);

async function endsWithData(visitor, name) {
  const { page } = visitor;
  for (let i = 0; i < 90; i += 1) {
    await visitor.to("/");
    if (/kWh/.test(await page.locator("main").innerText())) break;
    await page.waitForTimeout(1000);
  }
  const main = await page.locator("main").innerText();
  said(/kWh/.test(main), `${name} ends with data on the screen`, main.slice(0, 200));
}

// Until the page of the first fetch has something to show, or has led on by itself.
async function fetched(page) {
  for (let i = 0; i < 240; i += 1) {
    const goes = "#progress:is([data-state=begins], [data-state=goes])";
    if ((await page.locator(goes).count().catch(() => 1)) === 0) return;
    await page.waitForTimeout(500);
  }
}

async function byGateway() {
  const prm = "64975835695673";
  const house = await House.of("gateway");
  const readers = await readersOf(house);
  const at = await Visitor.of(house, { locale: "fr-FR", viewport: phone, isMobile: true, hasTouch: true, deviceScaleFactor: 2 });
  const person = await Person.of(browser);
  const { page } = at;
  await at.to("/");
  said(new URL(page.url()).pathname === "/setup", "a house without anything begins with its set-up", page.url());
  await step(readers, "/setup", "01-welcome");
  await at.press("#setup-start");
  await step(readers, "/setup/source", "02-source");
  await step(readers, "/setup/source/gateway", "03-gateway");
  await at.press("#setup-way-gateway");
  await page.locator("#url").fill("http://127.0.0.1:9/");
  await at.press("#setup-next");
  said((await page.locator("#url").inputValue()) === "http://127.0.0.1:9/", "a wrong address stays where it was typed");
  said((await at.text("#setup-refused")).length > 40, "and it is said what is wrong with it");
  await at.looks("04-gateway-nobody");
  await page.locator("#url").fill(gateway);
  await at.press("#setup-next");
  const invitation = async () => ({
    link: await page.locator("#consent-link").getAttribute("href"),
    code: await at.text("#consent-code"),
  });
  let invited = await invitation();
  said(invited.link.startsWith(`${gateway}/device`), "the link leads to the gateway", invited.link);
  const qr = await page.locator("svg.qr").boundingBox();
  said(qr?.width >= 180, "the QR code is large enough to be read", JSON.stringify(qr));
  await step(readers, "/setup/consent", "05-consent");

  // Refused at Enedis.
  said((await person.opens(invited.link)) === invited.code, "both pages show the same code", invited.code);
  const refusal = await person.refuses();
  said(refusal === "Vous n’avez pas donné votre accord", "the refusal is understood at the gateway", refusal);
  await page.locator("#consent-over[data-state=refused]").waitFor();
  await step(readers, "/setup/consent", "06-refused");

  // Again; the code lapses.
  await at.press("#consent-again");
  const second = await invitation();
  said(second.code !== invited.code, "another code is another one", second.code);
  const moved = lapse(database);
  said(moved.status === 0, "the code lapses", moved.stderr);
  await page.locator("#consent-over[data-state=lapsed]").waitFor();
  await step(readers, "/setup/consent", "07-lapsed");

  // Again; the program is killed while the code waits. The page that is open, and
  // one without script, go on by themselves.
  await at.press("#consent-again");
  invited = await invitation();
  const plain = await browser.newContext({ locale: "fr-FR", viewport: phone, javaScriptEnabled: false });
  const silent = await plain.newPage();
  await silent.goto(`${house.base}/setup/consent`);
  said((await silent.locator("#consent-code").innerText()) === invited.code, "without script the page shows the code as well");
  await house.startAgain();
  for (const reader of Object.values(readers)) await reader.faults();
  await readers.fr.to("/setup/offer");
  said(readers.fr.page.url().includes("/setup/consent"), "after a new start one is where the code waits", readers.fr.page.url());
  said((await readers.fr.text("#consent-code")) === invited.code, "and it is the same code");
  await readers.fr.looks("08-kept-waiting-fr");
  await readers.en.to("/setup");
  await readers.en.looks("08-kept-waiting-en");
  said((await person.opens(invited.link)) === invited.code, "the link is still good");
  const end = await person.agrees("7", prm);
  said(end === "Votre accord est enregistré", "the consent is recorded", end);
  await page.waitForURL(/setup\/points/);
  await silent.waitForURL(/setup\/points/);
  said(true, "the page moves on by itself, without script as well");
  await plain.close();
  await at.faults();

  // It is killed again: the consent is on disk.
  await house.startAgain();
  for (const reader of Object.values(readers)) await reader.faults();
  await readers.fr.to("/setup/finish");
  await readers.en.to("/setup/consent");
  for (const [lang, reader] of Object.entries(readers)) {
    const where = new URL(reader.page.url()).pathname;
    said(where !== "/setup/consent", `nobody is asked for the consent twice (${lang})`, where);
  }
  await step(readers, "/setup/points", "09-points");
  await at.to("/setup/points");
  said(await page.locator(`#keep-${prm}`).isChecked(), "the meter is found");
  await page.locator(`#name-${prm}`).fill("Chez nous");
  await at.press("#setup-next");
  await step(readers, "/setup/off-peak", "10-off-peak");
  await page.locator(`#rule-${prm}`).fill("HC (22H38-30H12)");
  await at.press("#setup-next");
  said((await page.locator(`#rule-${prm}`).inputValue()) === "HC (22H38-30H12)", "a wrong expression stays where it was typed");
  await page.locator(`#rule-${prm}-wrong`).waitFor();
  await at.looks("11-off-peak-wrong");
  await page.locator(`#rule-${prm}`).fill("HC (22H38-6H38)");
  await at.press("#setup-try");
  await page.locator(`#rule-${prm}-means`).waitFor();
  await at.looks("12-off-peak-means");
  await at.press("#setup-next");
  await step(readers, "/setup/offer", "13-offer");
  await page.locator(`#offer-${prm}`).selectOption("trv-hphc");
  await page.locator(`#power-${prm}`).fill("9 kVA");
  await at.press("#setup-next");
  said((await page.locator(`#offer-${prm}`).inputValue()) === "trv-hphc", "an offer stays chosen beside a wrong power");
  await at.looks("14-offer-wrong");
  await page.locator(`#power-${prm}`).fill("9");
  await at.press("#setup-next");
  await step(readers, "/setup/outputs", "15-outputs");
  const domoticz = await begin("standin-domoticz", []);
  const attempt = async (url, user = "") => {
    if (!(await page.locator("#domoticz-url").isVisible())) await page.locator("#domoticz-open").click();
    await page.locator("#domoticz-url").fill(url);
    await page.locator("#domoticz-user").fill(user);
    await at.press("#domoticz-try");
  };
  await attempt("http://127.0.0.1:9");
  said((await at.text("#setup-refused-what")).length > 20, "a Domoticz that is not there is told at once");
  await at.looks("16-output-silent");
  await attempt(domoticz.address, "moi");
  said((await page.locator("#domoticz-user").inputValue()) === "moi", "a user without a password is told, and stays");
  await attempt(domoticz.address);
  said((await at.text("#output-domoticz .well")).includes(domoticz.address), "one that answers is kept");
  await step(readers, "/setup/outputs", "17-output-well");
  await at.press("#setup-next");
  await step(readers, "/setup/finish", "18-finish");
  await at.press("#setup-write");
  await looksAtProgress(at, "19-progress");
  await fetched(page);
  await looksAtProgress(at, "20-fetched");
  await endsWithData(at, "the gateway's way");
  await at.looks("21-home");
  await at.to("/consents");
  const consents = await page.locator("main").innerText();
  said(consents.includes(prm) || consents.includes("Chez nous"), "the consent is the home's", consents.slice(0, 300));
  said(!/expiré|refusée?\b/.test(consents), "what came to nothing is forgotten", consents.slice(0, 300));
  await at.looks("22-consents");
}

// By keyboard: to an element, past what lies between.
async function tabTo(page, selector) {
  for (let i = 0; i < 80; i += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((it) => document.activeElement?.matches(it), selector)) {
      const shown = await page.evaluate(() => {
        const style = getComputedStyle(document.activeElement);
        return style.outlineStyle !== "none" || style.boxShadow !== "none";
      });
      if (!shown) said(false, "what has the focus shows it", selector);
      return;
    }
  }
  said(false, "the keyboard reaches", selector);
}

async function byAccount(simulator) {
  const login = "camille@example.org";
  const password = "le mot de passe de Camille";
  const cookie = "AQIC5wM2LY4SfczRqe1vJ0kLk9nP3tUe7oXwZbYhDfGmCiAsQrNvEuTpKjHlWxOyZgBcDdFeVaSrIqMuPtLnXkJhYgWfCzEbRdTvOsAqNpMiUlKxHjGyFwDzVcBtEaSrQoNmPiLkUjXhYgTfWdCzRvEbOsAqNpMiUlKxHjGyFwDzVcBtEaSrQoNm";
  const house = await House.of("account");
  const readers = await readersOf(house);
  const at = await Visitor.of(house, { locale: "en-GB", viewport: desk });
  const { page } = at;
  const mood = async (mood) => {
    const answer = await fetch(`${simulator}/_control/portal`, { method: "PUT", body: JSON.stringify({ mood }) });
    return answer.json();
  };
  await at.to("/setup");
  const enter = async (selector) => {
    await tabTo(page, selector);
    const answered = page.waitForEvent("load");
    await page.keyboard.press("Enter");
    await answered;
  };
  await enter("#setup-start");
  await enter("#setup-way-account");
  await step(readers, "/setup/source/account", "30-account");
  const type = async (selector, text) => {
    await tabTo(page, selector);
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type(text);
  };
  const signIn = async (secret, witness) => {
    await type("#login", login);
    await type("#password", secret);
    await type("#cookie", witness);
    if (!(await page.locator("#url").isVisible())) {
      await tabTo(page, "details:has(#url) summary");
      await page.keyboard.press("Enter");
    }
    await type("#url", `${simulator}/portal`);
    await enter("#setup-next");
  };
  const refused = async (name, advice) => {
    const what = await at.text("#setup-refused");
    said(advice.test(what), `${name} is told, with what to do`, what);
    said((await page.locator("#login").inputValue()) === login, `after ${name} the address stays`);
    const text = await page.content();
    said(!text.includes(cookie) && !text.includes("azerty"), `after ${name} no secret is in the page`);
  };
  await signIn("azerty", cookie);
  await refused("a wrong password", /type them again here/);
  await at.looks("31-wrong-password");
  const shown = (await mood("usual")).passwords;
  await signIn("azerty", cookie);
  await refused("the same wrong password", /type them again here/);
  said((await mood("usual")).passwords === shown && shown === 1, "what was refused is not shown to Enedis again", String(shown));
  await signIn(password, "AQIC5wM2LY4S-expired");
  await refused("an expired cookie", /internalAuthId/);
  await at.looks("32-expired-cookie");
  await mood("captcha");
  await signIn(password, cookie);
  await refused("a captcha", /answer what it asks/);
  await at.looks("33-captcha");
  await mood("usual");
  await signIn(password, cookie);
  said(new URL(page.url()).pathname === "/setup/points", "the right ones lead on", page.url());
  await step(readers, "/setup/points", "34-points");
  await enter("#setup-next");
  await enter("#setup-next");
  await enter("#setup-next");
  await enter("#setup-next");
  said(new URL(page.url()).pathname === "/setup/finish", "every step may be passed over", page.url());
  await step(readers, "/setup/finish", "35-finish");
  await enter("#setup-write");
  await looksAtProgress(at, "36-progress");
  await endsWithData(at, "the account's way");
  await at.looks("37-home");
}

async function withoutScript(simulator) {
  const prm = "22222222222222";
  const house = await House.of("plain");
  const at = await Visitor.of(house, { locale: "fr-FR", viewport: phone, javaScriptEnabled: false });
  at.faults = async () => [];
  const { page } = at;
  await at.to("/setup");
  await at.press("#setup-lang-en");
  await at.press("#setup-lang-fr");
  await at.press("#setup-start");
  await at.press("#setup-way-application");
  await page.locator("#client_id").fill("releve-simulated");
  await page.locator("#secret").fill("not-a-secret");
  await page.locator("#prm").fill(prm);
  await page.locator("details:has(#url) summary").click();
  await page.locator("#url").fill(simulator);
  await at.press("#setup-next");
  for (let i = 0; i < 4; i += 1) await at.press("#setup-next");
  said(new URL(page.url()).pathname === "/setup/finish", "without script every step is answered", page.url());
  await at.press("#setup-write");
  await at.looks("40-plain-progress", { scripts: false });
  await page.waitForURL((url) => url.pathname === "/", { timeout: 120_000 });
  const main = await page.locator("main").innerText();
  said(/kWh/.test(main), "without script it ends by itself with data on the screen", main.slice(0, 200));
  await at.looks("41-plain-home", { scripts: false });
}

try {
  const simulator = (await begin("simulator", ["--listen", "127.0.0.1:0", "--mode", "2026", "--no-quota", "--now", fromNoon().slice(0, -1)])).address;
  const ways = { gateway: () => byGateway(), account: () => byAccount(simulator), plain: () => withoutScript(simulator) };
  const wanted = process.env.WAYS?.split(",") ?? Object.keys(ways);
  await Promise.all(wanted.map(async (name) => {
    try {
      await ways[name]();
    } catch (error) {
      said(false, `${name} goes to its end`, error.stack);
    }
  }));
} finally {
  await browser.close();
  for (const child of begun) child.kill();
}
checks.end();
