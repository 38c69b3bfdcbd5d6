// Every page of the consent gateway, in both languages, on a phone and at a
// desk, by day and by night: axe-core finds nothing, nothing is fetched from
// elsewhere, nothing scrolls sideways, and each step can be done by keyboard.
//   node gateway-pages.mjs FOLDER   (written by the example `gallery`)
import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { Checks, launch, shoot, views, violations } from "./browser.mjs";

const folder = process.argv[2];
const headers = readFileSync(join(folder, "headers"), "utf8")
  .trim()
  .split("\n")
  .map((line) => line.split(/: (.*)/).slice(0, 2));
const kinds = { html: "text/html; charset=utf-8", css: "text/css", svg: "image/svg+xml" };
const server = createServer((request, response) => {
  const path = new URL(request.url, "http://x").pathname;
  for (const [name, value] of headers) response.setHeader(name, value);
  try {
    const body = readFileSync(join(folder, path));
    response.setHeader("content-type", kinds[path.split(".").pop()] ?? "text/plain");
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const base = `http://127.0.0.1:${server.address().port}`;

const checks = new Checks();
const browser = await launch();
for (const view of views) {
  const context = await browser.newContext({ ...view.options, javaScriptEnabled: true });
  const page = await context.newPage();
  const strangers = [];
  const refused = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(base)) strangers.push(request.url());
  });
  page.on("console", (message) => {
    if (message.type() === "error") refused.push(message.text());
  });
  for (const lang of ["fr", "en"]) {
    for (const file of readdirSync(join(folder, lang)).sort()) {
      const name = file.replace(".html", "");
      const what = `${name} ${lang} ${view.name}`;
      await page.goto(`${base}/${lang}/${file}`);
      const found = await violations(page);
      checks.expect(found.length === 0, `axe: ${what}`, found.join("; "));
      const sideways = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      );
      checks.expect(!sideways, `no sideways scrolling: ${what}`);
      const styled = await page.evaluate(() => getComputedStyle(document.querySelector(".card")).borderRadius);
      checks.expect(styled === "20px", `the stylesheet applies under the policy: ${what}`, styled);
      await shoot(page, `gateway/${view.name}`, `${name}-${lang}`);
    }
  }
  checks.expect(strangers.length === 0, `nothing from elsewhere: ${view.name}`, strangers.join(" "));
  checks.expect(refused.length === 0, `nothing refused by the policy: ${view.name}`, refused.join(" "));
  await context.close();
}

// Narrow as a zoom of 400 % (WCAG 1.4.10) and text spaced out (1.4.12).
const narrow = await browser.newContext({ viewport: { width: 320, height: 640 } });
const page = await narrow.newPage();
for (const file of readdirSync(join(folder, "fr")).sort()) {
  await page.goto(`${base}/fr/${file}`);
  await page.evaluate(() => {
    const text = "line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important";
    for (const element of document.querySelectorAll("body *")) element.style.cssText += text;
  });
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  );
  checks.expect(!sideways, `fits 320 pixels with wide text: ${file}`);
}

// The whole choice by keyboard, without script.
await page.goto(`${base}/fr/consent.html`);
const order = [];
for (let i = 0; i < 16; i += 1) {
  await page.keyboard.press("Tab");
  order.push(
    await page.evaluate(() => {
      const e = document.activeElement;
      return e.name ? `${e.name}=${e.value}` : e.className || e.tagName.toLowerCase();
    }),
  );
}
const wanted = [
  "seen=1", "scope=daily", "scope=curve", "scope=max_power", "scope=production",
  "decision=accept", "decision=refuse",
];
const reached = order.filter((name) => wanted.includes(name));
checks.expect(order[0] === "skip", "the first stop leads to the content", order.join(" "));
checks.expect(reached.join() === wanted.join(), "every choice is reached in order", order.join(" "));
await narrow.close();
await browser.close();
server.close();
checks.end();
