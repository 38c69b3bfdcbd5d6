// The numbers on the pages are those of `releve … --json` over the same ledger,
// to the last digit that is shown, on both days of a clock change too. Every
// number of a page that stands in an element with `data-figure` is looked at.
//   node dashboard-numbers.mjs ADDRESS
// Environment: RELEVE, HOME_CONFIG, RELEVE_FROZEN_CLOCK.
import { Checks, launch } from "./browser.mjs";
import { releve, watched } from "./dashboard.mjs";

const base = process.argv[2];
const point = "22222222222222";
const checks = new Checks();
const browser = await launch();

const api = async (path) => {
  const answer = await fetch(`${base}/api/v1${path}`);
  return { status: answer.status, json: await answer.json() };
};
const same = (a, b) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
const sorted = (value) => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
};

// Both clock changes, an ordinary day, the last one.
const days = ["2026-03-29", "2026-10-25", "2026-07-14", "2026-11-20"];

// The API first: the very forms of the commands.
for (const day of days) {
  const { json } = await api(`/day?day=${day}`);
  checks.expect(same(json, releve("show", "day", day)), `the API's day: ${day}`);
  for (const by of ["week", "month", "year"]) {
    const { json: period } = await api(`/period?by=${by}&day=${day}`);
    checks.expect(same(period, releve("show", by, day)), `the API's ${by} of ${day}`);
  }
  const { json: cost } = await api(`/cost?period=${day}`);
  checks.expect(same(cost, releve("cost", day)), `the API's cost: ${day}`);
}
for (const period of ["2026-10", "2026-03", "2026"]) {
  const { json: cost } = await api(`/cost?period=${period}`);
  checks.expect(same(cost, releve("cost", period)), `the API's cost: ${period}`);
  const { json: compared } = await api(`/compare?period=${period}`);
  checks.expect(same(compared, releve("compare", period)), `the API's comparison: ${period}`);
  const { json: maxima } = await api(`/maxima?period=${period}`);
  checks.expect(same(maxima, releve("show", "max", period)), `the API's maxima: ${period}`);
  const { json: colours } = await api(`/colours?period=${period}`);
  checks.expect(same(colours, releve("tariff", "colours", period)), `the API's colours: ${period}`);
}
checks.expect(same((await api("/offers")).json, releve("tariff", "list")), "the API's offers");

// Numbers as French pages write them, exactly as the program's own words do.
const grouped = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, "\u202f");
const kwh = (wattHours) =>
  `${grouped(Math.floor(wattHours / 1000))},${String(wattHours % 1000).padStart(3, "0")}`;
const euros = (micro) => {
  const cents = Math.floor((Math.abs(micro) + 5000) / 10000);
  return `${micro < 0 && cents > 0 ? "−" : ""}${grouped(Math.floor(cents / 100))},${String(cents % 100).padStart(2, "0")}`;
};

const context = await browser.newContext({ locale: "fr-FR" });
const { page, faults } = await watched(context, base);
const text = async (path) => {
  await page.goto(base + path);
  // Tables behind charts are folded away: their text counts too.
  const shown = await page.evaluate(() => document.querySelector("main").textContent);
  return shown.replace(/\s*\n\s*/g, "\n");
};
const mine = (shown) =>
  shown.usage_points.find((one) => one.usage_point === point && one.direction === "consumption");
const says = (shown, figure, what) =>
  checks.expect(shown.includes(figure), `${what}: ${figure}`, shown.slice(0, 400).replaceAll("\n", " · "));

for (const day of days) {
  const shown = await text(`/history?point=${point}&by=day&period=${day}`);
  const expected = mine(releve("show", "day", day));
  says(shown, kwh(expected.watt_hours), `the day's energy on ${day}`);
  const priced = await text(`/costs?point=${point}&period=${day.slice(0, 7)}`);
  const bill = mine(releve("cost", day.slice(0, 7)));
  says(priced, euros(bill.total_micro_euros), `the month's cost of ${day}`);
  for (const one of bill.classes) {
    says(priced, euros(one.micro_euros), `the cost of ${one.class} in the month of ${day}`);
  }
}
for (const [by, day] of [["week", "2026-10-25"], ["month", "2026-10-25"], ["month", "2026-03-29"], ["year", "2026-10-25"]]) {
  const period = by === "month" ? day.slice(0, 7) : by === "year" ? day.slice(0, 4) : day;
  const shown = await text(`/history?point=${point}&by=${by}&period=${period}`);
  const expected = mine(releve("show", by, day));
  says(shown, kwh(expected.watt_hours), `the ${by} of ${day}`);
  for (const part of expected.parts.filter((part) => part.watt_hours !== null)) {
    says(shown, kwh(part.watt_hours), `${part.first} in the ${by} of ${day}`);
  }
}
const maxima = mine(releve("show", "max", "2026-10"));
const peaks = await text(`/maxima?point=${point}&period=2026-10`);
for (const one of maxima.maxima.filter((one) => one.phase === 0)) {
  says(peaks, kwh(one.volt_amperes), `the maximum of ${one.day}`);
}
const home = await text(`/?point=${point}`);
const yesterday = mine(releve("show", "day", "2026-11-20"));
says(home, kwh(yesterday.watt_hours), "yesterday's energy on the first page");
const spent = releve("cost", "2026-11-20").usage_points.find((one) => one.usage_point === point);
says(home, euros(spent.total_micro_euros), "yesterday's cost on the first page");
const wrong = await faults();
checks.expect(wrong.length === 0, "nothing goes wrong", wrong.join(" | "));
await browser.close();
checks.end();
