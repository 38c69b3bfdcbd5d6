// What scripts need that start homes of their own before a running gateway: a
// clock at noon, a code that lapses, a person at the gateway and at Enedis.
import { spawnSync } from "node:child_process";

const day = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Paris" });
export const dayOf = (instant) => day.format(instant);

// A clock that goes on from noon of today in Paris, because nobody calls Enedis at
// night; also in a process that begins later.
const began = Date.now();
const noon = new Date(`${dayOf(new Date())}T11:00:00Z`).getTime();
export function fromNoon(hours = 0) {
  const now = new Date(noon + hours * 3_600_000 + (Date.now() - began));
  return `${now.toISOString().slice(0, 19)}Z+`;
}

// The newest code that nobody has answered lapses: its row in the gateway's
// database is moved twenty minutes into the past.
export function lapse(database) {
  const text = "import sqlite3,sys; c = sqlite3.connect(sys.argv[1], timeout=30); " +
    "c.execute(\"UPDATE flow SET expires = expires - 1200000000 WHERE id = " +
    "(SELECT id FROM flow WHERE state = 'pending' ORDER BY created DESC LIMIT 1)\"); " +
    "c.commit(); assert c.total_changes == 1, c.total_changes";
  return spawnSync("/usr/bin/python3", ["-c", text, database], { encoding: "utf8" });
}

// Somebody with a telephone, elsewhere: opens the link, compares the code, agrees
// or refuses on Enedis' page, and reads how it ended.
export class Person {
  constructor(page) {
    this.page = page;
    page.setDefaultTimeout(30_000);
  }

  static async of(browser) {
    const context = await browser.newContext({
      ignoreHTTPSErrors: true, locale: "fr-FR", javaScriptEnabled: false,
      viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true,
    });
    return new Person(await context.newPage());
  }

  async title() {
    return (await this.page.locator("h1").innerText()).replace(/\s+/g, " ");
  }

  // The code that the page behind a link shows.
  async opens(link) {
    await this.page.goto(link);
    const code = this.page.locator(".code");
    return (await code.count()) === 1 ? code.innerText() : "";
  }

  // From the gateway's page to that of Enedis, everything ticked.
  async goesToEnedis() {
    await this.page.getByLabel(/Je vois ce même code/).check();
    for (const box of await this.page.locator("input[name=scope]").all()) await box.check();
    await this.page.getByRole("button", { name: "J’accède à mon espace Enedis" }).click();
  }

  async agrees(customer, prm) {
    await this.goesToEnedis();
    await this.page.locator("select[name=customer]").selectOption(customer);
    await this.page.locator(`input[name=usage_point][value='${prm}']`).check();
    await this.page.getByRole("button", { name: "J’accepte" }).click();
    return this.end();
  }

  async refuses() {
    await this.goesToEnedis();
    await this.page.getByRole("button", { name: "Je refuse" }).click();
    return this.end();
  }

  async end() {
    let end = await this.title();
    for (let i = 0; i < 8 && end === "Votre demande est en cours"; i += 1) {
      await this.page.getByRole("link", { name: "Voir où en est ma demande" }).click();
      end = await this.title();
    }
    return end;
  }
}
