// Every page of the dashboard, on a phone and at a desk, by day and by night,
// in both languages: axe-core finds nothing, nothing is asked of anybody else,
// the policy refuses nothing, nothing scrolls sideways; then by keyboard,
// without script, at 400 %, and on paper.
//   node dashboard-pages.mjs ADDRESS
import { Checks, launch, shoot, views, violations } from "./browser.mjs";
import { pages, watched } from "./dashboard.mjs";

const base = process.argv[2];
const checks = new Checks();
const browser = await launch();

for (const view of views) {
  for (const lang of ["fr", "en"]) {
    const locale = lang === "fr" ? "fr-FR" : "en-GB";
    const context = await browser.newContext({ ...view.options, locale });
    const { page, faults } = await watched(context, base);
    for (const [name, path] of pages) {
      const what = `${name} ${lang} ${view.name}`;
      const answer = await page.goto(base + path);
      checks.expect(answer.status() === 200, `it is there: ${what}`, String(answer.status()));
      const found = await violations(page);
      checks.expect(found.length === 0, `axe: ${what}`, found.join("; "));
      const look = await page.evaluate(() => ({
        lang: document.documentElement.lang,
        headings: document.querySelectorAll("h1").length,
        sideways: document.documentElement.scrollWidth > document.documentElement.clientWidth,
        title: document.title,
        styled: getComputedStyle(document.body).fontFamily,
      }));
      checks.expect(look.lang === lang, `in the browser's language: ${what}`, look.lang);
      checks.expect(look.headings === 1, `one heading: ${what}`, String(look.headings));
      checks.expect(!look.sideways, `no sideways scrolling: ${what}`);
      checks.expect(look.title.length > 8, `a title: ${what}`, look.title);
      const wrong = await faults();
      checks.expect(wrong.length === 0, `nothing goes wrong: ${what}`, wrong.join(" | "));
      await shoot(page, `dashboard/${view.name}-${lang}`, name);
    }
    await context.close();
  }
}

// Charts: each has a table behind it, and buttons that give a file.
{
  const context = await browser.newContext({ locale: "fr-FR", acceptDownloads: true });
  const { page } = await watched(context, base);
  let charts = 0;
  for (const [name, path] of pages) {
    await page.goto(base + path);
    const lacking = await page.evaluate(() => {
      const figures = [...document.querySelectorAll("figure")].filter((f) => f.querySelector("svg, canvas"));
      return { figures: figures.length, bare: figures.filter((f) => !f.querySelector("table")).length };
    });
    charts += lacking.figures;
    checks.expect(lacking.bare === 0, `every chart has its table: ${name}`, JSON.stringify(lacking));
  }
  checks.expect(charts >= 5, "there are charts", String(charts));
  await context.close();
}

// By keyboard: the first stop leads to the content, and every link of the
// navigation is reached, with a ring around it.
{
  const context = await browser.newContext({ locale: "fr-FR" });
  const { page } = await watched(context, base);
  for (const [name, path] of pages) {
    await page.goto(base + path);
    const stops = [];
    for (let i = 0; i < 80; i += 1) {
      await page.keyboard.press("Tab");
      const stop = await page.evaluate(() => {
        const e = document.activeElement;
        if (!e || e === document.body) return null;
        const style = getComputedStyle(e);
        return {
          what: e.className || e.getAttribute("href") || e.tagName,
          href: e.getAttribute("href") ?? "",
          ring: style.outlineStyle !== "none" || style.boxShadow !== "none",
        };
      });
      if (stop === null) break;
      stops.push(stop);
    }
    checks.expect(stops[0]?.href === "#main", `the first stop leads to the content: ${name}`, JSON.stringify(stops[0]));
    const reached = new Set(stops.map((stop) => stop.href));
    for (const wanted of ["/history", "/costs", "/data"]) {
      checks.expect(reached.has(wanted), `${wanted} is reached by keyboard: ${name}`);
    }
    const dark = stops.filter((stop) => !stop.ring).map((stop) => stop.what);
    checks.expect(dark.length === 0, `what has the focus is seen: ${name}`, dark.join(" "));
  }
  await context.close();
}

// Without script every page says the same figures.
{
  const context = await browser.newContext({ locale: "fr-FR", javaScriptEnabled: false });
  const page = await context.newPage();
  for (const [name, path] of pages) {
    const answer = await page.goto(base + path);
    const text = await page.locator("main").innerText();
    checks.expect(answer.status() === 200 && text.length > 80, `it reads without script: ${name}`, text.slice(0, 80));
  }
  await context.close();
}

// Narrow as a zoom of 400 % (WCAG 1.4.10).
{
  const context = await browser.newContext({ viewport: { width: 320, height: 640 }, locale: "fr-FR" });
  const { page } = await watched(context, base);
  for (const [name, path] of pages) {
    await page.goto(base + path);
    const wide = await page.evaluate(() => {
      if (document.documentElement.scrollWidth <= document.documentElement.clientWidth) return [];
      // What scrolls by itself is allowed to be wide; text can be wider than
      // every element, so the innermost box that it leaves is named.
      const scrolls = (e) => e && (getComputedStyle(e).overflowX !== "visible" || scrolls(e.parentElement));
      const boxes = [...document.querySelectorAll("body *")].filter((e) => e.scrollWidth > e.clientWidth && !scrolls(e));
      return ["too wide", ...boxes.slice(-3).map((e) => `${e.tagName}.${e.className}`)];
    });
    checks.expect(wide.length === 0, `fits 320 pixels: ${name}`, wide.join(" "));
  }
  await context.close();
}

// A month on one sheet of paper.
{
  const context = await browser.newContext({ locale: "fr-FR" });
  const { page } = await watched(context, base);
  await page.goto(`${base}/history?by=month&period=2026-10`);
  const paper = (await page.pdf({ format: "A4" })).toString("latin1");
  const sheets = (paper.match(/\/Type\s*\/Page[^s]/g) ?? []).length;
  checks.expect(sheets === 1, "a month is printed on one page", String(sheets));
  await context.close();
}

// The whole first load, as it goes over the wire.
{
  const context = await browser.newContext({ locale: "fr-FR" });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  let bytes = 0;
  session.on("Network.loadingFinished", (event) => (bytes += event.encodedDataLength));
  await page.goto(`${base}/`, { waitUntil: "load" });
  checks.expect(bytes > 0 && bytes <= 150_000, "the first load is at most 150 kB", String(bytes));
  console.log(`first load: ${bytes} bytes`);
  await context.close();
}

// Nothing answers but the dashboard: the browser is offline but for it.
{
  const context = await browser.newContext({ locale: "en-GB" });
  const asked = [];
  context.on("request", (request) => asked.push(request.url()));
  const { page, faults } = await watched(context, base);
  for (const [, path] of pages) await page.goto(base + path, { waitUntil: "load" });
  const strangers = asked.filter((url) => !url.startsWith(`${base}/`));
  checks.expect(strangers.length === 0 && asked.length > pages.length, "no request leaves the origin", strangers.join(" "));
  const wrong = await faults();
  checks.expect(wrong.length === 0, "unplugged, everything works", wrong.join(" | "));
  await context.close();
}

await browser.close();
checks.end();
