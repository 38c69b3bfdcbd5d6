// A Chromium that speaks to nobody but the server under test, axe-core in it,
// and pictures of what it shows.
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
export const root = join(here, "..", "..");
export const screenshots = join(root, "target", "screenshots");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// A phone and a desk, by day and by night.
export const views = ["phone", "desktop"].flatMap((device) =>
  ["light", "dark"].map((colorScheme) => ({
    name: `${device}-${colorScheme}`,
    options: {
      colorScheme,
      viewport: device === "phone" ? { width: 390, height: 844 } : { width: 1280, height: 860 },
      deviceScaleFactor: device === "phone" ? 2 : 1,
      hasTouch: device === "phone",
      isMobile: device === "phone",
    },
  })),
);

// Notes what somebody was told, for the hunt for secrets (tests/secrets).
export function tell(...secrets) {
  const list = process.env.RELEVE_SECRETS;
  if (list) appendFileSync(list, secrets.map((secret) => `text ${secret}\n`).join(""));
}

export async function launch() {
  const profile = mkdtempSync(join(tmpdir(), "releve-chromium-"));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync",
      "--disk-cache-dir=" + profile,
    ],
  });
  browser.on("disconnected", () => rmSync(profile, { recursive: true, force: true }));
  return browser;
}

// What axe-core finds wrong with the page as it stands: WCAG 2.2 A and AA and
// its best practices. Each finding in one line.
export async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() =>
    globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }),
  );
  return found.violations.map(
    (v) => `${v.id}: ${v.help} (${v.nodes.map((n) => n.target.join(" ")).join(", ")})`,
  );
}

export async function shoot(page, folder, name) {
  const under = join(screenshots, folder);
  mkdirSync(under, { recursive: true });
  // What is fixed at the foot would stand in the middle of the whole page.
  const foot = (position) => page.evaluate((position) => {
    for (const one of document.querySelectorAll("nav.nav")) one.style.position = position;
  }, position);
  await foot("static");
  await page.screenshot({ path: join(under, `${name}.png`), fullPage: true });
  await foot("");
}

// Counts checks and says which failed; the last line is "N passed, N failed".
export class Checks {
  passed = 0;
  failed = 0;

  expect(holds, name, detail = "") {
    if (holds) {
      this.passed += 1;
    } else {
      this.failed += 1;
      console.log(`FAILED ${name}${detail ? `: ${detail}` : ""}`);
    }
  }

  end() {
    console.log(`${this.passed} passed, ${this.failed} failed`);
    process.exitCode = this.failed === 0 ? 0 : 1;
  }
}
