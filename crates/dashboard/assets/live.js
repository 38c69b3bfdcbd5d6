// Keeps a page as new as the ledger: hears from the server that something has
// come, reads the same page again and puts what differs in its place. What a
// reader holds (a field, a selection, a zoomed chart) is never taken away; they
// are told that there is more, and show it when they like. This runs before
// app.js, so that it sees the page as the server wrote it.
"use strict";
(() => {
  const { body, documentElement: root } = document;
  const main = document.getElementById("main");
  const news = document.getElementById("news");
  if (!body.dataset.state || !main || !news) return;
  const events = `${body.dataset.base}/api/v1/events`;
  const CALM = 5000, LONGEST = 120000;

  // Each part of the page as the server wrote it, but for the token, which is
  // another one after each start of the program.
  const text = (part, token) => part.outerHTML.replaceAll(token || "\0", "");
  const written = new Map();
  for (const part of main.children) written.set(part, text(part, body.dataset.csrf));

  // Whether somebody holds a part: types in it, has chosen or selected something.
  const isChanged = (field) => {
    if (field.type === "hidden") return false;
    if (field.type === "file") return field.files.length > 0;
    if (["checkbox", "radio"].includes(field.type)) return field.checked !== field.defaultChecked;
    if (!field.options) return field.value !== field.defaultValue;
    const options = [...field.options];
    if (options.some((one) => one.defaultSelected)) return options.some((one) => one.selected !== one.defaultSelected);
    return field.selectedIndex > 0;
  };
  const isHeld = (part) => {
    const active = document.activeElement;
    if (active !== body && part.contains(active) && active.matches("input, textarea, select")) return true;
    const selection = getSelection();
    if (!selection.isCollapsed && selection.getRangeAt(0).intersectsNode(part)) return true;
    return Boolean(part.querySelector("[data-zoomed]")) || [...part.querySelectorAll("input, textarea, select")].some(isChanged);
  };
  const isBusy = (parts) => Boolean(document.querySelector("dialog[open]")) || parts.some(isHeld);

  // What a part had that its successor shall have too.
  const stops = (part) => [...part.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")];
  const name = (stop) => stop.id || `${stop.tagName} ${stop.getAttribute("href")} ${stop.textContent.trim()}`;
  const carry = (old, fresh) => {
    const summaries = new Set([...old.querySelectorAll("details[open] > summary")].map(name));
    for (const summary of fresh.querySelectorAll("details > summary")) summary.parentElement.open ||= summaries.has(name(summary));
    const scrolled = [...old.querySelectorAll(".table")].map((box) => [box.scrollLeft, box.scrollTop]);
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const at = focused ? stops(old).indexOf(focused) : -1;
    return () => {
      [...fresh.querySelectorAll(".table")].forEach((box, index) => {
        [box.scrollLeft, box.scrollTop] = scrolled[index] ?? [0, 0];
      });
      if (!focused) return;
      const all = stops(fresh);
      const stop = all.find((one) => name(one) === name(focused)) ?? all[at] ?? main;
      stop.focus({ preventScroll: true });
    };
  };

  // Which parts stay, which take another's place, which are new or gone.
  const kind = (part) => [part.tagName, part.id, part.className.replace(/ ?is-new/, ""), part.getAttribute("aria-labelledby")].join(" ");
  const compared = (page) => {
    const parts = [...page.getElementById("main").children].map((part) => ({ part, text: text(part, page.body.dataset.csrf) }));
    const left = new Set(main.children);
    const find = (fits) => {
      const found = [...left].find(fits);
      left.delete(found);
      return found;
    };
    for (const one of parts) one.stays = find((held) => written.get(held) === one.text);
    if (left.size || parts.some((one) => !one.stays)) {
      // What a chart fetches for itself is not in its text.
      for (const one of parts) {
        if (!one.stays?.querySelector("[data-heat], [data-zoom]")) continue;
        left.add(one.stays);
        one.stays = undefined;
      }
    }
    for (const one of parts) one.old = one.stays ? undefined : find((held) => kind(held) === kind(one.part));
    return { parts, gone: left };
  };

  const put = ({ parts, gone }) => {
    const sight = [...main.children].find((part) => part.getBoundingClientRect().bottom > 0);
    const top = sight?.getBoundingClientRect().top;
    root.style.overflowAnchor = "none";
    const after = [];
    let next = null;
    for (const part of gone) part.remove();
    for (const one of parts) {
      if (!one.old) continue;
      after.push(carry(one.old, one.part));
      one.old.replaceWith(one.part);
      written.delete(one.old);
    }
    for (const one of [...parts].reverse()) {
      const part = one.stays ?? one.part;
      if (part.nextElementSibling !== next || part.parentElement !== main) main.insertBefore(part, next);
      next = part;
      written.set(part, one.text);
      if (one.stays) continue;
      part.classList.toggle("is-new", !part.matches("[data-again]"));
      part.dispatchEvent(new Event("dress", { bubbles: true }));
    }
    for (const restore of after) restore();
    const place = parts.find((one) => (one.stays ?? one.old) === sight);
    if (place) scrollBy({ top: (place.stays ?? place.part).getBoundingClientRect().top - top, behavior: "instant" });
    requestAnimationFrame(() => root.style.removeProperty("overflow-anchor"));
  };

  // One sentence for whoever listens or looks, with a way on where there is one.
  const say = (what, way, go) => {
    news.className = way ? "news no-print" : "visually-hidden";
    const sentence = document.createElement("span");
    sentence.textContent = news.dataset[what];
    news.replaceChildren(sentence);
    if (!way) return;
    const link = document.createElement("a");
    link.href = location.href;
    link.textContent = news.dataset[way];
    link.addEventListener("click", (event) => { event.preventDefault(); go(); });
    news.append(" ", link);
  };

  // The whole shell is another one: a new version, another language or light.
  const shell = (page) => [page.documentElement.lang, page.documentElement.dataset.theme, ...[...page.scripts].map((one) => one.getAttribute("src"))].join(" ");
  const mine = shell(document);

  let waits = null;
  const show = (page, anyway) => {
    const found = compared(page);
    const changed = [...found.gone, ...found.parts.flatMap((one) => one.old ?? [])];
    const fresh = found.parts.filter((one) => !one.stays);
    const another = shell(page) !== mine;
    if (!anyway && isBusy(another ? [main] : changed)) {
      // Told once, however often there is more.
      if (!waits) say("new", "show", () => show(waits, true));
      waits = page;
      return;
    }
    waits = null;
    if (another) { location.reload(); return; }
    const token = page.body.dataset.csrf;
    put(found);
    for (const field of document.querySelectorAll("input[name=csrf]")) field.value = token;
    document.title = page.title;
    Object.assign(body.dataset, { csrf: token, state: page.body.dataset.state });
    if (fresh.some((one) => !one.part.matches("[data-again]"))) say("done");
    else if (!changed.length) news.replaceChildren();
  };

  // The same page once more, now and then at most.
  let over = false, asking = false, asked = 0, later = 0;
  const refresh = async () => {
    clearTimeout(later);
    if (asking || over || document.hidden) return;
    asking = true;
    asked = Date.now();
    try {
      const answer = await fetch(location.href, { headers: { accept: "text/html" }, cache: "no-store" });
      if (answer.redirected && !answer.url.includes("/login")) location.reload();
      else if (answer.redirected || answer.status === 401) {
        over = true;
        hush();
        say("left", "enter", () => location.reload());
      } else if (answer.ok) {
        show(new DOMParser().parseFromString(await answer.text(), "text/html"), false);
        again();
      }
    } catch {
      // Nobody answers at the moment: the stream tells when somebody does.
    }
    asking = false;
  };
  const soon = () => {
    clearTimeout(later);
    later = setTimeout(refresh, Math.max(200, asked + CALM - Date.now()));
  };
  // What goes on behind the page is looked at while it goes on.
  let behind = 0;
  const again = () => {
    clearTimeout(behind);
    const place = main.querySelector("[data-again]");
    if (place && !over && !document.hidden) behind = setTimeout(() => refresh().then(again), Number(place.dataset.again) * 1000);
  };

  // One stream, while the page is looked at; after a loss it is waited longer
  // each time, and not by every page at the same moment.
  let stream = null, waiting = 0, pause = CALM;
  const hush = () => {
    clearTimeout(waiting);
    stream?.close();
    stream = null;
  };
  const listen = () => {
    if (stream || over || document.hidden) return;
    clearTimeout(waiting);
    stream = new EventSource(events);
    const heard = (event) => {
      pause = CALM;
      if (event.data !== body.dataset.state) soon();
    };
    stream.addEventListener("state", heard);
    stream.addEventListener("ledger", heard);
    stream.addEventListener("error", () => {
      const refused = stream.readyState === EventSource.CLOSED;
      hush();
      // Whether somebody has to log in again, the page itself says.
      if (refused) soon();
      waiting = setTimeout(listen, pause * (1 + Math.random() / 2));
      pause = Math.min(pause * 2, LONGEST);
    });
  };
  const look = () => {
    if (document.hidden) { hush(); clearTimeout(later); } else listen();
    again();
  };
  document.addEventListener("visibilitychange", look);
  addEventListener("pagehide", hush);
  addEventListener("pageshow", (event) => event.persisted && look());
  addEventListener("online", listen);
  addEventListener("load", look);
})();
