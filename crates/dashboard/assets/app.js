// What a script adds to pages that work without it: values where a chart is
// pointed at, pictures of charts, the heat map, zooming, tables on paper.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("script");
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  const lang = root.lang || "fr";
  const number = (value, digits = 0) => value.toLocaleString(lang === "fr" ? "fr-FR" : "en-GB",
    { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const color = (name) => getComputedStyle(root).getPropertyValue(`--${name}`).trim();

  // A bar or a moment says its value above the chart; a click leads where it leads.
  const pointed = (figure) => {
    const readout = $(".readout", figure);
    const hits = $$(".hit", figure);
    if (!readout || !hits.length) return;
    let shown = null;
    const show = (hit) => {
      if (shown === hit) return;
      shown?.classList.remove("on");
      shown = hit;
      hit?.classList.add("on");
      readout.replaceChildren();
      if (!hit) return;
      const text = document.createElement("b");
      text.textContent = hit.tip;
      readout.append(text);
    };
    for (const hit of hits) {
      const title = $("title", hit);
      hit.tip = title ? title.textContent : "";
      title?.remove();
      hit.addEventListener("pointerenter", () => show(hit));
      hit.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && show(null));
      hit.addEventListener("click", (event) => {
        const href = hit.dataset.href;
        if (!href) return;
        if (event.pointerType === "touch" && hit.asked !== true) {
          hits.forEach((other) => { other.asked = false; });
          hit.asked = true;
          return;
        }
        location.href = href;
      });
    }
  };

  // A chart as a picture: drawn shape by shape, in the colours that it has on
  // the screen. No picture is loaded, so that the content policy needs no gap.
  const hatch = (context, style) => {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 12;
    const pen = tile.getContext("2d");
    pen.fillStyle = style.ground;
    pen.fillRect(0, 0, 12, 12);
    pen.strokeStyle = style.line;
    pen.lineWidth = 3;
    pen.beginPath();
    for (const at of [-12, 0, 12]) { pen.moveTo(at, 12); pen.lineTo(at + 12, 0); }
    pen.stroke();
    return context.createPattern(tile, "repeat");
  };
  const shape = (element) => {
    const path = new Path2D();
    const length = (name) => element[name].baseVal.value;
    if (element.tagName === "rect") path.rect(length("x"), length("y"), length("width"), length("height"));
    else if (element.tagName === "line") { path.moveTo(length("x1"), length("y1")); path.lineTo(length("x2"), length("y2")); }
    else path.addPath(new Path2D(element.getAttribute("d")));
    return path;
  };
  const paint = (context, element, left, top, pattern) => {
    const style = getComputedStyle(element);
    if (style.display === "none") return;
    const matrix = element.getScreenCTM();
    const at = new DOMMatrix([matrix.a, matrix.b, matrix.c, matrix.d, matrix.e - left, matrix.f - top]);
    if (element.tagName === "text") {
      context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
      context.fillStyle = style.fill;
      context.textAlign = { middle: "center", end: "right" }[style.textAnchor] || "left";
      const dy = element.dy.baseVal.numberOfItems ? element.dy.baseVal.getItem(0).value : 0;
      const point = new DOMPoint(element.x.baseVal.getItem(0).value, element.y.baseVal.getItem(0).value + dy).matrixTransform(at);
      context.fillText(element.textContent, point.x, point.y);
      return;
    }
    const path = new Path2D();
    path.addPath(shape(element), at);
    if (style.fill !== "none" && element.tagName !== "line") {
      context.globalAlpha = Number(style.fillOpacity) * Number(style.opacity);
      context.fillStyle = style.fill.startsWith("url(") ? pattern : style.fill;
      context.fill(path);
    }
    if (style.stroke !== "none") {
      context.globalAlpha = Number(style.strokeOpacity) * Number(style.opacity);
      context.strokeStyle = style.stroke;
      context.lineWidth = parseFloat(style.strokeWidth);
      context.setLineDash(style.strokeDasharray === "none" ? [] : style.strokeDasharray.split(/[ ,]+/).map(parseFloat));
      context.stroke(path);
    }
    context.globalAlpha = 1;
    context.setLineDash([]);
  };
  const picture = (figure) => {
    const drawing = $("svg.plot, canvas", figure);
    const box = drawing.getBoundingClientRect();
    const [side, head, foot, scale] = [drawing.tagName === "CANVAS" ? 16 : 64, 48, 40, 2];
    const canvas = document.createElement("canvas");
    canvas.width = (box.width + side + 16) * scale;
    canvas.height = (box.height + head + foot) * scale;
    const context = canvas.getContext("2d");
    context.scale(scale, scale);
    context.fillStyle = color("card");
    context.fillRect(0, 0, canvas.width, canvas.height);
    const font = getComputedStyle(document.body).fontFamily;
    context.fillStyle = color("ink");
    context.font = `650 16px ${font}`;
    context.fillText($("figcaption", figure).firstChild.textContent.trim(), 16, 28);
    if (drawing.tagName === "CANVAS") context.drawImage(drawing, side, head, box.width, box.height);
    else {
      const pattern = hatch(context, { ground: color("hatch-ground"), line: color("hatch") });
      for (const element of $$("rect, line, path, text", drawing)) {
        if (element.closest("defs") || element.classList.contains("hit")) continue;
        paint(context, element, box.left - side, box.top - head, pattern);
      }
    }
    let x = 16;
    context.textAlign = "left";
    for (const item of $$(".legend li", figure)) {
      const key = getComputedStyle($(".key", item));
      context.fillStyle = key.backgroundImage === "none" ? key.backgroundColor : color("hatch");
      context.fillRect(x, box.height + head + 18, 11, 11);
      context.strokeStyle = key.borderColor;
      if (parseFloat(key.borderTopWidth)) context.strokeRect(x, box.height + head + 18, 11, 11);
      context.fillStyle = color("soft");
      context.font = `13px ${font}`;
      const text = item.textContent.trim().replace(/\s+/g, " ");
      context.fillText(text, x + 17, box.height + head + 28);
      x += context.measureText(text).width + 34;
    }
    return canvas;
  };
  const pictured = (button) => {
    button.addEventListener("click", () => {
      const figure = document.getElementById(button.dataset.png);
      picture(figure).toBlob((blob) => {
        const link = document.createElement("a");
        link.href = URL.createObjectURL(blob);
        link.download = `releve-${figure.id}.png`;
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 10000);
      });
    });
  };

  // Hours by days: one small answer, one canvas. A day of 23 hours has a gap at
  // the hour that the clock skips, one of 25 the repeated hour in two halves.
  const heat = (canvas) => fetch(canvas.dataset.heat).then((answer) => answer.json()).then((data) => {
    const readout = $(".readout", canvas.closest("figure"));
    const months = canvas.dataset.months.split(",");
    const clock = (day, index) => (data.clock[day] ? data.clock[day][index] : index);
    const cell = (width, height, day, index) => {
      const [left, top] = [40, 8];
      const across = (width - left) / data.days.length;
      const down = (height - top - 22) / 24;
      const hours = data.clock[day];
      const hour = clock(day, index);
      const twice = hours && hours.filter((one) => one === hour).length === 2;
      const second = twice && hours.indexOf(hour) !== index;
      return [left + day * across, top + hour * down + (second ? down / 2 : 0), across, twice ? down / 2 : down];
    };
    const draw = () => {
      const box = canvas.getBoundingClientRect();
      const scale = Math.max(1, devicePixelRatio);
      canvas.width = box.width * scale;
      canvas.height = box.height * scale;
      const context = canvas.getContext("2d");
      context.scale(scale, scale);
      const pattern = hatch(context, { ground: color("hatch-ground"), line: color("hatch") });
      const colors = data.bounds.concat(0).map((_, at) => color(`heat-${at}`));
      data.days.forEach((hours, day) => hours.forEach((value, index) => {
        const [x, y, w, h] = cell(box.width, box.height, day, index);
        const bound = data.bounds.findIndex((limit) => value < limit);
        context.fillStyle = value === null ? (data.today <= day ? color("card") : pattern) : colors[bound < 0 ? data.bounds.length : bound];
        context.fillRect(x, y, w + .4, h + .4);
      }));
      context.fillStyle = color("soft");
      context.font = `12px ${getComputedStyle(document.body).fontFamily}`;
      context.textBaseline = "middle";
      context.textAlign = "right";
      for (const hour of [0, 6, 12, 18, 24]) context.fillText(lang === "fr" ? `${hour} h` : `${hour}:00`, 34, 8 + hour * (box.height - 30) / 24 + (hour === 0 ? 5 : hour === 24 ? -5 : 0));
      context.textAlign = "left";
      data.months.forEach((day, month) => {
        if (box.width < 500 && month % 2) return;
        context.fillText(months[month], 40 + day * (box.width - 40) / data.days.length, box.height - 8);
      });
    };
    canvas.addEventListener("pointermove", (event) => {
      const box = canvas.getBoundingClientRect();
      const [x, y] = [event.clientX - box.left, event.clientY - box.top];
      const day = Math.floor((x - 40) * data.days.length / (box.width - 40));
      if (!data.days[day]) return;
      const index = data.days[day].findIndex((_, at) => {
        const [, top, , height] = cell(box.width, box.height, day, at);
        return y >= top && y < top + height;
      });
      if (index < 0) { readout.textContent = ""; return; }
      const date = new Date(Date.UTC(data.year, 0, 1 + day)).toLocaleDateString(lang === "fr" ? "fr-FR" : "en-GB", { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
      const value = data.days[day][index];
      const hour = clock(day, index);
      const at = lang === "fr" ? `${hour} h` : `${hour}:00`;
      readout.textContent = `${date}, ${at}${lang === "fr" ? "\u00a0:" : ":"} ${value === null ? canvas.dataset.missing : `${number(value / 1000, 3)}\u00a0kWh`}`;
    });
    canvas.addEventListener("pointerdown", (event) => event.pointerType === "touch" && canvas.dispatchEvent(new PointerEvent("pointermove", event)));
    canvas.hidden = false;
    draw();
    new ResizeObserver(draw).observe(canvas);
    const light = matchMedia("(prefers-color-scheme: dark)");
    const again = () => (canvas.isConnected ? draw() : light.removeEventListener("change", again));
    light.addEventListener("change", again);
  });

  // The half hours of a period, to brush and zoom; a double click shows all again.
  const zoom = async (place) => {
    const points = await (await fetch(place.dataset.zoom)).json();
    if (!points.runs?.length) { place.textContent = place.dataset.empty; return null; }
    const [xs, ys] = [[], []];
    for (const [start, step, watts] of points.runs) {
      if (xs.length) { xs.push(xs[xs.length - 1] + 1); ys.push(null); }
      watts.forEach((value, at) => { xs.push(start + at * step); ys.push(value / 1000); });
      xs.push(start + watts.length * step);
      ys.push(watts[watts.length - 1] / 1000);
    }
    const axis = { stroke: color("soft"), grid: { stroke: color("grid"), width: 1 }, ticks: { show: false }, font: `12px ${getComputedStyle(document.body).fontFamily}` };
    const time = (options) => new Intl.DateTimeFormat(lang === "fr" ? "fr-FR" : "en-GB", { timeZone: "Europe/Paris", ...options });
    const [clock, day, both] = [time({ hour: "2-digit", minute: "2-digit" }), time({ day: "numeric", month: "short" }), time({ weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" })];
    const at = (seconds) => new Date(seconds * 1000);
    const chart = new uPlot({
      width: place.clientWidth, height: 280,
      tzDate: (seconds) => uPlot.tzDate(at(seconds), "Europe/Paris"),
      legend: { live: true },
      cursor: { drag: { x: true, y: false } },
      scales: { y: { range: (_, low, high) => [Math.min(0, low), Math.max(high, .1)] } },
      axes: [
        { ...axis, values: (self, splits, _, __, step) => splits.map((s) => (step >= 86400 || clock.format(at(s)) === "00:00" ? day : clock).format(at(s))) },
        { ...axis, size: 56, values: (_, splits) => splits.map((value) => `${value.toLocaleString(lang)}\u00a0kW`) },
      ],
      series: [
        { label: place.dataset.time, value: (_, seconds) => (seconds == null ? "–" : both.format(at(seconds))) },
        { label: place.dataset.power, stroke: color(place.dataset.hue), fill: `${color(place.dataset.hue)}2a`, width: 1.5, spanGaps: false, points: { show: false }, paths: uPlot.paths.stepped({ align: 1 }), value: (_, value) => (value == null ? "–" : `${number(value, 3)}\u00a0kW`) },
      ],
    }, [xs, ys], place);
    new ResizeObserver(() => chart.setSize({ width: place.clientWidth, height: 280 })).observe(place);
    return chart;
  };
  const zoomed = (place) => {
    const start = () => zoom(place).then((chart) => {
      if (!chart) return;
      const [low, high] = [chart.data[0][0], chart.data[0][chart.data[0].length - 1]];
      // Who has zoomed in keeps what they look at, whatever comes.
      chart.hooks.setScale = [(self) => place.toggleAttribute("data-zoomed", self.scales.x.min > low || self.scales.x.max < high)];
      const tools = document.getElementById(place.dataset.tools);
      if (tools) {
        tools.hidden = false;
        const [into, out, all] = $$("button", tools);
        const by = (factor) => {
          const { min, max } = chart.scales.x;
          const [middle, half] = [(min + max) / 2, (max - min) / 2 * factor];
          chart.setScale("x", { min: Math.max(low, middle - half), max: Math.min(high, middle + half) });
        };
        into.addEventListener("click", () => by(.5));
        out.addEventListener("click", () => by(2));
        all.addEventListener("click", () => chart.setScale("x", { min: low, max: high }));
      }
    }).finally(() => $(".loading", place)?.remove());
    // The library comes after this file; both have run when the page is read.
    if (typeof uPlot === "function") start();
    else addEventListener("DOMContentLoaded", () => typeof uPlot === "function" && start());
  };

  // A form that answers as one writes: the place it names is drawn anew.
  const fetched = async (address) => {
    const answer = await fetch(address, { headers: { accept: "text/html" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };
  const lively = (form) => {
    const place = document.getElementById(form.dataset.live);
    let wait = 0, turn = 0;
    const draw = async () => {
      const mine = ++turn;
      const page = await fetched(`${form.action}?${new URLSearchParams(new FormData(form))}`).catch(() => null);
      const fresh = page?.getElementById(place.id);
      if (mine !== turn || !fresh) return;
      place.replaceChildren(...fresh.childNodes);
      for (const field of $$("textarea, input[type=text]", form)) {
        const said = page.getElementById(field.id);
        field.toggleAttribute("aria-invalid", said?.getAttribute("aria-invalid") === "true");
        if (field.hasAttribute("aria-invalid")) field.setAttribute("aria-invalid", "true");
      }
    };
    form.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(draw, 250); });
  };

  // Files may be dropped where they can be chosen.
  const droppable = (drop) => {
    const input = $("input[type=file]", drop);
    const over = (on) => (event) => { event.preventDefault(); drop.classList.toggle("over", on); };
    for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, over(true));
    for (const name of ["dragleave", "drop"]) drop.addEventListener(name, over(false));
    drop.addEventListener("drop", (event) => {
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change"));
      input.focus();
    });
    // What is too large is told before it is sent for nothing.
    const fault = $(".fault", drop);
    input.addEventListener("change", () => {
      const size = [...input.files].reduce((sum, file) => sum + file.size, 0);
      const said = fault && size > Number(drop.dataset.most) ? fault.dataset.large : "";
      input.setCustomValidity(said);
      input.toggleAttribute("aria-invalid", said !== "");
      if (said) input.setAttribute("aria-invalid", "true");
      if (fault) fault.textContent = said;
    });
  };

  // What a page brings, and what takes its place later (live.js).
  const dress = (scope) => {
    $$("figure.chart", scope).forEach(pointed);
    $$("[data-png]", scope).forEach(pictured);
    $$("canvas[data-heat]", scope).forEach(heat);
    $$("[data-zoom]", scope).forEach(zoomed);
    $$("form[data-live]", scope).forEach(lively);
    $$("[data-drop]", scope).forEach(droppable);
  };
  dress(document);
  document.addEventListener("dress", (event) => dress(event.target));

  // Paper cannot unfold: what stands behind a chart is printed with it.
  let unfolded = [];
  addEventListener("beforeprint", () => {
    unfolded = $$("details.behind:not([open])");
    unfolded.forEach((details) => { details.open = true; });
  });
  addEventListener("afterprint", () => unfolded.forEach((details) => { details.open = false; }));
})();
