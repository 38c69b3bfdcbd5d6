// What every look at the dashboard has in common: its pages, and a browser in
// which nothing may go wrong unseen.
import { execFileSync } from "node:child_process";

export const pages = [
  ["home", "/"],
  ["home-tempo", "/?point=33333333333333"],
  ["history", "/history"],
  ["history-cost", "/history?by=month&period=2026-01&point=33333333333333&value=cost"],
  ["history-compare", "/history?by=year&period=2026&compare=1"],
  ["history-month", "/history?by=month&period=2026-10"],
  ["history-year", "/history?by=year&period=2026"],
  ["history-all", "/history?by=all"],
  ["heat-map", "/heat-map"],
  ["maxima", "/maxima"],
  ["costs", "/costs"],
  ["costs-year", "/costs?period=2026"],
  ["offers", "/costs/offers"],
  ["tempo", "/tempo"],
  ["off-peak", "/off-peak"],
  ["data", "/data"],
  ["data-day", "/data?kind=curve&year=2024&day=2024-11-05"],
  ["meters", "/meters"],
  ["consents", "/consents"],
  ["outputs", "/outputs"],
  ["health", "/health"],
];

// A page of which everything that must not happen is written down: requests to
// elsewhere, messages of the console, refusals of the policy, dialogs, crashes.
export async function watched(context, base) {
  const wrong = [];
  await context.route("**/*", (route) => {
    const url = route.request().url();
    if (url.startsWith(`${base}/`)) return route.continue();
    wrong.push(`asked elsewhere: ${url}`);
    return route.abort();
  });
  await context.addInitScript(() => {
    globalThis.refused = [];
    document.addEventListener("securitypolicyviolation", (event) => {
      globalThis.refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
    });
  });
  const page = await context.newPage();
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) wrong.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => wrong.push(`script: ${error.message}`));
  page.on("dialog", (dialog) => {
    wrong.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("response", (response) => {
    if (response.status() >= 400) wrong.push(`${response.status()} ${response.url()}`);
  });
  page.on("requestfailed", (request) => {
    // A page that is left takes with it what it still waits for.
    const why = request.failure()?.errorText;
    if (why !== "net::ERR_ABORTED") wrong.push(`failed: ${request.url()} (${why})`);
  });
  // What went wrong since the last time.
  const faults = async () => {
    wrong.push(...(await page.evaluate(() => globalThis.refused ?? [])));
    await page.evaluate(() => (globalThis.refused = []));
    return wrong.splice(0);
  };
  return { page, faults };
}

// The command line beside the pages: the same ledger, the same instant.
export function releve(...words) {
  const text = execFileSync(process.env.RELEVE, [...words, "--json", "--config", process.env.HOME_CONFIG], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return JSON.parse(text);
}
