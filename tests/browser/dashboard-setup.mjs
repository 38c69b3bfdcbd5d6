// The whole first run in a browser, against the simulator, on a phone: an
// application of one's own with a wrong secret first, then the right one; an
// expression of off-peak hours with a slip; an offer; an output that does not
// answer, left out; to the last page, with data on it. Then a file that is
// dropped, in another home. Every step is looked at with axe-core, in both
// languages, by day and by night.
//   node dashboard-setup.mjs ADDRESS ADDRESS_OF_ANOTHER SIMULATOR FILE
import { Checks, launch, shoot, violations } from "./browser.mjs";
import { watched } from "./dashboard.mjs";

const [, , base, other, simulator, file] = process.argv;
const prm = "22222222222222";
const checks = new Checks();
const browser = await launch();
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

async function look(page, faults, name) {
  await page.waitForLoadState("load");
  const found = await violations(page);
  checks.expect(found.length === 0, `axe: ${name}`, found.join("; "));
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  );
  checks.expect(!sideways, `no sideways scrolling: ${name}`);
  const wrong = (await faults()).filter((fault) => !/^(400|409|422|502) /.test(fault) && !/status of (400|409|422|502)/.test(fault));
  checks.expect(wrong.length === 0, `nothing goes wrong: ${name}`, wrong.join(" | "));
  await shoot(page, "dashboard/setup", name);
}

// Waits until what the page follows has ended, as somebody before it would.
async function settled(page) {
  for (let i = 0; i < 60; i += 1) {
    const follows = page.locator("#progress[data-state=begins], #progress[data-state=goes], #progress[data-state=fills]");
    if ((await follows.count().catch(() => 1)) === 0) return;
    await page.waitForTimeout(1000);
  }
}

// To an address, also while a page that is done leads to another by itself.
async function to(page, address) {
  for (let i = 0; i < 5; i += 1) {
    try {
      return await page.goto(address);
    } catch (error) {
      if (!/interrupted by another navigation|ERR_ABORTED/.test(error.message)) throw error;
      await page.waitForLoadState("load");
    }
  }
  return page.goto(address);
}

const go = (page) => Promise.all([page.waitForLoadState("load"), page.locator("#setup-next").click()]);

{
  const context = await browser.newContext({ ...phone, colorScheme: "light", locale: "fr-FR" });
  const { page, faults } = await watched(context, base);
  await page.goto(`${base}/`);
  checks.expect(new URL(page.url()).pathname.startsWith("/setup"), "a home without anything begins with its set-up", page.url());
  await look(page, faults, "1-welcome");
  await page.locator("#setup-start").click();
  await look(page, faults, "2-source");
  for (const way of ["gateway", "account", "token", "files"]) {
    await page.goto(`${base}/setup/source/${way}`);
    await look(page, faults, `2-source-${way}`);
  }
  await page.goto(`${base}/setup/source/application`);
  const fill = async (secret) => {
    await page.locator("#client_id").fill("releve-simulated");
    await page.locator("#secret").fill(secret);
    await page.locator("#prm").fill("22222 222 222 222");
    const address = page.locator("#url");
    if (!(await address.isVisible())) await page.locator("details:has(#url) summary").click();
    await address.fill(simulator);
    await go(page);
  };
  await fill("a wrong secret");
  await page.locator("#setup-refused").waitFor();
  const refused = await page.locator("#setup-refused").innerText();
  checks.expect(refused.length > 40, "a wrong secret is told, with what to do", refused);
  checks.expect(!(await page.content()).includes("a wrong secret"), "a secret is never in a page");
  await look(page, faults, "3-refused");
  await fill("not-a-secret");
  await page.waitForURL(/setup\/points/);
  await look(page, faults, "4-points");
  await page.locator(`#name-${prm}`).fill("Chez nous");
  await go(page);
  await look(page, faults, "5-off-peak");
  const rule = page.locator(`#rule-${prm}`);
  await rule.fill("HC (25H00-6H38)");
  await page.locator("#setup-try").click();
  await page.locator(`#rule-${prm}-wrong`).waitFor();
  await look(page, faults, "6-off-peak-wrong");
  await rule.fill("HC (22H38-6H38)");
  await page.locator("#setup-try").click();
  await page.locator(`#rule-${prm}-means`).waitFor();
  const means = await page.locator(`#rule-${prm}-means`).innerText();
  checks.expect(means.includes("22:38") || means.includes("22 h 38") || means.includes("22h38"), "an expression is drawn as a week", means.slice(0, 200));
  await look(page, faults, "7-off-peak-means");
  await go(page);
  await look(page, faults, "8-offer");
  await page.locator(`#offer-${prm}`).selectOption("trv-hphc");
  await page.locator(`#power-${prm}`).fill("9");
  await go(page);
  await look(page, faults, "9-outputs");
  await page.locator("#domoticz-open").click();
  await page.locator("#domoticz-url").fill("http://127.0.0.1:9");
  await page.locator("#domoticz-try").click();
  await page.waitForLoadState("load");
  const silent = await page.locator("[role=alert]").first().innerText();
  checks.expect(silent.length > 20, "an output that does not answer is told at once", silent);
  await look(page, faults, "10-output-silent");
  await page.goto(`${base}/setup/finish`);
  await look(page, faults, "11-finish");
  await page.locator("#setup-write").click();
  await page.waitForURL(/setup\/(progress|done)|\/$/);
  await look(page, faults, "12-progress");
  await settled(page);
  await look(page, faults, "13-done");
  await to(page, `${base}/`);
  const main = await page.locator("main").innerText();
  checks.expect(/kWh/.test(main), "it ends with data on the screen", main.slice(0, 200));
  await look(page, faults, "14-home");
  const again = await page.goto(`${base}/setup/source`);
  checks.expect(again.status() < 500, "the set-up is over", String(again.status()));
  await context.close();
}

// Another home, at a desk by night and in English: a file is dropped.
{
  const context = await browser.newContext({ colorScheme: "dark", locale: "en-GB" });
  const { page, faults } = await watched(context, other);
  await page.goto(`${other}/setup/source/files`);
  await page.locator("#files").setInputFiles({
    name: "holiday.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("<script>alert(1)</script>;not;a;curve\n"),
  });
  await go(page);
  await page.locator("[role=alert]").first().waitFor();
  await look(page, faults, "20-file-refused");
  await page.locator("#files").setInputFiles(file);
  await page.locator("#prm").fill("11111111111111");
  await go(page);
  await page.waitForURL(/setup\/points/);
  await look(page, faults, "21-file-points");
  for (let i = 0; i < 4 && !/finish/.test(page.url()); i += 1) {
    await Promise.all([page.waitForLoadState("load"), page.locator("#setup-next").click()]);
  }
  checks.expect(/finish/.test(page.url()), "every step may be passed over", page.url());
  await page.locator("#setup-write").click();
  await page.waitForURL(/setup\/(progress|done)|\/$/);
  await settled(page);
  await to(page, `${other}/history`);
  const main = await page.locator("main").innerText();
  checks.expect(/kWh/.test(main), "the file's readings are shown", main.slice(0, 200));
  await look(page, faults, "22-file-history");
  await context.close();
}
await browser.close();
checks.end();
