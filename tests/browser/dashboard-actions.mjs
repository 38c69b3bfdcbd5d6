// What a person does in the dashboard, in Chromium: logs in with a wrong
// password and too often, and with the right one; repairs a gap; drops files,
// good, wrong, too large, with hostile names; takes exports along; pushes to a
// destination that is down; tries an expression; logs out. Then somebody who
// may only look.
//   node dashboard-actions.mjs FOLDER
// Environment: RELEVE, HOME_CONFIG (a ledger without yesterday),
// RELEVE_FROZEN_CLOCK.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { Checks, launch, root, shoot, violations } from "./browser.mjs";
import { watched } from "./dashboard.mjs";

const folder = process.argv[2];
const checks = new Checks();
const point = "22222222222222";
const [password, looking] = ["the owner's own password", "only for looking at it"];

// A port on which nobody listens: the destination that is down.
const port = await new Promise((done) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});
const place = join(folder, "acted");
rmSync(place, { recursive: true, force: true });
mkdirSync(place, { recursive: true, mode: 0o700 });
cpSync(join(folder, "data"), join(place, "data"), { recursive: true });
const config = join(place, "releve.toml");
const written = readFileSync(process.env.HOME_CONFIG, "utf8").replace(join(folder, "data"), join(place, "data"));
writeFileSync(config, `${written}[outputs.box]\nkind = "domoticz"\nurl = "http://127.0.0.1:${port}"\n`, { mode: 0o600 });
function releve(words, input) {
  const ended = spawnSync(process.env.RELEVE, ["--config", config, ...words], { input, maxBuffer: 1 << 28 });
  if (ended.status !== 0) throw new Error(`releve ${words.join(" ")}: ${ended.stderr}`);
  return ended.stdout;
}
releve(["dashboard", "password"], `${password}\n`);
releve(["dashboard", "password", "--viewer"], `${looking}\n`);
const program = spawn(process.env.RELEVE, ["serve", "--listen", "127.0.0.1:0", "--config", config], { stdio: ["ignore", "pipe", "ignore"] });
const base = await (async () => {
  for await (const line of createInterface({ input: program.stdout })) {
    const address = /http:\/\/[^ ]+/.exec(line);
    if (address) return address[0].replace(/\/$/, "");
  }
  throw new Error("nothing came up");
})();

const browser = await launch();
const desk = { viewport: { width: 1280, height: 860 }, locale: "fr-FR", acceptDownloads: true };
const main = (page) => page.locator("main").innerText();
const press = (page, button) => Promise.all([page.waitForEvent("load"), button.click()]);
const sound = async (page, name) => {
  const found = await violations(page);
  checks.expect(found.length === 0, `axe: ${name}`, found.join("; "));
  await shoot(page, "dashboard/actions", name);
};
const sign = async (page, word) => {
  await page.locator("#password").fill(word);
  await press(page, page.locator("button[type=submit]"));
};
// What may be answered with another status than 200, because it is asked for.
const meant = (wrong, statuses) => wrong.filter((one) => !new RegExp(`^(${statuses}) |status of (${statuses})`).test(one));

// Logging in.
const context = await browser.newContext(desk);
const { page, faults } = await watched(context, base);
page.setDefaultTimeout(30_000);
const planted = Buffer.alloc(32, 7).toString("base64url");
await context.addCookies([{ name: "releve", value: planted, url: base }]);
await page.goto(`${base}/data?kind=daily`);
checks.expect(new URL(page.url()).pathname === "/login", "who is nobody is asked for the password", page.url());
await sign(page, "not the password");
checks.expect((await page.locator("#fault").innerText()) === "Ce n’est pas le mot de passe.", "a wrong password is told");
checks.expect((await page.locator("#password").getAttribute("aria-invalid")) === "true", "at the field itself");
await sound(page, "wrong-password");
await sign(page, password);
checks.expect(page.url() === `${base}/data?kind=daily`, "and the right one leads to where one wanted to go", page.url());
const mine = (await context.cookies()).find((one) => one.name === "releve");
checks.expect(mine && mine.value !== planted, "the session has another number than the planted one");
checks.expect(mine.httpOnly && mine.sameSite === "Lax" && mine.path === "/", "no script reads it, no other site sends it", JSON.stringify(mine));
{
  // Whoever planted the number has nothing of it.
  const thief = await browser.newContext(desk);
  await thief.addCookies([{ name: "releve", value: planted, url: base }]);
  const other = await thief.newPage();
  await other.goto(`${base}/`);
  checks.expect(new URL(other.url()).pathname === "/login", "who planted a number is still nobody", other.url());
  await thief.close();
}
let wrong = meant(await faults(), "403");
checks.expect(wrong.length === 0, "nothing else goes wrong at the door", wrong.join(" | "));

// A gap: yesterday lacks, is asked again, and is there.
await page.goto(`${base}/data?point=${point}&kind=daily&year=2026`);
const day = page.locator("a.day", { hasText: /^20/ }).nth(10);
checks.expect(!(await day.getAttribute("class")).includes("is-complete"), "a day lacks", await day.innerText());
await sound(page, "gap");
await press(page, page.getByRole("button", { name: /^Redemander tout ce qui manque/ }));
const done = await page.waitForFunction(() => {
  const days = [...document.querySelectorAll("a.day.is-complete")].map((one) => one.href);
  return days.some((href) => href.includes("day=2026-11-20"));
}, null, { timeout: 60_000 }).then(() => true, () => false);
checks.expect(done, "it is asked again and comes, without the page being loaded anew", (await main(page)).slice(0, 400));
checks.expect((await main(page)).includes("Nouvelle demande"), "and what was done is told", (await main(page)).slice(0, 300));
await sound(page, "repaired");

// Files that are dropped, as a file manager does it.
const drop = (files, on = page) => on.evaluate((files) => {
  const all = new DataTransfer();
  for (const { name, text, size } of files) all.items.add(new File([text ?? new Uint8Array(size)], name));
  const place = document.querySelector("[data-drop]");
  for (const type of ["dragenter", "dragover", "drop"]) {
    place.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: all }));
  }
}, files);
const bring = async (files, of = point) => {
  await page.goto(`${base}/data?point=${point}`);
  await page.locator("#import-point").selectOption(of);
  await drop(files);
};
const send = () => press(page, page.getByRole("button", { name: "Importer", exact: true }));
const year = readFileSync(join(root, "testdata/csv/curve_PT30M_1year_2DST_bom.csv"), "utf8");
const hostile = "<img src=x onerror=alert(1)>'\"&.csv";
await bring([{ name: hostile, text: year }]);
checks.expect((await page.locator("#file").evaluate((input) => input.files[0]?.name)) === hostile, "a dropped file is chosen");
checks.expect(!(await page.locator("[data-drop]").getAttribute("class")).includes("over"), "and the place is calm again");
await send();
const imported = await main(page);
// Browsers write a quotation mark in a name as %22 (HTML, multipart/form-data).
const said = hostile.replace('"', "%22");
checks.expect(imported.includes("Fichiers importés") && imported.includes(said), "what was imported is told, with its name as it is", imported.slice(0, 200));
checks.expect(/17\u202f520/.test(imported), "with how many values", imported);
checks.expect(await page.locator("main img").count() === 0, "a name is never markup");
await sound(page, "imported");
wrong = await faults();
checks.expect(wrong.length === 0, "nothing goes wrong with a good file", wrong.join(" | "));

await bring([{ name: "<b>notes</b>.csv", text: "milk;bread\n1;2\n" }]);
await send();
const refused = await main(page);
checks.expect(refused.includes("<b>notes</b>.csv") || refused.length > 40, "a wrong file is refused in words", refused);
checks.expect(await page.locator("main b").count() === 0, "its name is not markup either");
await sound(page, "wrong-file");
await bring([{ name: "good.csv", text: year }, { name: "bad.csv", text: "nothing of ours" }]);
await send();
checks.expect(!(await main(page)).includes("Fichiers importés"), "with a wrong one among them none is kept", await main(page));
wrong = meant(await faults(), "400|404|409");
checks.expect(wrong.length === 0, "nothing else goes wrong with a wrong file", wrong.join(" | "));

await bring([{ name: "huge.csv", size: 70 << 20 }]);
const told = await page.locator("#file-fault").innerText();
checks.expect(told.includes("64"), "a file that is too large is told before it is sent", told);
checks.expect(await page.locator("#file").evaluate((input) => !input.checkValidity()), "and cannot be sent");
await sound(page, "too-large");
wrong = await faults();
checks.expect(wrong.length === 0, "nothing goes wrong with a large file", wrong.join(" | "));
{
  // Sent all the same: by a page on which nobody listens in, since listening to
  // so much is more than the tools bear.
  const context = await browser.newContext(desk);
  const page = await context.newPage();
  await page.goto(`${base}/login?next=/data`);
  await sign(page, password);
  await drop([{ name: "huge.csv", size: 70 << 20 }], page);
  await page.evaluate(() => { document.querySelector("form[enctype]").noValidate = true; });
  await press(page, page.getByRole("button", { name: "Importer", exact: true }));
  const told = await page.locator("main").innerText();
  checks.expect(told.includes("C’est trop volumineux") && told.includes("64"), "who sends it all the same is told so", told);
  await context.close();
}

// Exports equal those of the command, byte for byte. (A request that is listened
// in on cannot become a download, so a page of its own asks for them.)
{
  const context = await browser.newContext(desk);
  const page = await context.newPage();
  await page.goto(`${base}/login`);
  await sign(page, password);
  for (const way of ["consumption", "production"]) {
    await page.goto(`${base}/data?point=${point}&direction=${way}`);
    for (const link of await page.locator("a[download][href*='/data/export']").all()) {
      const kind = new URL(await link.getAttribute("href"), base).searchParams.get("kind");
      const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
      const bytes = readFileSync(await download.path());
      const same = releve(["export", "csv", "--kind", kind, "--usage-point", point, "--direction", way]);
      checks.expect(bytes.length > 20 && bytes.equals(same), `the export of ${kind} (${way}) equals releve export`, `${bytes.length} ${same.length}`);
      checks.expect(download.suggestedFilename() === `releve-${point}-${way}-${kind}.csv`, `its name: ${kind} (${way})`, download.suggestedFilename());
    }
  }
  await context.close();
}

// A destination that is down.
await page.goto(`${base}/outputs`);
await press(page, page.getByRole("button", { name: /^Livrer maintenant/ }));
const failed = await page.waitForFunction(() => document.querySelector("main .note.bad"), null, { timeout: 60_000 }).then(() => true, () => false);
checks.expect(failed, "a delivery that fails is told", (await main(page)).slice(0, 400));
checks.expect(/→ \S/.test(await main(page)), "with what to do", (await main(page)).slice(0, 600));
await sound(page, "delivery-failed");

// An expression, as one writes it.
await page.goto(`${base}/off-peak?point=${point}`);
const field = page.locator("#expression");
await field.fill("22h38-6h38 smedi 12h-14h");
await page.locator("#wrong mark").waitFor();
const where = await page.locator("#wrong code").first().evaluate((code) => ({
  before: code.firstChild.textContent, mark: code.querySelector("mark").textContent, all: code.textContent,
}));
checks.expect(where.before === "22h38-6h38 " && where.mark === "smedi", "what is not understood is marked where it stands", JSON.stringify(where));
checks.expect((await field.getAttribute("aria-invalid")) === "true", "the field says that it is wrong");
await sound(page, "expression");
await field.fill("22h38-6h38 samedi 12h-14h");
await page.locator("#understood").waitFor();
const understood = await page.locator("#drawn").innerText();
checks.expect(/12:00-14:00/.test(understood) && (await field.getAttribute("aria-invalid")) === null, "and drawn once it is right", understood.slice(0, 200));
checks.expect(await field.evaluate((input) => input === document.activeElement), "while one goes on writing");
wrong = await faults();
checks.expect(wrong.length === 0, "nothing goes wrong", wrong.join(" | "));

// Out: the number is worth nothing any more.
const left = (await context.cookies()).find((one) => one.name === "releve").value;
await press(page, page.locator("form[action$='/logout'] button"));
checks.expect(new URL(page.url()).pathname === "/login", "who logs out is at the door", page.url());
await context.clearCookies();
await context.addCookies([{ name: "releve", value: left, url: base }]);
await page.goto(`${base}/`);
checks.expect(new URL(page.url()).pathname === "/login", "and their number opens nothing any more", page.url());
await page.goBack();
checks.expect(!/kWh/.test(await page.locator("body").innerText()), "nor does the way back");
await context.close();

// Who may only look.
{
  const context = await browser.newContext(desk);
  const { page, faults } = await watched(context, base);
  await page.goto(`${base}/login`);
  await sign(page, looking);
  for (const path of ["/", "/data", "/data?kind=daily&day=2026-11-20", "/outputs", "/consents", "/off-peak", "/health", "/meters"]) {
    await page.goto(base + path);
    const posts = await page.evaluate(() => [...document.querySelectorAll("main form")].filter((form) => form.method === "post").map((form) => form.getAttribute("action")));
    checks.expect(posts.length === 0, `who may look has nothing to press: ${path}`, posts.join());
  }
  await page.goto(`${base}/data`);
  await shoot(page, "dashboard/actions", "viewer");
  const answers = await page.evaluate(async (point) => {
    const csrf = document.body.dataset.csrf;
    const form = (fields) => ({ method: "POST", body: new URLSearchParams({ csrf, ...fields }) });
    const json = (value) => ({ method: "POST", headers: { "content-type": "application/json", "x-csrf-token": csrf }, body: JSON.stringify(value) });
    const tries = [
      ["/data/repair", form({ point, first: "2026-11-20", last: "2026-11-20" })], ["/outputs/push", form({ output: "box" })],
      ["/outputs/verify", form({ output: "box" })], ["/consents/renew", form({ source: "enedis" })],
      ["/api/v1/sync", json({})], ["/api/v1/push", json({ output: "box" })], ["/api/v1/repair", json({ from: "2026-11-20", to: "2026-11-20" })],
    ];
    return Promise.all(tries.map(async ([path, options]) => [path, (await fetch(path, options)).status]));
  }, point);
  for (const [path, status] of answers) checks.expect(status === 403, `who may look is refused: POST ${path}`, String(status));
  const wrong = meant(await faults(), "403");
  checks.expect(wrong.length === 0, "nothing else goes wrong for who may look", wrong.join(" | "));
  await context.close();
}

// Too many attempts: said with how long to wait.
{
  const context = await browser.newContext(desk);
  const { page } = await watched(context, base);
  await page.goto(`${base}/login`);
  let said = "";
  let tries = 0;
  while (tries < 12 && !/Patientez|Attendez|secondes|minute/.test(said)) {
    await sign(page, `guess number ${tries}`);
    said = await page.locator("#fault").innerText();
    tries += 1;
  }
  checks.expect(tries > 1 && tries <= 6, "after a few attempts it is to wait", `${tries}: ${said}`);
  await sound(page, "too-many");
  await sign(page, password);
  checks.expect(new URL(page.url()).pathname === "/login", "then even the right password waits", page.url());
  await context.close();
}

await browser.close();
program.kill();
checks.end();
