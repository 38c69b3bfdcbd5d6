// How soon a browser shows something, on a processor that is slowed down four
// times, with nothing in its cache: the median of five, page by page.
//   node first-paint.mjs ADDRESS
import { launch } from "./browser.mjs";

const base = process.argv[2];
const browser = await launch();
let slowest = 0;
for (const path of ["/", "/history?by=year", "/heat-map", "/costs", "/data"]) {
  const times = [];
  for (let i = 0; i < 5; i += 1) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "fr-FR" });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await page.goto(base + path, { waitUntil: "load" });
    const paint = await page.waitForFunction(
      () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
    );
    times.push(await paint.jsonValue());
    await context.close();
  }
  times.sort((a, b) => a - b);
  console.log(`  first paint ${path}: ${Math.round(times[2])} ms (${times.map(Math.round).join(" ")})`);
  slowest = Math.max(slowest, Math.round(times[2]));
}
await browser.close();
console.log(`slowest ${slowest} ms`);
