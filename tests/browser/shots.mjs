import { launch, shoot, views } from "./browser.mjs";
import { pages } from "./dashboard.mjs";
const [base, only, vs] = process.argv.slice(2);
const browser = await launch();
for (const v of vs.split(",")) { const [view, lang] = v.split("/");
const context = await browser.newContext({ ...views.find((x) => x.name === view).options, locale: lang === "fr" ? "fr-FR" : "en-GB" });
const page = await context.newPage();
for (const [name, path] of pages.filter(([n]) => only === "all" || only.split(",").includes(n))) { await page.goto(base + path); await page.waitForTimeout(300); await shoot(page, "look", `${name}-${view}-${lang}`); }
await context.close(); }
await browser.close();
